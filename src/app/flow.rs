//! An article laid out for a width, as far as it has been looked at.
//!
//! The article is a list of pieces (headline, the line under it, blocks; long blocks in several pieces). Only pieces
//! near the screen are ever wrapped, so that a text of many megabytes opens and scrolls like a short one.

use std::collections::HashMap;
use std::sync::Arc;

use super::column::{Column, Cursor};
use crate::model::{Article, BlockKind};
use crate::text::Span;
use crate::text::wrap::{Breaks, segments, width, wrap};

/// How many wrapped pieces are kept.
const KEPT: usize = 512;
/// Columns between two columns of a table.
const BETWEEN: usize = 2;
/// The most columns of a table that are laid out as such.
const MOST_COLUMNS: usize = 32;

/// A part of the article that is laid out by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// The headline, where it is not part of the text.
    Title,
    /// Source, date, countries and so on: one row, or two.
    About,
    /// A block, or a segment of one.
    Text { span: Span, kind: BlockKind, first: bool, gap: bool },
    /// A row of the table with this number.
    Row { span: Span, kind: BlockKind, table: usize, gap: bool },
    /// Some of the links, listed after the text: from this one up to that one.
    Links { from: usize, to: usize },
}

impl Piece {
    /// The words of the text in it.
    fn span(&self) -> Option<Span> {
        match self {
            Piece::Text { span, .. } | Piece::Row { span, .. } => Some(*span),
            Piece::Title | Piece::About | Piece::Links { .. } => None,
        }
    }
}

/// Links laid out together.
const LINKS: usize = 64;

/// A row on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// What it shows.
    pub kind: RowKind,
    /// Columns left free at its left.
    pub indent: u16,
    /// The table whose columns its cells stand in, by number.
    pub table: Option<usize>,
}

/// What a row shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// Nothing.
    Blank,
    /// A part of the headline, in bytes of `Article::title`.
    Title(Span),
    /// The facts about the article: row 0 or 1.
    About(usize),
    /// A part of the text, in bytes of `Doc::text`.
    Text {
        /// The words.
        span: Span,
        /// The kind of its block.
        kind: BlockKind,
        /// Whether it is the first row of its block.
        first: bool,
    },
    /// The heading over the links.
    Links,
    /// A link, by its place in the list.
    Link(usize),
}

impl Row {
    /// The words of the text that the row shows.
    pub fn span(&self) -> Option<Span> {
        match self.kind {
            RowKind::Text { span, .. } => Some(span),
            _ => None,
        }
    }

    /// Whether it comes after the text.
    pub fn is_after(&self) -> bool {
        matches!(self.kind, RowKind::Links | RowKind::Link(_))
    }
}

/// The layout of one article for one width.
#[derive(Debug)]
pub struct Flow {
    article: Arc<Article>,
    pieces: Vec<Piece>,
    /// Of each table where its columns begin and where the last one ends.
    tables: Vec<Vec<u16>>,
    columns: usize,
    wrapped: HashMap<usize, Arc<[Row]>>,
}

impl Flow {
    /// Prepares the layout; wraps nothing yet. Time grows with the number of blocks.
    pub fn new(article: Arc<Article>, columns: u16) -> Self {
        let (pieces, tables) = pieces(&article);
        Flow { article, pieces, tables, columns: usize::from(columns.max(1)), wrapped: HashMap::new() }
    }

    /// Adds the list of links after the text.
    pub fn list_links(&mut self, count: usize) {
        let starts = (0..count).step_by(LINKS);
        self.pieces.extend(starts.map(|from| Piece::Links { from, to: (from + LINKS).min(count) }));
    }

    /// Lays out for another width; rows are other rows then.
    pub fn set_columns(&mut self, columns: u16) {
        let columns = usize::from(columns.max(1));
        if columns != self.columns {
            self.columns = columns;
            self.wrapped.clear();
        }
    }

    /// Where the columns of a table begin, from the left end of it, and where the last one ends.
    pub fn stops(&self, table: usize) -> &[u16] {
        self.tables.get(table).map_or(&[], Vec::as_slice)
    }

