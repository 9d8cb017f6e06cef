//! Doing what a line of the command line orders.

use super::message::{Articles, Ask, Bulk, Changed};
use super::perform::{perform, set_filter};
use super::state::State;
use super::words::count;
use super::{Effect, correcting, filter, marking, noting, outside};
use crate::config::line::{self, Order, Wanted};
use crate::query::{Expression, Matching};
use crate::store::{self, Mark};
use crate::text::{Clean, clean};
use crate::words;

/// Does what a line orders, or tells what is wrong with it.
pub fn run(state: &mut State, text: &str) -> Vec<Effect> {
    match line::parse(text) {
        Ok(line) => {
            let mut effects = Vec::new();
            for _ in 0..line.times {
                effects.extend(order(state, &line.order));
                if effects.iter().any(|effect| matches!(effect, Effect::Quit)) {
                    break;
                }
            }
            effects
        }
        Err(error) => {
            state.warn(Clean::line(&error.to_string()));
            Vec::new()
        }
    }
}

fn order(state: &mut State, order: &Order) -> Vec<Effect> {
    match order {
        Order::Key(command) => return perform(state, *command),
        Order::Filter(wanted) => {
            if state.shelf.is_none() {
                state.warn(Clean::literal("Queries search the library; these articles are from files"));
            } else {
                state.want(wanted.clone());
            }
        }
        Order::Find(words) => find(state, words),
        Order::Sort(sort) => state.sort((*sort).into()),
        Order::Tag { add, remove, articles } => {
            let tags = |tags: &[String]| tags.iter().map(|tag| Clean::line(tag)).collect();
            bulk(state, Bulk::Tag { add: tags(add), remove: tags(remove) }, articles.as_ref());
        }
        Order::Mark { mark, articles: None } => mark_open(state, *mark),
        Order::Mark { mark, articles } => bulk(state, Bulk::Mark(*mark), articles.as_ref()),
        Order::Note(text) => noting::add(state, text),
        Order::Correct(correction) => correcting::correct(state, correction),
        Order::Run(name) => return outside::run(state, name),
    }
    Vec::new()
}

/// The condition that an expression is. Its moment is set by whoever asks the library.
pub fn matching(expression: Expression) -> Matching {
    Matching { expression, now: jiff::Zoned::default() }
}

fn find(state: &mut State, words: &str) {
    let Some(reader) = &mut state.reader else { return };
    let from = reader.place();
    reader.search(clean(words).text, from);
    let hits = reader.search.as_ref().map_or(0, |search| search.hits.len());
    if hits == 0 {
        state.warn(words!("Not found: {words}"));
    } else {
        state.focus(super::Pane::Article);
    }
    state.follow();
}

fn mark_open(state: &mut State, mark: Mark) {
    if let Some(number) = state.reader.as_ref().map(|reader| reader.number) {
        marking::set(state, &[number], mark);
        state.say(marked(mark, 1));
    }
}

fn bulk(state: &mut State, bulk: Bulk, wanted: Option<&Wanted>) {
    if state.shelf.is_none() {
        return state.warn(Clean::literal("This works on the library; these articles are from files"));
    }
    let articles = match wanted {
        Some(wanted) => Articles::Of(Box::new(store::Query {
            matching: wanted.search.matching.clone().map(matching),
            ..store::Query::default()
        })),
        None => match state.open_item().and_then(|item| item.stored) {
            Some(id) => Articles::These(vec![id]),
            None => return state.say(Clean::literal("No article is open")),
        },
    };
    state.ask(Ask::Bulk { bulk, articles });
}

/// Tells what was done to articles of the library.
pub fn done(state: &mut State, bulk: &Bulk, changed: Changed) {
    let text = match (bulk, changed) {
        (Bulk::Mark(mark), Changed::Marks(articles)) => {
            marking::note(state, &articles, *mark);
            marked(*mark, articles.len())
        }
        (Bulk::Tag { add, remove }, Changed::Tags(tags)) => {
            let given = add.iter().map(|tag| format!("+{tag}"));
            let taken = remove.iter().map(|tag| format!("-{tag}"));
            let names: Vec<String> = given.chain(taken).collect();
            let number = marking::tagged(&tags).len();
            marking::note_tags(state, tags);
            words!("{} tagged {}", count(number, "article"), names.join(" "))
        }
        // Tags do not answer for marks, nor marks for tags.
        _ => return,
    };
    state.say(text);
}

fn marked(mark: Mark, number: usize) -> Clean {
    let how = match mark {
        Mark::Read(true) => "marked read",
        Mark::Read(false) => "marked unread",
        Mark::Starred(true) => "starred",
        Mark::Starred(false) => "unstarred",
    };
    words!("{} {how}", count(number, "article"))
}

impl State {
    /// Lists what a query asks for; `None`: all again.
    pub(super) fn want(&mut self, wanted: Option<Wanted>) {
        let Some(shelf) = &mut self.shelf else { return };
        if shelf.wanted == wanted {
            return;
        }
        if let Some(sort) = wanted.as_ref().and_then(|wanted| wanted.search.sort) {
            (shelf.order, shelf.own_order) = (sort.into(), None);
        }
        shelf.wanted = wanted;
        self.list_filtered();
    }

    /// Takes away all that narrows the list.
    pub(super) fn clear_filter(&mut self) {
        let is_query = self.shelf.as_ref().is_some_and(|shelf| shelf.wanted.is_some());
        if !is_query && !self.library.filter.is_set() {
            return self.say(Clean::literal("There is no filter"));
        }
        if let Some(shelf) = &mut self.shelf {
            shelf.wanted = None;
        }
        set_filter(self, filter::Filter::default());
        self.say(Clean::literal("Filter cleared"));
    }
}
