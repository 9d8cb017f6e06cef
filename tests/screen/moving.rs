use crate::desk::Desk;
use crate::stories;

/// The article alone, 16 rows of it.
fn desk() -> Desk {
    let mut desk = Desk::reading(stories::all(), 50, 19);
    desk.keys("<Enter>");
    desk
}

/// The rows of text.
fn rows(desk: &Desk) -> Vec<String> {
    desk.rows()[2..18].to_vec()
}

#[test]
fn by_rows() {
    let mut desk = desk();
    let before = rows(&desk);
    desk.keys("jj");
    assert_eq!(rows(&desk)[..14], before[2..]);
    desk.keys("<Down>");
    assert_eq!(rows(&desk)[..13], before[3..]);
    desk.keys("kk<Up>");
    assert_eq!(rows(&desk), before);
    desk.keys("k");
    assert_eq!(rows(&desk), before, "not past the beginning");
}

#[test]
fn by_pages_with_two_rows_in_common() {
    let mut desk = desk();
    let before = rows(&desk);
    for (down, up) in [("<PgDn>", "<PgUp>"), ("<C-f>", "<C-b>"), (" ", "b")] {
        desk.keys(down);
        assert_eq!(rows(&desk)[..2], before[14..], "{down}");
        desk.keys(up);
        assert_eq!(rows(&desk), before, "{up}");
    }
    desk.keys("<C-d>");
    assert_eq!(rows(&desk)[..8], before[8..]);
    desk.keys("<C-u>");
    assert_eq!(rows(&desk), before);
}

#[test]
fn to_the_ends() {
    let mut desk = desk();
    let before = rows(&desk);
    desk.keys("G");
    assert!(rows(&desk)[15].contains("nine days"), "the last row is at the bottom\n{}", desk.text());
    assert!(desk.rows()[1].trim_end().ends_with("end"));
    let end = rows(&desk);
    desk.keys("j<PgDn><End>");
    assert_eq!(rows(&desk), end, "not past the end");
    desk.keys("<Home>");
    assert_eq!(rows(&desk), before);
    desk.keys("<End>g");
    assert_eq!(rows(&desk), before);
}

#[test]
fn the_headline_stays_in_sight_and_the_place_is_told() {
    let mut desk = desk();
    desk.keys("<C-d>");
    let head = &desk.rows()[1];
    assert!(head.contains("Norway and Ghana agree") && head.trim_end().ends_with('%'), "{head}");
}
