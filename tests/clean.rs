//! Nothing that could drive a terminal or hide text comes through cleaning; all else does.

#![allow(clippy::unwrap_used)]

use dateline::text::{CharOffsets, Removed, clean, clean_line, clean_owned};
use proptest::prelude::*;
use unicode_width::UnicodeWidthChar;

/// What must never come out, said in another way than the program says it.
fn forbidden(text: &str) -> Option<String> {
    let mut run = 0;
    for (at, c) in text.char_indices() {
        let code = c as u32;
        let is_bad = (c.is_control() && c != '\n' && c != '\t')
            || (0x202a..=0x202e).contains(&code)
            || (0x2066..=0x2069).contains(&code)
            || is_line_separator(c)
            || (0xfff9..=0xfffb).contains(&code)
            || code == 0xfeff
            || (0xe0000..=0xe007f).contains(&code)
            || (0xfdd0..=0xfdef).contains(&code)
            || code % 0x10000 >= 0xfffe;
        if is_bad {
            return Some(format!("U+{code:04X} at {at}"));
        }
        run = if c.width() == Some(0) { run + 1 } else { 0 };
        if run > 30 {
            return Some(format!("{run} marks in a row at {at}"));
        }
    }
    None
}

fn is_line_separator(c: char) -> bool {
    c == '\u{2028}' || c == '\u{2029}'
}

/// The text without what goes, for texts without introducers of escape sequences and with short runs of marks.
fn filtered(raw: &str) -> String {
    let raw = raw.replace("\r\n", "\n");
    let lines = raw.chars().map(|c| match c {
        '\r' | '\x0b' | '\x0c' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        other => other,
    });
    lines.filter(|c| forbidden(c.encode_utf8(&mut [0; 4])).is_none()).collect()
}

/// Every character of the clean text stands in the original where the map says, in bytes and in characters.
fn check_map(raw: &str) {
    let cleaned = clean(raw);
    let text = cleaned.text.as_str();
    let chars = CharOffsets::new(text, &cleaned.map);
    for (at, c) in text.char_indices() {
        let original = cleaned.map.to_original(at);
        let there = raw[original..].chars().next().unwrap();
        assert!(
            there == c || (c == '\n' && filtered(&there.to_string()) == "\n"),
            "{c:?} at {at} is {there:?} at {original}"
        );
        assert_eq!(cleaned.map.to_clean(original), at);
        let end = cleaned.map.to_original_end(at + c.len_utf8());
        assert_eq!(end, original + there.len_utf8(), "the end of {c:?} at {at} in {raw:?}");
        assert_eq!(chars.to_original(at), raw[..original].chars().count());
        assert_eq!(chars.to_original_end(at + c.len_utf8()), raw[..end].chars().count());
        assert_eq!(chars.in_clean(at), text[..at].chars().count());
    }
    assert_eq!(cleaned.map.to_clean(raw.len()), text.len());
    assert_eq!(cleaned.map.is_identity(), raw.len() == text.len());
}

/// What sequences are made of, and some text.
const PIECES: [&str; 48] = [
    "\x1b",
    "\x1b",
    "[",
    "]",
    "\u{9b}",
    "\u{9d}",
    "\u{90}",
    "\u{9c}",
    "\x07",
    "\\",
    "\x1b\\",
    "P",
    "_",
    "^",
    "X",
    "(",
    "0",
    ";",
    "?25",
    "m",
    "H",
    " ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\0",
    "\x7f",
    "\x0c",
    "\u{85}",
    "\u{2028}",
    "\u{202e}",
    "\u{2066}",
    "\u{200f}",
    "\u{200b}",
    "\u{301}",
    "\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}",
    "\u{feff}",
    "\u{e0041}",
    "\u{ffff}",
    "é",
    "漢",
    "سلام",
    "👩\u{200d}🚀",
    "word",
    "“Yes,”",
    "tmux;",
    "\u{99}",
];

