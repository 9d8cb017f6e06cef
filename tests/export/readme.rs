//! The README's examples of exports are run.

use crate::work::*;

const README: &str = include_str!("../../README.md");

#[test]
fn the_examples_do_what_they_say() {
    let part = README.split("## Export and cite").nth(1).and_then(|rest| rest.split("\n## ").next());
    let block = part.and_then(|part| part.split("```sh\n").nth(1)).and_then(|rest| rest.split("```").next());
    let commands: Vec<&str> = block.expect("the README has examples").lines().collect();
    assert!(commands.len() >= 8);
    let folder = library();
    let mut formats = Vec::new();
    for command in commands {
        let command = command.split("  #").next().unwrap();
        let words = shell_words::split(command).unwrap();
        let words: Vec<&str> =
            words.iter().map(String::as_str).take_while(|word| *word != "|" && *word != ">").collect();
        assert_eq!(words[..2], ["dateline", "export"], "{command}");
        let out = exported(folder.path(), &words[2..]);
        let file = words.iter().position(|word| *word == "-o").map(|at| folder.path().join(words[at + 1]));
        let file = file.or_else(|| (words.len() == 3).then(|| folder.path().join(words[2])));
        let written = file.map_or(out, |file| std::fs::read_to_string(file).unwrap());
        // More than a head without anything after it.
        assert!(written.lines().count() >= 3 || words.contains(&"jsonl"), "{command}: {written}");
        formats.extend(words.iter().position(|word| *word == "--format").map(|at| words[at + 1].to_owned()));
    }
    formats.sort();
    formats.dedup();
    assert!(formats.len() >= 7, "{formats:?}");
}
