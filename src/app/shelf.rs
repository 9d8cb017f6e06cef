//! The library on disk, as far as the reader shows it: which articles are listed and in which order, and what goes on.

use super::library::Library;
use super::message::{Ask, Opened, Refresh, RefreshEnd, TreeData};
use super::state::{Jump, Notice, State};
use super::statements::Statements;
use super::tree::{Kind, Tree, trouble};
use super::words::count;
use super::{Effect, line};
use crate::app::filter::Scope as Sense;
use crate::app::layout::Pane;
use crate::config::line::Wanted;
use crate::model::Note;
use crate::store::{ArticleId, Key, Mark, Order, Query, Row, Scope};
use crate::text::Clean;
use crate::words;

/// What of the library is listed, and what goes on in it.
#[derive(Debug, Default)]
pub struct Shelf {
    /// The feeds.
    pub tree: Tree,
    /// Which articles are listed.
    pub scope: Scope,
    /// The smart feed that is listed, by its number, if one is; the scope is that of all then.
    pub smart: Option<usize>,
    /// What articles have to fulfil besides, if the user asked for something.
    pub wanted: Option<Wanted>,
    /// In which order.
    pub order: Order,
    /// The order that the smart feed's query asks for.
    pub(super) own_order: Option<Order>,
    /// Why the library cannot be used, if it cannot.
    pub failed: Option<Clean>,
    /// Articles that are still to be annotated.
    pub left: usize,
    /// Articles annotated since searches were last asked anew because of that.
    pub(super) learned: usize,
    /// Feeds asked and to be asked, while a refresh goes on.
    pub refreshing: Option<(usize, usize)>,
    /// The article whose page is being fetched.
    pub fetching: Option<ArticleId>,
    /// The statements of what is listed.
    pub statements: Statements,
    /// What people said is never a name.
    pub(super) never: Vec<Note>,
    /// The number of the last question for the list; an answer to an older one is of no interest.
    ticket: u64,
    /// Whether the list asked for has not come yet.
    pub listing: bool,
    /// What to do once the list is there.
    then: Then,
    /// The article whose text was asked for last.
    opening: Option<ArticleId>,
    /// The articles whose rows were asked for last.
    rows_asked: Vec<ArticleId>,
    /// What is to be asked of the library.
    outbox: Vec<Ask>,
}

/// What to do with a list that was asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Then {
    /// Stay on the open article.
    #[default]
    Stay,
    /// Open the first one.
    First,
    /// Open the first unread one.
    FirstUnread,
}

/// The order after this one, going round, and what it is called.
fn order_after(order: Order) -> (Order, &'static str) {
    match order {
        Order::Newest => (Order::Oldest, "oldest first"),
        Order::Oldest => (Order::Feed, "by feed"),
        Order::Feed => (Order::Title, "by headline"),
        Order::Title | Order::Relevance => (Order::Newest, "newest first"),
    }
}

/// The rows of the list that are to be known when it is `height` rows high from `top` on: a screen more to either side.
fn window(top: usize, height: u16) -> (usize, usize) {
    let page = usize::from(height).max(20);
    (top.saturating_sub(page), 3 * page)
}

impl State {
    /// The state of a reader over the library on disk, before anything of it is known.
    pub fn over_library(config: crate::config::Config, width: u16, height: u16) -> State {
        let mut state = State::new(config, width, height);
        let mut shelf = Box::new(Shelf::default());
        shelf.tree.name_smart(&state.config.smart);
        shelf.outbox.push(Ask::Tree);
        state.shelf = Some(shelf);
        state.shape.tree = true;
        state.shape.focus = Pane::List;
        state.shape.beside = Pane::List;
        state.list_anew(Then::First);
        state.settle();
        state
    }

    /// What the reader wants of the library now.
    pub fn wishes(&mut self) -> Vec<Effect> {
        let Some(shelf) = &mut self.shelf else { return Vec::new() };
        let mut asks = std::mem::take(&mut shelf.outbox);
        let (first, count) = window(self.list_top, self.layout.list_inside().height);
        let rows = self.library.window(first, count, true);
        if !rows.is_empty() && rows != shelf.rows_asked {
            shelf.rows_asked.clone_from(&rows);
            asks.push(Ask::Rows(rows));
        }
        let open = self.reader.as_ref().and_then(|reader| self.library.items.get(reader.number));
        if let Some(id) = open.filter(|item| !item.is_here()).and_then(|item| item.stored)
            && shelf.opening != Some(id)
        {
            shelf.opening = Some(id);
            asks.push(Ask::Open(id));
        }
        asks.extend(self.statement_wishes());
        asks.into_iter().map(Effect::Library).collect()
    }

