//! Asking the terminal whether its background is light or dark.
//!
//! The answer comes the way keys come, at any time, in the middle of what somebody types. A library that reads the
//! terminal until the answer is there swallows those keys; here the one reader of keys tells the answer from them.

use std::time::{Duration, Instant};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::config::Background;

/// Asks for the background colour (OSC 11). Terminals that do not know the question ignore it.
pub(super) const QUESTION: &str = "\x1b]11;?\x07";

/// How long an answer may take, over a slow line too.
const PATIENCE: Duration = Duration::from_secs(5);
/// No answer is longer: `11;rgba:ffff/ffff/ffff/ffff`.
const LONGEST: usize = 32;

/// Whether this kind of terminal may be asked; those few print the question.
pub(super) fn may_be_asked(term: Option<&str>) -> bool {
    !matches!(term, None | Some("" | "dumb" | "linux" | "emacs" | "eterm-color"))
}

/// What to do with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heard {
    /// It is a key.
    Key,
    /// It is a part of an answer.
    Part,
    /// It is the end of an answer.
    Answer(Background),
}

/// Tells an answer from keys: it reads as Alt-], then `11;rgb:…`, then Alt-\ or Ctrl-g.
#[derive(Debug)]
pub(super) struct Listener {
    /// While an answer may still come.
    until: Option<Instant>,
    /// The answer so far.
    words: Option<String>,
}

impl Listener {
    /// Listens for an answer from `asked` on, if the terminal was asked.
    pub fn new(asked: Option<Instant>) -> Self {
        Listener { until: asked.map(|asked| asked + PATIENCE), words: None }
    }

    /// Looks at a key that came at `now`.
    pub fn hear(&mut self, key: &KeyEvent, now: Instant) -> Heard {
        let Some(until) = self.until else { return Heard::Key };
        let (alt, control) = (KeyModifiers::ALT, KeyModifiers::CONTROL);
        match (&mut self.words, key.code) {
            (None, KeyCode::Char(']')) if key.modifiers == alt && now < until => self.words = Some(String::new()),
            (None, _) => {
                if now >= until {
                    self.until = None;
                }
                return Heard::Key;
            }
            (Some(words), KeyCode::Char('\\' | 'g')) if key.modifiers == alt || key.modifiers == control => {
                let answer = parse(words);
                self.words = None;
                return answer.map_or(Heard::Part, Heard::Answer);
            }
            (Some(words), KeyCode::Char(c)) if !key.modifiers.intersects(alt | control) && fits(words, c) => {
                words.push(c);
            }
            (Some(_), _) => {
                self.words = None;
                return Heard::Key;
            }
        }
        Heard::Part
    }
}

/// Whether `next` may follow `words` in an answer.
fn fits(words: &str, next: char) -> bool {
    const START: &str = "11;";
    match START.chars().nth(words.chars().count()) {
        Some(expected) => next == expected,
        None => words.len() < LONGEST && (next.is_ascii_hexdigit() || "rgba:/#".contains(next)),
    }
}

/// The background that an answer tells of: `11;rgb:RRRR/GGGG/BBBB` with one to four hexadecimal digits a colour.
fn parse(answer: &str) -> Option<Background> {
    let colour = answer.strip_prefix("11;")?;
    let parts: Vec<&str> = match colour.strip_prefix('#') {
        Some(digits) => {
            let size = digits.len() / 3;
            (0..3).map(|part| digits.get(part * size..(part + 1) * size)).collect::<Option<_>>()?
        }
        None => colour.strip_prefix("rgba:").or(colour.strip_prefix("rgb:"))?.split('/').collect(),
    };
    let share = |digits: &&str| -> Option<f64> {
        let most = 16_u32.checked_pow(u32::try_from(digits.len()).ok()?)?.checked_sub(1).filter(|most| *most > 0)?;
        Some(f64::from(u32::from_str_radix(digits, 16).ok()?) / f64::from(most))
    };
    let [red, green, blue] = [parts.first(), parts.get(1), parts.get(2)].map(|part| part.and_then(share));
    // How bright the colour looks (ITU-R BT.601).
    let brightness = 0.299 * red? + 0.587 * green? + 0.114 * blue?;
    Some(if brightness > 0.5 { Background::Light } else { Background::Dark })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the terminal's bytes read as.
    fn keys(bytes: &str) -> Vec<KeyEvent> {
        let key = |c, modifiers| KeyEvent::new(KeyCode::Char(c), modifiers);
        let mut keys = Vec::new();
        let mut characters = bytes.chars();
        while let Some(c) = characters.next() {
            match c {
                '\x1b' => keys.extend(characters.next().map(|c| key(c, KeyModifiers::ALT))),
                '\x07' => keys.push(key('g', KeyModifiers::CONTROL)),
                c => keys.push(key(c, KeyModifiers::empty())),
            }
        }
        keys
    }

    /// The keys that are left, and the answers.
    fn heard(bytes: &str, listener: &mut Listener) -> (String, Vec<Background>) {
        let (mut left, mut answers) = (String::new(), Vec::new());
        for key in keys(bytes) {
            match listener.hear(&key, Instant::now()) {
                Heard::Key => left.extend(key.code.as_char()),
                Heard::Part => {}
                Heard::Answer(background) => answers.push(background),
            }
        }
        (left, answers)
    }

    #[test]
    fn an_answer_among_keys_presses_none_and_takes_none() {
        let mut listener = Listener::new(Some(Instant::now()));
        let typed = "j\x1b]11;rgb:ffff/ffff/ffff\x1b\\gg\x1b]11;rgb:0000/2b2b/3636\x07q";
        assert_eq!(heard(typed, &mut listener), ("jggq".to_owned(), vec![Background::Light, Background::Dark]));
    }

    #[test]
    fn a_key_that_only_begins_like_an_answer_costs_no_other_key() {
        let mut listener = Listener::new(Some(Instant::now()));
        assert_eq!(heard("\x1b]jk", &mut listener).0, "jk");
        assert_eq!(heard("\x1b]11;rgb:zq", &mut listener).0, "zq");
    }

    #[test]
    fn keys_are_keys_when_no_answer_is_awaited() {
        let answer = "\x1b]11;rgb:ffff/ffff/ffff\x07";
        assert_eq!(heard(answer, &mut Listener::new(None)).1, []);
        let mut late = Listener::new(Some(Instant::now() - PATIENCE));
        assert_eq!(heard("\x1b]1", &mut late).0, "]1");
    }

    #[test]
    fn colours_are_read_in_every_notation() {
        for (answer, background) in [
            ("11;rgb:ff/ff/ff", Some(Background::Light)),
            ("11;rgb:0/0/0", Some(Background::Dark)),
            ("11;rgba:fdf6/e3e3/0000/ffff", Some(Background::Light)),
            ("11;#002b36", Some(Background::Dark)),
            ("11;rgb:ffff/ffff", None),
            ("11;rgb://", None),
            ("11;", None),
        ] {
            assert_eq!(parse(answer), background, "{answer}");
        }
    }
}
