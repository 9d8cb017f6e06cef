//! `dateline refresh`: bring feeds up to date.

use std::io::{self, IsTerminal};
use std::ops::ControlFlow;

use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use serde_json::json;

use super::Ended;
use super::args::{Arguments, RefreshOptions};
use super::library::{Desk, count, failed, feed, now_at};
use super::output::{Output, complain};
use crate::refresh::{self, Came, Moved, Progress, RefreshError, Summary, Wanted};
use crate::store::FeedId;
use crate::text::{Clean, masked};

/// Runs the subcommand. Its error is that of writing.
pub(super) fn run(arguments: &Arguments, options: &RefreshOptions) -> io::Result<Ended> {
    let desk = match Desk::open(arguments) {
        Ok(desk) => desk,
        Err(ended) => return Ok(ended),
    };
    let ids = match named(&desk, &options.feeds) {
        Ok(ids) => ids,
        Err(ended) => return Ok(ended),
    };
    let mut settings = desk.config.refresh.clone();
    settings.jobs = options.jobs.map_or(settings.jobs, usize::from);
    let wanted = match &ids[..] {
        [] if options.due => Wanted::Due,
        [] => Wanted::All,
        ids => Wanted::These(ids),
    };
    let mut teller = Teller::new(options);
    let done =
        refresh::run(&desk.folder, wanted, &settings, Timestamp::now(), &mut |progress| teller.tell(&progress));
    if let Some(bar) = &teller.bar {
        bar.finish_and_clear();
    }
    teller.result?;
    let summary = match done {
        Ok(summary) => summary,
        Err(RefreshError::Busy) => {
            complain(&Clean::line(&RefreshError::Busy.to_string()));
            return Ok(Ended::Well);
        }
        Err(RefreshError::Store(error)) => return Ok(failed(&error)),
        Err(error) => {
            complain(&Clean::line(&error.to_string()));
            return Ok(Ended::SomeFailed);
        }
    };
    if options.json {
        teller.output.line(&Clean::new(&summary_record(&summary).to_string()))?;
    } else if !options.quiet {
        teller.output.line(&Clean::line(&summary_words(&summary)))?;
    }
    teller.output.flush()?;
    Ok(if summary.failed == 0 { Ended::Well } else { Ended::SomeFailed })
}

/// The feeds that the command line names; none: all.
fn named(desk: &Desk, names: &[String]) -> Result<Vec<FeedId>, Ended> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let feeds = desk.store()?.subscriptions().map_err(|error| failed(&error))?;
    names.iter().map(|name| feed(&feeds, name).map(|feed| feed.id).ok_or(Ended::Misused)).collect()
}

/// Tells of every feed: by a bar on a terminal, a line each elsewhere, or JSON.
struct Teller {
    output: Output,
    bar: Option<ProgressBar>,
    json: bool,
    quiet: bool,
    result: io::Result<()>,
}

impl Teller {
    fn new(options: &RefreshOptions) -> Self {
        let is_shown = !options.quiet && !options.json && io::stderr().is_terminal() && io::stdout().is_terminal();
        let bar = is_shown.then(|| {
            let bar = ProgressBar::new(0);
            let style = ProgressStyle::with_template("{bar:24} {pos}/{len} {wide_msg}");
            bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        Teller { output: Output::new(), bar, json: options.json, quiet: options.quiet, result: Ok(()) }
    }

    fn tell(&mut self, progress: &Progress) -> ControlFlow<()> {
        self.result = self.write(progress);
        if self.result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    fn write(&mut self, progress: &Progress) -> io::Result<()> {
        if self.json {
            self.output.line(&Clean::new(&record(progress).to_string()))?;
            return self.output.flush();
        }
        let title = &progress.feed.title;
        if let Came::Failed(problem) | Came::Gone(problem) = progress.came {
            let told = Clean::line(&format!("{title} ({}): {problem}", masked(&progress.feed.url)));
            match &self.bar {
                Some(bar) => bar.suspend(|| complain(&told)),
                None => complain(&told),
            }
        }
        if let Some(bar) = &self.bar {
            bar.set_length(progress.total as u64);
            bar.set_position(progress.done as u64);
            bar.set_message(title.as_str().to_owned());
        } else if let Some(words) = words(progress.came).filter(|_| !self.quiet) {
            self.output.line(&Clean::line(&format!("{title}: {words}")))?;
            self.output.flush()?;
        }
        Ok(())
    }
}

/// What came of a feed, unless it failed: that is a complaint.
fn words(came: &Came) -> Option<String> {
    Some(match came {
        Came::Read { taken, moved_to, .. } => {
            let mut words = format!("{} new", taken.new);
            if taken.changed > 0 {
                words.push_str(&format!(", {} changed", taken.changed));
            }
            if taken.dropped > 0 {
                words.push_str(&format!(", {} dropped", taken.dropped));
            }
            match moved_to {
                Some(Moved::To(to)) => words.push_str(&format!(", moved to {to}")),
                Some(Moved::Configured(to)) => words.push_str(&format!("; {}", now_at(to))),
                None => {}
            }
            words
        }
        Came::Unchanged => "unchanged".to_owned(),
        Came::LeftAlone(until) => format!("left alone until {until:.0}, as its server asked"),
        Came::Failed(_) | Came::Gone(_) => return None,
    })
}

fn record(progress: &Progress) -> serde_json::Value {
    let feed = progress.feed;
    let mut record = json!({ "id": feed.id.0, "title": feed.title.as_str(), "url": feed.url });
    let more = match progress.came {
        Came::Read { taken, repairs, moved_to } => json!({
            "result": "read",
            "new": taken.new,
            "changed": taken.changed,
            "dropped": taken.dropped,
            "moved_to": if let Some(Moved::To(to)) = moved_to { Some(to.as_str()) } else { None },
            "now_at": if let Some(Moved::Configured(to)) = moved_to { Some(to.as_str()) } else { None },
            "repairs": repairs.iter().map(Clean::as_str).collect::<Vec<_>>(),
        }),
        Came::Unchanged => json!({ "result": "unchanged" }),
        Came::Failed(problem) => json!({ "result": "failed", "problem": problem.as_str() }),
        Came::Gone(problem) => json!({ "result": "gone", "problem": problem.as_str() }),
        Came::LeftAlone(until) => json!({ "result": "left-alone", "until": until.to_string() }),
    };
    if let (Some(record), serde_json::Value::Object(more)) = (record.as_object_mut(), more) {
        record.extend(more);
    }
    record
}

fn summary_record(summary: &Summary) -> serde_json::Value {
    json!({ "summary": {
        "asked": summary.asked,
        "unchanged": summary.unchanged,
        "failed": summary.failed,
        "left_alone": summary.left_alone,
        "new": summary.articles.new,
        "changed": summary.articles.changed,
        "dropped": summary.articles.dropped,
    } })
}

fn summary_words(summary: &Summary) -> String {
    let mut words = vec![
        count(summary.asked, "feed", "feeds"),
        count(summary.articles.new, "new article", "new articles"),
        format!("{} changed", summary.articles.changed),
    ];
    for (number, what) in
        [(summary.articles.dropped, "dropped"), (summary.failed, "failed"), (summary.left_alone, "left alone")]
    {
        if number > 0 {
            words.push(format!("{number} {what}"));
        }
    }
    words.join(", ")
}
