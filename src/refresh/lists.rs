//! Lists of feeds into the library and out of it.

use jiff::Timestamp;

use crate::fetch;
use crate::ingest::opml::{Outline, Outlines};
use crate::store::{FolderPath, NewFeed, Result, Store, Subscribed, Subscription};
use crate::text::Clean;

/// What came of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Feeds that are new.
    pub new: usize,
    /// Feeds that were there before, or stand in the list twice; they stayed as they were.
    pub known: usize,
    /// Of the new ones, those of this computer or a local network.
    pub local: usize,
}

/// Subscribes to all feeds of `list`, in its folders.
///
/// # Errors
/// If the library cannot be written. What was subscribed to until then stays.
pub fn import(store: &mut Store, list: &Outlines, now: Timestamp) -> Result<Imported> {
    let mut imported = Imported::default();
    put(store, &list.items, &mut Vec::new(), now, &mut imported)?;
    Ok(imported)
}

fn put(
    store: &mut Store,
    items: &[Outline],
    folder: &mut FolderPath,
    now: Timestamp,
    imported: &mut Imported,
) -> Result<()> {
    for item in items {
        let Some(url) = &item.url else {
            let name = item.name().map(Clean::line).filter(|name| !name.is_empty());
            folder.push(name.unwrap_or_else(|| Clean::literal("Unnamed")));
            store.add_folder(folder)?;
            put(store, &item.items, folder, now, imported)?;
            folder.pop();
            continue;
        };
        let feed = NewFeed {
            url: url.clone(),
            title: given_name(&item.attributes, url),
            site: item.attribute("htmlUrl").map(str::trim).filter(|site| !site.is_empty()).map(str::to_owned),
            folder: folder.clone(),
            attributes: item.attributes.clone(),
            by_others: false,
        };
        match store.subscribe(&feed, now)? {
            Subscribed::New(_) => {
                imported.new += 1;
                let is_local = fetch::parse(url).ok().and_then(|url| fetch::is_local_as_written(&url));
                imported.local += usize::from(is_local == Some(true));
            }
            Subscribed::Known(_) => imported.known += 1,
        }
        put(store, &item.items, folder, now, imported)?;
    }
    Ok(())
}

/// The name that a list gives a feed, if it is one and not its address.
fn given_name(attributes: &[(String, String)], url: &str) -> Option<Clean> {
    let named = Outline { attributes: attributes.to_vec(), ..Outline::default() };
    named.name().filter(|name| *name != url).map(Clean::line).filter(|name| !name.is_empty())
}

/// All subscriptions as a list. A feed that came from a list has the attributes that it had there.
///
/// # Errors
/// If the library cannot be read.
pub fn export(store: &Store) -> Result<Outlines> {
    let mut list = Outlines { title: Some("dateline".into()), ..Outlines::default() };
    for folder in store.folders()? {
        inside(&mut list.items, &folder);
    }
    for feed in store.subscriptions()? {
        inside(&mut list.items, &feed.folder).push(outline(&feed));
    }
    Ok(list)
}

/// What is in `folder`; it is made if it is not there.
fn inside<'a>(mut items: &'a mut Vec<Outline>, folder: &[Clean]) -> &'a mut Vec<Outline> {
    for name in folder {
        let at = items.iter().position(|item| item.url.is_none() && item.name() == Some(name.as_str()));
        let at = at.unwrap_or_else(|| {
            let attributes = vec![("text".to_owned(), name.as_str().to_owned())];
            items.push(Outline { attributes, ..Outline::default() });
            items.len() - 1
        });
        items = &mut items[at].items;
    }
    items
}

fn outline(feed: &Subscription) -> Outline {
    let mut attributes = feed.attributes.clone();
    let old_address =
        feed.attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case("xmlUrl")).map(|(_, url)| url.as_str());
    let is_renamed = given_name(&feed.attributes, old_address.unwrap_or(&feed.url)) != feed.own_title;
    if attributes.is_empty() {
        attributes.push(("type".into(), "rss".into()));
    }
    for name in ["text", "title"] {
        match value(&mut attributes, name) {
            Some(value) if is_renamed => *value = feed.title.as_str().to_owned(),
            None if name == "text" && feed.attributes.is_empty() => {
                attributes.push((name.into(), feed.title.as_str().to_owned()));
            }
            _ => {}
        }
    }
    if !attributes.iter().any(|(key, _)| key.eq_ignore_ascii_case("text")) {
        attributes.insert(0, ("text".into(), feed.title.as_str().to_owned()));
    }
    match value(&mut attributes, "xmlUrl") {
        Some(value) => feed.url.clone_into(value),
        None => attributes.push(("xmlUrl".into(), feed.url.clone())),
    }
    // Another attribute for the same, which would be out of date.
    attributes.retain(|(key, _)| !key.eq_ignore_ascii_case("url"));
    if let (Some(site), false) = (&feed.site, attributes.iter().any(|(key, _)| key.eq_ignore_ascii_case("htmlUrl"))) {
        attributes.push(("htmlUrl".into(), site.clone()));
    }
    Outline { attributes, url: Some(feed.url.clone()), items: Vec::new() }
}

fn value<'a>(attributes: &'a mut [(String, String)], name: &str) -> Option<&'a mut String> {
    attributes.iter_mut().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::opml;

    fn now() -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    const LIST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>dateline</title>
  </head>
  <body>
    <outline text="World">
      <outline text="Asia">
        <outline type="rss" text="A &amp; B" title="ä" xmlUrl="https://a.test/?x=1&amp;y=2" htmlUrl="https://a.test/" category="/x"/>
      </outline>
      <outline title="Second" xmlUrl="https://z.test/" text="Second"/>
      <outline text="Third" xmlUrl="https://b.test/"/>
    </outline>
    <outline text="Empty"/>
    <outline text="Last" type="rss" xmlUrl="https://c.test/"/>
  </body>
</opml>
"#;

    #[test]
    fn a_list_goes_through_the_library_without_loss() {
        let mut store = Store::in_memory().unwrap();
        let list = opml::read(LIST.as_bytes()).unwrap();
        assert_eq!(import(&mut store, &list, now()).unwrap(), Imported { new: 4, known: 0, local: 0 });
        assert_eq!(opml::write(&export(&store).unwrap()), LIST);
        assert_eq!(import(&mut store, &list, now()).unwrap(), Imported { new: 0, known: 4, local: 0 });
        assert_eq!(opml::write(&export(&store).unwrap()), LIST);
    }

    #[test]
    fn what_the_user_changed_is_in_the_list() {
        let mut store = Store::in_memory().unwrap();
        import(&mut store, &opml::read(LIST.as_bytes()).unwrap(), now()).unwrap();
        let id = store.subscriptions().unwrap().iter().find(|feed| feed.url.contains("a.test")).unwrap().id;
        store.rename(id, Some(&Clean::literal("Mine"))).unwrap();
        let list = opml::write(&export(&store).unwrap());
        assert!(
            list.contains(r#"<outline type="rss" text="Mine" title="Mine" xmlUrl="https://a.test/?x=1"#),
            "{list}"
        );
    }

    #[test]
    fn local_feeds_of_a_list_are_counted_so_that_they_can_be_told() {
        let mut store = Store::in_memory().unwrap();
        let list =
            opml::read(b"<opml><outline xmlUrl='http://192.168.0.1/x'/><outline xmlUrl='https://a.test/'/></opml>");
        assert_eq!(import(&mut store, &list.unwrap(), now()).unwrap(), Imported { new: 2, known: 0, local: 1 });
    }
}
