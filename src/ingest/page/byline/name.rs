//! Names in the lines that tell who wrote something.

use crate::ingest::date::month_in_any_language as month;

/// The longest byline, in characters.
pub(super) const LONGEST: usize = 70;

/// Words that bring a byline in, in small letters.
pub(super) const BY: &[&str] = &[
    "by",
    "von",
    "vom",
    "par",
    "por",
    "di",
    "da",
    "door",
    "av",
    "af",
    "przez",
    "od",
    "written by",
    "posted by",
    "published by",
    "story by",
    "words by",
    "text by",
    "reported by",
    "article by",
    "geschrieben von",
    "verfasst von",
    "veröffentlicht von",
    "ein beitrag von",
    "ein artikel von",
    "ein gastbeitrag von",
    "eine analyse von",
    "ein kommentar von",
    "ein interview von",
    "eine kolumne von",
    "eine rezension von",
    "erstellt von",
    "gepostet von",
    "eingestellt von",
    "entretien par",
    "rédigé par",
    "geschreven door",
    "opublikował",
    "text & fotos",
    "text und fotos",
    "text & foto",
    "text und foto",
    "text und bilder",
    "words",
    "publié par",
    "propos recueillis par",
    "escrito por",
    "publicado por",
    "scritto da",
    "pubblicato da",
    "autor",
    "autorin",
    "autoren",
    "author",
    "authors",
    "auteur",
    "auteurs",
    "autore",
    "text",
    "texte",
    "texto",
    "testo",
    "verfasser",
    "redakteur",
    "автор",
    "от",
    "作者",
    "记者",
    "文",
    "name",
    "redaktion:",
    "posted on",
    "über den autor",
    "about the author",
];

/// Words of a page that stand where names stand.
const NO_NAMES: &[&str] = &[
    "home",
    "author",
    "authors",
    "autor",
    "autoren",
    "comments",
    "comment",
    "kommentare",
    "kommentar",
    "share",
    "follow",
    "mehr",
    "more",
    "profile",
    "profil",
    "alle artikel",
    "all posts",
    "contact",
    "kontakt",
    "email",
    "e-mail",
    "print",
    "drucken",
    "twitter",
    "facebook",
    "instagram",
    "website",
    "view",
    "posts",
    "by",
    "von",
    "anzeige",
    "datum",
    "date",
    "share this",
    "read more",
    "subscribe",
    "undefined",
    "null",
    "fail",
    "letzte aktualisierung",
    "zuletzt aktualisiert",
    "last updated",
    "updated",
    "artikel",
    "article",
    "news",
];

/// Parts of lines on rights, which stand where bylines stand.
const RIGHTS: &[&str] = &["vorbehalten", "rights reserved", "copyright", "©", "creative commons", "droits réservés"];

/// The name in a byline: without what brings it in, and without what follows it.
pub(in crate::ingest::page) fn name(text: &str) -> Option<String> {
    let mut rest: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let dashes = rest.len() - rest.trim_start_matches(['-', '–', '—', '~', ' ']).len();
    rest.drain(..dashes);
    // "By" may stand twice: "Author: by …".
    for _ in 0..3 {
        let cut = BY.iter().filter_map(|by| {
            let behind = after(&rest, by)?;
            let blank = behind.trim_start_matches([' ', ':', '：', '—', '-', '|', '/']);
            (blank.len() < behind.len()).then(|| rest.len() - blank.len())
        });
        match cut.max() {
            Some(cut) => rest.drain(..cut),
            None => break,
        };
    }
    let stops = [
        " | ", " · ", " • ", " – ", " — ", " / ", " - ", " (", " on ", " am ", " vom ", " le ", " in ", " im ",
        " für ", " @", ", am ", "  ", "; ",
    ];
    let cut = stops.iter().filter_map(|stop| rest.find(stop)).filter(|cut| *cut > 0).min();
    rest.truncate(cut.unwrap_or(rest.len()));
    if let Some(digit) = rest.find(|c: char| c.is_ascii_digit()).filter(|digit| *digit > 4) {
        rest.truncate(digit);
        // The name of the month that the day belongs to.
        if let Some((name, last)) = rest.trim_end().rsplit_once(' ')
            && name.contains(' ')
            && month(last).is_some()
        {
            rest.truncate(name.len());
        }
    }
    // A person of an agency: "Ada Quill/GW".
    if let Some((name, agency)) = rest.split_once('/')
        && name.contains(' ')
        && agency.chars().count() <= 8
        && !agency.contains(char::is_lowercase)
    {
        rest.truncate(name.len());
    }
    if let Some((name, after)) = rest.split_once(", ")
        && (name.contains(' ') && after.starts_with(char::is_lowercase) || after.is_empty())
    {
        rest = name.to_owned();
    }
    let rest = rest.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ':' | '|' | '/' | '-' | '–' | '·' | '•' | '(' | ')' | '"' | '\'')
    });
    (is_name(rest) && !rest.contains(|c: char| c.is_ascii_digit())).then(|| rest.to_owned())
}

