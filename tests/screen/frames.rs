use crate::desk::Desk;
use crate::stories::{self, Story};
use dateline::config::{COMMANDS, Config, ThemeChoice};
use dateline::model::{EntityKind, Speaker};
use ratatui::style::{Color, Modifier};

const SIZES: [(u16, u16); 4] = [(40, 12), (80, 24), (120, 36), (200, 60)];

/// One snapshot for each size, after `keys`.
fn snapshots(name: &str, keys: &str) {
    for (width, height) in SIZES {
        let mut desk = Desk::reading(stories::all(), width, height);
        desk.keys(keys);
        insta::assert_snapshot!(format!("{name}_{width}x{height}"), desk.text());
    }
}

#[test]
fn the_list() {
    snapshots("list", "");
}

#[test]
fn the_article_with_a_current_quotation() {
    snapshots("article", "<Enter>]]");
}

#[test]
fn the_panel_of_officials() {
    snapshots("officials", "2<Tab><Tab>");
}

#[test]
fn the_panel_of_events() {
    snapshots("events", "<Enter><Tab>3j");
}

#[test]
fn the_panel_of_countries() {
    snapshots("countries", "<Enter><Tab>4");
}

#[test]
fn the_country_picker() {
    snapshots("picker", "c no");
}

#[test]
fn the_card_of_a_name() {
    snapshots("card", "<Enter>]W");
}

#[test]
fn the_menu_of_highlights() {
    snapshots("highlights", "<Enter>x");
}

#[test]
fn every_size_is_drawn_without_panic() {
    for keys in
        ["", "<Enter>]", "<Enter><Tab>3", "<Enter>/fire", "c", "?", "<Enter>z", "<Enter>)<Enter>", "<Enter>]W", "2x"]
    {
        let mut desk = Desk::reading(stories::all(), 1, 1);
        desk.keys(keys);
        for (width, height) in (1..=44).flat_map(|width| (1..=14).map(move |height| (width, height))) {
            desk.resize(width, height);
            assert_eq!(desk.rows().len(), usize::from(height));
        }
        for (width, height) in [(59, 7), (60, 8), (99, 9), (100, 3), (101, 50), (300, 4), (3, 100)] {
            desk.resize(width, height).keys("jk<PgDn>").hover((width / 2, height / 2));
            desk.buffer();
        }
    }
}

#[test]
fn a_frame_of_no_size_and_one_of_another_size_than_told_are_drawn() {
    let mut desk = Desk::reading(stories::all(), 80, 24);
    desk.resize(0, 0).keys("jkG]<Tab>").resize(0, 5).resize(5, 0);
    desk.buffer();
}

#[test]
fn resizing_keeps_the_words_that_were_read() {
    let mut desk = Desk::reading(vec![stories::ferry()], 59, 10);
    desk.keys("jjjjjjjjjjjj");
    let top = desk.rows()[2].trim().to_owned();
    let word = top.split_whitespace().nth(1).unwrap_or_else(|| panic!("{}", desk.text())).to_owned();
    for width in [44, 30, 58] {
        desk.resize(width, 10);
        assert!(desk.rows()[2..4].iter().any(|row| row.contains(&word)), "{word:?}\n{}", desk.text());
    }
}

#[test]
fn help_lists_every_command_with_its_keys() {
    let config = Config::parse("[keys]\nnext-quotation = \"x\"\ncopy = []\n").unwrap();
    let mut desk = Desk::with(config, 80, 24);
    desk.load(stories::all());
    desk.keys("?");
    let mut seen = desk.text();
    for _ in 0..6 {
        desk.keys("<PgDn>");
        seen.push_str(&desk.text());
    }
    for info in COMMANDS {
        let start: String = info.help.chars().take(30).collect();
        assert!(seen.contains(&start), "{} is missing", info.name);
    }
    let row = |words: &str| seen.lines().find(|row| row.contains(words)).unwrap().to_owned();
    assert!(row("next quotation").contains(" x "), "a changed key is shown");
    assert!(row("copy the quotation").contains("(no key)"));
    desk.keys("q");
    assert!(desk.shows("Articles"), "q closes help, not the program");
    assert!(!desk.effects.iter().any(|effect| matches!(effect, dateline::app::Effect::Quit)));
}

#[test]
fn without_colours_everything_is_told_apart_by_its_letters() {
    let mut config = Config::default();
    config.choose_theme(ThemeChoice::Mono);
    let mut desk = Desk::with(config, 120, 36);
    desk.load(stories::all());
    desk.keys("<Enter>");
    let (buffer, _) = desk.buffer();
    let colourless = |color| matches!(color, Color::Reset);
    assert!(buffer.content().iter().all(|cell| colourless(cell.fg) && colourless(cell.bg)));
    assert!(desk.text_has("Efua Tettey", Modifier::BOLD), "a person");
    assert!(desk.text_has("Lake Volta", Modifier::UNDERLINED), "a place");
    assert!(desk.text_has("We have learnt", Modifier::ITALIC), "a statement");
    assert!(!desk.text_has("three weeks", Modifier::all()), "other words");
    desk.keys("]");
    assert!(desk.text_has("No passenger", Modifier::BOLD), "the current statement");
    assert!(!desk.text_has("We have learnt", Modifier::BOLD), "another one");
    let (x, y) = desk.in_text("after the ceremony");
    assert!(desk.cell((x - 2, y)).modifier.contains(Modifier::ITALIC), "the cue before it");
}

