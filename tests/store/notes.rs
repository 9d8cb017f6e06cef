//! Notes stay, and tell where their words stand.

use dateline::model::{Body, Creator, Entry, Note, Purpose};
use dateline::store::{ArticleId, Finding, Noted, Query, Retention, Store, StoreError, repair};
use dateline::text::anchor::{Fit, Quote};
use dateline::text::{Clean, Span};

use crate::support::*;

const TEXT: &str =
    "The ferry was late on Monday. Nobody on the quay knew why it was late. The harbour master said nothing.";

fn told(n: usize, text: &str) -> Entry {
    Entry { content: html(&format!("<p>{text}</p>")), ..entry(n) }
}

/// A note on these words of the text above.
fn note(words: &str) -> Note {
    let start = TEXT.find(words).unwrap();
    let span = Span::new(start, start + words.len());
    Note {
        source: line("https://news.example.org/1"),
        quotes: vec![Quote::of(&Clean::new(TEXT), span, (span.start, span.end))],
        bodies: vec![
            Body { purpose: Purpose::Commenting, value: Clean::new("Ask him.\nTwice.") },
            Body { purpose: Purpose::Tagging, value: line("to check") },
        ],
        creator: Some(Creator { name: line("A. Reader"), is_program: false }),
        created: Some(at(5)),
        ..Note::default()
    }
}

fn noted(store: &mut Store, article: ArticleId, note: &Note) -> Clean {
    match store.add_note(article, note, at(6)).unwrap() {
        Noted::New(id) => id,
        Noted::Known(id) => panic!("{id} was known"),
    }
}

/// A library with one article of that text.
fn with_text() -> (Store, dateline::store::FeedId, ArticleId) {
    let (mut store, feed) = library();
    deliver(&mut store, feed, vec![told(1, TEXT)], at(0));
    let article = titled(&store, "Headline 1");
    (store, feed, article)
}

#[test]
fn a_note_comes_back_as_it_was_with_its_place() {
    let (mut store, _, article) = with_text();
    let mine = note("harbour master");
    let id = noted(&mut store, article, &mine);
    assert!(id.starts_with("urn:uuid:"), "{id}");
    let whole = Note { source: line("https://news.example.org/1"), ..Note::default() };
    noted(&mut store, article, &whole);

    let notes = store.notes(article).unwrap();
    assert_eq!(notes.len(), 2);
    assert_eq!(notes[0].note, Note { id: Some(id.clone()), ..mine });
    assert_eq!((notes[0].article, notes[0].changed), (article, at(6)));
    let standing = notes[0].standing[0].as_ref().unwrap();
    assert_eq!((standing.fit, standing.span.of(TEXT)), (Fit::Here, "harbour master"));
    assert_eq!(standing.quote, notes[0].note.quotes[0]);
    assert_eq!(notes[1].note.created, Some(at(6)), "it is made when it is added");
    assert!(!notes[1].is_orphaned(), "it is about the article, not about words");
    assert_eq!(store.all_notes(&Query::default()).unwrap(), notes);
    sound(&store);

    let other = Note { bodies: Vec::new(), quotes: note("quay").quotes, ..Note::default() };
    assert!(store.change_note(&id, &other, at(9)).unwrap());
    let changed = &store.notes(article).unwrap()[0];
    assert_eq!((changed.note.quotes[0].exact.as_str(), changed.note.bodies.len()), ("quay", 0));
    assert_eq!((changed.note.created, changed.changed, &changed.note.creator), (Some(at(5)), at(9), &None));
    assert!(store.remove_note(&id).unwrap());
    assert!(!store.remove_note(&id).unwrap());
    assert!(!store.change_note(&id, &other, at(9)).unwrap());
    assert_eq!(store.notes(article).unwrap().len(), 1);
}

#[test]
fn notes_follow_their_words_through_versions_and_stay_without_them() {
    let (mut store, feed, article) = with_text();
    noted(&mut store, article, &note("harbour master said nothing"));
    let longer = format!("Correction: an earlier version named the wrong port. {TEXT}");
    deliver(&mut store, feed, vec![told(1, &longer)], at(20));
    let moved = &store.notes(article).unwrap()[0];
    let standing = moved.standing[0].as_ref().unwrap();
    assert_eq!((standing.fit, standing.span.of(&longer)), (Fit::Moved, "harbour master said nothing"));
    let now = moved.as_it_stands();
    assert_eq!(now.quotes[0].position, Some((standing.span.start, standing.span.end)));
    assert_eq!(moved.note.quotes, note("harbour master said nothing").quotes, "what was noted is not overwritten");

    deliver(&mut store, feed, vec![told(1, &longer.replace("master said", "master has said"))], at(40));
    let similar = &store.notes(article).unwrap()[0];
    let standing = similar.standing[0].as_ref().unwrap();
    assert_eq!((standing.fit, standing.quote.exact.as_str()), (Fit::Similar(4), "harbour master has said nothing"));
    assert_eq!(similar.as_it_stands(), similar.note);

    // Annotating changes nothing of it.
    let stored = store.article(article).unwrap().unwrap();
    let (hash, text) = (stored.hash, stored.into_article());
    let annotations = dateline::model::Annotations::default();
    store.keep(&[Finding { article, hash, article_text: &text, annotations: &annotations }], "rules").unwrap();
    assert_eq!(&store.notes(article).unwrap()[0], similar);

    deliver(&mut store, feed, vec![told(1, "All ships were on time this week, says the port.")], at(60));
    let lost = &store.notes(article).unwrap()[0];
    assert!(lost.is_orphaned() && lost.standing == [None]);
    assert_eq!(lost.note.quotes[0].exact.as_str(), "harbour master said nothing");
    deliver(&mut store, feed, vec![told(1, TEXT)], at(80));
    assert!(!store.notes(article).unwrap()[0].is_orphaned(), "the words are there again");
    sound(&store);
}

