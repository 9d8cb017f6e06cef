//! The event lexicon: `assets/lexicon/events.tsv` parsed into patterns by head word. The file's head says how to
//! read and extend it.

use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};

use crate::annotate::inflect;
use crate::model::EventKind;

/// Which form of a verb a word can be; a set of bits.
pub type Forms = u8;
/// "visit"
pub const BASE: Forms = 1;
/// "visits"
pub const THIRD: Forms = 2;
/// "visited", "took"
pub const PAST: Forms = 4;
/// "visited", "taken"
pub const PARTICIPLE: Forms = 8;
/// "visiting"
pub const ING: Forms = 16;

/// A set of words in all their inflected forms.
pub type Words = HashSet<String>;

/// What has to follow the head of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Follow {
    /// The next word, adverbs aside.
    Next(String),
    /// A word among the next seven, in any of its forms.
    Near(Words),
}

/// One rule of the lexicon.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// What it tells of.
    pub kind: EventKind,
    /// Words that follow the head.
    pub follow: Vec<Follow>,
    /// One of these is in the object.
    pub object: Option<Words>,
    /// None of these is in the object.
    pub not_object: Option<Words>,
    /// One of these is in the subject.
    pub subject: Option<Words>,
    /// None of these is in the subject.
    pub not_subject: Option<Words>,
    /// One of these is in the sentence.
    pub context: Option<Words>,
    /// Where the other side stands: `obj` or prepositions.
    pub recipients: Vec<String>,
    /// Both sides do it.
    pub mutual: bool,
    /// The subject suffers it.
    pub swap: bool,
    /// A general word.
    pub weak: bool,
    /// Hardly ever means anything else.
    pub strong: bool,
    /// Tells of something that lies ahead; a future changes nothing.
    pub modal: bool,
    /// The user's own.
    pub own: bool,
}

impl Pattern {
    /// Which of two patterns that fit is preferred: the user's own, then the more particular one, then the less general
    /// word.
    pub fn rank(&self) -> (bool, usize) {
        (self.own, self.weight() * 2 + usize::from(!self.weak))
    }

    /// How particular the pattern is: more conditions win over fewer.
    pub fn weight(&self) -> usize {
        self.follow.len() * 2
            + usize::from(self.object.is_some()) * 2
            + usize::from(self.subject.is_some()) * 2
            + usize::from(self.context.is_some())
    }
}

/// The rows that come with the program.
const BUILTIN_ROWS: &str = include_str!("../../../assets/lexicon/events.tsv");

/// The patterns by which events are told, and the classes of words that steer the analysis.
#[derive(Debug, Default)]
pub struct EventLexicon {
    /// Every form of every known verb, with its lemmas.
    verbs: HashMap<String, Vec<(String, Forms)>>,
    /// Patterns by the lemma of the verb.
    verb_patterns: HashMap<String, Vec<Pattern>>,
    /// Patterns by every form of the noun that heads them (its first word).
    noun_patterns: HashMap<String, Vec<Pattern>>,
    /// Lemmas by class.
    classes: HashMap<String, HashSet<String>>,
}

