//! Queries over the library, and the command line.

use dateline::app::Effect;
use dateline::config::{Config, load};

use super::library::Room;

fn room() -> Room {
    let mut room = Room::new(180, 40);
    // Every article is opened, so that all are annotated.
    for _ in 0..3 {
        room.keys("j");
    }
    room.keys("g");
    room
}

#[test]
fn the_list_narrows_while_one_types_and_escape_brings_it_back() {
    let mut room = room();
    room.keys("&boa");
    assert_eq!(room.listed(), ["Boats back"], "the word may still get any ending:\n{}", room.desk.text());
    assert!(room.desk.shows("1 of 4 for boa"), "{}", room.desk.text());
    let unread = room.unread();
    room.keys("<Esc>");
    assert_eq!(room.listed().len(), 4);
    assert_eq!(room.unread(), unread, "what only came by is not read");
}

#[test]
fn slash_in_the_list_is_a_query_and_stays_until_it_is_cleared() {
    let mut room = room();
    room.keys("/country:KE<Enter>");
    assert_eq!(room.listed(), ["Talks in Kenya"]);
    assert!(room.desk.shows("1 of 4 for country:KE · C clears"), "{}", room.desk.text());
    room.keys("<Enter>/rain");
    assert!(room.desk.footer().contains("/rain"), "in the article it searches there: {}", room.desk.footer());
    assert_eq!(room.listed(), ["Talks in Kenya"]);
    room.keys("<Esc>C");
    assert_eq!(room.listed().len(), 4);
}

#[test]
fn statements_and_speakers_are_asked_for() {
    let mut room = room();
    room.keys("&said:choice by:Varga<Enter>");
    assert!(room.desk.shows("Statements: All") && room.desk.shows("1 of 1"), "{}", room.desk.text());
    room.keys("Q");
    assert_eq!(room.listed(), ["Minister in Hungary"]);
    room.keys("&<C-u>said:choice by:Nobody<Enter>");
    assert!(room.listed().is_empty());
    assert!(room.desk.shows("No article for said:choice by:Nobody"), "{}", room.desk.text());
}

#[test]
fn what_is_wrong_is_told_above_the_line_and_can_be_mended() {
    let mut room = room();
    room.keys("&contry:KE ");
    assert!(room.desk.shows("there is no field contry:"), "{}", room.desk.text());
    assert!(room.desk.shows("did you mean country:?"), "{}", room.desk.text());
    room.keys("<Enter>");
    assert!(room.desk.footer().contains("/contry:KE"), "the line stays: {}", room.desk.footer());
    room.keys("<C-u>country:KE<Enter>");
    assert_eq!(room.listed(), ["Talks in Kenya"]);
}

#[test]
fn tab_takes_what_is_offered_fields_first_and_values_of_the_library() {
    let mut room = room();
    room.keys("&pers");
    assert!(room.desk.shows("person:"), "{}", room.desk.text());
    room.keys("<Tab>");
    assert!(room.desk.footer().contains("/person:"), "{}", room.desk.footer());
    room.keys("Ilo");
    assert!(room.desk.shows("1 article"), "{}", room.desk.text());
    room.keys("<Tab>");
    assert!(room.desk.footer().contains("/person:\"Ilona Varga\""), "{}", room.desk.footer());
    assert_eq!(room.listed(), ["Minister in Hungary"]);
    room.keys("<BackTab>");
    assert!(room.desk.footer().contains("/person:Ilo"), "what was typed comes back: {}", room.desk.footer());
}

#[test]
fn earlier_queries_come_back_with_the_arrows() {
    let mut room = room();
    room.keys("&boats<Enter>&<C-u>kenya<Enter>&<C-u><Up>");
    assert!(room.desk.footer().contains("/kenya"), "{}", room.desk.footer());
    room.keys("<Up>");
    assert!(room.desk.footer().contains("/boats"), "{}", room.desk.footer());
    assert_eq!(room.listed(), ["Boats back"]);
}

#[test]
fn the_order_of_a_query_is_the_order_of_the_list() {
    let mut room = room();
    room.keys("&sort:oldest<Enter>");
    assert_eq!(room.listed()[0], "Rain in Lisbon");
    room.keys(":sort newest<Enter>");
    assert_eq!(room.listed()[0], "Minister in Hungary");
    room.keys("C&sort:oldest");
    assert_eq!(room.listed()[0], "Rain in Lisbon");
    room.keys("<Esc>");
    assert_eq!(room.listed()[0], "Minister in Hungary", "the order comes back too");
}

