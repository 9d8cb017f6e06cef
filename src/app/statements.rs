//! The statements of what is listed, in the list's place: a row for each thing that somebody said, not for each article.
//!
//! All that is known of a statement far from the screen is where it stands. The selected one is shown in its article.

use std::collections::HashMap;

use super::facts::Tab;
use super::layout::{Pane, inside};
use super::message::Ask;
use super::perform;
use super::state::State;
use crate::query::Expression;
use crate::store::{ArticleId, Order, Query, Statement, StatementKey};
use crate::text::Clean;

/// The statements of what is listed.
#[derive(Debug, Default)]
pub struct Statements {
    /// Whether they stand in the list's place.
    pub shown: bool,
    /// Where each of them is.
    pub keys: Vec<StatementKey>,
    /// The selected one.
    pub selected: usize,
    /// The first one on the screen.
    pub top: usize,
    /// Whether those asked for have not come yet.
    pub listing: bool,
    /// What the rows near the screen show; `None` of those that cannot be shown any more.
    rows: HashMap<StatementKey, Option<Box<Statement>>>,
    /// The rows that were asked for last.
    rows_asked: Vec<StatementKey>,
    /// What is listed, and the number of that question; of none that has been asked it is 0.
    query: Query,
    ticket: u64,
    /// The number of the question that was asked of the library last.
    asked: u64,
    /// Where to be once they are there.
    then: Then,
    /// The expression that told last whether they are to be shown.
    told_by: Option<Expression>,
    /// Whether they are shown because the query asks for statements, and not the user.
    is_by_itself: bool,
    /// The statement to go to in its article.
    going: Option<Going>,
    /// The article that was open when the selection was last brought in line with it.
    open: Option<ArticleId>,
}

/// Where to be in statements that were asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Then {
    /// At one of the open article, else at the first of all.
    #[default]
    Anew,
    /// At the selected one.
    Stay,
    /// At one of the open article, if it has any.
    OfArticle,
}

/// A statement that the reader is to be brought to.
#[derive(Debug, Clone, Copy)]
struct Going {
    to: StatementKey,
    /// Whether its article has been opened.
    is_there: bool,
}

/// Where the reader is.
#[derive(Debug, Clone, Copy)]
struct Here {
    article: Option<ArticleId>,
    /// The current quotation.
    current: Option<usize>,
}

/// Statements whose rows are kept.
const KEPT: usize = 512;

/// Rows of words and of a whole statement in a list of `height` rows.
pub(crate) fn steps(height: u16) -> (u16, u16) {
    match height {
        0..8 => (1, 2),
        8..24 => (2, 4),
        _ => (3, 5),
    }
}

impl Statements {
    /// What the row of a statement shows: `None` if it is not known yet, `Some(None)` if it cannot be shown any more.
    pub fn row(&self, key: StatementKey) -> Option<Option<&Statement>> {
        self.rows.get(&key).map(|row| row.as_deref())
    }

    fn key(&self) -> Option<StatementKey> {
        self.keys.get(self.selected).copied()
    }

    /// The first statement of an article.
    fn first_of(&self, article: ArticleId) -> Option<usize> {
        self.keys.iter().position(|key| key.article == article)
    }

    /// Which of them a reader is at: the current quotation, else the one that was selected, else the article's first.
    fn at(&self, here: Here, selected: Option<StatementKey>) -> Option<usize> {
        let article = here.article?;
        let current = here.current.map(|number| StatementKey { article, number });
        let selected = selected.filter(|selected| selected.article == article);
        let exact = |wanted: StatementKey| self.keys.iter().position(|key| *key == wanted);
        current.and_then(exact).or_else(|| selected.and_then(exact)).or_else(|| self.first_of(article))
    }

    /// Notes what is listed now. `anew`: something else than before; else the selection stays.
    pub(super) fn follow(&mut self, ticket: u64, query: &Query, anew: bool) {
        let wanted = query.matching.as_ref().map(|matching| &matching.expression);
        if anew && wanted != self.told_by.as_ref() {
            self.told_by = wanted.cloned();
            let asks = wanted.is_some_and(Expression::asks_for_statements);
            if asks != self.shown && (asks || self.is_by_itself) {
                (self.shown, self.is_by_itself) = (asks, asks);
            }
        }
        // They are of time or of words; other orders are of articles.
        let order = match query.order {
            Order::Feed | Order::Title => Order::Newest,
            order => order,
        };
        self.query = Query { order, ..query.clone() };
        self.ticket = ticket;
        // What is listed again before it has come may have been asked for as something else.
        self.then = if anew || self.keys.is_empty() { Then::Anew } else { self.then };
    }

    /// What is to be asked of the library, if they are shown and not what is listed.
    fn ask(&mut self) -> Option<Ask> {
        if !self.shown || self.asked == self.ticket {
            return None;
        }
        self.asked = self.ticket;
        self.listing = true;
        Some(Ask::Statements { ticket: self.ticket, query: self.query.clone() })
    }

