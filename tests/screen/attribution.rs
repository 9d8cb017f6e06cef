//! Who said what, how one knows, and how sure that is.

use crate::desk::Desk;
use crate::stories;
use dateline::config::{Config, ThemeChoice};
use ratatui::style::Style;

/// The story of the dam on a screen of `width` columns in this theme, in the article.
fn desk_in(theme: ThemeChoice, width: u16, height: u16) -> Desk {
    let mut config = Config::default();
    config.choose_theme(theme);
    let mut desk = Desk::with(config, width, height);
    desk.load(vec![stories::dam().done()]);
    desk.keys("<Enter>");
    desk
}

fn desk(width: u16, height: u16) -> Desk {
    desk_in(ThemeChoice::Dark, width, height)
}

#[test]
fn words_source_cue_and_antecedent_of_the_current_one_look_different() {
    for theme in [ThemeChoice::Dark, ThemeChoice::Light, ThemeChoice::Mono] {
        let mut desk = desk_in(theme, 120, 36);
        let look = |desk: &Desk, words: &str| desk.cell(desk.in_text(words)).style();
        let plain: Vec<Style> = ["Energy Minister", "Ada Obi", "she added"].map(|words| look(&desk, words)).into();
        desk.keys("]]");
        let content = look(&desk, "“Nobody");
        let (x, y) = desk.in_text("she added");
        let source = look(&desk, "she added");
        let cue = desk.cell((x + 4, y)).style();
        let antecedent = look(&desk, "Energy Minister");
        let all = [content, source, cue, antecedent, look(&desk, "Ada Obi"), look(&desk, "on Monday")];
        for (index, one) in all.iter().enumerate() {
            for other in &all[index + 1..] {
                assert_ne!(one, other, "{theme:?} {all:#?}");
            }
        }
        assert_ne!(look(&desk, "Ada Obi"), plain[1], "all words of the antecedent are marked");
        desk.keys("[");
        assert_eq!(look(&desk, "she added"), plain[2], "another one is current");
        assert_ne!(look(&desk, "Energy Minister"), antecedent, "it is the source now");
        desk.keys("<Esc>");
        assert_eq!(look(&desk, "Energy Minister"), plain[0], "none is current");
    }
}

#[test]
fn statements_are_counted_and_views_stand_apart() {
    let desk = desk(140, 44);
    assert!(desk.shows("4 statements · 1 view"), "{}", desk.text());
    assert!(desk.shows("unnamed · 1 statement"), "{}", desk.text());
    let (_, views) = desk.find("▎views");
    let (_, view) = desk.find_from("the rain will stop", 100);
    let (_, denied) = desk.find_from("(not said) who would pay", 100);
    assert!(denied < views && views < view, "the view comes last, under its heading:\n{}", desk.text());
}

#[test]
fn what_is_denied_supposed_or_second_hand_is_marked() {
    let desk = desk(140, 60);
    assert!(desk.shows("(not said) who would pay"), "{}", desk.text());
    assert!(desk.shows("(supposed) that the"), "{}", desk.text());
    assert!(desk.shows("↳ the pumps were old"), "{}", desk.text());
}

#[test]
fn why_a_speaker_is_who_it_is_is_told_on_demand() {
    let mut desk = Desk::reading(vec![stories::dam().done()], 140, 36);
    desk.keys("w");
    assert!(desk.footer().contains("No quotation is current"), "{}", desk.footer());
    desk.keys("]]w");
    let why = "85 % sure · “she” is Ada Obi: a pronoun, by “Energy Minister Ada Obi” · attributed behind the words by “added”";
    assert!(desk.footer().contains(why), "{}", desk.footer());
}

#[test]
fn a_doubtful_speaker_is_questioned_where_one_reads() {
    let mut desk = Desk::reading(vec![stories::dam().done()], 120, 36);
    desk.keys("]");
    assert!(desk.footer().contains("· Obi") && !desk.footer().contains("Obi?"), "{}", desk.footer());
    desk.keys("]]]]]");
    assert!(desk.footer().contains("Speaker not given?"), "{}", desk.footer());
}
