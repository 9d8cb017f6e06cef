//! What the headers of an answer say.

use std::time::Duration;

use jiff::Timestamp;
use ureq::http::HeaderMap;

use super::error::Wait;

/// The longest value that is kept and sent back, in bytes.
const LONGEST: usize = 1024;

/// The value of `name`, if it is one line of printable characters; others are as if they were not there.
pub(super) fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.as_bytes().trim_ascii();
    if value.is_empty() || value.len() > LONGEST {
        return None;
    }
    let text: String = match std::str::from_utf8(value) {
        Ok(text) => text.to_owned(),
        // The old way: one byte, one character.
        Err(_) => value.iter().map(|&byte| char::from(byte)).collect(),
    };
    (!text.contains(char::is_control)).then_some(text)
}

/// All values of `name`, joined as if they were one.
pub(super) fn list(headers: &HeaderMap, name: &str) -> String {
    let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    values.collect::<Vec<_>>().join(",")
}

/// A value that may be sent back as it is: printable ASCII.
pub(super) fn validator(headers: &HeaderMap, name: &str) -> Option<String> {
    text(headers, name).filter(|value| value.bytes().all(|byte| matches!(byte, 0x20..0x7f)))
}

/// When a server says to come back.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Wait> {
    let value = text(headers, "retry-after")?;
    if value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Wait::For(Duration::from_secs(value.parse().unwrap_or(u64::MAX))));
    }
    http_date(&value).map(Wait::Until)
}

/// How long an answer stays fresh.
pub(super) fn max_age(headers: &HeaderMap) -> Option<Duration> {
    let control = list(headers, "cache-control").to_ascii_lowercase();
    let mut age = None;
    for part in control.split(',').map(str::trim) {
        match part.split_once('=') {
            Some(("max-age", seconds)) => {
                age = seconds.trim().trim_matches('"').parse().ok().map(Duration::from_secs);
            }
            None if matches!(part, "no-cache" | "no-store") => return None,
            _ => {}
        }
    }
    age
}

/// A date as HTTP writes it (RFC 9110, 5.6.7), the preferred form only.
fn http_date(value: &str) -> Option<Timestamp> {
    jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_timestamp(value).ok()
}

#[cfg(test)]
mod tests {
    use ureq::http::HeaderValue;

    use super::*;

    fn headers(pairs: &[(&'static str, &[u8])]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            map.append(*name, HeaderValue::from_bytes(value).unwrap());
        }
        map
    }

    #[test]
    fn waiting_is_told_in_seconds_or_as_a_date() {
        let wait = |value: &str| retry_after(&headers(&[("retry-after", value.as_bytes())]));
        assert_eq!(wait("120"), Some(Wait::For(Duration::from_secs(120))));
        assert_eq!(
            wait("99999999999999999999999"),
            Some(Wait::For(Duration::MAX.min(Duration::from_secs(u64::MAX))))
        );
        assert_eq!(wait("Wed, 21 Oct 2026 07:28:00 GMT"), Some(Wait::Until("2026-10-21T07:28:00Z".parse().unwrap())));
        assert_eq!(wait("soon"), None);
        assert_eq!(wait("-5"), None);
    }

    #[test]
    fn freshness_is_what_max_age_says_unless_it_may_not_be_kept() {
        let age = |value: &str| max_age(&headers(&[("cache-control", value.as_bytes())]));
        assert_eq!(age("public, Max-Age=300"), Some(Duration::from_secs(300)));
        assert_eq!(age("max-age=300, no-cache"), None);
        assert_eq!(age("private"), None);
    }

    #[test]
    fn validators_that_could_not_be_sent_back_are_dropped() {
        assert_eq!(validator(&headers(&[("etag", b"\"a b\"")]), "etag").as_deref(), Some("\"a b\""));
        assert_eq!(validator(&headers(&[("etag", b"\"\xc3\xa4\"")]), "etag"), None);
        assert_eq!(validator(&headers(&[("etag", &[b'x'; 2000])]), "etag"), None);
        assert_eq!(text(&headers(&[("x", b"caf\xe9")]), "x").as_deref(), Some("café"));
    }
}
