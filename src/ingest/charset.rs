//! Bytes into characters.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

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
    let encoding = Encoding::for_label_no_replacement(&label[..end])?;
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
        // The byte order mark is not part of the text.
        let text = text.enumerate().filter(|(at, c)| *at > 0 || *c != '\u{feff}').map(|(_, c)| c);
        text.chain((!rest.is_empty()).then_some(char::REPLACEMENT_CHARACTER)).collect()
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

/// The text of an answer.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    /// Borrowed where the bytes are UTF-8.
    pub text: Cow<'a, str>,
    /// What it was read as, by the name of the Encoding Standard.
    pub name: &'static str,
    /// Whether some bytes meant nothing.
    pub has_errors: bool,
}

/// The text of an answer of which the server said `content_type`: by its byte order mark, by what the server and the text
/// say of it, and else by the look of it. What is said counts only as far as the bytes bear it out: text that is UTF-8 is
/// hardly ever anything else.
pub(super) fn decode_answer<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Decoded<'a> {
    if let Some(wide) = unmarked_utf32(bytes).or_else(|| wide(bytes)) {
        let text = decode_wide(bytes, wide);
        let has_errors = text.contains(char::REPLACEMENT_CHARACTER);
        return Decoded { text: text.into(), name: wide.name(), has_errors };
    }
    let (bytes, is_marked) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (rest, true),
        None => (bytes, false),
    };
    let from_server = content_type.and_then(server_charset);
    let said = from_server.or_else(|| declared_by_itself(bytes)).filter(|_| !is_marked);
    let is_shift_encoding = said == Some(ISO_2022_JP);
    if let (Ok(text), false) = (str::from_utf8(bytes), is_shift_encoding) {
        let said = match content_type {
            // Text that says nothing is ASCII, and ASCII bytes are.
            Some(kind) if from_server.is_none() && is_text(kind) && !is_marked => Some(WINDOWS_1252),
            _ => said,
        };
        if text.is_ascii() {
            return Decoded { text: text.into(), name: said.unwrap_or(UTF_8).name(), has_errors: false };
        }
        return Decoded { text: text.into(), name: UTF_8.name(), has_errors: false };
    }
    // Any bytes are text in an encoding with one byte a character, so that it is easily said in error.
    let may_be_wrong = said.is_none_or(|said| said == UTF_8 || said.is_single_byte());
    if is_marked || may_be_wrong && is_damaged_utf8(bytes) {
        return Decoded { text: mixed(bytes).into(), name: UTF_8.name(), has_errors: true };
    }
    let encoding = said.filter(|&said| said != UTF_8).unwrap_or_else(|| guess(bytes));
    let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, name: encoding.name(), has_errors }
}

/// The text of a page of the web of which the server said `content_type`. What the server says comes before what the page
/// says, but for UTF-8, which is said of pages in any encoding and is told by the bytes.
pub(super) fn decode_page(bytes: &[u8], content_type: Option<&str>) -> String {
    match content_type.and_then(server_charset).filter(|encoding| *encoding != UTF_8) {
        Some(_) => decode_answer(bytes, content_type).text.into_owned(),
        None => decode(bytes.to_vec(), Some(Format::Html)),
    }
}

/// What a feed says in its XML declaration, or a page anywhere in its head. What else stands in a feed may speak of other
/// texts.
fn declared_by_itself(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.trim_ascii_start();
    if start.starts_with(b"<?xml") {
        let end = start.iter().take(400).position(|byte| *byte == b'>').unwrap_or(0);
        if has(&start[..end], b"encoding") {
            return declared(&start[..=end]);
        }
    }
    let head = start[..start.len().min(4096)].to_ascii_lowercase();
    if has(&head, b"<html") || has(&head, b"<head") { declared(start) } else { None }
}

/// UTF-8 with bytes in it that are not: a byte that stands alone is taken for one of Windows-1252.
fn mixed(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut end = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let invalid = chunk.invalid();
        end += chunk.valid().len() + invalid.len();
        match invalid {
            [] => (),
            [_] if end < bytes.len() => text.push_str(&WINDOWS_1252.decode_without_bom_handling(invalid).0),
            _ => text.push(char::REPLACEMENT_CHARACTER),
        }
    }
    text
}

/// The charset in a `Content-Type`.
fn server_charset(content_type: &str) -> Option<&'static Encoding> {
    let parameters = content_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let (_, label) = parameters.into_iter().find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    let label = label.trim().trim_matches(['"', '\'']);
    // What is said to be UTF-16 and does not look it is ASCII at least.
    Encoding::for_label_no_replacement(label.as_bytes())
        .filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE)
}

fn is_text(content_type: &str) -> bool {
    content_type.trim_start().get(..5).is_some_and(|start| start.eq_ignore_ascii_case("text/"))
}

/// UTF-32 without a byte order mark, by its first character, which is one of ASCII in every format.
fn unmarked_utf32(bytes: &[u8]) -> Option<Wide> {
    match bytes {
        [0, 0, 0, 1..=0x7f, 0, 0, 0, ..] => Some(Wide::Utf32Be),
        [1..=0x7f, 0, 0, 0, 1..=0x7f, 0, 0, 0, ..] => Some(Wide::Utf32Le),
        _ => None,
    }
}

impl Wide {
    fn name(self) -> &'static str {
        match self {
            Wide::Utf16Le => "UTF-16LE",
            Wide::Utf16Be => "UTF-16BE",
            Wide::Utf32Le => "UTF-32LE",
            Wide::Utf32Be => "UTF-32BE",
        }
    }
}
