//! The lines at the top and at the bottom: why these articles, what can be pressed, what happened.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::paint;
use crate::app::State;
use crate::app::facts::{Cited, Tab, kind_name};
use crate::app::layout::{Pane, Room};
use crate::app::links;
use crate::app::names;
use crate::app::prompt::{Kind, Prompt};
use crate::app::reader::Reader;
use crate::app::state::Overlay;
use crate::app::words::{self, count};
use crate::config::{Command, Context};
use crate::model::Annotations;
use crate::text::{Clean, CleanStr, Span, clean, wrap};
use crate::words;

/// Draws the line at the top.
pub fn header(state: &State, buffer: &mut Buffer) {
    let area = state.layout.header;
    if area.is_empty() {
        return;
    }
    let theme = &state.theme;
    let library = &state.library;
    let mut right = area.right().saturating_sub(1);
    let waiting = match &state.shelf {
        // Where only what is opened is annotated, the rest does not wait for it.
        Some(shelf) => {
            if state.config.annotate_ahead {
                shelf.left
            } else {
                0
            }
        }
        None => library.items.len() - library.done,
    };
    let refreshing = state.shelf.as_ref().and_then(|shelf| shelf.refreshing);
    let progress = match (state.loading, waiting) {
        _ if let Some((done, all)) = refreshing => Some(words!("asking feeds {done}/{all}")),
        (true, _) => Some(Clean::literal("reading…")),
        (false, 0) => None,
        (false, waiting) => Some(words!("{waiting} to annotate")),
    };
    let failures = state.reports.failures;
    let told = words::key(&state.config.keys, Command::Reports);
    let progress = progress.or((failures > 0).then(|| words!("{failures} unreadable · {told} tells")));
    if let Some(progress) = progress {
        right = paint::text_right(buffer, right, area.y, area.width, progress.whole(), theme.dim).saturating_sub(2);
    }
    let mut x = area.x + 1;
    x += paint::text(buffer, x, area.y, right.saturating_sub(x), CleanStr::literal("dateline"), theme.title) + 2;
    let wanted = state.shelf.as_ref().and_then(|shelf| shelf.wanted.as_ref());
    let (what, style) = if wanted.is_some() || library.filter.is_set() {
        let all = state.shelf.as_ref().map_or(library.items.len(), |shelf| shelf.tree.data.counts.all);
        let listed = library.listed.len();
        let clear = words::key(&state.config.keys, Command::ClearFilter);
        let query = wanted.map(|wanted| words!("for {}", wanted.text));
        let country = library.filter.is_set().then(|| words::filter(&library.filter));
        let parts: Vec<String> = query.iter().chain(&country).map(Clean::to_string).collect();
        (words!("{listed} of {all} {} · {clear} clears", parts.join(", ")), theme.notice)
    } else if let Some(shelf) = &state.shelf {
        let counts = shelf.tree.data.counts;
        let what = words!("{} · {} unread", count(counts.all, "article"), counts.unread);
        (what, theme.dim)
    } else {
        let unread = library.unread();
        let unread = if unread > 0 { words!(" · {unread} unread") } else { Clean::default() };
        (words!("{}{unread}", count(library.items.len(), "article")), theme.dim)
    };
    paint::text(buffer, x, area.y, right.saturating_sub(x), what.whole(), style);
}

