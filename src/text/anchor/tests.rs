use proptest::prelude::*;

use super::*;

const TEXT: &str = "“We agreed,” the minister said. Été came early, and the ferry was late. “We agreed,” the envoy said. Nobody \
    else had agreed to anything that day, as far as those at the quay could tell.";

fn quote(text: &str, words: &str, number: usize) -> Quote {
    let start = text.match_indices(words).nth(number).unwrap().0;
    let position = text[..start].chars().count();
    Quote::of(&Clean::new(text), Span::new(start, start + words.len()), (position, position + words.chars().count()))
}

fn found<'t>(quote: &Quote, text: &'t str) -> Option<(&'t str, Fit)> {
    find(quote, text).map(|anchored| (anchored.span.of(text), anchored.fit))
}

#[test]
fn what_stands_around_words_is_kept() {
    let kept = quote(TEXT, "Été", 0);
    assert_eq!(kept.prefix.as_str(), "“We agreed,” the minister said. ");
    assert_eq!(kept.suffix.as_str(), " came early, and the ferry was l");
    assert_eq!(kept.position, Some((32, 35)));
    assert_eq!(quote(TEXT, "“We", 0).prefix.as_str(), "");
}

#[test]
fn the_same_words_are_told_apart_by_what_stands_around_them() {
    let text = format!("A new first sentence about nothing. {TEXT}");
    for number in [0, 1] {
        let kept = quote(TEXT, "We agreed,", number);
        assert_eq!(found(&kept, TEXT), Some(("We agreed,", Fit::Here)));
        let anchored = find(&kept, &text).unwrap();
        assert_eq!(anchored.fit, Fit::Moved);
        assert_eq!(anchored.span.start, text.match_indices("We agreed,").nth(number).unwrap().0);
    }
}

#[test]
fn without_anything_around_them_the_nearest_is_taken() {
    let bare = Quote { prefix: Clean::default(), suffix: Clean::default(), ..quote(TEXT, "We agreed,", 1) };
    let text = TEXT.replace("Été came early", "Été came");
    let anchored = find(&bare, &text).unwrap();
    assert_eq!(anchored.span.start, text.rfind("We agreed,").unwrap());
}

#[test]
fn edited_words_are_found_with_the_number_of_differences() {
    let kept = quote(TEXT, "Nobody else had agreed to anything that day", 0);
    let text = TEXT.replace("agreed to anything that", "agreed on anything this");
    assert_eq!(found(&kept, &text), Some(("Nobody else had agreed on anything this day", Fit::Similar(4))));
    let text = TEXT.replace("Nobody else had agreed to anything that day", "They all went home");
    assert_eq!(found(&kept, &text), None, "orphaned");
}

#[test]
fn typography_makes_no_difference() {
    let kept = quote(TEXT, "“We agreed,” the envoy said.", 0);
    let text = TEXT.replace(['“', '”'], "\"").replace("envoy said", "envoy\nsaid");
    assert_eq!(found(&kept, &text), Some(("\"We agreed,\" the envoy\nsaid.", Fit::Similar(0))));
}

#[test]
fn long_passages_are_found_by_their_ends() {
    let passage: String = (0..300).map(|number| format!("word{number} ")).collect();
    let text = format!("Before it. {passage}After it.");
    let kept = quote(&text, passage.trim(), 0);
    let changed = text.replace("word150 ", "").replace("Before it.", "Before.");
    let (words, fit) = found(&kept, &changed).unwrap();
    assert!(words.starts_with("word0 word1 ") && words.ends_with("word298 word299"), "{words}");
    assert_eq!(fit, Fit::Similar(8));
    assert_eq!(found(&kept, "Something else altogether."), None);
}

#[test]
fn a_place_alone_is_taken_as_it_is() {
    let kept = Quote { position: Some((32, 35)), ..Quote::default() };
    assert_eq!(found(&kept, TEXT), Some(("Été", Fit::PlaceAlone)));
    for position in [None, Some((9, 3)), Some((3, 3)), Some((0, 100_000)), Some((usize::MAX, usize::MAX))] {
        assert_eq!(found(&Quote { position, ..Quote::default() }, TEXT), None);
    }
    let beyond = Quote { position: Some((usize::MAX, 0)), ..quote(TEXT, "Été", 0) };
    assert_eq!(found(&beyond, TEXT), Some(("Été", Fit::Moved)));
}

