//! Lines of the command line (`:`): every command by its name, and those that take words.
//!
//! Pure: [`parse`] turns what was typed, or bound to a key, into a [`Line`] or into a [`LineError`] that points at the
//! place; [`complete`] offers what may be typed next. A number before a command does it as often.

use super::command::{COMMANDS, Command};
use super::problem::choices;
use crate::model::Correction;
use crate::query::{self, Candidate, Completion, QueryError, Search, Sort, Values};
use crate::store::Mark;
use crate::text::Span;

/// As often as a command is done at most.
const MOST_TIMES: usize = 10_000;

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// How often.
    pub times: usize,
    /// What.
    pub order: Order,
}

/// What a line orders.
#[derive(Debug, Clone, PartialEq)]
pub enum Order {
    /// What a key does.
    Key(Command),
    /// List what a query asks for; `None`: all again.
    Filter(Option<Wanted>),
    /// Search for words in the article.
    Find(String),
    /// List in this order.
    Sort(Sort),
    /// Give tags to articles and take tags from them.
    Tag {
        /// Tags to give.
        add: Vec<String>,
        /// Tags to take away.
        remove: Vec<String>,
        /// Articles; `None`: the open one.
        articles: Option<Wanted>,
    },
    /// Mark articles.
    Mark {
        /// How.
        mark: Mark,
        /// Articles; `None`: the open one.
        articles: Option<Wanted>,
    },
    /// Note this on what is selected or current, or on the article.
    Note(String),
    /// Set this right at what is current.
    Correct(Correction),
    /// Run a program of the configuration's `[programs]` on the open article.
    Run(String),
}

/// A query as it was typed, and as it is understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// As typed, without blanks around it.
    pub text: String,
    /// As understood.
    pub search: Search,
}

