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

/// The rows of the panel, without its frame and marks.
fn panel(desk: &Desk) -> Vec<String> {
    let rows = desk.rows().into_iter();
    let inside = |row: String| row.chars().skip(83).collect::<String>();
    rows.map(|row| inside(row).trim_matches([' ', '│', '▌', '▎']).to_owned()).filter(|row| !row.is_empty()).collect()
}

/// Where a row with `words` stands in the panel, from row `from` on.
fn row(panel: &[String], words: &str, from: usize) -> usize {
    let at = panel.iter().skip(from).position(|row| row.contains(words));
    from + at.unwrap_or_else(|| panic!("{words:?} from row {from} on: {panel:#?}"))
}

#[test]
fn speakers_have_their_office_and_counts_and_views_stand_apart() {
    let panel = panel(&desk(120, 90));
    let obi = row(&panel, "Ada Obi", 0);
    assert!(panel[obi].ends_with("GH"), "{panel:#?}");
    let counts = row(&panel, "4 statements · 1 view", obi);
    assert!(row(&panel, "Energy Minister", obi) <= counts);
    let order = [
        counts,
        row(&panel, "“The dam will hold", obi),
        row(&panel, "the pumps were old", obi),
        row(&panel, "did not say: who would pay", obi),
        panel.iter().position(|row| row == "views").unwrap_or_else(|| panic!("{panel:#?}")),
        row(&panel, "the rain will stop", obi),
        row(&panel, "Tomas Brek", counts + 12),
    ];
    assert!(order.is_sorted(), "{order:?} {panel:#?}");
    let brek = row(&panel, "2 statements", counts + 1);
    assert!(panel[brek - 1].starts_with("Tomas Brek"), "no views, no number of them: {panel:#?}");
}

#[test]
fn the_unnamed_are_counted_by_what_they_are_called_and_marked() {
    let panel = panel(&desk(120, 90));
    let official = row(&panel, "senior official who asked", 0);
    assert!(panel[official].ends_with("unnamed"), "{panel:#?}");
    assert!(panel[official + 1].contains("named"), "a long name goes on in the next row: {panel:#?}");
    assert_eq!(panel[official + 2], "1 statement");
    let officials = row(&panel, "Officials  ", 1);
    assert!(panel[officials].ends_with("unnamed"), "{panel:#?}");
    assert_eq!(panel[officials + 1], "2 statements", "called the same with and without a capital");
    let unknown = row(&panel, "Speaker not given", 0);
    assert_eq!(panel[unknown + 1], "1 statement");
    assert!(!panel[unknown].contains("unnamed"));
}

#[test]
fn what_is_told_second_hand_stands_under_who_tells_it_and_with_its_speaker() {
    let mut desk = desk(120, 90);
    let rows = panel(&desk);
    let outer = row(&rows, "that the minister had", 0);
    let inner = row(&rows, "↳ Obi?: the pumps were old", outer);
    assert!(inner - outer <= 3, "{rows:#?}");
    let own = row(&rows, "the pumps were old", 0);
    assert!(own < outer && row(&rows, "↳ told by Tomas Brek", own) <= own + 2, "{rows:#?}");
    let at = desk.find_from("↳ Obi?", 84);
    desk.click(at);
    assert!(desk.footer().contains("Obi? · told by Tomas Brek"), "{}", desk.footer());
}

#[test]
fn doubt_denial_and_supposition_are_marked_wherever_a_statement_is_given() {
    let mut desk = desk(120, 90);
    let rows = panel(&desk);
    row(&rows, "— Obi? · the minister", 0);
    assert!(!rows.iter().any(|row| row.contains("Ada Obi?")), "most of hers are sure: {rows:#?}");
    row(&rows, "would say: that the turbines", 0);
    let at = desk.find_from("who would pay", 84);
    desk.click(at);
    assert!(desk.footer().contains("Obi · did not say"), "{}", desk.footer());
    desk.keys("y");
    let copied = desk.effects.iter().find_map(|effect| match effect {
        dateline::app::Effect::Copy(text) => Some(text.to_string()),
        _ => None,
    });
    let expected = "who would pay — Ada Obi, Energy Minister (did not say; Gull Wire, 21 May 2026)";
    assert_eq!(copied.as_deref(), Some(expected));
}

