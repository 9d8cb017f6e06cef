//! The running reader: the only place with a terminal and threads.
//!
//! The main thread owns the state and draws. It waits for events and does nothing while there are none; when some
//! have come it takes all that wait, updates the state with each, does what the state asks for, and draws once.
//!
//! | thread | does |
//! | --- | --- |
//! | main | state, drawing |
//! | input | reads keys, mouse and the terminal's answers |
//! | signals | turns signals into events |
//! | loading | reads articles from files and pages |
//! | library | asks the library on disk and changes it |
//! | refreshing, pages | ask feeds for news, fetch pages |
//! | history | keeps what was typed for later runs |
//! | annotating (cores − 1, at least 1) | annotates articles, those on the screen first |
//! | library annotating | hands the annotating threads what the library has in store, and keeps what they find |

mod annotating;
mod background;
mod gate;
mod history;
mod input;
mod library;
mod loading;
mod outside;
mod panics;
mod refreshing;
mod signals;
mod stock;
mod terminal;

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use anyhow::Context;

use self::annotating::Annotating;
use self::gate::Gate;
use self::history::Keeping;
use self::library::{Job, Library};
use self::outside::beside::Failing;
use self::outside::{Opener, Told};
use self::refreshing::Refreshing;
use self::signals::Signal;
use self::stock::Waker;
use self::terminal::{Mouse, Terminal};
use crate::annotate::Annotator;
use crate::app::{Effect, Msg, State, Typed, update};
use crate::config::{Config, ThemeChoice};
use crate::ingest::Source;
use crate::ui;

/// Why the reader was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// The user quit.
    Quit,
    /// A signal with this number asked for it.
    Signal(u8),
}

/// What the main thread waits for.
#[derive(Debug)]
enum Event {
    /// Something for the state.
    State(Msg),
    /// A signal.
    Signal(Signal),
    /// The terminal cannot be read any more.
    InputLost(std::io::Error),
}

/// What waits in the channel when the first frame is due is worth this much waiting: a short article then is on the
/// first frame already, and nobody sees a delay this short.
const FIRST_FRAME: Duration = Duration::from_millis(25);

/// Deep nesting in a page is bounded by `ingest`; this is room to spare.
const STACK: usize = 16 << 20;

/// What the reader is opened over.
#[derive(Debug)]
pub enum Over {
    /// Files, folders, pages.
    Sources(Vec<Source>),
    /// The library in this folder.
    Library(PathBuf),
}

/// Opens `over` in the reader, annotates with `annotator`, and returns when it is left. The terminal is as before then, whatever
/// happened. What is typed at the prompts is kept in the file `history`, if there is to be one.
///
/// # Errors
/// If the terminal cannot be used, and if it goes away.
pub fn run(config: Config, over: Over, annotator: Annotator, history: Option<PathBuf>) -> anyhow::Result<Left> {
    let (sender, events) = mpsc::channel();
    // Signals before the terminal is changed, so that none finds it changed and nobody to change it back.
    signals::start(sender.clone()).context("cannot handle signals")?;
    panics::restore_terminal_first();
    let library = match over {
        Over::Sources(sources) => {
            loading::start(sources, config.refresh.fetch.clone(), sender.clone()).context("cannot start a thread")?;
            None
        }
        Over::Library(folder) => {
            Some(Library::start(&folder, annotator.engine(), sender.clone()).context("cannot start a thread")?)
        }
    };
    // What cannot be read is as good as none; that it cannot be written is told.
    let before = history.as_deref().and_then(|file| history::read(file).ok()).unwrap_or_default();
    let keeping = history.map(|file| Keeping::start(file, sender.clone())).transpose();
    let keeping = keeping.context("cannot start a thread")?;
    let terminal = Terminal::enter(Mouse::wanted(config.mouse, config.hover)).context("cannot use the terminal")?;
    let mut reader = Reader::new(config, terminal, library, annotator, sender)?;
    reader.state.recall(before);
    reader.typed = keeping.as_ref().map(Keeping::sender);
    let left = reader.run(&events);
    reader.end(&events);
    if let Some(keeping) = keeping {
        keeping.end();
    }
    left
}

/// What works for a reader over the library.
struct Lanes {
    library: Library,
    /// Annotates it in the background.
    waker: Waker,
    /// Asks feeds for news; from the first frame on.
    network: Option<Refreshing>,
}

struct Reader {
    state: State,
    terminal: Terminal,
    /// Keeps the reading of keys back while another program has the terminal.
    gate: Arc<Gate>,
    annotating: Annotating,
    library: Option<Lanes>,
    sender: Sender<Event>,
    /// Where what is typed is kept for later runs, if it is.
    typed: Option<Sender<Typed>>,
    /// Whether the theme follows the terminal's background.
    follows_background: bool,
}

