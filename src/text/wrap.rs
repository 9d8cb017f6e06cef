//! Laying text out in rows of a given number of terminal columns. Rows are spans; no text is copied.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::Span;

/// Columns from one tab stop to the next, where tabs count.
pub const TAB: usize = 4;

/// What is drawn between two cells of a table that is too wide for its columns to be shown.
pub const BETWEEN_CELLS: &str = " · ";

/// A segment made by [`segments`] is seldom longer than this many bytes, and never longer than twice this.
pub const SEGMENT: usize = 16 * 1024;

/// What line feeds and tabs in the text mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breaks {
    /// Blanks, as in running text.
    Free,
    /// Line feeds end a row, tabs go to the next tab stop, blanks at the start of a line are kept.
    Kept,
    /// As in running text, but that a tab stands between two cells and is drawn as [`BETWEEN_CELLS`].
    Cells,
}

/// What cannot be taken apart on the screen: a grapheme cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cluster {
    /// Length in bytes, at least 1.
    pub len: usize,
    /// Columns.
    pub width: usize,
}

/// The cluster that begins at byte `at` of `text`, which must be a cluster's start; `None` at the end. Line feeds and
/// tabs are one column wide.
pub fn cluster(text: &str, at: usize) -> Option<Cluster> {
    let bytes = text.as_bytes();
    let byte = *bytes.get(at)?;
    // Between two ASCII characters there is always a boundary; most text never leaves this path.
    if byte.is_ascii() && bytes.get(at + 1).is_none_or(u8::is_ascii) {
        return Some(Cluster { len: 1, width: 1 });
    }
    let grapheme = text.get(at..)?.graphemes(true).next()?;
    Some(Cluster { len: grapheme.len(), width: if byte.is_ascii_control() { 1 } else { grapheme.width() } })
}

/// The columns that `text` takes when it is drawn in one row.
pub fn width(text: &str) -> usize {
    let (mut at, mut columns) = (0, 0);
    while let Some(cluster) = cluster(text, at) {
        at += cluster.len;
        columns += cluster.width;
    }
    columns
}

/// What a tab is drawn as.
#[derive(Debug, Clone, Copy)]
pub enum Tabs<'a> {
    /// A blank.
    Blank,
    /// Blanks up to the next tab stop.
    Stops,
    /// Blanks up to where the next column of a table begins.
    Columns {
        /// Where the columns after the first one shown begin, from the left end of the table.
        starts: &'a [u16],
        /// Where the row begins, from there too.
        from: u16,
    },
    /// [`BETWEEN_CELLS`].
    Cells,
}

/// Where a cluster stands in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Its bytes, from the start of the row's text.
    pub span: Span,
    /// Its first column.
    pub column: usize,
    /// The columns it takes.
    pub width: usize,
}

/// Where the clusters of `text` stand that is drawn in one row. Drawing and the mouse both ask this.
pub fn placed<'a>(text: &'a str, tabs: Tabs<'a>) -> impl Iterator<Item = Placed> + 'a {
    let (mut at, mut column) = (0, 0);
    let mut starts = match tabs {
        Tabs::Columns { starts, .. } => starts.iter(),
        _ => [].iter(),
    };
    std::iter::from_fn(move || {
        let cluster = cluster(text, at)?;
        let span = Span::new(at, at + cluster.len);
        let width = match tabs {
            _ if span.of(text) != "\t" => cluster.width,
            Tabs::Blank => 1,
            Tabs::Stops => TAB - column % TAB,
            Tabs::Columns { from, .. } => {
                starts.next().map_or(1, |next| usize::from(next.saturating_sub(from)).saturating_sub(column).max(1))
            }
            Tabs::Cells => width(BETWEEN_CELLS),
        };
        let placed = Placed { span, column, width };
        (at, column) = (span.end, column + width);
        Some(placed)
    })
}

/// The length in bytes of the longest beginning of `text` that fits `columns` columns.
pub fn fit(text: &str, columns: usize) -> usize {
    let (mut at, mut taken) = (0, 0);
    while let Some(cluster) = cluster(text, at) {
        taken += cluster.width;
        if taken > columns {
            break;
        }
        at += cluster.len;
    }
    at
}

/// Lays the words of `text` at `span` out in rows of at most `columns` columns (at least one): breaks at white space,
/// after hyphens and dashes inside words and between wide characters, else wherever the row is full. The rows are in
/// bytes of `text`, in order, without the white space at breaks; together they hold every other character of `span`.
pub fn wrap(text: &str, span: Span, columns: usize, breaks: Breaks) -> Vec<Span> {
    Wrapper { words: span.of(text), base: span.start, columns: columns.max(1), breaks, rows: Vec::new() }.run()
}

struct Wrapper<'a> {
    words: &'a str,
    base: usize,
    columns: usize,
    breaks: Breaks,
    rows: Vec<Span>,
}

