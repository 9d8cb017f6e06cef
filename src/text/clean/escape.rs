//! Where a terminal escape sequence ends.

/// What stands at an escape introducer (ESC or a C1 control).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// A whole sequence of this many bytes.
    Whole(usize),
    /// A sequence that its text never finishes: only this many bytes introduce it, what follows is text.
    Unfinished(usize),
    /// A control character that begins nothing, of this many bytes.
    Lone(usize),
}

const ESC: u8 = 0x1b;
const BEL: u8 = 0x07;

/// Reads the 7-bit sequence at the start of `bytes`, whose first byte is ESC.
pub(super) fn after_esc(bytes: &[u8]) -> Found {
    match bytes.get(1) {
        Some(b'[') => control_sequence(bytes, 2),
        Some(b']') => control_string(bytes, 2, StringKind::Osc),
        Some(b'P') => control_string(bytes, 2, StringKind::Dcs),
        Some(b'X' | b'^' | b'_') => control_string(bytes, 2, StringKind::Other),
        Some(b' ') if is_lone_letter(bytes, 2) => Found::Whole(3),
        Some(0x21..=0x2f) => intermediates(bytes),
        Some(0x30..=0x7e) => Found::Whole(2),
        _ => Found::Lone(1),
    }
}

/// Reads the 8-bit sequence at the start of `bytes`, which begin with the two bytes of a C1 control in UTF-8.
pub(super) fn after_c1(bytes: &[u8]) -> Found {
    match bytes.get(1) {
        Some(0x9b) => control_sequence(bytes, 2),
        Some(0x9d) => control_string(bytes, 2, StringKind::Osc),
        Some(0x90) => control_string(bytes, 2, StringKind::Dcs),
        Some(0x98 | 0x9e | 0x9f) => control_string(bytes, 2, StringKind::Other),
        _ => Found::Lone(2),
    }
}

/// CSI: parameters, intermediates, one final byte.
fn control_sequence(bytes: &[u8], start: usize) -> Found {
    let mut at = start + run(bytes, start, 0x30..=0x3f);
    // ECMA-48 allows a blank before the final byte ("CSI 2 SP q" sets the cursor), but a blank and a word after a
    // cut sequence are text that must stay. A letter by itself after the blank is taken for the final byte.
    if bytes.get(at) == Some(&b' ') && is_lone_letter(bytes, at + 1) {
        return Found::Whole(at + 2);
    }
    at += run(bytes, at, 0x21..=0x2f);
    match bytes.get(at) {
        Some(0x40..=0x7e) => Found::Whole(at + 1),
        _ => Found::Unfinished(start),
    }
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum StringKind {
    Osc,
    Dcs,
    Other,
}

/// OSC, DCS, SOS, PM and APC: a string up to ST (`ESC \` or U+009C), or BEL as xterm has it. It must end on the line
/// where it began, and before the next control: otherwise a stray introducer could hide all that follows it, and
/// looking for its end again and again would cost quadratic time.
fn control_string(bytes: &[u8], start: usize, kind: StringKind) -> Found {
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            BEL => return Found::Whole(at + 1),
            ESC if bytes.get(at + 1) == Some(&b'\\') => return Found::Whole(at + 2),
            // tmux passes sequences through in a DCS string with every ESC doubled.
            ESC if kind == StringKind::Dcs
                && bytes.get(at + 1) == Some(&ESC)
                && bytes[start..].starts_with(b"tmux;") =>
            {
                match tmux_end(bytes, at) {
                    Some(end) => return Found::Whole(end),
                    None => return Found::Unfinished(start),
                }
            }
            0xc2 if bytes.get(at + 1) == Some(&0x9c) => return Found::Whole(at + 2),
            0xc2 if matches!(bytes.get(at + 1), Some(0x80..=0x9f)) => return Found::Unfinished(start),
            0x00..=0x08 | 0x0a..=0x1f | 0x7f => return Found::Unfinished(start),
            _ => at += 1,
        }
    }
    Found::Unfinished(start)
}

/// The end of a tmux pass-through string; the wrapped sequence is short in practice, so the search is bounded.
fn tmux_end(bytes: &[u8], from: usize) -> Option<usize> {
    const LONGEST: usize = 4096;
    let mut at = from;
    while at < from + LONGEST {
        match (*bytes.get(at)?, bytes.get(at + 1)) {
            (ESC, Some(&ESC)) => at += 2,
            (ESC, Some(b'\\')) => return Some(at + 2),
            (ESC | b'\n', _) => return None,
            _ => at += 1,
        }
    }
    None
}

/// Charset designations and the like: ESC, intermediates, one final byte.
fn intermediates(bytes: &[u8]) -> Found {
    let at = 1 + run(bytes, 1, 0x21..=0x2f);
    match bytes.get(at) {
        Some(0x30..=0x7e) => Found::Whole(at + 1),
        _ => Found::Unfinished(1),
    }
}

fn run(bytes: &[u8], from: usize, of: std::ops::RangeInclusive<u8>) -> usize {
    bytes.get(from..).unwrap_or_default().iter().take_while(|byte| of.contains(byte)).count()
}

/// Whether a final byte stands at `at` that does not begin a word.
fn is_lone_letter(bytes: &[u8], at: usize) -> bool {
    let behind = bytes.get(at + 1..bytes.len().min(at + 5)).unwrap_or_default();
    let next = behind.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next());
    matches!(bytes.get(at), Some(0x40..=0x7e)) && !next.is_some_and(|next| next.is_alphanumeric() || next == '\'')
}
