//! The tree of feeds: what is always there (all, unread, starred, today), smart feeds, then folders with their feeds.

use std::collections::BTreeSet;

use super::message::TreeData;
use crate::config::SmartFeed;
use crate::store::{FolderPath, Scope, Subscription};
use crate::text::{Clean, clean};
use crate::words;

/// The tree with what is selected in it.
#[derive(Debug, Default)]
pub struct Tree {
    /// What it is made of.
    pub data: TreeData,
    /// The smart feeds.
    pub smart: Vec<Smart>,
    /// Its rows, those in closed folders left out.
    pub rows: Vec<TreeRow>,
    /// The selected row.
    pub selected: usize,
    /// The first row on the screen.
    pub top: usize,
    /// The folders that are closed.
    closed: BTreeSet<FolderPath>,
}

/// A smart feed in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Smart {
    /// Its name.
    pub name: Clean,
    /// How much is unread of what it finds.
    pub unread: usize,
}

/// A row of the tree.
#[derive(Debug, Clone, PartialEq)]
pub struct TreeRow {
    /// What it lists.
    pub scope: Scope,
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub name: Clean,
    /// Folders around it.
    pub depth: u16,
    /// How many of its articles are unread, or what else it counts.
    pub count: usize,
}

/// What a row of the tree is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A selection over all feeds.
    Smart,
    /// A search of the user's, by its index in [`Tree::smart`]. Its scope is that of all.
    Search(usize),
    /// A folder, open or not.
    Folder {
        /// Whether its feeds are shown.
        open: bool,
        /// Whether a feed in it could not be read.
        troubled: bool,
    },
    /// A feed, by its index in [`TreeData::feeds`].
    Feed {
        /// The index.
        index: usize,
        /// Whether it could not be read.
        troubled: bool,
    },
}

impl Tree {
    /// Takes the feeds anew; the selection stays on what it is on.
    pub fn take(&mut self, data: TreeData) {
        self.data = data;
        self.lay();
    }

    /// Gives the smart feeds their names.
    pub fn name_smart(&mut self, feeds: &[SmartFeed]) {
        self.smart = feeds.iter().map(|feed| Smart { name: feed.name.clone(), unread: 0 }).collect();
    }

    /// Takes how much is unread in each smart feed.
    pub fn take_smart(&mut self, unread: &[usize]) {
        for (feed, unread) in self.smart.iter_mut().zip(unread) {
            feed.unread = *unread;
        }
        for row in &mut self.rows {
            if let Kind::Search(number) = row.kind {
                row.count = self.smart.get(number).map_or(0, |feed| feed.unread);
            }
        }
    }

    /// Selects the row of a smart feed.
    pub fn select_smart(&mut self, number: usize) {
        if let Some(at) = self.rows.iter().position(|row| row.kind == Kind::Search(number)) {
            self.selected = at;
        }
    }

    /// The next smart feed after `here` with something unread, going round.
    pub fn next_smart(&self, here: usize) -> Option<usize> {
        let others = (here + 1..self.smart.len()).chain(0..here);
        others.into_iter().find(|number| self.smart.get(*number).is_some_and(|feed| feed.unread > 0))
    }

    /// The selected row.
    pub fn row(&self) -> Option<&TreeRow> {
        self.rows.get(self.selected)
    }

    /// The feed of the selected row.
    pub fn feed(&self) -> Option<&Subscription> {
        match self.row()?.kind {
            Kind::Feed { index, .. } => self.data.feeds.get(index),
            _ => None,
        }
    }

    /// Selects the row `by` further, at most the last or the first, and keeps it among the `page` rows on the screen.
    pub fn go(&mut self, by: isize, page: usize) {
        let last = self.rows.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
        self.keep_in_sight(page);
    }

    /// Scrolls so that the selected row is on the screen.
    pub fn keep_in_sight(&mut self, page: usize) {
        self.top = self.top.min(self.selected).max((self.selected + 1).saturating_sub(page.max(1)));
    }

    /// Selects the row that lists `scope`, if there is one.
    pub fn select(&mut self, scope: &Scope) {
        let same = |row: &TreeRow| match (&row.scope, scope) {
            _ if matches!(row.kind, Kind::Search(_)) => false,
            (Scope::Since(_), Scope::Since(_)) => true,
            (one, other) => one == other,
        };
        if let Some(at) = self.rows.iter().position(same) {
            self.selected = at;
        }
    }

    /// Opens or closes the selected folder; whether it is one.
    pub fn fold(&mut self) -> bool {
        let Some(TreeRow { scope: Scope::Folder(path), .. }) = self.row().cloned() else { return false };
        if !self.closed.remove(&path) {
            self.closed.insert(path);
        }
        self.lay();
        true
    }

