//! Whole texts for feeds that give only the beginnings: the pages of their new articles.

use jiff::Timestamp;

use super::page::page;
use crate::fetch::{self, Client, Named};
use crate::store::{Query, Scope, Store, StoreError, Subscription};

/// Pages that are read of one feed in one refresh.
const MOST: usize = 20;

/// Reads the pages of the `new` latest articles of `feed` that have none yet. A page that does not come, or has no text,
/// leaves its article as the feed gave it.
pub(super) fn read_pages(
    store: &mut Store,
    client: &Client,
    feed: &Subscription,
    new: usize,
    now: Timestamp,
) -> Result<(), StoreError> {
    let query = Query { scope: Scope::Feed(feed.id), ..Query::default() };
    let articles: Vec<_> = store.keys(&query, Some(new.min(MOST)))?.into_iter().map(|key| key.id).collect();
    // What a feed of the local network names may be there too.
    let is_local = fetch::parse(&feed.url).is_ok_and(|url| client.is_local(&url) && url.scheme() != "file");
    let named = if is_local { Named::ByUser } else { Named::ByOthers };
    for row in store.rows(&articles)? {
        let Some(url) = row.url else { continue };
        if store.versions(row.id)?.iter().any(|version| version.is_page) {
            continue;
        }
        if let Ok(fetched) = page(client, &url, named)
            && fetched.doubt.is_none()
        {
            store.take_page(row.id, &fetched.article, now)?;
        }
    }
    Ok(())
}
