//! `dateline ingest`: single steps of reading for benches, one JSON object a line in and out.

use std::io::{self, BufRead};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::args::{IngestKind, IngestOptions};
use super::Ended;
use super::output::Output;
use crate::ingest::page::{Answer, Page, extract};
use crate::model::BlockKind;
use crate::text::Clean;

/// Runs the step that is asked for over standard input.
pub(super) fn run(options: &IngestOptions) -> io::Result<Ended> {
    match options.kind {
        IngestKind::Pages => pages(),
    }
}

/// A page as it was fetched.
#[derive(Debug, Deserialize)]
struct PageCase {
    id: String,
    url: Option<String>,
    content_type: Option<String>,
    bytes_b64: String,
}

/// What was found in it.
#[derive(Debug, Serialize)]
struct PageRecord<'a> {
    id: &'a str,
    /// Without captions: the measure is the running text.
    text: &'a str,
    title: Option<&'a str>,
    byline: Option<String>,
    published: Option<String>,
    thin: Option<&'a str>,
    ms: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
}

fn pages() -> io::Result<Ended> {
    let mut output = Output::new();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let case: PageCase = serde_json::from_str(&line).map_err(io::Error::other)?;
        let bytes = STANDARD.decode(&case.bytes_b64).map_err(io::Error::other)?;
        let answer = Answer { content_type: case.content_type.as_deref(), url: case.url.as_deref() };
        let start = Instant::now();
        let page = catch_unwind(AssertUnwindSafe(|| extract(&bytes, &answer)));
        let ms = start.elapsed().as_secs_f64() * 1e3;
        let error = page.is_err().then_some("PANIC");
        let page = page.unwrap_or_default();
        output.line(&Clean::new(&record(&case.id, &page, ms, error)?))?;
    }
    output.flush()?;
    Ok(Ended::Well)
}

fn record(id: &str, page: &Page, ms: f64, error: Option<&str>) -> io::Result<String> {
    use crate::ingest::page::Quality;
    let article = &page.article;
    let authors: Vec<&str> = article.authors.iter().map(Clean::as_str).collect();
    let doc = &article.doc;
    let blocks = doc.blocks.iter().filter(|block| block.kind != BlockKind::Caption);
    let text = blocks.map(|block| block.span.of(&doc.text)).collect::<Vec<_>>().join("\n\n");
    let record = PageRecord {
        id,
        text: &text,
        title: article.title.as_deref(),
        byline: (!authors.is_empty()).then(|| authors.join(", ")),
        published: article.date.map(|date| date.to_string()),
        thin: match &page.quality {
            Quality::Good => None,
            Quality::Thin { why } => Some(why),
        },
        ms,
        error,
    };
    serde_json::to_string(&record).map_err(io::Error::other)
}
