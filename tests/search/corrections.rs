//! What people set right: found, listed and taken back, whatever is annotated anew.

use dateline::annotate::Annotator;
use dateline::model::{Correction, Country, Creator, Note};
use dateline::store::{ArticleId, Finding, Noted, Query, Store};
use dateline::text::Clean;
use dateline::text::anchor::{Quote, find};
use jiff::Timestamp;

use crate::support::*;

fn library() -> Store {
    let mut store = Store::in_memory().unwrap();
    deliver(&mut store, &stories());
    annotate(&mut store);
    store
}

/// Sets something right at the first place of these words.
fn correct(store: &mut Store, article: ArticleId, words: &str, correction: Correction) -> Clean {
    let text = store.article(article).unwrap().unwrap().into_article().doc.text;
    let span = find(&Quote { exact: Clean::new(words), ..Quote::default() }, &text).unwrap().span;
    let note = Note {
        quotes: vec![Quote::at(&text, span)],
        correction: Some(correction),
        creator: Some(Creator { name: Clean::literal("Eve Reader"), is_program: false }),
        ..Note::default()
    };
    match store.add_note(article, &note, Timestamp::UNIX_EPOCH).unwrap() {
        Noted::New(id) => id,
        Noted::Known(id) => panic!("{id} was known"),
    }
}

/// Annotates everything again, as after a new version of dateline.
fn annotate_anew(store: &mut Store) {
    for key in store.keys(&Query::default(), None).unwrap() {
        let stored = store.article(key.id).unwrap().unwrap();
        let hash = stored.hash;
        let article = stored.into_article();
        let annotations = Annotator::RULES.annotate(&article);
        let finding = Finding { article: key.id, hash, article_text: &article, annotations: &annotations };
        store.keep(&[finding], "rules-of-tomorrow").unwrap();
    }
}

#[test]
fn a_speaker_that_was_set_right_is_found_and_stays_so_until_it_is_taken_back() {
    let mut store = library();
    let whole = |(name, words): &(String, String)| name.contains(' ') && !words.contains('…');
    let (speaker, words) = said(&store, "").into_iter().find(whole).unwrap();
    let exact = format!("said:\"{}\"", words.trim_matches(['“', '”', ' ', ',', '.']).replace('"', ""));
    let before = said(&store, &exact);
    assert!(before.iter().any(|(name, _)| *name == speaker), "{before:?}");
    let article = statements(&store, &exact)[0].article;
    let id = correct(&mut store, article, &words, Correction::Speaker(Some(Clean::literal("Ottilie Quast"))));
    let theirs = |store: &Store| said(store, "by:Quast");
    assert!(
        theirs(&store).iter().any(|(name, said)| name == "Ottilie Quast" && *said == words),
        "{:?}",
        theirs(&store)
    );
    let count = theirs(&store).len();
    annotate_anew(&mut store);
    assert_eq!(theirs(&store).len(), count, "another engine's findings are corrected too");
    assert!(store.remove_note(&id).unwrap());
    assert!(theirs(&store).is_empty());
    assert_eq!(said(&store, &exact), before);
}

#[test]
fn an_event_that_was_none_is_found_no_more() {
    let mut store = library();
    let all = store.keys(&Query::default(), None).unwrap();
    let told = all.iter().find_map(|key| {
        let stored = store.article(key.id).unwrap().unwrap();
        let hash = stored.hash;
        let text = stored.into_article();
        let (_, found) = store.filed(key.id, &text, hash).unwrap().unwrap();
        (!found.events.is_empty()).then_some((key.id, hash, text, found))
    });
    let (article, hash, text, found) = told.unwrap();
    let kind = found.events[0].kind.code();
    let of_kind: Vec<_> = found.events.iter().filter(|event| event.kind.code() == kind).cloned().collect();
    for event in &of_kind {
        let note = Note {
            quotes: vec![Quote::at(&text.doc.text, event.trigger)],
            correction: Some(Correction::NoEvent),
            ..Note::default()
        };
        store.add_note(article, &note, Timestamp::UNIX_EPOCH).unwrap();
    }
    let hits = store.keys(&asked(&format!("event:{kind}")), None).unwrap();
    assert!(hits.iter().all(|key| key.id != article));
    let (_, found) = store.filed(article, &text, hash).unwrap().unwrap();
    assert_eq!(found.corrections.len(), of_kind.len());
}

#[test]
fn a_country_that_was_set_right_is_the_articles() {
    let mut store = library();
    let person = said(&store, "").into_iter().map(|(name, _)| name).find(|name| name.contains(' ')).unwrap();
    let article = statements(&store, &format!("by:\"{person}\""))[0].article;
    let tuvalu = Country::new("TV").unwrap();
    assert!(store.keys(&asked("country:TV"), None).unwrap().is_empty());
    let stored = store.article(article).unwrap().unwrap().into_article();
    let last = person.split(' ').next_back().unwrap();
    assert!(stored.doc.text.contains(last));
    correct(&mut store, article, last, Correction::Country(Some(tuvalu.into())));
    let spoken = said(&store, "by:TV");
    assert!(spoken.iter().any(|(name, _)| *name == person), "{spoken:?}");
}

#[test]
fn what_is_never_a_name_is_none_in_any_article() {
    let mut store = library();
    let (name, articles) = store
        .values(dateline::query::Values::Orgs, "", 50)
        .unwrap()
        .into_iter()
        .find(|(_, articles)| *articles > 0)
        .unwrap();
    let query = format!("org:\"{name}\"");
    let article = store.keys(&asked(&query), None).unwrap()[0].id;
    let count = store.keys(&asked(&query), None).unwrap().len();
    assert_eq!(count, articles);
    let id = correct(&mut store, article, &name, Correction::NeverName);
    while !store.index_waiting(3).unwrap().is_empty() {}
    assert!(store.keys(&asked(&query), None).unwrap().is_empty(), "{name}");
    assert!(!store.keys(&asked(&format!("\"{name}\"")), None).unwrap().is_empty(), "the words are still there");
    store.remove_note(&id).unwrap();
    while !store.index_waiting(3).unwrap().is_empty() {}
    assert_eq!(store.keys(&asked(&query), None).unwrap().len(), count);
}

#[test]
fn a_correction_needs_words() {
    let mut store = library();
    let article = store.keys(&Query::default(), None).unwrap()[0].id;
    let note = Note { correction: Some(Correction::NoEvent), ..Note::default() };
    assert!(store.add_note(article, &note, Timestamp::UNIX_EPOCH).is_err());
}
