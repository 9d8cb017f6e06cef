//! The `urls` file of newsboat and newsbeuter: a feed a line, with its tags.

use std::collections::HashMap;

use super::charset;
use super::opml::NoList;
use super::outline::{Outline, Outlines, Refused, address};

/// Lines of a list.
const MOST: usize = 200_000;

/// The list in `bytes`. The first tag of a feed becomes its folder, the others its categories. Lines that would run a
/// command are refused, queries have no meaning here; both are told.
///
/// # Errors
/// If the list is longer than anybody reads.
pub fn read(bytes: &[u8]) -> Result<Outlines, NoList> {
    let decoded = charset::decode_answer(bytes, None);
    let mut list = Outlines::default();
    let mut refused = Refused::default();
    let mut hidden = 0;
    let mut folders = HashMap::new();
    if decoded.text.lines().nth(MOST).is_some() {
        return Err(NoList::TooLong);
    }
    for line in decoded.text.lines().map(str::trim) {
        let mut words = words(line).into_iter();
        let Some(url) = words.next() else { continue };
        if url.starts_with("query:") {
            let name = url.split(':').nth(1).unwrap_or_default().to_owned();
            refused.add(&format!("the query \"{name}\""), "searches are not imported");
            continue;
        }
        match address(&url) {
            Ok(url) => hidden += usize::from(add(&mut list, &mut folders, url, words)),
            Err(why) => refused.add(&url, why),
        }
    }
    if hidden > 0 {
        refused.add(&format!("the mark \"!\" of {hidden} feeds"), "feeds cannot be hidden here");
    }
    list.notices = refused.into_notices();
    Ok(list)
}

/// Whether `bytes` look like such a list: a line of it begins with a web address and no markup comes before.
pub fn is_list(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(16 << 10)]).into_owned();
    let mut lines = head.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let starts = ["http://", "https://", "feed:", "query:", "exec:", "filter:", "file:", "\""];
    lines.next().is_some_and(|line| starts.iter().any(|start| line.starts_with(start)))
}

/// Adds a feed, and tells whether it was hidden. `folders` tells where each folder is in the list.
fn add(
    list: &mut Outlines,
    folders: &mut HashMap<String, usize>,
    url: String,
    tags: impl Iterator<Item = String>,
) -> bool {
    let (mut title, mut is_hidden, mut kept) = (None, false, Vec::new());
    for tag in tags {
        match tag.strip_prefix('~') {
            Some(name) => title = Some(name.trim().to_owned()).filter(|name| !name.is_empty()),
            None if tag == "!" => is_hidden = true,
            None if !tag.trim().is_empty() => kept.push(tag),
            None => {}
        }
    }
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut feed = Outline { attributes: vec![pair("type", "rss")], ..Outline::default() };
    feed.attributes.extend(title.map(|title| pair("text", &title)));
    feed.attributes.push(pair("xmlUrl", &url));
    feed.url = Some(url);
    let mut kept = kept.into_iter();
    let folder = kept.next();
    let others: Vec<String> = kept.collect();
    if !others.is_empty() {
        feed.attributes.push(pair("category", &others.join(",")));
    }
    match folder {
        None => list.items.push(feed),
        Some(name) => {
            let at = *folders.entry(name).or_insert_with_key(|name| {
                list.items.push(Outline { attributes: vec![pair("text", name)], ..Outline::default() });
                list.items.len() - 1
            });
            list.items[at].items.push(feed);
        }
    }
    is_hidden
}

/// The words of a line: separated by blanks, in quotation marks where they hold some, to a `#` that begins a word.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut characters = line.chars().peekable();
    loop {
        while characters.next_if(|c| c.is_whitespace()).is_some() {}
        match characters.peek() {
            None | Some('#') => return words,
            Some('"') => {
                characters.next();
                let mut word = String::new();
                while let Some(c) = characters.next().filter(|c| *c != '"') {
                    match c {
                        '\\' => word.extend(characters.next()),
                        c => word.push(c),
                    }
                }
                words.push(word);
            }
            Some(_) => {
                let mut word = String::new();
                while let Some(c) = characters.next_if(|c| !c.is_whitespace()) {
                    word.push(c);
                }
                words.push(word);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_titles_comments_and_queries_mean_what_they_mean_to_newsboat() {
        let text = r#"# my feeds
https://a.test/feed "~A \"title\"" news "far away" # first

https://b.test/feed "far away"
https://c.test/feed ! "~Hidden"
"https://d.test/feed" news
query:Unread:unread = "yes"
exec:~/bin/mine "x"
filter:~/bin/f:https://e.test/
|touch /tmp/x
file:///home/me/f.xml
nonsense
"#;
        let list = read(text.as_bytes()).unwrap();
        let shown: Vec<(Option<&str>, Vec<Option<&str>>)> = list
            .items
            .iter()
            .map(|item| {
                (item.url.as_deref().or(item.name()), item.items.iter().map(|item| item.url.as_deref()).collect())
            })
            .collect();
        assert_eq!(
            shown,
            [
                (Some("news"), vec![Some("https://a.test/feed"), Some("https://d.test/feed")]),
                (Some("far away"), vec![Some("https://b.test/feed")]),
                (Some("https://c.test/feed"), vec![]),
            ]
        );
        let first = &list.items[0].items[0];
        assert_eq!((first.name(), first.attribute("category")), (Some("A \"title\""), Some("far away")));
        assert_eq!(list.notices.len(), 7, "{:?}", list.notices);
        assert_eq!(list.count(), 4);
    }

    #[test]
    fn such_a_list_is_told_from_other_files() {
        assert!(is_list(b"\n# x\nhttps://a.test/ tag\n"));
        assert!(!is_list(b"<opml/>"));
        assert!(!is_list(b"some text\nhttps://a.test/"));
        assert!(!is_list(b""));
    }

    #[test]
    fn long_lists_are_read_whole_or_not_at_all() {
        let many: String = (0..100_000).map(|n| format!("https://a.test/{n} folder{n}\n")).collect();
        assert_eq!(read(many.as_bytes()).unwrap().items.len(), 100_000);
        assert_eq!(read("https://a.test/\n".repeat(MOST + 1).as_bytes()), Err(NoList::TooLong));
    }
}