    /// The row that shows byte `offset` of the text, or the nearest before it.
    pub fn locate(&mut self, offset: usize) -> Cursor {
        let starts_after = |piece: &Piece| {
            matches!(piece, Piece::Links { .. }) || piece.span().is_some_and(|span| span.start > offset)
        };
        // The headline and the line under it have no place in the text; they go with what follows them.
        let after = self.pieces.partition_point(|piece| !starts_after(piece));
        let found = self.pieces[..after].iter().rposition(|piece| piece.span().is_some());
        let Some(piece) = found else { return Cursor::default() };
        let rows = self.rows(piece);
        let row = rows.partition_point(|row| row.span().is_none_or(|span| span.start <= offset)).saturating_sub(1);
        Cursor { piece, row }
    }

    /// The byte offset of the first word shown at `cursor` or after it in its piece; 0 in the headline, the end of the
    /// text among the links.
    pub fn offset(&mut self, cursor: Cursor) -> usize {
        if matches!(self.pieces.get(cursor.piece), Some(Piece::Links { .. })) {
            return self.article.doc.text.len();
        }
        let rows = self.rows(cursor.piece);
        rows.iter().skip(cursor.row).find_map(Row::span).map_or(0, |span| span.start)
    }

    /// The `height` rows from `top` on.
    pub fn rows_from(&mut self, top: Cursor, height: usize) -> Vec<Row> {
        let mut shown = Vec::with_capacity(height);
        let mut skip = top.row;
        for piece in top.piece..self.pieces.len() {
            if shown.len() >= height {
                break;
            }
            shown.extend(self.rows(piece).iter().skip(skip).take(height - shown.len()).copied());
            skip = 0;
        }
        shown
    }

    fn rows(&mut self, piece: usize) -> Arc<[Row]> {
        if let Some(rows) = self.wrapped.get(&piece) {
            return rows.clone();
        }
        if self.wrapped.len() >= KEPT {
            self.wrapped.clear();
        }
        let rows: Arc<[Row]> = self.wrap_piece(piece).into();
        self.wrapped.insert(piece, rows.clone());
        rows
    }

    fn wrap_piece(&self, piece: usize) -> Vec<Row> {
        let plain = |kind| Row { kind, indent: 0, table: None };
        match self.pieces.get(piece) {
            None => Vec::new(),
            Some(Piece::Title) => {
                let title = self.article.title.as_deref().unwrap_or("");
                let rows = wrap(title, Span::new(0, title.len()), self.columns, Breaks::Free);
                rows.into_iter().map(|span| plain(RowKind::Title(span))).collect()
            }
            Some(Piece::About) => {
                let rows = 1 + usize::from(has_notes(&self.article));
                (0..rows).map(|row| plain(RowKind::About(row))).collect()
            }
            Some(&Piece::Links { from, to }) => {
                let head = [plain(RowKind::Blank), plain(RowKind::Links)];
                let head = head.into_iter().take(if from == 0 { 2 } else { 0 });
                head.chain((from..to).map(|at| plain(RowKind::Link(at)))).collect()
            }
            Some(&Piece::Text { span, kind, first, gap }) => {
                let indent = indent(kind).min(self.columns / 2);
                let breaks = if kind == BlockKind::Pre { Breaks::Kept } else { Breaks::Free };
                let lines = wrap(&self.article.doc.text, span, self.columns - indent, breaks);
                let mut rows = Vec::with_capacity(lines.len() + 1);
                rows.extend(gap.then_some(plain(RowKind::Blank)));
                rows.extend(lines.into_iter().enumerate().map(|(index, span)| Row {
                    kind: RowKind::Text { span, kind, first: first && index == 0 },
                    indent: u16::try_from(indent).unwrap_or(0),
                    table: None,
                }));
                rows
            }
            Some(&Piece::Row { span, kind, table, gap }) => {
                let stops = self.stops(table);
                let fits = stops.last().is_some_and(|end| usize::from(*end) <= self.columns);
                let mut rows = Vec::new();
                rows.extend(gap.then_some(plain(RowKind::Blank)));
                if fits {
                    let skip = if let BlockKind::Row { skip, .. } = kind { usize::from(skip) } else { 0 };
                    let indent = stops.get(skip).copied().unwrap_or(0);
                    let kind = RowKind::Text { span, kind, first: true };
                    rows.push(Row { kind, indent, table: Some(table) });
                    return rows;
                }
                // What goes on under its first row stands a little in.
                let hang = u16::try_from(BETWEEN.min(self.columns / 2)).unwrap_or(0);
                let columns = self.columns - usize::from(hang);
                let lines = wrap(&self.article.doc.text, span, columns, Breaks::Cells);
                rows.extend(lines.into_iter().enumerate().map(|(index, span)| Row {
                    kind: RowKind::Text { span, kind, first: index == 0 },
                    indent: if index == 0 { 0 } else { hang },
                    table: None,
                }));
                rows
            }
        }
    }
}

