//! Quotation marks: which opens, which closes, which is an apostrophe.
//!
//! Marks are paired paragraph by paragraph, outermost first: curly, straight, low („ “) and angle (« ») marks, and
//! single ones (‘ ’ and ') where no double mark is open. A quotation that runs on repeats its opening mark at the start of
//! each paragraph and closes only in the last. A mark left open by mistake ends with its paragraph, so that one slip
//! never swallows the rest of the article.

use super::draft::{MarkedRun, Paragraph};
use crate::text::Span;

/// A character that may be a quotation mark.
#[derive(Debug, Clone, Copy)]
struct Mark {
    at: usize,
    char: char,
    /// The characters around it; a blank at the ends of the paragraph.
    before: char,
    after: char,
}

/// The runs between quotation marks, in text order.
pub fn pair(text: &str, paragraphs: &[Paragraph]) -> Vec<MarkedRun> {
    let mut runs: Vec<MarkedRun> = Vec::new();
    let mut open_at_end: Option<char> = None;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let marks = marks(text, paragraph.span);
        let next = paragraphs.get(index + 1).and_then(|next| next.span.of(text).chars().next());
        let first_run = runs.len();
        let unclosed = pair_in(paragraph.span, &marks, next, &mut runs);
        if let (Some(opener), Some(run)) = (open_at_end, runs.get_mut(first_run)) {
            run.continues = run.span.start == paragraph.span.start && text[run.span.start..].starts_with(opener);
        }
        open_at_end = unclosed;
    }
    runs.retain(|run| !run.inner.is_empty());
    runs
}

fn marks(text: &str, span: Span) -> Vec<Mark> {
    let words = span.of(text);
    if words.is_ascii() && !words.bytes().any(|b| matches!(b, b'"' | b'\'')) {
        return Vec::new();
    }
    let mut marks = Vec::new();
    let mut before = ' ';
    let mut chars = words.char_indices().peekable();
    while let Some((offset, char)) = chars.next() {
        let after = chars.peek().map_or(' ', |&(_, after)| after);
        if matches!(char, '“' | '”' | '"' | '„' | '«' | '»' | '‘' | '’' | '\'') {
            marks.push(Mark { at: span.start + offset, char, before, after });
        }
        before = char;
    }
    marks
}

/// Pairs the marks of one paragraph; returns the opening mark of a quotation that goes on in the next one.
fn pair_in(paragraph: Span, marks: &[Mark], next: Option<char>, runs: &mut Vec<MarkedRun>) -> Option<char> {
    let mut at = 0;
    while at < marks.len() {
        let opener = marks[at];
        if !opens(opener) {
            at += 1;
            continue;
        }
        if let Some(closer) = closer(marks, at) {
            runs.push(run(opener, marks[closer]));
            at = closer + 1;
        } else if next == Some(opener.char) {
            runs.push(unclosed(opener, paragraph.end));
            return Some(opener.char);
        } else if is_single(opener.char) {
            at += 1;
        } else {
            // No closing mark: the next opening one, if any, ends it; else the paragraph does.
            let end = marks[at + 1..].iter().position(|mark| !is_single(mark.char) && opens(*mark));
            let stop = end.map_or(paragraph.end, |offset| marks[at + 1 + offset].at);
            runs.push(unclosed(opener, stop));
            at = end.map_or(marks.len(), |offset| at + 1 + offset);
        }
    }
    None
}

fn run(opener: Mark, closer: Mark) -> MarkedRun {
    let inner = Span::new(opener.at + opener.char.len_utf8(), closer.at);
    MarkedRun { span: Span::new(opener.at, closer.at + closer.char.len_utf8()), inner, continues: false }
}

fn unclosed(opener: Mark, end: usize) -> MarkedRun {
    let span = Span::new(opener.at, end);
    MarkedRun { span, inner: Span::new(opener.at + opener.char.len_utf8(), end), continues: false }
}

fn is_single(mark: char) -> bool {
    matches!(mark, '‘' | '’' | '\'')
}

/// Whether the mark stands where a quotation begins: not after a letter, and before something that is no blank.
fn opens(mark: Mark) -> bool {
    let starts =
        !mark.before.is_alphanumeric() && !matches!(mark.before, '.' | ',' | '!' | '?' | '…' | ')' | '”' | '"');
    match mark.char {
        '“' | '„' | '«' => true,
        '"' => starts && !mark.after.is_whitespace(),
        '‘' => starts && !mark.after.is_whitespace(),
        // An apostrophe before figures ('90s) opens nothing.
        '\'' => starts && mark.after.is_alphanumeric() && !mark.after.is_numeric() || (starts && mark.after == '['),
        _ => false,
    }
}

/// The index of the mark that closes the one at `at`.
fn closer(marks: &[Mark], at: usize) -> Option<usize> {
    match marks[at].char {
        '“' => double(marks, at, |char| matches!(char, '”' | '"')),
        '„' => double(marks, at, |char| matches!(char, '“' | '”' | '"')),
        '«' => double(marks, at, |char| char == '»'),
        '"' => straight(marks, at),
        '‘' => single(marks, at, '’').or_else(|| single(marks, at, '\'')),
        '\'' => single(marks, at, '\''),
        _ => None,
    }
}

