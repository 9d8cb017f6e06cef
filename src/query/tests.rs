use proptest::prelude::*;

use super::*;
use crate::model::{Country, EventKind, Igo, Mode};

fn read(query: &str) -> Expression {
    match parse(query) {
        Ok(search) => search.matching.unwrap_or_else(|| panic!("{query} is empty")),
        Err(error) => panic!("{query}: {error}"),
    }
}

fn word(text: &str) -> Expression {
    Expression::Term(Term::Words(Words::new(text)))
}

/// The query with what its error points at, and the message.
fn wrong(query: &str) -> (String, String) {
    let error = parse(query).expect_err(query);
    (error.span.of(query).to_owned(), error.to_string())
}

#[test]
fn terms_side_by_side_bind_closer_than_or() {
    let all = |members: &[Expression]| Expression::All(members.to_vec());
    assert_eq!(read("storm"), word("storm"));
    assert_eq!(read("a b"), all(&[word("a"), word("b")]));
    assert_eq!(read("a AND b"), read("a b"));
    assert_eq!(read("a b OR c"), Expression::Any(vec![all(&[word("a"), word("b")]), word("c")]));
    assert_eq!(read("a -b"), all(&[word("a"), Expression::Not(Box::new(word("b")))]));
    assert_eq!(read("a NOT b"), read("a -b"));
    assert_eq!(read("a (b)"), all(&[word("a"), all(&[word("b")])]));
    assert_eq!(read("a ((b))"), read("a (b)"));
    assert_eq!(read("\"prime  minister\""), word("prime minister"));
    assert_eq!(read("“prime minister”"), word("prime minister"));
    assert_eq!(read("\"OR\""), word("OR"));
    assert_eq!(read("or"), word("or"));
    assert_eq!(parse(" \n "), Ok(Search::default()));
}

#[test]
fn a_state_stands_alone_in_small_letters_and_is_a_word_otherwise() {
    let unread = Expression::Term(Term::Is(State::Unread));
    assert_eq!(read("unread"), unread);
    assert_eq!(read("is:Unread"), unread);
    assert_eq!(read("\"unread\""), word("unread"));
    assert_eq!(read("Today"), word("Today"));
    assert_eq!(read("read"), word("read"));
    assert_eq!(read("is:read"), Expression::Term(Term::Is(State::Read)));
}

#[test]
fn values_are_understood() {
    let country = |code| Country::new(code).unwrap();
    let iran = Expression::Term(Term::Country(vec![country("IR")]));
    for query in ["country:IR", "country:ir", "country:Iran", "country:iran", "COUNTRY:\"Iran\""] {
        assert_eq!(read(query), iran, "{query}");
    }
    assert_eq!(read("country:\"south korea\""), Expression::Term(Term::Country(vec![country("KR")])));
    assert_eq!(
        read("country:IR,\"Saudi Arabia\""),
        Expression::Term(Term::Country(vec![country("IR"), country("SA")]))
    );
    let by = |party| Expression::Term(Term::By(vec![party]));
    assert_eq!(read("by:IR"), by(Party::Country(country("IR"))));
    assert_eq!(read("by:Russia"), by(Party::Country(country("RU"))));
    assert_eq!(read("by:NATO"), by(Party::Igo(Igo::named("NATO").unwrap())));
    assert_eq!(
        read("by:ir"),
        by(Party::Name(Words::new("ir"))),
        "a code is in capitals where names are looked for too"
    );
    assert_eq!(read("by:Zarif"), by(Party::Name(Words::new("Zarif"))));
    let event = |kind, mode| Expression::Term(Term::Event(vec![EventPattern { kind, mode }]));
    assert_eq!(read("event:consult"), event(Kind::One(EventKind::Consult), None));
    assert_eq!(read("event:ASSAULT/Explosives"), event(Kind::One(EventKind::Assault), Some(Mode::Explosives)));
    assert_eq!(read("event:other:disaster").to_string(), "event:OTHER:DISASTER");
    assert_eq!(read("event:\"verbal conflict\"").to_string(), "event:verbal-conflict");
    assert_eq!(read("newer:3D").to_string(), "newer:3d");
    assert_eq!(read("has:Note,TAG"), Expression::Term(Term::Has(vec![Addition::Note, Addition::Tag])));
    assert_eq!(read("note:\"ask h\"*").to_string(), "note:\"ask h\"*");
    assert_eq!(parse("a sort:oldest").map(|search| search.sort), Ok(Some(Sort::Oldest)));
}

