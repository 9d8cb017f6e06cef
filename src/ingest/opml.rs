//! OPML 2.0: lists of feeds, read as they are and written as they should be.
//!
//! Every attribute of an outline is kept, and what its prefix stands for, so that what is read and written again says the
//! same. Of the head only the title is kept, and of folders in the library nothing but their names: two of one name in one
//! place are one there, and feeds within a feed stand beside it. What a list could do harm with is not taken: commands and
//! files as addresses, filters that other readers run.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::charset;
pub use super::outline::{Outline, Outlines};
use super::outline::{Refused, address};
use super::xml::{Reader, Tag, Token};

/// Folders within folders; what is deeper is put into the last.
const DEEPEST: usize = 64;
/// Outlines of a list.
const MOST: usize = 200_000;
/// Bytes of one value.
const LONGEST: usize = 64 << 10;

/// Why bytes are no list of feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoList {
    /// There is no `opml` element and no outline.
    #[error("this is no OPML list; name a file that a feed reader exported")]
    NotOpml,
    /// It ends in the middle of an outline.
    #[error("the list is cut off in the middle; nothing was taken, export it anew")]
    Cut,
    /// More outlines than anybody reads.
    #[error("the list has more than {MOST} entries; nothing was taken, divide it")]
    TooLong,
}

/// The list in `bytes`.
///
/// # Errors
/// If there is none, or not a whole one.
pub fn read(bytes: &[u8]) -> Result<Outlines, NoList> {
    let decoded = charset::decode_answer(bytes, None);
    let mut reader = Reader::new(&decoded.text);
    let mut list = Outlines::default();
    let mut refused = Refused::default();
    // What is open, the outermost first; `None`: put into what is around it.
    let mut open: Vec<Option<Outline>> = Vec::new();
    // How many outlines are open within the innermost of these.
    let mut deeper = 0;
    let mut declared: HashMap<String, String> = HashMap::new();
    let (mut is_opml, mut in_title, mut count, mut flattened) = (false, false, 0, 0);
    while let Some(token) = reader.next() {
        match token {
            Token::Start(tag) if local(tag.name()).eq_ignore_ascii_case("outline") => {
                count += 1;
                if count > MOST {
                    return Err(NoList::TooLong);
                }
                declare(&reader, &tag, &mut declared);
                let outline = outline(&reader, &tag, &declared, &mut refused);
                if tag.closes_itself() {
                    put(outline, &mut open, &mut list);
                } else if open.len() >= DEEPEST {
                    flattened += 1;
                    deeper += 1;
                    if outline.as_ref().is_some_and(|outline| outline.url.is_some()) {
                        put(outline, &mut open, &mut list);
                    }
                } else {
                    open.push(outline);
                }
            }
            Token::Start(tag) => {
                declare(&reader, &tag, &mut declared);
                let name = local(tag.name()).to_ascii_lowercase();
                is_opml |= name == "opml";
                in_title = name == "title" && open.is_empty() && !tag.closes_itself();
            }
            Token::End(name) if local(name).eq_ignore_ascii_case("outline") && deeper > 0 => deeper -= 1,
            Token::End(name) if local(name).eq_ignore_ascii_case("outline") => {
                if let Some(outline) = open.pop() {
                    put(outline, &mut open, &mut list);
                }
            }
            Token::End(_) => in_title = false,
            Token::Text(text) if in_title => reader.decode_into(text, list.title.get_or_insert_default()),
            Token::CData(text) if in_title => list.title.get_or_insert_default().push_str(text),
            Token::Text(_) | Token::CData(_) => {}
        }
    }
    if reader.is_cut() {
        return Err(NoList::Cut);
    }
    while let Some(outline) = open.pop() {
        put(outline, &mut open, &mut list);
    }
    if !is_opml && count == 0 {
        return Err(NoList::NotOpml);
    }
    list.title = list.title.map(|title| title.trim().to_owned()).filter(|title| !title.is_empty());
    if flattened > 0 {
        refused
            .add(&format!("{flattened} folders"), "they are nested too deep; what was in them is in the outer one");
    }
    list.notices = refused.into_notices();
    Ok(list)
}

/// Puts `outline` where it belongs.
fn put(outline: Option<Outline>, open: &mut [Option<Outline>], list: &mut Outlines) {
    let Some(outline) = outline else { return };
    match open.iter_mut().rev().find_map(Option::as_mut) {
        Some(parent) => parent.items.push(outline),
        None => list.items.push(outline),
    }
}

