//! Bytes into characters.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use super::Format;

/// Encodings with more than one byte for every character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wide {
    Utf16Le,
    Utf16Be,
    Utf32Le,
    Utf32Be,
}

/// The text of `bytes`: by its byte order mark, as UTF-8 where it is that, by what an HTML page says of itself, and
/// else by the look of it. Bytes that mean nothing become U+FFFD. A byte order mark is not part of the text.
pub(super) fn decode(bytes: Vec<u8>, format: Option<Format>) -> String {
    if let Some(wide) = wide(&bytes) {
        return decode_wide(&bytes, wide);
    }
    let is_shifted = |bytes: &[u8]| bytes.is_ascii() && has(bytes, b"\x1b$B") | has(bytes, b"\x1b$@");
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if text.contains('\x1b') && is_shifted(text.as_bytes()) => {
            return ISO_2022_JP.decode_without_bom_handling(text.as_bytes()).0.into_owned();
        }
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            return text;
        }
        Err(error) => error.into_bytes(),
    };
    if bytes.starts_with(b"\xef\xbb\xbf") || is_damaged_utf8(&bytes) {
        return UTF_8.decode_with_bom_removal(&bytes).0.into_owned();
    }
    let declared = if matches!(format, None | Some(Format::Html)) { declared(&bytes) } else { None };
    let encoding = declared.filter(|&encoding| encoding != UTF_8).unwrap_or_else(|| guess(&bytes));
    encoding.decode_without_bom_handling(&bytes).0.into_owned()
}

/// Whether the bytes are UTF-8 with few mistakes: text in another encoding hardly ever forms a character of UTF-8.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in sample(bytes).utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample(bytes), true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Enough of `bytes` to tell their encoding: from a little before the first byte that is not ASCII.
fn sample(bytes: &[u8]) -> &[u8] {
    const BEFORE: usize = 64;
    const ENOUGH: usize = 64 << 10;
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let start = first.saturating_sub(BEFORE);
    &bytes[start..bytes.len().min(start + ENOUGH)]
}

/// What a page says of its own encoding in its first bytes: `charset=…` in a `meta` tag or `encoding="…"` in an XML
/// declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let after = ["charset", "encoding"].iter().find_map(|key| {
        let at = head.windows(key.len()).position(|window| window == key.as_bytes())? + key.len();
        head[at..].trim_ascii_start().strip_prefix(b"=")
    })?;
    let label = after.trim_ascii_start();
    let label = label.strip_prefix(b"\"").or_else(|| label.strip_prefix(b"'")).unwrap_or(label);
    let end =
        label.iter().position(|byte| matches!(byte, b'"' | b'\'' | b'>' | b'/' | b';' | b'?' | b' ' | b'\n'))?;
    let encoding = Encoding::for_label(&label[..end])?;
    // A page that could say this in ASCII is not UTF-16.
    if encoding == UTF_16LE || encoding == UTF_16BE { Some(UTF_8) } else { Some(encoding) }
}

/// The wide encoding of `bytes`, by its byte order mark or by where the NULs of Latin letters stand.
pub(super) fn wide(bytes: &[u8]) -> Option<Wide> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] => return Some(Wide::Utf32Le),
        [0, 0, 0xfe, 0xff, ..] => return Some(Wide::Utf32Be),
        [0xff, 0xfe, ..] => return Some(Wide::Utf16Le),
        [0xfe, 0xff, ..] => return Some(Wide::Utf16Be),
        _ => (),
    }
    let head = &bytes[..bytes.len().min(4096)];
    let pairs = head.chunks_exact(2);
    let all = pairs.len();
    let (mut high, mut low) = (0, 0);
    for pair in pairs {
        high += usize::from(pair[0] == 0 && pair[1] != 0);
        low += usize::from(pair[0] != 0 && pair[1] == 0);
    }
    // A third of the letters, spaces and signs is Latin in most writing; zero bytes elsewhere are a binary file's.
    if all >= 4 && low * 3 > all && high * 20 < all {
        Some(Wide::Utf16Le)
    } else if all >= 4 && high * 3 > all && low * 20 < all {
        Some(Wide::Utf16Be)
    } else {
        None
    }
}

fn decode_wide(bytes: &[u8], wide: Wide) -> String {
    let utf32 = |read: fn([u8; 4]) -> u32| {
        let (quads, rest) = bytes.as_chunks::<4>();
        let text = quads.iter().map(|quad| char::from_u32(read(*quad)).unwrap_or(char::REPLACEMENT_CHARACTER));
        text.skip(1).chain((!rest.is_empty()).then_some(char::REPLACEMENT_CHARACTER)).collect()
    };
    match wide {
        Wide::Utf16Le => UTF_16LE.decode_with_bom_removal(bytes).0.into_owned(),
        Wide::Utf16Be => UTF_16BE.decode_with_bom_removal(bytes).0.into_owned(),
        Wide::Utf32Le => utf32(u32::from_le_bytes),
        Wide::Utf32Be => utf32(u32::from_be_bytes),
    }
}

fn has(bytes: &[u8], sequence: &[u8]) -> bool {
    bytes.windows(sequence.len()).any(|window| window == sequence)
}
