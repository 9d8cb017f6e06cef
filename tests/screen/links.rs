use std::ops::ControlFlow;

use crate::desk::Desk;
use crate::stories;
use dateline::app::Effect;
use dateline::ingest::{Format, Item, Limits, Place, read_bytes};
use dateline::model::{Annotations, Article};
use ratatui::style::Modifier;

const STORY: &str = "\
# Ferry talks resume

The [harbour board](https://board.example/minutes/2026?page=2&x=1) met on Monday, and [the mayor](mailto:mayor@city.example)
told [reporters](../desk) that it would [vote](https://vote.example/) soon.

Some ask for [more](javascript:alert(1)), others for [the files](file:///etc/passwd); the [board](https://board.example/minutes/2026?page=2&x=1)
gave [nothing](-rf). A [look-alike](https://cіty.example/a) wrote too.
";

fn article(text: &str) -> Article {
    let mut articles = Vec::new();
    let place = Place { name: dateline::text::Clean::literal("story.md"), ..Place::default() };
    let format = Some(Format::Markdown);
    let _ = read_bytes(&place, text.as_bytes().to_vec(), format, &Limits::default(), &mut |item| {
        if let Item::Article(article) = item {
            articles.push(*article);
        }
        ControlFlow::Continue(())
    });
    articles.pop().unwrap()
}

fn desk_of(text: &str, url: Option<&str>) -> Desk {
    let mut article = article(text);
    article.url = url.map(dateline::text::Clean::line);
    Desk::reading(vec![(article, Annotations::default())], 120, 36)
}

fn desk() -> Desk {
    desk_of(STORY, None)
}

/// What was opened and what was copied, in order.
fn done(desk: &Desk) -> Vec<String> {
    let told = desk.effects.iter().filter_map(|effect| match effect {
        Effect::Open(address) => Some(format!("open {}", address.as_str())),
        Effect::Copy(words) => Some(format!("copy {words}")),
        _ => None,
    });
    told.collect()
}

#[test]
fn links_are_listed_after_the_text_by_their_true_hosts() {
    let desk = desk();
    let rows: Vec<String> = desk.rows().into_iter().filter(|row| row.contains("] ")).collect();
    let listed: Vec<&str> =
        rows.iter().map(|row| row[row.find('[').unwrap()..].split('│').next().unwrap().trim()).collect();
    assert_eq!(
        listed,
        [
            "[1] board.example — harbour board",
            "[2] mayor@city.example — the mayor",
            "[3] (no address) — reporters",
            "[4] vote.example — vote",
            "[5] (no address) — nothing",
            "[6] xn--cty-jhd.example — look-alike",
        ],
        "{}",
        desk.text()
    );
    assert!(desk.shows("Links"));
}

#[test]
fn an_article_without_links_has_no_list() {
    let mut desk = Desk::reading(stories::all(), 120, 60);
    desk.keys("<Enter>F");
    assert!(!desk.shows("Links"));
    assert!(desk.footer().contains("No links in this article"));
    desk.keys("#");
    assert!(desk.footer().contains("No links in this article"));
}

#[test]
fn labels_lie_over_the_links_and_move_no_word() {
    let mut desk = desk();
    let before = desk.in_text("harbour board");
    let after = desk.in_text("met on Monday");
    desk.keys("F");
    assert!(desk.footer().contains("a label opens its link"), "{}", desk.footer());
    let cell = desk.cell(before);
    assert!(cell.symbol() == "a" && cell.modifier.contains(Modifier::BOLD), "{}", desk.text());
    assert_eq!(desk.in_text("met on Monday"), after);
    // Seven in the text, six in the list: two letters each.
    assert_eq!(desk.cell((before.0 + 1, before.1)).symbol(), "a");
    desk.keys("<Esc>");
    assert_eq!(desk.in_text("harbour board"), before);
    assert!(done(&desk).is_empty());
}

#[test]
fn a_label_opens_and_in_capitals_copies() {
    let mut desk = desk();
    desk.keys("Faa");
    assert!(desk.footer().contains("Opening https://board.example/minutes/2026"), "{}", desk.footer());
    desk.keys("FAA");
    assert!(desk.footer().contains("Copied https://board.example"), "{}", desk.footer());
    desk.keys("Fas");
    let board = "https://board.example/minutes/2026?page=2&x=1";
    assert_eq!(
        done(&desk),
        [format!("open {board}"), format!("copy {board}"), "open mailto:mayor@city.example".to_owned()]
    );
}

#[test]
fn a_wrong_letter_of_a_label_can_be_taken_back_or_is_told() {
    let mut desk = desk();
    desk.keys("Fs<Backspace>aa");
    assert_eq!(done(&desk).len(), 1);
    desk.keys("Fz");
    assert!(desk.footer().contains("No label is \"z\""), "{}", desk.footer());
    desk.keys("aa");
    assert_eq!(done(&desk).len(), 2, "the labels are still there");
}

#[test]
fn a_link_is_opened_by_its_number_or_its_words() {
    let mut desk = desk();
    desk.keys("#4");
    assert!(
        desk.footer().starts_with(" #4") && desk.footer().ends_with("[4] https://vote.example/"),
        "{}",
        desk.footer()
    );
    desk.keys("<Enter>");
    desk.keys("#look-<Enter>");
    assert_eq!(done(&desk), ["open https://vote.example/", "open https://xn--cty-jhd.example/a"]);
    desk.keys("#99");
    assert!(desk.footer().ends_with("no such link"));
    desk.keys("<Enter>");
    assert!(desk.footer().contains("No link is 99"));
    desk.keys("#<Enter>");
    desk.keys("#4<Esc>");
    assert_eq!(done(&desk).len(), 2);
}

#[test]
fn of_several_that_fit_the_arrows_choose_and_control_y_copies() {
    let mut desk = desk();
    desk.keys("#example");
    assert!(
        desk.footer().ends_with("[1] https://board.example/minutes/2026?page=2&x=1 · 3 more fit"),
        "{}",
        desk.footer()
    );
    desk.keys("<Down><Down><C-y>");
    assert_eq!(done(&desk), ["copy https://vote.example/"]);
    desk.keys("#example<Up><Enter>");
    assert_eq!(done(&desk)[1], "open https://xn--cty-jhd.example/a");
}

#[test]
fn what_is_no_page_is_refused_with_the_reason() {
    for (number, reason) in
        [("3", "\"../desk\" is no address of a web page"), ("5", "\"-rf\" is no address of a web page")]
    {
        let mut desk = desk();
        desk.keys(&format!("#{number}<Enter>"));
        assert!(desk.footer().contains(reason), "{}", desk.footer());
        assert!(done(&desk).is_empty());
    }
}

#[test]
fn relative_links_lead_from_where_the_article_was_published() {
    let mut desk = desk_of(STORY, Some("https://wire.example/2026/05/ferry"));
    desk.keys("#3<Enter>#7<Enter>#5<Enter>");
    assert_eq!(done(&desk), ["open https://wire.example/2026/desk", "open https://wire.example/2026/05/-rf"]);
}

#[test]
fn the_article_itself_is_opened_and_its_address_copied() {
    let mut desk = desk_of(STORY, Some("https://wire.example/ferry"));
    desk.keys("oY");
    assert_eq!(done(&desk), ["open https://wire.example/ferry", "copy https://wire.example/ferry"]);
    for url in ["javascript:alert(1)", "file:///etc/passwd", "--help", "mailto:a@b.example"] {
        let mut desk = desk_of(STORY, Some(url));
        desk.keys("o");
        assert!(desk.footer().contains("Not opened"), "{}", desk.footer());
        assert!(done(&desk).is_empty(), "{url}");
    }
    let mut desk = desk_of(STORY, None);
    desk.keys("oY");
    assert!(desk.footer().contains("not known where this article was published"));
    assert!(done(&desk).is_empty());
}

#[test]
fn a_click_on_a_listed_link_opens_it() {
    let mut desk = desk();
    let at = desk.find("vote.example");
    desk.click(at);
    assert_eq!(done(&desk), ["open https://vote.example/"]);
}

#[test]
fn the_list_scrolls_with_the_text_and_is_no_part_of_it() {
    let many: String =
        (0..150).map(|number| format!("A [link {number}](https://h{number}.example/) here.\n\n")).collect();
    let mut desk = desk_of(&format!("# Many\n\n{many}"), None);
    desk.keys("G");
    assert!(desk.shows("[150] h149.example — link 149"), "{}", desk.text());
    desk.resize(100, 30);
    desk.keys("F");
    assert!(desk.footer().contains("a label opens its link"), "{}", desk.footer());
    desk.keys("<Esc>gF");
    assert!(desk.find("Many").1 < 6);
    desk.keys("<Esc>#150<Enter>");
    assert_eq!(done(&desk), ["open https://h149.example/"]);
}

#[test]
fn at_every_size_labels_and_prompts_are_drawn_without_panic() {
    for keys in ["F", "#board", "|less", "GF"] {
        let mut desk = desk();
        for (width, height) in (1..=40).step_by(3).flat_map(|width| (1..=14).map(move |height| (width, height))) {
            desk.resize(width, height).keys("<Esc>").keys(keys);
            assert_eq!(desk.rows().len(), usize::from(height));
        }
    }
}

#[test]
fn the_text_goes_to_a_command_and_the_commands_of_the_session_come_back() {
    let mut desk = desk_of(STORY, Some("https://wire.example/ferry"));
    desk.keys("|wc -w<Enter>|sort<Enter>|<Up><Up>");
    assert!(desk.footer().starts_with(" |wc -w"), "{}", desk.footer());
    desk.keys("<Down>");
    assert!(desk.footer().starts_with(" |sort"), "{}", desk.footer());
    desk.keys("<Down>");
    assert_eq!(desk.footer().split_whitespace().next(), Some("|"));
    desk.keys("<Enter>");
    let given: Vec<(String, String)> = desk
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Pipe { command, text } => Some((command.clone(), text.to_string())),
            _ => None,
        })
        .collect();
    assert_eq!(given.iter().map(|(command, _)| command.as_str()).collect::<Vec<_>>(), ["wc -w", "sort"]);
    assert!(
        given[0].1.starts_with("Ferry talks resume\n\nhttps://wire.example/ferry\n\nThe harbour board met on Monday")
    );
}

#[test]
fn the_editor_gets_the_same_text() {
    let mut desk = desk();
    desk.keys("e");
    let edited =
        desk.effects.iter().any(|effect| matches!(effect, Effect::Edit { text } if text.contains("harbour board")));
    assert!(edited);
}

#[test]
fn in_a_table_a_label_lies_over_its_own_link() {
    let mut desk = desk_of(
        "# Boats\n\n| Port of call | Boats |\n|---|---|\n| A | [twelve](https://twelve.example/) |\n| Bay | [three](https://three.example/) |\n",
        None,
    );
    let (twelve, three) = (desk.in_text("twelve"), desk.in_text("three"));
    assert_eq!(twelve.0, three.0, "the cells stand in a column:\n{}", desk.text());
    desk.keys("F");
    for place in [twelve, three] {
        assert!(desk.cell(place).modifier.contains(Modifier::BOLD), "{}", desk.text());
    }
}
