//! Named people with a public office: who, which office as stated, of which body and country.
//!
//! `phrase` finds noun phrases that name an office, `attach` and `counterpart` tell whom the text gives it to,
//! and this module gathers what is said of one person. Nothing is known beforehand about who holds an office: what the
//! text says decides.

mod attach;
mod counterpart;
mod ground;
mod holder;
mod phrase;
mod served;

pub use holder::{Holders, holder};

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use self::ground::Ground;
use self::phrase::OfficePhrase;
use super::draft::Draft;
use super::sector::Sectors;
use crate::model::{EntityIx, Official, Polity, Sector};
use crate::text::Span;

/// Finds the officials of a draft whose names are found already.
pub fn officials(draft: &Draft) -> Vec<Official> {
    let ground = Ground::new(draft);
    let phrases = phrase::office_phrases(&ground);
    let claims = attach::claims(&ground, &phrases);
    let counterparts = counterpart::counterparts(&ground, &phrases, &claims);
    let mut dossiers: BTreeMap<EntityIx, Dossier> = BTreeMap::new();
    let mut joined_to = None;
    for (index, claim) in claims.iter().enumerate() {
        let Some(phrase) = phrases.get(claim.phrase).filter(|phrase| is_public(&ground, phrase)) else { continue };
        if joined_to == Some(index) {
            continue;
        }
        let mut statement = Statement::new(phrase, claim.polity);
        // "Detective Constable Ada Obi": one title of two words, post and rank.
        if let Some(next) = claims.get(index + 1).filter(|next| next.person == claim.person)
            && let Some(rank) = phrases.get(next.phrase)
            && matches!(rank.title.office.code, "military-rank" | "police")
            && rank.start == phrase.tokens.end
        {
            statement.title = format!("{} {}", statement.title, rank.wording);
            statement.polity = statement.polity.or(next.polity);
            joined_to = Some(index + 1);
        }
        dossiers.entry(claim.person).or_default().statements.push(statement);
    }
    for other in &counterparts {
        let Some(title) = dossiers.get(&other.of).and_then(Dossier::best).map(Statement::shared_title) else {
            continue;
        };
        dossiers.entry(other.person).or_default().statements.push(Statement {
            title: format!("{title} (counterpart)"),
            organization: None,
            polity: other.polity,
            national: false,
            weight: 1,
            span: other.span,
        });
    }
    let stated: BTreeMap<EntityIx, Polity> =
        dossiers.iter().filter_map(|(person, dossier)| Some((*person, dossier.polity()?))).collect();
    let context = served::Context::new(&ground, &phrases, &claims, &stated);
    let mut found: Vec<Official> = dossiers
        .into_iter()
        .filter_map(|(person, dossier)| {
            let best = dossier.best()?;
            let mut mentions: Vec<Span> = dossier.statements.iter().map(|statement| statement.span).collect();
            mentions.sort_unstable();
            mentions.dedup();
            Some(Official {
                entity: person,
                title: best.title.clone(),
                organization: best.organization.clone(),
                polity: dossier.polity().or_else(|| context.guess(person)),
                sector: sector(draft, best.span),
                mentions,
            })
        })
        .collect();
    found.sort_by_key(|official| official.mentions.first().map(|span| span.start));
    found
}

/// The part of society that the office stated in `span` belongs to; of another's counterpart it is not told.
fn sector(draft: &Draft, span: Span) -> Option<Sector> {
    Sectors::builtin().of_phrase(draft, draft.tokens_in(span), &|_| None).map(|(sector, _)| sector)
}

/// Whether the phrase names a public office: not a profession, not "head" or "director" of nothing, nobody's in a
/// company.
fn is_public(ground: &Ground, phrase: &OfficePhrase) -> bool {
    let office = phrase.title.office;
    if phrase.private || (office.weak && !phrase.qualified) {
        return false;
    }
    // "Zorba Motors president": bodies of state are known by their country or by a word such as "council".
    let business =
        matches!(office.code, "head-of-state" | "deputy-head-of-state" | "chief-executive" | "chair" | "head");
    let known = phrase.polity.is_some();
    !(business && phrase.organization.as_deref().is_some_and(|name| is_company(ground, name, known)))
}

/// Whether the name is one of a company, or not that of a public body; `known`: it belongs to a known country.
fn is_company(ground: &Ground, name: &str, known: bool) -> bool {
    const PRIVATE: [&str; 26] = [
        "inc",
        "corp",
        "corporation",
        "ltd",
        "limited",
        "plc",
        "llc",
        "co",
        "company",
        "holdings",
        "airlines",
        "airways",
        "motors",
        "partners",
        "capital",
        "group",
        "university",
        "college",
        "hospital",
        "foundation",
        "church",
        "club",
        "school",
        "industries",
        "technologies",
        "ag",
    ];
    let words: Vec<String> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let public = words.iter().any(|word| ground.titles.is_public_body(word));
    words.iter().any(|word| PRIVATE.contains(&word.as_str())) || !(public || known)
}

/// What the text says about the offices of one person.
#[derive(Debug, Default)]
struct Dossier {
    statements: Vec<Statement>,
}

#[derive(Debug)]
struct Statement {
    title: String,
    organization: Option<String>,
    polity: Option<Polity>,
    /// A present office of state or government.
    national: bool,
    weight: i32,
    span: Span,
}

impl Dossier {
    /// The statement that tells most: a post before a rank, a present office before a former one, then the first.
    fn best(&self) -> Option<&Statement> {
        self.statements.iter().max_by_key(|statement| (statement.weight, std::cmp::Reverse(statement.span.start)))
    }

    fn polity(&self) -> Option<Polity> {
        let stated = |statement: &&Statement| statement.polity.is_some();
        // Who is president of a country and chairs an organisation serves the country.
        let country = |statement: &&Statement| matches!(statement.polity, Some(Polity::Country(_)));
        let national = self.statements.iter().filter(country).find(|statement| statement.national);
        if let Some(statement) = national {
            return statement.polity;
        }
        self.best().filter(stated).or_else(|| self.statements.iter().find(stated)).and_then(|found| found.polity)
    }
}

impl Statement {
    fn new(phrase: &OfficePhrase, beside: Option<Polity>) -> Self {
        let office = phrase.title.office;
        let mut weight = 0;
        weight += if office.body == "military" && office.code == "military-rank" { 0 } else { 4 };
        weight += if office.weak { 0 } else { 2 };
        weight += if phrase.title.former() { 0 } else { 3 };
        weight += if phrase.title.tokens.len() > 1 || phrase.organization.is_some() { 1 } else { 0 };
        weight += if phrase.polity.or(beside).is_some() { 1 } else { 0 };
        Statement {
            title: phrase.wording.clone(),
            organization: phrase.organization.clone(),
            polity: phrase.polity.or(beside.filter(|_| office.at.is_none())),
            national: matches!(office.body, "state" | "government" | "monarchy")
                && !phrase.title.former()
                && !matches!(office.code, "spokesperson" | "adviser" | "official"),
            weight,
            span: phrase.span,
        }
    }

    /// The title as it can be said of the same office elsewhere: without "of COUNTRY".
    fn shared_title(&self) -> String {
        let plain = self.title.trim_end_matches(" (counterpart)");
        plain.to_owned()
    }
}
