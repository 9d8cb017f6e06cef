//! The article.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::paint;
use crate::app::State;
use crate::app::facts::DOUBTFUL;
use crate::app::flow::{Row, RowKind, removed_characters};
use crate::app::layers::{Layer, Tag, touching};
use crate::app::layout::Pane;
use crate::app::library::Item;
use crate::app::links::{Hints, Listed, Place};
use crate::app::reader::Reader;
use crate::app::state::Overlay;
use crate::app::words::{self, beginning, count, day};
use crate::config::{Command, Theme};
use crate::model::{BlockKind, Country};
use crate::text::{Clean, CleanStr, Span, wrap};
use crate::words;

/// Words read in a minute, and bytes in a word with the blank after it.
const READING: usize = 230 * 6;

/// Draws the article; the cursor goes to what is current.
pub fn draw(state: &State, buffer: &mut Buffer) -> Option<Position> {
    let (area, text) = (state.layout.article, state.layout.text);
    if text.is_empty() {
        return None;
    }
    let (Some(reader), Some(item)) = (&state.reader, state.open_item()) else {
        empty(state, buffer);
        return super::at(text.x, text.y);
    };
    if text.y > area.y {
        head(state, reader, item, buffer);
    }
    let (below, above) = state.current_marks();
    let selected = reader.selection.map(|selection| selection.span());
    let marks = Marks { below, above, hits: reader.search.as_ref(), selected };
    let mut cursor = super::at(text.x, text.y);
    let wanted = current_place(state, reader);
    for (index, row) in (0..text.height).zip(&reader.rows) {
        let y = text.y + index;
        draw_row(state, reader, item, &marks, row, Rect { y, height: 1, ..text }, buffer);
        if let (Some(span), Some(wanted)) = (row.span(), wanted)
            && (span.start..=span.end).contains(&wanted)
        {
            cursor = super::at(text.x, y);
        }
    }
    if let Some((column, row)) = reader.caret() {
        let x = text.x.saturating_add(column).min(area.right().saturating_sub(1));
        cursor = super::at(x, text.y.saturating_add(row)).or(cursor);
    }
    if let Overlay::Hints(hints) = &state.overlay {
        labels(state, reader, hints, buffer);
    }
    cursor
}

/// The labels over the links; the words under them stay where they are.
fn labels(state: &State, reader: &Reader, hints: &Hints, buffer: &mut Buffer) {
    let text = state.layout.text;
    for hint in hints.labels.iter().filter(|hint| hint.label.starts_with(&hints.typed)) {
        let at = reader.rows.iter().zip(0..text.height).find_map(|(row, y)| match (hint.place, row.kind) {
            (Place::List(wanted), RowKind::Link(at)) if wanted == at => Some((0, y)),
            (Place::Text(offset), RowKind::Text { span, .. }) if span.holds(offset) => {
                let column = u16::try_from(reader.column_of(row, offset)).unwrap_or(u16::MAX);
                Some((row.indent.saturating_add(column), y))
            }
            _ => None,
        });
        let Some((column, y)) = at else { continue };
        let width = u16::try_from(hint.label.len()).unwrap_or(2);
        let x = text.x + column.min(text.width.saturating_sub(width));
        let label = words!("{}", hint.label);
        paint::text(buffer, x, text.y + y, text.right().saturating_sub(x), label.whole(), state.theme.hint);
    }
}

/// The first byte of what is current.
fn current_place(state: &State, reader: &Reader) -> Option<usize> {
    let hit = reader.search.as_ref().and_then(|search| search.hits.get(search.at?));
    let found = reader.found.as_ref()?;
    let current = reader.current.and_then(|number| found.quotations.get(number)).map(|q| q.extent().start);
    let event = state.current_event().and_then(|number| found.events.get(number)).map(|event| event.trigger.start);
    reader.pointed.map(|span| span.start).or(current).or(hit.map(|hit| hit.start)).or(event)
}

/// The row over the text: the headline once it has scrolled away, and how far one is.
fn head(state: &State, reader: &Reader, item: &Item, buffer: &mut Buffer) {
    let (area, text) = (state.layout.article, state.layout.text);
    let active = state.shape.focus == Pane::Article;
    let style = if active { state.theme.border_active } else { state.theme.dim };
    let place = if reader.at_end() {
        Clean::literal(if reader.shows_headline() { "all" } else { "end" })
    } else {
        words!("{}%", reader.percent())
    };
    let right = text.right().min(area.right());
    let left = paint::text_right(buffer, right, area.y, text.width, place.whole(), style);
    if !reader.shows_headline() {
        let room = left.saturating_sub(text.x + 2);
        paint::text(buffer, text.x, area.y, room, item.headline().whole(), state.theme.dim);
    }
}

