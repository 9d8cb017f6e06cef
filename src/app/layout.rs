//! Where the panes are. Drawing, scrolling and the mouse all use this.

use ratatui::layout::{Position, Rect};

use super::filter::Scope;

/// A pane.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Pane {
    /// The tree of feeds.
    Tree,
    /// The list of articles.
    List,
    /// The article.
    #[default]
    Article,
    /// The side panel.
    Panel,
}

/// How many panes fit side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Room {
    /// One at a time.
    One,
    /// The article and one beside it.
    Two,
    /// All.
    Three,
}

/// What decides where the panes are.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// Columns of the terminal.
    pub width: u16,
    /// Rows of the terminal.
    pub height: u16,
    /// The pane with the keys.
    pub focus: Pane,
    /// Which pane stands beside the article where there is room for one: the list, or else the panel.
    pub beside: Pane,
    /// Whether there are feeds, and their tree is wanted.
    pub tree: bool,
    /// Whether the list is wanted.
    pub list: bool,
    /// Whether the panel is wanted.
    pub panel: bool,
    /// Whether the pane with the keys has the screen for itself.
    pub zoom: bool,
    /// The widest line of the article.
    pub measure: u16,
    /// Width of the list.
    pub list_width: u16,
    /// Width of the panel.
    pub panel_width: u16,
    /// Whether the user set the widths by hand, so that they hold even where the text becomes narrow.
    pub by_hand: bool,
    /// Whether lines tell how the speaker of the current quotation is known.
    pub why: bool,
}

/// Where everything is; an empty rectangle is not shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Layout {
    /// The line at the top.
    pub header: Rect,
    /// The tree of feeds with its frame.
    pub tree: Rect,
    /// The list with its frame.
    pub list: Rect,
    /// The article with its margins.
    pub article: Rect,
    /// The lines of the article's text.
    pub text: Rect,
    /// The panel with its frame.
    pub panel: Rect,
    /// The lines that tell how the speaker of the current quotation is known.
    pub why: Rect,
    /// The line at the bottom.
    pub footer: Rect,
}

/// The width of the tree of feeds with its frame.
const TREE: u16 = 30;
/// From this width of the terminal on the tree has columns of its own; else it takes the list's place.
const TREE_FROM: u16 = 150;
/// Narrower panes than these are of no use.
const LEAST_SIDE: u16 = 24;
const LEAST_ARTICLE: u16 = 50;
/// The list gives way so that the article gets this.
const GOOD_ARTICLE: u16 = 57;
/// As far as this the list gives way before the panel does.
const LIST_GIVES_TO: u16 = 26;
/// Where the user drags the borders the article keeps this.
const LEAST_BY_HAND: u16 = 30;

impl Shape {
    /// How many panes fit side by side.
    pub fn room(&self) -> Room {
        match self.width - self.tree_columns() {
            0..60 => Room::One,
            60..110 => Room::Two,
            _ => Room::Three,
        }
    }

    /// Rows for the lines that tell why: always as many, so that the text stays where it is from quotation to quotation.
    fn why_rows(&self) -> u16 {
        match (self.why, self.height, self.width) {
            (false, ..) | (_, 0..8, _) => 0,
            (_, 8..14, _) | (_, _, 180..) => 1,
            (_, _, 60..) => 2,
            (_, _, _) => 3,
        }
    }

    /// The columns that the tree of feeds has for itself.
    fn tree_columns(&self) -> u16 {
        if self.tree && !self.zoom && self.width >= TREE_FROM { TREE } else { 0 }
    }

    /// Whether `pane` is on the screen.
    pub fn shows(&self, pane: Pane) -> bool {
        let alone = self.zoom || self.room() == Room::One;
        match pane {
            Pane::Tree => self.focus == Pane::Tree || self.tree_columns() > 0,
            Pane::List if self.focus == Pane::Tree && self.tree_columns() == 0 => false,
            _ if alone => pane == self.focus,
            Pane::Article => true,
            _ if pane == self.focus => true,
            Pane::List => self.list && (self.room() == Room::Three || self.side() == Pane::List),
            Pane::Panel => self.panel && (self.room() == Room::Three || self.side() == Pane::Panel),
        }
    }

    /// Which pane stands beside the article where there is room for one.
    fn side(&self) -> Pane {
        match self.focus {
            Pane::Article => self.beside,
            Pane::Tree => Pane::List,
            side => side,
        }
    }

    /// Where everything is.
    pub fn layout(&self) -> Layout {
        let (width, height) = (self.width, self.height);
        let top = u16::from(height >= 8);
        let bottom = u16::from(height >= 3);
        let tree = self.tree_columns();
        let why = self.why_rows();
        let body = Rect::new(tree, top, width - tree, height - top - bottom - why);
        let mut layout = Layout {
            header: Rect::new(0, 0, width, top),
            footer: Rect::new(0, height - bottom, width, bottom),
            why: Rect::new(0, height - bottom - why, width, why),
            tree: Rect { x: 0, width: tree, ..body },
            ..Layout::default()
        };
        let alone = self.zoom || self.room() == Room::One;
        if alone {
            match self.focus {
                Pane::List | Pane::Tree => layout.list = body,
                Pane::Panel => layout.panel = body,
                Pane::Article => layout.article = body,
            }
        } else {
            let (list, panel) = self.sides();
            layout.list = Rect { width: list, ..body };
            layout.panel = Rect { x: width - panel, width: panel, ..body };
            layout.article = Rect { x: tree + list, width: body.width - list - panel, ..body };
        }
        if self.focus == Pane::Tree && tree == 0 {
            layout.tree = std::mem::take(&mut layout.list);
        }
        layout.text = text_area(layout.article, self.measure);
        layout
    }