impl Reader {
    fn new(
        config: Config,
        terminal: Terminal,
        library: Option<Library>,
        annotator: Annotator,
        sender: Sender<Event>,
    ) -> anyhow::Result<Self> {
        let (width, height) = terminal.size()?;
        let lane = library.clone();
        let keep = move |id, hash, text, found| {
            if let Some(lane) = &lane {
                lane.send(Job::Keep(id, hash, text, found));
            }
        };
        let annotating =
            Annotating::start(annotator, sender.clone(), Arc::new(keep)).context("cannot start a thread")?;
        let follows_background = config.theme_choice == ThemeChoice::Auto;
        let (state, library) = match library {
            None => (State::new(config, width, height), None),
            Some(library) => {
                let waker = stock::start(library.folder(), annotator.engine(), annotating.clone(), sender.clone());
                let waker = waker.context("cannot start a thread")?;
                let lanes = Lanes { library, waker, network: None };
                (State::over_library(config, width, height), Some(lanes))
            }
        };
        let gate = Arc::default();
        Ok(Reader { gate, follows_background, annotating, library, state, terminal, sender, typed: None })
    }

    fn run(&mut self, events: &Receiver<Event>) -> anyhow::Result<Left> {
        for effect in self.state.wishes() {
            self.run_effect(effect)?;
        }
        let until = Instant::now() + FIRST_FRAME;
        while let Ok(event) = events.recv_timeout(until.saturating_duration_since(Instant::now())) {
            if let Some(left) = self.handle(event, events)? {
                return Ok(left);
            }
            // Of a file the first article will do; of the library its list is worth waiting for.
            if self.library.is_none() || !self.state.is_loading() {
                break;
            }
        }
        self.draw()?;
        // Only now, with the first frame on the screen, is anything asked of the terminal.
        if let Some(lanes) = &mut self.library {
            if self.state.settings().annotate_ahead {
                lanes.waker.wake();
            }
            let (folder, settings) = (lanes.library.folder(), self.state.settings().refresh.clone());
            let network = Refreshing::start(
                folder,
                settings,
                self.state.settings().annotate_ahead.then(|| lanes.waker.clone()),
                self.sender.clone(),
            );
            lanes.network = Some(network.context("cannot start a thread")?);
        }
        let asked = if self.follows_background { self.terminal.ask_background()? } else { None };
        let hover = self.state.settings().mouse && self.state.settings().hover;
        input::start(asked, hover, Arc::clone(&self.gate), self.sender.clone()).context("cannot start a thread")?;
        loop {
            // Never an error: this value holds a sender.
            let event = events.recv()?;
            // A pointer that moves over nothing is no reason to draw.
            if matches!(&event, Event::State(msg) if self.state.is_idle(msg)) {
                continue;
            }
            if let Some(left) = self.handle(event, events)? {
                return Ok(left);
            }
            self.draw()?;
        }
    }

    /// Gives the terminal back, has the library changed as was asked for last, and tells what was written and could not be kept.
    fn end(self, events: &Receiver<Event>) {
        let Reader { terminal, mut state, library, .. } = self;
        drop(terminal);
        if let Some(lanes) = library {
            lanes.library.end();
        }
        for event in events.try_iter() {
            if let Event::State(msg @ Msg::Noted { .. }) = event {
                update(&mut state, msg);
            }
        }
        let mut told = io::stderr().lock();
        for text in state.unkept_notes() {
            let _ = writeln!(told, "dateline: this note was not kept:\n{text}");
        }
    }

    /// Handles `event` and all that wait behind it, so that a burst of them costs one frame.
    fn handle(&mut self, event: Event, events: &Receiver<Event>) -> anyhow::Result<Option<Left>> {
        let mut next = Some(event);
        while let Some(event) = next.take() {
            let msg = match event {
                Event::State(Msg::Loaded(mut articles)) => {
                    // Articles that came one by one go to the state together: it looks through its list only once.
                    while let Ok(event) = events.try_recv() {
                        match event {
                            Event::State(Msg::Loaded(more)) => articles.extend(more),
                            other => {
                                next = Some(other);
                                break;
                            }
                        }
                    }
                    Msg::Loaded(articles)
                }
                Event::State(msg @ Msg::Resize(..)) => {
                    // Also when the size is the one before: the terminal may have been smaller in between.
                    self.terminal.forget();
                    msg
                }
                Event::State(msg) => msg,
                Event::Signal(Signal::Stop) => self.suspend()?,
                Event::Signal(Signal::End(number)) => return Ok(Some(Left::Signal(number))),
                Event::InputLost(error) => return Err(error).context("the terminal cannot be read any more"),
            };
            let mut left = None;
            // What was asked for before quitting in one go is asked for.
            for effect in update(&mut self.state, msg) {
                left = left.or(self.run_effect(effect)?);
            }
            if left.is_some() {
                return Ok(left);
            }
            next = next.or_else(|| events.try_recv().ok());
        }
        Ok(None)
    }