/// What lies over the text because of where the reader is.
struct Marks<'a> {
    below: Layer<Tag>,
    above: Layer<Tag>,
    hits: Option<&'a crate::app::reader::Search>,
    selected: Option<Span>,
}

fn draw_row(
    state: &State,
    reader: &Reader,
    item: &Item,
    marks: &Marks<'_>,
    row: &Row,
    area: Rect,
    buffer: &mut Buffer,
) {
    let theme = &state.theme;
    let article = &item.article;
    match row.kind {
        RowKind::Blank => {}
        RowKind::Title(span) => {
            if let Some(title) = &article.title {
                paint::row(buffer, area, title.slice(span), span, theme.title, wrap::Tabs::Blank);
            }
        }
        RowKind::About(0) => about(state, item, area, buffer),
        RowKind::About(_) => {
            paint::text(buffer, area.x, area.y, area.width, notes(item).whole(), theme.dim);
        }
        RowKind::Links => {
            let links = &reader.links;
            let heading = match links.more {
                0 => Clean::literal("Links"),
                more => words!("Links (the first {} of {})", links.listed.len(), links.listed.len() + more),
            };
            paint::text(buffer, area.x, area.y, area.width, heading.whole(), theme.heading);
        }
        RowKind::Link(at) => {
            if let Some(listed) = reader.links.listed.get(at) {
                link(theme, at + 1, listed, area, buffer);
            }
        }
        RowKind::Text { span, kind, first } => {
            let inner =
                Rect { x: area.x + row.indent.min(area.width), width: area.width.saturating_sub(row.indent), ..area };
            let style = match kind {
                BlockKind::Heading(1) => theme.title,
                BlockKind::Heading(_) | BlockKind::Row { header: true, .. } => theme.heading,
                BlockKind::Caption => theme.dim,
                _ => theme.text,
            };
            match kind {
                BlockKind::Item { number, .. } if first => {
                    let sign = number.map_or(Clean::literal("•"), |number| words!("{number}."));
                    let right = inner.x.saturating_sub(1).max(area.x + 1);
                    paint::text_right(buffer, right, area.y, right - area.x, sign.whole(), theme.dim);
                }
                BlockKind::Quote => {
                    paint::text(buffer, area.x, area.y, 1, CleanStr::literal("│"), theme.dim);
                }
                _ => {}
            }
            let drawn = paint::row(buffer, inner, article.doc.text.slice(span), span, style, reader.tabs(row));
            let mut lay = |layer: &[(Span, Tag)]| {
                for (at, tag) in layer.iter().filter(|(at, _)| at.overlaps(span)) {
                    drawn.patch(buffer, *at, tag_style(theme, *tag));
                }
            };
            // Statements, then the current one, then names over it, then what is pointed at.
            reader.layers.below.iter().for_each(|layer| lay(touching(layer, span)));
            lay(&marks.below);
            reader.layers.above.iter().for_each(|layer| lay(touching(layer, span)));
            lay(&marks.above);
            if let Some(search) = marks.hits {
                let first = search.hits.partition_point(|hit| hit.end <= span.start);
                for (index, hit) in search.hits.iter().enumerate().skip(first) {
                    if hit.start >= span.end {
                        break;
                    }
                    let current = search.at == Some(index);
                    let extra = if current { Modifier::BOLD | Modifier::UNDERLINED } else { Modifier::empty() };
                    drawn.patch(buffer, *hit, theme.found.add_modifier(extra));
                }
            }
            if let Some(selected) = marks.selected.filter(|selected| selected.overlaps(span)) {
                drawn.patch(buffer, selected, tag_style(theme, Tag::Selected));
            }
            bar(state, reader, span, area, buffer);
        }
    }
}

/// A link of the list: `[1] host — words`.
fn link(theme: &Theme, number: usize, listed: &Listed, area: Rect, buffer: &mut Buffer) {
    let refused = listed.target.is_err();
    let host = if refused { theme.dim } else { theme.link };
    let mut x = area.x;
    for (words, style) in [
        (words!("[{number}] "), theme.dim),
        (listed.host(), host),
        (words!(" — "), theme.dim),
        (listed.what(), theme.text),
    ] {
        x += paint::text(buffer, x, area.y, area.right().saturating_sub(x), words.whole(), style);
    }
}

