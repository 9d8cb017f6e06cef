//! The links of an article: where they lead, their numbers, and the labels that lie over them while one is chosen.

use std::collections::HashMap;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::Effect;
use super::address::{Address, Refused};
use super::flow::RowKind;
use super::layers::{Layer, flatten, touching};
use super::perform::perform;
use super::prompt::{self, Kind};
use super::reader::Reader;
use super::state::{Overlay, State};
use super::words::{self, beginning, count, flat};
use crate::config::Command;
use crate::model::{Article, MarkKind};
use crate::text::Clean;
use crate::words;

/// The most links that are listed under an article.
const LISTED: usize = 999;
/// The most links that are looked at for the list.
const LOOKED_AT: usize = 20_000;

/// A link of the list under an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Where it leads, or why it is not opened.
    pub target: Result<Address, Refused>,
    /// The words that are linked, in one line.
    pub words: Clean,
}

/// The links of one article.
#[derive(Debug, Default)]
pub struct Links {
    /// Different ones, in text order; the first is number 1.
    pub listed: Vec<Listed>,
    /// How many more there are that are not listed.
    pub more: usize,
    /// Where links stand, by their index in `Doc::links`.
    pub places: Layer<usize>,
    base: Option<Address>,
}

impl Links {
    /// Collects the links of `article`. Time grows with their number.
    pub fn new(article: &Article) -> Links {
        let doc = &article.doc;
        let base = article.url.as_ref().and_then(|url| Address::page(url).ok());
        let places = flatten(doc.marks.iter().filter_map(|mark| match mark.kind {
            MarkKind::Link(index) => Some((mark.span, index)),
            _ => None,
        }));
        let mut links = Links { base, ..Links::default() };
        let mut numbers: HashMap<Result<Address, Refused>, usize> = HashMap::new();
        let mut last = None;
        for (span, index) in places.iter().take(LOOKED_AT) {
            // A link with other markup in it is one place after the other.
            if last.replace(*index) == Some(*index) {
                continue;
            }
            let Some(link) = doc.links.get(*index) else { continue };
            let target = Address::of_link(&link.url, links.base.as_ref());
            let next = numbers.len();
            if *numbers.entry(target.clone()).or_insert(next) < next {
                continue;
            }
            if next < LISTED {
                let words = flat(beginning(&doc.text.slice(*span).to_clean()));
                links.listed.push(Listed { target, words });
            }
        }
        links.more = numbers.len() - links.listed.len();
        links.places = places;
        links
    }

    /// What the link at an index of `Doc::links` leads to.
    fn target(&self, article: &Article, index: usize) -> Option<Result<Address, Refused>> {
        Some(Address::of_link(&article.doc.links.get(index)?.url, self.base.as_ref()))
    }

    /// The listed links that `typed` may mean: by number, else by what they say and where they lead.
    pub fn matching(&self, typed: &str) -> Vec<usize> {
        let typed = typed.trim().to_lowercase();
        if let Ok(number) = typed.parse::<usize>() {
            return (1..=self.listed.len()).contains(&number).then(|| number - 1).into_iter().collect();
        }
        let fits = |listed: &Listed| {
            let address = listed.target.as_ref().map(|address| address.as_str().to_lowercase());
            !typed.is_empty()
                && (listed.words.to_lowercase().contains(&typed)
                    || address.is_ok_and(|address| address.contains(&typed)))
        };
        (0..self.listed.len()).filter(|at| self.listed.get(*at).is_some_and(fits)).collect()
    }
}

impl Listed {
    /// The host, or that there is none.
    pub fn host(&self) -> Clean {
        match &self.target {
            Ok(address) => address.host(),
            Err(Refused::Scheme(scheme)) => words!("{scheme}: (not opened)"),
            Err(Refused::NoAddress(_)) => Clean::literal("(no address)"),
        }
    }

    /// What is linked: the words, or where they lead if they only repeat the address.
    pub fn what(&self) -> Clean {
        match &self.target {
            Ok(address) if self.words.contains("://") || self.words.as_str() == address.host().as_str() => {
                address.path()
            }
            _ => self.words.clone(),
        }
    }
}

/// The labels over the links on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hints {
    /// One for each link on the screen.
    pub labels: Vec<Hint>,
    /// What has been typed of a label, in small letters.
    pub typed: String,
    /// Whether any of it was a capital: the link is copied then.
    copy: bool,
}

