//! The part of a configuration file that is about feeds: `[refresh]`, and a `[[feed]]` for each that is special.

use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use super::file::{Reader, Value};
use crate::fetch::{Login, default_user_agent};
use crate::refresh::{Settings, Special};
use crate::store::Retention;

/// The options of `[refresh]`.
pub(super) const REFRESH: &[&str] =
    &["interval", "jobs", "timeout", "max-size", "pause", "user-agent", "keep-articles", "keep-days"];
/// The options of a `[[feed]]`.
pub(super) const FEED: &[&str] =
    &["url", "user", "password", "password-file", "headers", "full-text", "interval", "keep-articles", "keep-days"];

/// Minutes of a month: no feed is asked more seldom.
const MOST_MINUTES: u32 = 60 * 24 * 31;
const MOST_ARTICLES: u32 = 10_000_000;
const MOST_DAYS: u32 = 36_500;

impl Reader<'_> {
    pub(super) fn refresh(&mut self, value: &Value, settings: &mut Settings) {
        let Some(table) = self.table(value) else { return };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "interval" => self.whole(value, 0..=MOST_MINUTES, |minutes| settings.interval = of_minutes(minutes)),
                "jobs" => self.whole(value, 1..=64, |jobs| settings.jobs = jobs as usize),
                "timeout" => self.whole(value, 1..=3600, |seconds| {
                    settings.fetch.total = Duration::from_secs(u64::from(seconds));
                    // Silence for half of it is enough to know.
                    settings.fetch.idle = settings.fetch.total.div_f32(2.0);
                }),
                "max-size" => self.whole(value, 1..=1024, |size| settings.fetch.body = u64::from(size) << 20),
                "pause" => {
                    self.whole(value, 0..=60_000, |pause| settings.pause = Duration::from_millis(u64::from(pause)));
                }
                "user-agent" => {
                    if let Some(name) = self.header_text(value) {
                        settings.fetch.user_agent = if name.is_empty() { default_user_agent() } else { name };
                    }
                }
                "keep-articles" => {
                    self.whole(value, 0..=MOST_ARTICLES, |most| settings.retention.count = count(most))
                }
                "keep-days" => self.whole(value, 0..=MOST_DAYS, |days| settings.retention.days = some(days)),
                _ => self.unknown("option", key, REFRESH),
            }
        }
    }

    pub(super) fn feeds(&mut self, value: &Value, specials: &mut Vec<Special>) {
        let Some(array) = self.array(value) else { return };
        *specials = array.iter().filter_map(|value| self.feed(value)).collect();
    }

    fn feed(&mut self, value: &Value) -> Option<Special> {
        let table = self.table(value)?;
        let mut special = Special::default();
        let (mut user, mut password) = (None, None);
        let mut retention = Retention::default();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "url" => special.url = self.text(value).unwrap_or_default(),
                "user" => user = self.text(value),
                "password" | "password-file" if password.is_some() => {
                    self.problem(key.span(), "give the password or a file that holds it, not both".into());
                }
                "password" => password = self.text(value),
                "password-file" => password = self.secret(value),
                "headers" => special.headers = self.headers(value),
                "full-text" => self.switch(value, &mut special.full_text),
                "interval" => {
                    self.whole(value, 1..=MOST_MINUTES, |minutes| special.interval = Some(of_minutes(minutes)))
                }
                "keep-articles" => self.whole(value, 0..=MOST_ARTICLES, |most| {
                    retention.count = count(most);
                    special.retention = Some(retention);
                }),
                "keep-days" => self.whole(value, 0..=MOST_DAYS, |days| {
                    retention.days = some(days);
                    special.retention = Some(retention);
                }),
                _ => self.unknown("option", key, FEED),
            }
        }
        match (user, password) {
            (Some(user), password) => special.login = Some(Login { user, password: password.unwrap_or_default() }),
            (None, Some(_)) => {
                self.problem(value.span(), "this feed has a password but no user: add user = \"…\"".into())
            }
            (None, None) => {}
        }
        special.retention = special.retention.map(|_| retention);
        if !table.contains_key("url") {
            let message = "this feed has no url: add the address that `dateline list` shows, as url = \"…\"";
            self.problem(value.span(), message.into());
            return None;
        }
        Some(special)
    }

    fn text(&mut self, value: &Value) -> Option<String> {
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong_type(value, "a string in quotation marks");
        }
        text
    }

    /// A text that can be sent as the value of a header.
    fn header_text(&mut self, value: &Value) -> Option<String> {
        let text = self.text(value)?;
        if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return Some(text);
        }
        self.problem(value.span(), "only printable ASCII characters can be sent in a header".into());
        None
    }

    fn headers(&mut self, value: &Value) -> Vec<(String, String)> {
        let mut headers = Vec::new();
        let Some(table) = self.table(value) else { return headers };
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
            // These are the program's: with another value the connection or the answer would be wrong.
            let own =
                ["host", "connection", "content-length", "transfer-encoding", "accept-encoding", "te", "upgrade"];
            if name.is_empty() || !name.bytes().all(is_name) {
                self.problem(key.span(), format!("\"{name}\" is no name of a header: letters, digits and hyphens"));
            } else if own.iter().any(|own| name.eq_ignore_ascii_case(own)) {
                self.problem(key.span(), format!("the header \"{name}\" is set by dateline itself"));
            } else if let Some(value) = self.header_text(value) {
                headers.push((name.to_owned(), value));
            }
        }
        headers
    }

    /// The first line of the file that `value` names.
    fn secret(&mut self, value: &Value) -> Option<String> {
        let name = self.text(value)?;
        let path = match (name.strip_prefix("~/"), etcetera::home_dir()) {
            (Some(rest), Ok(home)) => home.join(rest),
            _ => PathBuf::from(&name),
        };
        match std::fs::read_to_string(&path) {
            Ok(text) => Some(text.lines().next().unwrap_or_default().to_owned()),
            Err(error) => {
                self.problem(value.span(), format!("cannot read the password from {name}: {error}"));
                None
            }
        }
    }

    /// Calls `set` with a whole number in `range`.
    fn whole(&mut self, value: &Value, range: RangeInclusive<u32>, set: impl FnOnce(u32)) {
        let Some(integer) = value.get_ref().as_integer() else {
            return self.wrong_type(value, "a whole number");
        };
        match u32::from_str_radix(integer.as_str(), integer.radix()) {
            Ok(number) if range.contains(&number) => set(number),
            _ => {
                let message = format!("{integer} is out of range: {} to {}", range.start(), range.end());
                self.problem(value.span(), message);
            }
        }
    }
}