    /// Whether another list than the one on the screen was asked for, so that keys mean nothing for what is still open.
    pub(super) fn is_turning(&self) -> bool {
        self.shelf.as_ref().is_some_and(|shelf| shelf.then != Then::Stay)
    }

    /// Sends something to the library.
    pub(super) fn ask(&mut self, ask: Ask) {
        if let Some(shelf) = &mut self.shelf {
            shelf.outbox.push(ask);
        }
    }

    /// Lists another part of the library.
    pub(super) fn show(&mut self, scope: Scope) {
        let Some(shelf) = &mut self.shelf else { return };
        (shelf.scope, shelf.smart, shelf.own_order) = (scope, None, None);
        self.list_anew(Then::First);
    }

    /// Lists another part of the library, and opens what is unread in it.
    pub(super) fn show_unread(&mut self, scope: Scope) {
        let Some(shelf) = &mut self.shelf else { return };
        shelf.tree.select(&scope);
        (shelf.scope, shelf.smart, shelf.own_order) = (scope, None, None);
        self.list_unread();
    }

    /// Lists another part of the library that was chosen, and opens what is unread in it.
    pub(super) fn list_unread(&mut self) {
        self.list_anew(Then::FirstUnread);
    }

    /// Lists what the filter keeps now.
    pub(super) fn list_filtered(&mut self) {
        self.list_anew(Then::First);
    }

    /// Lists what there is now; what is open stays.
    pub(super) fn list_again(&mut self) {
        self.list_anew(Then::Stay);
    }

    /// Lists in the next of the orders.
    pub(super) fn turn_order(&mut self) {
        let Some(shelf) = &mut self.shelf else {
            return self.say(Clean::literal("Files are listed in the order in which they were read"));
        };
        let name;
        (shelf.order, name) = order_after(shelf.order_now());
        shelf.own_order = None;
        self.list_anew(Then::First);
        self.say(words!("Articles {name}"));
    }

    /// Lists in this order.
    pub(super) fn sort(&mut self, order: Order) {
        let Some(shelf) = &mut self.shelf else {
            return self.say(Clean::literal("Files are listed in the order in which they were read"));
        };
        (shelf.order, shelf.own_order) = (order, None);
        self.list_anew(Then::First);
    }

    fn list_anew(&mut self, then: Then) {
        let wanted = self.wanted();
        let also = if then == Then::Stay { self.staying(wanted.as_ref()) } else { Vec::new() };
        let matching = wanted.map(line::matching);
        let Some(shelf) = &mut self.shelf else { return };
        shelf.ticket += 1;
        shelf.listing = true;
        shelf.then = then;
        let query = Query {
            scope: shelf.scope.clone(),
            countries: self.library.filter.countries.clone(),
            about: self.library.filter.scope == Sense::About,
            matching,
            order: shelf.order_now(),
            also,
        };
        let ticket = shelf.ticket;
        shelf.statements.follow(ticket, &query, then != Then::Stay);
        // An older question need not be answered any more.
        shelf.outbox.retain(|ask| !matches!(ask, Ask::List { .. }));
        shelf.outbox.push(Ask::List { ticket, query });
    }

    /// Takes the feeds.
    pub(super) fn take_tree(&mut self, data: TreeData) {
        let page = usize::from(self.layout.tree_inside().height);
        let Some(shelf) = &mut self.shelf else { return };
        let first = shelf.tree.rows.is_empty();
        shelf.tree.take(data);
        if first {
            shelf.tree.select(&shelf.scope.clone());
        }
        shelf.tree.keep_in_sight(page);
        self.count_smart();
    }

    /// Takes what the library lists.
    pub(super) fn take_list(&mut self, ticket: u64, keys: &[Key], whole: bool) {
        let Some(shelf) = self.shelf.as_mut().filter(|shelf| shelf.ticket == ticket) else { return };
        let then = shelf.then;
        (shelf.listing, shelf.failed) = (!whole, None);
        shelf.rows_asked.clear();
        // The whole list comes after its beginning: what was opened from that stays open.
        shelf.then = Then::Stay;
        let open = self.open_item().and_then(|item| item.stored);
        let above = self.reader.as_ref().map(|reader| reader.number.saturating_sub(self.list_top));
        if then != Then::Stay {
            self.leave();
        }
        let id_of = |library: &Library, number: usize| library.items.get(number).and_then(|item| item.stored);
        let chosen = id_of(&self.library, self.chosen);
        let jumps: Vec<_> = self.jumps.iter().map(|jump| id_of(&self.library, jump.article)).collect();
        self.library.list(keys, open);
        // The numbers are others now. What is listed no more cannot be gone back to.
        let library = &self.library;
        let jumps = std::mem::take(&mut self.jumps).into_iter().zip(jumps);
        let jumps = jumps.filter_map(|(jump, id)| Some(Jump { article: library.number_of(id?)?, ..jump }));
        self.jumps = jumps.collect();
        self.panel.forget();
        let stays = open.filter(|_| then == Then::Stay).and_then(|id| self.library.number_of(id));
        match stays {
            Some(number) => {
                if let Some(reader) = &mut self.reader {
                    reader.number = number;
                }
                self.chosen = chosen.and_then(|id| self.library.number_of(id)).unwrap_or(number);
                // What is new at the top is seen at once by who is there; who is further down keeps his place.
                if self.list_top > 0 {
                    self.list_top = number.saturating_sub(above.unwrap_or(0));
                }
                // Either may have changed: what is on the screen stays there until it is known.
                let (first, count) = window(self.list_top, self.layout.list_inside().height);
                self.ask(Ask::Rows(self.library.window(first, count, false)));
                open.into_iter().for_each(|id| self.ask(Ask::Open(id)));
            }
            None => {
                self.reader = None;
                let unread = self.library.items.iter().position(|item| !item.read);
                self.chosen = unread.filter(|_| then == Then::FirstUnread).unwrap_or(0);
                self.list_top = 0;
                self.open_listed();
            }
        }
        self.show_selected_row();
        self.loading = false;
    }

