//! The program without a screen, as a user runs it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::{fs, thread};

use serde_json::Value;

fn dateline(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    // Nobody's own configuration and wishes about colour.
    command
        .args(arguments)
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .env_remove("DATELINE_CONFIG")
        .env_remove("NO_COLOR");
    command
}

/// Runs the program with `input` on its standard input.
fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child =
        dateline(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn records(output: &Output) -> Vec<Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn ids(output: &Output) -> Vec<String> {
    records(output).iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect()
}

const ARTICLE: &str = "“Le café à Nîmes est fermé,” said the mayor. “We shall see,” he added.\n";

#[test]
fn annotate_reads_text_from_standard_input() {
    let output = run(&["annotate"], ARTICLE.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let records = records(&output);
    assert_eq!(records.len(), 1);
    for key in ["entities", "quotes", "non_quotes", "officials", "events", "countries", "countries_mentioned"] {
        assert!(records[0][key].is_array(), "{key}");
    }
}

#[test]
fn annotate_reads_files_and_folders_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let lines: String = (0..200).map(|n| format!("{{\"id\":\"n{n}\",\"text\":\"Item number {n}.\"}}\n")).collect();
    let (wire, _) = (file("wire.jsonl", &lines), file("notes/b.md", "# Second\n\nText."));
    let first = file("notes/a.txt", "First text.");
    let output = run(&["annotate", &wire, folder.path().join("notes").to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let ids = ids(&output);
    assert_eq!(ids.len(), 202);
    assert!(ids[..200].iter().enumerate().all(|(n, id)| *id == format!("n{n}")), "{ids:?}");
    assert_eq!(ids[200], first);
}

#[test]
fn offsets_count_characters_or_bytes_of_the_text_as_given() {
    // Before the quotation: two-byte letters, and characters that the terminal must not get and the offsets count.
    let text = "Ça\u{202e} \u{1b}[31mva. “Le café à Nîmes est fermé,” said Marta Lindqvist.";
    let input = serde_json::json!({"id": "a", "text": text}).to_string();
    let chars: Vec<char> = text.chars().collect();
    for unit in ["chars", "bytes"] {
        let output = run(&["annotate", "--offsets", unit, "-"], input.as_bytes());
        let record = &records(&output)[0];
        assert_eq!(record["offsets"], unit);
        assert_eq!(record["text"], Value::Null, "a text that differs from the one given is left out");
        assert_eq!(record["removed"]["bidi"], 1);
        assert_eq!(record["removed"]["escapes"], 1);
        let span = &record["quotes"][0]["content"][0];
        let (start, end) = (span[0].as_u64().unwrap() as usize, span[1].as_u64().unwrap() as usize);
        let words = match unit {
            "chars" => chars[start..end].iter().collect(),
            _ => text[start..end].to_owned(),
        };
        assert_eq!(words, "“Le café à Nîmes est fermé,”");
    }
}

#[test]
fn a_text_given_as_it_is_comes_back_with_the_annotations() {
    let input = serde_json::json!({"id": "a", "text": ARTICLE, "wire": {"desk": "world"}}).to_string();
    let record = &records(&run(&["annotate"], input.as_bytes()))[0];
    assert_eq!(record["text"], ARTICLE);
    assert_eq!(record["extra"]["wire"]["desk"], "world");
}

#[test]
fn a_bad_line_is_named_with_its_number_and_the_rest_is_done() {
    let input = "{\"id\":\"a\",\"text\":\"One.\"}\n{\"id\":\"b\",\"text\":\n{\"id\":\"c\",\"text\":\"Three.\"}\n";
    let output = run(&["annotate"], input.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(ids(&output), ["a", "c"]);
    assert!(stderr(&output).starts_with("dateline: standard input:2"), "{}", stderr(&output));
}

#[test]
fn a_missing_file_is_named_and_the_others_are_done() {
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("there.txt");
    fs::write(&there, "Some text.").unwrap();
    let output = run(&["annotate", "/nowhere/at/all.txt", there.to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(records(&output).len(), 1);
    assert!(stderr(&output).contains("/nowhere/at/all.txt"), "{}", stderr(&output));
}

#[test]
fn the_format_can_be_told() {
    let output = run(&["annotate", "--format", "text"], b"{\"id\":\"a\",\"text\":\"One.\"}\n");
    assert_eq!(records(&output)[0]["text"], "{\"id\":\"a\",\"text\":\"One.\"}\n");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let story = fs::read(bundled_story()).unwrap();
    let once = run(&["annotate"], &story);
    assert!(once.status.success());
    assert_eq!(once.stdout, run(&["annotate"], &story).stdout);
}

/// One of the stories that come with the program.
fn bundled_story() -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/stories");
    let mut stories: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    stories.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    stories.sort();
    stories.swap_remove(0)
}

#[test]
fn a_reader_that_has_enough_is_no_error() {
    let mut command = dateline(&["annotate"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // Far more than a pipe holds, so that the program must meet the closed end.
    let writer = thread::spawn(move || {
        for n in 0..20_000 {
            if writeln!(stdin, "{{\"id\":\"n{n}\",\"text\":\"Some words, number {n}.\"}}").is_err() {
                break;
            }
        }
    });
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    out.read_line(&mut first).unwrap();
    assert!(first.contains("\"n0\""));
    drop(out);
    writer.join().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!(told, "");
}

#[test]
fn print_shows_text_with_what_was_found() {
    let story = bundled_story();
    let plain = run(&["print", story.to_str().unwrap()], b"");
    assert_eq!(plain.status.code(), Some(0), "{}", stderr(&plain));
    assert!(!stdout(&plain).contains('\x1b'), "no colours where nobody looks");
    let coloured = run(&["print", "--color", "always", story.to_str().unwrap()], b"");
    assert!(stdout(&coloured).contains("\x1b["));
    for part in ["Quotations", "Officials", "Events", "Countries"] {
        assert!(stdout(&plain).lines().any(|line| line == part), "no {part} in:\n{}", stdout(&plain));
    }
    let widest = stdout(&plain).lines().map(|line| line.chars().count()).max().unwrap();
    assert!(widest <= 72, "{widest} columns");
}

#[test]
fn foreign_escape_sequences_reach_neither_output_nor_messages() {
    let evil = "Plain \u{1b}]0;owned\u{7}text \u{9b}31mhere\u{202e}, \u{1b}[2Jhe said.";
    for arguments in [&["print"][..], &["annotate"], &["annotate", "--format", "plover"]] {
        let output = run(arguments, evil.as_bytes());
        assert!(!stdout(&output).contains(['\u{1b}', '\u{9b}', '\u{202e}', '\u{7}']), "{:?}", stdout(&output));
    }
    for arguments in [&["annotate", "no\u{1b}[31mfile"][..], &["annotate", "--no\u{1b}[31moption"]] {
        let output = run(arguments, b"");
        assert!(!output.status.success());
        assert!(!stderr(&output).contains('\u{1b}'), "{:?}", stderr(&output));
    }
}

#[test]
fn help_and_version_are_everywhere() {
    for arguments in [&["--help"][..], &["annotate", "--help"], &["print", "--help"], &["config", "--help"]] {
        let output = run(arguments, b"");
        assert_eq!(output.status.code(), Some(0));
        assert!(stdout(&output).contains("Usage: dateline"), "{arguments:?}");
    }
    for subcommand in ["annotate", "print", "config"] {
        let version = run(&[subcommand, "--version"], b"");
        assert_eq!(version.status.code(), Some(0), "{subcommand}");
        assert!(stdout(&version).contains(env!("CARGO_PKG_VERSION")), "{subcommand}: {}", stdout(&version));
    }
    let version = run(&["--version"], b"");
    assert_eq!(stdout(&version), format!("dateline {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_wrong_command_line_is_exit_code_2() {
    for arguments in [&["--nonsense"][..], &["annotate", "--offsets", "words"], &["config", "nonsense"]] {
        let output = run(arguments, b"");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stdout(&output).is_empty());
        assert!(stderr(&output).contains("--help"), "{}", stderr(&output));
    }
}

#[test]
fn the_reader_without_a_terminal_tells_what_to_use_instead() {
    let output = run(&["article.txt"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("dateline print"), "{}", stderr(&output));
}

#[test]
fn a_wrong_configuration_is_told_with_its_place_and_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    fs::write(&file, "[layout]\nmesure = 60\nlist-width = true\n").unwrap();
    let path = file.to_str().unwrap();
    let expected = format!(
        "{path}:2:1: unknown option \"mesure\": did you mean \"measure\"?\n{path}:3:14: a whole number is wanted here, not true or false\n"
    );
    for arguments in [&["config", "check", "--config", path][..], &["--config", path]] {
        let output = run(arguments, b"");
        assert_eq!((output.status.code(), stderr(&output)), (Some(2), expected.as_str()), "{arguments:?}");
    }
    let by_environment = dateline(&["config", "check"]).env("DATELINE_CONFIG", path).output().unwrap();
    assert_eq!(by_environment.status.code(), Some(2));
}

#[test]
fn the_default_configuration_is_a_start_for_ones_own() {
    let home = tempfile::tempdir().unwrap();
    let of_home = |arguments: &[&str]| dateline(arguments).env("XDG_CONFIG_HOME", home.path()).output().unwrap();
    let path = of_home(&["config", "path"]);
    let path = Path::new(stdout(&path).trim_end());
    assert_eq!(path, home.path().join("dateline/config.toml"));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, of_home(&["config", "default"]).stdout).unwrap();
    let check = of_home(&["config", "check"]);
    assert_eq!(check.status.code(), Some(0), "{}", stderr(&check));
    assert_eq!(stdout(&check), format!("{}: in order\n", path.display()));
}

#[test]
fn ingest_reads_answers_and_names_lines_that_are_none() {
    // <rss><item><title>a</title><link>/b</link></item></rss>, and words.
    let input = concat!(
        r#"{"id":"1","url":"http://e.org/","bytes_b64":"PHJzcz48aXRlbT48dGl0bGU+YTwvdGl0bGU+PGxpbms+L2I8L2xpbms+PC9pdGVtPjwvcnNzPg=="}"#,
        "\nno case\n",
        r#"{"id":"2","bytes_b64":"d29yZHM="}"#,
        "\n"
    );
    let output = run(&["ingest", "feeds"], input.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("standard input, line 2: no case"), "{}", stderr(&output));
    let records = records(&output);
    assert_eq!(ids(&output), ["1", "2"]);
    assert_eq!(
        (&records[0]["entries"][0]["title"], &records[0]["entries"][0]["link"]),
        (&"a".into(), &"http://e.org/b".into())
    );
    assert!(records[1]["error"].as_str().unwrap().contains("no feed"));
}

#[test]
fn the_engine_is_chosen_and_a_model_that_is_none_is_told_and_done_without() {
    let text = "Anna Meier thinks the bridge will be closed. “It is old,” she said.\n";
    let kinds = |output: &Output| -> Vec<String> {
        let quotes = records(output)[0]["quotes"].as_array().unwrap().clone();
        quotes.iter().map(|quote| quote["class"].as_str().unwrap().to_owned()).collect()
    };
    let tagger = run(&["annotate", "--engine", "tagger", "-"], text.as_bytes());
    assert_eq!(kinds(&tagger), ["think", "say"], "a view and a statement: {}", stdout(&tagger));
    let rules = run(&["annotate", "--engine", "rules", "-"], text.as_bytes());
    assert!(kinds(&rules).contains(&"say".to_owned()));

    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("weights.bin");
    std::fs::write(&model, "not weights").unwrap();
    let config = folder.path().join("config.toml");
    std::fs::write(&config, format!("model = {:?}\n", model.to_str().unwrap())).unwrap();
    let output = run(&["--config", config.to_str().unwrap(), "annotate", "-"], text.as_bytes());
    assert!(output.status.success(), "the articles are annotated all the same");
    assert_eq!(kinds(&output), kinds(&rules));
    let told = stderr(&output);
    assert!(
        told.contains("weights.bin") && told.contains("no file of dateline's tagger") && told.contains("rules"),
        "{told}"
    );

    // A copy of the weights that come with the program is as good as they.
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/model/tagger.bin"), &model).unwrap();
    let own = run(&["--config", config.to_str().unwrap(), "annotate", "-"], text.as_bytes());
    assert_eq!((stdout(&own), stderr(&own)), (stdout(&tagger), ""));
}

#[test]
fn words_of_ones_own_tell_of_events_and_what_is_wrong_in_them_is_told() {
    let text = "Norway delisted the Peruvian company Andina on Monday. It was a quiet day.\n";
    let types = |output: &Output| -> Vec<String> {
        let events = records(output)[0]["events"].as_array().unwrap().clone();
        events.iter().map(|event| event["type"].as_str().unwrap().to_owned()).collect()
    };
    assert!(types(&run(&["annotate", "-"], text.as_bytes())).is_empty());
    let folder = tempfile::tempdir().unwrap();
    let words = folder.path().join("words.tsv");
    std::fs::write(&words, "# ours\nSANCTION\tverb\tdelist [company companies]\tobj\nFROWN\tverb\tfrown\n").unwrap();
    let config = folder.path().join("config.toml");
    std::fs::write(&config, format!("event-words = {:?}\n", words.to_str().unwrap())).unwrap();
    let arguments = ["--config", config.to_str().unwrap(), "annotate", "-"];
    let output = run(&arguments, text.as_bytes());
    assert_eq!(types(&output), ["SANCTION"], "{}", stdout(&output));
    let told = stderr(&output);
    assert!(told.contains("words.tsv:3: unknown type FROWN"), "{told}");

    std::fs::remove_file(&words).unwrap();
    let output = run(&arguments, text.as_bytes());
    assert!(output.status.success() && stderr(&output).contains("words.tsv"), "{}", stderr(&output));
    assert!(types(&output).is_empty(), "dateline's own words go on telling");
}

/// An invented article about the lakes, with characters in its headline that may not reach a table.
fn lake_article() -> String {
    let text = "Kenyan Foreign Minister Achieng Wafula met Zambian President Mutale Chanda in Lusaka on Monday.\n\n\
        Police arrested three ferry owners in Kisumu.\n\nAn earthquake killed 12 people in Tanzania.";
    let title = "\"Talks\"\tin\nLusaka \u{1b}[31mred\u{202e}";
    let article = serde_json::json!({"id": "lake", "title": title, "text": text, "date": "2026-06-03", "source": "Lake Courier"});
    format!("{article}\n")
}

/// The cells of each line, by somebody who knows of no quoted cells.
fn cells(output: &Output) -> Vec<Vec<String>> {
    stdout(output).lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

/// The cells of a table whose cells may be quoted, as readers of comma-separated values take them.
fn quoted_cells(table: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = table.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            '\t' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            other => cell.push(other),
        }
    }
    rows
}

#[test]
fn events_come_as_a_table_with_the_columns_of_polecat() {
    let output = run(&["annotate", "--engine", "rules", "--format", "polecat"], lake_article().as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let table = cells(&output);
    let columns = &table[0];
    assert_eq!((columns.len(), columns[0].as_str(), columns[40].as_str()), (41, "Event ID", "Version"));
    assert!(table.len() > 1, "{}", stdout(&output));
    assert!(table.iter().all(|row| row.len() == 41), "{}", stdout(&output));
    assert_eq!(table, quoted_cells(stdout(&output)));
    let at = |column: &str| columns.iter().position(|name| name == column).unwrap();
    for row in &table[1..] {
        assert!(row[at("Event ID")].starts_with("lake:"));
        assert_eq!(row[at("Headline")], "'Talks' in Lusaka red");
        assert_eq!(
            (row[at("Publication Date")].as_str(), row[at("Source")].as_str()),
            ("2026-06-03", "Lake Courier")
        );
        for unknown in ["Intensity", "Actor COW", "Wikipedia Actor ID", "GeoNames ID", "Language"] {
            assert_eq!(row[at(unknown)], "", "{unknown}");
        }
        assert!(!row[at("Event Type")].starts_with("OTHER"));
    }
    let talks = table.iter().find(|row| row[at("Event Type")] == "CONSULT").unwrap();
    assert_eq!(talks[at("Actor Name")], "Achieng Wafula");
    assert_eq!(talks[at("Actor Country")], "KEN");
    assert_eq!(talks[at("Actor Title")], "Foreign Minister");
    assert_eq!(talks[at("Recipient Country")], "ZMB");
    assert_eq!((talks[at("City")].as_str(), talks[at("Country")].as_str()), ("Lusaka", "ZMB"));
}

#[test]
fn the_header_of_the_table_is_there_without_events_and_once_for_all_articles() {
    let nothing = run(&["annotate", "--engine", "rules", "--format", "polecat"], b"Nothing happened.");
    assert_eq!(cells(&nothing).len(), 1);
    let twice = lake_article() + &lake_article();
    let table = cells(&run(&["annotate", "--engine", "rules", "--format", "polecat"], twice.as_bytes()));
    assert_eq!(table.iter().filter(|row| row[0] == "Event ID").count(), 1);
}

#[test]
fn events_of_a_bundled_story_come_as_records_of_plover() {
    let story = bundled_story();
    let story = story.to_str().unwrap();
    let arguments = ["annotate", "--engine", "rules", "--format", "plover", story];
    let output = run(&arguments, b"");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let told = records(&output);
    let whole = records(&run(&["annotate", "--engine", "rules", story], b""));
    assert_eq!(told.len(), whole[0]["events"].as_array().unwrap().len());
    let text: Vec<char> = whole[0]["text"].as_str().unwrap_or_default().chars().collect();
    for (index, record) in told.iter().enumerate() {
        assert_eq!(record["id"], format!("{story}:{}", index + 1));
        assert_eq!(record["event"], whole[0]["events"][index]["type"]);
        assert_eq!(record["title"], whole[0]["title"]);
        assert!(record["source"].is_array());
        assert!(record.as_object().unwrap().values().all(|value| !value.is_null()), "{record}");
        let sentence = record["text"].as_str().unwrap();
        assert!(sentence.contains(record["eventText"].as_str().unwrap()), "{sentence}");
        if !text.is_empty() {
            let [start, end] = ["start", "end"].map(|end| record["textInfo"][end].as_u64().unwrap() as usize);
            assert_eq!(text[start..end].iter().collect::<String>(), sentence);
        }
    }
}

#[test]
fn formats_of_input_and_output_can_both_be_told() {
    let input = b"Police arrested three ferry owners in Kisumu.";
    let output = run(&["annotate", "--engine", "rules", "--format", "text", "--format", "plover"], input);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(records(&output).iter().all(|record| record["event"].is_string()), "{}", stdout(&output));
    for pair in [["plover", "polecat"], ["text", "html"]] {
        let output = run(&["annotate", "--format", pair[0], "--format", pair[1]], input);
        assert_eq!((output.status.code(), stdout(&output)), (Some(2), ""), "{pair:?}");
        assert!(stderr(&output).contains("--format"), "{}", stderr(&output));
    }
}

#[test]
fn unsure_events_are_left_out_of_every_format() {
    let all = |least: &str, format: &[&str]| {
        let arguments = [&["annotate", "--engine", "rules", "--min-confidence", least][..], format].concat();
        let output = run(&arguments, lake_article().as_bytes());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        output
    };
    let events = |output: &Output| records(output)[0]["events"].as_array().unwrap().len();
    let most = records(&all("0", &["--format", "plover"]));
    assert_eq!(most.len(), events(&all("0.0", &[])));
    let surest = most.iter().map(|record| record["confidence"].as_f64().unwrap()).fold(0.0, f64::max);
    let left = records(&all(&surest.to_string(), &["--format", "plover"]));
    assert!(!left.is_empty() && left.iter().all(|record| record["confidence"] == surest));
    assert_eq!(left.len(), events(&all(&surest.to_string(), &[])));
    assert!(cells(&all("1", &["--format", "polecat"])).len() <= cells(&all("0", &["--format", "polecat"])).len());
    for wrong in ["-0.1", "1.5", "NaN", "high", "inf"] {
        let output = run(&["annotate", "--min-confidence", wrong], b"Some text.");
        assert_eq!((output.status.code(), stdout(&output)), (Some(2), ""), "{wrong}");
        assert!(stderr(&output).contains("from 0 to 1"), "{}", stderr(&output));
    }
}