impl Column for Flow {
    fn pieces(&self) -> usize {
        self.pieces.len()
    }

    fn height(&mut self, piece: usize) -> usize {
        self.rows(piece).len()
    }
}

/// Whether there is something to say in a second row under the headline.
pub(super) fn has_notes(article: &Article) -> bool {
    !article.authors.is_empty() || removed_characters(article) > 0
}

/// How many characters or sequences cleaning took out of the article.
pub(crate) fn removed_characters(article: &Article) -> usize {
    let removed = &article.removed;
    removed.controls + removed.escapes + removed.bidi + removed.marks
}

/// Columns left free at the left of a block.
fn indent(kind: BlockKind) -> usize {
    match kind {
        BlockKind::Item { depth, number } => {
            let digits = number.and_then(u32::checked_ilog10).unwrap_or(0) as usize;
            2 * usize::from(depth.clamp(1, 8)) + number.map_or(0, |_| 1 + digits)
        }
        BlockKind::Quote => 2,
        BlockKind::Paragraph
        | BlockKind::Heading(_)
        | BlockKind::Pre
        | BlockKind::Caption
        | BlockKind::Row { .. } => 0,
    }
}

/// Widens the `columns` of a table for a row of it.
fn widen(columns: &mut Vec<usize>, row: &str, skip: u8) {
    for (at, cell) in row.split('\t').enumerate() {
        let at = at + usize::from(skip);
        if at >= MOST_COLUMNS {
            // Too wide for any screen.
            columns.push(usize::from(u16::MAX));
            return;
        }
        if columns.len() <= at {
            columns.resize(at + 1, 0);
        }
        columns[at] = columns[at].max(width(cell));
    }
}

/// Where columns of these widths begin, and where the last one ends.
fn starts(columns: &[usize]) -> Vec<u16> {
    let mut stops = Vec::with_capacity(columns.len() + 1);
    let mut at = 0usize;
    for (index, columns) in columns.iter().enumerate() {
        if index > 0 {
            at += BETWEEN;
        }
        stops.push(u16::try_from(at).unwrap_or(u16::MAX));
        at += columns;
    }
    stops.push(u16::try_from(at).unwrap_or(u16::MAX));
    stops
}