#[test]
fn what_is_wrong_is_pointed_at_and_told() {
    for (query, place, words) in [
        ("titel:storm", "titel:", "did you mean title:?"),
        ("see https://example.org", "https:", "quotation marks"),
        ("a \"b c", "\"b c", "not closed"),
        ("(a b", "(", "not closed"),
        ("a) b", ")", "closes nothing"),
        ("a ()", "()", "nothing between"),
        ("(", "(", "not closed"),
        ("country:", "country:", "country:IR"),
        ("country:IR,", "country:IR,", "needs a value"),
        ("country: IR", "country:", "right after the colon"),
        ("country:Irann", "Irann", "did you mean Iran?"),
        ("country:ZZ", "ZZ", "no country"),
        ("event:CONSULTT", "CONSULTT", "did you mean CONSULT?"),
        ("event:ASSAULT/explosive", "ASSAULT/explosive", "did you mean explosives?"),
        ("since:yesterday", "yesterday", "2026-11-01"),
        ("since:2026-02-30", "2026-02-30", "no day"),
        ("since:2026-02-03T10:00", "2026-02-03T10:00", "no day"),
        ("newer:3", "3", "3d"),
        ("newer:-3d", "-3d", "3d"),
        ("older:99999999d", "99999999d", "no length"),
        ("has:notes", "notes", "did you mean note?"),
        ("has:corection,tag", "corection", "did you mean correction?"),
        ("has:x", "x", "note, correction or tag"),
        ("note:", "note:", "note:\"ask him\""),
        ("note:?", "?", "no letter"),
        ("is:unred", "unred", "did you mean unread?"),
        ("is:unread,starred", "unread,starred", "one value"),
        ("a OR", "OR", "both sides"),
        ("OR a", "OR", "both sides"),
        ("a OR OR b", "OR", "both sides"),
        ("a AND", "AND", "both sides"),
        ("(a OR)", "OR", "both sides"),
        ("a NOT", "NOT", "leave out"),
        ("a -(", "(", "not closed"),
        ("NOT OR b", "NOT", "leave out"),
        ("a - b", "-", "no letter"),
        ("\"\"", "\"\"", "no letter"),
        ("title:*", "*", "no letter"),
        ("(a sort:newest)", "sort:newest", "outside"),
        ("-sort:newest", "sort:newest", "outside"),
        ("sort:newest sort:oldest", "sort:oldest", "one order"),
        ("sort:best", "best", "relevance"),
    ] {
        let (found, message) = wrong(query);
        assert_eq!(found, place, "{query}: {message}");
        assert!(message.contains(words), "{query}: {message}");
    }
}

#[test]
fn there_are_limits() {
    assert!(matches!(parse(&"a".repeat(MOST_BYTES + 1)).unwrap_err().fault, Fault::TooLong));
    assert!(parse(&"a ".repeat(MOST_TERMS)).is_ok());
    assert!(matches!(parse(&"a ".repeat(MOST_TERMS + 1)).unwrap_err().fault, Fault::TooMany));
    let nested = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
    assert!(parse(&nested(MOST_DEPTH - 1)).is_ok());
    for deep in [nested(MOST_DEPTH), nested(2000), format!("{}a", "-".repeat(4000)), "NOT ".repeat(1000)] {
        assert!(matches!(parse(&deep).unwrap_err().fault, Fault::TooDeep | Fault::NegatesNothing(..)));
    }
}