    /// The widths of list and panel, 0 for what is not shown. Where the text would become too narrow, the list gives way
    /// first, as headlines are cut with less harm than facts.
    fn sides(&self) -> (u16, u16) {
        // The tree without columns of its own stands where the list does.
        let list_shown = self.shows(Pane::List) || self.focus == Pane::Tree && self.tree_columns() == 0;
        let want = |pane, width: u16| {
            let shown = if pane == Pane::List { list_shown } else { self.shows(pane) };
            if shown { width.max(LEAST_SIDE) } else { 0 }
        };
        let (list, panel) = (want(Pane::List, self.list_width), want(Pane::Panel, self.panel_width));
        let width = self.width - self.tree_columns();
        let left = |least: u16, other: u16| width.saturating_sub(least + other);
        if self.by_hand {
            let panel = panel.min(left(LEAST_BY_HAND, list.min(LEAST_SIDE)));
            return (list.min(left(LEAST_BY_HAND, panel)), panel);
        }
        let list = list.min(left(GOOD_ARTICLE, panel).max(LIST_GIVES_TO));
        let panel = panel.min(left(LEAST_ARTICLE, list).max(LEAST_SIDE));
        (list.min(left(LEAST_ARTICLE, panel).max(LEAST_SIDE)), panel)
    }
}

/// The columns of the text inside the article's pane: at most `measure`, in the middle, with room for the bar of a
/// statement at the left, under a row that tells where one is.
fn text_area(article: Rect, measure: u16) -> Rect {
    let head = u16::from(article.height >= 4);
    let (left, right) = match article.width {
        0..12 => (0, 0),
        12..30 => (2, 0),
        _ => (3, 2),
    };
    let columns = article.width.saturating_sub(left + right).min(measure.max(10));
    let free = article.width - columns - left - right.min(article.width - columns - left);
    Rect {
        x: article.x + left + free / 2,
        y: article.y + head,
        width: columns,
        height: article.height.saturating_sub(head),
    }
}

impl Layout {
    /// The inside of the tree's frame.
    pub fn tree_inside(&self) -> Rect {
        inside(self.tree)
    }

    /// The inside of the list's frame.
    pub fn list_inside(&self) -> Rect {
        inside(self.list)
    }

    /// The inside of the panel's frame.
    pub fn panel_inside(&self) -> Rect {
        inside(self.panel)
    }

    /// The pane at a cell.
    pub fn pane_at(&self, column: u16, row: u16) -> Option<Pane> {
        let at = Position::new(column, row);
        [(Pane::Tree, self.tree), (Pane::List, self.list), (Pane::Article, self.article), (Pane::Panel, self.panel)]
            .into_iter()
            .find(|(_, area)| area.contains(at))
            .map(|(pane, _)| pane)
    }
}

/// The parts of the country picker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PickerAreas {
    /// All of it.
    pub frame: Rect,
    /// Where one types.
    pub input: Rect,
    /// The headings over the numbers of articles about a country and of those that mention it, for a click too.
    pub heads: Rect,
    /// What would be listed.
    pub result: Rect,
    /// The countries.
    pub rows: Rect,
    /// What the keys do.
    pub hint: Rect,
}

/// Where the country picker lies on a screen.
pub fn picker_areas(width: u16, height: u16) -> PickerAreas {
    let (columns, lines) = (width.min(58), height.min(20));
    let frame = Rect::new((width - columns) / 2, (height - lines) / 2, columns, lines);
    let inside = inside(frame);
    let hint = u16::from(inside.height >= 4);
    let input = u16::from(inside.height >= 2);
    let heads = u16::from(inside.height >= 5);
    let result = u16::from(inside.height >= 7);
    let above = input + heads;
    PickerAreas {
        frame,
        input: Rect { height: input, ..inside },
        heads: Rect { y: inside.y + input, height: heads, ..inside },
        rows: Rect { y: inside.y + above, height: inside.height - above - result - hint, ..inside },
        result: Rect { y: inside.bottom() - hint - result, height: result, ..inside },
        hint: Rect { y: inside.bottom() - hint, height: hint, ..inside },
    }
}

/// Columns of the picker for the numbers of articles about a country, and of those that mention it, each with the blanks
/// before it; for one of them where there is no room for both, or for none.
pub fn picker_columns(width: u16, scope: Scope) -> [u16; 2] {
    const ABOUT: u16 = 11;
    const MENTION: u16 = 13;
    match (width, scope) {
        (40.., _) => [ABOUT, MENTION],
        (28.., Scope::About) => [ABOUT, 0],
        (28.., Scope::In) => [0, MENTION],
        _ => [0, 0],
    }
}

