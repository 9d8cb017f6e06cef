//! The terminal: taken over as a whole, drawn on, and given back.

use std::fmt;
use std::io::{self, BufWriter, Stdout, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use crossterm::clipboard::CopyToClipboard;
use crossterm::style::Print;
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
};
use crossterm::{Command, cursor, event, execute, queue, terminal};
use ratatui::Frame;
use ratatui::backend::CrosstermBackend;

use super::background;
use crate::text::Clean;

/// A frame in one write: other writers to the terminal cannot come between, and it takes fewer calls.
const FRAME_BYTES: usize = 1 << 20;

/// Whether the terminal is ours now, so that giving it back twice, or without having it, does nothing. It belongs to
/// the process, not to a value: the panic hook must be able to give it back.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal while the reader has it. Gives it back when dropped.
pub(super) struct Terminal {
    inner: ratatui::Terminal<CrosstermBackend<BufWriter<Stdout>>>,
    mouse: Mouse,
    /// Whether the terminal may show something else than the last frame.
    forgotten: bool,
}

impl Terminal {
    /// Takes the terminal over: raw mode, alternate screen, bracketed paste and, if wanted, the mouse.
    pub fn enter(mouse: Mouse) -> io::Result<Self> {
        take(mouse)?;
        let made = ratatui::Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(FRAME_BYTES, io::stdout())));
        match made {
            Ok(inner) => Ok(Terminal { inner, mouse, forgotten: false }),
            Err(error) => {
                give_back();
                Err(error)
            }
        }
    }

    /// Columns and rows.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        terminal::size()
    }

    /// Draws a frame; the terminal shows it at once and whole, if it can.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame)) -> io::Result<()> {
        queue!(self.inner.backend_mut(), BeginSynchronizedUpdate)?;
        if std::mem::take(&mut self.forgotten) {
            // Not `clear`, which asks the terminal for its cursor and waits for the answer behind the reader of keys.
            let size = self.inner.size()?;
            self.inner.resize(size.into())?;
        }
        self.inner.draw(view)?;
        execute!(self.inner.backend_mut(), EndSynchronizedUpdate)
    }

    /// Forgets what the terminal shows, so that the next frame draws every cell.
    pub fn forget(&mut self) {
        self.forgotten = true;
    }

    /// Puts `words` on the clipboard of the terminal's user, also through SSH, where the terminal allows it.
    pub fn copy(&mut self, words: &Clean) -> io::Result<()> {
        execute!(self.inner.backend_mut(), CopyToClipboard::to_clipboard_from(words.as_str()))
    }

    /// Rings the terminal's bell.
    pub fn ring(&mut self) -> io::Result<()> {
        execute!(self.inner.backend_mut(), Print('\x07'))
    }

    /// Asks the terminal for its background, if it is one that can be asked; says when. The answer comes as keys do.
    pub fn ask_background(&mut self) -> io::Result<Option<Instant>> {
        let term = std::env::var("TERM").ok();
        if cfg!(windows) || !background::may_be_asked(term.as_deref()) {
            return Ok(None);
        }
        execute!(self.inner.backend_mut(), Print(background::QUESTION))?;
        Ok(Some(Instant::now()))
    }

    /// Gives the terminal back for a while.
    pub fn leave(&mut self) {
        give_back();
    }

    /// Takes the terminal over again after [`Terminal::leave`].
    pub fn re_enter(&mut self) -> io::Result<()> {
        take(self.mouse)?;
        self.forget();
        Ok(())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
    }
}

/// What the terminal tells of the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mouse {
    /// Nothing.
    Off,
    /// Buttons, wheel and drags, but not every motion.
    Buttons,
    /// Every motion too.
    Motion,
}

impl Mouse {
    /// What is needed for these settings.
    pub fn wanted(mouse: bool, hover: bool) -> Mouse {
        match (mouse, hover) {
            (false, _) => Mouse::Off,
            (true, false) => Mouse::Buttons,
            (true, true) => Mouse::Motion,
        }
    }
}

impl Command for Mouse {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str(match self {
            Mouse::Off => "\x1b[?1006l\x1b[?1003l\x1b[?1002l\x1b[?1000l",
            Mouse::Buttons => "\x1b[?1000h\x1b[?1002h\x1b[?1006h",
            Mouse::Motion => "\x1b[?1000h\x1b[?1002h\x1b[?1003h\x1b[?1006h",
        })
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        match self {
            Mouse::Off => event::DisableMouseCapture.execute_winapi(),
            Mouse::Buttons | Mouse::Motion => event::EnableMouseCapture.execute_winapi(),
        }
    }
}

fn take(mouse: Mouse) -> io::Result<()> {
    terminal::enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let taken = write_modes(&mut io::stdout(), mouse);
    if taken.is_err() {
        give_back();
    }
    taken
}

fn write_modes(out: &mut impl Write, mouse: Mouse) -> io::Result<()> {
    queue!(out, EnterAlternateScreen, event::EnableBracketedPaste, cursor::Hide)?;
    if mouse != Mouse::Off {
        queue!(out, mouse)?;
    }
    out.flush()
}

fn write_modes_off(out: &mut impl Write) -> io::Result<()> {
    // An update that a panic cut short would hold back all that follows.
    queue!(out, EndSynchronizedUpdate, Mouse::Off, event::DisableBracketedPaste, LeaveAlternateScreen, cursor::Show)?;
    out.flush()
}

/// Gives the terminal back as it was. For any thread, any number of times; errors are left alone, as there is no
/// terminal then to give back.
pub(super) fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let _ = write_modes_off(&mut io::stdout());
        let _ = terminal::disable_raw_mode();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mode_that_is_set_is_reset() {
        let (mut on, mut off) = (Vec::new(), Vec::new());
        write_modes(&mut on, Mouse::Motion).unwrap();
        write_modes_off(&mut off).unwrap();
        let (on, off) = (String::from_utf8(on).unwrap(), String::from_utf8(off).unwrap());
        let modes: Vec<&str> = on.split("\x1b[?").filter_map(|rest| rest.strip_suffix('h')).collect();
        assert!(modes.contains(&"1049") && modes.contains(&"1000") && modes.contains(&"2004"), "{on:?}");
        for mode in modes {
            assert!(off.contains(&format!("\x1b[?{mode}l")), "{mode} stays on");
        }
        assert!(on.contains("\x1b[?25l") && off.contains("\x1b[?25h"), "the cursor stays hidden");
    }
}
