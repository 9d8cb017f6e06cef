use crate::desk::Desk;
use crate::stories::{Story, country};
use dateline::model::{EntityKind, Igo, Polity, Speaker};

/// Officials of two countries, of an organisation and of none that is told.
fn summit() -> Desk {
    let mut story = Story::new(
        "Ministers meet",
        "Wire",
        "President Ada Obi met Foreign Minister Tomas Brek and former president Mila Sand. Brek said the talks were \
         good. UN envoy Ola Lund, mayor Per Holm and acting director Ida Vik listened. “Yes,” Brek said. Brek believes \
         it.\n\n“No,” said Brek.",
    );
    let gh = story.entity(EntityKind::Person, &["Ada Obi"], Some("GH"));
    let no = story.entity(EntityKind::Person, &["Tomas Brek", "Brek"], Some("NO"));
    let sand = story.entity(EntityKind::Person, &["Mila Sand"], Some("NO"));
    let un = story.entity(EntityKind::Person, &["Ola Lund"], None);
    let holm = story.entity(EntityKind::Person, &["Per Holm"], None);
    let vik = story.entity(EntityKind::Person, &["Ida Vik"], Some("TG"));
    story.official(gh, "President", None, "President");
    story.official(no, "Foreign Minister (counterpart)", None, "Foreign Minister");
    story.official(sand, "former president", None, "former president");
    story.official(un, "envoy", None, "envoy");
    story.official(holm, "mayor", None, "mayor");
    story.official(vik, "acting director", None, "acting director");
    story.found.officials[3].polity = Igo::named("UN").map(Polity::Igo);
    let said = Speaker::Entity(no);
    story.quote(&["the talks were good"], said.clone(), ("Brek", 1), ("said", 0));
    story.quote(&["“Yes,”"], said.clone(), ("Brek", 2), ("said", 1));
    story.quote(&["“No,”"], said, ("Brek", 4), ("said", 2));
    story.found.countries.about = vec![country("TG"), country("GH")];
    let mut desk = Desk::reading(vec![story.done()], 120, 36);
    desk.keys("2<Tab>g");
    desk
}

/// The rows of the panel.
fn panel(desk: &Desk) -> Vec<String> {
    let rows = desk.rows().into_iter();
    let rows = rows.map(|row| row.chars().skip(83).collect::<String>().trim_matches([' ', '│', '▌']).to_owned());
    rows.filter(|row| !row.is_empty()).collect()
}

#[test]
fn the_country_with_most_officials_comes_first_then_the_more_central_one() {
    let panel = panel(&summit());
    let row = |words: &str| {
        panel.iter().position(|row| row.starts_with(words)).unwrap_or_else(|| panic!("{words}: {panel:#?}"))
    };
    let order = ["Norway", "Tomas Brek", "Mila Sand", "Togo", "Ida Vik", "Ghana", "Ada Obi", "UN", "Ola Lund"];
    let order = order.into_iter().chain(["Country not told", "Per Holm"]).map(row);
    assert!(order.is_sorted(), "{panel:#?}");
    assert!(panel[row("Norway")].ends_with("NO"));
}

#[test]
fn how_an_office_is_held_is_marked() {
    let panel = panel(&summit());
    let row = |words: &str| panel.iter().find(|row| row.starts_with(words)).cloned().unwrap_or_default();
    for (name, mark) in [("Tomas Brek", "counterpart"), ("Mila Sand", "former"), ("Ida Vik", "acting")] {
        assert!(row(name).ends_with(mark), "{panel:#?}");
    }
    assert_eq!(row("Ada Obi"), "Ada Obi");
    assert_eq!(row("Foreign"), "Foreign Minister", "{panel:#?}");
}

#[test]
fn an_official_leads_from_mention_to_mention_and_the_count_from_statement_to_statement() {
    let mut desk = summit();
    assert!(panel(&desk).contains(&"3 statements".to_owned()), "{:#?}", panel(&desk));
    desk.keys("<Enter>");
    assert!(desk.footer().contains("mention 1 of 6"), "the office, then the names: {}", desk.footer());
    desk.keys("<Enter>");
    assert!(desk.footer().contains("mention 2 of 6"), "{}", desk.footer());
    desk.keys("j<Enter>");
    assert!(desk.footer().contains("statement 1 of 3"), "{}", desk.footer());
    desk.keys("<Enter><Enter>");
    assert!(desk.footer().contains("statement 3 of 3"), "{}", desk.footer());
    desk.keys("k");
    assert!(desk.footer().contains("quote 3 of 3"), "{}", desk.footer());
    desk.keys("j<Enter>");
    assert!(desk.footer().contains("statement 1 of 3"), "going round: {}", desk.footer());
    desk.keys("<Esc>");
    assert!(desk.footer().contains("quote 3 of 3"), "back: {}", desk.footer());
}
