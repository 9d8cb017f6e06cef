//! The statements of what is listed, in the list's place.

use dateline::app::{Ask, Effect, Msg, RefreshEnd};
use dateline::config::Config;
use dateline::model::Entry;
use dateline::store::{ArticleId, StatementKey};

use super::library::{Room, deliver, entry};

const SMART: &str = "[smart]\n\"Varga speaks\" = 'by:Varga'\nBoats = 'boats'\n";

fn news() -> Vec<Entry> {
    let padding = "The harbour was quiet and the weather fine. ".repeat(60);
    let late = format!(
        "Ministers met in Oslo. {padding}</p><p>“The boats will sail again before the spring, whatever the storms bring \
         to our coast,” Transport Minister Nils Berg said. “Nobody should wait for them,” he added.</p><p>{padding}"
    );
    vec![
        entry("Boats to sail", -5, &late),
        entry("Border talks", -12, "“The border stays closed,” Foreign Minister Ilona Varga said in Budapest."),
        entry("No words", -13, "The boats lay in the harbour."),
    ]
}

fn room(width: u16, height: u16) -> Room {
    let mut room = Room::with(Config::parse(SMART).unwrap(), width, height);
    deliver(&mut room.store, room.sea, "Sea Post", news(), None);
    room.desk.send(Msg::Refreshed(RefreshEnd { asked: 2, new: 3, ..RefreshEnd::default() }));
    room.answer();
    room.annotate();
    room
}

/// Whether `words` stand in the list, on a screen of 180 columns.
fn lists(room: &Room, words: &str) -> bool {
    room.desk.places(words).iter().any(|(x, _)| (30..64).contains(x))
}

/// Where `words` stand in the list, on a screen of 180 columns.
fn in_list(room: &Room, words: &str) -> (u16, u16) {
    let place = room.desk.places(words).into_iter().find(|(x, _)| (30..64).contains(x));
    place.unwrap_or_else(|| panic!("{words:?} is not in the list:\n{}", room.desk.text()))
}

/// Whether `words` stand in the article, on a screen of 180 columns.
fn reads(room: &Room, words: &str) -> bool {
    room.desk.places(words).iter().any(|(x, _)| (66..140).contains(x))
}

#[test]
fn they_are_listed_with_who_said_them_where_and_when_the_newest_first() {
    let mut room = room(180, 40);
    room.keys("gQ");
    insta::assert_snapshot!(room.desk.text());
    let place = |words: &str| in_list(&room, words).1;
    assert!(place("“The boats will sail") < place("“Nobody should wait"));
    assert!(place("“Nobody should wait") < place("“We had no choice"));
    assert!(place("“We had no choice") < place("“The border stays"));
    room.keys("i");
    let place = |words: &str| in_list(&room, words).1;
    assert!(place("“The border stays") < place("“The boats will sail"), "oldest first:\n{}", room.desk.text());
}

#[test]
fn they_are_drawn_at_every_size() {
    for (width, height) in [(120, 36), (80, 24), (40, 12), (30, 7)] {
        let mut room = room(width, height);
        room.keys("tg<Enter>").keys("Q");
        insta::assert_snapshot!(format!("statements_{width}x{height}"), room.desk.text());
        room.keys("<Enter>");
        assert!(room.desk.shows("The boats will"), "{width}:\n{}", room.desk.text());
    }
}

#[test]
fn the_selected_one_is_shown_in_its_article_and_enter_goes_there() {
    let mut room = room(180, 40);
    room.keys("gQ");
    assert!(reads(&room, "“The boats will sail again"), "far down in its article:\n{}", room.desk.text());
    assert!(room.desk.footer().contains("Berg"), "{}", room.desk.footer());
    room.keys("jj");
    assert!(reads(&room, "“We had no choice"), "{}", room.desk.text());
    assert_eq!(room.unread(), 7, "a look at it is no reading");
    room.keys("3").keys("Gk<Enter>");
    assert_eq!(room.unread(), 6);
    assert!(room.desk.shows("Quotes 1") && room.desk.footer().contains("quote 1 of 1"), "{}", room.desk.text());
    room.keys("<Esc>j");
    assert!(reads(&room, "“The border stays"), "Esc leads back to the list of statements:\n{}", room.desk.text());
}

