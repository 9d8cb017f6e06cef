//! Reading a configuration file into a [`Config`], with every mistake in it.

use std::collections::HashMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::command::{COMMANDS, Command, Context};
use super::line;
use super::problem::{Problem, choices};
use super::theme::ThemeChoice;
use super::{Chord, Config, Engine, Highlight, Theme, style};

/// The options outside tables that only group others, by table. What is not here is unknown; what is here but not in
/// `config.toml` fails a test.
const TOP: &[&str] = &[
    "sources",
    "mouse",
    "hover",
    "engine",
    "model",
    "event-words",
    "author",
    "annotate-ahead",
    "history",
    "layout",
    "highlight",
    "refresh",
    "feed",
    "smart",
    "notify",
    "theme",
    "keys",
    "bind",
    "programs",
];
const LAYOUT: &[&str] = &["measure", "list-width", "panel-width"];
const THEME: &[&str] = &["use", "dark", "light", "mono"];
const SPEAKERS: &str = "speakers";

pub(super) type Table<'a> = DeTable<'a>;
pub(super) type Value<'a> = Spanned<DeValue<'a>>;

/// Lays the settings of `text` over `config`; what is wrong is left as it was and told.
pub(super) fn apply(text: &str, config: &mut Config) -> Vec<Problem> {
    let (root, syntax) = DeTable::parse_recoverable(text);
    let mut reader = Reader { text, problems: Vec::new() };
    for error in syntax {
        reader.problem(error.span().unwrap_or(0..0), error.message().to_owned());
    }
    // After a syntax error the tree may lack or misplace things: what it seems to say is not worth telling.
    if reader.problems.is_empty() {
        reader.root(root.get_ref(), config);
    }
    let mut problems = reader.problems;
    problems.sort_by_key(|(offset, _)| *offset);
    problems.into_iter().map(|(offset, message)| Problem::at(text, offset, message)).collect()
}

pub(super) struct Reader<'t> {
    /// The file.
    pub(super) text: &'t str,
    /// Byte offset and message.
    problems: Vec<(usize, String)>,
}

