//! What one types to set right what was found: `speaker Ada Obi`, `country Iran`, `no event`.

use super::value::{named_country, nearest};
use super::{Candidate, complete};
use crate::model::{Correction, Country, Igo, Polity};
use crate::text::Clean;

/// What can be set right: how it begins, what it does, whether a value stands behind it.
const FORMS: [(&str, &str, bool); 6] = [
    ("speaker", "these words are NAME's; unknown: the text does not tell whose", true),
    ("country", "whom or what these words name belongs to COUNTRY; unknown: to none", true),
    ("no quotation", "these words quote nobody", false),
    ("no event", "these words tell of nothing that happened", false),
    ("no name anywhere", "these words are no name, in no article", false),
    ("no name", "these words are no name in this article", false),
];

/// What nobody knows.
const UNKNOWN: &str = "unknown";

/// What is set right by `typed`. Countries may be named or given by code, organisations by their short name; a colon may stand
/// behind the first word.
///
/// # Errors
/// If it is none of the forms, or its value is missing or not known; the error says what would be right.
pub fn correction(typed: &str) -> Result<Correction, String> {
    let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let after = |form: &str| {
        let rest = typed.strip_prefix(form)?;
        rest.strip_prefix(':').or_else(|| (rest.is_empty() || rest.starts_with(' ')).then_some(rest)).map(str::trim)
    };
    if let Some(name) = after("speaker") {
        return match name {
            "" => Err(format!("name the speaker, or say \"speaker {UNKNOWN}\"")),
            UNKNOWN => Ok(Correction::Speaker(None)),
            name => Ok(Correction::Speaker(Some(Clean::line(name)))),
        };
    }
    if let Some(place) = after("country") {
        return match place {
            "" => Err(format!("name the country, or say \"country {UNKNOWN}\"")),
            UNKNOWN => Ok(Correction::Country(None)),
            place => match polity(place) {
                Some(polity) => Ok(Correction::Country(Some(polity))),
                None => Err(format!("no country or organisation known here is called \"{place}\"")),
            },
        };
    }
    if let Some(correction) = Correction::parse(&typed) {
        return Ok(correction);
    }
    let known: Vec<&str> = FORMS.iter().map(|(form, ..)| *form).collect();
    let like = nearest(&typed, known.iter().copied()).map(|form| format!("; did you mean \"{form}\"?"));
    let like = like.unwrap_or_else(|| format!(": {}", known.join(", ")));
    Err(format!("\"{typed}\" sets nothing right{like}"))
}

/// What may stand where `typed` stands; `people` may be speakers.
pub fn corrections(typed: &str, people: &[&str]) -> Vec<Candidate> {
    let typed = typed.trim_start();
    let candidate = |text: String, help: &str| Candidate { text, help: help.to_owned() };
    let fits = |name: &str, part: &str| {
        let part = part.to_lowercase();
        let lower = name.to_lowercase();
        lower.starts_with(&part) || lower.split(' ').any(|word| word.starts_with(&part))
    };
    let speakers = |part: &str| -> Vec<Candidate> {
        let named = people.iter().chain(&[UNKNOWN]).filter(|name| fits(name, part));
        named.map(|name| candidate(format!("speaker {name}"), "")).collect()
    };
    if let Some(part) = typed.strip_prefix("speaker ") {
        return speakers(part);
    }
    if let Some(part) = typed.strip_prefix("country ") {
        let known = complete::countries(part).into_iter();
        let unknown = UNKNOWN.starts_with(part).then(|| candidate(format!("country {UNKNOWN}"), ""));
        return known.map(|one| candidate(format!("country {}", one.text), &one.help)).chain(unknown).collect();
    }
    let mut all = Vec::new();
    for (form, help, is_valued) in FORMS.iter().filter(|(form, ..)| form.starts_with(typed)) {
        all.push(candidate(format!("{form}{}", if *is_valued { " " } else { "" }), help));
        if *form == "speaker" {
            all.extend(speakers(""));
        }
    }
    all
}

/// The country of this code or name, or the organisation of this short name.
fn polity(typed: &str) -> Option<Polity> {
    let by_code = Country::new(typed).and_then(|_| named_country(typed)).map(Polity::from);
    by_code.or_else(|| Igo::named(typed).map(Polity::Igo)).or_else(|| named_country(typed).map(Polity::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> String {
        correction(typed).map_or_else(|error| error, |correction| correction.to_string())
    }

    #[test]
    fn what_is_typed_is_understood_with_names_and_codes() {
        assert_eq!(read("speaker Ada Obi"), "speaker: Ada Obi");
        assert_eq!(read("speaker:  Ada  Obi"), "speaker: Ada Obi");
        assert_eq!(read("speaker unknown"), "speaker: unknown");
        assert_eq!(read("country Iran"), "country: IR");
        assert_eq!(read("country ir"), "country: IR");
        assert_eq!(read("country: IR"), "country: IR");
        assert_eq!(read("country NATO"), "organisation: NATO");
        assert_eq!(read("country AU"), "country: AU");
        assert_eq!(read("organisation: AU"), "organisation: AU");
        assert_eq!(read("country unknown"), "country: unknown");
        assert_eq!(read("no  name anywhere"), "no name anywhere");
    }

    #[test]
    fn errors_say_what_would_be_right() {
        assert!(read("speaker").contains("name the speaker"));
        assert!(read("country Nowhere").contains("Nowhere"));
        assert!(read("country: QQ").contains("no country"), "two letters are not yet a country");
        assert!(read("no evnt").contains("no event"));
        assert!(read("office x").contains("speaker, country"));
        assert!(read("speakers").contains("sets nothing right"));
    }

    #[test]
    fn forms_people_and_countries_are_offered() {
        let offered = |typed: &str| -> Vec<String> {
            corrections(typed, &["Ada Obi", "Carl Dunn"]).into_iter().map(|one| one.text).collect()
        };
        assert_eq!(offered("no n"), ["no name anywhere", "no name"]);
        assert_eq!(offered("sp"), ["speaker ", "speaker Ada Obi", "speaker Carl Dunn", "speaker unknown"]);
        assert_eq!(offered("speaker ob"), ["speaker Ada Obi"]);
        assert_eq!(offered("country iran"), ["country IR"]);
        assert_eq!(offered("").len(), FORMS.len() + 3);
    }
}
