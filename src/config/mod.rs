//! Settings: the commented default `config.toml`, the user's file over it, and what they mean.
//!
//! The default values are in that file and nowhere else; it is part of the program and read like the user's.

pub mod command;
pub mod keys;
pub mod theme;

mod feeds;
mod file;
pub mod line;
mod notify;
mod place;
mod problem;
mod smart;
mod style;

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use crate::refresh::Settings;

pub use keys::{Chord, Keymap};
pub use notify::Notify;
pub use place::{data_folder, history_file, load, user_file};
pub use problem::{ConfigError, Problem};
pub use smart::SmartFeed;
pub use theme::{Background, Theme, ThemeChoice, Themes};

/// The default configuration as a user may read and copy it.
pub const DEFAULT_FILE: &str = include_str!("../../config.toml");

pub use command::{COMMANDS, Command, CommandInfo, Context, Group};

/// Everything a user can set.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// What opens when the command line names nothing: files, folders. Empty: the library, or without one the
    /// stories that come with the program.
    pub sources: Vec<String>,
    /// Whether the mouse selects, scrolls and drags in the reader (the terminal's own selection then needs Shift).
    pub mouse: bool,
    /// Whether the pointer over a name shows its card; only with the mouse.
    pub hover: bool,
    /// What finds statements and their speakers.
    pub engine: Engine,
    /// A file of weights for the tagger, instead of those that come with the program; empty: none.
    pub model: String,
    /// A file with words that tell of events, beside those that come with the program; empty: none.
    pub event_words: String,
    /// Who makes notes and corrections; empty: it is not told.
    pub author: String,
    /// Keys that do lines of the command line, one after the other.
    pub binds: HashMap<Chord, Vec<String>>,
    /// Programs that a line runs: a name, then the program and its arguments.
    pub programs: BTreeMap<String, Vec<String>>,
    /// Whether articles of the library are annotated in the background, before anybody opens them.
    pub annotate_ahead: bool,
    /// Whether what is typed at the prompts is kept for later runs.
    pub history: bool,
    /// The widest line of an article, in columns.
    pub measure: u16,
    /// Width of the list of articles with its frame, in columns, where the terminal is wide enough.
    pub list_width: u16,
    /// Width of the side panel with its frame, in columns, where the terminal is wide enough.
    pub panel_width: u16,
    /// What is highlighted when the reader starts.
    pub highlight: Highlight,
    /// Which theme is used.
    pub theme_choice: ThemeChoice,
    /// The three themes, for when the terminal tells its background.
    pub themes: Themes,
    /// The theme to start with: the one chosen, dark for `auto`.
    pub theme: Theme,
    /// How feeds are refreshed. An interval of zero: never by themselves.
    pub refresh: Settings,
    /// Searches that stand among the feeds, in their order.
    pub smart: Vec<SmartFeed>,
    /// Which news are told of, and how.
    pub notify: Notify,
    /// Which key means which command.
    pub keys: Keymap,
}

/// Which kinds of findings are highlighted in the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Highlight {
    /// What is said.
    pub statements: bool,
    /// Names of persons.
    pub people: bool,
    /// Names of organisations.
    pub organisations: bool,
    /// Names of countries, cities, regions.
    pub places: bool,
    /// Nationalities, religions, peoples.
    pub nationalities: bool,
    /// Who says it, in every statement and not the current one alone.
    pub sources: bool,
    /// The words that say that it was said, likewise.
    pub cues: bool,
    /// The words that tell of events, of all and not the selected one alone.
    pub events: bool,
}

/// A kind of highlight: its name, and whether it is on.
pub type HighlightKind = (&'static str, fn(&mut Highlight) -> &mut bool);

impl Highlight {
    /// Every kind by its name in `config.toml`, in the order shown.
    pub const KINDS: &'static [HighlightKind] = &[
        ("statements", |on| &mut on.statements),
        ("people", |on| &mut on.people),
        ("organisations", |on| &mut on.organisations),
        ("places", |on| &mut on.places),
        ("nationalities", |on| &mut on.nationalities),
        ("sources", |on| &mut on.sources),
        ("cues", |on| &mut on.cues),
        ("events", |on| &mut on.events),
    ];
}

/// What finds statements and their speakers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Engine {
    /// The learned tagger, with the rules for what comes after it.
    #[default]
    Tagger,
    /// Rules alone: a hundred times as fast, and blind to most of what is reported outside quotation marks.
    Rules,
}

impl Engine {
    /// The words used in `config.toml`, with what they mean.
    pub const NAMES: [(&'static str, Engine); 2] = [("tagger", Engine::Tagger), ("rules", Engine::Rules)];
}

impl Default for Config {
    fn default() -> Self {
        let mut config = Config::empty();
        let problems = file::apply(DEFAULT_FILE, &mut config);
        debug_assert!(problems.is_empty(), "config.toml: {problems:?}");
        config
    }
}

impl Config {
    /// The default settings with those of a configuration file over them.
    ///
    /// # Errors
    /// Everything that is wrong with the file, in its order.
    pub fn parse(text: &str) -> Result<Config, Vec<Problem>> {
        let mut config = Config::default();
        let problems = file::apply(text, &mut config);
        if problems.is_empty() { Ok(config) } else { Err(problems) }
    }

    /// Takes this theme instead of the one chosen, as `NO_COLOR` and the command line do.
    pub fn choose_theme(&mut self, choice: ThemeChoice) {
        self.theme_choice = choice;
        self.theme = self.themes.pick(choice, None).clone();
    }

    /// What the default file is laid over: nothing set, but the keys, which are the commands' own.
    fn empty() -> Config {
        Config {
            sources: Vec::new(),
            mouse: false,
            hover: false,
            engine: Engine::default(),
            model: String::new(),
            event_words: String::new(),
            author: String::new(),
            binds: HashMap::new(),
            programs: BTreeMap::new(),
            annotate_ahead: false,
            history: false,
            measure: 0,
            list_width: 0,
            panel_width: 0,
            highlight: Highlight::default(),
            theme_choice: ThemeChoice::Auto,
            themes: Themes::default(),
            theme: Theme::default(),
            refresh: Settings::default(),
            smart: Vec::new(),
            notify: Notify::default(),
            keys: Keymap::default(),
        }
    }
}

/// `path` with a leading `~/` replaced by the home folder: in a configuration file no shell does it.
pub fn at_home(path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), etcetera::home_dir()) {
        (Some(rest), Ok(home)) => home.join(rest),
        _ => PathBuf::from(path),
    }
}
