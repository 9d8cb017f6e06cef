//! Plain text and places in it: spans, cleaning. Functions over `&str`; nothing here knows what an article is.

pub mod anchor;
pub mod clean;
pub mod difference;
pub mod iri;
pub mod secret;
pub mod span;
pub mod wrap;

pub use clean::{CharOffsets, Clean, CleanStr, Cleaned, OffsetMap, Removed, clean, clean_line, clean_owned};
pub use secret::masked;
pub use span::Span;