#[test]
fn denials_are_marked_without_colours_too() {
    for theme in [ThemeChoice::Dark, ThemeChoice::Light, ThemeChoice::Mono] {
        let desk = desk_in(theme, 120, 90);
        let (caveat, words) = (desk.find_from("did not say", 84), desk.find_from("who would pay", 84));
        assert_ne!(desk.cell(caveat).style(), desk.cell(words).style(), "{theme:?}");
    }
}

#[test]
fn the_same_speakers_statements_are_gone_through_without_the_views() {
    let mut desk = desk(120, 36);
    let place = |desk: &Desk| {
        let footer = desk.footer();
        footer.rfind("quote ").map_or(String::new(), |at| footer[at..].split(" of ").next().unwrap_or("").to_owned())
    };
    desk.keys("}");
    assert_eq!(place(&desk), "quote 1", "none is current: the first from here on");
    let mut seen = Vec::new();
    for _ in 0..4 {
        desk.keys("}");
        seen.push(place(&desk));
    }
    assert_eq!(seen, ["quote 2", "quote 6", "quote 7", "quote 1"], "not quote 4, a view");
    let at = desk.in_text("the rain will stop");
    desk.click(at).keys("}");
    assert_eq!(place(&desk), "quote 6", "from a view to the next statement");
    desk.click(at).keys("{");
    assert_eq!(place(&desk), "quote 2");
    let at = desk.in_text("“It was very loud");
    desk.click(at).keys("}");
    assert!(desk.footer().contains("does not tell whose words"), "{}", desk.footer());
}

#[test]
fn why_is_told_on_demand_and_stays() {
    for (width, height) in [(120, 36), (80, 24), (50, 20)] {
        let mut desk = desk(width, height);
        desk.keys("]]");
        let why = |desk: &Desk| {
            let rows = desk.rows();
            let from = rows.iter().position(|row| row.starts_with(" why "))?;
            let told = rows[from..rows.len() - 1].iter().map(|row| row.trim()).collect::<Vec<_>>().join(" ");
            Some(told.trim_start_matches("why").trim().to_owned())
        };
        assert_eq!(why(&desk), None);
        desk.keys("w");
        let expected = "said by “she” (“added”) → Ada Obi: spoke in the same paragraph, as “Energy Minister Ada Obi” · \
                        attribution after the words · 85 %";
        assert_eq!(why(&desk).as_deref(), Some(expected), "{width}\n{}", desk.text());
        desk.keys("[");
        let told = why(&desk).unwrap();
        assert!(told.starts_with("said by “Energy Minister Ada Obi” → Ada Obi, named there"), "{told}");
        desk.keys("<Esc>");
        assert!(why(&desk).unwrap().contains("no quotation is current; ]"), "{}", desk.text());
        desk.keys("w");
        assert_eq!(why(&desk), None);
    }
}

#[test]
fn why_tells_of_roles_second_hand_denials_and_views() {
    let mut desk = desk(150, 60);
    desk.keys("w");
    for (words, parts) in [
        (
            "the pumps were old",
            &[
                "“the minister” (“told him”) → Ada Obi?: has that office, 3 paragraphs before",
                "told by Tomas Brek",
                "35 %",
            ][..],
        ),
        ("who would pay", &["not said by “Obi” (“say”) → Ada Obi, named there", "attribution before"]),
        ("the rain will stop", &["a view of “Obi” (“believes”)"]),
        ("the gates had been", &["“A senior official who asked not to be…”, whom the text does not name"]),
        ("“It was very loud", &["the text does not tell whose words these are"]),
    ] {
        let at = desk.find_from(words, 28);
        desk.click(at);
        for part in parts {
            assert!(desk.shows(part), "{part}\n{}", desk.text());
        }
    }
}
