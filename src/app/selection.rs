//! Selected words: a stretch of an article's text between an end that stays and an end that moves, and where the moving
//! one goes. Both are byte offsets into the text, never inside a grapheme.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::reader::Step;
use super::words::count;
use crate::annotate::segment::segment;
use crate::model::{Block, BlockKind, Doc};
use crate::text::wrap::segments;
use crate::text::{Clean, Span};
use crate::words;

/// Words of a selection that are counted at most: they are counted for every frame.
const MOST_COUNTED: usize = 10_000;

/// A stretch of a text with the end that moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selection {
    /// The end that stays.
    pub fixed: usize,
    /// The end that moves; before the other one where the selection was made backwards.
    pub moving: usize,
    /// The column that moving from row to row keeps to, through shorter rows too.
    pub column: Option<usize>,
}

/// How far the moving end goes at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A grapheme.
    Character,
    /// To the end, or the beginning, of a word.
    Word,
    /// To the end, or the beginning, of a sentence.
    Sentence,
    /// To the end, or the beginning, of a block.
    Paragraph,
}

impl Selection {
    /// From `fixed` to `moving`, and as far beyond them as it takes to cut no grapheme.
    pub fn new(text: &str, fixed: usize, moving: usize) -> Selection {
        let (fixed, moving) = if fixed <= moving {
            (floor(text, fixed), ceil(text, moving))
        } else {
            (ceil(text, fixed), floor(text, moving))
        };
        Selection { fixed, moving, column: None }
    }

    /// These words; the end moves.
    pub fn over(text: &str, span: Span) -> Selection {
        Selection::new(text, span.start, span.end)
    }

    /// From one character (or an empty place) to another one, with both of them, as a pointer selects.
    pub fn between(text: &str, from: Span, to: Span) -> Selection {
        if to.start < from.start {
            Selection::new(text, from.end, to.start)
        } else {
            Selection::new(text, from.start, to.end)
        }
    }

    /// What lies between the ends, which may be nothing.
    pub fn span(self) -> Span {
        Span::new(self.fixed.min(self.moving), self.fixed.max(self.moving))
    }

    /// The other end moves.
    pub fn swapped(self) -> Selection {
        Selection { fixed: self.moving, moving: self.fixed, column: None }
    }

    /// The moving end one unit further, at most to the end of the text.
    pub fn stepped(self, doc: &Doc, unit: Unit, step: Step) -> Selection {
        let at = self.moving;
        let to = match unit {
            Unit::Character => within_blocks(doc, character(&doc.text, at, step), step),
            Unit::Word => word(doc, at, step),
            Unit::Sentence => sentence(doc, at, step),
            Unit::Paragraph => paragraph(doc, at, step),
        };
        Selection::new(&doc.text, self.fixed, to)
    }
}

/// The word at byte `at`, before it where it ends there; else the next one, else the last one.
pub fn word_at(text: &str, at: usize) -> Option<Span> {
    let at = text.floor_char_boundary(at);
    let (before, after) = text.split_at(at);
    let last = before.unicode_word_indices().next_back();
    let touching = last.filter(|(start, word)| start + word.len() == at).map(|(start, _)| start);
    let next = || after.unicode_word_indices().next().map(|(start, _)| at + start);
    let start = touching.or_else(next).or(last.map(|(start, _)| start))?;
    let (_, word) = text.get(start..)?.unicode_word_indices().next()?;
    Some(Span::new(start, start + word.len()))
}

/// How much is selected: `12 words selected`.
pub fn told(text: &str, span: Option<Span>) -> Clean {
    let Some(selected) = span.map(|span| span.of(text)) else { return Clean::literal("nothing selected") };
    match selected.unicode_words().take(MOST_COUNTED + 1).count() {
        0 => words!("{} selected", count(selected.graphemes(true).count(), "character")),
        words if words > MOST_COUNTED => words!("more than {MOST_COUNTED} words selected"),
        words => words!("{} selected", count(words, "word")),
    }
}

/// The boundary between graphemes at `at` or before it.
fn floor(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(false) => cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0),
        _ => at,
    }
}

/// The boundary between graphemes at `at` or after it.
fn ceil(text: &str, at: usize) -> usize {
    let at = text.ceil_char_boundary(at.min(text.len()));
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(false) => cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len()),
        _ => at,
    }
}

fn character(text: &str, at: usize, step: Step) -> usize {
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    let to = match step {
        Step::Next => cursor.next_boundary(text, 0),
        Step::Previous => cursor.prev_boundary(text, 0),
    };
    to.ok().flatten().unwrap_or(at)
}

/// `at`, or beyond the white space between two blocks that it is in, which is drawn nowhere.
fn within_blocks(doc: &Doc, at: usize, step: Step) -> usize {
    let index = doc.block_at(at);
    let Some(block) = doc.blocks.get(index) else { return at };
    if at <= block.span.end {
        return at.max(block.span.start);
    }
    let next = doc.blocks.get(index + 1).filter(|_| step == Step::Next);
    next.map_or(block.span.end, |next| next.span.start)
}

