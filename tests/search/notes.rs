//! What the user added: notes by their words, and articles that have notes, corrections or tags.

use dateline::model::{Body, Correction, Note, Purpose};
use dateline::store::{ArticleId, Noted, Store, repair};
use dateline::text::Clean;
use dateline::text::anchor::Quote;
use jiff::Timestamp;

use crate::support::*;

fn article(store: &Store, query: &str) -> ArticleId {
    store.keys(&asked(query), None).unwrap()[0].id
}

/// A note that says something, with a tag, about words.
fn note(says: &str, tag: &str, about: &str) -> Note {
    let body = |purpose, words| Body { purpose, value: Clean::new(words) };
    Note {
        source: Clean::line("https://example.org/a"),
        quotes: vec![Quote { exact: Clean::new(about), ..Quote::default() }],
        bodies: vec![body(Purpose::Commenting, says), body(Purpose::Tagging, tag)],
        ..Note::default()
    }
}

fn add(store: &mut Store, article: ArticleId, note: &Note) -> Clean {
    match store.add_note(article, note, Timestamp::UNIX_EPOCH).unwrap() {
        Noted::New(id) | Noted::Known(id) => id,
    }
}

#[test]
fn articles_are_found_by_the_words_of_their_notes() {
    let mut store = library();
    let (chad, japan) = (article(&store, "title:chad"), article(&store, "title:japan"));
    let first = add(&mut store, chad, &note("Ask Aur\u{e8}le,\nthe second clerk.", "to check", "the clinics"));
    add(&mut store, chad, &note("Nobody answered.", "silence", ""));
    add(&mut store, japan, &note("\u{6771}\u{4eac} knows; ask again", "later", "trawler"));
    let find = |store: &Store, query: &str| found(store, query);
    assert_eq!(find(&store, "note:ask"), ["Chad", "Japan"]);
    assert_eq!(find(&store, "note:\"ASK aurele the\""), ["Chad"]);
    assert_eq!(find(&store, "note:\"aurele ask\""), [""; 0]);
    assert_eq!(find(&store, "note:answ*"), ["Chad"]);
    assert_eq!(find(&store, "note:answ"), [""; 0]);
    assert_eq!(find(&store, "note:\"to check\""), ["Chad"], "a tag");
    assert_eq!(find(&store, "note:clinics"), ["Chad"], "quoted words");
    assert_eq!(find(&store, "note:\"clerk to\""), [""; 0], "no phrase goes from one text to the next");
    assert_eq!(find(&store, "note:\u{4eac}"), ["Japan"]);
    assert_eq!(find(&store, "note:clerk note:silence"), ["Chad"], "each may be in a note of its own");
    assert_eq!(find(&store, "note:clerk,knows"), ["Chad", "Japan"]);
    assert_eq!(find(&store, "note:ask -note:clerk"), ["Japan"]);
    assert_eq!(titles(&store, "-note:ask").len(), 8);
    assert_eq!(find(&store, "cholera note:ask"), ["Chad"]);
    assert!(found(&store, "darkhan OR note:knows").contains(&"Japan".to_owned()));

    assert!(store.change_note(&first, &note("Done.", "to check", "the clinics"), Timestamp::UNIX_EPOCH).unwrap());
    assert_eq!((find(&store, "note:clerk"), find(&store, "note:done")), (vec![], vec!["Chad".to_owned()]));
    assert!(store.remove_note(&first).unwrap());
    assert_eq!(find(&store, "note:done"), [""; 0]);
    assert_eq!(find(&store, "note:silence"), ["Chad"]);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn articles_are_found_by_what_was_added_to_them() {
    let mut store = library();
    assert_eq!(found(&store, "has:note OR has:tag,correction"), [""; 0]);
    assert_eq!(titles(&store, "-has:note -has:correction -has:tag").len(), 10);
    let [chad, japan, kazakh] = ["title:chad", "title:japan", "darkhan"].map(|query| article(&store, query));
    add(&mut store, chad, &note("Ask.", "x", ""));
    store.tag(&[japan], &Clean::line("later")).unwrap();
    let right = Note { correction: Some(Correction::NoEvent), ..note("", "x", "Darkhan") };
    let right = add(&mut store, kazakh, &right);
    assert_eq!(found(&store, "has:note"), ["Chad", "Kazakh"]);
    assert_eq!(found(&store, "has:correction"), ["Kazakh"]);
    assert_eq!(found(&store, "has:tag"), ["Japan"], "a tag of a note is none of its article");
    assert_eq!(found(&store, "has:tag,correction"), ["Kazakh", "Japan"]);
    assert_eq!(found(&store, "has:note -has:correction"), ["Chad"]);
    assert_eq!(titles(&store, "-has:note").len(), 8);
    store.remove_note(&right).unwrap();
    store.untag(&[japan], &Clean::line("later")).unwrap();
    assert_eq!(found(&store, "has:correction,tag"), [""; 0]);
}

#[test]
fn notes_that_a_repair_saved_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    deliver(&mut store, &stories());
    let some = article(&store, "");
    add(&mut store, some, &note("Ask the second clerk.", "x", ""));
    let expected = titles(&store, "note:clerk");
    assert_eq!(expected.len(), 1);
    drop(store);
    repair(folder.path()).unwrap();
    assert_eq!(titles(&Store::open(folder.path()).unwrap(), "note:clerk"), expected);
}
