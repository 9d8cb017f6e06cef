//! Plain text and places in it: spans, cleaning. Functions over `&str`; nothing here knows what an article is.

pub mod clean;
pub mod span;

pub use clean::{Clean, CleanStr, Cleaned, OffsetMap, Removed, clean};
pub use span::Span;