    /// Takes what the list shows.
    pub(super) fn take_rows(&mut self, rows: Vec<Row>) {
        // What was asked for stays noted: an article that is gone has no row, and must not be asked for again and again.
        self.library.take_rows(rows);
        // The open article has no headline yet if it was opened before its row was there.
        let untitled = self.reader.as_ref().filter(|reader| reader.article.title.is_none());
        if let Some(number) = untitled.map(|reader| reader.number)
            && self.open_item().is_some_and(|item| !item.is_here())
        {
            self.lay_out(number);
        }
    }

    /// Takes an article that was asked for.
    pub(super) fn take_article(&mut self, mut opened: Opened) {
        let id = opened.id;
        let (notes, never) = (std::mem::take(&mut opened.notes), std::mem::take(&mut opened.never));
        if let Some(shelf) = self.shelf.as_mut().filter(|shelf| shelf.opening == Some(id)) {
            shelf.opening = None;
        }
        let taken = self.library.take_article(opened);
        let Some(number) = taken else { return self.take_notes(id, notes, never) };
        if let Some(shelf) = &mut self.shelf {
            shelf.never = never;
        }
        if let Some(item) = self.library.items.get_mut(number) {
            item.notes = notes;
        }
        if self.reader.as_ref().is_some_and(|reader| reader.number == number) {
            // A new version is read on where the old one was.
            self.keep_place();
            self.lay_out(number);
            self.library.forget_texts(number);
        }
    }

    /// Reads the article again, as its text has changed.
    fn reopen(&mut self, id: ArticleId) {
        if let Some(number) = self.library.number_of(id)
            && let Some(item) = self.library.items.get_mut(number)
        {
            item.hash = None;
            item.row = None;
            item.found = super::library::Finding::Waiting;
        }
    }

    /// Articles have been annotated in the background.
    pub(super) fn take_kept(&mut self, ids: &[ArticleId], left: usize) {
        if let Some(shelf) = &mut self.shelf {
            shelf.left = left;
            shelf.rows_asked.clear();
        }
        // Their countries are known now; rows in sight are asked for again, at most a screen of them.
        let page = usize::from(self.layout.list_inside().height);
        let seen = self.list_top..self.list_top + page;
        let mut asked = Vec::new();
        for (number, item) in self.library.items.iter_mut().enumerate().filter(|(_, item)| item.row.is_some()) {
            if let Some(id) = item.stored.filter(|id| ids.contains(id)) {
                if seen.contains(&number) {
                    asked.push(id);
                } else {
                    item.row = None;
                }
            }
        }
        if !asked.is_empty() {
            self.ask(Ask::Rows(asked));
        }
        self.forget_statements(ids);
        self.learned(ids.len());
    }

    /// Something about the library went wrong.
    pub(super) fn library_failed(&mut self, why: &Clean) {
        self.loading = false;
        if let Some(shelf) = &mut self.shelf {
            (shelf.listing, shelf.failed) = (false, Some(why.clone()));
        }
    }

    /// A refresh has gone on by a feed.
    pub(super) fn refreshing(&mut self, done: usize, all: usize) {
        if let Some(shelf) = &mut self.shelf {
            shelf.refreshing = Some((done, all));
        }
    }

