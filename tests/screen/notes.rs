//! Notes on the open article, and setting right what was found in it.

use dateline::app::{Ask, Effect, Msg, Refusal};
use dateline::config::{Config, ThemeChoice};
use dateline::store::Query;
use dateline::text::Clean;
use ratatui::style::Modifier;

use super::library::{Room, at, deliver_at, entry};

/// The article about Hungary is open and annotated, and has the keys.
fn room() -> Room {
    let config = Config { author: "Ada Obi".to_owned(), ..Config::default() };
    let mut room = Room::with(config, 150, 40);
    room.annotate();
    room.keys("<Enter>");
    assert!(room.desk.shows("Hungary closed its border"), "{}", room.desk.text());
    room
}

/// Text, quoted words and author of each note of the library.
fn noted(room: &Room) -> Vec<(String, String, String)> {
    let notes = room.store.all_notes(&Query::default()).unwrap();
    let words = |kept: &dateline::store::KeptNote| {
        kept.note.quotes.iter().map(|quote| quote.exact.to_string()).collect::<Vec<_>>().join(" … ")
    };
    let by = |kept: &dateline::store::KeptNote| {
        kept.note.creator.as_ref().map_or(String::new(), |one| one.name.to_string())
    };
    notes.iter().map(|kept| (kept.note.text().to_string(), words(kept), by(kept))).collect()
}

fn one(text: &str, words: &str) -> Vec<(String, String, String)> {
    vec![(text.to_owned(), words.to_owned(), "Ada Obi".to_owned())]
}

#[test]
fn selected_words_get_a_note_that_stands_in_the_panel_and_on_them() {
    let mut room = room();
    room.keys("Vww");
    room.keys("a");
    assert!(room.desk.shows("Note on “Hungary closed its”"), "{}", room.desk.text());
    room.keys("Really?<C-j>Ask in Vienna.<Enter>");
    assert_eq!(noted(&room), one("Really?\nAsk in Vienna.", "Hungary closed its"));
    assert!(room.desk.footer().contains("Noted"), "{}", room.desk.footer());
    room.keys("5");
    for words in ["“Hungary closed its”", "Really?", "Ask in Vienna.", "Ada Obi · 4 Mar 2031", "Notes 1"] {
        assert!(room.desk.shows(words), "{words}: {}", room.desk.text());
    }
    assert!(room.desk.text_has("Hungary closed its", Modifier::UNDERLINED), "{}", room.desk.text());
    assert!(!room.desk.text_has("border on Monday", Modifier::UNDERLINED));
    insta::assert_snapshot!(room.desk.text());
}

#[test]
fn it_is_changed_and_taken_away_where_it_is_listed_and_brought_back() {
    let mut room = room();
    room.keys("Va");
    room.keys("First.<Enter>");
    room.keys("5<Tab>");
    room.keys("a");
    assert!(room.desk.shows("Change the note on “Hungary”"), "{}", room.desk.text());
    room.keys(" Second.<Enter>");
    assert_eq!(noted(&room), one("First. Second.", "Hungary"));
    room.keys("u");
    assert_eq!(noted(&room), one("First.", "Hungary"));
    room.keys("u");
    assert!(room.desk.footer().contains("Nothing to take back"), "{}", room.desk.footer());
    assert_eq!(noted(&room), one("First.", "Hungary"));
    room.keys("d");
    assert!(noted(&room).is_empty());
    assert!(room.desk.shows("No notes on this article"), "{}", room.desk.text());
    room.keys("u");
    assert_eq!(noted(&room), one("First.", "Hungary"));
}

#[test]
fn without_a_selection_it_is_on_what_is_current_else_on_the_article() {
    let mut room = room();
    room.keys("aWhole.<Enter>");
    assert_eq!(noted(&room), one("Whole.", ""));
    room.keys("]aQuoted.<Enter>");
    assert_eq!(noted(&room)[1].1, "“We had no choice,”");
    room.keys(")aNamed.<Enter>");
    assert_eq!(noted(&room)[2].1, "Ilona Varga");
    room.keys("5");
    assert!(room.desk.shows("on the article"), "{}", room.desk.text());
}

#[test]
fn words_are_highlighted_without_a_note_and_by_a_line() {
    let mut room = room();
    room.keys("VwH");
    assert_eq!(noted(&room), one("", "Hungary closed"));
    room.keys(":note To be checked.<Enter>");
    assert_eq!(noted(&room)[1].0, "To be checked.");
    room.keys("5");
    assert!(room.desk.shows("highlighted · Ada Obi"), "{}", room.desk.text());
}