#[test]
fn carets_stand_under_the_place() {
    let query = "東京 titel:storm";
    assert_eq!(parse(query).unwrap_err().under(query).as_str(), "東京 titel:storm\n     ^^^^^^");
    let query = "a OR";
    assert_eq!(parse(query).unwrap_err().under(query).as_str(), "a OR\n  ^^");
    let query = format!("{}titel:b{}", "storm ".repeat(40), " storm".repeat(40));
    let shown = parse(&query).unwrap_err().under(&query).to_string();
    let (line, carets) = shown.split_once('\n').unwrap();
    assert!(line.chars().count() <= 110 && line.starts_with('…') && line.ends_with('…'), "{line}");
    let at = carets.find('^').unwrap();
    assert_eq!(line.chars().skip(at).take(6).collect::<String>(), "titel:");
    let hostile = "\u{1b}[31m \u{202e} titel:x";
    assert!(!parse(hostile).unwrap_err().under(hostile).contains('\u{1b}'));
}

fn texts(completion: &Completion) -> Vec<&str> {
    completion.candidates.iter().map(|one| one.text.as_str()).collect()
}

#[test]
fn what_may_follow_is_offered() {
    assert_eq!(texts(&complete("un", 2)), ["unread", "until:"]);
    assert!(texts(&complete("", 0)).len() > 25);
    let found = complete("a -(cou OR b", 7);
    assert_eq!((found.span.start, found.span.end, texts(&found)), (4, 7, vec!["country:"]));
    let found = complete("country:ira", 11);
    assert_eq!((found.span.start, texts(&found)), (8, vec!["IR", "IQ"]));
    assert_eq!(found.candidates[0].help, "Iran");
    assert_eq!(texts(&complete("country:IR,RU", 13))[0], "RU");
    assert_eq!(texts(&complete("is:st", 5)), ["starred"]);
    assert_eq!(texts(&complete("has:", 4)), ["note", "correction", "tag"]);
    assert_eq!(texts(&complete("has:note,C", 10)), ["correction"]);
    assert!(complete("note:a", 6).candidates.is_empty());
    assert_eq!(texts(&complete("sort:", 5)).len(), 5);
    assert_eq!(texts(&complete("event:ASS", 9)), ["ASSAULT"]);
    assert_eq!(texts(&complete("event:ASSAULT/exp", 17)), ["ASSAULT/expel", "ASSAULT/explosives"]);
    let found = complete("x person:\"Ali Sh\" y", 16);
    assert_eq!(found.values, Some((Values::Persons, "Ali Sh".to_owned())));
    assert_eq!((found.span.start, found.span.end), (9, 17));
    assert_eq!(Completion::written("Ali Shamkhani"), "\"Ali Shamkhani\"");
    assert_eq!(Completion::written("the \"A\" team"), "\"the A team\"");
    assert!(complete("\"unr", 4).candidates.is_empty());
}

proptest! {
    #[test]
    fn completing_never_fails_and_points_into_the_query(query in ".{0,40}", cursor in 0_usize..60) {
        let found = complete(&query, cursor);
        prop_assert!(query.get(found.span.start..found.span.end).is_some());
    }

    #[test]
    fn whatever_is_typed_is_read_or_refused_with_a_place(query in "[-a-c \"():,*“é\u{1b}]{0,30}|.{0,40}|(title:|OR |NOT |\\(|\\)|a |\"|by:){0,12}") {
        match parse(&query) {
            Ok(search) => prop_assert_eq!(parse(&search.to_string()), Ok(search)),
            Err(error) => {
                prop_assert!(query.get(error.span.start..error.span.end).is_some(), "{:?}", error);
                let _ = error.under(&query);
            }
        }
    }

    #[test]
    fn a_tree_is_read_from_what_it_prints(search in searches()) {
        let printed = search.to_string();
        prop_assert_eq!(parse(&printed), Ok(search), "{}", printed);
    }
}

fn words() -> impl Strategy<Value = Words> {
    let text = prop_oneof![
        "[a-zé東*:,.'-]{0,6}[a-zé東]",
        "[a-z*()-]{1,4} [a-zA-Z:,*]{1,5}x",
        Just("AND".to_owned()),
        Just("NOT".to_owned()),
        Just("unread".to_owned()),
        Just("title:x".to_owned()),
        Just("-x".to_owned()),
        Just("x*".to_owned()),
    ];
    (text, any::<bool>()).prop_map(|(text, is_beginning)| Words { is_beginning, ..Words::new(&text) })
}

