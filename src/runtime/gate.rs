//! Keeping the input thread from the terminal while another program has it, so that no key goes to the wrong one.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A gate before every read of the terminal.
#[derive(Debug, Default)]
pub(super) struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    closed: bool,
    /// Whether the input thread waits at the gate.
    waits: bool,
}

/// How long the input thread may take to come to the gate.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often it is woken meanwhile.
const AGAIN: Duration = Duration::from_millis(50);

impl Gate {
    /// Passes, or waits until the gate is open.
    pub fn pass(&self) {
        let mut state = self.state();
        while state.closed {
            state.waits = true;
            self.changed.notify_all();
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.waits = false;
    }

    /// Closes the gate and wakes the input thread; returns when it stands there.
    pub fn close(&self) {
        let mut state = self.state();
        state.closed = true;
        let until = Instant::now() + PATIENCE;
        while cfg!(unix) && !state.waits && Instant::now() < until {
            wake();
            state = self.changed.wait_timeout(state, AGAIN).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Opens it again.
    pub fn open(&self) {
        self.state().closed = false;
        self.changed.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing that may panic happens under the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes the read of the terminal that waits for keys return, as it does when the window changes its size.
#[cfg(unix)]
fn wake() {
    use rustix::process::{Signal, getpid, kill_process};
    let _ = kill_process(getpid(), Signal::WINCH);
}

#[cfg(not(unix))]
fn wake() {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::mpsc;

    #[test]
    fn nobody_passes_a_closed_gate() {
        let gate = Arc::new(Gate::default());
        let (sender, passed) = mpsc::channel();
        let (go, may_go) = mpsc::channel::<()>();
        let other = Arc::clone(&gate);
        let thread = std::thread::spawn(move || {
            while may_go.recv().is_ok() {
                other.pass();
                sender.send(()).unwrap();
            }
        });
        go.send(()).unwrap();
        passed.recv().unwrap();
        go.send(()).unwrap();
        passed.recv().unwrap();
        // The thread comes to the gate only after it was closed.
        gate.state().closed = true;
        go.send(()).unwrap();
        gate.close();
        assert!(gate.state().waits);
        assert_eq!(passed.try_recv(), Err(mpsc::TryRecvError::Empty));
        gate.open();
        passed.recv().unwrap();
        drop(go);
        thread.join().unwrap();
    }
}