    /// The rows that are to be known with `page` of them on the screen: a screen more to either side.
    fn unknown(&mut self, page: usize) -> Vec<StatementKey> {
        let from = self.top.saturating_sub(page);
        let window = self.keys.get(from..(self.top + 2 * page).min(self.keys.len())).unwrap_or_default();
        if self.rows.len() > KEPT.max(6 * page) {
            let near: std::collections::HashSet<StatementKey> = window.iter().copied().collect();
            self.rows.retain(|key, _| near.contains(key));
        }
        window.iter().filter(|key| !self.rows.contains_key(key)).copied().collect()
    }

    fn keep_in_sight(&mut self, page: usize) {
        self.selected = self.selected.min(self.keys.len().saturating_sub(1));
        self.top = self.top.min(self.selected).max((self.selected + 1).saturating_sub(page));
    }

    fn select(&mut self, number: usize, page: usize) {
        self.selected = number;
        self.keep_in_sight(page);
    }
}

impl State {
    /// The statements, where they stand in the list's place.
    pub(crate) fn statements(&self) -> Option<&Statements> {
        self.shelf.as_ref().map(|shelf| &shelf.statements).filter(|statements| statements.shown)
    }

    pub(super) fn shows_statements(&self) -> bool {
        self.statements().is_some()
    }

    fn statements_mut(&mut self) -> Option<&mut Statements> {
        self.shelf.as_mut().map(|shelf| &mut shelf.statements)
    }

    /// How many statements the list shows at once.
    pub(crate) fn statements_page(&self) -> usize {
        let height = inside(self.layout.list).height;
        usize::from(height / steps(height).1).max(1)
    }

    /// Lists statements instead of articles, or articles again. Where one was is kept.
    pub(super) fn toggle_statements(&mut self) {
        if self.shelf.is_none() {
            return self.say(Clean::literal("Statements are listed of the library; here are single files"));
        }
        let page = self.statements_page();
        let here = self.here();
        let Some(statements) = self.statements_mut() else { return };
        (statements.shown, statements.is_by_itself) = (!statements.shown, false);
        if statements.shown && statements.asked != statements.ticket {
            statements.then = Then::OfArticle;
        } else if statements.shown
            && let Some(at) = statements.at(here, statements.key())
        {
            statements.select(at, page);
            self.go_to_statement();
        }
        self.shape.list = true;
        self.focus(Pane::List);
        self.show_selected_row();
    }

    /// What the statements want of the library.
    pub(super) fn statement_wishes(&mut self) -> Vec<Ask> {
        let page = self.statements_page();
        let Some(statements) = self.statements_mut().filter(|statements| statements.shown) else { return Vec::new() };
        let mut asks: Vec<Ask> = statements.ask().into_iter().collect();
        let rows = statements.unknown(page);
        if !rows.is_empty() && rows != statements.rows_asked {
            statements.rows_asked.clone_from(&rows);
            asks.push(Ask::StatementRows(rows));
        }
        asks
    }

    /// Takes where the statements of what is listed are.
    pub(super) fn take_statements(&mut self, ticket: u64, keys: Vec<StatementKey>, whole: bool) {
        let page = self.statements_page();
        let here = self.here();
        let Some(statements) = self.statements_mut().filter(|statements| statements.ticket == ticket) else { return };
        let (before, above) = (statements.key(), statements.selected.saturating_sub(statements.top));
        statements.keys = keys;
        statements.listing = !whole;
        statements.rows_asked.clear();
        let then = std::mem::replace(&mut statements.then, Then::Stay);
        let at = match then {
            Then::Anew => statements.at(here, None).or(Some(0)),
            Then::Stay => before.and_then(|before| {
                let exact = statements.keys.iter().position(|key| *key == before);
                exact.or_else(|| statements.first_of(before.article))
            }),
            Then::OfArticle => statements.at(here, before),
        };
        if then == Then::OfArticle && at.is_none() && !whole {
            // It may be among those that have not come yet.
            statements.then = Then::OfArticle;
        }
        if let Some(at) = at {
            statements.selected = at;
            // What is new at the top is seen at once by who is there; who is further down keeps his place.
            statements.top = if then == Then::Stay && statements.top == 0 { 0 } else { at.saturating_sub(above) };
        }
        statements.keep_in_sight(page);
        if then != Then::Stay && at.is_some() {
            self.go_to_statement();
        }
    }

    fn here(&self) -> Here {
        let article = self.open_item().and_then(|item| item.stored);
        Here { article, current: self.reader.as_ref().and_then(|reader| reader.current) }
    }

    /// Takes what the rows of the statements show that were asked for.
    pub(super) fn take_statement_rows(&mut self, asked: &[StatementKey], rows: Vec<Statement>) {
        let Some(statements) = self.statements_mut() else { return };
        statements.rows.extend(asked.iter().map(|key| (*key, None)));
        statements.rows.extend(rows.into_iter().map(|row| (row.key(), Some(Box::new(row)))));
    }

    /// Articles have been annotated: what was said in them is known anew.
    pub(super) fn forget_statements(&mut self, articles: &[ArticleId]) {
        if let Some(statements) = self.statements_mut() {
            statements.rows.retain(|key, _| !articles.contains(&key.article));
            statements.rows_asked.clear();
        }
    }

