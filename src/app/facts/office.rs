//! Offices in words.

use crate::text::Clean;
use crate::words;

/// An office as stated, and in what sense it is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The title, without what the annotator says of it in brackets.
    pub title: Clean,
    /// `former`, `acting`, `counterpart` and so on, where the office is not simply held.
    pub mark: Option<&'static str>,
}

/// What titles say, and how it is told.
const MARKS: &[(&[&str], &str)] = &[
    (&["former", "ex", "then", "onetime", "erstwhile"], "former"),
    (&["acting", "interim", "caretaker", "provisional"], "acting"),
    (&["elect", "designate", "incoming", "nominee"], "to be"),
    (&["candidate"], "candidate"),
    (&["outgoing"], "outgoing"),
    (&["late"], "late"),
];

impl Standing {
    /// What `title` says: `former president`, `Foreign Minister (counterpart)`.
    pub fn of(title: &str) -> Standing {
        if let Some(held) = title.strip_suffix(" (counterpart)") {
            return Standing { title: words!("{held}"), mark: Some("counterpart") };
        }
        let lower = title.to_lowercase();
        let mut said = lower.split(|c: char| !c.is_alphanumeric());
        let mark = said.find_map(|word| MARKS.iter().find(|(words, _)| words.contains(&word)).map(|(_, mark)| *mark));
        Standing { title: words!("{title}"), mark }
    }
}

/// Title and organisation in one line.
pub fn office(title: &str, organization: Option<&str>) -> Clean {
    match organization {
        Some(organization) if !title.contains(organization) => words!("{title}, {organization}"),
        _ => words!("{title}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_tell_how_an_office_is_held() {
        for (title, shown, mark) in [
            ("Foreign Minister", "Foreign Minister", None),
            ("Foreign Minister (counterpart)", "Foreign Minister", Some("counterpart")),
            ("former President", "former President", Some("former")),
            ("ex-prime minister", "ex-prime minister", Some("former")),
            ("then-prime-minister", "then-prime-minister", Some("former")),
            ("caretaker Prime Minister", "caretaker Prime Minister", Some("acting")),
            ("President-elect", "President-elect", Some("to be")),
            ("Director of Platelets", "Director of Platelets", None),
            ("", "", None),
        ] {
            let standing = Standing::of(title);
            assert_eq!((&*standing.title, standing.mark), (shown, mark), "{title}");
        }
    }
}