/// Notes what the prefixes stand for that a tag declares.
fn declare(reader: &Reader, tag: &Tag, declared: &mut HashMap<String, String>) {
    /// Bytes of what a prefix stands for.
    const LONGEST: usize = 256;
    /// Prefixes of a list.
    const MOST: usize = 1000;
    for (name, raw) in tag.attributes() {
        let Some(prefix) = name.strip_prefix("xmlns:").filter(|prefix| is_part(prefix) && !is_reserved(prefix))
        else {
            continue;
        };
        let value = reader.decode(raw);
        if !value.is_empty() && value.len() <= LONGEST && (declared.len() < MOST || declared.contains_key(prefix)) {
            declared.insert(prefix.to_owned(), value.into_owned());
        }
    }
}

/// Adds what the prefixes of an outline's attributes stand for: it stays with them wherever they are kept.
fn add_declarations(outline: &mut Outline, declared: &HashMap<String, String>) {
    let prefixes: BTreeSet<&str> = prefixes(outline).collect();
    let found: Vec<(String, String)> = prefixes
        .into_iter()
        .filter_map(|prefix| Some((format!("xmlns:{prefix}"), declared.get(prefix)?.clone())))
        .collect();
    outline.attributes.extend(found);
}

/// The prefixes in the names of an outline's attributes.
fn prefixes(outline: &Outline) -> impl Iterator<Item = &str> {
    let prefix = |(name, _): &'_ (String, String)| Some(name.split_once(':')?.0.len());
    outline
        .attributes
        .iter()
        .filter_map(move |pair| Some(&pair.0[..prefix(pair)?]))
        .filter(|prefix| !is_reserved(prefix))
}

fn is_reserved(prefix: &str) -> bool {
    matches!(prefix, "xml" | "xmlns")
}

/// `None`: it is refused.
fn outline(reader: &Reader, tag: &Tag, declared: &HashMap<String, String>, refused: &mut Refused) -> Option<Outline> {
    let mut outline = Outline::default();
    for (name, raw) in tag.attributes() {
        let value = reader.decode(raw);
        if outline.attribute(name).is_some() || value.len() > LONGEST || !is_name(name) {
            continue;
        }
        // newsboat and liferea run what these say.
        if ["filtercmd", "command"].iter().any(|command| local(name).eq_ignore_ascii_case(command)) {
            refused.add(&format!("\"{name}\" of an entry"), "it would run a command");
            continue;
        }
        outline.attributes.push((name.to_owned(), value.into_owned()));
    }
    add_declarations(&mut outline, declared);
    let kind = outline.attribute("type").unwrap_or_default().to_ascii_lowercase();
    // A link or an inclusion names a page or a list, not a feed.
    let is_feed = !matches!(kind.as_str(), "link" | "include");
    let written = ["xmlurl", "url"].iter().find_map(|key| {
        outline.attribute(key).map(str::trim).filter(|value| !value.is_empty() && (is_feed || *key == "xmlurl"))
    });
    match written.map(address) {
        Some(Ok(url)) => outline.url = Some(url),
        Some(Err(why)) => {
            let what = outline.name().or(written).unwrap_or_default().to_owned();
            refused.add(&what, why);
            // As a folder it still holds what is in it.
            if tag.closes_itself() {
                return None;
            }
            outline.attributes.retain(|(key, _)| !["xmlurl", "url"].iter().any(|url| key.eq_ignore_ascii_case(url)));
        }
        None if !is_feed && tag.closes_itself() => {
            refused.add(outline.name().unwrap_or("a link"), "it is a link, not a feed");
            return None;
        }
        None => {}
    }
    Some(outline)
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Whether an attribute may be called so in what is written.
fn is_name(name: &str) -> bool {
    // A prefix has to be declared, and the declaration is kept apart.
    name.len() < 200 && !name.starts_with("xmlns") && name.matches(':').count() <= 1 && name.split(':').all(is_part)
}

/// Whether this may stand before or behind the colon in a name.
fn is_part(name: &str) -> bool {
    let is_first = |c: char| c.is_ascii_alphabetic() || c == '_' || c.is_alphabetic();
    let is_next = |c: char| is_first(c) || c.is_ascii_digit() || matches!(c, '-' | '.');
    name.starts_with(is_first) && name.chars().all(is_next)
}

/// `list` as OPML 2.0.
pub fn write(list: &Outlines) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\"");
    let mut declared = BTreeMap::new();
    collect_declarations(&list.items, &mut declared);
    for (prefix, stands_for) in &declared {
        out.push_str(&format!(" xmlns:{prefix}=\""));
        escape(stands_for, &mut out);
        out.push('"');
    }
    out.push_str(">\n  <head>\n    <title>");
    escape(list.title.as_deref().unwrap_or("Subscriptions"), &mut out);
    out.push_str("</title>\n  </head>\n  <body>\n");
    for item in &list.items {
        write_outline(item, 2, &declared, &mut out);
    }
    out.push_str("  </body>\n</opml>\n");
    out
}

