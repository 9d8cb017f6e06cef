//! The annotating lane: a queue of articles, and threads that annotate them.

use std::collections::{HashSet, VecDeque};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::{io, thread};

use super::{Event, panics};
use crate::annotate::Annotator;
use crate::app::Msg;
use crate::model::{Annotations, Article};
use crate::store::{ArticleId, ContentHash};
use crate::text::Clean;

/// Annotates articles in threads of its own.
#[derive(Clone)]
pub(super) struct Annotating {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    filled: Condvar,
}

#[derive(Default)]
struct Queue {
    urgent: Vec<Job>,
    other: VecDeque<Job>,
    /// What the library has in store; it waits until nobody waits for anything else.
    library: VecDeque<Stock>,
    /// Urgent ones that still stand among the others, where they were asked for first.
    taken_ahead: HashSet<usize>,
}

/// An article that the state asked for, by its number there.
struct Job {
    number: usize,
    text: Arc<Article>,
    /// Whether somebody looks at it now.
    urgent: bool,
    /// Where the library keeps what is found.
    keep: Option<(ArticleId, ContentHash)>,
}

/// An article of the library that nobody has opened yet.
pub(super) struct Stock {
    /// Which.
    pub id: ArticleId,
    /// What its annotations are filed under.
    pub hash: ContentHash,
    /// It.
    pub text: Arc<Article>,
    /// Where what is found goes; nothing if it could not be annotated.
    pub answer: Sender<(ArticleId, ContentHash, Arc<Article>, Option<Annotations>)>,
}

enum Next {
    Job(Job),
    Stock(Stock),
}

/// What was found, with where the library keeps it.
pub(super) type Keep = dyn Fn(ArticleId, ContentHash, Arc<Article>, Arc<Annotations>) + Send + Sync;

impl Annotating {
    /// Starts the threads: one for each core but the main thread's, at least one. `keep` gets what is found in articles of
    /// the library that the state asked for.
    pub fn start(annotator: Annotator, sender: Sender<Event>, keep: Arc<Keep>) -> io::Result<Self> {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let shared = Arc::new(Shared::default());
        for number in 1..cores.max(2) {
            let (shared, sender, keep) = (Arc::clone(&shared), sender.clone(), keep.clone());
            thread::Builder::new()
                .name(format!("annotating {number}"))
                .spawn(move || work(&shared, annotator, &sender, keep.as_ref()))?;
        }
        Ok(Annotating { shared })
    }

    /// Queues an article; the latest urgent one goes first.
    pub fn ask(&self, number: usize, text: Arc<Article>, urgent: bool, keep: Option<(ArticleId, ContentHash)>) {
        let mut queue = self.shared.queue();
        let job = Job { number, text, urgent, keep };
        if urgent {
            if queue.other.iter().any(|waiting| waiting.number == number) {
                queue.taken_ahead.insert(number);
            }
            queue.urgent.push(job);
        } else {
            queue.other.push_back(job);
        }
        drop(queue);
        self.shared.filled.notify_one();
    }

    /// Queues an article of the library, behind all that the state asks for.
    pub fn ask_for_stock(&self, stock: Stock) {
        self.shared.queue().library.push_back(stock);
        self.shared.filled.notify_one();
    }
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        // Nothing that may panic happens under the lock.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    fn next(&mut self) -> Option<Next> {
        if let Some(job) = self.urgent.pop() {
            return Some(Next::Job(job));
        }
        while let Some(job) = self.other.pop_front() {
            if !self.taken_ahead.remove(&job.number) {
                return Some(Next::Job(job));
            }
        }
        self.library.pop_front().map(Next::Stock)
    }
}