impl Wanted {
    /// Reads a query; `None` if nothing was typed.
    ///
    /// # Errors
    /// If the query is wrong.
    pub fn read(text: &str) -> Result<Option<Wanted>, QueryError> {
        let text = text.trim_end();
        let trimmed = text.trim_start();
        if trimmed.is_empty() {
            return Ok(None);
        }
        Ok(Some(Wanted { text: trimmed.to_owned(), search: query::parse(text)? }))
    }
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct LineError {
    /// Where, in bytes of the line.
    pub span: Span,
    /// What is wrong, and what would be right. It may quote what was typed.
    pub message: String,
}

/// What takes words: name, what stands after it, what it does.
const WITH_WORDS: [(&str, &str, &str); 8] = [
    ("filter", "[QUERY]", "list what a query asks for; without one, all again"),
    ("find", "WORDS", "search in the article"),
    ("sort", "ORDER", "list in this order"),
    ("tag", "+TAG -TAG [QUERY]", "tag the article, or all that a query finds"),
    ("mark", "MARK [QUERY]", "read, unread, starred or unstarred: the article, or all that a query finds"),
    (
        "note",
        "[TEXT]",
        "note something on what is selected or current, or on the article; without TEXT, in the editor",
    ),
    ("correct", "CORRECTION", "set right a speaker, a country, a name, an event: what is current"),
    ("run", "PROGRAM", "run a program of the configuration on the article"),
];

/// How articles can be marked, with what it means.
const MARKS: [(&str, Mark, &str); 4] = [
    ("read", Mark::Read(true), "read"),
    ("unread", Mark::Read(false), "not read"),
    ("starred", Mark::Starred(true), "kept for good"),
    ("unstarred", Mark::Starred(false), "without a star"),
];

/// Words with their places.
fn words(text: &str, from: usize) -> impl Iterator<Item = (usize, &str)> {
    let rest = text.get(from..).unwrap_or_default();
    rest.split_whitespace().map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// Reads a line; a `:` before it is not needed.
///
/// # Errors
/// If there is no such command, or its words are wrong.
pub fn parse(line: &str) -> Result<Line, LineError> {
    let fail = |at: usize, word: &str, message: String| LineError { span: Span::new(at, at + word.len()), message };
    let start = line.len() - line.trim_start().trim_start_matches(':').len();
    let mut all = words(line, start);
    let Some((mut at, mut name)) = all.next() else {
        return Err(fail(line.len(), "", "type a command; Tab offers what there is".to_owned()));
    };
    let mut times = 1;
    let digits = name.len() - name.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 {
        times = name[..digits].parse().unwrap_or(usize::MAX).clamp(1, MOST_TIMES);
        (at, name) = match &name[digits..] {
            "" => all.next().ok_or_else(|| fail(at, name, "a number stands before a command".to_owned()))?,
            rest => (at + digits, rest),
        };
    }
    let end = at + name.len();
    let rest = line.get(end..).unwrap_or_default();
    // Places in the rest are places in the line.
    let wanted = |from: usize| {
        let text = line.get(from..).unwrap_or_default();
        Wanted::read(text).map_err(|error| LineError {
            span: Span::new(from + error.span.start, from + error.span.end),
            message: error.to_string(),
        })
    };
    // What changes articles says which ones: an order alone would mean all of them.
    let chosen = |from: usize| match wanted(from)? {
        Some(wanted) if wanted.search.matching.is_none() => {
            let rest = line.get(from..).unwrap_or_default();
            Err(fail(from, rest, "say which articles: an order alone means none".to_owned()))
        }
        wanted => Ok(wanted),
    };
    let order = match name {
        "filter" => Order::Filter(wanted(end)?),
        "find" if rest.trim().is_empty() => Order::Key(Command::Search),
        "find" => Order::Find(rest.trim().to_owned()),
        "sort" => {
            let word = rest.trim();
            let found = Sort::ALL.iter().find(|(_, name, _)| *name == word).map(|(sort, ..)| *sort);
            let names: Vec<&str> = Sort::ALL.iter().map(|(_, name, _)| *name).collect();
            let error = || fail(end, rest, format!("no order is called \"{word}\": {}", choices(word, &names)));
            Order::Sort(found.ok_or_else(error)?)
        }
        "tag" => {
            let (mut add, mut remove, mut query) = (Vec::new(), Vec::new(), None);
            for (at, word) in words(line, end) {
                match word.strip_prefix('+').map(|tag| (tag, true)).or(word.strip_prefix('-').map(|tag| (tag, false)))
                {
                    // A term with a field begins the query, negated or not.
                    Some((tag, is_new)) if !tag.is_empty() && !tag.contains(':') => {
                        if is_new { &mut add } else { &mut remove }.push(tag.to_owned());
                    }
                    _ => {
                        query = Some(at);
                        break;
                    }
                }
            }
            if add.is_empty() && remove.is_empty() {
                return Err(fail(end, rest, "name the tags: +TAG gives one, -TAG takes one away".to_owned()));
            }
            Order::Tag { add, remove, articles: query.map(chosen).transpose()?.flatten() }
        }
        "mark" => {
            let (at, word) = words(line, end).next().unwrap_or((end, ""));
            let names = MARKS.map(|(name, ..)| name);
            let found = MARKS.iter().find(|(name, ..)| *name == word).map(|(_, mark, _)| *mark);
            let error = || fail(at, word, format!("no mark is called \"{word}\": {}", choices(word, &names)));
            Order::Mark { mark: found.ok_or_else(error)?, articles: chosen(at + word.len())? }
        }
        "note" if rest.trim().is_empty() => Order::Key(Command::Note),
        "note" => Order::Note(rest.trim().to_owned()),
        "correct" if rest.trim().is_empty() => Order::Key(Command::Correct),
        "correct" => Order::Correct(query::correction(rest).map_err(|message| fail(end, rest, message))?),
        "run" if rest.trim().is_empty() => {
            return Err(fail(end, rest, "name a program of [programs] in the configuration".to_owned()));
        }
        "run" => Order::Run(rest.trim().to_owned()),
        _ => {
            let Some(command) = Command::from_name(name) else {
                let names: Vec<&str> = names().map(|(name, _)| name).collect();
                return Err(fail(at, name, format!("no command is called \"{name}\": {}", choices(name, &names))));
            };
            if !rest.trim().is_empty() {
                return Err(fail(end, rest, format!("{name} takes no words")));
            }
            Order::Key(command)
        }
    };
    Ok(Line { times, order })
}

/// Every name with what it does.
fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    let with_words = WITH_WORDS.iter().map(|(name, _, help)| (*name, *help));
    let bare = COMMANDS.iter().filter(|info| WITH_WORDS.iter().all(|(name, ..)| *name != info.name));
    with_words.chain(bare.map(|info| (info.name, info.help)))
}

/// Every command that takes words: name, what stands after it, what it does.
pub fn with_words() -> &'static [(&'static str, &'static str, &'static str)] {
    &WITH_WORDS
}

