//! `dateline ingest feeds`: what servers answered in, what was read in it out, for measuring.
//!
//! A case a line on standard input: `{"id","bytes_b64"}`, and what the answer said beside the bytes: `content_type`, `url`,
//! `content_location`, `content_language`. A record a line on standard output, in the same order: the `id` and what was
//! read, or `error` with the reason; `PANIC` is a mistake in dateline.

use std::io::{self, BufRead};
use std::panic::{AssertUnwindSafe, catch_unwind};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::cli::Ended;
use crate::cli::output::{Output, complain};
use crate::ingest::feed::{self, Answer};
use crate::model::{Content, Entry};
use crate::text::Clean;

#[derive(Deserialize)]
struct Case {
    id: String,
    bytes_b64: String,
    content_type: Option<String>,
    url: Option<String>,
    content_location: Option<String>,
    content_language: Option<String>,
}

/// Runs the subcommand. Its error is that of writing.
pub(super) fn run() -> io::Result<Ended> {
    let mut output = Output::new();
    let mut failed = false;
    for (number, line) in io::stdin().lock().lines().enumerate() {
        let case = line.map_err(|error| error.to_string()).and_then(|line| case(&line));
        let (case, bytes) = match case {
            Ok(case) => case,
            Err(why) => {
                failed = true;
                complain(&Clean::line(&format!("standard input, line {}: {why}", number + 1)));
                continue;
            }
        };
        let answer = Answer {
            content_type: case.content_type.as_deref(),
            url: case.url.as_deref(),
            content_location: case.content_location.as_deref(),
            content_language: case.content_language.as_deref(),
        };
        let record = catch_unwind(AssertUnwindSafe(|| feed_record(&bytes, &answer)));
        let mut record = record.unwrap_or_else(|_| json!({ "error": "PANIC" }));
        record["id"] = case.id.into();
        output.line(&Clean::new(&record.to_string()))?;
    }
    output.flush()?;
    Ok(if failed { Ended::SomeFailed } else { Ended::Well })
}

fn case(line: &str) -> Result<(Case, Vec<u8>), String> {
    let case: Case = serde_json::from_str(line).map_err(|error| format!("no case: {error}"))?;
    let bytes = STANDARD.decode(&case.bytes_b64).map_err(|error| format!("bytes_b64 is no Base64: {error}"))?;
    Ok((case, bytes))
}

fn feed_record(bytes: &[u8], answer: &Answer) -> Value {
    let feed = match feed::parse(bytes, answer) {
        Ok(feed) => feed,
        Err(error) => return json!({ "error": error.to_string() }),
    };
    json!({
        "encoding": feed.encoding.to_ascii_lowercase(),
        "feed": {
            "title": words(feed.title.as_ref()),
            "link": feed.link,
            "id": feed.id,
            "subtitle": words(feed.subtitle.as_ref()),
            "author": names(&feed.authors),
            "language": text(feed.language.as_ref()),
            "updated": feed.updated.map(|moment| moment.to_string()),
            "published": feed.published.map(|moment| moment.to_string()),
            "categories": all(&feed.categories),
        },
        "entries": feed.entries.iter().map(entry_record).collect::<Vec<_>>(),
        "repairs": all(&feed.repairs),
    })
}

fn entry_record(entry: &Entry) -> Value {
    let body = |content: &Option<Content>| content.as_ref().map(|content| content.text.clone());
    json!({
        "title": words(entry.title.as_ref()),
        "link": entry.link,
        "id": entry.guid,
        "summary": body(&entry.summary),
        "content": body(&entry.content),
        "author": names(&entry.authors),
        "published": entry.published.map(|moment| moment.to_string()),
        "updated": entry.updated.map(|moment| moment.to_string()),
        "categories": all(&entry.categories),
        "enclosures": entry.enclosures.iter().map(|file| file.url.as_str()).collect::<Vec<_>>(),
    })
}

fn text(text: Option<&Clean>) -> Option<&str> {
    text.map(Clean::as_str)
}

/// A heading without words, as one that is a picture, is empty.
fn words(text: Option<&Clean>) -> &str {
    text.map_or("", Clean::as_str)
}

fn all(texts: &[Clean]) -> Vec<&str> {
    texts.iter().map(Clean::as_str).collect()
}

fn names(names: &[Clean]) -> Option<String> {
    (!names.is_empty()).then(|| all(names).join(", "))
}