/// Draws the line at the bottom; returns where the cursor stands in the search prompt.
pub fn footer(state: &State, buffer: &mut Buffer) -> Option<Position> {
    let area = state.layout.footer;
    if area.is_empty() {
        return None;
    }
    let theme = &state.theme;
    let mut right = area.right().saturating_sub(1);
    let place = place(state);
    let prompt = match &state.overlay {
        Overlay::Prompt(prompt) => Some(prompt),
        _ => None,
    };
    // The notice needs the room more than the place, and the place more than hints.
    let needed = state.notice.as_ref().map_or(0, |notice| wrap::width(&notice.text) + 4);
    if needed + wrap::width(&place) < usize::from(area.width) || prompt.is_some() {
        let room = area.width.saturating_sub(4);
        right = paint::text_right(buffer, right, area.y, room, place.whole(), theme.status).saturating_sub(2);
    }
    let x = area.x + 1;
    let room = right.saturating_sub(x);
    if let Some(prompt) = prompt {
        let (input, sign) = (&prompt.input, prompt.sign());
        let mark = paint::text(buffer, x, area.y, room.min(1), sign, theme.title);
        let x = x + mark;
        let room = right.saturating_sub(x + 1);
        let typed = clean(input.value()).text;
        let skip = wrap::fit(&typed, wrap::width(&typed).saturating_sub(usize::from(room)));
        paint::text(buffer, x, area.y, room, typed.slice(Span::new(skip, typed.len())), theme.text);
        return super::at(x + input.visual_cursor().min(usize::from(room)) as u16, area.y);
    }
    if let Some(notice) = &state.notice {
        let style = if notice.error { theme.error } else { theme.notice };
        paint::text(buffer, x, area.y, room, notice.text.whole(), style);
        return None;
    }
    if let Overlay::Hints(labels) = &state.overlay {
        let told = words!("{}: a label opens its link, in capitals copies it", count(labels.labels.len(), "link"));
        paint::text(buffer, x, area.y, room, told.whole(), theme.status);
        return None;
    }
    hints(state, x, right, buffer);
    None
}

/// The keys that do something now, as many as fit.
fn hints(state: &State, mut x: u16, right: u16, buffer: &mut Buffer) {
    let theme = &state.theme;
    let y = state.layout.footer.y;
    for (command, label) in useful(state) {
        let key = words::key(&state.config.keys, command);
        let needed = wrap::width(&key) + 1 + wrap::width(label);
        if key.is_empty() {
            continue;
        }
        if usize::from(x) + needed > usize::from(right) {
            break;
        }
        x += paint::text(buffer, x, y, right - x, key.whole(), theme.title) + 1;
        x += paint::text(buffer, x, y, right.saturating_sub(x), CleanStr::literal(label), theme.status) + 3;
    }
}

/// Commands that work now, with a short name, the most useful first.
fn useful(state: &State) -> Vec<(Command, &'static str)> {
    use Command::*;
    if state.context() == Context::Select {
        let mut hints = vec![(CopySelection, "copy")];
        // Notes are kept in the library.
        if state.shelf.is_some() {
            hints.extend([(Note, "note"), (HighlightSelection, "highlight")]);
        }
        hints.extend([
            (EndSelection, "leave"),
            (SelectWord, "word"),
            (SelectDown, "row"),
            (SelectSentence, "sentence"),
            (SelectParagraph, "paragraph"),
            (SelectOtherEnd, "other end"),
            (Help, "help"),
        ]);
        return hints;
    }
    let mut hints = Vec::new();
    let found = state.found();
    let quoted = found.is_some_and(|found| !found.quotations.is_empty());
    let named = state.reader.as_ref().is_some_and(|reader| reader.current_mention().is_some());
    match state.shape.focus {
        Pane::Article if named => hints.push((Open, "who is that")),
        Pane::Tree => hints.push((Open, "list")),
        Pane::List if state.reader.is_some() => hints.push((Open, "read")),
        Pane::Panel if !state.panel.facts.entries.is_empty() => {
            hints.push((Open, "go there"));
            if state.panel.tab == Tab::Officials {
                hints.push((ShowCard, "who is that"));
            }
        }
        _ => {}
    }
    if state.shape.focus == Pane::Panel && state.panel.tab == Tab::Events {
        if state.event_told().is_some() && state.reader.as_ref().is_some_and(|reader| reader.current.is_none()) {
            hints.push((ShowWhy, "why"));
        }
        hints.push((PickKinds, if state.panel.only.is_empty() { "kinds" } else { "all kinds" }));
    }
    if state.shape.focus == Pane::Panel && state.panel.tab == Tab::Notes && !state.notes().is_empty() {
        hints.extend([(Note, "change it"), (RemoveNote, "take it away")]);
    }
    if !state.jumps.is_empty() {
        hints.push((Back, "back"));
    }
    if quoted {
        hints.push((NextQuotation, "next quote"));
    }
    if found.is_some_and(|found| !found.mentions.is_empty()) {
        hints.push((NextName, "next name"));
    }
    if let Some(reader) = &state.reader {
        if reader.current.is_some() {
            hints.push((NextBySpeaker, "same speaker"));
            hints.push((Copy, "copy"));
            hints.push((ShowWhy, "why"));
            hints.push((ShowCard, "who"));
        }
        if state.shelf.is_some() && (reader.current.is_some() || named) {
            hints.extend([(Note, "note"), (Correct, "set right")]);
        }
        if reader.search.as_ref().is_some_and(|search| !search.hits.is_empty()) {
            hints.push((NextMatch, "next match"));
        }
    }
    if state.shape.focus == Pane::List && state.shelf.is_some() {
        hints.push((ListStatements, if state.statements().is_some() { "articles" } else { "statements" }));
    }
    if state.library.filter.is_set() {
        hints.push((ClearFilter, "all articles"));
    } else if !state.library.items.is_empty() {
        hints.push((PickCountries, "country"));
    }
    if state.shape.room() != Room::Three && !state.shape.shows(Pane::List) && state.library.items.len() > 1 {
        hints.push((ToggleList, "list"));
    }
    if let Some(reader) = &state.reader {
        hints.push((FocusNext, "pane"));
        hints.push((Search, "find"));
        if state.open_item().is_some_and(|item| item.url().is_some()) {
            hints.push((OpenArticle, "browser"));
        }
        if !reader.links.listed.is_empty() {
            hints.push((HintLinks, "links"));
        }
    }
    if state.shelf.is_some() {
        hints.push((RefreshAll, "refresh"));
        hints.push((Star, "star"));
    }
    hints.push((Help, "help"));
    hints.push((Quit, "quit"));
    hints
}

