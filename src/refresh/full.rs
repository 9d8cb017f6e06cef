//! Whole texts for feeds that give only the beginnings: the pages of their new articles.

use jiff::Timestamp;

use super::named::named;
use super::page::page;
use crate::fetch::Client;
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
    for row in store.rows(&articles)? {
        let Some(url) = row.url else { continue };
        if store.versions(row.id)?.iter().any(|version| version.is_page) {
            continue;
        }
        if let Ok(fetched) = page(client, &url, named(&feed.url, &url))
            && fetched.doubt.is_none()
        {
            store.take_page(row.id, &fetched.article, now)?;
        }
    }
    Ok(())
}
