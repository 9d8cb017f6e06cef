//! What happens when the program has a mistake.

use std::panic::{self, AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::thread::{self, ThreadId};

use super::terminal;
use crate::text::Clean;

/// From now on a panic of this thread gives the terminal back before it is told. One of another thread is silent, as
/// its message would land in the middle of the screen; whoever started the thread tells of the failed job.
pub(super) fn restore_terminal_first() {
    let tell = panic::take_hook();
    panic::set_hook(hook(thread::current().id(), terminal::give_back, tell));
}

type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Send + Sync + 'static>;

fn hook(main: ThreadId, restore: impl Fn() + Send + Sync + 'static, tell: Hook) -> Hook {
    Box::new(move |info| {
        if thread::current().id() == main {
            restore();
            tell(info);
        }
    })
}

/// Does `job`; if it panics, gives the words of the panic.
pub(super) fn caught<T>(job: impl FnOnce() -> T) -> Result<T, Clean> {
    catch_unwind(AssertUnwindSafe(job)).map_err(|payload| {
        let words = payload.downcast_ref::<String>().map(String::as_str);
        let words = words.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("no reason given");
        Clean::line(&format!("a mistake in dateline ({words})"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    static LOG: Mutex<Vec<&str>> = Mutex::new(Vec::new());

    fn log(what: &'static str) {
        LOG.lock().unwrap().push(what);
    }

    #[test]
    fn a_panic_of_the_main_thread_restores_first_and_one_of_a_worker_is_silent() {
        // The hook belongs to the whole process: other tests that panic meanwhile are let through.
        let main = thread::current().id();
        let test_hook = panic::take_hook();
        let ours = hook(main, || log("restored"), Box::new(|_| log("told")));
        panic::set_hook(Box::new(move |info| {
            let name = thread::current().name().map(str::to_owned);
            if thread::current().id() == main || name.as_deref() == Some("dateline-test-worker") {
                ours(info);
            } else {
                test_hook(info);
            }
        }));
        assert!(caught(|| panic!("on the main thread")).is_err());
        assert_eq!(LOG.lock().unwrap().drain(..).collect::<Vec<_>>(), ["restored", "told"]);
        let job = || caught(|| -> () { panic!("in a job, by {}", "mistake") });
        let failed = thread::Builder::new().name("dateline-test-worker".into()).spawn(job).unwrap().join().unwrap();
        assert!(failed.unwrap_err().contains("in a job, by mistake"));
        assert!(LOG.lock().unwrap().is_empty());
        let _ = panic::take_hook();
    }
}
