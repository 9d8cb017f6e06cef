//! The text as the tagger learned to read it: words that are quoted stand between “ and ”.
//!
//! It was trained on American newspapers. British ‘ ’, French « », German „ “ and straight marks mean the same, and which
//! of them are quotation marks at all is known before ([`super::marks`]).

use super::draft::MarkedRun;
use crate::text::Span;

/// A text with other quotation marks, and where its bytes come from.
#[derive(Debug)]
pub struct Retyped {
    /// The text.
    pub text: String,
    /// For each mark that was changed: the byte behind it here, and how many bytes later that is than in the text it comes from.
    moved: Vec<(usize, isize)>,
}

impl Retyped {
    /// `text` with “ and ” around `runs`. Marks inside a run stay as they are.
    pub fn new(text: &str, runs: &[MarkedRun]) -> Self {
        let mut retyped = Retyped { text: String::with_capacity(text.len() + 4 * runs.len()), moved: Vec::new() };
        let mut done = 0;
        for run in runs {
            let closed = run.inner.end < run.span.end;
            retyped.replace(text, &mut done, Span::new(run.span.start, run.inner.start), "“");
            if closed {
                retyped.replace(text, &mut done, Span::new(run.inner.end, run.span.end), "”");
            }
        }
        retyped.text.push_str(&text[done..]);
        retyped
    }

    fn replace(&mut self, text: &str, done: &mut usize, mark: Span, by: &str) {
        if mark.start < *done || mark.is_empty() {
            return;
        }
        self.text.push_str(&text[*done..mark.start]);
        self.text.push_str(by);
        *done = mark.end;
        self.moved.push((self.text.len(), self.text.len() as isize - mark.end as isize));
    }

    /// The byte of the text this was made from that byte `at` comes from. Inside a changed mark it is the mark's end.
    fn original(&self, at: usize) -> usize {
        let next = self.moved.partition_point(|&(behind, _)| behind <= at);
        let by = next.checked_sub(1).map_or(0, |last| self.moved[last].1);
        at.saturating_add_signed(-by)
    }

    /// The span in the text this was made from.
    pub fn span(&self, span: Span) -> Span {
        let start = self.original(span.start);
        Span::new(start, self.original(span.end).max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::draft::Draft;
    use crate::annotate::marks;
    use crate::model::{Article, Block, BlockKind, Doc};
    use crate::text::Clean;

    fn article(text: &str) -> Article {
        let text = Clean::new(text);
        let blocks = vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) }];
        Article { doc: Doc { text, blocks, ..Doc::default() }, ..Article::default() }
    }

    #[test]
    fn every_style_becomes_one_and_places_come_back() {
        let article = article("‘We don’t go,’ he said. «Pourquoi?» 'No.' \"Yes\", she said; „Ja“.");
        let draft = Draft::new(&article);
        let runs = marks::pair(draft.text, &draft.paragraphs);
        let retyped = Retyped::new(draft.text, &runs);
        assert_eq!(retyped.text, "“We don’t go,” he said. “Pourquoi?” “No.” “Yes”, she said; “Ja”.");
        for word in ["We", "don’t", "he", "Pourquoi", "No", "she", "Ja"] {
            let at = retyped.text.find(word).unwrap();
            let span = Span::new(at, at + word.len());
            assert_eq!(retyped.span(span).of(draft.text), word);
        }
        let first = Span::new(0, retyped.text.find("” he").unwrap() + "”".len());
        assert_eq!(retyped.span(first).of(draft.text), "‘We don’t go,’");
    }
}