/// What the prefixes in a list stand for, by the first outline that says it. What nothing says is a name of its own.
fn collect_declarations(items: &[Outline], into: &mut BTreeMap<String, String>) {
    for item in items {
        for prefix in prefixes(item) {
            if !into.contains_key(prefix) {
                let said = item.attribute(&format!("xmlns:{prefix}"));
                into.insert(prefix.to_owned(), said.map_or_else(|| format!("urn:{prefix}"), str::to_owned));
            }
        }
        collect_declarations(&item.items, into);
    }
}

fn write_outline(outline: &Outline, depth: usize, declared: &BTreeMap<String, String>, out: &mut String) {
    let indent = "  ".repeat(depth);
    out.push_str(&indent);
    out.push_str("<outline");
    // OPML wants a text.
    if outline.attribute("text").is_none() {
        out.push_str(" text=\"");
        escape(outline.name().or(outline.url.as_deref()).unwrap_or_default(), out);
        out.push('"');
    }
    for (name, value) in &outline.attributes {
        // Said once for the whole list.
        if name.strip_prefix("xmlns:").is_some_and(|prefix| declared.get(prefix) == Some(value)) {
            continue;
        }
        out.push_str(&format!(" {name}=\""));
        escape(value, out);
        out.push('"');
    }
    if outline.items.is_empty() {
        out.push_str("/>\n");
        return;
    }
    out.push_str(">\n");
    for item in &outline.items {
        write_outline(item, depth + 1, declared, out);
    }
    out.push_str(&indent);
    out.push_str("</outline>\n");
}

/// Adds `text` as the value of an attribute. Characters that XML cannot hold are left out.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", u32::from(c))),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(items: &[Outline]) -> String {
        items
            .iter()
            .map(|item| match (&item.url, item.items.as_slice()) {
                (None, inner) => format!("{}({})", item.name().unwrap_or_default(), names(inner)),
                (Some(url), _) => format!("{url} "),
            })
            .collect()
    }

    const WHOLE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0" xmlns:a="urn:forumzilla:">
  <head>
    <title>Mine &amp; yours</title>
  </head>
  <body>
    <outline text="World">
      <outline text="Asia" isOpen="true">
        <outline type="rss" text="A &quot;B&quot; &lt;C&gt;" title="Ä ö" xmlUrl="https://a.test/?x=1&amp;y=2" htmlUrl="https://a.test/" category="/x,y" a:b="c"/>
      </outline>
      <outline text="two&#10;lines" xmlUrl="http://b.test/"/>
    </outline>
    <outline text="Empty"/>
    <outline text="last" xmlUrl="https://c.test/"/>
  </body>