impl Wrapper<'_> {
    fn run(mut self) -> Vec<Span> {
        // All offsets here are in bytes of `words`.
        let mut row = 0; // where the row begins
        let mut column = 0;
        let mut chance: Option<(usize, usize)> = None; // the last place to break: this row's end, the next one's start
        let mut blanks: Option<usize> = None; // where the run of blanks before `at` begins
        let mut wide = false; // whether the cluster before `at` is wide
        let mut at = 0;
        while let Some(Cluster { len, width }) = cluster(self.words, at) {
            let first = self.char_at(at);
            if first == '\n' && self.breaks == Breaks::Kept {
                self.push(row, blanks.unwrap_or(at));
                (row, column, chance, blanks, wide) = (at + len, 0, None, None, false);
            } else if is_blank(first) && (len == first.len_utf8() || first == '\r') {
                // (A blank with a combining mark on it is something to show.)
                let from = *blanks.get_or_insert(at);
                let tab = first == '\t' && self.breaks == Breaks::Kept;
                column += match (first, self.breaks) {
                    _ if tab => TAB - column % TAB,
                    ('\t', Breaks::Cells) => self::width(BETWEEN_CELLS),
                    _ => width,
                };
                wide = false;
                if from > row {
                    chance = Some((from, at + len));
                } else if self.breaks != Breaks::Kept {
                    (row, column, blanks) = (at + len, 0, None);
                }
            } else {
                if (wide || width > 1) && blanks.is_none() && at > row && !closes(first) {
                    chance = Some((at, at));
                }
                while column + width > self.columns && at > row {
                    let (end, next) = chance.take().unwrap_or((at, at));
                    self.push(row, end);
                    row = next;
                    // Less than a row is measured again, so the time stays linear.
                    column = self::width(&self.words[row..at]);
                }
                column += width;
                (blanks, wide) = (None, width > 1);
                if joins(first) && self.breaks_after(at, len) {
                    chance = Some((at + len, at + len));
                }
            }
            at += len;
        }
        let end = blanks.unwrap_or(at);
        if end > row || self.rows.is_empty() {
            self.push(row.min(end), end);
        }
        self.rows
    }

    fn push(&mut self, start: usize, end: usize) {
        self.rows.push(Span::new(self.base + start, self.base + end.max(start)));
    }

    fn char_at(&self, at: usize) -> char {
        self.words[at..].chars().next().unwrap_or(' ')
    }

    /// Whether the hyphen at `at` stands inside a word ("all-out"), so that a row may end with it.
    fn breaks_after(&self, at: usize, len: usize) -> bool {
        let before = self.words[..at].chars().next_back();
        let after = self.words[at + len..].chars().next();
        before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphabetic)
    }
}

/// White space at which a row may end; a no-break space is not.
fn is_blank(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

fn joins(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2013}' | '\u{2014}')
}

/// Characters that must not begin a row.
fn closes(c: char) -> bool {
    "、。，．：；！？」』）】》〉”’».,:;!?)ー".contains(c)
}

/// Cuts the words of `text` at `span` into pieces that can be laid out one by one in bounded time: each cut is found by
/// looking at the text near it only. Cuts after a line feed if there is one near, else after a sentence, else after a
/// blank, else between two characters.
pub fn segments(text: &str, span: Span) -> Vec<Span> {
    let words = span.of(text);
    if words.len() <= SEGMENT + SEGMENT / 2 {
        return vec![span];
    }
    let mut pieces = Vec::with_capacity(words.len() / SEGMENT + 1);
    let mut start = 0;
    while words.len() - start > SEGMENT + SEGMENT / 2 {
        let cut = cut_near(words, start + SEGMENT);
        pieces.push(Span::new(span.start + start, span.start + cut));
        start = cut;
    }
    pieces.push(Span::new(span.start + start, span.end));
    pieces
}

