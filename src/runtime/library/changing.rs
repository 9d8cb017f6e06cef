//! Changing articles of the library together, so that exactly what was changed can be taken back.

use std::collections::BTreeMap;

use super::ask_now;
use crate::app::{Articles, Bulk, Changed, Tagging};
use crate::store::{ArticleId, Key, Mark, Result, Store};
use crate::text::Clean;

/// Changes articles together; tells what was not so before.
pub(super) fn change(store: &mut Store, bulk: &Bulk, articles: Articles) -> Result<Changed> {
    let keys = match articles {
        Articles::Of(mut query) => {
            ask_now(&mut query);
            store.keys(&query, None)?
        }
        Articles::These(ids) => ids.into_iter().map(|id| Key { id, read: false, starred: false }).collect(),
    };
    match bulk {
        Bulk::Mark(mark) => {
            let is_other = |key: &Key| match mark {
                Mark::Read(read) => key.read != *read,
                Mark::Starred(starred) => key.starred != *starred,
            };
            let changed: Vec<ArticleId> = keys.iter().filter(|key| is_other(key)).map(|key| key.id).collect();
            store.mark(&changed, *mark)?;
            Ok(Changed::Marks(changed))
        }
        Bulk::Tag { add, remove } => {
            let ids: Vec<ArticleId> = keys.iter().map(|key| key.id).collect();
            let mut changed = Vec::new();
            for tag in add {
                let articles = store.tag(&ids, tag)?;
                changed.push(Tagging { tag: tag.clone(), is_given: true, articles });
            }
            for tag in remove {
                // In one article the tag may be written otherwise than in another.
                let mut taken: BTreeMap<Clean, Vec<ArticleId>> = BTreeMap::new();
                for (article, written) in store.untag(&ids, tag)? {
                    taken.entry(written).or_default().push(article);
                }
                let taken = taken.into_iter().map(|(tag, articles)| Tagging { tag, is_given: false, articles });
                changed.extend(taken);
            }
            changed.retain(|tagging| !tagging.articles.is_empty());
            Ok(Changed::Tags(changed))
        }
    }
}

/// Gives and takes tags, one after the other.
pub(super) fn retag(store: &mut Store, tags: &[Tagging]) -> Result<()> {
    for Tagging { tag, is_given, articles } in tags {
        match is_given {
            true => drop(store.tag(articles, tag)?),
            false => drop(store.untag(articles, tag)?),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, Zoned};

    use super::*;
    use crate::store::Query;

    #[test]
    fn what_a_query_lists_is_changed_together_and_only_what_was_not_so_is_told() {
        use crate::model::{Entry, Feed};
        use crate::store::{FetchState, NewFeed, Retention, Subscribed, Visit};
        let mut store = Store::in_memory().unwrap();
        let new = NewFeed { url: "https://sea.example/feed".to_owned(), ..NewFeed::default() };
        let Subscribed::New(feed) = store.subscribe(&new, Timestamp::UNIX_EPOCH).unwrap() else { panic!("known") };
        let entry = |name: &str| Entry {
            guid: Some(name.to_owned()),
            title: Some(Clean::line(name)),
            published: Some(Timestamp::now()),
            ..Entry::default()
        };
        let content = Feed { entries: vec![entry("boats"), entry("rain")], ..Feed::default() };
        let state = FetchState::default();
        let visit = Visit { feed, content: Some(&content), state: &state, moved_to: None };
        store.take(&[(visit, Retention::default())], Timestamp::now()).unwrap();
        let all = || {
            // A moment long ago, as the state has no clock.
            let expression = crate::query::parse("newer:1d").unwrap().matching.unwrap();
            let matching = crate::query::Matching { expression, now: Zoned::default() };
            Articles::Of(Box::new(Query { matching: Some(matching), ..Query::default() }))
        };
        let first = store.keys(&Query::default(), None).unwrap()[0].id;
        store.mark(&[first], Mark::Read(true)).unwrap();
        let changed = change(&mut store, &Bulk::Mark(Mark::Read(true)), all()).unwrap();
        let second = store.keys(&Query::default(), None).unwrap()[1].id;
        assert_eq!(changed, Changed::Marks(vec![second]));
        let tags = |tags: &[&'static str]| tags.iter().map(|tag| Clean::literal(tag)).collect::<Vec<_>>();
        store.tag(&[first], &Clean::literal("Later")).unwrap();
        store.tag(&[second], &Clean::literal("old")).unwrap();
        let bulk = Bulk::Tag { add: tags(&["later", "sea"]), remove: tags(&["old", "LATER", "never"]) };
        let Changed::Tags(changed) = change(&mut store, &bulk, all()).unwrap() else { panic!("no tags") };
        let tagging = |tag, is_given, articles: &[ArticleId]| Tagging {
            tag: Clean::literal(tag),
            is_given,
            articles: articles.to_vec(),
        };
        let expected = [
            tagging("later", true, &[second]),
            tagging("sea", true, &[first, second]),
            tagging("old", false, &[second]),
            tagging("Later", false, &[first]),
            tagging("later", false, &[second]),
        ];
        assert_eq!(changed, expected, "only what articles really got and lost, as it was written there");
        assert_eq!(store.tags(first).unwrap(), tags(&["sea"]));
        let back: Vec<Tagging> =
            changed.into_iter().rev().map(|one| Tagging { is_given: !one.is_given, ..one }).collect();
        retag(&mut store, &back).unwrap();
        assert_eq!((store.tags(first).unwrap(), store.tags(second).unwrap()), (tags(&["Later"]), tags(&["old"])));
    }
}
