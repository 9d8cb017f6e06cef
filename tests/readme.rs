//! The README says what the program does: its keys, and the commands that set it up.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use std::ops::ControlFlow;

use dateline::config::{COMMANDS, Config, Context, Group};
use dateline::ingest::{Item, Limits, Place, read_bytes};

const README: &str = include_str!("../README.md");

/// The part of the README between `<!-- NAME: begin -->` and `<!-- NAME: end -->`.
fn section(name: &str) -> &'static str {
    let (begin, end) = (format!("<!-- {name}: begin -->"), format!("<!-- {name}: end -->"));
    let start = README.find(&begin).unwrap_or_else(|| panic!("no {begin}")) + begin.len();
    let length = README[start..].find(&end).unwrap_or_else(|| panic!("no {end}"));
    README[start..start + length].trim()
}

/// The fenced blocks in the given language, fences excluded.
fn fenced(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    README.split(&fence).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

fn key_tables() -> String {
    let mut tables = String::new();
    for group in Group::ALL {
        tables.push_str(&format!("| {} | |\n| --- | --- |\n", group.title()));
        for info in COMMANDS.iter().filter(|info| info.group == group) {
            let keys: Vec<String> = info.keys.iter().map(|key| format!("`{key}`")).collect();
            let place = match info.context {
                Context::Any => "",
                Context::List => " (in the list)",
                Context::Article => " (in the article)",
                Context::Panel => " (in the side panel)",
                Context::Picker => " (in the country picker)",
                Context::Search => " (in the search prompt)",
                Context::Help => " (in help)",
            };
            tables.push_str(&format!("| {} | {}{place} |\n", keys.join(" "), info.help));
        }
        tables.push('\n');
    }
    tables.trim_end().to_owned()
}

#[test]
fn the_key_tables_are_those_of_the_command_table() {
    let expected = key_tables();
    assert!(
        section("keys") == expected,
        "README.md: between the comments `keys: begin` and `keys: end` this must stand:\n\n{expected}\n"
    );
}

#[test]
fn the_set_up_is_two_commands_and_the_second_is_the_one_the_checks_run() {
    let start = README.split("## Start").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap_or_default();
    let commands: Vec<&str> =
        start.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next()).flat_map(str::lines).collect();
    assert_eq!(commands, ["cargo run --release", "cargo test --locked"]);
    let checks = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/.ci/run")).unwrap();
    assert!(checks.lines().any(|line| line.trim() == commands[1]), "{checks}");
}

#[test]
fn the_example_configuration_is_right() {
    let examples: Vec<&str> = fenced("toml").into_iter().filter(|block| block.contains("[keys]")).collect();
    assert_eq!(examples.len(), 1);
    if let Err(problems) = Config::parse(examples[0]) {
        panic!("{problems:?}");
    }
}

#[test]
fn the_example_articles_are_read() {
    let json = fenced("json");
    let front = fenced("toml").into_iter().filter(|block| block.starts_with("+++")).collect::<Vec<_>>();
    assert_eq!((json.len(), front.len()), (1, 1));
    let story = format!("{}\nThe ministers met on Monday.\n", front[0]);
    for input in [json[0], &story] {
        let mut articles = Vec::new();
        let _ = read_bytes(&Place::stdin(), input.into(), None, &Limits::default(), &mut |item| {
            match item {
                Item::Article(article) => articles.push(article),
                other => panic!("{other:?}"),
            }
            ControlFlow::Continue(())
        });
        assert_eq!(articles.len(), 1);
        assert_eq!(articles[0].title.as_deref(), Some("Ministers meet"));
        assert_eq!(articles[0].source.as_deref(), Some("Steppe Wire"));
        assert_eq!(articles[0].date.map(|date| date.to_string()).as_deref(), Some("2026-05-21"));
        assert_eq!(articles[0].language.as_deref(), Some("en"));
        assert!(articles[0].extra.is_empty(), "{:?}", articles[0].extra);
        assert!(!articles[0].doc.text.contains("Steppe"), "front matter in the text");
    }
}
