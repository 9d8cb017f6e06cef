//! What an input is, by its name or by its content.

use std::path::Path;

use super::Fault;

/// The format of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text, with front matter or without.
    Plain,
    /// Markdown (CommonMark), with front matter or without.
    Markdown,
    /// HTML.
    Html,
    /// One JSON object a line.
    JsonLines,
    /// One JSON object, or an array of them.
    Json,
}

impl Format {
    /// The format that the extension of `path` names.
    pub fn of_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match extension.as_str() {
            "txt" | "text" => Format::Plain,
            "md" | "markdown" | "mkd" | "mdown" => Format::Markdown,
            "html" | "htm" | "xhtml" => Format::Html,
            "jsonl" | "ndjson" => Format::JsonLines,
            "json" => Format::Json,
            _ => return None,
        })
    }
}

/// Whether the first bytes of an input of unknown format are a JSON object that ends on its line. Only UTF-8 counts.
pub(super) fn is_json_lines(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let mut lines = head.splitn(2, |&byte| byte == b'\n');
    let first = lines.next().unwrap_or_default().trim_ascii_end();
    if !is_object_start(first) {
        return false;
    }
    // A first line longer than the bytes at hand is no pretty-printed document, whose first line is short.
    lines.next().is_none_or(|_| first.ends_with(b"}"))
}

/// Whether this begins like a JSON object: a brace, then a key, the end, or the line end of pretty-printed JSON.
fn is_object_start(text: &[u8]) -> bool {
    text.strip_prefix(b"{").is_some_and(|rest| matches!(rest.trim_ascii_start().first(), None | Some(b'"' | b'}')))
}

/// The format of a text by its beginning.
pub(super) fn sniff(text: &str) -> Format {
    let start = text.trim_start();
    if is_json_lines(first_bytes(start)) {
        return Format::JsonLines;
    }
    if is_object_start(start.as_bytes()) || is_array_of_objects(start) {
        return Format::Json;
    }
    if is_html(start) { Format::Html } else { Format::Plain }
}

fn first_bytes(text: &str) -> &[u8] {
    &text.as_bytes()[..text.len().min(16 << 10)]
}

fn is_array_of_objects(start: &str) -> bool {
    start.strip_prefix('[').is_some_and(|rest| is_object_start(rest.trim_start().as_bytes()))
}

/// Whether the text begins with a tag that begins pages.
fn is_html(start: &str) -> bool {
    let mut rest = start;
    // Comments and an XML declaration may come before it.
    while let Some(after) = skip(rest, "<!--", "-->").or_else(|| skip(rest, "<?xml", "?>")) {
        rest = after.trim_start();
    }
    const TAGS: [&str; 12] =
        ["!doctype html", "html", "head", "body", "meta", "title", "article", "main", "h1", "div", "p", "section"];
    rest.strip_prefix('<').is_some_and(|rest| {
        TAGS.iter().any(|tag| {
            rest.get(..tag.len()).is_some_and(|name| name.eq_ignore_ascii_case(tag))
                && rest[tag.len()..].starts_with(|c: char| c == '>' || c == '/' || c.is_ascii_whitespace())
        })
    })
}

fn skip<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    text.strip_prefix(open)?.split_once(close).map(|(_, after)| after)
}

/// Why these bytes hold no text, if they do not.
pub(super) fn unreadable(bytes: &[u8]) -> Option<Fault> {
    if bytes.is_empty() {
        return Some(Fault::Empty);
    }
    const MAGIC: [(&[u8], &str); 24] = [
        (b"\x89PNG\r\n", "a PNG image"),
        (b"\xff\xd8\xff", "a JPEG image"),
        (b"GIF87a", "a GIF image"),
        (b"GIF89a", "a GIF image"),
        (b"%PDF-", "a PDF document"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (b"BZh", "a bzip2 archive"),
        (b"\xfd7zXZ\0", "an xz archive"),
        (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
        (b"Rar!\x1a\x07", "a RAR archive"),
        (b"\x7fELF", "a program"),
        (b"\xcf\xfa\xed\xfe", "a program"),
        (b"\xca\xfe\xba\xbe", "a program"),
        (b"MZ\x90\0", "a program"),
        (b"\0asm", "a program"),
        (b"\xd0\xcf\x11\xe0", "an old office document"),
        (b"{\\rtf", "an RTF document"),
        (b"SQLite format 3\0", "a database"),
        (b"OggS", "a sound or video file"),
        (b"ID3", "a sound file"),
        (b"fLaC", "a sound file"),
        (b"\x1aE\xdf\xa3", "a video file"),
    ];
    if let Some((_, name)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        // "BZh" and "ID3" may begin a text; the rest of such a file would not be one.
        let is_text = magic_is_words(bytes) && std::str::from_utf8(bytes).is_ok();
        return (!is_text).then_some(Fault::Binary(name));
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12).is_some_and(|kind| matches!(kind, b"WEBP" | b"WAVE" | b"AVI "))
    {
        return Some(Fault::Binary("an image, sound or video file"));
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(Fault::Binary("an image, sound or video file"));
    }
    is_noise(&bytes[..bytes.len().min(64 << 10)]).then_some(Fault::Binary("binary data"))
}

fn magic_is_words(bytes: &[u8]) -> bool {
    [&b"BZh"[..], b"ID3", b"OggS", b"fLaC"].iter().any(|magic| bytes.starts_with(magic))
}

/// Whether the share of control characters is one that no text has in any encoding.
fn is_noise(head: &[u8]) -> bool {
    if super::charset::wide(head).is_some() {
        return false;
    }
    let nuls = head.iter().filter(|&&byte| byte == 0).count();
    if nuls * 10 > head.len() * 3 {
        return true;
    }
    let controls = head
        .iter()
        .filter(|&&byte| (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)) || byte == 0x7f)
        .count();
    // A cut character at the end of the head is no error.
    let is_utf8 = std::str::from_utf8(head).map_or_else(|error| error.error_len().is_none(), |_| true);
    !is_utf8 && controls * 20 > head.len()
}
