//! The README says what the program does: its keys, and the commands that set it up.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use dateline::annotate::Annotator;
use dateline::app::{Msg, State, update};
use dateline::config::{COMMANDS, Config, Context, Group};
use dateline::ingest::{Item, Limits, Place, Source, read, read_bytes};
use dateline::ui::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const README: &str = include_str!("../README.md");

/// One test at a time rewrites the README.
static REWRITING: Mutex<()> = Mutex::new(());

/// Fails if the README's part between `<!-- NAME: begin -->` and `<!-- NAME: end -->` is not `expected`; makes it so
/// where the environment variable `UPDATE_README` is set.
fn check(name: &str, expected: &str) {
    let _alone = REWRITING.lock().unwrap();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    let (begin, end) = (format!("<!-- {name}: begin -->"), format!("<!-- {name}: end -->"));
    let (head, rest) = readme.split_once(&begin).unwrap_or_else(|| panic!("no {begin}"));
    let (found, tail) = rest.split_once(&end).unwrap_or_else(|| panic!("no {end}"));
    if found.trim() == expected {
        return;
    }
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(path, format!("{head}{begin}\n{expected}\n{end}{tail}")).unwrap();
        return;
    }
    panic!(
        "README.md is not up to date: run `UPDATE_README=1 cargo test --test readme -- --include-ignored`. {begin}\n{expected}"
    );
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
                Context::Tree => " (in the feeds)",
                Context::List => " (in the list)",
                Context::Article => " (in the article)",
                Context::Select => " (while words are selected)",
                Context::Panel => " (in the side panel)",
                Context::Picker => " (in the country picker)",
                Context::Prompt => " (at the prompt)",
                Context::Help => " (in help)",
                Context::Versions => " (in what changed)",
                Context::Note => " (while a note is written)",
            };
            tables.push_str(&format!("| {} | {}{place} |\n", keys.join(" "), info.help));
        }
        tables.push('\n');
    }
    tables.trim_end().to_owned()
}

#[test]
fn the_key_tables_are_those_of_the_command_table() {
    check("keys", &key_tables());
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

/// The reader on the bundled stories, drawn on a screen of this size after these keys.
fn frame(width: u16, height: u16, keys: &str) -> String {
    let mut articles = Vec::new();
    let _ = read(&[Source::Stories], &Limits::default(), &mut |item| {
        if let Item::Article(article) = item {
            articles.push(*article);
        }
        ControlFlow::Continue(())
    });
    let found: Vec<_> = articles.iter().map(|article| Arc::new(Annotator::default().annotate(article))).collect();
    let mut state = State::new(Config::default(), width, height);
    update(&mut state, Msg::Loaded(articles));
    update(&mut state, Msg::LoadDone);
    for (article, annotations) in found.into_iter().enumerate() {
        update(&mut state, Msg::Annotated { article, annotations });
    }
    for key in keys.chars() {
        update(&mut state, Msg::Key(KeyEvent::new(KeyCode::Char(key), KeyModifiers::NONE)));
    }
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| view(&state, frame)).unwrap();
    let cells = terminal.backend().buffer().content().chunks(usize::from(width));
    let rows = cells.map(|row| row.iter().map(|cell| cell.symbol()).collect::<String>().trim_end().to_owned());
    rows.collect::<Vec<_>>().join("\n")
}

#[test]
#[ignore = "changes with whatever is found in the stories: to be run with UPDATE_README=1 before a release"]
fn the_screen_is_the_readers_own() {
    let expected = format!("```text\n{}\n```", frame(110, 28, "]"));
    check("screen", &expected);
}

#[test]
fn the_files_the_readme_links_to_are_there() {
    let targets = README.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let mut files = 0;
    for target in targets.filter(|target| !target.starts_with("http")) {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(target);
        assert!(path.exists(), "README.md links to {target}, which is not there");
        files += 1;
    }
    assert!(files >= 5, "links to files not found in README.md");
}

#[test]
fn every_line_that_takes_words_is_told() {
    for (name, ..) in dateline::config::line::with_words() {
        assert!(README.contains(&format!("`:{name} ")), "the README does not tell of :{name}");
    }
}
