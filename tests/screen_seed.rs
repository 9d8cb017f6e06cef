//! A story with all its difficulties, from the file to the screen: read, annotated, and driven by keys.

#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "screen/desk.rs"]
#[allow(dead_code)]
mod desk;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use dateline::annotate::Annotator;
use dateline::ingest::{Format, Item, Limits, Place, Source, read, read_bytes};
use dateline::model::Article;
use desk::Desk;
use ratatui::style::Modifier;

/// Columns left of this belong to the list, right of [`PANEL`] to the panel.
const TEXT: u16 = 40;
const PANEL: u16 = 200 - 40;

fn open(articles: Vec<Article>) -> Desk {
    let annotator = Annotator::default();
    let found = |article: &Article| annotator.annotate(article);
    let mut desk =
        Desk::reading(articles.into_iter().map(|article| (article.clone(), found(&article))).collect(), 200, 70);
    desk.keys("<Enter>");
    desk
}

/// Whether the words stand in the article.
fn in_text(desk: &Desk, words: &str) -> Option<(u16, u16)> {
    desk.places(words).into_iter().find(|(x, _)| (TEXT..PANEL).contains(x))
}

/// The panel's entries and headings: runs of rows between blank ones, each in one line.
fn panel(desk: &Desk) -> Vec<String> {
    let rows = desk.rows();
    let inside = rows.iter().skip(2).take(rows.len() - 4);
    let inside = inside.map(|row| row.chars().skip(usize::from(PANEL)).collect::<String>());
    let inside: Vec<String> = inside.map(|row| row.replace(['│', '▌', '▎'], " ").trim().to_owned()).collect();
    let runs = inside.split(String::is_empty).map(|run| run.join(" "));
    let runs = runs.map(|run| run.split_whitespace().collect::<Vec<_>>().join(" "));
    runs.filter(|run| !run.is_empty()).collect()
}

/// Asserts that one run of the panel holds all of `words`.
#[track_caller]
fn has_run(panel: &[String], words: &[&str]) {
    let fits = |run: &String| words.iter().all(|word| run.contains(word));
    assert!(panel.iter().any(fits), "no entry with {words:?} in {panel:#?}");
}

/// What the article must show: two direct quotations by one person, the second only by "he added".
struct Expected<'a> {
    speaker: &'a str,
    last_name: &'a str,
    quotations: [&'a str; 2],
    /// Country, person, office.
    officials: &'a [(&'a str, &'a str, &'a str)],
    events: &'a [&'a [&'a str]],
    keeps: &'a str,
    hides: &'a str,
}

fn shows(desk: &mut Desk, expected: &Expected<'_>) {
    let [first, second] = expected.quotations;
    // Both are attributed to the speaker.
    let quotes = panel(desk);
    let of_speaker =
        quotes.iter().find(|run| run.starts_with(expected.speaker)).unwrap_or_else(|| panic!("{quotes:#?}"));
    for quotation in [first, second] {
        let start: String = quotation.chars().take(20).collect();
        assert!(of_speaker.contains(&start), "{start:?} is not under {}: {quotes:#?}", expected.speaker);
    }
    assert!(of_speaker.contains("— he added"), "{of_speaker}");

    // Both are highlighted; `]` goes from the one to the other, which stands out then.
    let bar = |desk: &Desk, words: &str| {
        let (x, y) = in_text(desk, words).unwrap_or_else(|| panic!("{words:?} is not shown:\n{}", desk.text()));
        desk.cell((x - 2, y)).symbol().to_owned()
    };
    assert_eq!((bar(desk, first).as_str(), bar(desk, second).as_str()), ("▎", "▎"));
    let style = |desk: &Desk, words: &str| in_text(desk, words).map(|at| desk.cell(at).style());
    let plain = style(desk, second);
    desk.keys("]");
    assert_eq!((bar(desk, first).as_str(), bar(desk, second).as_str()), ("▌", "▎"));
    assert_eq!(style(desk, second), plain);
    assert!(desk.footer().trim_end().ends_with(expected.last_name), "{}", desk.footer());
    desk.keys("]");
    assert_eq!((bar(desk, first).as_str(), bar(desk, second).as_str()), ("▎", "▌"));
    assert_ne!(style(desk, second), plain);
    assert!(desk.footer().trim_end().ends_with(expected.last_name), "{}", desk.footer());

    // Officials under their countries.
    desk.keys("2");
    let officials = panel(desk);
    for (country, person, office) in expected.officials {
        let under = officials.iter().find(|run| run.starts_with(country)).unwrap_or_else(|| panic!("{officials:#?}"));
        let at = under.find(person).unwrap_or_else(|| panic!("{person} is not under {country}: {officials:#?}"));
        let rest = &under[at + person.len()..];
        let (office, standing) =
            office.strip_suffix(" (counterpart)").map_or((*office, ""), |held| (held, "counterpart"));
        let held = rest.trim_start().strip_prefix(standing).map(str::trim_start);
        assert!(held.is_some_and(|held| held.starts_with(office)), "{person} is not {office}: {officials:#?}");
    }
    let (_, person, _) = expected.officials[0];
    assert!(desk.has(person, PANEL, Modifier::BOLD));

    // Events.
    desk.keys("3");
    let events = panel(desk);
    for words in expected.events {
        has_run(&events, words);
    }

    // The filter keeps or hides it.
    desk.keys("c").keys(expected.keeps).keys("<Enter>");
    assert!(in_text(desk, first).is_some(), "{} hides it:\n{}", expected.keeps, desk.text());
    desk.keys("Cc").keys(expected.hides).keys("<Enter>");
    assert!(in_text(desk, first).is_none(), "{} keeps it:\n{}", expected.hides, desk.text());
}

