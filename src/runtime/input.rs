//! The input thread: what the terminal sends.

use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};
use std::{io, thread};

use crossterm::event::{self, Event as Input, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseEventKind};
use terminal_colorsaurus::{QueryOptions, ThemeMode, theme_mode};

use super::Event;
use crate::app::Msg;
use crate::config::Background;
use crate::text::Clean;

/// How long a terminal may take to tell its background. Most answer within a few milliseconds.
const ANSWER: Duration = Duration::from_millis(200);
/// How long after that an answer may still come.
const LATE_ANSWER: Duration = Duration::from_secs(5);

/// Starts the thread; with `follows_background` it first asks for the terminal's background.
pub(super) fn start(follows_background: bool, sender: Sender<Event>) -> io::Result<()> {
    let work = move || {
        let lost = match read(follows_background, &sender) {
            Err(error) => error,
            // The main thread has gone.
            Ok(()) => return,
        };
        let _ = sender.send(Event::InputLost(lost));
    };
    thread::Builder::new().name("input".into()).spawn(work)?;
    Ok(())
}

fn read(follows_background: bool, sender: &Sender<Event>) -> io::Result<()> {
    let mut late = LateAnswer::default();
    // The answer comes the same way as keys do. So it is asked for here, before anybody reads keys: two readers would
    // take each other's bytes. If keys wait already, the question is left out, for it would swallow them.
    if follows_background && !event::poll(Duration::ZERO)? {
        let mut options = QueryOptions::default();
        options.timeout = ANSWER;
        match theme_mode(options) {
            Ok(mode) => {
                let background = match mode {
                    ThemeMode::Dark => Background::Dark,
                    ThemeMode::Light => Background::Light,
                };
                if sender.send(Event::State(Msg::Background(background))).is_err() {
                    return Ok(());
                }
            }
            Err(_) => late.until = Some(Instant::now() + LATE_ANSWER),
        }
    }
    loop {
        let msg = match event::read()? {
            Input::Key(key) if key.kind != KeyEventKind::Release && !late.swallows(&key) => Msg::Key(key),
            // Only with a button down does the mouse's motion mean anything.
            Input::Mouse(mouse) if mouse.kind != MouseEventKind::Moved => Msg::Mouse(mouse),
            Input::Resize(width, height) => Msg::Resize(width, height),
            Input::Paste(words) => Msg::Paste(Clean::new(&words)),
            _ => continue,
        };
        if sender.send(Event::State(msg)).is_err() {
            return Ok(());
        }
    }
}

/// Tells an answer about the background that came too late (over a slow line) from keys: it reads as Alt-], then
/// `11;rgb:…`, then Alt-\ or Ctrl-g, and would press `r`, `g` and `b`.
#[derive(Debug, Default)]
struct LateAnswer {
    /// While it may still come.
    until: Option<Instant>,
    inside: bool,
}

impl LateAnswer {
    fn swallows(&mut self, key: &KeyEvent) -> bool {
        let Some(until) = self.until else { return false };
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char(']') if alt => self.inside = true,
            KeyCode::Char('\\') if alt && self.inside => self.inside = false,
            KeyCode::Char('g') if control && self.inside => self.inside = false,
            KeyCode::Char(c) if self.inside && (c.is_ascii_hexdigit() || "rg:/;".contains(c)) => {}
            _ => {
                self.inside = false;
                if Instant::now() > until {
                    self.until = None;
                }
                return false;
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(words: &str) -> Vec<KeyEvent> {
        let key = |c, modifiers| KeyEvent::new(KeyCode::Char(c), modifiers);
        let mut keys = Vec::new();
        let mut characters = words.chars();
        while let Some(c) = characters.next() {
            match c {
                '\x1b' => keys.extend(characters.next().map(|c| key(c, KeyModifiers::ALT))),
                '\x07' => keys.push(key('g', KeyModifiers::CONTROL)),
                c => keys.push(key(c, KeyModifiers::empty())),
            }
        }
        keys
    }

    fn left(words: &str, late: &mut LateAnswer) -> String {
        let kept = typed(words).into_iter().filter(|key| !late.swallows(key));
        kept.filter_map(|key| key.code.as_char()).collect()
    }

    #[test]
    fn an_answer_that_comes_late_presses_no_keys() {
        let mut late = LateAnswer { until: Some(Instant::now() + LATE_ANSWER), inside: false };
        let answer = "\x1b]10;rgb:ffff/ffff/ffff\x1b\\\x1b]11;rgb:0000/2b2b/3636\x07";
        assert_eq!(left(&format!("j{answer}gg"), &mut late), "jgg");
    }

    #[test]
    fn keys_are_keys_when_no_answer_is_awaited() {
        assert_eq!(left("\x1b]11", &mut LateAnswer::default()), "]11");
    }
}