fn nasty() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..80).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_forbidden_comes_out(raw in nasty()) {
        let cleaned = clean(&raw);
        prop_assert_eq!(forbidden(&cleaned.text), None);
        let again = clean(&cleaned.text);
        prop_assert_eq!(&again.text, &cleaned.text);
        prop_assert_eq!(again.removed, Removed::default());
        prop_assert_eq!(clean_owned(raw.clone()).text, cleaned.text);
        check_map(&raw);
    }

    #[test]
    fn nothing_else_is_taken(raw in "\\PC{0,40}[\\t\\n\\r\\x0b\\x0c\u{85}\u{2028}\u{202a}-\u{202e}a-zа-я]{0,40}") {
        prop_assume!(!raw.contains(|c: char| c == '\x1b' || ('\u{80}'..='\u{9f}').contains(&c) && c != '\u{85}'));
        let cleaned = clean(&raw);
        prop_assert_eq!(cleaned.text.as_str(), filtered(&raw));
        check_map(&raw);
    }

    #[test]
    fn any_text_is_made_safe(raw in any::<String>()) {
        prop_assert_eq!(forbidden(&clean(&raw).text), None);
        check_map(&raw);
    }
}

#[test]
fn every_character_by_itself() {
    for c in '\0'..=char::MAX {
        let raw = format!("a{c}b");
        let text = clean(&raw).text;
        let is_introducer = matches!(c, '\x1b' | '\u{9b}');
        assert_eq!(text.as_str(), if is_introducer { "a".to_owned() } else { filtered(&raw) }, "U+{:04X}", c as u32);
    }
}

#[test]
fn every_character_after_an_introducer_keeps_the_text_behind() {
    for c in '\0'..=char::MAX {
        for introducer in ["\x1b", "\x1b[", "\u{9b}", "\x1b]"] {
            let text = clean(&format!("before {introducer}{c} and after")).text;
            assert!(text.starts_with("before "), "{introducer:?} U+{:04X}: {text:?}", c as u32);
            assert!(text.ends_with(" and after"), "{introducer:?} U+{:04X}: {text:?}", c as u32);
            assert_eq!(forbidden(&text), None, "{introducer:?} U+{:04X}", c as u32);
        }
    }
}

#[test]
fn whole_sequences_leave_no_litter() {
    for sequence in [
        "\x1b[31m",
        "\x1b[38;2;1;2;3m",
        "\x1b[?1049h",
        "\x1b[>4;2m",
        "\x1b[2 q",
        "\x1b[!p",
        "\u{9b}0;1H",
        "\x1b]0;a title\x07",
        "\x1b]8;;file:///x\x1b\\",
        "\x1b]52;c;aGk=\u{9c}",
        "\u{9d}2;t\u{9c}",
        "\x1bP$qm\x1b\\",
        "\x1bPq#0;2~\x1b\\",
        "\u{90}x\u{9c}",
        "\x1bPtmux;\x1b\x1b]0;t\x07\x1b\\",
        "\x1b_Ga=T;AAAA\x1b\\",
        "\x1b^private\x1b\\",
        "\x1bXstart\x1b\\",
        "\x1bc",
        "\x1b7",
        "\x1b=",
        "\x1b(0",
        "\x1b)B",
        "\x1b%G",
        "\x1b#8",
        "\x1b F",
        "\x1bM",
        "\u{84}",
        "\x1b",
    ] {
        for (before, after) in [("one ", " two"), ("„", "”"), ("", "")] {
            let cleaned = clean(&format!("{before}{sequence}{after}"));
            assert_eq!(cleaned.text.as_str(), format!("{before}{after}"), "{sequence:?}");
            assert_eq!(cleaned.removed.total(), 1, "{sequence:?}");
        }
    }
}

