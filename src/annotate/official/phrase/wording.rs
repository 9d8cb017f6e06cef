//! The words of an office phrase as a title: without nationality and remarks on the person, in the singular.

use super::Builder;

impl Builder<'_, '_, '_> {
    /// The words of the phrase without what was dropped.
    pub(super) fn wording(&self) -> String {
        let mut words = String::new();
        // A title shared by several people is told of each.
        let mut singular = false;
        let mut gap = false;
        let mut last_end = None;
        for at in self.phrase.tokens.clone() {
            let Some(token) = self.ground.draft.tokens.get(at) else { break };
            if let Some((range, possessor)) = self.dropped.iter().find(|(range, _)| range.contains(&at)) {
                if *possessor && at == range.start {
                    words.push_str(" the");
                }
                gap = true;
                continue;
            }
            if !words.is_empty() && (gap || last_end.is_some_and(|end| end < token.span.start)) {
                words.push(' ');
            }
            let plural = self.phrase.title.plural && self.phrase.title.head.contains(&at) && !singular;
            match singular_of(token.text).filter(|_| plural) {
                Some(noun) => {
                    words.push_str(&noun);
                    singular = true;
                }
                None => words.push_str(token.text),
            }
            gap = false;
            last_end = Some(token.span.end);
        }
        words.trim().to_owned()
    }
}

/// The singular of the plural noun of a title; `None` for words that are no such plural.
fn singular_of(noun: &str) -> Option<String> {
    let noun_lower = noun.to_lowercase();
    if matches!(&*noun_lower, "affairs" | "forces" | "relations" | "communications" | "services") {
        return None;
    }
    if let Some(stem) = noun.strip_suffix("people") {
        return Some(format!("{stem}person"));
    }
    if let Some(stem) = noun.strip_suffix("men") {
        return Some(format!("{stem}man"));
    }
    if let Some(stem) = noun.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    if let Some(stem) = noun.strip_suffix("s.") {
        return Some(format!("{stem}."));
    }
    if ["ches", "sses", "xes"].iter().any(|ending| noun_lower.ends_with(ending)) {
        return noun.strip_suffix("es").map(str::to_owned);
    }
    noun.strip_suffix('s').map(str::to_owned)
}
