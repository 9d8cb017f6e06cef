//! Persons, organisations, places and peoples: their names in the text, and which names are of one entity.
//!
//! [`scan`] finds names sentence by sentence, `cluster` joins those of one entity. Names only: pronouns and roles
//! are resolved where a speaker or an actor is looked for.

mod cluster;
mod joined;
pub mod scan;
pub mod words;

use super::draft::Draft;
use super::place;
use crate::model::{Entity, InnerPlace, Mention};
use crate::tagger::Named;

/// The entities of `draft` in the order of their first mention, where they are named, and the places named inside names.
pub fn entities(draft: &Draft<'_>, tagged: Option<&[Named<'_>]>) -> (Vec<Entity>, Vec<Mention>, Vec<InnerPlace>) {
    let scanner = scan::Scanner::new(draft);
    let mut names = Vec::new();
    let mut title_case = Vec::new();
    for sentence in &draft.sentences {
        let heading = draft.paragraphs[sentence.paragraph].heading;
        if heading && is_title_case(draft, sentence.tokens.clone()) {
            title_case.push(sentence.tokens.clone());
            names.extend(scanner.names(sentence.tokens.clone(), true));
        } else {
            names.extend(scanner.names(sentence.tokens.clone(), false));
        }
    }
    if let Some(tagged) = tagged {
        names = joined::join(draft, names, tagged, &title_case);
    }
    let inner = place::resolve(draft, &mut names);
    let (entities, mentions) = cluster::cluster(draft, names, &title_case);
    (entities, mentions, inner)
}

/// Whether nearly every long word is capitalised, as in an American headline: capitals tell nothing there.
fn is_title_case(draft: &Draft<'_>, tokens: std::ops::Range<usize>) -> bool {
    let long = |at: &usize| {
        draft.tokens[*at].text.chars().count() > 3 && draft.tokens[*at].text.chars().all(char::is_alphabetic)
    };
    let words: Vec<usize> = tokens.filter(long).collect();
    let capitals = words.iter().filter(|&&at| draft.tokens[at].is_capitalised()).count();
    words.len() >= 3 && capitals * 10 >= words.len() * 9
}