#[test]
fn articles_with_notes_are_not_dropped() {
    let (mut store, feed) = library();
    deliver(&mut store, feed, (1..6).map(entry).collect(), at(0));
    let article = titled(&store, "Headline 5");
    let id = noted(&mut store, article, &note("quay"));
    let one = Retention { count: Some(1), days: Some(3) };
    deliver_and_keep(&mut store, feed, (1..6).map(entry).collect(), one, at(1));
    assert_eq!(titles(&store), ["Headline 1", "Headline 5"]);
    deliver_and_keep(&mut store, feed, vec![], one, at(9 * 24 * 60));
    assert_eq!(titles(&store), ["Headline 5"]);
    store.unsubscribe(feed).unwrap();
    assert_eq!(store.notes(article).unwrap().len(), 1, "it is among the saved");
    let other = subscribe(&mut store, "https://other.example.org/feed");
    store.unsubscribe(other).unwrap();
    assert_eq!(store.notes(article).unwrap().len(), 1);
    // With its note goes what kept it.
    assert!(store.remove_note(&id).unwrap());
    let other = subscribe(&mut store, "https://other.example.org/feed");
    store.unsubscribe(other).unwrap();
    assert_eq!(titles(&store), Vec::<String>::new());
    sound(&store);
}

#[test]
fn one_iri_is_one_note_and_what_is_too_much_is_refused() {
    let (mut store, _, article) = with_text();
    let mine = Note { id: Some(line("https://notes.example.org/7")), ..note("quay") };
    noted(&mut store, article, &mine);
    let again = Note { bodies: Vec::new(), ..mine.clone() };
    let id = line("https://notes.example.org/7");
    assert_eq!(store.add_note(article, &again, at(7)).unwrap(), Noted::Known(id));
    assert_eq!(store.notes(article).unwrap()[0].note, mine);

    let gone = store.add_note(ArticleId(999), &note("ferry"), at(7)).unwrap_err();
    assert!(matches!(gone, StoreError::NoArticle), "{gone:?}");
    let said = |value: String| Note {
        bodies: vec![Body { purpose: Purpose::Commenting, value: Clean::new(&value) }],
        ..note("ferry")
    };
    let many = Note { quotes: vec![note("ferry").quotes[0].clone(); 65], ..note("ferry") };
    let named = Note { source: line(&"x".repeat(5000)), ..note("ferry") };
    for large in [said("x".repeat(70_000)), many, named] {
        let error = store.add_note(article, &large, at(7)).unwrap_err();
        assert!(matches!(error, StoreError::Note(_)), "{error:?}");
        assert!(store.change_note("https://notes.example.org/7", &large, at(7)).is_err());
    }
    for number in 1..1000 {
        noted(&mut store, article, &said(number.to_string()));
    }
    let error = store.add_note(article, &said("one too many".to_owned()), at(7)).unwrap_err();
    assert!(error.to_string().contains("1000"), "{error}");
}

#[test]
fn imported_notes_come_to_the_articles_at_their_addresses() {
    let (mut store, feed, article) = with_text();
    let other = subscribe(&mut store, "https://other.example.org/feed");
    // The same story by another feed, cut short.
    deliver(&mut store, other, vec![Entry { title: Some(line("Short")), ..told(1, "The ferry was late.") }], at(1));
    deliver(&mut store, feed, vec![entry(2)], at(1));
    let known = Note { id: Some(line("urn:x:1")), ..note("quay") };
    noted(&mut store, article, &known);
    let tracked = Note { source: line("http://www.news.example.org/1/?utm_source=x"), ..note("harbour master") };
    let elsewhere = Note { source: line("https://nowhere.example.org/"), ..note("ferry") };
    let about = Note { source: line("https://news.example.org/2"), created: None, ..Note::default() };
    let large = Note { quotes: vec![Quote::default(); 65], ..note("ferry") };
    let all = [known, elsewhere, tracked, about, large];
    let imported = store.import_notes(&all, at(9)).unwrap();
    assert_eq!((imported.new, imported.known), (2, 1));
    assert_eq!((&imported.unknown[..], &imported.refused[..]), (&[1][..], &[4][..]));
    let words: Vec<String> =
        store.notes(article).unwrap().iter().map(|kept| kept.note.quotes[0].exact.to_string()).collect();
    assert_eq!(words, ["quay", "harbour master"]);
    let about = &store.notes(titled(&store, "Headline 2")).unwrap()[0];
    assert_eq!((about.note.created, about.changed), (None, at(9)));
    // Also those without an IRI are the same notes.
    let again = store.import_notes(&all, at(10)).unwrap();
    assert_eq!((again.new, again.known), (0, 3));
    assert_eq!(store.all_notes(&Query::default()).unwrap().len(), 3);
    sound(&store);
}

