//! An article: one canonical plain text with its blocks, and what is known about it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::Url;

use crate::text::iri::uuid;
use crate::text::{Clean, OffsetMap, Removed, Span};

/// One article as it was read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// What tells it from the others of its input: the `id` of JSON Lines, else the path.
    pub id: Clean,
    /// Headline, if the input gives one apart from the text or the text begins with one.
    pub title: Option<Clean>,
    /// Who published it.
    pub source: Option<Clean>,
    /// Byline.
    pub authors: Vec<Clean>,
    /// Day of publication; relative dates in the text are resolved against it.
    pub date: Option<Date>,
    /// Where it was published.
    pub url: Option<Clean>,
    /// BCP 47 tag, if the input gives one.
    pub language: Option<Clean>,
    /// The text.
    pub doc: Doc,
    /// Keys of the input that dateline has no use for, kept for export.
    #[serde(with = "json_text")]
    pub extra: Map<String, Value>,
    /// What cleaning took out of text and metadata.
    pub removed: Removed,
}

impl Article {
    /// Its address, if it is one of the web: an IRI without signs that would end it in some format.
    pub fn address(&self) -> Option<String> {
        let url = Url::parse(self.url.as_deref()?).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        let encoded = |c: char| match c {
            '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`' => format!("%{:02X}", u32::from(c)),
            c => c.to_string(),
        };
        Some(url.as_str().chars().map(encoded).collect())
    }

    /// What stands for it in the web of data: its address, else an IRI made of its id.
    pub fn iri(&self) -> String {
        self.address().unwrap_or_else(|| uuid(&["article", &self.id]))
    }
}

/// A canonical plain text with its structure. Every span here and in [`super::Annotations`] is in bytes of `text`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Doc {
    /// The text. Blocks are separated by at least one line feed.
    pub text: Clean,
    /// Non-empty blocks in text order; they do not overlap and leave only white space between them.
    pub blocks: Vec<Block>,
    /// Inline markup, in text order; may nest.
    pub marks: Vec<Mark>,
    /// Targets of [`MarkKind::Link`], by index.
    pub links: Vec<Link>,
    /// From offsets in `text` to offsets in the text as the input gave it. Not stored: only what is read anew is exported
    /// with such offsets.
    #[serde(skip)]
    pub map: OffsetMap,
}

/// A stretch of text that is laid out by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Without white space at its ends. A line feed inside it is a blank, but in [`BlockKind::Pre`].
    pub span: Span,
    /// How it is laid out.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading of level 1 (the headline) to 6.
    Heading(u8),
    /// A list item.
    Item {
        /// How deep its list is nested, 1 or more.
        depth: u8,
        /// Its number in an ordered list; `None` for a bullet.
        number: Option<u32>,
    },
    /// A block quotation.
    Quote,
    /// Text whose line feeds and blanks count.
    Pre,
    /// The words under a picture or over a table.
    Caption,
    /// A row of a table. A tab stands between two cells, and nowhere else in it.
    Row {
        /// Whether a table begins here.
        first: bool,
        /// Whether its cells name the columns.
        header: bool,
        /// How many empty cells come before the first word.
        skip: u8,
    },
}

/// Inline markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// What is marked.
    pub span: Span,
    /// How.
    pub kind: MarkKind,
}

/// A kind of inline markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MarkKind {
    /// Strong emphasis.
    Strong,
    /// Emphasis.
    Emphasis,
    /// Code.
    Code,
    /// A link to `Doc::links[index]`.
    Link(usize),
}

/// The target of a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// As written in the input.
    pub url: Clean,
}

impl Doc {
    /// The index of the block that holds byte `offset`, or of the last one that begins before it.
    pub fn block_at(&self, offset: usize) -> usize {
        self.blocks.partition_point(|block| block.span.start <= offset).saturating_sub(1)
    }
}

impl BlockKind {
    /// An item of a list without numbers.
    pub fn bullet(depth: u8) -> Self {
        BlockKind::Item { depth, number: None }
    }
}

/// JSON values as one text, for formats that cannot tell by themselves what comes next.
mod json_text {
    use serde::de::Error as _;
    use serde::ser::Error as _;
    use serde::{Deserialize, Deserializer, Serializer};
    use serde_json::{Map, Value};

    pub(super) fn serialize<S: Serializer>(map: &Map<String, Value>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&serde_json::to_string(map).map_err(S::Error::custom)?)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Map<String, Value>, D::Error> {
        serde_json::from_str(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