#[test]
fn the_command_line_does_what_keys_do_as_often_as_one_says() {
    let mut room = room();
    room.keys("g:2 next-article<Enter>");
    assert!(room.desk.shows("3 of 4"), "{}", room.desk.text());
    room.keys(":next-artcle<Enter>");
    assert!(room.desk.footer().contains("next-article"), "{}", room.desk.footer());
    room.keys(":quit<Enter>");
    assert!(matches!(room.answer().last(), None | Some(Effect::Quit)));
}

#[test]
fn what_a_query_finds_is_marked_together_and_that_can_be_taken_back() {
    let mut room = room();
    let unread = room.unread();
    room.keys(":mark read country:KE OR country:NO<Enter>");
    assert_eq!(room.unread(), unread - 2);
    assert!(room.desk.footer().contains("2 articles marked read"), "{}", room.desk.footer());
    room.keys("u");
    assert_eq!(room.unread(), unread);
}

#[test]
fn tags_are_given_shown_searched_and_taken() {
    let mut room = room();
    room.keys(":tag +later +sea boats<Enter>");
    assert!(room.desk.footer().contains("1 article tagged +later +sea"), "{}", room.desk.footer());
    room.keys("&tag:later<Enter>");
    assert_eq!(room.listed(), ["Boats back"]);
    assert!(room.desk.shows("+later +sea"), "{}", room.desk.text());
    room.keys(":tag -sea<Enter>");
    assert!(room.desk.shows("+later") && !room.desk.shows("+later +sea"), "{}", room.desk.text());
}

#[test]
fn the_last_tagging_is_taken_back_from_those_that_it_changed_alone() {
    let mut room = room();
    room.keys(":tag +sea<Enter>:tag +sea +later -old<Enter>");
    assert!(room.desk.shows("+later +sea"), "{}", room.desk.text());
    room.keys("u");
    assert!(room.desk.footer().contains("Took back the tagging of 1 article"), "{}", room.desk.footer());
    assert!(
        room.desk.shows("+sea") && !room.desk.shows("+later"),
        "it was tagged +sea before:\n{}",
        room.desk.text()
    );
    room.keys("u");
    assert!(room.desk.footer().contains("Nothing to take back"), "{}", room.desk.footer());

    room.keys(":tag +sea country:KE OR boats OR hungary<Enter>");
    assert!(room.desk.footer().contains("2 articles tagged +sea"), "one was so already: {}", room.desk.footer());
    room.keys(":tag -SEA boats<Enter>").keys("u").keys("&tag:sea<Enter>");
    assert_eq!(room.listed().len(), 3, "{}", room.desk.text());
    room.keys("C:tag -sea country:KE OR boats OR hungary<Enter>").keys(":mark starred boats<Enter>");
    room.keys("u").keys("u").keys("&tag:sea<Enter>");
    assert_eq!(room.listed(), [""; 0], "of marks and tags the last is taken back:\n{}", room.desk.text());
}

#[test]
fn keys_are_bound_to_lines_and_programs_run_on_the_article() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    let text = r#"
        [bind]
        "Ctrl-t" = ["tag +later", "next-article"]
        "X" = "run save"
        [programs]
        save = ["keep", "--url", "{url}", "{title}"]
    "#;
    std::fs::write(&file, text).unwrap();
    let (config, _) = load(Some(&file)).unwrap();
    let mut room = Room::with(config, 180, 40);
    room.keys("<C-t>");
    assert!(room.desk.shows("2 of 4"), "{}", room.desk.text());
    room.keys("&tag:later<Enter>");
    assert_eq!(room.listed(), ["Minister in Hungary"]);
    room.desk.keys("X");
    let programs: Vec<Vec<String>> = room
        .answer()
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Run { program } => Some(program),
            _ => None,
        })
        .collect();
    assert_eq!(programs, [["keep", "--url", "https://news.example/Minister-in-Hungary", "Minister in Hungary"]]);
}

#[test]
fn lines_and_keys_that_mean_nothing_are_mistakes_of_the_configuration() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    std::fs::write(&file, "[bind]\nX = \"tga +later\"\nNoKey = \"down\"\n[programs]\nsave = []\n").unwrap();
    let told = load(Some(&file)).unwrap_err().to_string();
    for words in ["2:5: no command is called \"tga\"", "NoKey", "a program and its arguments"] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn over_files_there_is_no_query_but_the_command_line() {
    let mut desk = super::desk::Desk::with(Config::default(), 120, 30);
    desk.load(super::stories::all());
    desk.keys("&");
    assert!(desk.footer().contains("these articles are from files"), "{}", desk.footer());
    desk.keys(":tag +x<Enter>");
    assert!(desk.footer().contains("from files"), "{}", desk.footer());
}
