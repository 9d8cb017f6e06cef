//! The reader's state and what changes it: [`update`] takes what happened and says what is to be done. Nothing here
//! draws, and nothing here reads or writes anything outside the state.

mod address;
pub(crate) mod card;
mod column;
pub(crate) mod correcting;
pub(crate) mod difference;
pub(crate) mod facts;
pub(crate) mod filter;
mod find;
pub(crate) mod flow;
mod history;
mod jump;
pub(crate) mod kinds;
pub(crate) mod layers;
pub(crate) mod layout;
pub(crate) mod library;
mod line;
pub(crate) mod links;
mod marking;
pub(crate) mod menu;
mod message;
mod mouse;
pub(crate) mod names;
mod news;
pub(crate) mod noting;
pub(crate) mod offers;
mod outside;
mod overlay;
pub(crate) mod panel;
mod perform;
pub(crate) mod picker;
pub(crate) mod prompt;
pub(crate) mod reader;
mod selecting;
pub(crate) mod selection;
pub(crate) mod sheet;
pub(crate) mod shelf;
mod showing;
mod smart;
pub(crate) mod state;
pub(crate) mod statements;
pub(crate) mod tree;
pub(crate) mod words;
pub(crate) mod writing;

pub use address::{Address, Refused};
pub use difference::VersionText;
pub use history::{History, Typed};
pub use layout::{Layout, Pane};
pub use message::{
    Articles, Ask, Background, Bulk, Changed, Effect, MOST_COUNTED, Msg, NotesNow, Opened, Refresh, RefreshEnd,
    Refusal, Tagging, TreeData,
};
pub use outside::plain_text;
pub use state::State;

use crossterm::event::KeyEventKind;

use crate::text::Clean;
use crate::words;
use library::Finding;
use state::{Notice, Overlay};

/// Changes the state by what happened, and tells what is to be done outside.
pub fn update(state: &mut State, msg: Msg) -> Vec<Effect> {
    let mut effects = Vec::new();
    match msg {
        Msg::Key(event) if event.kind == KeyEventKind::Release => {}
        Msg::Key(event) => effects = perform::key(state, event),
        Msg::Paste(text) => overlay::paste(state, &text),
        Msg::Mouse(event) => effects = mouse::mouse(state, event),
        Msg::Resize(width, height) => (state.shape.width, state.shape.height) = (width, height),
        Msg::Loaded(articles) => state.library.add(articles),
        Msg::LoadFailed { what, why } => report(state, Notice { text: words!("{what}: {why}"), error: true }),
        Msg::LoadNotice(text) => report(state, Notice { text, error: false }),
        Msg::LoadDone => {
            state.loading = false;
            if state.library.items.len() == 1 {
                state.focus(Pane::Article);
            }
        }
        Msg::Annotated { article, annotations } => answered(state, article, Finding::Done(annotations)),
        Msg::AnnotateFailed { article, why } => answered(state, article, Finding::Failed(why)),
        Msg::Background(background) => {
            state.theme = state.config.themes.pick(state.config.theme_choice, Some(background)).clone();
        }
        Msg::Resumed => effects.push(Effect::Redraw),
        Msg::Found { id, found } => {
            if let Some(number) = state.library.number_of(id) {
                let found = found.map_or_else(Finding::Failed, Finding::Done);
                answered(state, number, found);
            }
        }
        Msg::Tree(data) => state.take_tree(*data),
        Msg::Statements { ticket, keys, whole } => state.take_statements(ticket, keys, whole),
        Msg::StatementRows { asked, rows } => state.take_statement_rows(&asked, rows),
        Msg::Smart(unread) => state.take_smart(&unread),
        Msg::ChangedElsewhere => state.list_again(),
        Msg::Listed { ticket, keys, whole } => state.take_list(ticket, &keys, whole),
        Msg::Rows(rows) => state.take_rows(rows),
        Msg::Opened(opened) => state.take_article(*opened),
        Msg::OpenFailed { why, .. } => state.warn(words!("The article could not be read: {why}")),
        Msg::Kept { ids, left } => {
            state.take_kept(&ids, left);
            state.ask_for_news(&ids);
        }
        Msg::News(rows) => effects = state.take_news(&rows),
        Msg::Values { sort, typed, values } => prompt::take_values(state, sort, &typed, values),
        Msg::Bulked { bulk, changed } => line::done(state, &bulk, changed),
        Msg::Noted { article, outcome } => state.take_noted(article, outcome),
        Msg::Written(text) => writing::written(state, &text),
        Msg::NotesElsewhere => state.notes_elsewhere(),
        Msg::Countries(all) => {
            if let Overlay::Picker(picker) = &mut state.overlay {
                picker.take_counts(&all);
            }
        }
        Msg::Refreshing { done, all } => state.refreshing(done, all),
        Msg::Refreshed(end) => state.refreshed(end),
        Msg::PageFetched { id, outcome } => state.page_fetched(id, outcome),
        Msg::VersionsOf { id, versions } => {
            if let Some(number) = state.library.number_of(id) {
                difference::open(state, number, versions);
            }
        }
        Msg::Versions { article, versions } => difference::open(state, article, versions),
        Msg::Outside { text, error: true } => state.warn(text),
        Msg::Outside { text, error: false } => state.say(text),
        Msg::LibraryFailed(why) => {
            state.library_failed(&why);
            report(state, Notice { text: why, error: true });
        }
    }
    state.settle();
    effects.extend(state.wishes());
    effects.extend(state.library.requests(state.reader.as_ref().map(|reader| reader.number)));
    effects
}

/// Where everything is on the screen.
pub fn layout(state: &State) -> Layout {
    state.layout
}

/// Keeps what loading reports, and says it unless something worse is being said.
fn report(state: &mut State, report: Notice) {
    if report.error || state.notice.as_ref().is_none_or(|notice| !notice.error) {
        state.notice = Some(report.clone());
    }
    state.reports.add(report);
}

fn answered(state: &mut State, number: usize, found: Finding) {
    if let Finding::Failed(why) = &found
        && state.reader.as_ref().is_some_and(|reader| reader.number == number)
    {
        state.warn(words!("This article could not be annotated: {why}"));
    }
    let known = state.library.done;
    state.library.answer(number, found);
    if let Overlay::Picker(picker) = &mut state.overlay
        && (state.library.done > known && state.shelf.is_none())
        && let Some(found) = state.library.items.get(number).and_then(|item| item.annotations())
    {
        picker.count(found);
        if picker.shown.is_empty() {
            picker.narrow();
        }
    }
    let listed = state.library.row_of(number).is_some();
    let found = state.corrected(number);
    if let Some(reader) = state.reader.as_mut().filter(|reader| reader.number == number) {
        reader.annotate(found, state.highlight, &state.library.filter);
        state.panel.forget();
        state.settle();
        state.follow();
    } else if listed && state.library.filter.is_set() && number == state.chosen {
        state.open_listed();
    }
}

/// The line that says why an article has no findings to show.
pub(crate) fn why_empty(item: &library::Item) -> Option<Clean> {
    match &item.found {
        Finding::Waiting | Finding::Asked if !item.is_here() => Some(Clean::literal("Reading…")),
        Finding::Waiting | Finding::Asked => Some(Clean::literal("Annotating…")),
        Finding::Failed(why) => Some(words!("Not annotated: {why}")),
        Finding::Done(_) => None,
    }
}