</opml>
"#;

    #[test]
    fn what_is_read_and_written_again_says_the_same() {
        let list = read(WHOLE.as_bytes()).unwrap();
        assert_eq!(names(&list.items), "World(Asia(https://a.test/?x=1&y=2 )http://b.test/ )Empty()https://c.test/ ");
        assert_eq!(list.title.as_deref(), Some("Mine & yours"));
        assert_eq!(list.notices, []);
        let written = write(&list);
        assert_eq!(read(written.as_bytes()).unwrap(), list);
        assert_eq!(written, WHOLE);
    }

    #[test]
    fn what_is_written_is_well_formed() {
        let text = "<opml><outline text='A' a:='1' b:1='2' :c='3' d:e:f='4' g:h='5' xmlns:i='urn:i' xmlUrl='http://a.test/'/>\
            <outline text='B' xmlns:g='urn:other' g:h='6' xmlUrl='http://b.test/'/></opml>";
        let written = write(&read(text.as_bytes()).unwrap());
        for bad in ["a:=", "b:1", " :c", "d:e:f", "xmlns:i"] {
            assert!(!written.contains(bad), "{bad} in {written}");
        }
        assert!(written.contains("<opml version=\"2.0\" xmlns:g=\"urn:g\">"), "{written}");
        assert!(written.contains("g:h=\"6\"") && written.contains("xmlns:g=\"urn:other\""), "{written}");
    }

    #[test]
    fn lists_with_mistakes_are_read() {
        for (text, expected) in [
            ("<opml><outline text=\"a & b\" xmlUrl=\"http://a.test/?x&y\"/></opml>", "http://a.test/?x&y "),
            (
                "<OPML><BODY><OUTLINE TEXT='f'><outline XMLURL=http://a.test/x></OUTLINE></BODY></OPML>",
                "f(http://a.test/x )",
            ),
            ("<outline type=rss url='http://a.test/'/>", "http://a.test/ "),
            ("<opml><body><outline text=\"open\"><outline xmlUrl=\"http://a.test/\"/>", "open(http://a.test/ )"),
            ("<opml version='1.0'></opml>", ""),
            ("<opml></outline><outline xmlUrl='http://a.test/'></outline></outline></opml>", "http://a.test/ "),
        ] {
            assert_eq!(names(&read(text.as_bytes()).unwrap().items), expected, "{text}");
        }
        assert_eq!(read(b"<html>no</html>"), Err(NoList::NotOpml));
        assert_eq!(read(b""), Err(NoList::NotOpml));
        assert_eq!(read(&WHOLE.as_bytes()[..WHOLE.find("a:b").unwrap()]), Err(NoList::Cut));
    }

    #[test]
    fn the_encoding_is_the_one_declared_or_marked() {
        let declared = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><opml><outline text=\"caf\xe9\" xmlUrl=\"http://a.test/\"/></opml>";
        assert_eq!(read(declared).unwrap().items[0].name(), Some("café"));
        let marked: Vec<u8> =
            "\u{feff}<opml><outline text='中'/></opml>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&marked).unwrap().items[0].name(), Some("中"));
    }

    #[test]
    fn commands_files_and_links_are_left_out_and_told() {
        let text = "<opml><outline text='A' xmlUrl='exec:touch /tmp/x'/><outline text='B' xmlUrl='|touch'/>\
             <outline text='C' xmlUrl='filter:rm:http://a.test/'/><outline text='D' xmlUrl='file:///etc/passwd'/>\
             <outline text='E' type='link' url='http://a.test/list.opml'/>\
             <outline text='F' xmlUrl='http://ok.test/' filtercmd='rm -r'/>\
             <outline text='G' xmlUrl='exec:x'><outline text='H' xmlUrl='http://in.test/'/></outline></opml>";
        let list = read(text.as_bytes()).unwrap();
        assert_eq!(names(&list.items), "http://ok.test/ G(http://in.test/ )");
        assert_eq!(list.notices.len(), 7);
        assert!(!write(&list).contains("exec:") && !write(&list).contains("rm -r"));
    }

    #[test]
    fn deep_and_endless_lists_end() {
        let deep = format!(
            "<opml>{}<outline xmlUrl='http://a.test/'/>{}",
            "<outline text='x'>".repeat(20_000),
            "</outline>".repeat(20_000)
        );
        let list = read(deep.as_bytes()).unwrap();
        assert_eq!((list.count(), list.notices.len()), (1, 1));
        // Feeds in what is too deep, and what comes behind it.
        let deep = format!(
            "<opml>{}{}{}<outline xmlUrl='http://b.test/'/></opml>",
            "<outline text='x'>".repeat(100_000),
            "<outline xmlUrl='http://a.test/'/>".repeat(90_000),
            "</outline>".repeat(100_000)
        );
        let list = read(deep.as_bytes()).unwrap();
        assert_eq!((list.count(), list.items.len()), (90_001, 2));
        assert_eq!(read("<outline/>".repeat(MOST + 1).as_bytes()), Err(NoList::TooLong));
        let laughs = "<!DOCTYPE opml [<!ENTITY a \"lollollol\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]><opml><outline text=\"&c;\"/></opml>";
        assert!(read(laughs.as_bytes()).is_ok());
    }
}