#[test]
fn what_was_typed_is_not_lost_by_one_key() {
    let mut room = room();
    room.keys("aSomething<Esc>");
    assert!(room.desk.footer().contains("again throws away"), "{}", room.desk.footer());
    assert!(room.desk.shows("Something"));
    room.keys(" more<Esc>");
    assert!(room.desk.shows("Something more"), "another key in between: it was meant otherwise");
    room.keys("<Esc>");
    assert!(!room.desk.shows("Something more") && noted(&room).is_empty());
    room.keys("aSomething<C-c>");
    assert!(room.desk.shows("Something") && room.desk.footer().contains("again throws away"), "{}", room.desk.text());
    room.keys("<C-c>");
    room.keys("a<Esc>");
    assert!(!room.desk.shows("Note on"), "without words there is nothing to lose");
    room.keys("a");
    room.desk.send(Msg::Paste(Clean::new("Two\nlines")));
    room.keys("<Enter>");
    assert_eq!(noted(&room), one("Two\nlines", ""));
}

#[test]
fn what_the_library_cannot_keep_is_given_back_to_the_user() {
    let refused = |room: &mut Room| {
        let article = room.store.keys(&Query::default(), None).unwrap()[0].id;
        let asked = std::mem::take(&mut room.desk.effects);
        assert!(asked.iter().any(|effect| matches!(effect, Effect::Library(Ask::Note { .. }))), "{asked:?}");
        let refusal = Refusal { why: Clean::literal("the disk is full"), is_stale: false };
        room.desk.send(Msg::Noted { article, outcome: Err(refusal) });
    };
    let mut room = room();
    room.keys("a");
    room.desk.keys("Much to say<Enter>");
    refused(&mut room);
    assert!(
        room.desk.footer().contains("the disk is full") && room.desk.shows("Much to say"),
        "{}",
        room.desk.text()
    );
    room.keys("<Enter>");
    assert_eq!(noted(&room), one("Much to say", ""));
    // While something else lies over the panes they wait.
    room.keys("a");
    room.desk.keys("More<Enter>aStill more<Enter>:");
    let asked = room.desk.effects.clone();
    refused(&mut room);
    room.desk.effects = asked;
    refused(&mut room);
    assert_eq!(room.desk.state.unkept_notes().len(), 2);
    room.keys("<Esc>a");
    assert!(room.desk.shows("More") && !room.desk.shows("Still more"), "{}", room.desk.text());
    room.keys("<Enter>");
    room.keys("a<Enter>");
    assert_eq!(noted(&room).len(), 3);
    assert!(room.desk.state.unkept_notes().is_empty());
    // What was to be taken back still can be.
    room.desk.keys("u");
    refused(&mut room);
    room.keys("u");
    assert_eq!(noted(&room).len(), 2);
}

#[test]
fn what_somebody_else_wrote_is_not_written_over() {
    let mut room = room();
    room.keys("VaMine.<Enter>");
    room.keys("5<Tab>a");
    let kept = room.store.all_notes(&Query::default()).unwrap().remove(0);
    let id = kept.note.id.clone().unwrap();
    let mut theirs = kept.note;
    theirs.bodies[0].value = Clean::literal("Theirs.");
    room.store.change_note(&id, &theirs, at(30)).unwrap();
    room.keys(" And more.<Enter>");
    assert!(room.desk.shows("Mine. And more."), "it is still there: {}", room.desk.text());
    room.keys("<Enter>");
    let texts: Vec<String> = noted(&room).into_iter().map(|(text, ..)| text).collect();
    assert_eq!(texts, ["Theirs.", "Mine. And more."]);
    room.desk.send(Msg::NotesElsewhere);
    room.answer();
    assert!(room.desk.shows("Theirs."), "{}", room.desk.text());
}

#[test]
fn the_selected_note_stays_selected_when_another_comes_before_it() {
    let mut room = room();
    room.keys("]aLater.<Enter>");
    room.keys("(5<Tab>");
    room.keys(":note Earlier.<Enter>");
    assert_eq!(noted(&room)[1].1, "Hungary");
    room.keys("d");
    let texts: Vec<String> = noted(&room).into_iter().map(|(text, ..)| text).collect();
    assert_eq!(texts, ["Earlier."], "{}", room.desk.text());
}

#[test]
fn it_is_written_in_the_users_editor_too() {
    let mut room = room();
    room.keys("aSo far");
    room.desk.keys("<C-g>");
    let others = room.answer();
    let [Effect::Write { text }] = &others[..] else { panic!("{others:?}") };
    assert_eq!(text.as_str(), "So far");
    room.desk.send(Msg::Written(Clean::new("So far,\nand further.\n")));
    assert!(room.desk.shows("and further."), "{}", room.desk.text());
    room.keys("<Enter>");
    assert_eq!(noted(&room), one("So far,\nand further.", ""));
}

#[test]
fn what_has_lost_its_words_is_listed_last_and_not_dropped() {
    let mut room = room();
    room.keys("VwwaReally?<Enter>");
    let changed = entry("Minister in Hungary", -10, "The border is open again, Foreign Minister Ilona Varga said.");
    deliver_at(5, &mut room.store, room.world, "World Wire", vec![changed], None);
    room.desk.send(Msg::ChangedElsewhere);
    room.keys("J");
    room.keys("K");
    room.annotate();
    room.keys("5");
    assert!(room.desk.shows("Not in the text any more") && room.desk.shows("Really?"), "{}", room.desk.text());
    assert!(!room.desk.text_has("The border is open", Modifier::UNDERLINED));
}