fn pieces(article: &Article) -> (Vec<Piece>, Vec<Vec<u16>>) {
    let text: &str = &article.doc.text;
    let mut pieces = Vec::with_capacity(article.doc.blocks.len() + 2);
    let title = article.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    // Where the text begins with its headline, the headline is shown once, with what is found in it.
    let within = article.doc.blocks.first().is_some_and(|block| match title {
        Some(title) => block.span.of(text).trim() == title,
        None => matches!(block.kind, BlockKind::Heading(1)),
    });
    if !within {
        pieces.extend(title.map(|_| Piece::Title));
        pieces.push(Piece::About);
    }
    let mut before: Option<BlockKind> = None;
    let mut tables = Vec::new();
    let mut widths: Vec<usize> = Vec::new();
    for (index, block) in article.doc.blocks.iter().enumerate() {
        let items = matches!((before, block.kind), (Some(BlockKind::Item { .. }), BlockKind::Item { .. }));
        if let BlockKind::Row { first, skip, .. } = block.kind {
            let continues = matches!(before, Some(BlockKind::Row { .. })) && !first;
            if !continues && !widths.is_empty() {
                tables.push(starts(&std::mem::take(&mut widths)));
            }
            widen(&mut widths, block.span.of(text), skip);
            pieces.push(Piece::Row { span: block.span, kind: block.kind, table: tables.len(), gap: !continues });
            before = Some(block.kind);
            continue;
        }
        let headline = within && index == 0;
        let kind = if headline { BlockKind::Heading(1) } else { block.kind };
        for (part, span) in segments(text, block.span).into_iter().enumerate() {
            let gap = part == 0 && !items && !headline;
            pieces.push(Piece::Text { span, kind, first: part == 0, gap });
        }
        if headline {
            pieces.push(Piece::About);
        }
        before = Some(block.kind);
    }
    if !widths.is_empty() {
        tables.push(starts(&widths));
    }
    (pieces, tables)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, Doc};
    use crate::text::clean;

    fn article(text: &str, title: Option<&str>) -> Arc<Article> {
        let mut blocks = Vec::new();
        let mut start = 0;
        for line in text.split('\n') {
            let span = Span::new(start, start + line.len());
            if !line.is_empty() {
                blocks.push(Block { span, kind: BlockKind::Paragraph });
            }
            start = span.end + 1;
        }
        let doc = Doc { text: clean(text).text, blocks, ..Doc::default() };
        Arc::new(Article { title: title.map(|title| clean(title).text), doc, ..Article::default() })
    }

    /// What the rows show, with `=` for the headline, `i` for the facts and `.` for a blank row.
    fn shown(article: &Article, rows: &[Row]) -> Vec<String> {
        let show = |row: &Row| match row.kind {
            RowKind::Blank => ".".to_owned(),
            RowKind::Title(span) => format!("={}", article.title.as_ref().unwrap().slice(span)),
            RowKind::About(_) => "i".to_owned(),
            RowKind::Links | RowKind::Link(_) => "-".to_owned(),
            RowKind::Text { span, .. } => article.doc.text.slice(span).to_string(),
        };
        rows.iter().map(show).collect()
    }

    #[test]
    fn a_headline_apart_and_one_inside_the_text_are_both_shown_once() {
        let apart = article("one two\n\nthree", Some("Head line"));
        let rows = Flow::new(apart.clone(), 4).rows_from(Cursor::default(), 20);
        assert_eq!(shown(&apart, &rows), ["=Head", "=line", "i", ".", "one", "two", ".", "thre", "e"]);

        let inside = article("Head line\n\nthree", Some("Head line"));
        let rows = Flow::new(inside.clone(), 9).rows_from(Cursor::default(), 20);
        assert_eq!(shown(&inside, &rows), ["Head line", "i", ".", "three"]);
    }

    #[test]
    fn walking_forward_and_back_meets_every_row_in_order() {
        let article = article("one two three\n\nfour\nfive six seven eight", Some("T"));
        let mut flow = Flow::new(article, 5);
        let all = flow.rows_from(Cursor::default(), 100);
        let mut at = Cursor::default();
        for (index, row) in all.iter().enumerate() {
            assert_eq!(flow.rows_from(at, 1), [*row]);
            assert_eq!(flow.forward(Cursor::default(), index), at);
            assert_eq!(flow.back(at, index), Cursor::default());
            at = flow.forward(at, 1);
        }
        assert_eq!(flow.back(Cursor::default(), 3), Cursor::default());
        let last = flow.forward(Cursor::default(), 1000);
        assert_eq!(flow.rows_from(last, 10).len(), 1);
        let top = flow.last_top(4);
        assert_eq!(flow.rows_from(top, 10).len(), 4);
        assert_eq!(flow.last_top(1000), Cursor::default());
    }

    #[test]
    fn every_byte_is_found_in_the_row_that_shows_it() {
        let article = article("one two three\n\nfour\nfive six seven eight", Some("T"));
        let mut flow = Flow::new(article.clone(), 6);
        for offset in 0..article.doc.text.len() {
            let cursor = flow.locate(offset);
            let row = flow.rows_from(cursor, 1)[0].span().unwrap();
            assert!(row.start <= offset, "{offset} before {row:?}");
            let next = flow.forward(cursor, 1);
            let next = (next != cursor).then(|| flow.offset(next));
            assert!(next.is_none_or(|next| offset < next), "{offset} after {row:?}");
        }
    }

    #[test]
    fn a_single_block_of_megabytes_is_wrapped_only_where_it_is_looked_at() {
        let text = "All quiet on the pier. ".repeat(100_000);
        let mut flow = Flow::new(article(text.trim(), None), 60);
        let middle = flow.locate(1_000_000);
        assert!((999_900..=1_000_000).contains(&flow.offset(middle)));
        flow.last_top(40);
        assert!(flow.wrapped.len() < 8, "{} pieces wrapped", flow.wrapped.len());
    }
}
