//! Which of some articles are news that fulfil a query.

use dateline::model::Article;
use dateline::query::{Matching, parse};
use dateline::store::ArticleId;
use dateline::text::Clean;
use jiff::{SignedDuration, Timestamp};

use crate::support::*;

#[test]
fn news_are_those_asked_about_that_feeds_delivered_since_then_and_that_fulfil_the_query() {
    let mut store = library();
    let page = Article {
        title: Some(Clean::literal("Cholera, a page")),
        url: Some(Clean::literal("https://page.example/cholera")),
        doc: stories()[0].doc.clone(),
        ..Article::default()
    };
    store.save_page(&page, None, now().timestamp()).unwrap();
    annotate(&mut store);
    let all: Vec<ArticleId> = store.keys(&asked(""), None).unwrap().iter().map(|key| key.id).collect();
    assert_eq!(all.len(), 11);
    let news = |ids: &[ArticleId], since: Timestamp, query: &str| {
        let wanted = Matching { expression: parse(query).unwrap().matching.unwrap(), now: now() };
        let rows = store.news(ids, since, &wanted).unwrap();
        rows.iter().map(|row| row.title.split([' ', ',']).next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let then = now().timestamp();
    assert_eq!(news(&all, then, "title:cholera OR cholera OR cyclone"), ["Chad", "Relief"], "a page is no news");
    assert_eq!(news(&all, then, "country:KZ darkhan"), ["Kazakh"]);
    assert_eq!(news(&all, then + SignedDuration::from_secs(1), "cholera"), [""; 0], "it was there before");
    let chad = store.keys(&asked("title:chad"), None).unwrap()[0].id;
    assert_eq!(news(&[chad, ArticleId(4711)], then, "cholera OR cyclone"), ["Chad"], "no other was asked about");
    assert_eq!(news(&[], then, "cholera"), [""; 0]);
}