/// Some of the characters of a text, as bytes.
fn part(text: &str, from: usize, len: usize) -> Span {
    let offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let from = from % (offsets.len() - 1);
    Span::new(offsets[from], offsets[(from + 1 + len).min(offsets.len() - 1)])
}

fn kept(text: &str, span: Span) -> Quote {
    let start = text[..span.start].chars().count();
    Quote::of(&Clean::new(text), span, (start, start + span.of(text).chars().count()))
}

/// The fewest differences between `words` and any part of `text`, by trying all.
fn fewest(words: &str, text: &str) -> usize {
    let offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let parts = offsets.iter().enumerate().flat_map(|(i, start)| offsets[i..].iter().map(|end| &text[*start..*end]));
    parts.map(|part| strsim::levenshtein(words, part)).min().unwrap_or(usize::MAX)
}

proptest! {
    #[test]
    fn in_an_unchanged_text_words_are_where_they_were(text in "[ab é]{1,60}", from in 0usize..60, len in 0usize..20) {
        let span = part(&text, from, len);
        prop_assert_eq!(find(&kept(&text, span), &text), Some(Anchored { span, fit: Fit::Here }));
    }

    #[test]
    fn words_move_with_what_is_added_before_them(
        text in "[a-zé ]{30,90}", before in "[A-Z.]{1,40}", from in 0usize..90, len in 8usize..30,
    ) {
        let span = part(&text, from, len);
        let quote = kept(&text, span);
        let anchored = find(&quote, &format!("{before}{text}")).unwrap();
        prop_assert_eq!(anchored.span, Span::new(span.start + before.len(), span.end + before.len()));
    }

    #[test]
    fn some_edits_do_not_lose_words(
        text in "[a-z ]{60,120}", from in 0usize..30, edits in prop::collection::vec((0usize..40, "[A-Z]?"), 1..6),
    ) {
        let span = part(&text, from, 30);
        let mut words: Vec<String> = span.of(&text).chars().map(String::from).collect();
        for (at, letter) in &edits {
            let at = at % words.len();
            words[at] = letter.clone();
        }
        let changed = format!("{}{}{}", &text[..span.start], words.concat(), &text[span.end..]);
        let anchored = find(&kept(&text, span), &changed).unwrap();
        let differences = strsim::levenshtein(span.of(&text), anchored.span.of(&changed));
        prop_assert!(differences <= edits.len());
        if let Fit::Similar(told) = anchored.fit {
            prop_assert_eq!(told, differences);
        }
    }

    #[test]
    fn the_fewest_differences_are_found(words in "[ab]{5,14}", text in "[abc]{0,24}") {
        let letters: Vec<char> = text.chars().collect();
        let wanted: Vec<char> = words.chars().collect();
        let expected = fewest(&words, &text);
        let hits = alike(&wanted, &letters);
        prop_assert_eq!(hits.is_empty(), expected > words.len() / 5);
        for hit in hits {
            let there: String = letters[hit.start..hit.end].iter().collect();
            prop_assert_eq!(hit.errors, expected);
            prop_assert_eq!(strsim::levenshtein(&words, &there), expected);
        }
    }

    #[test]
    fn any_quote_in_any_text_is_a_whole_part_of_it_or_nothing(
        exact in ".{0,40}", prefix in ".{0,8}", suffix in ".{0,8}", text in ".{0,200}",
        position in prop::option::of((0usize..300, 0usize..300)),
    ) {
        let quote = Quote { exact: Clean::new(&exact), prefix: Clean::new(&prefix), suffix: Clean::new(&suffix), position };
        if let Some(anchored) = find(&quote, &text) {
            prop_assert!(text.get(anchored.span.start..anchored.span.end).is_some());
        }
    }
}

#[test]
fn marks_are_not_doubled() {
    assert_eq!(super::in_marks("late again"), "“late again”");
    assert_eq!(super::in_marks("“late again,”"), "“late again,”");
    assert_eq!(super::in_marks("he said “late"), "“he said “late”");
}