    fn run_effect(&mut self, effect: Effect) -> anyhow::Result<Option<Left>> {
        match effect {
            Effect::Annotate { article, text, urgent, keep } => self.annotating.ask(article, text, urgent, keep),
            Effect::Library(ask) => {
                if let Some(lanes) = &self.library {
                    lanes.library.send(Job::Ask(ask));
                }
            }
            Effect::Refresh(which) => {
                if let Some(network) = self.library.as_ref().and_then(|lanes| lanes.network.as_ref()) {
                    network.refresh(which);
                }
            }
            Effect::FetchPage(id) => {
                if let Some(network) = self.library.as_ref().and_then(|lanes| lanes.network.as_ref()) {
                    network.fetch_page(id);
                }
            }
            Effect::Keep(typed) => {
                if let Some(keeping) = &self.typed {
                    // If the thread has ended, that was told.
                    let _ = keeping.send(typed);
                }
            }
            Effect::Bell => self.terminal.ring()?,
            Effect::Copy(words) => {
                self.terminal.copy(&words)?;
                outside::clipboard::copy(words);
            }
            Effect::Open(address) => match outside::browser::choose(&address) {
                Ok(Opener::InTerminal(program)) => self.lend(move || outside::foreground::run(program))?,
                Ok(Opener::Apart(program)) => outside::browser::start(program, self.sender.clone()),
                Ok(Opener::System) => outside::browser::start_system(address, self.sender.clone()),
                Err(why) => self.sender.send(Event::State(Msg::Outside { text: why, error: true }))?,
            },
            Effect::Run { program } => {
                // However long it works, that it failed is told.
                outside::beside::start(outside::Program::of(program), Failing::AtAnyTime, self.sender.clone());
            }
            Effect::Pipe { command, text } => self.lend(move || outside::foreground::pipe(&command, text))?,
            Effect::Write { text } => {
                let mut written = None;
                self.lend(|| {
                    let (text, told) = outside::foreground::write(&text);
                    written = text;
                    told
                })?;
                if let Some(text) = written {
                    self.sender.send(Event::State(Msg::Written(text)))?;
                }
            }
            Effect::Edit { text } => self.lend(move || outside::foreground::edit(&text))?,
            // Of a file there is one version.
            Effect::LoadVersions { article } => {
                self.sender.send(Event::State(Msg::Versions { article, versions: Vec::new() }))?;
            }
            Effect::Redraw => self.terminal.forget(),
            // Comes back as a signal, like one from outside.
            Effect::Suspend => signals::stop_pipeline(&self.sender),
            Effect::Quit => return Ok(Some(Left::Quit)),
        }
        Ok(None)
    }

    /// Gives the terminal to the shell until the program is continued.
    fn suspend(&mut self) -> anyhow::Result<Msg> {
        self.terminal.leave();
        signals::stop_here()?;
        self.terminal.re_enter()?;
        // The window may have another size now, and no event tells.
        let (width, height) = self.terminal.size()?;
        self.sender.send(Event::State(Msg::Resize(width, height)))?;
        Ok(Msg::Resumed)
    }

    /// Gives the terminal to another program, which `run` waits for; then tells what came of it.
    fn lend(&mut self, run: impl FnOnce() -> Option<Told>) -> anyhow::Result<()> {
        self.gate.close();
        signals::lend(true);
        self.terminal.leave();
        let told = run();
        self.terminal.re_enter()?;
        signals::lend(false);
        self.gate.open();
        // The window may have another size now; what told of it may have gone to the other program.
        let (width, height) = self.terminal.size()?;
        self.sender.send(Event::State(Msg::Resize(width, height)))?;
        if let Some(Told { text, error }) = told {
            self.sender.send(Event::State(Msg::Outside { text, error }))?;
        }
        Ok(())
    }

    fn draw(&mut self) -> anyhow::Result<()> {
        let state = &self.state;
        self.terminal.draw(|frame| ui::view(state, frame)).context("cannot write to the terminal")
    }
}
