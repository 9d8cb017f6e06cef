//! What happens to the reader, and what it asks to be done.

use std::sync::Arc;

use crossterm::event::{KeyEvent, MouseEvent};

pub use crate::config::Background;
use crate::model::{Annotations, Article};
use crate::text::Clean;

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Msg {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(Clean),
    /// The mouse did something.
    Mouse(MouseEvent),
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// More articles were read.
    Loaded(Vec<Article>),
    /// Something could not be read.
    LoadFailed {
        /// What: a path, or a place in one.
        what: Clean,
        /// Why, in words.
        why: Clean,
    },
    /// Something worth telling about what was read, such as files left out.
    LoadNotice(Clean),
    /// Everything asked for has been read.
    LoadDone,
    /// An article has been annotated.
    Annotated {
        /// Its number, as in [`Effect::Annotate`].
        article: usize,
        /// What was found.
        annotations: Arc<Annotations>,
    },
    /// An article could not be annotated.
    AnnotateFailed {
        /// Its number, as in [`Effect::Annotate`].
        article: usize,
        /// Why, in words.
        why: Clean,
    },
    /// The terminal told the lightness of its background; sent only if the theme is to follow it.
    Background(Background),
    /// The program is in the foreground again.
    Resumed,
}

/// Something to be done outside.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Annotate an article and answer with [`Msg::Annotated`] or [`Msg::AnnotateFailed`].
    Annotate {
        /// Its number in the order of loading.
        article: usize,
        /// The article.
        text: Arc<Article>,
        /// Whether it is on the screen, so that it goes before the others.
        urgent: bool,
    },
    /// Copy to the clipboard.
    Copy(Clean),
    /// Draw every cell again.
    Redraw,
    /// Give the terminal back to the shell until the program is continued, then send [`Msg::Resumed`].
    Suspend,
    /// Leave.
    Quit,
}
