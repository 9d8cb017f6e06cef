//! A reader without a terminal.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use dateline::app::{Effect, Msg, State, update};
use dateline::config::Config;
use dateline::model::{Annotations, Article};
use dateline::ui;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Modifier;
use std::sync::Arc;

/// The state with what it asked for.
pub struct Desk {
    pub state: State,
    pub effects: Vec<Effect>,
    size: (u16, u16),
}

impl Desk {
    /// A screen of `width` by `height` with nothing read yet.
    pub fn empty(width: u16, height: u16) -> Desk {
        Desk::with(Config::default(), width, height)
    }

    pub fn with(config: Config, width: u16, height: u16) -> Desk {
        Desk { state: State::new(config, width, height), effects: Vec::new(), size: (width, height) }
    }

    /// A screen over a state.
    pub fn of(state: State, width: u16, height: u16) -> Desk {
        Desk { state, effects: Vec::new(), size: (width, height) }
    }

    /// Lets the state ask for what it wants at its start.
    pub fn start(&mut self) {
        self.effects.extend(self.state.wishes());
    }

    /// A screen on which these articles have been read and annotated.
    pub fn reading(stories: Vec<(Article, Annotations)>, width: u16, height: u16) -> Desk {
        let mut desk = Desk::empty(width, height);
        desk.load(stories);
        desk
    }

    pub fn load(&mut self, stories: Vec<(Article, Annotations)>) {
        let (articles, found): (Vec<_>, Vec<_>) = stories.into_iter().unzip();
        self.send(Msg::Loaded(articles));
        self.send(Msg::LoadDone);
        for (article, annotations) in found.into_iter().enumerate() {
            self.send(Msg::Annotated { article, annotations: Arc::new(annotations) });
        }
    }

    pub fn send(&mut self, msg: Msg) {
        self.effects.extend(update(&mut self.state, msg));
    }

