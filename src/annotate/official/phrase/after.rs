//! What stands after a title and belongs to it: "of the committee", "for the Kenyan army", "to Peru".

use super::{Builder, MAX_REACH, is_date};

impl Builder<'_, '_, '_> {
    /// Takes in the complements: "of the committee", "to Kenya".
    pub(super) fn extend_right(&mut self) {
        let ground = self.ground;
        let ceiling = self.bounds.end.min(self.phrase.title.tokens.end + MAX_REACH);
        // "head of the", "Ambassador to", "spokesman for": at most four complements.
        // A name that begins in the title may reach over its end: "General Secretary of the Communist Party of Vietnam".
        let last = self.phrase.tokens.end - 1;
        let name = ground.name_tokens(last);
        if name.end > self.phrase.tokens.end && name.end <= ceiling {
            self.note_name(last, true);
            self.phrase.tokens.end = name.end;
        }
        for _ in 0..4 {
            let at = self.phrase.tokens.end;
            let preposition = ground.lower(at);
            if !self.governs(preposition) {
                break;
            }
            let owner = !self.is_host(preposition);
            let Some(end) = self.complement(at + 1, ceiling, owner) else { break };
            self.phrase.tokens.end = end;
            self.phrase.qualified = true;
        }
    }

    /// Whether the office takes a complement with this preposition.
    fn governs(&self, preposition: &str) -> bool {
        let office = self.phrase.title.office;
        match preposition {
            "of" | "for" => true,
            "to" => {
                matches!(office.code, "ambassador" | "envoy" | "adviser" | "candidate" | "commissioner" | "minister")
            }
            "at" => office.weak || office.private || office.code == "spokesperson" || office.body == "diplomacy",
            "in" => office.body == "diplomacy" || office.body == "military" || office.weak,
            "on" => office.body == "diplomacy" || office.code == "adviser" || office.body == "legislature",
            "with" => office.code == "spokesperson" || office.weak || office.code == "envoy",
            "from" => office.code == "legislator",
            _ => false,
        }
    }

    /// Whether a country after this preposition is where the office is exercised and not what it serves.
    fn is_host(&self, preposition: &str) -> bool {
        let office = self.phrase.title.office;
        let abroad = office.body == "diplomacy" || matches!(office.code, "minister" | "adviser" | "official");
        matches!(preposition, "to" | "on") || (abroad && matches!(preposition, "for" | "in" | "at"))
    }

    /// The end of the noun phrase that begins at `from`, when it can be the complement of an office.
    fn complement(&mut self, from: usize, ceiling: usize, owner: bool) -> Option<usize> {
        let ground = self.ground;
        let mut at = from;
        if ground.is(at, &["the", "a", "an", "its", "his", "her", "their", "this", "that", "all"]) {
            at += 1;
        }
        at = ground.after_honorifics(at);
        let first = at;
        let mut end = None;
        while at < ceiling {
            if ground.is_person(at) {
                // "an adviser to Ada Obi"
                let name = ground.name_tokens(at);
                if at == first && ground.is_possessive(name.end) {
                    at = name.end + 1;
                    continue;
                }
                if at == first && !ground.is_possessive(name.end) && !matches!(ground.lower(from - 1), "of" | "in") {
                    self.phrase.principal = ground.entity(at);
                    end = Some(name.end);
                }
                break;
            }
            if ground.name(at).is_some() {
                let name = ground.name_tokens(at);
                // "the Benin-based Observatory"
                if let Some(after) = self.compound(name.end) {
                    at = after;
                    end = Some(at);
                    continue;
                }
                self.note_name(at, owner);
                if ground.is_possessive(name.end) && ground.is_place_or_people(at) {
                    self.dropped.push((at..name.end + 1, at == from));
                }
                at = name.end;
                end = Some(at);
            } else if ground.is_possessive(at) && end == Some(at) {
                at += 1;
            } else if let Some(title) = ground.titles.phrase_at(&ground.draft.tokens, at)
                && (at == first || ground.person_from(title.tokens.end).is_some())
            {
                // "adviser to President Ada Obi", "spokesperson for the prime minister", "candidate for mayor"
                if let Some((person, name)) = ground.person_from(title.tokens.end) {
                    if let Some(nation) = at.checked_sub(1).filter(|nation| ground.is_place_or_people(*nation)) {
                        self.dropped.push((ground.name_tokens(nation), false));
                    }
                    self.phrase.principal = Some(person);
                    return Some(name.end);
                }
                at = title.tokens.end;
                end = Some(at);
            } else if let Some(next) = ground.titles.qualifies(&ground.draft.tokens, at) {
                if let Some((body, class)) = ground.titles.body_at(&ground.draft.tokens, at) {
                    self.note_body(first, body, class);
                }
                at = next;
                end = Some(at);
            } else if ground.is_word(at)
                && (ground.is_capitalised(at) || (at == first && ground.is(from - 1, &["of", "for", "at"])))
                && !self.ends_phrase(at)
            {
                at += 1;
                end = Some(at);
            } else if (ground.is_number(at) && at == first)
                || (end == Some(at) && ground.is(at, &["-", "‐", "–", "&"]))
                || (end == Some(at) && ground.is(at, &["and"]) && self.joins(at + 1))
            {
                at += 1;
            } else {
                break;
            }
        }
        end
    }

    /// "-based", "-backed" after a name that ends at `at`: the index after it.
    fn compound(&self, at: usize) -> Option<usize> {
        let ground = self.ground;
        let touches = |at: usize| {
            let (Some(a), Some(b)) = (ground.draft.tokens.get(at), ground.draft.tokens.get(at + 1)) else {
                return false;
            };
            a.span.end == b.span.start
        };
        let lower = ground.is(at, &["-", "‐", "–"]) && touches(at) && !ground.is_capitalised(at + 1);
        (lower && ground.is_word(at + 1) && ground.name(at + 1).is_none()).then_some(at + 2)
    }

    /// Whether "and" before token `at` joins two parts of one body ("Police and Border Guard").
    fn joins(&self, at: usize) -> bool {
        let ground = self.ground;
        ground.name(at).is_none()
            && ground.name(at - 2).is_none()
            && ground.is_capitalised(at)
            && ground.is_capitalised(at - 2)
            && ground.titles.phrase_at(&ground.draft.tokens, at).is_none()
            && ground.titles.honorific_at(&ground.draft.tokens, at).is_none()
    }

    /// Whether the word at `at` cannot belong to the complement: a function word or a word of saying.
    fn ends_phrase(&self, at: usize) -> bool {
        const WORDS: [&str; 62] = [
            "he", "she", "it", "they", "who", "whom", "which", "that", "what", "when", "where", "while", "after",
            "before", "since", "because", "if", "as", "is", "was", "are", "were", "has", "have", "had", "will",
            "would", "could", "should", "may", "might", "can", "said", "says", "told", "and", "or", "but", "not",
            "to", "in", "on", "at", "by", "with", "from", "of", "for", "into", "over", "under", "about", "the", "a",
            "an", "this", "i", "we", "you", "more", "many", "being",
        ];
        let ground = self.ground;
        ground.is(at, &WORDS) || is_date(ground, at) || (ground.lower(at).ends_with("ing"))
    }
}