impl Reader<'_> {
    pub(super) fn problem(&mut self, at: Range<usize>, message: String) {
        self.problems.push((at.start, message));
    }

    fn root(&mut self, root: &Table, config: &mut Config) {
        for (key, value) in root {
            match key.get_ref().as_ref() {
                "sources" => self.strings(value, &mut config.sources),
                "mouse" => self.switch(value, &mut config.mouse),
                "hover" => self.switch(value, &mut config.hover),
                "engine" => self.choice(value, &Engine::NAMES, &mut config.engine),
                "model" => self.string(value, &mut config.model),
                "event-words" => self.string(value, &mut config.event_words),
                "author" => self.string(value, &mut config.author),
                "annotate-ahead" => self.switch(value, &mut config.annotate_ahead),
                "history" => self.switch(value, &mut config.history),
                "layout" => self.layout(value, config),
                "highlight" => self.highlight(value, &mut config.highlight),
                "refresh" => self.refresh(value, &mut config.refresh),
                "feed" => self.feeds(value, &mut config.refresh.specials),
                "smart" => self.smart(value, &mut config.smart),
                "notify" => self.notify(value, &mut config.notify),
                "theme" => self.themes(value, config),
                "keys" => self.keys(value, config),
                "bind" => self.binds(value, config),
                "programs" => self.programs(value, config),
                _ => self.unknown("option", key, TOP),
            }
        }
        config.choose_theme(config.theme_choice);
    }

    fn layout(&mut self, value: &Value, config: &mut Config) {
        let Some(table) = self.table(value) else { return };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "measure" => self.number(value, 20..=400, &mut config.measure),
                "list-width" => self.number(value, 10..=200, &mut config.list_width),
                "panel-width" => self.number(value, 10..=200, &mut config.panel_width),
                _ => self.unknown("option", key, LAYOUT),
            }
        }
    }

    fn highlight(&mut self, value: &Value, highlight: &mut Highlight) {
        let Some(table) = self.table(value) else { return };
        for (key, value) in table {
            match Highlight::KINDS.iter().find(|(name, _)| name == key.get_ref()) {
                Some((_, field)) => self.switch(value, field(highlight)),
                None => {
                    let names: Vec<&str> = Highlight::KINDS.iter().map(|(name, _)| *name).collect();
                    self.unknown("kind of highlight", key, &names);
                }
            }
        }
    }

    fn themes(&mut self, value: &Value, config: &mut Config) {
        let Some(table) = self.table(value) else { return };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "use" => self.choice(value, &ThemeChoice::NAMES, &mut config.theme_choice),
                "dark" => self.theme(value, &mut config.themes.dark),
                "light" => self.theme(value, &mut config.themes.light),
                "mono" => self.theme(value, &mut config.themes.mono),
                _ => self.unknown("option", key, THEME),
            }
        }
    }

    fn theme(&mut self, value: &Value, theme: &mut Theme) {
        let Some(table) = self.table(value) else { return };
        for (key, value) in table {
            if key.get_ref() == SPEAKERS {
                let Some(array) = self.array(value) else { continue };
                theme.speakers = array.iter().filter_map(|value| self.style(value)).collect();
            } else if let Some((_, field)) = Theme::STYLES.iter().find(|(name, _)| is_name(key.get_ref(), name)) {
                if let Some(style) = self.style(value) {
                    *field(theme) = style;
                }
            } else {
                let names: Vec<String> = style_names();
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                self.unknown("style", key, &names);
            }
        }
    }

    fn keys(&mut self, value: &Value, config: &mut Config) {
        let Some(table) = self.table(value) else { return };
        // In the order of the file, whichever way the parser keeps them, so that the later one of two is the wrong one.
        let mut rows: Vec<_> = table.iter().collect();
        rows.sort_by_key(|(key, _)| key.span().start);
        let mut taken: HashMap<(Context, String), &str> = HashMap::new();
        for (key, value) in rows {
            let Some(command) = Command::from_name(key.get_ref()) else {
                let names: Vec<&str> = COMMANDS.iter().map(|info| info.name).collect();
                self.unknown("command", key, &names);
                continue;
            };
            let info = command.info();
            let mut chords = Vec::new();
            for (words, at) in self.one_or_more(value) {
                match words.parse::<Chord>() {
                    Ok(chord) => match taken.insert((info.context, chord.to_string()), info.name) {
                        Some(other) if other != info.name => {
                            self.problem(at, format!("key \"{chord}\" is already given to \"{other}\""));
                        }
                        _ => chords.push(chord),
                    },
                    Err(error) => self.problem(at, error.to_string()),
                }
            }
            config.keys.bind(command, chords);
        }
    }

    /// Keys that do lines of the command line.
    fn binds(&mut self, value: &Value, config: &mut Config) {
        let Some(table) = self.table(value) else { return };
        for (key, value) in table {
            let mut lines = Vec::new();
            for (line, at) in self.one_or_more(value) {
                match line::parse(&line) {
                    Ok(_) => lines.push(line),
                    Err(error) => self.problem(at, error.to_string()),
                }
            }
            match key.get_ref().parse::<Chord>() {
                Ok(chord) => drop(config.binds.insert(chord, lines)),
                Err(error) => self.problem(key.span(), error.to_string()),
            }
        }
    }

    /// Programs that lines run.
    fn programs(&mut self, value: &Value, config: &mut Config) {
        let Some(table) = self.table(value) else { return };
        for (key, value) in table {
            let mut program = Vec::new();
            self.strings(value, &mut program);
            if program.first().is_none_or(String::is_empty) {
                self.problem(value.span(), "a program and its arguments are wanted here, in [ ]".to_owned());
            } else {
                config.programs.insert(key.get_ref().to_string(), program);
            }
        }
    }

    pub(super) fn unknown(&mut self, what: &str, key: &Spanned<std::borrow::Cow<str>>, names: &[&str]) {
        self.problem(key.span(), format!("unknown {what} \"{}\": {}", key.get_ref(), choices(key.get_ref(), names)));
    }

    pub(super) fn wrong_type(&mut self, value: &Value, wanted: &str) {
        self.problem(value.span(), format!("{wanted} is wanted here, not {}", type_name(value.get_ref())));
    }

    pub(super) fn table<'v, 'a>(&mut self, value: &'v Value<'a>) -> Option<&'v Table<'a>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong_type(value, "a table");
        }
        table
    }

    pub(super) fn array<'v, 'a>(&mut self, value: &'v Value<'a>) -> Option<&'v [Value<'a>]> {
        match value.get_ref() {
            DeValue::Array(array) => Some(array),
            _ => {
                self.wrong_type(value, "a list in [ ]");
                None
            }
        }
    }

    pub(super) fn switch(&mut self, value: &Value, field: &mut bool) {
        match value.get_ref().as_bool() {
            Some(on) => *field = on,
            None => self.wrong_type(value, "true or false"),
        }
    }

    fn number(&mut self, value: &Value, range: std::ops::RangeInclusive<u16>, field: &mut u16) {
        let Some(integer) = value.get_ref().as_integer() else {
            return self.wrong_type(value, "a whole number");
        };
        match u16::from_str_radix(integer.as_str(), integer.radix()) {
            Ok(number) if range.contains(&number) => *field = number,
            _ => {
                let message = format!("{integer} is out of range: {} to {}", range.start(), range.end());
                self.problem(value.span(), message);
            }
        }
    }

    fn choice<T: Copy>(&mut self, value: &Value, choices: &[(&str, T)], field: &mut T) {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        match value.get_ref().as_str() {
            None => self.wrong_type(value, &format!("one of \"{}\"", names.join("\", \""))),
            Some(word) => match choices.iter().find(|(name, _)| *name == word) {
                Some((_, choice)) => *field = *choice,
                None => {
                    self.problem(value.span(), format!("unknown choice \"{word}\": there are: {}", names.join(", ")));
                }
            },
        }
    }

    fn string(&mut self, value: &Value, field: &mut String) {
        match value.get_ref().as_str() {
            Some(string) => string.clone_into(field),
            None => self.wrong_type(value, "a string in quotation marks"),
        }
    }

    pub(super) fn strings(&mut self, value: &Value, field: &mut Vec<String>) {
        let Some(array) = self.array(value) else { return };
        let mut strings = Vec::new();
        for value in array {
            match value.get_ref().as_str() {
                Some(string) => strings.push(string.to_owned()),
                None => self.wrong_type(value, "a string in quotation marks"),
            }
        }
        *field = strings;
    }

    /// A string, or a list of them, with the place of each.
    fn one_or_more(&mut self, value: &Value) -> Vec<(String, Range<usize>)> {
        let wanted = "a key in quotation marks, or a list of them in [ ],";
        match value.get_ref() {
            DeValue::String(string) => vec![(string.to_string(), value.span())],
            DeValue::Array(array) => {
                let mut strings = Vec::new();
                for value in array {
                    match value.get_ref().as_str() {
                        Some(string) => strings.push((string.to_owned(), value.span())),
                        None => self.wrong_type(value, "a key in quotation marks"),
                    }
                }
                strings
            }
            _ => {
                self.wrong_type(value, wanted);
                Vec::new()
            }
        }
    }

    fn style(&mut self, value: &Value) -> Option<ratatui::style::Style> {
        let Some(words) = value.get_ref().as_str() else {
            self.wrong_type(value, "a style in quotation marks, such as \"bold cyan\",");
            return None;
        };
        match style::parse(words) {
            Ok(style) => Some(style),
            Err(error) if error.word.is_empty() => {
                self.problem(value.span(), error.help);
                None
            }
            Err(error) => {
                self.problem(value.span(), format!("\"{}\" has no place in a style: {}", error.word, error.help));
                None
            }
        }
    }
}

