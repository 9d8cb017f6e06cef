//! The names of the open article: which one stands where, and going from one to the next.

use super::layers::touching;
use super::layout::Pane;
use super::reader::{Reader, Step, Stepped};
use super::state::State;
use super::words::flat;
use crate::model::{Annotations, Mention, MentionKind};
use crate::text::{Clean, Span};
use crate::words;

impl Reader {
    /// Makes the next or previous name current: from the current one on, else from the current statement, else from what
    /// is on the screen.
    pub fn step_name(&mut self, step: Step) -> Stepped {
        let Some(found) = self.found.clone() else { return Stepped::Nowhere };
        let names = found.mentions.iter().enumerate().filter(|(_, mention)| mention.kind == MentionKind::Name);
        let names: Vec<(usize, usize)> = names.map(|(number, mention)| (number, mention.span.start)).collect();
        let statement = |number: usize| Some((usize::MAX, found.quotations.get(number)?.extent()));
        let pointed = self.pointed.map(|span| (self.mention_of(span).unwrap_or(usize::MAX), span));
        let from = pointed.or_else(|| statement(self.current?));
        let Some((index, stepped)) = self.choose(&names, from, step) else { return Stepped::Nowhere };
        if let Some(mention) = found.mentions.get(names[index].0) {
            self.pointed = Some(mention.span);
            self.go_to(mention.span);
        }
        stepped
    }

    /// The mention, by number, that byte `offset` is in.
    pub fn mention_at(&self, offset: usize) -> Option<usize> {
        let (span, number) = touching(&self.mentions, Span::new(offset, offset + 1)).first()?;
        span.holds(offset).then_some(*number)
    }

    /// The mention, by number, that is these very words.
    pub fn mention_of(&self, span: Span) -> Option<usize> {
        let found = self.found.as_ref()?;
        let first = found.mentions.partition_point(|mention| mention.span.start < span.start);
        let here = found.mentions.iter().enumerate().skip(first);
        here.take_while(|(_, mention)| mention.span.start == span.start)
            .find(|(_, mention)| mention.span == span)
            .map(|(number, _)| number)
    }

    /// The column and the row of the text area where byte `offset` is drawn, if it is on the screen.
    pub fn cell_of(&self, offset: usize) -> Option<(u16, u16)> {
        let (at, row) = self.rows.iter().enumerate().find(|(_, row)| row.span().is_some_and(|s| s.holds(offset)))?;
        let column = u16::try_from(self.column_of(row, offset)).unwrap_or(u16::MAX);
        Some((row.indent.saturating_add(column), u16::try_from(at).ok()?))
    }

    /// The statement, by number, that spans these very words.
    pub fn quotation_of(&self, extent: Span) -> Option<usize> {
        self.found.as_ref()?.quotations.iter().position(|quotation| quotation.extent() == extent)
    }

    /// The name or reference that is current.
    pub fn current_mention(&self) -> Option<&Mention> {
        let found = self.found.as_ref()?;
        found.mentions.get(self.mention_of(self.pointed?)?)
    }
}

/// Whom a mention stands for, with what little there is room for: `Efua Tettey, Transport Minister · GH`.
pub fn told(found: &Annotations, mention: &Mention) -> Option<Clean> {
    let entity = found.entities.get(mention.entity)?;
    let official = found.officials.iter().find(|official| official.entity == mention.entity);
    let office = official.map(|official| format!(", {}", official.title)).unwrap_or_default();
    let polity = entity.polity.or_else(|| official.and_then(|official| official.polity));
    let polity = polity.map(|polity| format!(" · {}", polity.code())).unwrap_or_default();
    Some(flat(words!("{}{office}{polity}", entity.name).whole()))
}

/// To the next or previous name in the text.
pub fn go(state: &mut State, step: Step) {
    let Some(reader) = &mut state.reader else { return };
    match (reader.step_name(step), step) {
        (Stepped::Nowhere, _) => {
            let waiting = state.open_item().and_then(super::why_empty);
            state.say(waiting.unwrap_or(Clean::literal("No names in this article")));
        }
        (Stepped::On, _) => {}
        (Stepped::Round, Step::Next) => state.say(Clean::literal("Past the last name: at the first again")),
        (Stepped::Round, Step::Previous) => state.say(Clean::literal("Before the first name: at the last again")),
    }
    // Where the keys are elsewhere, Enter would not open the card of the name.
    state.focus(Pane::Article);
    state.follow();
}