/// Annotates until nobody waits for the answers.
fn work(shared: &Shared, annotator: Annotator, sender: &Sender<Event>, keep: &Keep) {
    loop {
        let mut queue = shared.queue();
        let next = loop {
            match queue.next() {
                Some(next) => break next,
                None => queue = shared.filled.wait(queue).unwrap_or_else(PoisonError::into_inner),
            }
        };
        drop(queue);
        match next {
            Next::Job(job) => {
                // What the rules find is there at once, and gives way to what the tagger finds.
                if job.urgent
                    && annotator.is_slow()
                    && let Ok(found) = annotated(annotator.quick(), &job.text)
                    && sender.send(Event::State(told(&job, Ok(Arc::new(found))))).is_err()
                {
                    return;
                }
                let msg = answer(annotator, job, keep);
                if sender.send(Event::State(msg)).is_err() {
                    return;
                }
            }
            Next::Stock(Stock { id, hash, text, answer }) => {
                let found = annotated(annotator, &text).ok();
                // Nobody waits for it any more when the reader is left.
                let _ = answer.send((id, hash, text, found));
            }
        }
    }
}

fn answer(annotator: Annotator, job: Job, keep: &Keep) -> Msg {
    let found = annotated(annotator, &job.text).map(Arc::new);
    if let (Ok(found), Some((id, hash))) = (&found, job.keep) {
        keep(id, hash, job.text.clone(), found.clone());
    }
    told(&job, found)
}

/// The message that tells what was found.
fn told(job: &Job, found: Result<Arc<Annotations>, Clean>) -> Msg {
    match (job.keep, found) {
        (Some((id, _)), found) => Msg::Found { id, found },
        (None, Ok(annotations)) => Msg::Annotated { article: job.number, annotations },
        (None, Err(why)) => Msg::AnnotateFailed { article: job.number, why },
    }
}

fn annotated(annotator: Annotator, text: &Article) -> Result<Annotations, Clean> {
    panics::caught(|| annotator.annotate(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_what_is_looked_at_the_rules_findings_come_first_and_are_not_kept() {
        let (sender, events) = std::sync::mpsc::channel();
        let (kept, keeps) = std::sync::mpsc::channel();
        let kept = Mutex::new(kept);
        let keep = move |id: ArticleId, _, _, _| kept.lock().unwrap().send(id).unwrap();
        let slow = Annotator::with("slow", || None);
        let lane = Annotating::start(slow, sender, Arc::new(keep)).unwrap();
        let place = |id| Some((ArticleId(id), ContentHash([0; 16])));
        lane.ask(0, Arc::default(), true, place(7));
        for _ in 0..2 {
            let Ok(Event::State(Msg::Found { id, found: Ok(_) })) = events.recv() else {
                panic!("nothing was found")
            };
            assert_eq!(id, ArticleId(7));
        }
        assert_eq!(keeps.recv(), Ok(ArticleId(7)));
        lane.ask(1, Arc::default(), false, place(8));
        let Ok(Event::State(Msg::Found { id, .. })) = events.recv() else { panic!("nothing was found") };
        assert_eq!(id, ArticleId(8));
        assert_eq!(keeps.try_iter().collect::<Vec<_>>(), [ArticleId(8)], "of each one finding is kept");
        assert!(events.try_recv().is_err(), "what nobody looks at is answered once");
    }

    #[test]
    fn the_latest_urgent_article_goes_first_none_goes_twice_and_the_library_waits() {
        let article = Arc::new(Article::default());
        let lane = Annotating { shared: Arc::default() };
        let (answer, _answers) = std::sync::mpsc::channel();
        lane.ask_for_stock(Stock { id: ArticleId(5), hash: ContentHash([0; 16]), text: article.clone(), answer });
        for number in 0..3 {
            lane.ask(number, Arc::clone(&article), false, None);
        }
        lane.ask(7, Arc::clone(&article), true, None);
        lane.ask(1, Arc::clone(&article), true, None);
        let mut queue = lane.shared.queue();
        let order: Vec<String> = std::iter::from_fn(|| queue.next())
            .map(|next| match next {
                Next::Job(job) => job.number.to_string(),
                Next::Stock(stock) => format!("library {}", stock.id.0),
            })
            .collect();
        assert_eq!(order, ["1", "7", "0", "2", "library 5"]);
    }
}