/// Where the blocks begin or end.
fn limit(doc: &Doc, step: Step) -> usize {
    match step {
        Step::Next => doc.blocks.last().map_or(doc.text.len(), |block| block.span.end),
        Step::Previous => doc.blocks.first().map_or(0, |block| block.span.start),
    }
}

fn word(doc: &Doc, at: usize, step: Step) -> usize {
    let (before, after) = doc.text.split_at(at);
    let to = match step {
        Step::Next => after.unicode_word_indices().next().map(|(start, word)| at + start + word.len()),
        Step::Previous => before.unicode_word_indices().next_back().map(|(start, _)| start),
    };
    to.unwrap_or(limit(doc, step))
}

fn paragraph(doc: &Doc, at: usize, step: Step) -> usize {
    let to = match step {
        Step::Next => doc.blocks.iter().map(|block| block.span.end).find(|end| *end > at),
        Step::Previous => doc.blocks.iter().rev().map(|block| block.span.start).find(|start| *start < at),
    };
    to.unwrap_or(limit(doc, step))
}

fn sentence(doc: &Doc, at: usize, step: Step) -> usize {
    let here = doc.block_at(at);
    let text = &doc.text;
    let to = match step {
        Step::Next => doc.blocks.iter().skip(here).find_map(|block| {
            let pieces = segments(text, block.span).into_iter().filter(|piece| piece.end > at);
            let mut ends = pieces.flat_map(|piece| sentences(doc, block.kind, piece)).map(|sentence| sentence.end);
            ends.find(|end| *end > at)
        }),
        Step::Previous => doc.blocks.iter().take(here + 1).rev().find_map(|block| {
            let pieces = segments(text, block.span).into_iter().rev().filter(|piece| piece.start < at);
            let starts = pieces.flat_map(|piece| sentences(doc, block.kind, piece).into_iter().rev());
            starts.map(|sentence| sentence.start).find(|start| *start < at)
        }),
    };
    to.unwrap_or(limit(doc, step))
}

/// The sentences of a piece of a block of this kind, as the annotator cuts them; what has none is one.
fn sentences(doc: &Doc, kind: BlockKind, piece: Span) -> Vec<Span> {
    let blocks = vec![Block { span: Span::new(0, piece.len()), kind }];
    let part = Doc { text: doc.text.slice(piece).to_clean(), blocks, ..Doc::default() };
    let found = segment(&part).sentences.into_iter().map(|sentence| sentence.span);
    let found: Vec<Span> = found.map(|span| Span::new(piece.start + span.start, piece.start + span.end)).collect();
    if found.is_empty() { vec![piece] } else { found }
}

#[cfg(test)]
mod tests {
    use super::Step::{Next, Previous};
    use super::*;
    use crate::text::clean;

    fn doc(paragraphs: &[&str]) -> Doc {
        let mut blocks = Vec::new();
        let mut start = 0;
        for paragraph in paragraphs {
            blocks.push(Block { span: Span::new(start, start + paragraph.len()), kind: BlockKind::Paragraph });
            start += paragraph.len() + 2;
        }
        Doc { text: clean(&paragraphs.join("\n\n")).text, blocks, ..Doc::default() }
    }

    /// What is selected after each of `count` steps, from byte `at` on.
    fn walk(doc: &Doc, at: usize, unit: Unit, step: Step, count: usize) -> Vec<String> {
        let mut selection = Selection::new(&doc.text, at, at);
        let mut seen = Vec::new();
        for _ in 0..count {
            selection = selection.stepped(doc, unit, step);
            seen.push(selection.span().of(&doc.text).to_owned());
        }
        seen
    }

    #[test]
    fn characters_are_graphemes_and_blank_lines_are_stepped_over() {
        let doc = doc(&["ae\u{301}", "🇬🇭x"]);
        let shown = walk(&doc, 0, Unit::Character, Next, 6);
        assert_eq!(
            shown,
            ["a", "ae\u{301}", "ae\u{301}\n\n", "ae\u{301}\n\n🇬🇭", "ae\u{301}\n\n🇬🇭x", "ae\u{301}\n\n🇬🇭x"]
        );
        let shown = walk(&doc, doc.text.len(), Unit::Character, Previous, 4);
        assert_eq!(shown, ["x", "🇬🇭x", "\n\n🇬🇭x", "e\u{301}\n\n🇬🇭x"]);
    }

    #[test]
    fn words_end_where_they_are_left_and_begin_where_they_are_come_upon() {
        let doc = doc(&["Mr. O’Neill left, at 3.5", "Then"]);
        let shown = walk(&doc, 1, Unit::Word, Next, 6);
        let last = "r. O’Neill left, at 3.5\n\nThen";
        assert_eq!(
            shown,
            ["r", "r. O’Neill", "r. O’Neill left", "r. O’Neill left, at", "r. O’Neill left, at 3.5", last]
        );
        let shown = walk(&doc, doc.text.len(), Unit::Word, Previous, 3);
        assert_eq!(shown, ["Then", "3.5\n\nThen", "at 3.5\n\nThen"]);
        assert_eq!(walk(&doc, 3, Unit::Word, Previous, 2), ["Mr.", "Mr."], "not past the beginning");
    }