#[test]
fn the_bundled_story_of_the_station() {
    let mut articles = Vec::new();
    let _ = read(&[Source::Stories], &Limits::default(), &mut |item| {
        if let Item::Article(article) = item {
            articles.push(*article);
        }
        ControlFlow::Continue(())
    });
    articles.retain(|article| article.title.as_deref().is_some_and(|title| title.contains("Darkhan station attack")));
    assert_eq!(articles.len(), 1);
    shows(
        &mut open(articles),
        &Expected {
            speaker: "Daulet Serikbayev",
            last_name: "Serikbayev",
            quotations: ["“Those who leave a bomb", "“Let nobody be deceived"],
            officials: &[
                ("Kazakhstan", "Daulet Serikbayev", "Secretary of the Security Council"),
                ("Mongolia", "Ochir Ganzorig", "Secretary of the Security Council (counterpart)"),
                ("Kazakhstan", "Arman Tulegenov", "Foreign Minister"),
                ("Mongolia", "Solongo Dashnyam", "Foreign Minister (counterpart)"),
                ("Kazakhstan", "Yerlan Omarbekov", "President"),
                ("Mongolia", "Temuulen Sodnom", "President (counterpart)"),
            ],
            events: &[
                &["Assault", "Darkhan"],
                &["Consultation", "Tulegenov", "Dashnyam"],
                &["Consultation", "Omarbekov"],
                &["Agreement", "Kazakhstan KZ ↔ Mongolia MN", "signed 11 agreements"],
            ],
            keeps: "mongolia",
            hides: "brazil",
        },
    );
}

/// The first story of the development set, which is kept beside the project, not in it.
fn seed() -> Option<PathBuf> {
    let shared = std::env::var_os("DATELINE_SHARED").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    shared.into_iter().chain([beside]).map(|folder| folder.join("bench/gold/dev.jsonl")).find(|path| path.is_file())
}

#[test]
fn the_seed_story() {
    let Some(path) = seed() else {
        println!("skipped: no ../shared");
        return;
    };
    let mut articles = Vec::new();
    let bytes = std::fs::read(&path).unwrap();
    let place = Place::named("dev.jsonl");
    let _ = read_bytes(&place, bytes, Some(Format::JsonLines), &Limits::default(), &mut |item| {
        if let Item::Article(article) = item
            && article.id.as_str() == "d01"
        {
            articles.push(*article);
        }
        ControlFlow::Continue(())
    });
    assert_eq!(articles.len(), 1);
    shows(
        &mut open(articles),
        &Expected {
            speaker: "Ali Shamkhani",
            last_name: "Shamkhani",
            quotations: ["“The barbaric crimes", "“Undoubtedly, indiscriminate"],
            officials: &[
                ("Iran", "Ali Shamkhani", "Secretary of the Supreme National Security Council"),
                ("Russia", "Nikolai Patrushev", "Secretary of the Supreme National Security Council (counterpart)"),
                ("Iran", "Mohammad Javad Zarif", "Foreign Minister"),
                ("Russia", "Sergei Lavrov", "Foreign Minister (counterpart)"),
                ("Iran", "Hassan Rouhani", "President"),
                ("Russia", "Vladimir Putin", "President (counterpart)"),
            ],
            events: &[
                &["Assault", "Petersburg"],
                &["Consultation", "Zarif", "Lavrov"],
                &["Consultation", "Rouhani"],
                &["Agreement", "Iran IR ↔ Russia RU", "signed 14 documents"],
            ],
            keeps: "russia",
            hides: "brazil",
        },
    );
}