/// A line of the lexicon that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct LexiconError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl EventLexicon {
    /// The lexicon that comes with the program.
    pub fn builtin() -> &'static EventLexicon {
        static BUILTIN: LazyLock<EventLexicon> = LazyLock::new(|| EventLexicon::parse(BUILTIN_ROWS).0);
        &BUILTIN
    }

    /// The lexicon that comes with the program with the rows of `own`, of the same form, beside it: rules that go before
    /// those that come with the program, and words of classes that exist or are new. Rows with errors are left out and
    /// named by their line in `own`.
    pub fn with(own: &str) -> (EventLexicon, Vec<LexiconError>) {
        let (mut lexicon, _) = EventLexicon::parse(BUILTIN_ROWS);
        let errors = lexicon.add(own, true);
        (lexicon, errors)
    }

    /// Reads a lexicon. Lines with errors are left out and named.
    pub fn parse(text: &str) -> (EventLexicon, Vec<LexiconError>) {
        let mut lexicon = EventLexicon::default();
        let errors = lexicon.add(text, false);
        (lexicon, errors)
    }

    /// Adds rows: first the classes, which rules may name, wherever they stand.
    fn add(&mut self, text: &str, own: bool) -> Vec<LexiconError> {
        let mut errors = Vec::new();
        let rows = || text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        for (number, line) in rows().filter(|(_, line)| line.starts_with("class\t")) {
            let mut columns = line.split('\t').skip(1);
            match (columns.next(), columns.next()) {
                (Some(name), Some(words)) => {
                    let words = words.split_whitespace().map(str::to_owned);
                    self.classes.entry(name.to_owned()).or_default().extend(words);
                }
                _ => errors.push(LexiconError { line: number + 1, what: "a class has a name and words".to_owned() }),
            }
        }
        for (number, line) in rows().filter(|(_, line)| !line.starts_with("class\t")) {
            if let Err(what) = self.add_rule(line, own) {
                errors.push(LexiconError { line: number + 1, what });
            }
        }
        for class in ["say", "future", "carry", "wish", "refuse", "other-verb"] {
            let lemmas: Vec<String> =
                self.classes.get(class).map(|words| words.iter().cloned().collect()).unwrap_or_default();
            for lemma in lemmas {
                self.add_verb(&lemma);
            }
        }
        errors.sort_by_key(|error| error.line);
        errors
    }

    fn add_rule(&mut self, line: &str, own: bool) -> Result<(), String> {
        let columns: Vec<&str> = line.split('\t').collect();
        let (&[code, class, patterns], rest) =
            columns.split_first_chunk::<3>().ok_or("a rule has a type, a word class and patterns")?;
        let kind = EventKind::from_code(code).ok_or_else(|| format!("unknown type {code}"))?;
        let recipients: Vec<String> = rest
            .first()
            .map(|slots| slots.split(',').map(|slot| slot.trim().to_owned()).filter(|slot| slot.len() > 1).collect())
            .unwrap_or_default();
        let flags = rest.get(1).copied().unwrap_or("");
        for flag in flags.split(',').map(str::trim).filter(|flag| !flag.is_empty()) {
            if !["mutual", "swap", "weak", "strong", "modal"].contains(&flag) {
                return Err(format!("unknown flag {flag}"));
            }
        }
        let has = |flag: &str| flags.split(',').any(|given| given.trim() == flag);
        for source in patterns.split('|') {
            let (head, mut pattern) = self.pattern(source, kind)?;
            pattern.recipients.clone_from(&recipients);
            pattern.mutual = has("mutual");
            pattern.swap = has("swap");
            pattern.weak = has("weak");
            pattern.strong = has("strong");
            pattern.modal = has("modal");
            pattern.own = own;
            match class {
                "verb" => {
                    self.add_verb(&head);
                    self.verb_patterns.entry(head).or_default().push(pattern);
                }
                "noun" => {
                    for form in [inflect::plural(&head), head] {
                        self.noun_patterns.entry(form).or_default().push(pattern.clone());
                    }
                }
                other => return Err(format!("word class {other} is neither verb nor noun")),
            }
        }
        Ok(())
    }

    /// One alternative: the head and its conditions.
    fn pattern(&self, source: &str, kind: EventKind) -> Result<(String, Pattern), String> {
        let mut pattern = Pattern {
            kind,
            follow: Vec::new(),
            object: None,
            not_object: None,
            subject: None,
            not_subject: None,
            context: None,
            recipients: Vec::new(),
            mutual: false,
            swap: false,
            weak: false,
            strong: false,
            modal: false,
            own: false,
        };
        let source = source.trim();
        let (head, mut rest) = source.split_once(' ').unwrap_or((source, ""));
        if head.is_empty() || !head.starts_with(char::is_alphanumeric) {
            return Err(format!("the pattern “{source}” has no head"));
        }
        while !rest.trim().is_empty() {
            rest = rest.trim_start();
            if let Some(open) = rest.find(['[', '{']).filter(|&at| at <= 2 && !rest[..at].contains(' ')) {
                let close = if rest[open..].starts_with('[') { ']' } else { '}' };
                let end = rest.find(close).ok_or_else(|| format!("no {close} in “{source}”"))?;
                let words = self.words(&rest[open + 1..end])?;
                let slot = match (&rest[..open], close) {
                    ("", ']') => &mut pattern.object,
                    ("!", ']') => &mut pattern.not_object,
                    ("<", ']') => &mut pattern.subject,
                    ("<!" | "!<", ']') => &mut pattern.not_subject,
                    ("", '}') => &mut pattern.context,
                    (mark, _) => return Err(format!("{mark} has no meaning in “{source}”")),
                };
                *slot = Some(words);
                rest = &rest[end + 1..];
            } else {
                let (word, tail) = rest.split_once(' ').unwrap_or((rest, ""));
                pattern.follow.push(match word.strip_prefix('~') {
                    Some(near) => Follow::Near(self.words(near)?),
                    None => Follow::Next(word.to_owned()),
                });
                rest = tail;
            }
        }
        Ok((head.to_owned(), pattern))
    }

    /// The words of a list in all their forms; `@class` stands for the words of that class.
    fn words(&self, list: &str) -> Result<Words, String> {
        let mut out = Words::default();
        for word in list.split_whitespace() {
            let members: Vec<&str> = match word.strip_prefix('@') {
                Some(class) => {
                    let members = self.classes.get(class).ok_or_else(|| format!("no class {class}"))?;
                    members.iter().map(String::as_str).collect()
                }
                None => vec![word],
            };
            for member in members {
                out.insert(inflect::plural(member));
                out.insert(member.to_owned());
            }
        }
        Ok(out)
    }

    fn add_verb(&mut self, lemma: &str) {
        let known =
            |forms: &Vec<(String, Forms)>| forms.iter().any(|(known, bits)| known == lemma && bits & BASE != 0);
        if self.verbs.get(lemma).is_some_and(known) {
            return;
        }
        let forms = inflect::verb_forms(lemma);
        let mut add = |form: String, bits: Forms| {
            let entries = self.verbs.entry(form).or_default();
            match entries.iter_mut().find(|(known, _)| known == lemma) {
                Some((_, known)) => *known |= bits,
                None => entries.push((lemma.to_owned(), bits)),
            }
        };
        add(lemma.to_owned(), BASE);
        add(forms.third, THIRD);
        forms.past.into_iter().for_each(|form| add(form, PAST));
        forms.participle.into_iter().for_each(|form| add(form, PARTICIPLE));
        forms.ing.into_iter().for_each(|form| add(form, ING));
    }

    /// The lemmas that `lower` (a word in lower case) can be a form of.
    pub fn verb(&self, lower: &str) -> &[(String, Forms)] {
        self.verbs.get(lower).map_or(&[], Vec::as_slice)
    }

    /// The patterns headed by the verb `lemma`.
    pub fn verb_patterns(&self, lemma: &str) -> &[Pattern] {
        self.verb_patterns.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The patterns that begin with the noun `lower`, in any of its forms.
    pub fn noun_patterns(&self, lower: &str) -> &[Pattern] {
        self.noun_patterns.get(lower).map_or(&[], Vec::as_slice)
    }

    /// Whether `lemma` is in a class.
    pub fn is(&self, class: &str, lemma: &str) -> bool {
        self.classes.get(class).is_some_and(|words| words.contains(lemma))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet as Set;

    #[test]
    fn the_builtin_lexicon_has_no_errors_and_covers_every_type() {
        let (lexicon, errors) = EventLexicon::parse(include_str!("../../../assets/lexicon/events.tsv"));
        assert_eq!(errors, []);
        let kinds: Set<EventKind> =
            lexicon.verb_patterns.values().chain(lexicon.noun_patterns.values()).flatten().map(|p| p.kind).collect();
        let missing: Vec<&str> = EventKind::ALL.iter().filter(|k| !kinds.contains(k)).map(|k| k.code()).collect();
        assert_eq!(missing, Vec::<&str>::new());
    }

    #[test]
    fn forms_lead_back_to_lemmas() {
        let lexicon = EventLexicon::builtin();
        assert_eq!(lexicon.verb("condemning"), [("condemn".to_owned(), ING)]);
        assert!(lexicon.verb("met").contains(&("meet".to_owned(), PAST | PARTICIPLE)));
        assert!(lexicon.verb("table").iter().all(|(lemma, _)| lemma == "table"));
        assert!(lexicon.verb("perhaps").is_empty());
    }

    #[test]
    fn own_rows_go_before_and_may_name_and_extend_classes() {
        let own = "class\ttie\tlifeline\nREJECT\tverb\tcondemn [@tie]\nclass\tlonely\nFROWN\tverb\tfrown\n";
        let (lexicon, errors) = EventLexicon::with(own);
        assert_eq!(errors.iter().map(|error| error.line).collect::<Vec<_>>(), [3, 4]);
        let best = lexicon.verb_patterns("condemn").iter().max_by_key(|pattern| pattern.rank()).unwrap();
        assert_eq!(best.kind.code(), "REJECT");
        assert!(best.object.as_ref().is_some_and(|words| words.contains("lifeline") && words.contains("relations")));
        assert!(lexicon.verb_patterns("sever").iter().any(|pattern| pattern.kind.code() == "SANCTION"));
    }

    #[test]
    fn errors_name_the_line() {
        let (_, errors) =
            EventLexicon::parse("# head\nACCUSE\tverb\tcondemn\nFROWN\tverb\tfrown\nAID\tverb\tgive [x\n");
        assert_eq!(errors.iter().map(|error| error.line).collect::<Vec<_>>(), [3, 4]);
        assert!(errors[0].to_string().contains("FROWN"));
    }
}