#[test]
fn a_speaker_is_set_right_and_the_panel_says_by_whom() {
    let mut room = room();
    room.keys("]X");
    for words in ["speaker Ilona Varga", "speaker unknown", "no quotation"] {
        assert!(room.desk.shows(words), "{words} is offered: {}", room.desk.text());
    }
    assert!(!room.desk.shows("no event"), "{}", room.desk.text());
    room.keys("speaker Gyula Nagy<Enter>");
    for words in ["Gyula Nagy", "✎ corrected by Ada Obi"] {
        assert!(room.desk.shows(words), "{words}: {}", room.desk.text());
    }
    room.keys("w");
    assert!(room.desk.shows("the program had found Ilona Varga"), "{}", room.desk.text());
    insta::assert_snapshot!(room.desk.text());
    room.keys("Q");
    assert!(room.desk.shows("✎ Gyula Nagy"), "the list of statements says so too: {}", room.desk.text());
    room.keys("Q5");
    assert!(room.desk.shows("✎ said by Gyula Nagy"), "{}", room.desk.text());
    room.keys("1u");
    assert!(room.desk.shows("Ilona Varga") && !room.desk.shows("Gyula Nagy"), "{}", room.desk.text());
}

#[test]
fn a_country_a_name_and_an_event_are_set_right() {
    let mut room = room();
    room.keys("2");
    assert!(room.desk.shows("Hungary") && room.desk.shows("Ilona Varga"));
    room.keys("<Tab>X");
    assert!(room.desk.shows("country") && !room.desk.shows("no quotation"), "{}", room.desk.text());
    room.keys("country Austria<Enter>");
    assert!(room.desk.shows("✎ country corrected by Ada Obi") && room.desk.shows("Austria"), "{}", room.desk.text());
    room.keys("<BackTab>");
    let mut other = self::room();
    other.keys(")");
    other.keys("X");
    other.keys("no name anywhere<Enter>");
    assert!(other.desk.footer().contains("Noted"), "{}", other.desk.text());
    other.keys("5");
    assert!(other.desk.shows("no name in any article"), "{}", other.desk.text());
    let mut third = self::room();
    third.keys("3");
    assert!(third.desk.shows("Events 1"), "{}", third.desk.text());
    third.keys("<Tab>X");
    third.keys("no event<Enter>");
    assert!(third.desk.shows("Events 0"), "{}", third.desk.text());
}

#[test]
fn a_correction_stays_when_the_article_is_annotated_anew() {
    let mut room = room();
    room.keys("]:correct speaker Gyula Nagy<Enter>");
    assert!(room.desk.shows("Gyula Nagy"));
    let id = room.store.keys(&Query::default(), None).unwrap()[0].id;
    let article = room.store.article(id).unwrap().unwrap().into_article();
    let found = dateline::annotate::Annotator::default().annotate(&article);
    room.desk.send(Msg::Found { id, found: Ok(std::sync::Arc::new(found)) });
    room.answer();
    assert!(room.desk.shows("Gyula Nagy"), "{}", room.desk.text());
}

#[test]
fn what_cannot_be_set_right_is_told() {
    let mut room = room();
    room.keys("X");
    assert!(room.desk.footer().contains("Nothing is current"), "{}", room.desk.footer());
    room.keys(":correct no quotation<Enter>");
    assert!(room.desk.footer().contains("No quotation is current"), "{}", room.desk.footer());
    room.keys("V:correct no event<Enter>");
    assert!(room.desk.footer().contains("nothing of this kind was found"), "{}", room.desk.footer());
    room.keys("u");
    room.keys(":correct country Nowhere<Enter>");
    assert!(room.desk.footer().contains("Nowhere"), "{}", room.desk.footer());
    // What is selected is meant, whatever is current.
    room.keys("<Esc>]V:correct no name<Enter>");
    assert!(room.desk.footer().contains("nothing of this kind was found"), "{}", room.desk.footer());
    let mut files = crate::desk::Desk::reading(crate::stories::all(), 120, 36);
    files.keys("<Enter>a");
    assert!(files.footer().contains("Notes are kept in the library"), "{}", files.footer());
    files.keys("]X");
    assert!(files.footer().contains("Notes are kept in the library"), "{}", files.footer());
}

#[test]
fn notes_are_marked_without_colours_too() {
    let config = Config { theme_choice: ThemeChoice::Mono, ..Config::default() };
    let mut config = config;
    config.choose_theme(ThemeChoice::Mono);
    let mut room = Room::with(config, 150, 40);
    room.annotate();
    room.keys("<Enter>VwwH");
    assert!(room.desk.text_has("Hungary closed its", Modifier::UNDERLINED), "{}", room.desk.text());
}
