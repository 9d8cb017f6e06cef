//! Configuration files as users write them: each in `tests/config` is a case.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use dateline::config::{Command, Config, ThemeChoice};
use ratatui::style::{Color, Style};

fn cases(kind: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/config").join(kind);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    assert!(!files.is_empty());
    files
}

#[test]
fn valid_files_are_taken() {
    for file in cases("valid") {
        let parsed = Config::parse(&fs::read_to_string(&file).unwrap());
        assert!(parsed.is_ok(), "{}: {parsed:?}", file.display());
    }
}

#[test]
fn every_mistake_of_an_invalid_file_is_named_with_its_place() {
    for file in cases("invalid") {
        let problems = Config::parse(&fs::read_to_string(&file).unwrap()).unwrap_err();
        let told: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
        let expected = fs::read_to_string(file.with_extension("txt")).unwrap();
        assert_eq!(told, expected, "{}", file.display());
    }
}

#[test]
fn what_a_file_leaves_out_stays_as_it_is() {
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/config/valid/some.toml")).unwrap();
    let (config, default) = (Config::parse(&text).unwrap(), Config::default());
    assert_eq!(config.sources, ["~/wire", "-"]);
    assert!(!config.mouse);
    assert_eq!((config.measure, config.list_width), (66, default.list_width));
    assert_eq!(config.theme_choice, ThemeChoice::Light);
    assert_eq!(config.theme, config.themes.light);
    assert_eq!(config.theme.border_active, Style::default().bg(Color::Indexed(253)));
    assert_eq!(config.theme.speakers.len(), 2);
    assert_eq!(config.theme.place, default.themes.light.place);
    assert_eq!(config.themes.dark, default.themes.dark);
    assert_eq!(config.keys.keys_for(Command::NextQuotation), ["w", "]"]);
    assert_eq!(config.keys.keys_for(Command::Zoom), [""; 0]);
    assert_eq!(config.keys.keys_for(Command::Up), default.keys.keys_for(Command::Up));
}

#[test]
fn the_default_file_changes_nothing() {
    assert_eq!(Config::parse(dateline::config::DEFAULT_FILE).unwrap(), Config::default());
}
