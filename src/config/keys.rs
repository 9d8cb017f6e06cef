//! Keys: how they are written, and which command each means in which context.

use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::command::{COMMANDS, Command, Context};

/// A key with its modifiers, in one canonical form: a capital letter stands for Shift with the letter, and the back
/// tab is Shift-Tab, whatever the terminal reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd)]
pub struct Chord {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// The keys that are written by name. The first name of a key is the one it is printed with.
const NAMED: [(&str, KeyCode); 23] = [
    ("Space", KeyCode::Char(' ')),
    ("Enter", KeyCode::Enter),
    ("Return", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Escape", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Del", KeyCode::Delete),
    ("Insert", KeyCode::Insert),
    ("Ins", KeyCode::Insert),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PgUp", KeyCode::PageUp),
    ("PageUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
    ("PageDown", KeyCode::PageDown),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Plus", KeyCode::Char('+')),
    ("Minus", KeyCode::Char('-')),
];

/// Why words are no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChordError {
    /// Nothing is written.
    #[error("a key is missing")]
    Empty,
    /// The modifier before a `-` is not known.
    #[error("unknown modifier \"{0}\" in key \"{1}\": there are Ctrl, Alt and Shift")]
    Modifier(String, String),
    /// The key itself is not known.
    #[error("unknown key \"{0}\": {help}", help = key_help(.0))]
    Key(String),
    /// Terminals cannot tell it apart from another key.
    #[error("key \"{0}\": terminals do not tell Shift with a character; write the character it gives")]
    Shift(String),
}

fn key_help(word: &str) -> String {
    let names: Vec<&str> = NAMED.iter().map(|(name, _)| *name).collect();
    match super::problem::nearest(word, names.iter().copied()) {
        Some(name) => format!("did you mean \"{name}\"?"),
        None => format!("write one character, F1 to F12, or one of {}", names.join(", ")),
    }
}

impl Chord {
    /// The key `code` with `modifiers`, in canonical form.
    pub fn new(code: KeyCode, modifiers: KeyModifiers) -> Self {
        let mut modifiers = modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        let code = match code {
            KeyCode::BackTab => {
                modifiers |= KeyModifiers::SHIFT;
                KeyCode::Tab
            }
            KeyCode::Char(character) => {
                let shifted = modifiers.contains(KeyModifiers::SHIFT);
                modifiers -= KeyModifiers::SHIFT;
                if modifiers.contains(KeyModifiers::CONTROL) {
                    // Terminals send the same byte for Ctrl-d and Ctrl-D.
                    KeyCode::Char(character.to_ascii_lowercase())
                } else if shifted {
                    KeyCode::Char(character.to_ascii_uppercase())
                } else {
                    KeyCode::Char(character)
                }
            }
            other => other,
        };
        Chord { code, modifiers }
    }

    /// Whether the key by itself types a character.
    pub fn is_character(self) -> bool {
        matches!(self.code, KeyCode::Char(_)) && (self.modifiers - KeyModifiers::SHIFT).is_empty()
    }
}

impl From<KeyEvent> for Chord {
    fn from(event: KeyEvent) -> Self {
        Chord::new(event.code, event.modifiers)
    }
}

impl FromStr for Chord {
    type Err = ChordError;

    fn from_str(words: &str) -> Result<Self, ChordError> {
        let mut modifiers = KeyModifiers::empty();
        let mut rest = words;
        // A `-` at the end is the key itself: "Ctrl--", "-".
        while let Some((word, after)) =
            rest.split_once('-').filter(|(word, after)| !word.is_empty() && !after.is_empty())
        {
            modifiers |= match word.to_ascii_lowercase().as_str() {
                "ctrl" | "control" | "c" => KeyModifiers::CONTROL,
                "alt" | "meta" | "m" | "a" => KeyModifiers::ALT,
                "shift" | "s" => KeyModifiers::SHIFT,
                _ => return Err(ChordError::Modifier(word.to_owned(), words.to_owned())),
            };
            rest = after;
        }
        let code = key_code(rest).ok_or_else(|| match rest {
            "" => ChordError::Empty,
            _ => ChordError::Key(rest.to_owned()),
        })?;
        if let KeyCode::Char(character) = code
            && modifiers.contains(KeyModifiers::SHIFT)
            && !character.is_alphabetic()
        {
            return Err(ChordError::Shift(words.to_owned()));
        }
        Ok(Chord::new(code, modifiers))
    }
}

fn key_code(word: &str) -> Option<KeyCode> {
    let mut characters = word.chars();
    if let (Some(character), None) = (characters.next(), characters.next()) {
        return (!character.is_control() && !character.is_whitespace()).then_some(KeyCode::Char(character));
    }
    if let Some((_, code)) = NAMED.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)) {
        return Some(*code);
    }
    let number = word.strip_prefix(['f', 'F'])?.parse::<u8>().ok()?;
    (1..=12).contains(&number).then_some(KeyCode::F(number))
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (modifier, name) in
            [(KeyModifiers::CONTROL, "Ctrl-"), (KeyModifiers::ALT, "Alt-"), (KeyModifiers::SHIFT, "Shift-")]
        {
            if self.modifiers.contains(modifier) {
                f.write_str(name)?;
            }
        }
        match self.code {
            KeyCode::Char(character) if character != ' ' => write!(f, "{character}"),
            KeyCode::F(number) => write!(f, "F{number}"),
            code => match NAMED.iter().find(|(_, named)| *named == code) {
                Some((name, _)) => f.write_str(name),
                None => write!(f, "{code}"),
            },
        }
    }
}

