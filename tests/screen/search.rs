use crate::desk::Desk;
use crate::stories;

fn desk() -> Desk {
    let mut desk = Desk::reading(stories::all(), 120, 14);
    desk.keys("<Enter>");
    desk
}

#[test]
fn matches_are_counted_as_one_types() {
    let mut desk = desk();
    desk.keys("/fire");
    assert!(desk.footer().starts_with(" /fire"));
    assert!(desk.footer().ends_with("match 1 of 3"), "{}", desk.footer());
    desk.keys("zzz");
    assert!(desk.footer().ends_with("no match"));
}

#[test]
fn the_next_and_previous_match_go_round_with_a_notice() {
    let mut desk = desk();
    desk.keys("/fire<Enter>n");
    assert!(desk.footer().ends_with("match 2 of 3"), "{}", desk.footer());
    assert!(desk.shows("The fire"), "{}", desk.text());
    desk.keys("nn");
    assert!(desk.footer().contains("Past the last match") && desk.footer().ends_with("match 1 of 3"));
    desk.keys("N");
    assert!(desk.footer().contains("Before the first match") && desk.footer().ends_with("match 3 of 3"));
}

#[test]
fn matches_are_highlighted_until_escape() {
    let mut desk = desk();
    let look = |desk: &Desk| desk.cell(desk.in_text("signed an")).style();
    let before = look(&desk);
    desk.keys("/signed an<Enter>");
    assert_ne!(look(&desk), before);
    desk.keys("<Esc>");
    assert_eq!(look(&desk), before);
}

#[test]
fn giving_up_goes_back_to_where_one_was() {
    let mut desk = desk();
    let before = desk.text();
    desk.keys("/rafts");
    assert!(desk.shows("rafts of timber"));
    desk.keys("<Esc>");
    assert_eq!(desk.text(), before);
}

#[test]
fn what_is_not_there_is_said() {
    let mut desk = desk();
    desk.keys("/zebra<Enter>");
    assert!(desk.footer().contains("Not found: zebra"), "{}", desk.footer());
    desk.keys("<Esc>n");
    assert!(desk.footer().contains("Nothing is searched for yet"));
}

#[test]
fn the_line_can_be_edited() {
    let mut desk = desk();
    desk.keys("/fxire<Left><Left><Left><Backspace><End>s<Backspace>");
    assert!(desk.footer().starts_with(" /fire"), "{}", desk.footer());
    desk.keys("<C-u>");
    assert_eq!(desk.footer().trim(), "/");
    desk.keys("q");
    assert!(desk.footer().starts_with(" /q"), "characters are typed, not commands");
}
