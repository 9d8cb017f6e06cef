//! Smart feeds: the user's searches among the feeds. What one lists is asked of the library like any list; what is unread in
//! each is counted by the library when it has nothing else to do.

use super::message::Ask;
use super::shelf::Shelf;
use super::state::State;
use super::tree::{Kind, TreeRow};
use crate::query::Expression;
use crate::store::{ArticleId, Order, Scope};
use crate::text::Clean;

impl Shelf {
    /// Whether a row of the tree is what is listed.
    pub fn lists(&self, row: &TreeRow) -> bool {
        match row.kind {
            Kind::Search(number) => self.smart == Some(number),
            _ => self.smart.is_none() && row.scope == self.scope,
        }
    }

    /// What is listed is called so.
    pub fn name(&self) -> Clean {
        match self.smart.and_then(|number| self.tree.smart.get(number)) {
            Some(feed) => feed.name.clone(),
            None => self.tree.name_of(&self.scope),
        }
    }

    /// In which order it is listed: the query's own, until the user turns it.
    pub(super) fn order_now(&self) -> Order {
        self.own_order.unwrap_or(self.order)
    }
}

impl State {
    /// Lists what a smart feed finds.
    pub(super) fn show_smart(&mut self, number: usize) {
        self.turn_to_smart(number);
        self.list_filtered();
    }

    fn turn_to_smart(&mut self, number: usize) {
        let (Some(shelf), Some(feed)) = (&mut self.shelf, self.config.smart.get(number)) else { return };
        shelf.scope = Scope::All;
        shelf.smart = Some(number);
        shelf.own_order = feed.search.sort.map(Order::from);
    }

    /// What the listed articles have to fulfil besides being where they are.
    pub(super) fn wanted(&self) -> Option<Expression> {
        let shelf = self.shelf.as_ref()?;
        let smart = shelf.smart.and_then(|number| self.config.smart.get(number)?.search.matching.clone());
        let typed = shelf.wanted.as_ref().and_then(|wanted| wanted.search.matching.clone());
        match (smart, typed) {
            (Some(smart), Some(typed)) => Some(smart.beside(typed)),
            (smart, typed) => smart.or(typed),
        }
    }

    /// The listed articles that are to stay although they are read, when what is `wanted` is listed again.
    pub(super) fn staying(&self, wanted: Option<&Expression>) -> Vec<ArticleId> {
        let unread = self.shelf.as_ref().is_some_and(|shelf| shelf.scope == Scope::Unread);
        let stay = unread || wanted.is_some_and(Expression::asks_for_reading);
        let read = self.library.items.iter().filter(|item| stay && item.read);
        read.filter_map(|item| item.stored).collect()
    }

    /// Has what is unread in the smart feeds counted.
    pub(super) fn count_smart(&mut self) {
        let wanted: Vec<Expression> =
            self.config.smart.iter().filter_map(|feed| feed.search.matching.clone()).collect();
        if !wanted.is_empty() {
            self.ask(Ask::Smart(wanted));
        }
    }

    /// Takes how much is unread in each smart feed.
    pub(super) fn take_smart(&mut self, unread: &[usize]) {
        if let Some(shelf) = &mut self.shelf {
            shelf.tree.take_smart(unread);
        }
    }

    /// Articles were annotated in the background: what searches find is another. Not asked for each of them.
    pub(super) fn learned(&mut self, articles: usize) {
        const EVERY: usize = 200;
        let Some(shelf) = &mut self.shelf else { return };
        shelf.learned += articles;
        if shelf.left == 0 || shelf.learned >= EVERY {
            shelf.learned = 0;
            self.count_smart();
            self.list_statements_again();
        }
    }

    /// Goes on to the next feed with something unread: from a smart feed to the next of those, then to the feeds. Whether
    /// there is one; what lists articles of all feeds has none after it.
    pub(super) fn go_to_unread(&mut self) -> bool {
        let Some(shelf) = &mut self.shelf else { return false };
        if let Some(next) = shelf.smart.and_then(|here| shelf.tree.next_smart(here)) {
            shelf.tree.select_smart(next);
            self.turn_to_smart(next);
            self.list_unread();
            return true;
        }
        if shelf.smart.is_none() && matches!(shelf.scope, Scope::All | Scope::Unread) {
            return false;
        }
        let next = shelf.tree.next_unread(&shelf.scope);
        next.map(|scope| self.show_unread(scope)).is_some()
    }
}
