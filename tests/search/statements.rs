//! Statements over the bundled stories.

use dateline::store::{ArticleId, Statement, StatementKey};

use crate::support::*;

fn speakers(query: &str) -> Vec<String> {
    let store = library();
    said(&store, query).into_iter().map(|(speaker, _)| speaker).collect()
}

#[test]
fn words_and_speaker_are_of_one_statement() {
    let store = library();
    let one = statements(&store, "said:\"shared list of suspects\" by:Serikbayev");
    assert_eq!(one.len(), 1);
    let one = &one[0];
    assert_eq!(one.speaker.as_deref(), Some("Daulet Serikbayev"));
    assert!(one.words.starts_with("“Those who leave a bomb"), "{}", one.words);
    assert!(one.context.contains("said in a Wednesday letter"), "{}", one.context);
    assert!(one.office.as_ref().is_some_and(|office| office.contains("Secretary")), "{:?}", one.office);
    assert_eq!(one.polity.map(|polity| polity.code().to_owned()).as_deref(), Some("KZ"));
    assert_eq!(one.title.as_str(), "Kazakh security chief denounces Darkhan station attack");
    assert_eq!(one.source.as_deref(), Some("Steppe Wire"));

    // Somebody else's words, and his words about something else.
    assert!(said(&store, "said:\"shared list of suspects\" by:\"Police Authority\"").is_empty());
    assert!(found(&store, "said:\"shared list of suspects\" by:\"Police Authority\"").is_empty());
    assert_eq!(found(&store, "(said:\"shared list of suspects\") by:\"Police Authority\""), ["Kazakh"]);
    assert!(said(&store, "said:\"list shared of suspects\"").is_empty());
    assert_eq!(said(&store, "said:suspect* by:Serikbayev").len(), 1);
}

#[test]
fn speakers_are_known_by_name_role_office_and_country() {
    let store = library();
    assert_eq!(said(&store, "by:Serikbayev").len(), 2);
    assert!(!said(&store, "by:\"police officer\"").is_empty(), "somebody without a name, by role");
    assert!(said(&store, "by:KZ").len() >= 2);
    assert!(speakers("by:minister").len() >= 5, "by office");
    let all = statements(&store, "by:PL,RO");
    assert!(!all.is_empty());
    for one in all {
        let code = one.polity.map(|polity| polity.code().to_owned());
        assert!(matches!(code.as_deref(), Some("PL" | "RO")), "{one:?}");
    }
}

#[test]
fn beside_a_speaker_about_is_what_the_statement_names() {
    let store = library();
    let about = said(&store, "by:Djibrine about:CM");
    for (speaker, words) in &about {
        assert_eq!(speaker, "Hassan Djibrine");
        assert!(words.contains("Cameroon") || words.contains("Kousséri") || words.contains("Kousseri"), "{words}");
    }
    let all = said(&store, "by:Djibrine").len();
    assert_eq!(about.len() + said(&store, "by:Djibrine -about:CM").len(), all);
    // Alone or in parentheses of its own it is about the article.
    assert_eq!(said(&store, "by:Djibrine (about:TD)").len(), all);
}

#[test]
fn what_else_is_asked_is_asked_of_the_article() {
    let store = library();
    let all = said(&store, "by:minister").len();
    let unread = said(&store, "by:minister unread").len();
    assert_eq!(all, unread);
    assert!(said(&store, "by:minister starred").is_empty());
    assert!(said(&store, "by:Serikbayev cholera").is_empty());
    assert_eq!(said(&store, "by:Serikbayev darkhan country:MN since:2026-05-21").len(), 2);
    let either = said(&store, "by:Serikbayev OR by:Djibrine").len();
    assert_eq!(either, said(&store, "by:Serikbayev,Djibrine").len());
    assert_eq!(either, said(&store, "by:Serikbayev").len() + said(&store, "by:Djibrine").len());
    let branches = said(&store, "(by:Serikbayev country:MN) OR (by:Djibrine country:MN)");
    assert_eq!(branches.len(), 2, "each side of OR has its own conditions");
    let two = said(&store, "(said:suspects) (said:deceived)");
    assert_eq!(two.len(), 2, "two statements of one article");
    assert_eq!(said(&store, "by:Serikbayev -said:suspects").len(), 1);
}

#[test]
fn without_a_statement_term_all_statements_of_the_articles_come() {
    let store = library();
    let all = said(&store, "country:MN");
    assert!(all.len() >= 4, "{all:?}");
    assert_eq!(store.count_statements(&asked("country:MN")).unwrap(), all.len());
    assert_eq!(store.statements(&asked("country:MN"), 2).unwrap().len(), 2);
    for query in ["by:minister", "said:the", "by:Serikbayev,Djibrine cholera", "said:x9y9z"] {
        assert_eq!(store.count_statements(&asked(query)).unwrap(), said(&store, query).len(), "{query}");
    }
}

#[test]
fn where_they_stand_is_told_without_them() {
    let store = library();
    for query in ["", "country:MN", "by:minister", "said:the sort:oldest", "said:x9y9z", "sort:oldest"] {
        let all = statements(&store, query);
        let keys: Vec<_> = all.iter().map(Statement::key).collect();
        assert_eq!(store.statement_keys(&asked(query), None).unwrap(), keys, "{query}");
        let first = store.statement_keys(&asked(query), Some(3)).unwrap();
        assert_eq!(first, keys[..keys.len().min(3)], "{query}");
        assert_eq!(store.statements_at(&keys).unwrap(), all, "{query}");
    }
}

#[test]
fn one_that_is_gone_is_left_out() {
    let store = library();
    let all = statements(&store, "by:minister");
    let mut keys: Vec<_> = all.iter().map(Statement::key).collect();
    keys.insert(1, StatementKey { number: 9999, ..keys[0] });
    keys.insert(0, StatementKey { article: ArticleId(9999), number: 0 });
    assert_eq!(store.statements_at(&keys).unwrap(), all);
}

#[test]
fn they_come_in_order() {
    let store = library();
    let dates = |query: &str| statements(&store, query).iter().map(|one| one.date).collect::<Vec<_>>();
    let latest = dates("said:the");
    assert!(latest.len() > 20 && latest.is_sorted_by(|a, b| a >= b));
    assert!(dates("said:the sort:oldest").is_sorted());
    assert_eq!(dates("said:the sort:relevance").len(), latest.len());
}