#[test]
fn a_line_does_not_move_when_another_statement_becomes_current() {
    let mut desk = Desk::reading(stories::all(), 120, 36);
    desk.keys("<Enter>");
    let still = |desk: &Desk| {
        let rows = desk.rows().into_iter().take(35);
        rows.map(|row| row.chars().skip(28).take(54).collect::<String>().replace('▌', "▎")).collect::<Vec<_>>()
    };
    let before = still(&desk);
    for _ in 0..5 {
        desk.keys("]");
        assert_eq!(still(&desk), before);
    }
}

#[test]
fn the_cursor_stands_on_what_is_selected() {
    let mut desk = Desk::reading(stories::all(), 120, 36);
    desk.keys("j");
    assert_eq!(desk.buffer().1, Some((1, 5)), "the article in the list");
    desk.keys("k<Enter>]]");
    let (_, row) = desk.in_text("We have learnt");
    assert_eq!(desk.buffer().1.unwrap().1, row, "the current statement");
    desk.keys("<Tab>2jj");
    let (_, row) = desk.find_from("Kari Solheim", 84);
    assert_eq!(desk.buffer().1.unwrap().1, row, "the entry of the panel");
    desk.keys("/ab");
    assert_eq!(desk.buffer().1, Some((4, 35)), "the prompt");
}

#[test]
fn foreign_text_cannot_drive_the_terminal() {
    let nasty =
        "Evil\u{1b}]0;owned\u{7} \u{9b}31m\u{202e}txet\u{202c} a\u{300}\u{301}\u{302} \u{200b}end\r\nof it\u{0}";
    let mut story = Story::new(nasty, nasty, "Plain words here.");
    let index = story.entity(EntityKind::Person, &["Plain"], None);
    story.found.entities[index].name = nasty.to_owned();
    story.quote(&["words"], Speaker::Entity(index), ("Plain", 0), ("here", 0));
    story.found.officials.push(dateline::model::Official {
        entity: index,
        title: nasty.to_owned(),
        organization: Some(nasty.to_owned()),
        polity: None,
        sector: None,
        mentions: Vec::new(),
    });
    let mut desk = Desk::reading(vec![story.done()], 120, 30);
    desk.send(dateline::app::Msg::LoadFailed {
        what: dateline::text::clean(nasty).text,
        why: dateline::text::clean(nasty).text,
    });
    for keys in ["", "2", "3", "4", "1]", "/\u{1b}", "<Esc>c", "?"] {
        desk.keys(keys);
        for cell in desk.buffer().0.content() {
            let bad = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            assert!(!cell.symbol().contains(bad), "{:?} after {keys:?}", cell.symbol());
        }
    }
}

#[test]
fn what_cleaning_removed_is_said_under_the_headline() {
    let mut desk = Desk::reading(vec![Story::new("T", "S", "One\u{7} two\u{1b}[31m three.").done()], 100, 20);
    desk.keys("<Enter>");
    assert!(desk.shows("2 hidden characters removed"), "{}", desk.text());
    let plain = Desk::reading(stories::all(), 100, 20);
    assert!(!plain.shows("hidden"));
}

#[test]
fn empty_states_are_said_in_words() {
    let mut desk = Desk::empty(120, 30);
    assert!(desk.shows("Reading…"));
    desk.send(dateline::app::Msg::LoadDone);
    assert!(desk.shows("No articles."), "{}", desk.text());
    desk.keys("jk]<Enter><Tab><Enter>cGn{AuJ y<Esc>");
    desk.buffer();

    let mut desk = Desk::empty(120, 30);
    let (article, _) = stories::orchard();
    desk.send(dateline::app::Msg::Loaded(vec![article]));
    assert!(desk.shows("Annotating…"));
    desk.send(dateline::app::Msg::AnnotateFailed { article: 0, why: dateline::text::clean("too odd").text });
    assert!(desk.shows("Not annotated: too odd"), "{}", desk.text());

    let mut desk = Desk::reading(vec![stories::orchard()], 120, 30);
    assert!(desk.shows("Nobody is quoted"), "{}", desk.text());
    desk.keys("2");
    assert!(desk.shows("No officials are named"));
    desk.keys("3");
    assert!(desk.shows("No events were found"));
}

#[test]
fn the_theme_follows_the_background_when_it_is_told() {
    let mut desk = Desk::reading(stories::all(), 120, 36);
    desk.keys("<Enter>");
    let dark = desk.cell(desk.in_text("We have learnt")).fg;
    desk.send(dateline::app::Msg::Background(dateline::app::Background::Light));
    assert_ne!(desk.cell(desk.in_text("We have learnt")).fg, dark);
}
