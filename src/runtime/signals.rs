//! Signals as events, so that the terminal is given back before the program ends or stops.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

use super::Event;

/// Whether another program has the terminal: what its keys ask for is meant for that program.
static LENT: AtomicBool = AtomicBool::new(false);

/// Tells whether another program has the terminal.
pub(super) fn lend(lent: bool) {
    LENT.store(lent, Ordering::SeqCst);
}

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signal {
    /// To end; the signal's number.
    End(u8),
    /// To stop until continued.
    Stop,
}

#[cfg(unix)]
mod unix {
    use std::thread;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    use super::*;
    use crate::runtime::terminal;

    /// Starts a thread that sends signals as events.
    pub fn start(sender: Sender<Event>) -> io::Result<()> {
        let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP])?;
        let work = move || {
            let mut asked = false;
            for number in signals.forever() {
                match number {
                    SIGINT | SIGQUIT if LENT.load(Ordering::SeqCst) => continue,
                    // The shell waits until all of the pipeline have stopped; the main thread waits for the program.
                    SIGTSTP if LENT.load(Ordering::SeqCst) => {
                        let _ = stop_here();
                        continue;
                    }
                    _ => {}
                }
                if number == SIGTSTP {
                    let _ = sender.send(Event::Signal(Signal::Stop));
                    continue;
                }
                if asked {
                    // Asked twice: the main thread does not answer, most likely because the terminal takes no output.
                    terminal::give_back();
                    std::process::exit(128 + number);
                }
                asked = true;
                let _ = sender.send(Event::Signal(Signal::End(u8::try_from(number).unwrap_or(0))));
            }
        };
        thread::Builder::new().name("signals".into()).spawn(work)?;
        Ok(())
    }

    /// Asks this process and all others of its pipeline to stop, as the terminal does for Ctrl-Z when it is not in raw
    /// mode: a shell takes the terminal back only once they all have stopped.
    pub fn stop_pipeline(sender: &Sender<Event>) {
        use rustix::process::{Signal as Number, kill_current_process_group};
        if kill_current_process_group(Number::TSTP).is_err() {
            let _ = sender.send(Event::Signal(Signal::Stop));
        }
    }

    /// Stops this process; returns when it is continued.
    pub fn stop_here() -> io::Result<()> {
        emulate_default_handler(SIGTSTP)
    }
}

#[cfg(unix)]
pub(super) use unix::{start, stop_here, stop_pipeline};

#[cfg(not(unix))]
mod other {
    use super::*;

    pub fn start(_: Sender<Event>) -> io::Result<()> {
        Ok(())
    }

    pub fn stop_pipeline(_: &Sender<Event>) {}

    pub fn stop_here() -> io::Result<()> {
        Ok(())
    }
}

#[cfg(not(unix))]
pub(super) use other::{start, stop_here, stop_pipeline};