fn of_minutes(minutes: u32) -> Duration {
    Duration::from_secs(u64::from(minutes) * 60)
}

fn some(number: u32) -> Option<u32> {
    Some(number).filter(|number| *number > 0)
}

fn count(number: u32) -> Option<usize> {
    some(number).map(|number| number as usize)
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::*;

    #[test]
    fn the_default_file_shows_every_option_of_a_feed() {
        for option in FEED {
            let shown = super::super::DEFAULT_FILE.lines().any(|line| line.starts_with(&format!("# {option} =")));
            assert!(shown, "config.toml does not show {option}");
        }
    }

    #[test]
    fn the_shown_feed_is_a_right_one() {
        let mut text = String::new();
        for line in super::super::DEFAULT_FILE.lines() {
            let rest = line.strip_prefix("# ").unwrap_or_default();
            if rest == "[[feed]]" || FEED.iter().any(|option| rest.starts_with(&format!("{option} ="))) {
                // Of the two ways to give a password only one may be used.
                if !rest.starts_with("password-file") {
                    text.push_str(&format!("{rest}\n"));
                }
            }
        }
        let config = Config::parse(&text).unwrap();
        assert_eq!(config.refresh.specials.len(), 1);
    }

    #[test]
    fn a_feed_has_what_is_said_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let secret = folder.path().join("secret");
        std::fs::write(&secret, "s3cret\nmore\n").unwrap();
        let text = format!(
            "[refresh]\ninterval = 0\njobs = 3\ntimeout = 10\nmax-size = 2\npause = 0\nuser-agent = \"x/1\"\nkeep-days = 9\n\
             [[feed]]\nurl = \"https://a.test/\"\nuser = \"me\"\npassword-file = '{}'\nheaders = {{ X-Key = \"1\" }}\n\
             full-text = true\ninterval = 5\nkeep-articles = 7\n[[feed]]\nurl = \"https://b.test/\"\n",
            secret.display()
        );
        let settings = Config::parse(&text).unwrap().refresh;
        assert_eq!((settings.jobs, settings.interval, settings.pause), (3, Duration::ZERO, Duration::ZERO));
        assert_eq!((settings.fetch.total, settings.fetch.body), (Duration::from_secs(10), 2 << 20));
        assert_eq!((settings.fetch.user_agent.as_str(), settings.retention.days), ("x/1", Some(9)));
        let special = settings.special("https://a.test").unwrap();
        assert_eq!(special.login, Some(Login { user: "me".into(), password: "s3cret".into() }));
        assert_eq!(special.headers, [("X-Key".to_owned(), "1".to_owned())]);
        assert_eq!((special.full_text, special.interval), (true, Some(Duration::from_secs(300))));
        assert_eq!(special.retention, Some(Retention { count: Some(7), days: None }));
        assert_eq!(settings.special("https://b.test/").unwrap().login, None);
        assert_eq!(settings.special("https://c.test/"), None);
    }
}
