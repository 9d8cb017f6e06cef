//! Addresses as they may be shown.

use std::borrow::Cow;

/// `address` without the password in it: `https://me:…@example.org/feed`. Also of what is no right address, as people
/// mistype theirs and messages quote them.
pub fn masked(address: &str) -> Cow<'_, str> {
    let start = address.find("://").map_or(0, |at| at + "://".len());
    let rest = &address[start..];
    let authority = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let colon = rest.find(':');
    // A password with a slash in it seems to begin a path. A port has only digits.
    let is_port = |colon: usize| {
        let port = rest.get(colon + 1..authority).unwrap_or_default();
        !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())
    };
    let end = match (rest[..authority].rfind('@'), colon) {
        (Some(at), _) => at,
        (None, Some(colon)) if colon < authority && !is_port(colon) => match rest[..word].rfind('@') {
            Some(at) => at,
            None => return Cow::Borrowed(address),
        },
        _ => return Cow::Borrowed(address),
    };
    match colon {
        Some(colon) if colon + 1 < end => {
            Cow::Owned(format!("{}:…{}", &address[..start + colon], &address[start + end..]))
        }
        _ => Cow::Borrowed(address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_shown() {
        for (address, shown) in [
            ("https://me:secret@example.org/feed", "https://me:…@example.org/feed"),
            ("https://me:sec:r@et@example.org:8080/feed?a=b@c", "https://me:…@example.org:8080/feed?a=b@c"),
            ("https://:secret@example.org", "https://:…@example.org"),
            ("me:secret@example.org/feed", "me:…@example.org/feed"),
            ("https://me:sec/ret@example.org/feed", "https://me:…@example.org/feed"),
            ("http://me:pä£ss@[::1]:80/", "http://me:…@[::1]:80/"),
        ] {
            assert_eq!(masked(address), shown);
        }
    }

    #[test]
    fn all_else_stays_as_it_is() {
        for address in [
            "https://example.org/feed",
            "https://example.org:8080/@me:you",
            "https://me@example.org/",
            "https://me:@example.org/",
            "https://example.org/a?b=c:d@e",
            "example.org:80/feed@home",
            "",
            "://",
            "@",
            ":",
            "no address at all",
        ] {
            assert_eq!(masked(address), address);
        }
    }
}