fn parties() -> impl Strategy<Value = Vec<Party>> {
    let name =
        words().prop_filter("no country", |words| words.is_beginning || value::named_country(&words.text).is_none());
    let party = prop_oneof![
        Just(Party::Country(Country::new("AU").unwrap())),
        Just(Party::Igo(Igo::named("NATO").unwrap())),
        name.prop_map(Party::Name)
    ];
    prop::collection::vec(party, 1..3)
}

fn terms() -> impl Strategy<Value = Term> {
    let fields: Vec<Field> = FIELDS.iter().map(|(field, ..)| *field).filter(|field| field.is_words()).collect();
    let countries = prop::collection::vec(prop::sample::select(vec!["IR", "RU", "XK"]), 1..3);
    let countries =
        countries.prop_map(|codes| codes.iter().filter_map(|code| Country::new(code)).collect::<Vec<_>>());
    let patterns = (
        prop::sample::select(Kind::all().collect::<Vec<_>>()),
        prop::option::of(prop::sample::select(Mode::ALL.to_vec())),
    );
    let patterns = prop::collection::vec(patterns.prop_map(|(kind, mode)| EventPattern { kind, mode }), 1..3);
    let age = (any::<u16>(), prop::sample::select(Unit::ALL.to_vec()));
    let age = age.prop_map(|(count, (unit, _))| Age { count, unit });
    let day = (1970_i16..2100, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| jiff::civil::date(y, m, d));
    prop_oneof![
        words().prop_map(Term::Words),
        (prop::sample::select(fields), prop::collection::vec(words(), 1..3))
            .prop_map(|(field, words)| Term::In(field, words)),
        prop::sample::select(State::ALL.to_vec()).prop_map(|(state, ..)| Term::Is(state)),
        prop::collection::vec(prop::sample::select(Addition::ALL.to_vec()), 1..3)
            .prop_map(|all| Term::Has(all.into_iter().map(|(addition, ..)| addition).collect())),
        day.clone().prop_map(Term::Since),
        day.prop_map(Term::Until),
        age.clone().prop_map(Term::Newer),
        age.prop_map(Term::Older),
        countries.clone().prop_map(Term::Country),
        countries.prop_map(Term::About),
        parties().prop_map(Term::By),
        patterns.prop_map(Term::Event),
        (prop::sample::select(vec![Side::Actor, Side::Recipient]), parties())
            .prop_map(|(side, parties)| Term::Takes(side, parties)),
    ]
}

/// A group of one is a term or a negation in parentheses of its own.
fn group(members: Vec<Expression>) -> Expression {
    match members.first() {
        Some(Expression::All(_) | Expression::Any(_)) if members.len() == 1 => members[0].clone(),
        _ => Expression::All(members),
    }
}

fn searches() -> impl Strategy<Value = Search> {
    let leaf = terms().prop_map(Expression::Term);
    let tree = leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(group),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expression::Any),
            inner.prop_map(|one| Expression::Not(Box::new(one))),
        ]
    });
    let sort = prop::option::of(prop::sample::select(Sort::ALL.to_vec()));
    (prop::option::of(tree), sort).prop_map(|(matching, sort)| Search { matching, sort: sort.map(|(sort, ..)| sort) })
}

#[test]
fn one_query_beside_another_is_as_if_both_had_been_typed() {
    let tree = |query: &str| parse(query).unwrap().matching.unwrap();
    for (one, other, both) in [
        ("by:IR", "said:oil", "by:IR said:oil"),
        ("by:IR newer:3d", "unread", "by:IR newer:3d unread"),
        ("storm OR rain", "by:IR", "(storm OR rain) by:IR"),
        ("(by:IR)", "said:oil -war", "(by:IR) said:oil -war"),
    ] {
        assert_eq!(tree(one).beside(tree(other)), tree(both), "{both}");
    }
}

#[test]
fn what_reading_changes_is_told() {
    let asks = |query: &str| parse(query).unwrap().matching.unwrap().asks_for_reading();
    assert!(asks("storm unread") && asks("-is:read") && asks("(rain OR updated) by:IR"));
    assert!(!asks("storm starred") && !asks("newer:3d by:IR"));
}
