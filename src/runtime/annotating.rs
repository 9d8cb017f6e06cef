//! The annotating lane: a queue of articles, and threads that annotate them.

use std::collections::{HashSet, VecDeque};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::{io, thread};

use super::{Event, panics};
use crate::annotate::Annotator;
use crate::app::Msg;
use crate::model::Article;

/// Annotates articles in threads of its own.
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
    /// Urgent ones that still stand among the others, where they were asked for first.
    taken_ahead: HashSet<usize>,
}

/// An article with its number.
type Job = (usize, Arc<Article>);

impl Annotating {
    /// Starts the threads: one for each core but the main thread's, at least one.
    pub fn start(sender: Sender<Event>) -> io::Result<Self> {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let shared = Arc::new(Shared::default());
        for number in 1..cores.max(2) {
            let (shared, sender) = (Arc::clone(&shared), sender.clone());
            thread::Builder::new().name(format!("annotating {number}")).spawn(move || work(&shared, &sender))?;
        }
        Ok(Annotating { shared })
    }

    /// Queues an article; the latest urgent one goes first.
    pub fn ask(&self, article: usize, text: Arc<Article>, urgent: bool) {
        let mut queue = self.shared.queue();
        if urgent {
            if queue.other.iter().any(|(waiting, _)| *waiting == article) {
                queue.taken_ahead.insert(article);
            }
            queue.urgent.push((article, text));
        } else {
            queue.other.push_back((article, text));
        }
        drop(queue);
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
    fn next(&mut self) -> Option<Job> {
        if let Some(job) = self.urgent.pop() {
            return Some(job);
        }
        while let Some(job) = self.other.pop_front() {
            if !self.taken_ahead.remove(&job.0) {
                return Some(job);
            }
        }
        None
    }
}

/// Annotates until nobody waits for the answers.
fn work(shared: &Shared, sender: &Sender<Event>) {
    loop {
        let mut queue = shared.queue();
        let (article, text) = loop {
            match queue.next() {
                Some(job) => break job,
                None => queue = shared.filled.wait(queue).unwrap_or_else(PoisonError::into_inner),
            }
        };
        drop(queue);
        let msg = match panics::caught(|| Annotator::default().annotate(&text)) {
            Ok(annotations) => Msg::Annotated { article, annotations: Arc::new(annotations) },
            Err(why) => Msg::AnnotateFailed { article, why },
        };
        if sender.send(Event::State(msg)).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_urgent_article_goes_first_and_none_goes_twice() {
        let article = Arc::new(Article::default());
        let lane = Annotating { shared: Arc::default() };
        for number in 0..3 {
            lane.ask(number, Arc::clone(&article), false);
        }
        lane.ask(7, Arc::clone(&article), true);
        lane.ask(1, Arc::clone(&article), true);
        let mut queue = lane.shared.queue();
        let order: Vec<usize> = std::iter::from_fn(|| queue.next().map(|(number, _)| number)).collect();
        assert_eq!(order, [1, 7, 0, 2]);
    }
}
