//! Who made something, as feeds write it.

use super::text::{self, Kind};
use crate::text::Clean;

/// The name in `text`, else its address: `me@e.org (Name)`, `Name <me@e.org>`, `Name (me@e.org)`, `Name`.
pub(super) fn name(text: &str) -> Option<Clean> {
    let line = text::line(text.trim(), Kind::Guess);
    let text = line.as_str();
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let name = match inside(text, '<', '>').or_else(|| inside(text, '(', ')')) {
        Some((outside, inner)) if is_address(inner) && !outside.is_empty() => outside,
        Some((outside, inner)) if is_address(outside) || outside.is_empty() => inner,
        _ => text,
    };
    let name = name.trim().trim_matches('"').trim();
    (!name.is_empty()).then(|| Clean::line(name))
}

/// Whether `text` is an address of electronic mail.
pub(super) fn is_address(text: &str) -> bool {
    let text = text.trim();
    text.contains('@') && !text.contains(char::is_whitespace)
}

/// What stands before the brackets at the end of `text`, and what is in them.
fn inside(text: &str, open: char, close: char) -> Option<(&str, &str)> {
    let (outside, inner) = text.strip_suffix(close)?.split_once(open)?;
    Some((outside.trim(), inner.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_beside_addresses() {
        for (text, expected) in [
            ("me@e.org (Ada Vane)", "Ada Vane"),
            ("Ada Vane <me@e.org>", "Ada Vane"),
            ("Ada Vane (me@e.org)", "Ada Vane"),
            ("\"Ada Vane\" <me@e.org>", "Ada Vane"),
            ("<me@e.org>", "me@e.org"),
            ("me@e.org", "me@e.org"),
            ("mailto:me@e.org", "me@e.org"),
            ("Ada Vane (Harbour Post)", "Ada Vane (Harbour Post)"),
            ("Ada &amp; Co", "Ada & Co"),
        ] {
            assert_eq!(name(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(name(" "), None);
    }
}
