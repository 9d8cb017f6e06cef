//! How things look: a style for each kind of thing the screen shows.
//!
//! The values live in `config.toml`; here is only what can be styled.

use ratatui::style::Style;

/// Whether the terminal's background is light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Background {
    /// Light text on a dark ground.
    Dark,
    /// Dark text on a light ground.
    Light,
}

/// Which theme is used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// Dark or light, as the terminal's background tells; dark if it does not; monochrome where `NO_COLOR` is set.
    #[default]
    Auto,
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
    /// Without colours: bold, underline, italic and reverse only.
    Mono,
}

impl ThemeChoice {
    /// The words used in `config.toml`, with what they mean.
    pub const NAMES: [(&'static str, ThemeChoice); 4] =
        [("auto", Self::Auto), ("dark", Self::Dark), ("light", Self::Light), ("mono", Self::Mono)];
}

/// Declares [`Theme`] and the table of its named styles together, so that the two cannot part.
macro_rules! theme {
    ($($(#[$doc:meta])* $field:ident,)*) => {
        /// A style for each kind of thing on the screen.
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct Theme {
            $($(#[$doc])* pub $field: Style,)*
            /// One per speaker of an article, in turn; the gutter bar of their statements.
            pub speakers: Vec<Style>,
        }

        impl Theme {
            /// The names of the single styles in `config.toml`, each with its place in a theme.
            pub(super) const STYLES: &[(&'static str, fn(&mut Theme) -> &mut Style)] =
                &[$((stringify!($field), |theme| &mut theme.$field),)*];
        }
    };
}

theme! {
    /// Running text.
    text,
    /// What matters less: read articles, hints, the text beside a current quotation.
    dim,
    /// Headings inside an article.
    heading,
    /// The headline, names of panes.
    title,
    /// Frame of a pane.
    border,
    /// Frame of the pane that has the keys.
    border_active,
    /// A person's name.
    person,
    /// A place's name.
    place,
    /// An organisation's name.
    organisation,
    /// A nationality, religion or people.
    people,
    /// What somebody said.
    quotation,
    /// The quotation the reader is at.
    quotation_current,
    /// The words that name who said it, in the current quotation.
    source,
    /// The word that tells that it was said ("said"), in the current quotation.
    cue,
    /// The words elsewhere that tell who a pronoun or role is, in the current quotation.
    antecedent,
    /// The words that an entry of the side panel led to, or the current name.
    pointed,
    /// The word that tells of an event.
    trigger,
    /// Who acts in an event.
    actor,
    /// Whom an event happens to or with.
    recipient,
    /// Where an event happens.
    event_place,
    /// When an event happens.
    event_day,
    /// A mention of a country that the list is filtered by.
    marked_country,
    /// Words that somebody noted something about.
    noted,
    /// What a search found.
    found,
    /// The selected words of an article.
    selection,
    /// The selected row of a list.
    selected,
    /// Country codes and other small labels.
    badge,
    /// The line of keys and states.
    status,
    /// A passing notice.
    notice,
    /// What went wrong.
    error,
    /// A link.
    link,
    /// The label of a link.
    hint,
    /// Words that an article got.
    added,
    /// Words that an article lost.
    removed,
}

/// The three themes; which one is used can change while the reader runs, when the terminal tells its background.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Themes {
    /// For a dark background.
    pub dark: Theme,
    /// For a light background.
    pub light: Theme,
    /// Without colours.
    pub mono: Theme,
}

impl Themes {
    /// The theme for this choice on this background (`None`: not known).
    pub fn pick(&self, choice: ThemeChoice, background: Option<Background>) -> &Theme {
        match (choice, background) {
            (ThemeChoice::Mono, _) => &self.mono,
            (ThemeChoice::Light, _) | (ThemeChoice::Auto, Some(Background::Light)) => &self.light,
            (ThemeChoice::Dark, _) | (ThemeChoice::Auto, _) => &self.dark,
        }
    }
}

impl Theme {
    /// The theme that comes with the program for a dark background.
    pub fn dark() -> Theme {
        super::Config::default().themes.dark
    }

    /// The theme that comes with the program for a light background.
    pub fn light() -> Theme {
        super::Config::default().themes.light
    }

    /// The theme that comes with the program without colours.
    pub fn monochrome() -> Theme {
        super::Config::default().themes.mono
    }

    /// The style of the speaker with this number in the article.
    pub fn speaker(&self, number: usize) -> Style {
        match self.speakers.len() {
            0 => self.quotation,
            count => self.speakers[number % count],
        }
    }
}