/// Names in the file have hyphens where those in the program have underscores.
fn is_name(written: &str, field: &str) -> bool {
    written.len() == field.len()
        && written.bytes().zip(field.bytes()).all(|(a, b)| a == b || (a == b'-' && b == b'_'))
}

fn style_names() -> Vec<String> {
    let names = Theme::STYLES.iter().map(|(name, _)| name.replace('_', "-"));
    names.chain([SPEAKERS.to_owned()]).collect()
}

fn type_name(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every option there is, as the path of its keys.
    fn options() -> Vec<String> {
        let mut all: Vec<String> = [
            "sources",
            "mouse",
            "hover",
            "engine",
            "model",
            "event-words",
            "author",
            "annotate-ahead",
            "history",
            "theme.use",
        ]
        .map(str::to_owned)
        .into();
        all.extend(LAYOUT.iter().map(|name| format!("layout.{name}")));
        all.extend(super::super::feeds::REFRESH.iter().map(|name| format!("refresh.{name}")));
        all.extend(super::super::notify::NOTIFY.iter().map(|name| format!("notify.{name}")));
        all.extend(Highlight::KINDS.iter().map(|(name, _)| format!("highlight.{name}")));
        all.extend(
            ["dark", "light", "mono"]
                .iter()
                .flat_map(|theme| style_names().into_iter().map(move |style| format!("theme.{theme}.{style}"))),
        );
        all.extend(COMMANDS.iter().map(|info| format!("keys.{}", info.name)));
        all
    }

    fn stated(prefix: &str, table: &toml::Table, into: &mut Vec<String>) {
        for (key, value) in table {
            let path = format!("{prefix}{key}");
            match value.as_table() {
                Some(inner) => stated(&format!("{path}."), inner, into),
                None => into.push(path),
            }
        }
    }

    #[test]
    fn the_default_file_is_valid_and_states_every_option() {
        assert_eq!(apply(super::super::DEFAULT_FILE, &mut Config::empty()), []);
        let mut paths = Vec::new();
        stated("", &super::super::DEFAULT_FILE.parse().unwrap(), &mut paths);
        for option in options() {
            assert!(paths.contains(&option), "config.toml does not state {option}");
        }
        assert_eq!(paths.len(), options().len());
    }

    #[test]
    fn the_default_file_states_the_commands_own_keys() {
        let config = Config::default();
        for info in COMMANDS {
            assert_eq!(config.keys.keys_for(info.command), info.keys, "config.toml, [keys] {}", info.name);
        }
    }

    #[test]
    fn monochrome_has_no_colours() {
        let mut mono = Config::default().themes.mono;
        let mut styles = mono.speakers.clone();
        styles.extend(Theme::STYLES.iter().map(|(_, field)| *field(&mut mono)));
        for style in styles {
            assert_eq!((style.fg, style.bg), (None, None));
        }
    }

    #[test]
    fn the_shipped_themes_need_sixteen_colours_only() {
        let themes = Config::default().themes;
        for mut theme in [themes.dark, themes.light] {
            let mut styles = theme.speakers.clone();
            styles.extend(Theme::STYLES.iter().map(|(_, field)| *field(&mut theme)));
            for colour in styles.iter().flat_map(|style| [style.fg, style.bg]).flatten() {
                use ratatui::style::Color;
                assert!(!matches!(colour, Color::Rgb(..) | Color::Indexed(_)), "{colour}");
            }
        }
    }
}