#[test]
fn the_keys_of_the_list_move_in_them() {
    let mut room = room(180, 12);
    let at = |room: &Room, words: &str| assert!(room.desk.shows(words), "{words}:\n{}", room.desk.text());
    room.keys("gQ");
    at(&room, "1 of 4");
    room.keys("G");
    at(&room, "4 of 4");
    assert!(lists(&room, "“The border stays"));
    room.keys("<PgUp>");
    at(&room, "2 of 4");
    room.keys("<Home>");
    at(&room, "1 of 4");
    room.keys("<End>");
    at(&room, "4 of 4");
    room.keys("j");
    assert!(room.desk.footer().contains("This is the last statement"), "{}", room.desk.footer());
    room.keys("h");
    at(&room, "All");
    room.keys("<Tab>gJ");
    at(&room, "3 of 4");
}

#[test]
fn one_stays_where_one_is_when_they_are_toggled() {
    let mut room = room(180, 40);
    room.keys("gQ").keys("jj");
    room.keys("Q");
    assert!(lists(&room, "Minister in Hungary") && lists(&room, "2 of 7"), "its article:\n{}", room.desk.text());
    room.keys("Q");
    assert!(lists(&room, "3 of 4"), "{}", room.desk.text());
    room.keys("Qjj").keys("Q");
    assert!(lists(&room, "3 of 4") && reads(&room, "The boats lay"), "of this article there is none");
    room.keys("Qg").keys("]]").keys("Q");
    assert!(lists(&room, "2 of 4"), "the current quotation:\n{}", room.desk.text());
    room.keys("<Esc>");
    assert!(lists(&room, "1 of 7"), "Esc leads to the articles:\n{}", room.desk.text());
}

#[test]
fn a_search_for_what_somebody_said_opens_as_statements_and_another_as_articles() {
    let mut room = room(180, 40);
    room.keys("hgjjjj<Enter>");
    assert!(lists(&room, "Statements: Varga") && lists(&room, "1 of 2"), "{}", room.desk.text());
    assert!(lists(&room, "“We had no choice") && !lists(&room, "“The boats"), "{}", room.desk.text());
    room.keys("i");
    assert!(lists(&room, "Statements: Varga"), "another order is no other search:\n{}", room.desk.text());
    room.keys("Q").keys("i");
    assert!(lists(&room, "Border talks") && !lists(&room, "Statements:"), "{}", room.desk.text());
    room.keys("hgjjjjj<Enter>");
    assert!(lists(&room, "No words"), "{}", room.desk.text());
    room.keys("hgjjjj<Enter>").keys("hg<Enter>");
    assert!(lists(&room, "No words"), "{}", room.desk.text());
}

#[test]
fn they_are_those_of_what_is_listed() {
    let mut room = room(180, 40);
    room.keys("gQ").keys("ckenya<Enter>");
    assert!(lists(&room, "Nobody is quoted here"), "{}", room.desk.text());
    room.keys("C").keys("hgjjjjj<Enter>");
    assert!(lists(&room, "1 of 2") && lists(&room, "“The boats will"), "{}", room.desk.text());
    room.keys("hG<Enter>");
    assert!(lists(&room, "1 of 3") && !lists(&room, "“We had no choice"), "of one feed:\n{}", room.desk.text());
}

#[test]
fn a_query_over_the_list_narrows_them() {
    let mut room = room(180, 40);
    room.keys("gQ").keys("&boats<Enter>");
    assert!(lists(&room, "1 of 2") && lists(&room, "“Nobody should wait"), "{}", room.desk.text());
    room.keys("C");
    assert!(lists(&room, "of 4"), "{}", room.desk.text());
    room.keys("Q").keys("&said:closed<Enter>");
    assert!(lists(&room, "Statements:") && lists(&room, "1 of 1"), "by itself:\n{}", room.desk.text());
    room.keys("C");
    assert!(lists(&room, "No words"), "and back to the articles:\n{}", room.desk.text());
    room.keys("hgjjjj<Enter>").keys("&said:choice<Enter>");
    assert!(lists(&room, "1 of 1") && lists(&room, "“We had no choice"), "both of one:\n{}", room.desk.text());
}

