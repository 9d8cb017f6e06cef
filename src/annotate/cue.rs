//! Words that say that something was said.

use std::sync::LazyLock;

use foldhash::HashMap;

use super::draft::{Token, TokenKind};
use super::inflect::verb_forms;
use super::lexicon::rows;

/// What a cue verb can govern; a verb may be of several classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Classes {
    /// A clause: "said that …".
    pub say: bool,
    /// Only a direct quotation beside it: "continued", "laughed".
    pub speak: bool,
    /// A name for a thing: "called it “a mess”".
    pub call: bool,
    /// A state of mind: "believes that …".
    pub think: bool,
}

/// Which form of the verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// "say"
    Base,
    /// "says"
    Present,
    /// "said"
    Past,
    /// "saying"
    Participle,
}

/// A cue verb as it stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CueVerb {
    /// Dictionary form.
    pub lemma: &'static str,
    /// What it can govern.
    pub classes: Classes,
    /// Its form.
    pub form: Form,
}

static VERBS: LazyLock<HashMap<String, CueVerb>> = LazyLock::new(|| {
    let mut verbs = HashMap::default();
    for row in rows(include_str!("../../assets/lexicon/cues.tsv")) {
        let [lemma, classes] = row[..] else { continue };
        let has = |class| classes.split(',').any(|name| name == class);
        let classes = Classes { say: has("say"), speak: has("speak"), call: has("call"), think: has("think") };
        let forms = verb_forms(lemma);
        let mut add = |form: String, kind| verbs.insert(form, CueVerb { lemma, classes, form: kind });
        for form in forms.ing {
            add(form, Form::Participle);
        }
        add(forms.third, Form::Present);
        add(lemma.to_owned(), Form::Base);
        for form in forms.past.into_iter().chain(forms.participle) {
            add(form, Form::Past);
        }
    }
    verbs
});

/// Nouns for an utterance: "in a statement", "his remarks".
const UTTERANCES: &[&str] = &[
    "statement",
    "statements",
    "comment",
    "comments",
    "remark",
    "remarks",
    "tweet",
    "tweets",
    "message",
    "letter",
    "speech",
    "address",
    "post",
    "posting",
    "testimony",
    "interview",
    "warning",
    "claim",
    "words",
    "question",
    "response",
    "reply",
    "answer",
    "announcement",
    "declaration",
    "memo",
    "report",
    "email",
    "e-mail",
    "note",
    "op-ed",
    "editorial",
    "column",
    "caption",
    "telegram",
    "communique",
    "communiqué",
    "release",
    "briefing",
];

/// The cue verb that this token is, whatever its form.
pub fn verb(token: &Token<'_>) -> Option<CueVerb> {
    (token.kind == TokenKind::Word).then(|| VERBS.get(token.lower.as_ref()).copied()).flatten()
}

/// Whether the token is a finite verb of saying: "said", "says", "told".
pub fn is_speech_verb(token: &Token<'_>) -> bool {
    !token.is_capitalised()
        && verb(token).is_some_and(|verb| verb.classes.say && matches!(verb.form, Form::Past | Form::Present))
}

/// Whether the token is a noun for an utterance.
pub fn is_utterance(token: &Token<'_>) -> bool {
    UTTERANCES.contains(&token.lower.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_verb_is_known() {
        for (word, lemma, form) in [
            ("said", "say", Form::Past),
            ("says", "say", Form::Present),
            ("admitted", "admit", Form::Past),
            ("admitting", "admit", Form::Participle),
            ("denies", "deny", Form::Present),
            ("writing", "write", Form::Participle),
            ("agreeing", "agree", Form::Participle),
            ("told", "tell", Form::Past),
        ] {
            let found = VERBS.get(word).copied().unwrap_or_else(|| panic!("{word} is missing"));
            assert_eq!((found.lemma, found.form), (lemma, form), "{word}");
        }
    }
}
