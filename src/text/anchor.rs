//! Words in a text, kept so that they are found again after the text has changed.
//!
//! A [`Quote`] holds the words, a little of what stands before and after them, and where they stood. [`find`] looks for them
//! where they stood, then anywhere, then for words that are nearly the same; what none of these finds is orphaned (`None`).
//! Positions count Unicode characters, spans bytes.

mod alike;

use memchr::memmem;

use self::alike::{Hit, alike, is_same};
use super::{Clean, Span};

/// How many characters of what stands before and after the words are kept.
pub const CONTEXT: usize = 32;

/// Words longer than this, in characters, are looked for by their two ends where they have changed.
const LONG: usize = 512;
/// What of either end of long words is looked for, in characters.
const END: usize = 256;
/// Texts longer than this, in characters, are not searched for words that are only nearly the same: with the longest words it
/// takes about a second at worst.
const LONGEST_TEXT: usize = 1 << 19;

/// Words of a text with what tells them from the same words elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Quote {
    /// The words; empty where only their place is known.
    pub exact: Clean,
    /// What stands before them.
    pub prefix: Clean,
    /// What stands after them.
    pub suffix: Clean,
    /// Where they stood: the first character, and one past the last.
    pub position: Option<(usize, usize)>,
}

/// How well words that were found again fit what was kept of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// The same words at the same place.
    Here,
    /// The same words at another place.
    Moved,
    /// Other words with few differences; so many characters were added, taken away or replaced.
    Similar(usize),
    /// Only the place was kept: nothing tells whether these are the words.
    PlaceAlone,
}

/// Words that were found again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchored {
    /// Where, in bytes of the text.
    pub span: Span,
    /// How well they fit.
    pub fit: Fit,
}

impl Quote {
    /// The words at `span` of `text`, whose first character and the one past the last are at `position`.
    pub fn of(text: &Clean, span: Span, position: (usize, usize)) -> Quote {
        let before = text.get(..span.start).unwrap_or_default();
        let after = text.get(span.end..).unwrap_or_default();
        let start = before.char_indices().rev().take(CONTEXT).last().map_or(span.start, |(at, _)| at);
        let end = after.char_indices().nth(CONTEXT).map_or(text.len(), |(at, _)| span.end + at);
        let part = |start, end| text.slice(Span::new(start, end)).to_clean();
        Quote {
            exact: part(span.start, span.end),
            prefix: part(start, span.start),
            suffix: part(span.end, end),
            position: Some(position),
        }
    }

    /// The words at `span` of `text`, with their place in it. For many words of one text, [`Quote::of`] with
    /// [`CharOffsets`](super::CharOffsets) takes less time.
    pub fn at(text: &Clean, span: Span) -> Quote {
        let characters = |end: usize| text.get(..end).unwrap_or_default().chars().count();
        Quote::of(text, span, (characters(span.start), characters(span.end)))
    }

    /// How much of what was kept around the words stands around `span` too, in characters.
    fn likeness(&self, text: &str, span: Span) -> usize {
        let before = text.get(..span.start).unwrap_or_default().chars().rev();
        let after = text.get(span.end..).unwrap_or_default().chars();
        let same = |(a, b): &(char, char)| is_same(*a, *b);
        self.prefix.chars().rev().zip(before).take_while(same).count()
            + self.suffix.chars().zip(after).take_while(same).count()
    }
}

/// Words between quotation marks, which are not doubled where the words have their own at either end.
pub fn in_marks(words: &str) -> String {
    let marks = ['“', '”', '"'];
    let (open, close) = (words.starts_with(marks), words.ends_with(marks));
    format!("{}{words}{}", if open { "" } else { "“" }, if close { "" } else { "”" })
}

/// The words of `quote` in `text`, which may have changed since; `None` if they are there no more.
pub fn find(quote: &Quote, text: &str) -> Option<Anchored> {
    find_same(quote, text).or_else(|| if quote.exact.is_empty() { None } else { similar(quote, text) })
}

/// The very words of `quote` in `text`, at their place or another. Takes much less time than to find that they have changed.
pub fn find_same(quote: &Quote, text: &str) -> Option<Anchored> {
    let kept = quote.position.and_then(|(start, end)| place(text, start, end));
    if quote.exact.is_empty() {
        return kept.filter(|span| !span.is_empty()).map(|span| Anchored { span, fit: Fit::PlaceAlone });
    }
    let was = quote.position.map(|(start, _)| byte(text, start));
    let same_place = was.map(|start| Span::new(start, start + quote.exact.len()));
    let is_there = |span: &Span| text.get(span.start..span.end) == Some(quote.exact.as_str());
    let around = quote.prefix.chars().count() + quote.suffix.chars().count();
    if let Some(span) = same_place.filter(|span| is_there(span) && quote.likeness(text, *span) == around) {
        return Some(Anchored { span, fit: Fit::Here });
    }
    // What stands around the words tells more than the place: the same words may stand there in another sentence.
    let far = |span: &Span| was.map_or(0, |was| was.abs_diff(span.start));
    let best = occurrences(text, &quote.exact)
        .min_by_key(|span| (std::cmp::Reverse(quote.likeness(text, *span)), far(span), span.start));
    best.map(|span| Anchored { span, fit: if Some(span) == same_place { Fit::Here } else { Fit::Moved } })
}

/// Wherever `words` stand in `text`, also over one another.
fn occurrences<'t>(text: &'t str, words: &'t str) -> impl Iterator<Item = Span> + 't {
    let finder = memmem::Finder::new(words.as_bytes());
    let step = words.chars().next().map_or(1, char::len_utf8);
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + finder.find(text.as_bytes().get(from..)?)?;
        from = start + step;
        Some(Span::new(start, start + words.len()))
    })
}

/// Words that are nearly those of `quote`.
fn similar(quote: &Quote, text: &str) -> Option<Anchored> {
    let offsets: Vec<usize> =
        text.char_indices().map(|(at, _)| at).chain([text.len()]).take(LONGEST_TEXT + 2).collect();
    if offsets.len() > LONGEST_TEXT + 1 {
        return None;
    }
    let letters: Vec<char> = text.chars().collect();
    let words: Vec<char> = quote.exact.chars().collect();
    let was = quote.position.map(|(start, _)| start);
    let span = |hit: &Hit| Span::new(offsets[hit.start], offsets[hit.end]);
    let best = |part: &[char]| {
        alike(part, &letters).into_iter().min_by_key(|hit| {
            let far = was.map_or(0, |was| was.abs_diff(hit.start));
            (hit.errors, std::cmp::Reverse(quote.likeness(text, span(hit))), far, hit.start, hit.end)
        })
    };
    let hit = if words.len() <= LONG {
        best(&words)?
    } else {
        let (head, tail) = (best(&words[..END])?, best(&words[words.len() - END..])?);
        let length = tail.end.checked_sub(head.start)?;
        if length.abs_diff(words.len()) > words.len() / 4 {
            return None;
        }
        Hit { start: head.start, end: tail.end, errors: head.errors + tail.errors + length.abs_diff(words.len()) }
    };
    Some(Anchored { span: span(&hit), fit: Fit::Similar(hit.errors) })
}

/// The bytes from one character to another, if the text is as long.
fn place(text: &str, start: usize, end: usize) -> Option<Span> {
    if end < start {
        return None;
    }
    let mut offsets = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let first = offsets.nth(start)?;
    let last = if end == start { first } else { offsets.nth(end - start - 1)? };
    Some(Span::new(first, last))
}

/// Where the character with this number begins; the end of a shorter text.
fn byte(text: &str, character: usize) -> usize {
    text.char_indices().nth(character).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests;