    /// Presses keys: characters as they are, others by name in angle brackets, as in `"]]c<Enter>"`. `<lt>` is `<`.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        let mut rest = keys;
        while let Some(first) = rest.chars().next() {
            let (code, modifiers, used) = match rest.strip_prefix('<').and_then(|name| name.split_once('>')) {
                Some((name, _)) => {
                    let (code, modifiers) = named(name);
                    (code, modifiers, name.len() + 2)
                }
                None => (KeyCode::Char(first), KeyModifiers::NONE, first.len_utf8()),
            };
            self.send(Msg::Key(KeyEvent::new(code, modifiers)));
            rest = &rest[used..];
        }
        self
    }

    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.size = (width, height);
        self.send(Msg::Resize(width, height));
        self
    }

    fn mouse(&mut self, kind: MouseEventKind, (column, row): (u16, u16)) -> &mut Self {
        self.send(Msg::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
        self
    }

    /// Moves the pointer, no button down.
    pub fn hover(&mut self, at: (u16, u16)) -> &mut Self {
        self.mouse(MouseEventKind::Moved, at)
    }

    pub fn click(&mut self, at: (u16, u16)) -> &mut Self {
        self.mouse(MouseEventKind::Down(MouseButton::Left), at).mouse(MouseEventKind::Up(MouseButton::Left), at)
    }

    pub fn drag(&mut self, from: (u16, u16), to: (u16, u16)) -> &mut Self {
        self.mouse(MouseEventKind::Down(MouseButton::Left), from)
            .mouse(MouseEventKind::Drag(MouseButton::Left), to)
            .mouse(MouseEventKind::Up(MouseButton::Left), to)
    }

    pub fn wheel(&mut self, at: (u16, u16), down: bool) -> &mut Self {
        self.mouse(if down { MouseEventKind::ScrollDown } else { MouseEventKind::ScrollUp }, at)
    }

    /// The cells of the frame, and where the cursor stands.
    pub fn buffer(&self) -> (Buffer, Option<(u16, u16)>) {
        let (width, height) = self.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let mut drawn = Buffer::default();
        terminal
            .draw(|frame| {
                ui::view(&self.state, frame);
                drawn = frame.buffer_mut().clone();
            })
            .unwrap();
        let cursor = terminal.backend().cursor_visible().then(|| terminal.backend().cursor_position());
        (drawn, cursor.map(|at| (at.x, at.y)))
    }

    /// The rows of the frame as text.
    pub fn rows(&self) -> Vec<String> {
        let (buffer, _) = self.buffer();
        let width = usize::from(buffer.area.width.max(1));
        buffer.content().chunks(width).map(row_text).collect()
    }

    /// The frame as text.
    pub fn text(&self) -> String {
        self.rows().join("\n")
    }

    /// The last row.
    pub fn footer(&self) -> String {
        self.rows().pop().unwrap_or_default()
    }

    /// Where `words` begin on the screen, from the left of the `column`th column on.
    pub fn find_from(&self, words: &str, column: u16) -> (u16, u16) {
        self.places(words)
            .into_iter()
            .find(|(x, _)| *x >= column)
            .unwrap_or_else(|| panic!("{words:?} is not on the screen from column {column} on:\n{}", self.text()))
    }

    pub fn find(&self, words: &str) -> (u16, u16) {
        self.find_from(words, 0)
    }

    /// Where `words` begin in the article, on a screen of 120 columns.
    pub fn in_text(&self, words: &str) -> (u16, u16) {
        let place = self.places(words).into_iter().find(|(x, _)| (27..82).contains(x));
        place.unwrap_or_else(|| panic!("{words:?} is not in the article:\n{}", self.text()))
    }

    /// Whether the first letter of `words` in the article has this modifier.
    pub fn text_has(&self, words: &str, modifier: Modifier) -> bool {
        self.cell(self.in_text(words)).modifier.intersects(modifier)
    }

    pub fn shows(&self, words: &str) -> bool {
        !self.places(words).is_empty()
    }

    /// Every place where `words` stand in one row.
    pub fn places(&self, words: &str) -> Vec<(u16, u16)> {
        let (buffer, _) = self.buffer();
        let wanted: Vec<String> = words.chars().map(String::from).collect();
        let width = usize::from(buffer.area.width.max(1));
        let mut places = Vec::new();
        for (y, cells) in buffer.content().chunks(width).enumerate() {
            let symbols: Vec<&str> = cells.iter().map(Cell::symbol).collect();
            for (x, window) in symbols.windows(wanted.len()).enumerate() {
                if window.iter().zip(&wanted).all(|(cell, wanted)| cell == wanted) {
                    places.push((x as u16, y as u16));
                }
            }
        }
        places
    }

    /// The cell at a place.
    pub fn cell(&self, (x, y): (u16, u16)) -> Cell {
        self.buffer().0[(x, y)].clone()
    }

    /// Whether the first letter of `words`, from `column` on, has this modifier.
    pub fn has(&self, words: &str, column: u16, modifier: Modifier) -> bool {
        self.cell(self.find_from(words, column)).modifier.contains(modifier)
    }
}

fn row_text(cells: &[Cell]) -> String {
    cells.iter().map(Cell::symbol).collect::<String>().trim_end().to_owned()
}

fn named(name: &str) -> (KeyCode, KeyModifiers) {
    let none = KeyModifiers::NONE;
    match name {
        "lt" => (KeyCode::Char('<'), none),
        "Enter" => (KeyCode::Enter, none),
        "Esc" => (KeyCode::Esc, none),
        "Tab" => (KeyCode::Tab, none),
        "BackTab" => (KeyCode::BackTab, KeyModifiers::SHIFT),
        "Backspace" => (KeyCode::Backspace, none),
        "Up" => (KeyCode::Up, none),
        "Down" => (KeyCode::Down, none),
        "Left" => (KeyCode::Left, none),
        "Right" => (KeyCode::Right, none),
        "PgUp" => (KeyCode::PageUp, none),
        "PgDn" => (KeyCode::PageDown, none),
        "Home" => (KeyCode::Home, none),
        "End" => (KeyCode::End, none),
        _ => match name.strip_prefix("C-") {
            Some(letter) => (KeyCode::Char(letter.chars().next().unwrap()), KeyModifiers::CONTROL),
            None => panic!("no key is called {name}"),
        },
    }
}