/// The bar of a statement, in the gutter.
fn bar(state: &State, reader: &Reader, span: Span, area: Rect, buffer: &mut Buffer) {
    let Some(x) = area.x.checked_sub(2).filter(|x| *x >= state.layout.article.x) else { return };
    let touched = touching(&reader.layers.statements, span);
    let current = touched.iter().find(|(_, number)| Some(*number) == reader.current);
    let Some((_, number)) = current.or(touched.first()) else { return };
    let group = reader.speakers.of.get(*number).copied().unwrap_or(0);
    let doubtful = reader.found.as_ref().and_then(|found| found.quotations.get(*number));
    let doubtful = doubtful.is_some_and(|quotation| quotation.confidence < DOUBTFUL);
    let unknown = reader.speakers.groups.get(group).is_some_and(|group| group.unknown);
    let sign = match (current.is_some(), doubtful || unknown) {
        (true, _) => "▌",
        (false, false) => "▎",
        (false, true) => "┊",
    };
    let style = if unknown { state.theme.dim } else { state.theme.speaker(group) };
    paint::text(buffer, x, area.y, 1, CleanStr::literal(sign), style);
}

/// How words look for a reason.
pub fn tag_style(theme: &Theme, tag: Tag) -> Style {
    match tag {
        Tag::Strong => Style::new().add_modifier(Modifier::BOLD),
        Tag::Emphasis => Style::new().add_modifier(Modifier::ITALIC),
        Tag::Code => theme.badge,
        Tag::Link => theme.link,
        Tag::Quotation => theme.quotation,
        Tag::Current => theme.quotation_current,
        Tag::Person => theme.person,
        Tag::Place => theme.place,
        Tag::Organisation => theme.organisation,
        Tag::People => theme.people,
        Tag::Source => theme.source,
        Tag::Cue => theme.cue,
        Tag::Antecedent => theme.antecedent,
        Tag::Pointed => theme.pointed,
        Tag::Trigger => alone(theme.trigger),
        Tag::Actor => alone(theme.actor),
        Tag::Recipient => alone(theme.recipient),
        Tag::EventPlace => alone(theme.event_place),
        Tag::EventDay => alone(theme.event_day),
        Tag::Marked => theme.marked_country,
        Tag::Noted => theme.noted,
        Tag::Selected => alone(theme.selection),
    }
}

/// The style without what lies beneath it: the parts of an event are often names, and are to be told apart by more than
/// colour; selected words look all the same.
fn alone(style: Style) -> Style {
    Style { sub_modifier: style.add_modifier.complement(), ..style }
}

/// Source · date · countries · statements · reading time; where they do not fit, without the other countries named, or
/// without the time too.
fn about(state: &State, item: &Item, area: Rect, buffer: &mut Buffer) {
    let width = |parts: &[(Clean, Style)]| parts.iter().map(|(part, _)| wrap::width(part) + 3).sum::<usize>();
    let mut parts = about_parts(state, item, true);
    if width(&parts) > usize::from(area.width) + 3 {
        parts = about_parts(state, item, false);
    }
    if width(&parts) > usize::from(area.width) + 3 {
        parts.pop();
    }
    let mut x = area.x;
    for (index, (part, style)) in parts.iter().enumerate() {
        if index > 0 {
            let gap = if part.starts_with('(') { CleanStr::literal(" ") } else { CleanStr::literal(" · ") };
            x += paint::text(buffer, x, area.y, area.right().saturating_sub(x), gap, state.theme.dim);
        }
        x += paint::text(buffer, x, area.y, area.right().saturating_sub(x), part.whole(), *style);
    }
}

/// As many tags are shown.
const TAGS: usize = 8;

fn about_parts(state: &State, item: &Item, others: bool) -> Vec<(Clean, Style)> {
    let theme = &state.theme;
    let article = &item.article;
    let mut parts: Vec<(Clean, Style)> = Vec::new();
    if item.row.as_ref().is_some_and(|row| row.versions > 1) {
        parts.push((Clean::literal("updated"), theme.notice));
    }
    parts.extend(article.source.as_ref().map(|source| (words!("{}", beginning(source)), theme.dim)));
    parts.extend(item.date().map(|date| (day(date), theme.dim)));
    match state.found() {
        Some(found) => {
            let about = &found.countries.about;
            parts.extend(codes(about.iter().copied()).map(|codes| (codes, theme.badge)));
            let named = found.countries.mentioned.iter().map(|(country, _)| *country);
            let named = codes(named.filter(|country| others && !about.contains(country)).take(5));
            parts.extend(named.map(|codes| (words!("({codes})"), theme.dim)));
            let views = found.quotations.iter().filter(|quotation| !quotation.class.is_statement()).count();
            for (number, what) in [(found.quotations.len() - views, "statement"), (views, "view")] {
                if number > 0 {
                    parts.push((count(number, what), theme.dim));
                }
            }
        }
        None => parts.extend(crate::app::why_empty(item).map(|why| (why, theme.notice))),
    }
    let tags: Vec<String> = item.tags.iter().take(TAGS).map(|tag| format!("+{}", beginning(tag))).collect();
    if !tags.is_empty() {
        parts.push((words!("{}", tags.join(" ")), theme.badge));
    }
    let minutes = article.doc.text.len().div_ceil(READING).max(1);
    let time = if minutes < 90 { words!("{minutes} min") } else { words!("{} h", minutes.div_ceil(60)) };
    parts.push((time, theme.dim));
    parts
}