#[test]
fn what_is_new_comes_in_and_the_selected_one_stays() {
    let mut room = room(180, 40);
    room.keys("gQ").keys("jj");
    let news = vec![entry("Ferry", -1, "“The ferry is late,” Captain Ole Dahl said in Bergen.")];
    deliver(&mut room.store, room.sea, "Sea Post", news, None);
    room.desk.send(Msg::Refreshed(RefreshEnd { asked: 2, new: 1, ..RefreshEnd::default() }));
    room.answer();
    room.annotate();
    assert!(lists(&room, "4 of 5") && lists(&room, "“The ferry is late"), "{}", room.desk.text());
    assert!(reads(&room, "“We had no choice"), "{}", room.desk.text());
}

#[test]
fn one_whose_article_has_changed_says_so() {
    let mut room = room(180, 40);
    room.keys("g");
    deliver(&mut room.store, room.sea, "Sea Post", vec![entry("Border talks", -12, "The border was opened.")], None);
    room.keys("Q");
    assert!(lists(&room, "its article has changed"), "{}", room.desk.text());
}

#[test]
fn the_mouse_selects_opens_and_scrolls() {
    let mut room = room(180, 12);
    room.keys("gQ");
    let second = in_list(&room, "“Nobody should");
    room.desk.click(second);
    room.answer();
    assert!(lists(&room, "2 of 4"), "{}", room.desk.text());
    assert_eq!(room.unread(), 7);
    room.desk.click(second);
    room.answer();
    assert_eq!(room.unread(), 6, "a second click reads it");
    assert!(lists(&room, "2 of 4"), "{}", room.desk.text());
    room.desk.wheel(second, true).wheel(second, true);
    room.answer();
    assert!(lists(&room, "“The border stays") && lists(&room, "2 of 4"), "{}", room.desk.text());
}

#[test]
fn of_very_many_only_those_near_the_screen_are_asked_for() {
    const MANY: usize = 100_000;
    let mut room = room(180, 40);
    room.keys("gQ");
    let keys = (0..MANY).map(|at| StatementKey { article: ArticleId(1_000_000 + at as i64 / 4), number: at % 4 });
    let keys: Vec<StatementKey> = keys.collect();
    room.desk.send(Msg::Kept { ids: Vec::new(), left: 0 });
    let asked = |room: &mut Room| {
        let effects = std::mem::take(&mut room.desk.effects);
        let rows = effects.iter().filter_map(|effect| match effect {
            Effect::Library(Ask::StatementRows(keys)) => Some(keys.clone()),
            _ => None,
        });
        rows.flatten().collect::<Vec<_>>()
    };
    let ticket = room.desk.effects.iter().find_map(|effect| match effect {
        Effect::Library(Ask::Statements { ticket, .. }) => Some(*ticket),
        _ => None,
    });
    room.desk.effects.clear();
    room.desk.send(Msg::Statements { ticket: ticket.unwrap(), keys: keys.clone(), whole: true });
    asked(&mut room);
    room.desk.keys("G");
    let rows = asked(&mut room);
    assert!(room.desk.shows("of 100000"), "{}", room.desk.text());
    assert!(rows.len() <= 3 * 9 && rows.contains(&keys[MANY - 1]), "{}", rows.len());
    room.desk.keys("g");
    assert!(asked(&mut room).iter().all(|key| keys[..30].contains(key)));
}

#[test]
fn files_have_no_list_of_statements() {
    let mut desk = super::desk::Desk::reading(super::stories::all(), 120, 30);
    desk.keys("Q");
    assert!(desk.footer().contains("Statements are listed of the library"), "{}", desk.footer());
}