/// A label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// What is to be typed.
    pub label: String,
    /// Where it lies.
    pub place: Place,
    /// Where the link leads.
    target: Result<Address, Refused>,
}

/// Where a label lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Over the word at this byte of the text.
    Text(usize),
    /// Over the number of this link in the list, from 0.
    List(usize),
}

/// The keys under the fingers first.
const LETTERS: &str = "asdfghjklqwertyuiopzxcvbnm";
/// How many of them are enough for most screens.
const HOME_ROW: usize = 9;

/// `count` labels of the same length, so that none begins another; at most as many as two letters make.
fn labels(count: usize) -> Vec<String> {
    let letters: Vec<char> =
        LETTERS.chars().take(if count > HOME_ROW * HOME_ROW { usize::MAX } else { HOME_ROW }).collect();
    if count <= letters.len() {
        return letters.iter().take(count).map(char::to_string).collect();
    }
    let pairs = letters.iter().flat_map(|first| letters.iter().map(move |second| format!("{first}{second}")));
    pairs.take(count).collect()
}

impl Hints {
    /// Labels for what `reader` shows.
    fn new(reader: &Reader) -> Hints {
        let mut places: Vec<(Place, Result<Address, Refused>)> = Vec::new();
        let mut last = None;
        for row in &reader.rows {
            if let RowKind::Link(at) = row.kind {
                places.extend(reader.links.listed.get(at).map(|listed| (Place::List(at), listed.target.clone())));
            }
            let Some(span) = row.span() else { continue };
            for (at, index) in touching(&reader.links.places, span) {
                if last.replace(*index) != Some(*index)
                    && let Some(target) = reader.links.target(&reader.article, *index)
                {
                    places.push((Place::Text(at.start.max(span.start)), target));
                }
            }
        }
        let labels = labels(places.len()).into_iter().zip(places);
        let labels = labels.map(|(label, (place, target))| Hint { label, place, target }).collect();
        Hints { labels, typed: String::new(), copy: false }
    }
}

/// Lays labels over the links on the screen.
pub fn hint(state: &mut State) {
    // The article may not be on the screen yet.
    state.focus(super::Pane::Article);
    state.settle();
    let Some(reader) = &state.reader else { return };
    let hints = Hints::new(reader);
    if hints.labels.is_empty() {
        let all = reader.links.listed.len();
        let key = words::key(&state.config.keys, Command::OpenLink);
        state.say(match all {
            0 => Clean::literal("No links in this article"),
            all => words!("No link on this screen; {key} opens one of {} by its number", count(all, "link")),
        });
        return;
    }
    state.overlay = Overlay::Hints(hints);
}

/// Labels that the links under them have scrolled away from, or that belong to another article, are of no use.
pub fn settle(state: &mut State) {
    let Overlay::Hints(hints) = &state.overlay else { return };
    let now = state.reader.as_ref().map(Hints::new);
    if now.is_none_or(|now| now.labels != hints.labels) {
        state.overlay = Overlay::None;
    }
}

/// A key while labels lie over the links.
pub fn hint_key(state: &mut State, command: Option<Command>, event: KeyEvent) -> Vec<Effect> {
    let Overlay::Hints(hints) = &mut state.overlay else { return Vec::new() };
    let modified = event.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
    match (command, event.code) {
        (Some(command @ (Command::Quit | Command::Suspend | Command::Redraw)), _) => return perform(state, command),
        (Some(Command::Back), _) => state.overlay = Overlay::None,
        (_, KeyCode::Backspace) => {
            hints.typed.pop();
        }
        (_, KeyCode::Char(c)) if !modified => {
            hints.copy |= c.is_uppercase() || event.modifiers.contains(KeyModifiers::SHIFT);
            hints.typed.extend(c.to_lowercase());
            if let Some(hint) = hints.labels.iter().find(|hint| hint.label == hints.typed) {
                let (target, copy) = (hint.target.clone(), hints.copy);
                state.overlay = Overlay::None;
                return follow(state, target, copy);
            }
            if !hints.labels.iter().any(|hint| hint.label.starts_with(&hints.typed)) {
                let typed = std::mem::take(&mut hints.typed);
                hints.copy = false;
                state.say(words!("No label is \"{typed}\""));
            }
        }
        _ => {}
    }
    Vec::new()
}

/// Asks for the number of a link.
pub fn ask(state: &mut State) {
    match &state.reader {
        Some(reader) if reader.links.listed.is_empty() => state.say(Clean::literal("No links in this article")),
        Some(_) => prompt::open(state, Kind::Link { at: 0 }),
        None => {}
    }
}

