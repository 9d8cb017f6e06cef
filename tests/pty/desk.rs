//! A terminal with the program in it: a pseudo-terminal, and an emulator that knows what it shows.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system};

/// How long anything may take before the test fails. Far more than it takes: the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// Asks for the background colour.
pub const QUESTION: &[u8] = b"\x1b]11;?";

pub const COLUMNS: u16 = 120;
pub const ROWS: u16 = 36;

/// What came from the program so far.
struct Shown {
    parser: vt100::Parser,
    raw: Vec<u8>,
}

/// A program in a terminal.
pub struct Desk {
    shown: Arc<(Mutex<Shown>, Condvar)>,
    keys: Arc<Mutex<Box<dyn Write + Send>>>,
    master: Box<dyn MasterPty + Send>,
    // Kept open, so that the terminal and its settings outlive the program.
    _slave: Box<dyn SlavePty + Send>,
    ended: Receiver<ExitStatus>,
    pid: u32,
    /// The settings before the program began.
    before: String,
}

/// What the terminal tells of its colours when asked: nothing, or that its background is light.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Background {
    Silent,
    Light,
}

impl Desk {
    /// The program with these arguments, in a terminal of 120 × 36.
    pub fn open(arguments: &[&str]) -> Self {
        let mut command = vec![env!("CARGO_BIN_EXE_dateline")];
        command.extend(arguments);
        Self::start(&command, Background::Silent)
    }

    /// A line for the shell, in which `$DATELINE` is the program. Interactive: with job control.
    pub fn shell(line: &str) -> Self {
        Self::start(&["sh", "-c", line], Background::Silent)
    }

    pub fn start(command: &[&str], background: Background) -> Self {
        let size = PtySize { rows: ROWS, cols: COLUMNS, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let before = settings(&*pair.master);
        let mut builder = CommandBuilder::new(command[0]);
        builder.args(&command[1..]);
        builder.cwd(env!("CARGO_MANIFEST_DIR"));
        builder.env("DATELINE", env!("CARGO_BIN_EXE_dateline"));
        builder.env("TERM", "xterm-256color");
        builder.env("PS1", "prompt> ");
        // Nobody's own configuration or library.
        builder.env("XDG_CONFIG_HOME", "/nonexistent");
        builder.env("XDG_DATA_HOME", "/nonexistent");
        builder.env("XDG_STATE_HOME", env!("CARGO_TARGET_TMPDIR"));
        // Nor anybody's clipboard, browser or editor.
        for variable in ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "VISUAL", "EDITOR"] {
            builder.env_remove(variable);
        }
        for variable in
            ["DATELINE_CONFIG", "DATELINE_DATA_DIR", "NO_COLOR", "ENV", "COLORTERM", "TERM_PROGRAM", "TMUX", "STY"]
        {
            builder.env_remove(variable);
        }
        let mut child = pair.slave.spawn_command(builder).unwrap();
        let pid = child.process_id().unwrap();
        let (sender, ended) = mpsc::channel();
        thread::spawn(move || sender.send(child.wait().unwrap()));

        let shown = Shown { parser: vt100::Parser::new(cells(ROWS), cells(COLUMNS), 0), raw: Vec::new() };
        let shown = Arc::new((Mutex::new(shown), Condvar::new()));
        let keys = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (seen, answers) = (Arc::clone(&shown), Arc::clone(&keys));
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            let mut answered = false;
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                let mut shown = seen.0.lock().unwrap();
                shown.parser.process(&buffer[..count]);
                shown.raw.extend(&buffer[..count]);
                if background == Background::Light && !answered && contains(&shown.raw, QUESTION) {
                    answered = true;
                    // With keys typed before and after it.
                    let answer = b"J\x1b]11;rgb:ffff/ffff/ffff\x1b\\J";
                    answers.lock().unwrap().write_all(answer).unwrap();
                }
                seen.1.notify_all();
            }
        });
        Desk { shown, keys, master: pair.master, _slave: pair.slave, ended, pid, before }
    }

    pub fn press(&self, keys: &str) {
        let mut writer = self.keys.lock().unwrap();
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
    }

    /// Waits until the screen is as `wanted` tells.
    pub fn wait(&self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        self.wait_raw(what, |screen, _| wanted(screen));
    }

    /// Waits until the screen shows `words` in one row.
    pub fn wait_for(&self, words: &str) {
        self.wait(words, |screen| screen.contents().contains(words));
    }

    /// As [`Desk::wait`], with all that was ever written.
    pub fn wait_raw(&self, what: &str, wanted: impl Fn(&vt100::Screen, &[u8]) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        let mut shown = self.shown.0.lock().unwrap();
        while !wanted(shown.parser.screen(), &shown.raw) {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "no {what:?} on this screen:\n{}", shown.parser.screen().contents());
            shown = self.shown.1.wait_timeout(shown, left).unwrap().0;
        }
    }

    /// Looks at the screen as it is now.
    pub fn look<T>(&self, look: impl FnOnce(&vt100::Screen, &[u8]) -> T) -> T {
        let shown = self.shown.0.lock().unwrap();
        look(shown.parser.screen(), &shown.raw)
    }

    pub fn resize(&self, columns: u16, rows: u16) {
        self.shown.0.lock().unwrap().parser.set_size(cells(rows), cells(columns));
        self.master.resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
    }

    pub fn signal(&self, signal: rustix::process::Signal) {
        let pid = rustix::process::Pid::from_raw(i32::try_from(self.pid).unwrap()).unwrap();
        rustix::process::kill_process(pid, signal).unwrap();
    }

    /// Waits for the program's end and gives its exit code.
    pub fn exit_code(&self) -> u32 {
        let status = self.ended.recv_timeout(PATIENCE);
        status.unwrap_or_else(|_| panic!("does not end:\n{}", self.look(|screen, _| screen.contents()))).exit_code()
    }

    /// Fails unless the terminal is as it was before the program.
    pub fn assert_restored(&self) {
        // The last bytes may still be on their way.
        self.wait("terminal as before", |screen| {
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
        });
        assert_eq!(settings(&*self.master), self.before);
    }

    /// Fails unless the reader has the terminal.
    pub fn assert_taken(&self) {
        self.look(|screen, _| {
            assert!(screen.alternate_screen() && screen.bracketed_paste());
            assert_ne!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        });
        assert_ne!(settings(&*self.master), self.before);
    }
}

/// What `look` finds, once it finds something: for what another program does, of which no screen tells.
pub fn patiently<T>(what: &str, look: impl Fn() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "no {what}");
        thread::yield_now();
    }
}

pub fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn cells(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap()
}

fn settings(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}
