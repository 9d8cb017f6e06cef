//! The README says what the program does: its keys, and the commands that set it up.

use dateline::config::{COMMANDS, Config, Context, Group};

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