/// A good place to cut between `from` and `from + SEGMENT / 2`.
fn cut_near(words: &str, from: usize) -> usize {
    let from = (from..words.len()).find(|&at| words.is_char_boundary(at)).unwrap_or(words.len());
    let limit = (from + SEGMENT / 2..words.len()).find(|&at| words.is_char_boundary(at)).unwrap_or(words.len());
    let window = &words[from..limit];
    let after = |found: Option<usize>, len: usize| found.map(|at| from + at + len);
    after(window.find('\n'), 1)
        .or_else(|| after(window.find(". "), 2))
        .or_else(|| after(window.find(' '), 1))
        .or_else(|| window.grapheme_indices(true).nth(1).map(|(at, _)| from + at))
        .unwrap_or(limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str, columns: usize, breaks: Breaks) -> Vec<&str> {
        wrap(text, Span::new(0, text.len()), columns, breaks).into_iter().map(|row| row.of(text)).collect()
    }

    fn free(text: &str, columns: usize) -> Vec<&str> {
        rows(text, columns, Breaks::Free)
    }

    #[test]
    fn a_tab_takes_what_it_is_drawn_as() {
        let columns = |tabs| placed("a\tb\tc", tabs).map(|placed| placed.column).collect::<Vec<_>>();
        assert_eq!(columns(Tabs::Blank), [0, 1, 2, 3, 4]);
        assert_eq!(columns(Tabs::Stops), [0, 1, 4, 5, 8]);
        assert_eq!(columns(Tabs::Cells), [0, 1, 4, 5, 8]);
        assert_eq!(columns(Tabs::Columns { starts: &[9, 20], from: 2 }), [0, 1, 7, 8, 18]);
    }

    #[test]
    fn breaks_at_white_space_and_leaves_it_out() {
        assert_eq!(free("the two men met", 7), ["the two", "men met"]);
        assert_eq!(free("the  two\nmen   met ", 8), ["the  two", "men", "met"]);
        assert_eq!(free("  a", 5), ["a"]);
        assert_eq!(free("", 5), [""]);
        assert_eq!(free("   ", 5), [""]);
    }

    #[test]
    fn breaks_after_hyphens_inside_words_only() {
        assert_eq!(free("an all-out fight", 9), ["an all-", "out fight"]);
        assert_eq!(free("minus -40 degrees", 8), ["minus", "-40", "degrees"]);
        assert_eq!(free("talks—long ones", 8), ["talks—", "long", "ones"]);
    }

    #[test]
    fn breaks_over_long_words_where_the_row_is_full() {
        assert_eq!(free("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(free("xy abcdefgh z", 4), ["xy", "abcd", "efgh", "z"]);
    }

    #[test]
    fn no_break_spaces_hold() {
        assert_eq!(free("in 14\u{a0}documents", 8), ["in", "14\u{a0}docum", "ents"]);
    }

    #[test]
    fn counts_wide_characters_and_marks() {
        assert_eq!(free("北京市民", 4), ["北京", "市民"]);
        assert_eq!(free("北京。市民", 4), ["北", "京。", "市民"]);
        assert_eq!(free("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
        assert_eq!(free("北", 1), ["北"]);
    }

    #[test]
    fn kept_breaks_keep_lines_indents_and_tabs() {
        assert_eq!(rows("a\n\n  b c", 10, Breaks::Kept), ["a", "", "  b c"]);
        assert_eq!(rows("a\tb", 4, Breaks::Kept), ["a", "b"]);
        assert_eq!(rows("one two three", 7, Breaks::Kept), ["one two", "three"]);
    }

    #[test]
    fn spans_are_in_bytes_of_the_whole_text() {
        let text = "é first, then second";
        assert_eq!(wrap(text, Span::new(10, text.len()), 6, Breaks::Free), [Span::new(10, 14), Span::new(15, 21)]);
    }

    #[test]
    fn a_span_that_does_not_fit_the_text_gives_nothing_to_draw() {
        let rows = wrap("abc", Span::new(2, 9), 4, Breaks::Free);
        assert!(rows.iter().all(|row| row.of("abc").is_empty()));
    }

    #[test]
    fn fits_by_columns_not_bytes() {
        assert_eq!(fit("Zürich", 2), 3);
        assert_eq!(fit("北京", 3), 3);
        assert_eq!(fit("ab", 9), 2);
        assert_eq!(width("Zürich 北京"), 11);
    }

    #[test]
    fn segments_are_bounded_and_cut_at_line_feeds_sentences_or_blanks() {
        for unit in ["word ", "A sentence. ", "line\n", "北", "x"] {
            let text = unit.repeat(100_000 / unit.len() + 1);
            let pieces = segments(&text, Span::new(0, text.len()));
            assert!(pieces.len() > 3);
            assert_eq!(pieces.first().map(|p| p.start), Some(0));
            assert_eq!(pieces.last().map(|p| p.end), Some(text.len()));
            for pair in pieces.windows(2) {
                assert_eq!(pair[0].end, pair[1].start);
                assert!(pair[0].len() <= 2 * SEGMENT);
                assert!(pair[0].of(&text).ends_with(unit.chars().last().unwrap()), "{unit:?}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn rows_fit_and_lose_nothing(text in "[a-z éa\u{301}北京\t\n.,-—’“]{0,120}", columns in 1usize..30, kept: bool) {
            let breaks = if kept { Breaks::Kept } else { Breaks::Free };
            let rows = wrap(&text, Span::new(0, text.len()), columns, breaks);
            let mut seen = 0;
            for row in &rows {
                prop_assert!(row.start >= seen, "rows are in order");
                prop_assert!(text[seen..row.start].trim().is_empty(), "only blanks lie between rows");
                let words = row.of(&text);
                prop_assert_eq!(words.len(), row.len());
                if !words.contains('\t') && !words.trim_start().is_empty() && words.graphemes(true).count() > 1 {
                    prop_assert!(width(words.trim_start()) <= columns, "{:?}", words);
                }
                seen = row.end;
            }
            prop_assert!(text[seen..].trim().is_empty());
        }
    }
}