/// The link that is typed at the prompt, with its number from 0 and how many fit.
pub fn typed<'a>(reader: &'a Reader, typed: &str, at: usize) -> Option<(usize, &'a Listed, usize)> {
    let matching = reader.links.matching(typed);
    let number = *matching.get(at % matching.len().max(1))?;
    Some((number, reader.links.listed.get(number)?, matching.len()))
}

/// Opens where a link of the list leads.
pub fn open_listed(state: &mut State, number: usize) -> Vec<Effect> {
    let listed = state.reader.as_ref().and_then(|reader| reader.links.listed.get(number));
    match listed.map(|listed| listed.target.clone()) {
        Some(target) => follow(state, target, false),
        None => Vec::new(),
    }
}

/// Opens or copies where a link leads.
pub fn follow(state: &mut State, target: Result<Address, Refused>, copy: bool) -> Vec<Effect> {
    match target {
        Ok(address) if copy => {
            state.say(words!("Copied {}", address.shown()));
            vec![Effect::Copy(address.shown())]
        }
        Ok(address) => {
            state.say(words!("Opening {}", address.shown()));
            vec![Effect::Open(address)]
        }
        Err(refused) => {
            state.warn(words!("Not opened: {refused}"));
            Vec::new()
        }
    }
}

/// The address of the open article, as it was given.
fn own(state: &State) -> Option<Clean> {
    state.open_item().and_then(|item| item.url()).filter(|url| !url.is_empty()).cloned()
}

/// Opens the open article's own page.
pub fn open_article(state: &mut State) -> Vec<Effect> {
    match own(state) {
        Some(url) => follow(state, Address::page(&url), false),
        None => no_address(state),
    }
}

/// Copies the open article's own address.
pub fn copy_article(state: &mut State) -> Vec<Effect> {
    match own(state) {
        Some(url) => {
            state.say(words!("Copied {}", beginning(&url)));
            vec![Effect::Copy(url)]
        }
        None => no_address(state),
    }
}

fn no_address(state: &mut State) -> Vec<Effect> {
    if state.reader.is_some() {
        state.say(Clean::literal("It is not known where this article was published"));
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Doc, Link, Mark};
    use crate::text::Span;

    #[test]
    fn labels_are_short_and_none_begins_another() {
        assert_eq!(labels(3), ["a", "s", "d"]);
        for number in [1, 9, 10, 81, 82, 676] {
            let labels = labels(number);
            assert_eq!(labels.len(), number);
            for (index, label) in labels.iter().enumerate() {
                assert!(label.len() <= 2);
                assert!(labels.iter().skip(index + 1).all(|other| !other.starts_with(label.as_str())), "{label}");
            }
        }
        assert_eq!(labels(10_000).len(), 676);
    }

    fn article(links: &[&str]) -> Article {
        let text = "word ".repeat(links.len());
        let marks = (0..links.len()).map(|at| Mark { span: Span::new(5 * at, 5 * at + 4), kind: MarkKind::Link(at) });
        let links = links.iter().map(|url| Link { url: Clean::new(url) }).collect();
        Article {
            doc: Doc { text: Clean::new(&text), marks: marks.collect(), links, ..Doc::default() },
            ..Article::default()
        }
    }

    #[test]
    fn a_link_has_one_number_however_often_it_stands_there() {
        let links =
            Links::new(&article(&["https://a.example/", "https://b.example/", "https://A.example", "file:///x"]));
        let hosts: Vec<String> = links.listed.iter().map(|listed| listed.host().to_string()).collect();
        assert_eq!(hosts, ["a.example", "b.example", "file: (not opened)"]);
        assert_eq!(links.matching("2"), [1]);
        assert_eq!(links.matching("b.ex"), [1]);
        assert_eq!(links.matching("example"), [0, 1]);
        assert!(links.matching("0").is_empty() && links.matching("4").is_empty() && links.matching(" ").is_empty());
    }

    #[test]
    fn a_page_of_nothing_but_links_is_listed_in_part() {
        let urls: Vec<String> = (0..3000).map(|number| format!("https://a.example/{number}")).collect();
        let links = Links::new(&article(&urls.iter().map(String::as_str).collect::<Vec<_>>()));
        assert_eq!((links.listed.len(), links.more), (LISTED, 3000 - LISTED));
        assert_eq!(links.places.len(), 3000);
    }
}
