//! What formats of references ask of an article: a key, addresses that hold, the day of access.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use unicode_normalization::UnicodeNormalization;

use super::Entry;
use crate::model::Article;
use crate::text::Clean;

/// Letters of the source's name in a key.
const MOST_LETTERS: usize = 16;

/// A key that no other article of the library has, and that stays the same: `steppewire2026-17`.
pub(super) fn key(article: &Article) -> String {
    let source = article.source.as_deref().unwrap_or_default();
    let letters = source.nfd().filter(char::is_ascii_alphanumeric).take(MOST_LETTERS);
    let mut key: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    // A key that begins with a digit is none for all programs.
    if !key.starts_with(|c: char| c.is_ascii_alphabetic()) {
        key.insert_str(0, "article");
    }
    if let Some(date) = article.date {
        key.push_str(&date.year().to_string());
    }
    let is_number = !article.id.is_empty() && article.id.bytes().all(|byte| byte.is_ascii_digit());
    let number = if is_number { article.id.to_string() } else { hex(&article.id, 16) };
    format!("{key}-{number}")
}

/// The day on which the article came into the library, which is when its text was accessed.
pub(super) fn accessed(entry: &Entry<'_>) -> Option<Date> {
    entry.filing.added.map(|moment| moment.to_zoned(TimeZone::UTC).date())
}

/// Names that say something, on one line each.
pub(super) fn authors(article: &Article) -> Vec<Clean> {
    article.authors.iter().map(|name| Clean::line(name)).filter(|name| !name.is_empty()).collect()
}

/// The headline on one line.
pub(super) fn title(article: &Article) -> Clean {
    article.title.as_deref().map(Clean::line).filter(|title| !title.is_empty()).unwrap_or(Clean::literal("Untitled"))
}

fn hex(words: &str, digits: usize) -> String {
    let mut hex = blake3::hash(words.as_bytes()).to_hex().to_string();
    hex.truncate(digits);
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(id: &str, source: &str, url: &str) -> Article {
        Article {
            id: Clean::line(id),
            source: Some(Clean::line(source)),
            url: Some(Clean::line(url)),
            ..Article::default()
        }
    }

    #[test]
    fn keys_are_plain_and_told_apart_by_the_article() {
        let dated = Article { date: Some(Date::constant(2026, 5, 21)), ..article("17", "Steppe Wire", "") };
        assert_eq!(key(&dated), "steppewire2026-17");
        assert_eq!(key(&article("3", "Écho d'Été", "")), "echodete-3");
        assert_eq!(key(&article("3", "日本", "")), "article-3");
        assert_eq!(key(&article("4", "20 Minutes of the World's News", "")), "article20minutesofthewo-4");
        let by_path = key(&article("a b/{c}.txt", "", ""));
        assert!(by_path.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{by_path}");
    }

    #[test]
    fn addresses_are_those_of_the_web() {
        let of = |url: &str| article("1", "", url).address();
        assert_eq!(
            of("https://example.org/a b?q={x}|\"").as_deref(),
            Some("https://example.org/a%20b?q=%7Bx%7D%7C%22")
        );
        assert_eq!(of("javascript:alert(1)"), None);
        assert_eq!(of("file:///etc/passwd"), None);
        assert_eq!(of("no address"), None);
        let iri = article("1", "", "no address").iri();
        assert!(iri.starts_with("urn:uuid:") && iri.len() == 45 && iri.as_bytes()[23] == b'8', "{iri}");
    }
}