fn codes(countries: impl Iterator<Item = Country>) -> Option<Clean> {
    let codes: Vec<String> = countries.map(|country| country.to_string()).collect();
    (!codes.is_empty()).then(|| words!("{}", codes.join(" ")))
}

/// The byline, and what cleaning took out.
fn notes(item: &Item) -> Clean {
    let article = &item.article;
    let mut notes = Vec::new();
    if !article.authors.is_empty() {
        const NAMED: usize = 32;
        let authors = article.authors.iter().take(NAMED).map(|author| beginning(author).to_string());
        notes.push(words!("By {}", authors.collect::<Vec<_>>().join(", ")));
    }
    match removed_characters(article) {
        0 => {}
        removed => notes.push(words!("{} removed", count(removed, "hidden character"))),
    }
    words!("{}", notes.iter().map(Clean::as_str).collect::<Vec<_>>().join(" · "))
}

/// Why there is no article.
fn empty(state: &State, buffer: &mut Buffer) {
    let library = &state.library;
    let key = |command| words::key(&state.config.keys, command);
    let mut lines: Vec<Clean> = Vec::new();
    let listing = state.shelf.as_ref().is_some_and(|shelf| shelf.listing);
    let wanted = state.shelf.as_ref().and_then(|shelf| shelf.wanted.as_ref());
    if let Some(wanted) = wanted.filter(|_| !listing) {
        lines.push(words!("No article for {}", wanted.text));
        let waiting = state.shelf.as_ref().map_or(0, |shelf| shelf.left);
        if waiting > 0 {
            lines.push(words!("{} not annotated yet.", count(waiting, "article")));
        }
        lines.push(words!("{} changes the query, {} clears it.", key(Command::Narrow), key(Command::ClearFilter)));
    } else if library.filter.is_set() && !listing && (!library.items.is_empty() || state.shelf.is_some()) {
        let waiting = state.shelf.as_ref().map_or(library.items.len() - library.done, |shelf| shelf.left);
        lines.push(words!("No article {}.", words::filter(&library.filter)));
        if waiting > 0 {
            lines.push(words!("{} not annotated yet.", count(waiting, "article")));
        }
        lines.push(words!(
            "{} clears the filter, {} picks countries.",
            key(Command::ClearFilter),
            key(Command::PickCountries)
        ));
    } else if let Some(shelf) = &state.shelf {
        if let Some(why) = &shelf.failed {
            lines.push(why.clone());
        } else if shelf.listing || state.loading {
            lines.push(Clean::literal("Reading…"));
        } else if shelf.tree.data.feeds.is_empty() && shelf.tree.data.counts.all == 0 {
            lines.push(Clean::literal("No feeds yet."));
            lines.push(Clean::literal("Subscribe to one: dateline add URL"));
            lines.push(Clean::literal("Or bring yours: dateline import feeds.opml"));
        } else {
            lines.push(words!("Nothing in {}.", shelf.name()));
            lines.push(words!(
                "{} goes to the feeds, {} asks them for news.",
                key(Command::FocusTree),
                key(Command::RefreshAll)
            ));
            if let Some(problem) = shelf.tree.feed().and_then(crate::app::tree::trouble) {
                lines.push(problem);
            }
        }
    } else if state.loading {
        lines.push(Clean::literal("Reading…"));
    } else {
        lines.push(Clean::literal("No articles."));
        lines.push(Clean::literal("Name files or folders: dateline PATH…"));
        if !state.reports.is_empty() {
            lines.push(words!("{} tells what was left out or could not be read.", key(Command::Reports)));
        }
        lines.push(words!("{} leaves.", key(Command::Quit)));
    }
    let text = state.layout.text;
    let rows = lines.iter().flat_map(|line| words::rows(line, usize::from(text.width), 4));
    let top = text.y + text.height / 3;
    for (y, row) in (top..text.bottom()).zip(rows) {
        paint::text(buffer, text.x, y, text.width, row.whole(), state.theme.dim);
    }
}
