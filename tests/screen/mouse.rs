use crate::desk::Desk;
use crate::stories;
use ratatui::style::Modifier;

fn desk() -> Desk {
    Desk::reading(stories::all(), 120, 30)
}

#[test]
fn a_click_in_the_list_shows_the_article_and_a_second_one_reads_it() {
    let mut desk = desk();
    let (x, y) = desk.find("Frost takes");
    desk.click((x, y + 1));
    assert!(desk.shows("Frost on two nights") && desk.rows()[0].contains("3 unread"), "{}", desk.text());
    desk.click((x, y));
    assert!(desk.rows()[0].contains("2 unread"));
}

#[test]
fn a_click_in_the_text_takes_the_statement() {
    let mut desk = desk();
    let at = desk.in_text("We have learnt");
    desk.click(at);
    assert!(desk.footer().contains("quote 2 of 5 · Tettey"), "{}", desk.footer());
    let (x, y) = desk.in_text("“They will train");
    desk.click((x - 2, y));
    assert!(desk.footer().contains("quote 4 of 5 · Solheim"), "its bar is clicked as well: {}", desk.footer());
    let at = desk.in_text("The fire killed");
    desk.click(at);
    assert!(desk.footer().contains("quote 4 of 5"), "other words change nothing");
}

#[test]
fn a_click_on_a_tab_opens_it_and_one_on_an_entry_goes_there() {
    let mut desk = Desk::reading(stories::all(), 120, 12);
    desk.keys("<Enter>");
    let at = desk.find_from("Events", 80);
    desk.click(at);
    assert!(desk.has("Events 2", 80, Modifier::REVERSED), "{}", desk.text());
    let at = desk.find_from("eleven people", 80);
    desk.click(at);
    assert!(desk.places("The fire killed").iter().any(|(x, _)| *x < 80), "{}", desk.text());
}

#[test]
fn the_wheel_scrolls_the_pane_under_the_pointer() {
    let mut desk = Desk::reading(stories::all(), 120, 14);
    let list = desk.rows().iter().map(|row| row.chars().take(20).collect::<String>()).collect::<Vec<_>>();
    let headline = desk.in_text("the Volta fire");
    desk.wheel((50, 8), true);
    assert_eq!(desk.places("the Volta fire").iter().filter(|(x, _)| *x >= 26).count(), 0, "{}", desk.text());
    desk.wheel((50, 8), false);
    assert_eq!(desk.in_text("the Volta fire"), headline);
    let now = desk.rows().iter().map(|row| row.chars().take(20).collect::<String>()).collect::<Vec<_>>();
    assert_eq!(now, list);
    assert!(!desk.shows("They will train others and then"), "{}", desk.text());
    for _ in 0..9 {
        desk.wheel((100, 8), true);
    }
    assert!(desk.shows("They will train"), "{}", desk.text());
}

#[test]
fn borders_are_dragged() {
    let mut desk = Desk::reading(stories::all(), 160, 30);
    let border = |desk: &Desk| desk.rows()[1].chars().position(|c| c == '┐').unwrap() as u16;
    let from = border(&desk);
    desk.drag((from, 10), (from + 8, 10));
    assert_eq!(border(&desk), from + 8);
    let panel =
        |desk: &Desk| desk.rows()[1].chars().collect::<Vec<_>>().iter().rposition(|c| *c == '┌').unwrap() as u16;
    let from = panel(&desk);
    desk.drag((from, 10), (from - 5, 10));
    assert_eq!(panel(&desk), from - 5);
    let from = panel(&desk);
    desk.drag((from, 10), (0, 10));
    let from = border(&desk);
    desk.drag((from, 5), (159, 5));
    assert!(desk.shows("Ghana"), "the article never gets lost\n{}", desk.text());
}

#[test]
fn borders_go_where_they_are_dragged_also_where_the_panes_had_given_way() {
    let mut desk = Desk::reading(stories::all(), 120, 30);
    let ends = |desk: &Desk| {
        let row: Vec<char> = desk.rows()[1].chars().collect();
        (row.iter().position(|c| *c == '┐').unwrap(), row.iter().rposition(|c| *c == '┌').unwrap())
    };
    let (list, panel) = ends(&desk);
    desk.drag((list as u16, 10), (40, 10));
    assert_eq!(ends(&desk), (40, panel), "{}", desk.text());
    desk.drag((40, 10), (30, 10)).drag((panel as u16, 10), (70, 10));
    assert_eq!(ends(&desk), (30, 70), "{}", desk.text());
}

#[test]
fn the_picker_and_help_take_clicks() {
    let mut desk = desk();
    desk.keys("c");
    let at = desk.find("[ ] MD");
    desk.click(at);
    assert!(desk.shows("[x] MD"));
    desk.wheel(at, true).click((0, 0));
    assert!(!desk.shows("[x] MD"), "a click beside it closes it");
    desk.keys("?");
    desk.wheel((60, 10), true).wheel((60, 10), true);
    assert!(!desk.shows("Moving"), "{}", desk.text());
    desk.click((60, 10));
    assert!(desk.shows("Articles─"));
}