    /// A refresh has ended.
    pub(super) fn refreshed(&mut self, end: RefreshEnd) {
        let Some(shelf) = &mut self.shelf else { return };
        shelf.refreshing = None;
        if end.asked > 0 {
            self.ask(Ask::Tree);
        }
        if end.new + end.changed > 0 {
            self.list_anew(Then::Stay);
        }
        let quiet = end.by_itself && end.new == 0;
        if let Some(why) = end.refused {
            if !end.by_itself {
                self.warn(why);
            }
        } else if !quiet {
            let updated = if end.changed > 0 { words!(" · {} updated", end.changed) } else { Clean::default() };
            let failed = match end.failed {
                0 => Clean::default(),
                failed => words!(" · {} could not be read (marked ! among the feeds)", count(failed, "feed")),
            };
            let text = words!("{}{updated}{failed}", count(end.new, "new article"));
            self.notice = Some(Notice { text, error: end.failed > 0 });
        }
    }

    /// The page of an article was fetched, or not.
    pub(super) fn page_fetched(&mut self, id: ArticleId, outcome: Result<Option<Clean>, Clean>) {
        if let Some(shelf) = &mut self.shelf {
            shelf.fetching = None;
        }
        match outcome {
            Ok(told) => {
                self.reopen(id);
                self.say(told.unwrap_or(Clean::literal("The full text of the page")));
            }
            Err(why) => self.warn(words!("The page could not be read: {why}")),
        }
    }

    /// Fetches the page of the open article.
    pub(super) fn fetch_page(&mut self) -> Vec<Effect> {
        let item = self.open_item();
        let id = item.and_then(|item| item.stored);
        let has_url = item.is_some_and(|item| item.url().is_some());
        match (id, &mut self.shelf) {
            (Some(_), Some(shelf)) if shelf.fetching.is_some() => {
                self.say(Clean::literal("A page is being fetched"));
            }
            (Some(_), _) if !has_url => self.say(Clean::literal("This article names no page")),
            (Some(id), Some(shelf)) => {
                shelf.fetching = Some(id);
                self.say(Clean::literal("Fetching the page…"));
                return vec![Effect::FetchPage(id)];
            }
            _ => self.say(Clean::literal("Only articles of the library have a page to fetch")),
        }
        Vec::new()
    }

    /// Asks feeds for news: all, or those that are selected in the tree or listed.
    pub(super) fn refresh(&mut self, all: bool) -> Vec<Effect> {
        let focus = self.shape.focus;
        let Some(shelf) = &self.shelf else {
            self.say(Clean::literal("There are no feeds here; `dateline add URL` subscribes to one"));
            return Vec::new();
        };
        if shelf.refreshing.is_some() {
            self.say(Clean::literal("A refresh is under way"));
            return Vec::new();
        }
        if shelf.tree.data.feeds.is_empty() {
            self.say(Clean::literal("There are no feeds yet; `dateline add URL` subscribes to one"));
            return Vec::new();
        }
        let scope = match (focus, shelf.tree.row()) {
            (Pane::Tree, Some(row)) => &row.scope,
            _ => &shelf.scope,
        };
        let feeds = &shelf.tree.data.feeds;
        let chosen = match scope {
            Scope::Feed(id) if !all => vec![*id],
            Scope::Folder(path) if !all => {
                feeds.iter().filter(|feed| feed.folder.starts_with(path)).map(|feed| feed.id).collect()
            }
            _ => Vec::new(),
        };
        let what = if chosen.is_empty() { Refresh::All } else { Refresh::Feeds(chosen) };
        let number = match &what {
            Refresh::All => feeds.len(),
            Refresh::Feeds(feeds) => feeds.len(),
        };
        self.refreshing(0, number);
        vec![Effect::Refresh(what)]
    }

    /// Opens or folds what is selected in the tree.
    pub(super) fn enter_tree(&mut self, fold: bool) {
        let Some(shelf) = &mut self.shelf else { return };
        if fold && shelf.tree.fold() {
            return;
        }
        let Some(row) = shelf.tree.row() else { return };
        let (scope, kind) = (row.scope.clone(), row.kind);
        let problem = shelf.tree.feed().and_then(trouble);
        match kind {
            Kind::Search(number) => self.show_smart(number),
            _ => self.show(scope),
        }
        self.focus(Pane::List);
        if let Some(problem) = problem {
            self.warn(problem);
        }
    }

    /// Moves the selection in the tree; of a feed that could not be read it is told why.
    pub(super) fn go_in_tree(&mut self, by: isize) {
        let page = usize::from(self.layout.tree_inside().height);
        let Some(shelf) = &mut self.shelf else { return };
        shelf.tree.go(by, page);
        if let Some(problem) = shelf.tree.feed().and_then(trouble) {
            self.warn(problem);
        }
    }

    /// Marks an article of the library on disk too.
    pub(super) fn keep_mark(&mut self, ids: Vec<ArticleId>, mark: Mark) {
        if !ids.is_empty() {
            self.ask(Ask::Mark(ids, mark));
        }
    }
}