/// What lines may name that is not known beforehand.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// The configuration's programs.
    pub programs: &'a [&'a str],
    /// Who may be a speaker.
    pub people: &'a [&'a str],
    /// What can be set right where the reader is: how its words begin; nothing: all that ever can.
    pub corrections: &'a [&'a str],
}

/// What may be typed at byte `cursor` of a line.
pub fn complete(line: &str, cursor: usize, known: Known<'_>) -> Completion {
    let mut cursor = cursor.min(line.len());
    while !line.is_char_boundary(cursor) {
        cursor -= 1;
    }
    let typed = |from: usize| line.get(from..cursor).unwrap_or_default();
    let offers = |from: usize, all: Vec<(String, String)>| {
        let beginning = typed(from).to_owned();
        let candidates = all.into_iter().filter(|(text, _)| text.starts_with(&beginning));
        let candidates = candidates.map(|(text, help)| Candidate { text, help }).collect();
        Completion { span: Span::new(from, cursor), candidates, values: None }
    };
    let listed = |all: &[(&str, &str)]| -> Vec<(String, String)> {
        all.iter().map(|(name, help)| ((*name).to_owned(), (*help).to_owned())).collect()
    };
    let in_query = |from: usize| {
        let mut found = query::complete(line.get(from..).unwrap_or_default(), cursor - from);
        found.span = Span::new(found.span.start + from, found.span.end + from);
        found
    };
    let mut all = words(line, 0).filter(|(at, _)| *at < cursor);
    let mut first = all.next();
    if first.is_some_and(|(at, word)| word.bytes().all(|byte| byte.is_ascii_digit()) && at + word.len() < cursor) {
        first = all.next();
    }
    let Some((at, name)) = first else { return offers(cursor, listed(&names().collect::<Vec<_>>())) };
    let name = name.trim_start_matches(':');
    let end = at + line[at..].find(char::is_whitespace).unwrap_or(line.len() - at);
    if cursor <= end {
        let from = end - name.len();
        return offers(from.min(cursor), listed(&names().collect::<Vec<_>>()));
    }
    let word = typed(end).rfind(char::is_whitespace).map_or(end, |gap| end + gap + 1);
    let is_first = words(line, end).next().is_none_or(|(at, _)| at >= word);
    match name {
        "filter" => in_query(end),
        "sort" => offers(word, listed(&Sort::ALL.map(|(_, name, help)| (name, help)))),
        "mark" if is_first => offers(word, listed(&MARKS.map(|(name, _, help)| (name, help)))),
        "mark" => in_query(words(line, end).next().map_or(end, |(at, word)| at + word.len())),
        "correct" => {
            let from = words(line, end).next().map_or(cursor, |(at, _)| at.min(cursor));
            let mut candidates = query::corrections(typed(from), known.people);
            let fits = |text: &str| known.corrections.iter().any(|form| text.starts_with(form));
            candidates.retain(|one| known.corrections.is_empty() || fits(&one.text));
            Completion { span: Span::new(from, cursor), candidates, values: None }
        }
        "run" => offers(word, known.programs.iter().map(|name| ((*name).to_owned(), String::new())).collect()),
        "tag" => match typed(word).strip_prefix(['+', '-']) {
            Some(tag) if !tag.contains(':') => Completion {
                span: Span::new(word + 1, cursor),
                candidates: Vec::new(),
                values: Some((Values::Tags, tag.to_owned())),
            },
            _ => {
                let query = words(line, end).find(|(_, word)| !word.starts_with(['+', '-']) || word.contains(':'));
                in_query(query.map_or(word, |(at, _)| at.min(word)))
            }
        },
        _ => offers(cursor, Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(line: &str) -> Order {
        parse(line).unwrap().order
    }

    fn error(line: &str) -> (String, String) {
        let error = parse(line).unwrap_err();
        (error.span.of(line).to_owned(), error.message)
    }

    fn wanted(query: &str) -> Option<Wanted> {
        Wanted::read(query).unwrap()
    }

    #[test]
    fn every_command_has_a_line_and_a_number_says_how_often() {
        for info in COMMANDS {
            assert_eq!(order(info.name), Order::Key(info.command));
        }
        assert_eq!(parse(":3 next-article").unwrap(), Line { times: 3, order: Order::Key(Command::NextArticle) });
        assert_eq!(parse("12down").unwrap().times, 12);
        assert_eq!(parse("99999999999999999999 down").unwrap().times, MOST_TIMES);
    }

    #[test]
    fn words_come_after_the_name() {
        assert_eq!(order("filter country:IR  said:talks "), Order::Filter(wanted("country:IR  said:talks")));
        assert_eq!(order("filter"), Order::Filter(None));
        assert_eq!(order("find  night train"), Order::Find("night train".to_owned()));
        assert_eq!(order("sort relevance"), Order::Sort(Sort::Relevance));
        assert_eq!(
            order("mark read country:IR"),
            Order::Mark { mark: Mark::Read(true), articles: wanted("country:IR") }
        );
        assert_eq!(order("run mail"), Order::Run("mail".to_owned()));
        assert_eq!(order("note  Ask her."), Order::Note("Ask her.".to_owned()));
        assert_eq!(order("note"), Order::Key(Command::Note));
        assert_eq!(order("correct no event"), Order::Correct(Correction::NoEvent));
    }

    #[test]
    fn tags_stand_before_the_query() {
        let tag = |add: &[&str], remove: &[&str], query: &str| Order::Tag {
            add: add.iter().map(|tag| (*tag).to_owned()).collect(),
            remove: remove.iter().map(|tag| (*tag).to_owned()).collect(),
            articles: wanted(query),
        };
        assert_eq!(order("tag +iran -later"), tag(&["iran"], &["later"], ""));
        assert_eq!(order("tag +iran country:IR -unread"), tag(&["iran"], &[], "country:IR -unread"));
        assert_eq!(order("tag +iran -country:US"), tag(&["iran"], &[], "-country:US"));
    }

    #[test]
    fn errors_point_at_the_place_and_say_what_there_is() {
        assert_eq!(error("nxt-article").0, "nxt-article");
        assert!(error("nxt-article").1.contains("next-article"));
        assert_eq!(error("filter country:XX").0.trim(), "XX");
        assert_eq!(error("tag country:IR").0, " country:IR");
        assert_eq!(error("down fast").1, "down takes no words");
        assert!(error("mark read sort:oldest").1.contains("which articles"));
        assert!(error("tag +x sort:oldest").1.contains("which articles"));
        assert!(error("mark red").1.contains("read"));
        assert!(error("correct no evnt").1.contains("no event"));
        assert!(error("  ").1.contains("Tab"));
        assert!(error("5").1.contains("before a command"));
    }

    fn offered(line: &str) -> Vec<String> {
        let known = Known {
            programs: &["mail", "archive"],
            people: &["Ada Obi", "Carl Dunn"],
            corrections: &["speaker", "no quotation"],
        };
        let found = complete(line, line.len(), known);
        found
            .candidates
            .into_iter()
            .map(|candidate| format!("{}{}", &line[..found.span.start], candidate.text))
            .collect()
    }

    #[test]
    fn names_orders_fields_and_values_are_offered() {
        assert_eq!(offered("next-un"), ["next-unread"]);
        assert_eq!(offered("3 next-un"), ["3 next-unread"]);
        assert_eq!(offered("sort rel"), ["sort relevance"]);
        assert_eq!(offered("run a"), ["run archive"]);
        assert_eq!(offered("correct n"), ["correct no quotation"]);
        assert_eq!(offered("correct speaker du"), ["correct speaker Carl Dunn"]);
        assert!(offered("correct ").contains(&"correct speaker Ada Obi".to_owned()));
        assert!(offered("filter coun").contains(&"filter country:".to_owned()), "{:?}", offered("filter coun"));
        assert!(offered("mark read coun").contains(&"mark read country:".to_owned()));
        assert!(offered("tag +x coun").contains(&"tag +x country:".to_owned()));
        assert_eq!(complete("tag +ir", 7, Known::default()).values, Some((Values::Tags, "ir".to_owned())));
        assert!(offered("").len() > COMMANDS.len());
    }
}