/// How many countries the picker shows at once.
pub fn picker_page(width: u16, height: u16) -> usize {
    usize::from(picker_areas(width, height).rows.height).max(1)
}

/// Where help lies on a screen.
pub fn help_area(width: u16, height: u16) -> Rect {
    let columns = width.min(72);
    Rect::new((width - columns) / 2, 0, columns, height)
}

/// Where a menu of `rows` rows lies on a screen.
pub fn menu_area(width: u16, height: u16, rows: usize) -> Rect {
    let lines = u16::try_from(rows.saturating_add(2)).unwrap_or(u16::MAX).min(height);
    let columns = width.min(58);
    Rect::new((width - columns) / 2, (height - lines) / 2, columns, lines)
}

/// Where the editor of notes lies on a screen: low, so that the words that it is about are likely to stay in sight.
pub fn writing_area(width: u16, height: u16) -> Rect {
    let columns = width.min(66);
    let lines = height.min(9);
    Rect::new((width - columns) / 2, height.saturating_sub(lines + 1), columns, lines)
}

/// Where a card of `lines` lines lies on a screen: under the words at `cell`, else over them, without covering them where
/// that can be; in the middle where there are none.
pub fn card_area(width: u16, height: u16, cell: Option<Position>, lines: usize) -> Rect {
    /// Less of a card than this is not worth the sight of the words.
    const LEAST: u16 = 8;
    let columns = width.min(58);
    // The line of keys stays in sight.
    let room = if height < LEAST { height } else { height - 1 };
    let rows = u16::try_from(lines.saturating_add(2)).unwrap_or(u16::MAX).min(room);
    let Some(cell) = cell else {
        return Rect::new((width - columns) / 2, (room - rows) / 2, columns, rows);
    };
    let x = cell.x.saturating_sub(2).min(width - columns);
    let (above, below) = (cell.y.min(room), room.saturating_sub(cell.y.saturating_add(1)));
    let (y, rows) = if rows <= below {
        (room - below, rows)
    } else if rows <= above {
        (above - rows, rows)
    } else if below.max(above) < LEAST {
        (room - rows, rows)
    } else if below >= above {
        (room - below, below)
    } else {
        (0, above)
    };
    Rect::new(x, y, columns, rows)
}

/// Where a long text over the panes lies on a screen.
pub fn wide_area(width: u16, height: u16) -> Rect {
    let columns = width.min(96);
    Rect::new((width - columns) / 2, 0, columns, height)
}

/// How many lines of help, or of a long text, are shown at once.
pub fn help_page(height: u16) -> usize {
    usize::from(height.saturating_sub(2)).max(1)
}

pub(crate) fn inside(area: Rect) -> Rect {
    if area.width < 3 || area.height < 3 {
        return Rect { width: 0, height: 0, ..area };
    }
    Rect { x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(width: u16, height: u16) -> Shape {
        Shape {
            width,
            height,
            focus: Pane::Article,
            beside: Pane::Panel,
            tree: false,
            list: true,
            panel: true,
            zoom: false,
            measure: 70,
            list_width: 34,
            panel_width: 38,
            by_hand: false,
            why: false,
        }
    }

    #[test]
    fn panes_tile_the_screen_at_every_size() {
        let panes = [Pane::Tree, Pane::List, Pane::Article, Pane::Panel];
        for (focus, tree) in panes.iter().flat_map(|pane| [(*pane, false), (*pane, true)]) {
            if focus == Pane::Tree && !tree {
                continue;
            }
            for (width, height) in (0..200).flat_map(|width| (0..30).map(move |height| (width, height))) {
                let layout = Shape { focus, tree, ..shape(width, height) }.layout();
                let all = [layout.tree, layout.list, layout.article, layout.panel];
                let columns: u16 = all.iter().map(|pane| pane.width).sum();
                assert_eq!(columns, width, "{width}x{height} {layout:?}");
                let text = layout.text;
                assert_eq!(text.intersection(layout.article).area(), text.area(), "{width}x{height} {layout:?}");
                let shown = match focus {
                    Pane::Tree => layout.tree,
                    Pane::List => layout.list,
                    Pane::Article => layout.article,
                    Pane::Panel => layout.panel,
                };
                assert!(height == 0 || shown.width == 0 || shown.height > 0);
            }
        }
    }

    #[test]
    fn fewer_panes_on_narrow_screens() {
        let panes = |width| {
            let shape = shape(width, 30);
            [Pane::List, Pane::Article, Pane::Panel].map(|pane| shape.shows(pane))
        };
        assert_eq!(panes(120), [true, true, true]);
        assert_eq!(panes(80), [false, true, true]);
        assert_eq!(panes(40), [false, true, false]);
    }

    #[test]
    fn the_text_is_centred_at_its_measure() {
        let layout = shape(200, 50).layout();
        assert_eq!(layout.text.width, 70);
        let left = layout.text.x - layout.article.x;
        let right = layout.article.right() - layout.text.right();
        assert!(left.abs_diff(right) <= 2, "{left} and {right}");
    }
}
