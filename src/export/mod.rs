//! Annotated articles as bytes: JSON for programs, coloured text for people.

pub mod ansi;
pub mod json;
