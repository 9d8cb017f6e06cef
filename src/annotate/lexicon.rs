//! The word lists under `assets/lexicon`, parsed once.

use std::sync::LazyLock;

/// All word lists.
#[derive(Debug, Default)]
pub struct Lexicon {}

impl Lexicon {
    /// The word lists that come with the program.
    pub fn builtin() -> &'static Lexicon {
        static BUILTIN: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);
        &BUILTIN
    }
}
