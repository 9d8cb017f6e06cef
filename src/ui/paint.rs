//! Putting text into the buffer: the only way from text to cells, and it takes clean text only.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::wrap::{self, Tabs};
use crate::text::{CleanStr, Span};

/// Writes `text` in one row from (x, y) on, in at most `columns` columns; what does not fit is cut off with `…`.
/// Returns the columns written.
pub fn text(buffer: &mut Buffer, x: u16, y: u16, columns: u16, text: CleanStr<'_>, style: Style) -> u16 {
    let words = text.as_str();
    let room = usize::from(columns);
    let fits = wrap::fit(words, room) == words.len();
    let end = if fits { words.len() } else { wrap::fit(words, room.saturating_sub(1)) };
    let mut column = 0;
    let mut at = 0;
    while at < end
        && let Some(cluster) = wrap::cluster(words, at)
    {
        put(buffer, x + column, y, &words[at..at + cluster.len], cluster.width, style);
        column += cluster.width as u16;
        at += cluster.len;
    }
    if !fits && columns > 0 {
        put(buffer, x + column, y, "…", 1, style);
        column += 1;
    }
    column
}

/// Writes `text` so that it ends before column `right`, in at most `columns` columns; returns where it begins.
pub fn text_right(buffer: &mut Buffer, right: u16, y: u16, columns: u16, words: CleanStr<'_>, style: Style) -> u16 {
    let width = u16::try_from(wrap::width(words.as_str())).unwrap_or(u16::MAX).min(columns);
    let x = right.saturating_sub(width);
    text(buffer, x, y, width, words, style);
    x
}

/// A row of an article on the screen, with where its bytes stand.
pub struct Drawn {
    /// (byte offset, column) of each cluster and of the end, ascending.
    columns: Vec<(usize, u16)>,
    y: u16,
}

/// Writes the words of a text at `span` in one row.
pub fn row(buffer: &mut Buffer, area: Rect, words: CleanStr<'_>, span: Span, style: Style, tabs: Tabs<'_>) -> Drawn {
    let text = words.as_str();
    let mut columns = Vec::with_capacity(text.len() + 1);
    let (mut at, mut column) = (0, 0);
    for placed in wrap::placed(text, tabs) {
        let cell = placed.span.of(text);
        let blank = cell.chars().all(char::is_whitespace);
        if placed.column + placed.width > usize::from(area.width) {
            break;
        }
        let x = area.x + placed.column as u16;
        columns.push((span.start + placed.span.start, x));
        for offset in 0..if blank { placed.width as u16 } else { 1 } {
            let (cell, width) = if blank { (" ", 1) } else { (cell, placed.width) };
            put(buffer, x + offset, area.y, cell, width, style);
        }
        if matches!(tabs, Tabs::Cells) && cell == "\t" {
            put(buffer, x + 1, area.y, wrap::BETWEEN_CELLS.trim(), 1, style);
        }
        (at, column) = (placed.span.end, placed.column + placed.width);
    }
    columns.push((span.start + at, area.x + column as u16));
    Drawn { columns, y: area.y }
}

impl Drawn {
    /// Lays `style` over the words at `span`.
    pub fn patch(&self, buffer: &mut Buffer, span: Span, style: Style) {
        let column = |offset: usize| {
            let index = self.columns.partition_point(|(at, _)| *at < offset);
            self.columns.get(index).or(self.columns.last()).map_or(0, |(_, x)| *x)
        };
        for x in column(span.start)..column(span.end) {
            if let Some(cell) = buffer.cell_mut((x, self.y)) {
                cell.set_style(style);
            }
        }
    }
}

/// Writes one cluster. What lies outside the buffer is left out; so is what has no width.
fn put(buffer: &mut Buffer, x: u16, y: u16, cluster: &str, width: usize, style: Style) {
    if width == 0 {
        return;
    }
    // Clean text may hold line feeds and tabs; in a single row they are blanks.
    let cluster = if cluster.starts_with(char::is_control) { " " } else { cluster };
    let right = buffer.area.right();
    if let Some(cell) = buffer.cell_mut((x, y)) {
        // Half of a wide character cannot be drawn.
        let fits = usize::from(right - x) >= width;
        cell.set_symbol(if fits { cluster } else { " " }).set_style(style);
    }
    for next in 1..width {
        if let Some(cell) = buffer.cell_mut((x.saturating_add(next as u16), y)) {
            cell.reset();
            cell.set_style(style);
        }
    }
}

/// Fills an area with blanks.
pub fn clear(buffer: &mut Buffer, area: Rect, style: Style) {
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            if let Some(cell) = buffer.cell_mut((x, y)) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }
}

/// Draws a frame around an area at least two columns wide and two rows high.
pub fn frame(buffer: &mut Buffer, area: Rect, style: Style) {
    if area.width < 2 || area.height < 2 {
        return;
    }
    let (left, right, top, bottom) = (area.left(), area.right() - 1, area.top(), area.bottom() - 1);
    for x in left + 1..right {
        put(buffer, x, top, "─", 1, style);
        put(buffer, x, bottom, "─", 1, style);
    }
    for y in top + 1..bottom {
        put(buffer, left, y, "│", 1, style);
        put(buffer, right, y, "│", 1, style);
    }
    for (x, y, corner) in [(left, top, "┌"), (right, top, "┐"), (left, bottom, "└"), (right, bottom, "┘")] {
        put(buffer, x, y, corner, 1, style);
    }
}

/// Lays `style` over an area.
pub fn patch(buffer: &mut Buffer, area: Rect, style: Style) {
    buffer.set_style(area.intersection(buffer.area), style);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::clean;

    fn drawn(words: &str, columns: u16) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        text(&mut buffer, 0, 0, columns, clean(words).text.whole(), Style::new());
        buffer.content().iter().map(|cell| cell.symbol()).collect::<String>().trim_end().to_owned()
    }

    #[test]
    fn what_does_not_fit_is_cut_by_columns_with_an_ellipsis() {
        assert_eq!(drawn("Zürich", 6), "Zürich");
        assert_eq!(drawn("Zürichsee", 6), "Züric…");
        assert_eq!(drawn("北京市民", 6).replace(' ', ""), "北京…");
        assert_eq!(drawn("abc", 0), "");
    }

    #[test]
    fn nothing_is_drawn_outside_the_buffer() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 1));
        text(&mut buffer, 2, 0, 9, clean("北京").text.whole(), Style::new());
        text(&mut buffer, 0, 5, 9, clean("abc").text.whole(), Style::new());
        frame(&mut buffer, Rect::new(0, 0, 9, 9), Style::new());
        clear(&mut buffer, Rect::new(1, 0, 9, 9), Style::new());
    }

    #[test]
    fn styles_meet_the_words_they_are_meant_for() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        let words = clean("a\té北京 z").text;
        let span = Span::new(0, words.len());
        let drawn = row(&mut buffer, Rect::new(0, 0, 12, 1), words.whole(), span, Style::new(), Tabs::Stops);
        let at = words.find("北").unwrap();
        drawn.patch(&mut buffer, Span::new(at, at + "北京".len()), Style::new().bold());
        let bold: Vec<usize> = (0..12).filter(|x| !buffer[(*x as u16, 0)].modifier.is_empty()).collect();
        assert_eq!(bold, [5, 6, 7, 8]);
    }
}