#[test]
fn unfinished_sequences_lose_only_their_introducer() {
    for (raw, text) in [
        ("a \x1b[12; of text", "a 12; of text"),
        ("a \x1b]0;a title\nnext", "a 0;a title\nnext"),
        ("a \x1b]0;a \x1b[1mbold\x1b[0m end", "a 0;a bold end"),
        ("a \x1bPq and \x1b]2;t\x07more", "a q and more"),
        ("a \x1b (and) more", "a  (and) more"),
        ("a \u{9f}image\u{99} b", "a image b"),
        ("a \x1b[\x1b[31mred", "a red"),
    ] {
        assert_eq!(clean(raw).text.as_str(), text);
    }
}

#[test]
fn removals_are_counted_by_kind() {
    let raw = format!("a\x07b\x1b[1mc\u{202e}d\u{feff}e\u{301}{}\r\n\x0c", "\u{302}".repeat(40));
    let removed = clean(&raw).removed;
    assert_eq!(removed, Removed { controls: 1, escapes: 1, bidi: 1, marks: 1 + 11 });
}

#[test]
fn lines_ends_become_line_feeds_with_their_places() {
    let raw = "one\r\ntwo\rthree\u{2028}four\u{85}five";
    let cleaned = clean(raw);
    assert_eq!(cleaned.text.as_str(), "one\ntwo\nthree\nfour\nfive");
    assert_eq!(cleaned.removed, Removed::default());
    for word in ["one", "two", "three", "four", "five"] {
        let at = cleaned.text.find(word).unwrap();
        let original = raw.find(word).unwrap();
        assert_eq!(cleaned.map.to_original(at), original);
        assert_eq!(cleaned.map.to_original_end(at + word.len()), original + word.len());
    }
}

#[test]
fn span_around_a_removal_covers_it_and_neighbours_do_not() {
    let raw = "«Oui\x1b[0m» a dit";
    let cleaned = clean(raw);
    let (start, end) = (cleaned.text.find("Oui").unwrap(), cleaned.text.find('»').unwrap());
    let original = |start, end| &raw[cleaned.map.to_original(start)..cleaned.map.to_original_end(end)];
    assert_eq!(original(start, end), "Oui");
    assert_eq!(original(start, end + '»'.len_utf8()), "Oui\x1b[0m»");
}

#[test]
fn writing_systems_and_emoji_stay_whole() {
    for text in [
        "\u{200f}سَلَامٌ\u{200e} ok",
        "می\u{200c}خواهم",
        "क्षत्रिय",
        "ภาษาไทย",
        "한국어 ᄒᆞᆫ글",
        "👨\u{200d}👩\u{200d}👧\u{fe0f}",
        "1\u{fe0f}\u{20e3}",
        "葛\u{e0100}城",
        "\u{a0}\u{ad}—“”‘’«»…",
        "\u{e000}\u{10fffd}",
        "a\tb\n",
    ] {
        let cleaned = clean(text);
        assert_eq!(cleaned.text.as_str(), text);
        assert!(cleaned.map.is_identity());
    }
}

#[test]
fn clean_text_is_not_copied() {
    let raw = "Plain news — “with marks”. ".repeat(100);
    let place = raw.as_ptr();
    assert_eq!(clean_owned(raw).text.as_ptr(), place);
}

#[test]
fn floods_of_introducers_are_read_in_one_pass() {
    // With a search to the end of the text for each of them this would take hours.
    for introducer in ["\x1b]", "\x1bP", "\u{9d}", "\x1b[", "\x1b]x", "\x1bPtmux;\x1b\x1b", "\x1b("] {
        let cleaned = clean(&introducer.repeat(500_000));
        assert_eq!(forbidden(&cleaned.text), None);
    }
}

#[test]
fn one_line_has_single_blanks() {
    let mut removed = Removed::default();
    assert_eq!(clean_line(" Talks\r\n\topen \x1b[1min\u{2028}Oslo ", &mut removed).as_str(), "Talks open in Oslo");
    assert_eq!(removed.escapes, 1);
}