    #[test]
    fn sentences_are_those_of_the_annotator() {
        let doc = doc(&["Mr. Ito spoke. “We won.” He left.", "Rain fell."]);
        let at = doc.text.find("spoke").unwrap();
        let shown = walk(&doc, at, Unit::Sentence, Next, 4);
        assert_eq!(
            shown,
            ["spoke.", "spoke. “We won.”", "spoke. “We won.” He left.", "spoke. “We won.” He left.\n\nRain fell."]
        );
        assert_eq!(walk(&doc, at, Unit::Sentence, Previous, 2), ["Mr. Ito ", "Mr. Ito "]);
        let shown = walk(&doc, doc.text.len(), Unit::Sentence, Previous, 2);
        assert_eq!(shown, ["Rain fell.", "He left.\n\nRain fell."]);
    }

    #[test]
    fn sentences_are_found_in_a_block_that_is_laid_out_in_pieces() {
        let long = "All quiet on the pier. ".repeat(5000);
        let doc = doc(&[long.trim()]);
        let mut selection = Selection::new(&doc.text, 80_000, 80_000);
        for _ in 0..3000 {
            let before = selection.moving;
            selection = selection.stepped(&doc, Unit::Sentence, Next);
            if selection.moving == doc.text.len() {
                break;
            }
            assert!((1..=23).contains(&(selection.moving - before)), "from {before} to {}", selection.moving);
        }
        assert_eq!(selection.moving, doc.text.len());
    }

    #[test]
    fn paragraphs() {
        let doc = doc(&["One two.", "Three.", "Four."]);
        assert_eq!(walk(&doc, 4, Unit::Paragraph, Next, 2), ["two.", "two.\n\nThree."]);
        assert_eq!(walk(&doc, 12, Unit::Paragraph, Previous, 3), ["Th", "One two.\n\nTh", "One two.\n\nTh"]);
        let empty = Doc::default();
        for unit in [Unit::Character, Unit::Word, Unit::Sentence, Unit::Paragraph] {
            assert_eq!(walk(&empty, 0, unit, Next, 1), [""]);
            assert_eq!(walk(&empty, 0, unit, Previous, 1), [""]);
        }
    }

    #[test]
    fn the_ends_change_places_and_cross() {
        let doc = doc(&["one two three"]);
        let two = Selection::over(&doc.text, Span::new(4, 7));
        let back = two.swapped().stepped(&doc, Unit::Word, Previous);
        assert_eq!(back.span().of(&doc.text), "one two");
        let crossed = two.swapped().stepped(&doc, Unit::Word, Next).stepped(&doc, Unit::Word, Next);
        assert_eq!(crossed.span().of(&doc.text), " three");
    }

    #[test]
    fn no_grapheme_is_cut_whatever_is_asked_for() {
        let text = "ae\u{301}🇬🇭z";
        let whole = Selection::over(text, Span::new(2, 6));
        assert_eq!(whole.span().of(text), "e\u{301}🇬🇭");
        for (from, to) in (0..=text.len() + 2).flat_map(|from| (0..=text.len() + 2).map(move |to| (from, to))) {
            let span = Selection::new(text, from, to).span();
            assert!(text.get(span.start..span.end).is_some(), "{from}..{to}");
        }
    }

    #[test]
    fn the_pointer_takes_the_characters_at_both_ends() {
        let text = "one two";
        let at = |start| Span::new(start, start + 1);
        assert_eq!(Selection::between(text, at(1), at(4)).span().of(text), "ne t");
        assert_eq!(Selection::between(text, at(4), at(1)).span().of(text), "ne t");
        assert_eq!(Selection::between(text, at(1), at(1)).span().of(text), "n");
        assert_eq!(Selection::between(text, at(1), Span::new(7, 7)).span().of(text), "ne two");
    }

    #[test]
    fn the_word_at_a_place() {
        let text = "One, two’s end.";
        let word = |at| word_at(text, at).map(|span| span.of(text));
        assert_eq!([word(0), word(1), word(3)], [Some("One"); 3]);
        assert_eq!([word(4), word(5), word(7)], [Some("two’s"); 3]);
        assert_eq!(word(text.len()), Some("end"));
        assert_eq!(word_at(" … ", 0), None);
    }

    #[test]
    fn what_is_selected_is_counted() {
        let text = "One two, three. …";
        let told = |start, end| super::told(text, Some(Span::new(start, end))).to_string();
        assert_eq!(told(0, 15), "3 words selected");
        assert_eq!(told(0, 2), "1 word selected");
        assert_eq!(told(16, text.len()), "1 character selected");
        assert_eq!(&*super::told(text, None), "nothing selected");
        let long = "w ".repeat(MOST_COUNTED + 5);
        assert!(super::told(&long, Some(Span::new(0, long.len()))).starts_with("more than"));
    }
}
