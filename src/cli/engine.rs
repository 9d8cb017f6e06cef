//! Which annotator works: the configuration's, or the command line's.

use std::path::Path;
use std::sync::OnceLock;

use super::args::Arguments;
use super::output::warn;
use super::settings;
use crate::annotate::event::lexicon::EventLexicon;
use crate::annotate::{Annotator, TAGGER};
use crate::config::{self, Config, Engine};
use crate::tagger::Tagger;
use crate::text::Clean;

/// The tagger with the user's own weights, if they are named and good.
static OWN: OnceLock<Tagger> = OnceLock::new();

/// The words for events with the user's own.
static EVENTS: OnceLock<EventLexicon> = OnceLock::new();

/// The largest file of words that is read, in bytes.
const LONGEST: u64 = 4 << 20;

/// The largest file of weights that is read, in bytes: ten times what there is.
const LARGEST: u64 = 256 << 20;

/// The annotator for a command other than the reader. `None` if the configuration is wrong, which was told.
pub(super) fn annotator(arguments: &Arguments) -> Option<Annotator> {
    match config::load(arguments.config.as_deref()) {
        Ok((config, _)) => Some(of(&config, arguments)),
        Err(error) => {
            settings::tell(&error);
            None
        }
    }
}

/// The annotator that `config` and the command line ask for. What of the user's own weights and words cannot be used is
/// told, and left out.
pub(super) fn of(config: &Config, arguments: &Arguments) -> Annotator {
    let annotator = with_weights(config, arguments);
    if config.event_words.is_empty() {
        return annotator;
    }
    let path = config::at_home(&config.event_words);
    let text = match own_words(&path) {
        Ok(text) => text,
        Err(why) => {
            let words = format!("{}: {why}. Events are told by dateline's own words for now.\n", path.display());
            warn(&Clean::new(&words));
            return annotator;
        }
    };
    let (lexicon, errors) = EventLexicon::with(&text);
    for error in errors {
        warn(&Clean::new(&format!("{}:{}: {} (left out)\n", path.display(), error.line, error.what)));
    }
    // Named and read once a run, for as long as it runs.
    let digest = blake3::hash(text.as_bytes()).to_hex();
    let name: &'static str = format!("{}-{}", annotator.engine(), &digest[..16]).leak();
    annotator.with_events(name, EVENTS.get_or_init(|| lexicon))
}

/// The annotator with the weights that `config` names. If they cannot be used, that is told and the rules take over.
fn with_weights(config: &Config, arguments: &Arguments) -> Annotator {
    let engine = arguments.engine.map_or(config.engine, Engine::from);
    if engine == Engine::Rules {
        return Annotator::RULES;
    }
    if config.model.is_empty() {
        return Annotator::TAGGER;
    }
    let path = config::at_home(&config.model);
    match own(&path) {
        Ok(tagger) => {
            // Named once a run, for as long as it runs.
            let name: &'static str = format!("{TAGGER}-{}", &tagger.digest()[..16.min(tagger.digest().len())]).leak();
            Annotator::with(name, || OWN.get())
        }
        Err(why) => {
            let words = format!("{}: {why}. Statements are found by rules for now.\n", path.display());
            warn(&Clean::new(&words));
            Annotator::RULES
        }
    }
}

fn own_words(path: &Path) -> Result<String, String> {
    let size = std::fs::metadata(path).map_err(|error| format!("cannot be read: {error}"))?.len();
    if size > LONGEST {
        return Err(format!("is larger than {} MiB and no list of words", LONGEST >> 20));
    }
    std::fs::read_to_string(path).map_err(|error| format!("cannot be read: {error}"))
}

fn own(path: &Path) -> Result<&'static Tagger, String> {
    let size = std::fs::metadata(path).map_err(|error| format!("cannot be read: {error}"))?.len();
    if size > LARGEST {
        return Err(format!("is larger than {} MiB and no file of weights", LARGEST >> 20));
    }
    let bytes = std::fs::read(path).map_err(|error| format!("cannot be read: {error}"))?;
    let tagger = Tagger::new(bytes.into()).map_err(|fault| fault.to_string())?;
    Ok(OWN.get_or_init(|| tagger))
}
