//! Styles as words: `"bold cyan"`, `"italic #5f87af on 235"`.

use std::str::FromStr;

use ratatui::style::{Color, Modifier, Style};

/// The modifiers a style may name.
const MODIFIERS: [(&str, Modifier); 6] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
    ("strike", Modifier::CROSSED_OUT),
];

/// The colour names worth offering; others that mean the same ("grey", "bright-red") are understood too.
const COLOURS: [&str; 17] = [
    "default",
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "gray",
    "dark-gray",
    "light-red",
    "light-green",
    "light-yellow",
    "light-blue",
    "light-magenta",
    "light-cyan",
    "white",
];

/// Why words are no style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StyleError {
    /// The word that is not understood, or `""` where one is missing.
    pub word: String,
    /// What stands in its way or could stand in its place.
    pub help: String,
}

/// The style that `words` describe: modifiers, a colour, and `on` with a background colour, in any order. A colour is
/// a name, `#rrggbb`, or a number from 0 to 255. No words: as the terminal's text is.
///
/// # Errors
/// On a word that is neither, and on a second colour.
pub fn parse(words: &str) -> Result<Style, StyleError> {
    let mut style = Style::default();
    let mut rest = words.split_whitespace();
    while let Some(word) = rest.next() {
        let lower = word.to_ascii_lowercase();
        if let Some((_, modifier)) = MODIFIERS.iter().find(|(name, _)| *name == lower) {
            style = style.add_modifier(*modifier);
        } else if lower == "on" {
            let Some(next) = rest.next() else {
                return Err(StyleError {
                    word: String::new(),
                    help: "a background colour must follow \"on\"".into(),
                });
            };
            if style.bg.is_some() {
                return Err(StyleError { word: next.into(), help: "there is a background colour already".into() });
            }
            style = style.bg(colour(next)?);
        } else {
            let colour = colour(word)?;
            if style.fg.is_some() {
                return Err(StyleError { word: word.into(), help: "there is a colour already".into() });
            }
            style = style.fg(colour);
        }
    }
    Ok(style)
}

fn colour(word: &str) -> Result<Color, StyleError> {
    let lower = word.to_ascii_lowercase();
    if lower == "default" {
        return Ok(Color::Reset);
    }
    Color::from_str(&lower).map_err(|_| {
        let names = MODIFIERS.iter().map(|(name, _)| *name).chain(COLOURS);
        let help = match super::problem::nearest(&lower, names.clone()) {
            Some(name) => format!("did you mean \"{name}\"?"),
            None => {
                let names: Vec<&str> = names.collect();
                format!("a style is made of: {}, #rrggbb, 0 to 255, and \"on\" before a background", names.join(", "))
            }
        };
        StyleError { word: word.into(), help }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_make_a_style() {
        assert_eq!(parse("").unwrap(), Style::default());
        assert_eq!(parse("bold cyan").unwrap(), Style::default().fg(Color::Cyan).add_modifier(Modifier::BOLD));
        let style = Style::default().fg(Color::Rgb(0x5f, 0x87, 0xaf)).bg(Color::Indexed(235));
        assert_eq!(parse("#5f87af on 235 italic").unwrap(), style.add_modifier(Modifier::ITALIC));
        assert_eq!(parse("light-red on default").unwrap(), Style::default().fg(Color::LightRed).bg(Color::Reset));
    }

    #[test]
    fn a_wrong_word_is_named_with_the_nearest() {
        let error = parse("bold cyam").unwrap_err();
        assert_eq!((error.word.as_str(), error.help.as_str()), ("cyam", "did you mean \"cyan\"?"));
        assert_eq!(parse("256").unwrap_err().word, "256");
        assert_eq!(parse("#12345").unwrap_err().word, "#12345");
        assert_eq!(parse("red blue").unwrap_err().word, "blue");
        assert!(parse("red on").unwrap_err().help.contains("must follow"));
    }
}