/// What of `text` comes after `start`, a text in small letters, in whatever letters it stands there. Not by the length
/// of `start`: small letters may be of another length.
pub(super) fn after<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let mut wanted = start.chars().peekable();
    let mut chars = text.chars();
    while wanted.peek().is_some() {
        for small in chars.next()?.to_lowercase() {
            if wanted.next() != Some(small) {
                return None;
            }
        }
    }
    Some(chars.as_str())
}

/// Whether this could be the name of somebody who writes.
pub(in crate::ingest::page) fn is_name(text: &str) -> bool {
    let text = text.trim();
    let lower = text.to_lowercase();
    // The full stops of initials count as letters.
    let letters = text.chars().filter(|c| c.is_alphabetic() || *c == '.').count();
    (2..=LONGEST).contains(&text.chars().count())
        && letters * 2 > text.chars().count()
        && text.contains(char::is_alphabetic)
        && text.split_whitespace().count() <= 8
        && !text.contains("://")
        && !lower.contains("www.")
        && !text.contains(['@', '<', '{', '?', '!', '='])
        && !NO_NAMES.contains(&lower.as_str())
        && !RIGHTS.iter().any(|part| lower.contains(part))
}

/// Whether this is what somebody logs in as rather than how they sign: `ada_quill`, `ada.quill`, `aquill2`.
pub(in crate::ingest::page) fn is_account(name: &str) -> bool {
    let name = name.trim();
    !name.contains(char::is_whitespace)
        && !name.contains(char::is_uppercase)
        && name.contains(|c: char| matches!(c, '_' | '.') || c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_out_of_bylines() {
        for (line, want) in [
            ("By Ada Quill", "Ada Quill"),
            ("Von Ada Quill, 3. Februar 2031", "Ada Quill"),
            ("par Ada Quill le 3 février 2031", "Ada Quill"),
            ("Autor: Ada Quill | 03.02.2031", "Ada Quill"),
            ("Written by Ada Quill on February 3", "Ada Quill"),
            ("Ada Quill and Bo Reed", "Ada Quill and Bo Reed"),
            ("作者：焦鹏", "焦鹏"),
            ("BY ADA QUILL · Gull Wire", "ADA QUILL"),
            ("Ada Quill, correspondent", "Ada Quill"),
            ("---- by Ada Quill", "Ada Quill"),
            ("Von A. Q. am 3. Februar", "A. Q."),
            ("Autor: Ada Quill/GW", "Ada Quill"),
            ("By Ada Quill March 3, 2031", "Ada Quill"),
            ("Text & Fotos: Ada Quill", "Ada Quill"),
        ] {
            assert_eq!(name(line).as_deref(), Some(want), "{line}");
        }
        for line in [
            "",
            "3 February 2031",
            "https://gull.example/ada",
            "Share",
            "ada@gull.example",
            "By",
            "?",
            "..",
            "Some rights reserved",
        ] {
            assert_eq!(name(line), None, "{line}");
        }
    }

    #[test]
    fn small_letters_may_be_of_another_length() {
        assert_eq!(name("REDA\u{212a}TEUR: Ada Quill").as_deref(), Some("Ada Quill"));
        assert_eq!(name("REDA\u{212a}TEUR\u{ff1a}\u{23a}\u{23a} Quill").as_deref(), Some("\u{23a}\u{23a} Quill"));
        assert_eq!(after("\u{130}x", "i"), None);
        assert_eq!(after("VON \u{130}", "von "), Some("\u{130}"));
    }

    #[test]
    fn accounts_are_no_names() {
        for account in ["ada_quill", "ada.quill", "aquill2"] {
            assert!(is_account(account), "{account}");
        }
        for name in ["Ada Quill", "quill", "A.Q.", "ada quill 2"] {
            assert!(!is_account(name), "{name}");
        }
    }
}