/// The link that is typed at the prompt.
fn chosen(reader: &Reader, typed: &str, at: usize) -> Clean {
    match links::typed(reader, typed, at) {
        Some((number, listed, fitting)) => {
            let more = if fitting > 1 { words!(" · {} more fit", fitting - 1) } else { Clean::default() };
            let address = match &listed.target {
                Ok(address) => address.shown(),
                Err(refused) => words!("{refused}"),
            };
            words!("[{}] {}{more}", number + 1, words::beginning(&address))
        }
        None if typed.trim().is_empty() => words!("{}: number or words", count(reader.links.listed.len(), "link")),
        None => Clean::literal("no such link"),
    }
}

/// The current event: its number in text order, its kind, and the words by which it was found.
fn event(state: &State, reader: &Reader, found: &Annotations, number: usize) -> Clean {
    let Some(event) = found.events.get(number) else { return Clean::default() };
    let told = words!("{} · {}", kind_name(event.kind), event.reason(&reader.article.doc.text));
    // The keys keep some room.
    let (told, most) = match usize::from(state.layout.footer.width) {
        narrow @ ..60 => (told, narrow / 2),
        wide => (words!("event {} of {} · {told}", number + 1, found.events.len()), wide * 3 / 5),
    };
    words::rows(&told, most, 1).into_iter().next().unwrap_or_default()
}

/// Where one is: the match, the name with who that is, the quotation with its speaker.
fn place(state: &State) -> Clean {
    let Some(reader) = &state.reader else { return Clean::default() };
    match &state.overlay {
        Overlay::Prompt(Prompt { kind: Kind::Link { at }, input, .. }) => return chosen(reader, input.value(), *at),
        Overlay::Prompt(Prompt { kind: Kind::Pipe { .. }, .. }) => {
            return Clean::literal("the article goes to this command");
        }
        _ => {}
    }
    if let Some(told) = state.told_selection() {
        return told;
    }
    if let Some(search) = reader.search.as_ref().filter(|search| !search.words.is_empty()) {
        return match search.at {
            Some(at) => words!("match {} of {}", at + 1, search.hits.len()),
            None => Clean::literal("no match"),
        };
    }
    let found = reader.found.as_deref();
    if let Some((found, number)) = found.zip(state.event_told()) {
        return event(state, reader, found, number);
    }
    if let Some(told) = found.zip(reader.current_mention()).and_then(|(found, mention)| names::told(found, mention)) {
        return words::rows(&told, 60, 1).into_iter().next().unwrap_or_default();
    }
    let Some(number) = reader.current else { return Clean::default() };
    let all = reader.speakers.of.len();
    match found.and_then(|found| Cited::new(&reader.article, found, &reader.speakers, number)) {
        Some(cited) => words!("quote {} of {all} · {}", number + 1, cited.place()),
        None => words!("quote {} of {all}", number + 1),
    }
}
