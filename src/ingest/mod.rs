//! Bytes into articles: files, folders, standard input and the bundled stories, in any encoding.
//!
//! [`read`] walks its sources and hands over each [`Article`] as it is ready. What cannot be read becomes a
//! [`Problem`] that names the place and says what to do; the rest goes on. Nothing is fetched, no link is followed,
//! sizes and nesting are bounded by [`Limits`].

mod build;
mod charset;
mod date;
pub mod feed;
mod format;
mod front;
mod html;
mod json;
mod markdown;
mod meta;
pub mod opml;
mod outline;
pub mod page;
mod plain;
mod problem;
mod stories;
pub mod urls;
mod walk;
pub mod web_annotation;
pub(crate) mod xml;

use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::PathBuf;

use crate::model::Article;
use crate::text::Clean;

pub use self::date::parse_date;
pub use self::format::Format;
pub use self::html::content_doc;
pub use self::problem::{Fault, Place, Problem};

/// Where articles come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A file, or a folder with all below it.
    Path(PathBuf),
    /// Standard input, to its end.
    Stdin,
    /// A page of the web. [`read`] fetches nothing: who reads it with others fetches it first.
    Page(String),
    /// The stories that come with the program.
    Stories,
}

/// What [`read`] hands over.
#[derive(Debug)]
pub enum Item {
    /// An article.
    Article(Box<Article>),
    /// Something that could not be read. The rest goes on.
    Problem(Problem),
    /// Something worth telling that is no failure, such as files left out.
    Notice(Clean),
}

/// How much is read at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file that has to be read as a whole.
    pub file: u64,
    /// Bytes of one line of JSON Lines; the file may be of any size.
    pub line: u64,
    /// Folders within folders.
    pub depth: usize,
}

/// The receiver of what is read; [`ControlFlow::Break`] ends the reading.
pub type Each<'a> = dyn FnMut(Item) -> ControlFlow<()> + 'a;

impl Source {
    /// The source that a command line argument names: `-` is standard input, what begins with `http:` or `https:` a page.
    pub fn from_arg(arg: &OsStr) -> Self {
        let is_page = |text: &&str| {
            let start = text.get(..8).unwrap_or(text).to_ascii_lowercase();
            start.starts_with("http://") || start == "https://"
        };
        match arg.to_str().filter(is_page) {
            Some(address) => Source::Page(address.to_owned()),
            None if arg == "-" => Source::Stdin,
            None => Source::Path(PathBuf::from(arg)),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { file: 256 << 20, line: 64 << 20, depth: 64 }
    }
}

/// Reads `sources` in order and calls `each` with everything as it is ready. [`ControlFlow::Break`] is what `each`
/// answered last, if it ended the reading.
pub fn read(sources: &[Source], limits: &Limits, each: &mut Each) -> ControlFlow<()> {
    for source in sources {
        match source {
            Source::Path(path) => walk::path(path, limits, each)?,
            Source::Stdin => read_from(&Place::stdin(), io::stdin().lock(), None, limits, each)?,
            Source::Page(address) => each(Item::Problem(Place::named(address).problem(Fault::NotFetched)))?,
            Source::Stories => stories(each)?,
        }
    }
    ControlFlow::Continue(())
}

/// Reads the articles of one input. Its format is found from the content if `format` is not given.
pub fn read_from(
    place: &Place,
    input: impl Read,
    format: Option<Format>,
    limits: &Limits,
    each: &mut Each,
) -> ControlFlow<()> {
    let mut input = BufReader::with_capacity(64 << 10, input);
    let head = match fill(&mut input) {
        Ok(head) => head,
        Err(error) => return each(Item::Problem(place.problem(Fault::Io(error.to_string())))),
    };
    if let Some(fault) = format::unreadable(&head) {
        return each(Item::Problem(place.problem(fault)));
    }
    // JSON Lines are the one format that may be larger than memory.
    let stream = match format {
        Some(Format::JsonLines) => charset::wide(&head).is_none(),
        Some(_) => false,
        None => format::is_json_lines(&head),
    };
    let mut input = io::Cursor::new(head).chain(input);
    if stream {
        return json::lines(place, &mut input, limits, each);
    }
    let bytes = match whole(&mut input, limits.file) {
        Ok(bytes) => bytes,
        Err(fault) => return each(Item::Problem(place.problem(fault))),
    };
    read_bytes(place, bytes, format, limits, each)
}

/// Reads the articles of one input that is in memory.
pub fn read_bytes(
    place: &Place,
    bytes: Vec<u8>,
    format: Option<Format>,
    limits: &Limits,
    each: &mut Each,
) -> ControlFlow<()> {
    if let Some(fault) = format::unreadable(&bytes) {
        return each(Item::Problem(place.problem(fault)));
    }
    let text = charset::decode(bytes, format);
    match format.unwrap_or_else(|| format::sniff(&text)) {
        Format::JsonLines => json::lines(place, &mut text.as_bytes(), limits, each),
        Format::Json => json::document(place, &text, limits, each),
        format @ (Format::Plain | Format::Markdown | Format::Html) => document(place, text, format, each),
    }
}

/// Reads one input that is one article.
fn document(place: &Place, mut text: String, format: Format, each: &mut Each) -> ControlFlow<()> {
    let mut article = Article { id: place.name.clone(), ..Article::default() };
    if format != Format::Html {
        let (body, problem) = front::read(&text, place, &mut article);
        text.drain(..body);
        if let Some(problem) = problem {
            each(Item::Problem(problem))?;
        }
    }
    match format {
        Format::Html => page::fill(&mut article, &text),
        Format::Markdown => markdown::fill(&mut article, &text),
        _ => plain::fill(&mut article, text),
    }
    if article.doc.blocks.is_empty() {
        return each(Item::Problem(place.problem(Fault::Empty)));
    }
    each(Item::Article(Box::new(article)))
}

/// The stories that come with the program.
fn stories(each: &mut Each) -> ControlFlow<()> {
    for (name, text) in stories::STORIES {
        document(&Place::named(name), (*text).to_owned(), Format::Markdown, each)?;
    }
    ControlFlow::Continue(())
}

/// The first bytes of the input: enough to tell its format, or all of a short one.
fn fill(input: &mut impl BufRead) -> io::Result<Vec<u8>> {
    const ENOUGH: u64 = 16 << 10;
    let mut head = Vec::new();
    input.take(ENOUGH).read_to_end(&mut head)?;
    Ok(head)
}

fn whole(input: &mut impl Read, limit: u64) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    input.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| Fault::Io(error.to_string()))?;
    if bytes.len() as u64 > limit { Err(Fault::TooLarge { limit }) } else { Ok(bytes) }
}