#[test]
fn a_repair_keeps_notes() {
    let folder = tempfile::TempDir::new().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let feed = subscribe(&mut store, "https://news.example.org/feed");
    deliver(&mut store, feed, vec![told(1, TEXT), entry(2)], at(0));
    let (first, second) = (titled(&store, "Headline 1"), titled(&store, "Headline 2"));
    noted(&mut store, first, &note("quay"));
    noted(&mut store, second, &note("ferry"));
    let before = store.all_notes(&Query::default()).unwrap();
    let file = store.path().unwrap().to_owned();
    store.vacuum().unwrap();
    drop(store);
    assert_eq!(repair(folder.path()).unwrap().lost, Vec::<String>::new());
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.all_notes(&Query::default()).unwrap(), before);
    drop(store);

    // An article is lost; what was noted about it is not.
    let damage = "PRAGMA foreign_keys = OFF; DELETE FROM version WHERE article = 2; DELETE FROM article WHERE id = 2";
    rusqlite::Connection::open(&file).unwrap().execute_batch(damage).unwrap();
    let lost = repair(folder.path()).unwrap().lost;
    assert!(lost.iter().any(|what| what.contains("notes")), "{lost:?}");
    let store = Store::open(folder.path()).unwrap();
    let notes = store.all_notes(&Query::default()).unwrap();
    assert_eq!(notes.len(), 2);
    assert!(notes.iter().any(|kept| kept.article == second && kept.is_orphaned()));
    sound(&store);
}

#[test]
fn of_two_corrections_the_later_counts_also_when_the_earlier_comes_back() {
    use dateline::model::Correction;
    use dateline::store::NoteChange;
    let (mut store, _, article) = with_text();
    let says = |name: &str, minutes| Note {
        correction: Some(Correction::Speaker(Some(line(name)))),
        created: Some(at(minutes)),
        ..note("The harbour master said nothing")
    };
    let first = noted(&mut store, article, &says("Ann", 1));
    noted(&mut store, article, &says("Tom", 2));
    let undo = store.alter_note(article, NoteChange::Remove(first), at(3)).unwrap().unwrap();
    store.alter_note(article, undo, at(4)).unwrap().unwrap();
    let order: Vec<_> = store.notes(article).unwrap().into_iter().map(|kept| kept.note.correction).collect();
    assert_eq!(order, [says("Ann", 1).correction, says("Tom", 2).correction]);
}

#[test]
fn a_note_that_was_changed_since_it_was_seen_is_left_alone() {
    use dateline::store::NoteChange;
    let (mut store, _, article) = with_text();
    let id = noted(&mut store, article, &note("quay"));
    let seen = store.note(&id).unwrap().unwrap().changed;
    store.change_note(&id, &note("ferry"), at(20)).unwrap();
    let change = |seen| NoteChange::Change { id: id.clone(), note: note("Monday"), seen };
    assert!(matches!(store.alter_note(article, change(Some(seen)), at(21)), Err(StoreError::Stale)));
    assert_eq!(store.note(&id).unwrap().unwrap().note.quotes[0].exact.as_str(), "ferry");
    assert!(store.alter_note(article, change(Some(at(20))), at(22)).unwrap().is_some());
}

#[test]
fn words_that_are_there_are_found_beside_any_number_that_have_gone() {
    let (mut store, _, article) = with_text();
    for number in 0..900 {
        let gone = Quote { exact: line(&format!("words number {number} that nobody wrote")), ..Quote::default() };
        let many = Note { quotes: vec![gone; 32], bodies: Vec::new(), created: Some(at(number)), ..note("quay") };
        noted(&mut store, article, &many);
    }
    noted(&mut store, article, &Note { created: Some(at(5000)), ..note("harbour master") });
    let notes = store.notes(article).unwrap();
    let (last, others) = notes.split_last().unwrap();
    assert!(!last.is_orphaned() && others.iter().all(|kept| kept.is_orphaned()));
}

#[test]
fn a_note_that_is_taken_away_comes_back_as_it_was() {
    use dateline::store::NoteChange;
    let (mut store, _, article) = with_text();
    // Of an import, without a moment.
    let mine = Note { id: Some(line("https://notes.example.org/9")), created: None, ..note("quay") };
    store.import_notes(std::slice::from_ref(&mine), at(1)).unwrap();
    let undo = store.alter_note(article, NoteChange::Remove(mine.id.clone().unwrap()), at(2)).unwrap().unwrap();
    assert!(store.notes(article).unwrap().is_empty());
    store.alter_note(article, undo, at(3)).unwrap().unwrap();
    assert_eq!(store.notes(article).unwrap()[0].note, mine);
}