    /// Has the statements listed again, as more articles are annotated now.
    pub(super) fn list_statements_again(&mut self) {
        if let Some(statements) = self.statements_mut() {
            statements.asked = 0;
        }
    }

    /// Selects the statement `by` further, at most the last or the first.
    pub(super) fn step_in_statements(&mut self, by: isize) {
        let page = self.statements_page();
        let Some(statements) = self.statements_mut() else { return };
        let Some(last) = statements.keys.len().checked_sub(1) else { return };
        let to = statements.selected.saturating_add_signed(by).min(last);
        if to == statements.selected {
            let end = if by > 0 { "This is the last statement" } else { "This is the first statement" };
            return self.say(Clean::literal(end));
        }
        statements.select(to, page);
        self.go_to_statement();
    }

    /// Scrolls the statements, whatever is selected.
    pub(super) fn scroll_statements(&mut self, by: isize) {
        let page = self.statements_page();
        if let Some(statements) = self.statements_mut() {
            let last = statements.keys.len().saturating_sub(page);
            statements.top = statements.top.saturating_add_signed(by).min(last);
        }
    }

    /// A click on row `row` of the list: selects a statement, or opens the one that is selected.
    pub(super) fn press_statement(&mut self, row: u16) {
        let page = self.statements_page();
        let step = usize::from(steps(inside(self.layout.list).height).1);
        let was_here = self.shape.focus == Pane::List;
        self.focus(Pane::List);
        let Some(statements) = self.statements_mut() else { return };
        let number = statements.top + usize::from(row) / step;
        if number >= statements.keys.len() {
            return;
        }
        if was_here && number == statements.selected {
            return self.enter_statement();
        }
        statements.select(number, page);
        self.go_to_statement();
    }

    /// Opens the article of the selected statement at its words, with the quotes beside it.
    pub(super) fn enter_statement(&mut self) {
        if self.statements().and_then(Statements::key).is_none() {
            return;
        }
        self.go_to_statement();
        self.settle_statements();
        self.remember();
        perform::tab(self, Tab::Quotes);
        self.focus(Pane::Article);
    }

    /// Brings the reader to the selected statement, as soon as that can be.
    fn go_to_statement(&mut self) {
        if let Some(statements) = self.statements_mut() {
            statements.going = statements.key().map(|to| Going { to, is_there: false });
        }
    }

    /// Brings the open article and the selected statement together.
    pub(super) fn settle_statements(&mut self) {
        if !self.shows_statements() {
            return;
        }
        let page = self.statements_page();
        self.arrive();
        let open = self.open_item().and_then(|item| item.stored);
        let Some(statements) = self.statements_mut() else { return };
        // Who went to another article on another way finds its statements here.
        let turned = std::mem::replace(&mut statements.open, open) != open;
        let is_on_the_way = statements.going.is_some_and(|going| !going.is_there);
        let is_elsewhere = turned && !is_on_the_way && statements.key().map(|key| key.article) != open;
        if let Some(first) = open.filter(|_| is_elsewhere).and_then(|open| statements.first_of(open)) {
            statements.selected = first;
        }
        statements.selected = statements.selected.min(statements.keys.len().saturating_sub(1));
        if turned {
            statements.keep_in_sight(page);
        }
    }

    /// Goes on towards the statement that the reader is to be brought to: its article, then its words.
    fn arrive(&mut self) {
        let Some(Going { to, is_there }) = self.statements().and_then(|statements| statements.going) else { return };
        if !is_there {
            // The list of articles may come after that of statements.
            let Some(number) = self.library.number_of(to.article) else { return };
            self.chosen = number;
            self.open(number);
            self.show_selected_row();
        }
        let is_open = self.open_item().and_then(|item| item.stored) == Some(to.article);
        let Some(statements) = self.statements_mut() else { return };
        statements.going = is_open.then_some(Going { to, is_there: true });
        let content = statements.row(to).flatten().map(|row| row.content.clone());
        let Some(reader) = self.reader.as_mut().filter(|_| is_open) else { return };
        let Some(found) = reader.found.clone() else { return };
        // Another annotator may count its statements otherwise: the words tell.
        let same = |content: &Vec<crate::text::Span>| {
            let is_same = |one: &crate::model::Quotation| one.content == *content;
            let touches = |one: &crate::model::Quotation| one.content.iter().any(|part| part.overlaps(content[0]));
            let quotations = &found.quotations;
            quotations.iter().position(is_same).or_else(|| quotations.iter().position(touches))
        };
        let quotation = match content.as_ref().filter(|content| !content.is_empty()) {
            Some(content) => same(content),
            None => Some(to.number),
        };
        match (quotation, content.and_then(|content| content.first().copied())) {
            (Some(quotation), _) => reader.make_current(quotation),
            (None, Some(words)) if words.end <= reader.article.doc.text.len() => {
                reader.pointed = Some(words);
                reader.go_to(words);
            }
            (None, _) => {}
        }
        if let Some(statements) = self.statements_mut() {
            statements.going = None;
        }
        self.fill_panel();
        self.follow();
    }
}