/// Curly and angle marks nest; the first mark that closes at depth one is the closer. Where the nesting does not come
/// out even, the last closing mark before the next lost opening one is not known, so the first closing mark is taken.
fn double(marks: &[Mark], at: usize, closes: impl Fn(char) -> bool) -> Option<usize> {
    let opener = marks[at].char;
    let mut depth = 1;
    let mut first = None;
    for (index, mark) in marks.iter().enumerate().skip(at + 1) {
        if closes(mark.char) && !(mark.char == '"' && opens(*mark)) {
            first.get_or_insert(index);
            depth -= 1;
            if depth == 0 {
                return Some(index);
            }
        } else if mark.char == opener && first.is_none() {
            // A second opening mark before any closing one: nested, if enough marks close later.
            depth += 1;
        }
    }
    // “A, he said. “B.” — the second opening mark is no nesting but a lost closing mark.
    let lost = marks[at + 1..].iter().position(|mark| mark.char == opener).map(|offset| at + 1 + offset);
    first.filter(|&first| lost.is_none_or(|lost| first < lost))
}

/// A straight double mark is closed by the next one that does not open; by the very next one if all seem to open.
fn straight(marks: &[Mark], at: usize) -> Option<usize> {
    let next = |accept: fn(Mark) -> bool| {
        marks.iter().enumerate().skip(at + 1).find(|(_, mark)| matches!(mark.char, '"' | '”') && accept(**mark))
    };
    next(|mark| !opens(mark)).map(|(index, _)| index)
}

/// A single mark is closed by one that is no apostrophe: not before a letter, and not the ending of a plural owner
/// ("the workers’ demands") while a better closing mark follows.
fn single(marks: &[Mark], at: usize, closing: char) -> Option<usize> {
    let mut plural_owner = None;
    for (index, mark) in marks.iter().enumerate().skip(at + 1) {
        // Another opening mark of the kind, or any double one that opens, ends the search: nothing nests in single marks
        // but double ones, and those close before.
        if mark.char == '‘' && opens(*mark) || (closing == '\'' && mark.char == '\'' && opens(*mark)) {
            break;
        }
        if mark.char != closing || mark.after.is_alphanumeric() || mark.before.is_whitespace() {
            continue;
        }
        let owner = mark.before == 's' && mark.after == ' ';
        if !owner {
            return Some(index);
        }
        plural_owner.get_or_insert(index);
    }
    plural_owner
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(text: &str) -> Vec<String> {
        let mut paragraphs = Vec::new();
        let mut at = 0;
        for line in text.split('\n') {
            paragraphs.push(Paragraph {
                span: Span::new(at, at + line.len()),
                heading: false,
                sentences: 0..0,
                tokens: 0..0,
            });
            at += line.len() + 1;
        }
        pair(text, &paragraphs)
            .iter()
            .map(|run| format!("{}{}", if run.continues { "+" } else { "" }, run.span.of(text)))
            .collect()
    }

    #[test]
    fn every_style_of_marks_pairs() {
        assert_eq!(runs("“One,” he said. “Two.”"), ["“One,”", "“Two.”"]);
        assert_eq!(runs("\"One,\" he said. \"Two.\""), ["\"One,\"", "\"Two.\""]);
        assert_eq!(runs("«One», he said. „Two“ and „Three”"), ["«One»", "„Two“", "„Three”"]);
        assert_eq!(runs("‘We don’t know,’ he said."), ["‘We don’t know,’"]);
        assert_eq!(runs("He 'can' and 'may' do it."), ["'can'", "'may'"]);
        assert_eq!(runs("“mixed marks\" happen"), ["“mixed marks\""]);
    }

    #[test]
    fn apostrophes_are_no_quotation_marks() {
        assert_eq!(runs("The workers' demands and Iran's view of the '90s"), Vec::<String>::new());
        assert_eq!(runs("‘The workers’ demands are just,’ she said."), ["‘The workers’ demands are just,’"]);
        assert_eq!(runs("It’s the players’ choice, rock ’n’ roll."), Vec::<String>::new());
    }

    #[test]
    fn a_quotation_in_a_quotation_is_part_of_it() {
        assert_eq!(runs("“He called it ‘a mess’ and left,” she said."), ["“He called it ‘a mess’ and left,”"]);
        assert_eq!(runs("‘He called it “a mess” and left,’ she said."), ["‘He called it “a mess” and left,’"]);
    }

    #[test]
    fn a_quotation_over_paragraphs_is_one_run_each() {
        assert_eq!(runs("“One.\n“Two.\n“Three,” he said."), ["“One.", "+“Two.", "+“Three,”"]);
        assert_eq!(runs("“One,” he said.\n“Two,” she said."), ["“One,”", "“Two,”"]);
    }

    #[test]
    fn a_lost_mark_costs_no_more_than_its_paragraph() {
        assert_eq!(runs("“One, he said.\nPlain.\n“Two,” she said."), ["“One, he said.", "“Two,”"]);
        assert_eq!(runs("“One, he said. “Two.”\nPlain."), ["“One, he said. ", "“Two.”"]);
        assert_eq!(runs("One,” he said.\nPlain."), Vec::<String>::new());
    }
}