    /// What the next feed with something unread lists, from the row that lists `from` on, going round.
    pub fn next_unread(&self, from: &Scope) -> Option<Scope> {
        let feeds: Vec<&Subscription> = self.data.feeds.iter().collect();
        let here = match from {
            Scope::Feed(id) => feeds.iter().position(|feed| feed.id == *id).map_or(0, |at| at + 1),
            _ => 0,
        };
        let others = feeds.iter().skip(here).chain(feeds.iter().take(here));
        let next = others.copied().find(|feed| feed.unread > 0 && Scope::Feed(feed.id) != *from);
        next.map(|feed| Scope::Feed(feed.id))
    }

    /// What a scope is called.
    pub fn name_of(&self, scope: &Scope) -> Clean {
        match scope {
            Scope::Feed(id) => {
                let feed = self.data.feeds.iter().find(|feed| feed.id == *id);
                feed.map_or_else(Clean::default, |feed| feed.title.clone())
            }
            Scope::Folder(path) => path.last().cloned().unwrap_or_default(),
            Scope::All => Clean::literal("All"),
            Scope::Unread => Clean::literal("Unread"),
            Scope::Starred => Clean::literal("Starred"),
            Scope::Since(_) => Clean::literal("Today"),
            Scope::Saved => Clean::literal("Saved pages"),
        }
    }

    fn lay(&mut self) {
        let before = self.row().map(|row| (row.scope.clone(), row.kind));
        let counts = self.data.counts;
        let smart = [
            (Scope::All, counts.all),
            (Scope::Unread, counts.unread),
            (Scope::Since(self.data.midnight), counts.today),
            (Scope::Starred, counts.starred),
            (Scope::Saved, counts.saved),
        ];
        let shown = smart.into_iter().filter(|(scope, count)| *scope != Scope::Saved || *count > 0);
        let mut rows: Vec<TreeRow> = shown
            .map(|(scope, count)| TreeRow { name: self.name_of(&scope), scope, kind: Kind::Smart, depth: 0, count })
            .collect();
        rows.extend(self.smart.iter().enumerate().map(|(number, feed)| TreeRow {
            scope: Scope::All,
            kind: Kind::Search(number),
            name: feed.name.clone(),
            depth: 0,
            count: feed.unread,
        }));
        self.lay_folder(&FolderPath::new(), &mut rows);
        self.rows = rows;
        match before {
            Some((_, Kind::Search(number))) => self.select_smart(number),
            Some((scope, _)) => self.select(&scope),
            None => {}
        }
        self.selected = self.selected.min(self.rows.len().saturating_sub(1));
    }

    /// Adds what stands in the folder `path`: its folders, then its feeds. Folders are as deep as the user made them.
    fn lay_folder(&self, path: &FolderPath, rows: &mut Vec<TreeRow>) {
        // Deeper ones are shown flat: an imported list must not exhaust the stack.
        const DEEPEST: usize = 16;
        let depth = path.len();
        let inner = self.data.folders.iter().filter(|folder| folder.len() == depth + 1 && folder.starts_with(path));
        for folder in inner.filter(|_| depth < DEEPEST) {
            let within: Vec<&Subscription> =
                self.data.feeds.iter().filter(|feed| feed.folder.starts_with(folder)).collect();
            let open = !self.closed.contains(folder);
            rows.push(TreeRow {
                scope: Scope::Folder(folder.clone()),
                kind: Kind::Folder { open, troubled: within.iter().any(|feed| feed.state.problem.is_some()) },
                name: folder.last().cloned().unwrap_or_default(),
                depth: u16::try_from(depth).unwrap_or(u16::MAX),
                count: within.iter().map(|feed| feed.unread).sum(),
            });
            if open {
                self.lay_folder(folder, rows);
            }
        }
        let flat = |feed: &Subscription| depth == DEEPEST && feed.folder.starts_with(path);
        for (index, feed) in self.data.feeds.iter().enumerate() {
            if feed.folder == *path || flat(feed) {
                rows.push(TreeRow {
                    scope: Scope::Feed(feed.id),
                    kind: Kind::Feed { index, troubled: feed.state.problem.is_some() },
                    name: feed.title.clone(),
                    depth: u16::try_from(depth).unwrap_or(u16::MAX),
                    count: feed.unread,
                });
            }
        }
    }
}

/// What went wrong with a feed, and what to do, in a line.
pub fn trouble(feed: &Subscription) -> Option<Clean> {
    let problem = feed.state.problem.as_ref()?;
    let name = clean(&feed.title).text;
    Some(words!("{name}: {problem}"))
}
