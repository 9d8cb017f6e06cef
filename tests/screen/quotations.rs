use crate::desk::Desk;
use crate::stories;
use dateline::app::Effect;
use ratatui::style::Modifier;

fn desk() -> Desk {
    let mut desk = Desk::reading(stories::all(), 120, 36);
    desk.keys("<Enter>");
    desk
}

fn place(desk: &Desk) -> String {
    let footer = desk.footer();
    footer.rfind("  quote ").map(|at| at + 2).map(|at| footer[at..].to_owned()).unwrap_or_default()
}

#[test]
fn the_next_and_the_previous_one_across_paragraphs() {
    let mut desk = desk();
    assert_eq!(place(&desk), "");
    for expected in ["quote 1 of 5 · Tettey", "quote 2 of 5 · Tettey", "quote 4 of 5 · Solheim"] {
        desk.keys("]");
        assert_eq!(place(&desk), expected);
    }
    desk.keys("[");
    assert_eq!(place(&desk), "quote 2 of 5 · Tettey", "reported speech without marks is left out");
}

#[test]
fn past_the_last_one_comes_the_first_with_a_notice() {
    let mut desk = desk();
    desk.keys("]]]");
    assert_eq!(place(&desk), "quote 4 of 5 · Solheim");
    desk.keys("]");
    assert!(desk.footer().contains("Past the last one"), "{}", desk.footer());
    assert_eq!(place(&desk), "quote 1 of 5 · Tettey");
    desk.keys("[");
    assert!(desk.footer().contains("Before the first one"));
    assert_eq!(place(&desk), "quote 4 of 5 · Solheim");
    desk.keys("[");
    assert!(!desk.footer().contains("first"), "the notice goes with the next key");
}

#[test]
fn statements_by_the_same_speaker() {
    let mut desk = desk();
    desk.keys("]}");
    assert_eq!(place(&desk), "quote 2 of 5 · Tettey");
    desk.keys("}");
    assert_eq!(place(&desk), "quote 5 of 5 · Tettey");
    desk.keys("}");
    assert!(desk.footer().contains("Past the last one"));
    assert_eq!(place(&desk), "quote 1 of 5 · Tettey");
    desk.keys("{{");
    assert_eq!(place(&desk), "quote 2 of 5 · Tettey");
    desk.keys("JJ]}");
    assert!(desk.footer().contains("No other statement by mason"), "{}", desk.footer());
}

#[test]
fn the_current_one_is_marked_with_its_speaker_and_cue() {
    let mut desk = desk();
    let look = |desk: &Desk, words: &str| desk.cell(desk.in_text(words)).style();
    let (second, first) = ("We have learnt", "No passenger");
    let plain = look(&desk, second);
    assert_eq!(plain, look(&desk, first));
    let speaker = look(&desk, "Ghana’s Transport");
    desk.keys("]");
    assert_ne!(look(&desk, first), plain, "the words");
    assert_eq!(look(&desk, second), plain, "the others stay");
    assert_ne!(look(&desk, "Ghana’s Transport"), speaker, "the speaker");
    let (x, y) = desk.in_text("after the ceremony");
    assert!(desk.cell((x - 5, y)).modifier.contains(Modifier::ITALIC), "the cue");
    desk.keys("]");
    assert_eq!(look(&desk, first), plain);
    assert_eq!(look(&desk, "Ghana’s Transport"), speaker);
}

#[test]
fn bars_in_the_gutter_have_a_hue_for_each_speaker() {
    let desk = desk();
    let bar = |words: &str| {
        let (x, y) = desk.in_text(words);
        let cell = desk.cell((x - 2, y));
        (cell.symbol().to_owned(), cell.fg)
    };
    let tettey = bar("“No passenger");
    assert_eq!(tettey.0, "▎");
    assert_eq!(bar("“We have"), tettey);
    assert_eq!(bar("“They will").0, "▎");
    assert_ne!(bar("“They will").1, tettey.1);
}

#[test]
fn it_is_found_from_where_one_reads() {
    let mut desk = Desk::reading(stories::all(), 70, 10);
    desk.keys("<Enter>]G]");
    assert_eq!(place(&desk), "quote 1 of 5 · Tettey", "from the end round to the first");
    desk.keys("G[");
    assert_eq!(place(&desk), "quote 4 of 5 · Solheim");
    assert!(desk.shows("They will train"), "{}", desk.text());
}

#[test]
fn from_reported_speech_it_goes_on_to_the_next_quotation() {
    let mut desk = desk();
    let at = desk.in_text("first inspectors would");
    desk.click(at);
    assert_eq!(place(&desk), "quote 3 of 5 · Solheim");
    desk.keys("[");
    assert_eq!(place(&desk), "quote 2 of 5 · Tettey");
    desk.click(at).keys("]");
    assert_eq!(place(&desk), "quote 4 of 5 · Solheim");
}

#[test]
fn where_nothing_stands_between_marks_it_goes_through_reported_speech() {
    let mut story =
        stories::Story::new("Plain", "Wire", "The mayor said the pier was closed. He said it would open.");
    let mayor = || dateline::model::Speaker::Unnamed("mayor".to_owned());
    story.quote(&["the pier was closed"], mayor(), ("The mayor", 0), ("said", 0));
    story.quote(&["it would open"], mayor(), ("He", 0), ("said", 1));
    let mut desk = Desk::reading(vec![story.done()], 100, 20);
    desk.keys("]]");
    assert_eq!(place(&desk), "quote 2 of 2 · mayor");
}

#[test]
fn without_statements_it_says_so() {
    let mut desk = desk();
    desk.keys("J]");
    assert!(desk.footer().contains("No statements in this article"), "{}", desk.footer());
}

#[test]
fn copying_gives_the_words_with_who_said_them() {
    let mut desk = desk();
    desk.keys("y");
    assert!(desk.footer().contains("No quotation is current"));
    desk.keys("]y");
    let copied = desk.effects.iter().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.to_string()),
        _ => None,
    });
    assert_eq!(
        copied.unwrap(),
        "“No passenger should board a vessel that nobody has looked at,” — Efua Tettey, Transport Minister \
         (Harbour Wire, 21 May 2026)"
    );
}

#[test]
fn escape_lets_go_of_it() {
    let mut desk = desk();
    desk.keys("]<Esc>");
    assert_eq!(place(&desk), "");
}