/// Which key means which command.
#[derive(Debug, Clone, PartialEq)]
pub struct Keymap {
    /// The keys of each command, by its number; the first is the one shown.
    keys: Vec<Vec<Chord>>,
}

impl Default for Keymap {
    /// The keys of [`COMMANDS`].
    fn default() -> Self {
        let parse = |keys: &[&str]| keys.iter().filter_map(|key| key.parse().ok()).collect();
        Keymap { keys: COMMANDS.iter().map(|info| parse(info.keys)).collect() }
    }
}

impl Keymap {
    /// The command that `chord` means in `context`: one bound there, else one bound everywhere. Where characters are
    /// typed, a character alone means only what is bound there.
    pub fn command(&self, context: Context, chord: Chord) -> Option<Command> {
        let bound = |context: Context| {
            let found = COMMANDS.iter().find(|info| info.context == context && self.has(info.command, chord));
            found.map(|info| info.command)
        };
        let typed = context.typing() && chord.is_character();
        bound(context).or_else(|| if typed { None } else { bound(Context::Any) })
    }

    /// The keys of `command`, as they are written; the first is the one to show.
    pub fn keys_for(&self, command: Command) -> Vec<String> {
        self.chords(command).iter().map(Chord::to_string).collect()
    }

    /// The keys of `command`.
    pub fn chords(&self, command: Command) -> &[Chord] {
        self.keys.get(command as usize).map_or(&[], Vec::as_slice)
    }

    fn has(&self, command: Command, chord: Chord) -> bool {
        self.chords(command).contains(&chord)
    }

    /// Gives `command` these keys instead of those it has, and takes them from other commands of its context.
    pub(super) fn bind(&mut self, command: Command, chords: Vec<Chord>) {
        for info in COMMANDS.iter().filter(|info| info.context == command.info().context) {
            if let Some(keys) = self.keys.get_mut(info.command as usize) {
                keys.retain(|key| !chords.contains(key));
            }
        }
        if let Some(keys) = self.keys.get_mut(command as usize) {
            *keys = chords;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::KeyCode::*;

    fn chord(words: &str) -> Chord {
        words.parse().unwrap()
    }

    #[test]
    fn keys_are_read_in_any_case_and_printed_in_one() {
        for (written, printed) in [
            ("ctrl-d", "Ctrl-d"),
            ("CTRL-D", "Ctrl-d"),
            ("]", "]"),
            ("space", "Space"),
            ("pgdn", "PgDn"),
            ("PageDown", "PgDn"),
            ("shift-tab", "Shift-Tab"),
            ("f1", "F1"),
            ("Shift-g", "G"),
            ("-", "-"),
            ("ctrl--", "Ctrl--"),
            ("alt-ctrl-x", "Ctrl-Alt-x"),
            ("é", "é"),
            ("plus", "+"),
        ] {
            assert_eq!(chord(written).to_string(), printed);
            assert_eq!(chord(printed), chord(written));
        }
    }

    #[test]
    fn what_terminals_report_is_brought_to_one_form() {
        let event = |code, modifiers| Chord::from(KeyEvent::new(code, modifiers));
        assert_eq!(event(Char('G'), KeyModifiers::SHIFT), chord("G"));
        assert_eq!(event(Char('g'), KeyModifiers::SHIFT), chord("G"));
        assert_eq!(event(Char('}'), KeyModifiers::SHIFT), chord("}"));
        assert_eq!(event(BackTab, KeyModifiers::SHIFT), chord("Shift-Tab"));
        assert_eq!(event(BackTab, KeyModifiers::empty()), chord("Shift-Tab"));
    }

    #[test]
    fn wrong_keys_say_what_is_wrong() {
        let error = |words: &str| words.parse::<Chord>().unwrap_err().to_string();
        assert_eq!(error("pgdwn"), "unknown key \"pgdwn\": did you mean \"PgDn\"?");
        assert_eq!(error("super-x"), "unknown modifier \"super\" in key \"super-x\": there are Ctrl, Alt and Shift");
        assert_eq!(error(""), "a key is missing");
        assert!(error("F13").contains("unknown key"));
        assert!(error("Shift-]").contains("write the character it gives"));
    }

    #[test]
    fn every_default_key_can_be_written() {
        let keymap = Keymap::default();
        for info in COMMANDS {
            assert_eq!(keymap.keys_for(info.command), info.keys, "{}", info.name);
        }
    }

    #[test]
    fn the_context_decides_and_typed_characters_stay_characters() {
        let keymap = Keymap::default();
        assert_eq!(keymap.command(Context::Article, chord("Tab")), Some(Command::FocusNext));
        assert_eq!(keymap.command(Context::Picker, chord("Tab")), Some(Command::PickerScope));
        assert_eq!(keymap.command(Context::Prompt, chord("q")), None);
        assert_eq!(keymap.command(Context::Prompt, chord("Ctrl-c")), Some(Command::Quit));
        assert_eq!(keymap.command(Context::List, chord("q")), Some(Command::Quit));
    }

    #[test]
    fn a_key_given_to_one_command_is_taken_from_the_other() {
        let mut keymap = Keymap::default();
        keymap.bind(Command::NextQuotation, vec![chord("j"), chord("]")]);
        assert_eq!(keymap.command(Context::Article, chord("j")), Some(Command::NextQuotation));
        assert_eq!(keymap.keys_for(Command::Down), ["Down"]);
    }
}
