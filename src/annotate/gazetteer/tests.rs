use std::collections::HashMap;

use super::super::lexicon::rows;
use super::super::segment::segment;
use super::*;
use crate::model::{Block, BlockKind, Doc};
use crate::text::{Span, clean};

fn doc(text: &str) -> Doc {
    let block = Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph };
    Doc { text: clean(text).text, blocks: vec![block], ..Doc::default() }
}

/// The names in `text` with the code of their first sense ("-" for none), "name:CODE".
fn names(text: &str) -> Vec<String> {
    let doc = doc(text);
    let tokens = segment(&doc).tokens;
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match Gazetteer::builtin().longest(&tokens, at) {
            Some(name) => {
                let span = tokens[at].span.join(tokens[at + name.tokens - 1].span);
                let code =
                    name.senses.first().unwrap().polity.map_or("-".to_owned(), |polity| polity.code().to_owned());
                found.push(format!("{}:{code}", span.of(&doc.text)));
                at += name.tokens;
            }
            None => at += 1,
        }
    }
    found
}

fn codes(name: &str) -> Vec<String> {
    let code = |sense: Sense| sense.polity.map_or("-".to_owned(), |polity| polity.code().to_owned());
    Gazetteer::builtin().senses(name).iter().map(code).collect()
}

fn class(name: &str) -> Option<Class> {
    Gazetteer::builtin().senses(name).first().map(|sense| sense.class)
}

#[test]
fn the_longest_name_wins() {
    let cases: &[(&str, &[&str])] = &[
        ("Guinea lost to Guinea-Bissau.", &["Guinea:GN", "Guinea-Bissau:GW"]),
        ("They flew from Papua New Guinea to Equatorial Guinea.", &["Papua New Guinea:PG", "Equatorial Guinea:GQ"]),
        ("Niger and Nigeria share a border.", &["Niger:NE", "Nigeria:NG"]),
        ("American Samoa is not Samoa.", &["American Samoa:AS", "Samoa:WS"]),
        ("A team from the Republic of the Congo went home.", &["Republic of the Congo:CG"]),
        ("The Democratic Republic of the Congo agreed.", &["Democratic Republic of the Congo:CD"]),
        ("South Korean and North Korean envoys", &["South Korean:KR", "North Korean:KP"]),
        ("New Delhi and New York", &["New Delhi:IN", "New York:US"]),
        ("Northern Ireland is in the United Kingdom.", &["Northern Ireland:GB", "United Kingdom:GB"]),
        ("the UN Security Council", &["UN Security Council:UN"]),
        ("Latin America and America", &["Latin America:-", "America:US"]),
        ("South Sudan’s neighbour Sudan", &["South Sudan:SS", "Sudan:SD"]),
        ("in Washington, D.C., on Monday", &["Washington, D.C.:US"]),
    ];
    for (text, expected) in cases {
        assert_eq!(names(text), *expected, "{text}");
    }
}

#[test]
fn names_end_where_words_end() {
    let cases: &[(&str, &[&str])] = &[
        ("An Iranian minister in Iran’s capital", &["Iranian:IR", "Iran:IR"]),
        ("Turkish-Libyan talks", &["Turkish:TR", "Libyan:LY"]),
        ("a Yemen-based group, ex-Russian officers", &["Yemen:YE", "Russian:RU"]),
        ("Tell us who it was, said the U.S. and US envoys of the WHO.", &["U.S.:US", "US:US", "WHO:WHO"]),
        ("TEHRAN (Agency) - A ship left IRAN.", &["TEHRAN:IR", "IRAN:IR"]),
        ("THE MAN WHO KNEW", &[]),
        ("St. John's and N'Djamena", &["St. John's:AG", "N'Djamena:TD"]),
        ("the people of Côte d’Ivoire, or Cote d'Ivoire", &["Côte d’Ivoire:CI", "Cote d'Ivoire:CI"]),
        ("the Lao's house", &["Lao:LA"]),
        ("the turkey and the china shop", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(names(text), *expected, "{text}");
    }
}

#[test]
fn every_iso_code_is_there_once() {
    let mut seen = HashMap::new();
    for row in rows(include_str!("../../../assets/lexicon/countries.tsv")) {
        assert_eq!(row.len(), 5, "{row:?}");
        assert_eq!(seen.insert(row[0], row[1]), None, "{}", row[0]);
    }
    // 249 codes of ISO 3166-1 and XK, without Antarctica, which nobody governs: regions.tsv has it.
    assert_eq!(seen.len(), 249);
    assert_eq!(Gazetteer::builtin().countries().count(), 249);
    assert_eq!(country_name(Country::new("CI").unwrap()), "Ivory Coast");
    assert_eq!(country_name(Country::new("XX").unwrap()), "an unknown country");
}

#[test]
fn only_known_names_stand_for_two_countries() {
    let mut shared: Vec<&str> = Vec::new();
    let mut owner: HashMap<&str, &str> = HashMap::new();
    for row in rows(include_str!("../../../assets/lexicon/countries.tsv")) {
        let (code, places) = (row[0], row[1]);
        let names = places.split(['|', '/']).map(|name| name.trim_start_matches('~'));
        for name in names.chain(row[2].split('|')).chain(row[3].split('|')).filter(|name| !name.is_empty()) {
            if owner.insert(name, code).is_some_and(|other| other != code) {
                shared.push(name);
            }
        }
    }
    shared.sort_unstable();
    shared.dedup();
    assert_eq!(shared, ["Congo", "Congolese", "Dominican", "Korea", "Korean"]);
}

#[test]
fn every_name_and_demonym_resolves_to_its_country() {
    for row in rows(include_str!("../../../assets/lexicon/countries.tsv")) {
        let names = row[1].split(['|', '/']).map(|name| name.trim_start_matches('~'));
        let adjectives = row[2].split('|').filter(|name| !name.is_empty());
        let plurals: Vec<String> = adjectives.clone().filter_map(demonym_plural).collect();
        let words = names.chain(adjectives).chain(row[3].split('|')).chain(row[4].split(['|', '/']));
        for name in words.chain(plurals.iter().map(String::as_str)).filter(|name| !name.is_empty()) {
            let found = codes(name);
            assert!(found.iter().any(|code| code == row[0]), "{name} is {found:?}, not {}", row[0]);
            if let [only] = names_of_whole(name).as_slice() {
                assert!(only.starts_with(name), "{name} is not read whole in a text: {only}");
            } else {
                panic!("{name} is not read as one name in a text: {:?}", names_of_whole(name));
            }
        }
    }
}

fn names_of_whole(name: &str) -> Vec<String> {
    names(&format!("they saw {name} there"))
}

#[test]
fn plurals_are_made_only_where_english_has_them() {
    assert_eq!(demonym_plural("Iranian").as_deref(), Some("Iranians"));
    assert_eq!(demonym_plural("Czech").as_deref(), Some("Czechs"));
    assert_eq!(demonym_plural("Thai").as_deref(), Some("Thais"));
    for adjective in ["French", "Dutch", "Swiss", "Chinese", "Irish", "Lao", "Icelandic", "Manx"] {
        assert_eq!(demonym_plural(adjective), None, "{adjective}");
    }
}

#[test]
fn ambiguous_names_list_every_sense_the_country_first() {
    assert_eq!(codes("Georgia"), ["GE", "US"]);
    assert_eq!(codes("Korean"), ["KR", "KP"]);
    assert_eq!(class("Washington"), Some(Class::Capital));
    assert!(Gazetteer::builtin().senses("Washington").iter().any(|sense| sense.class == Class::Division));
    assert_eq!(class("Soviet Union"), Some(Class::FormerCountry));
    assert_eq!(codes("Kremlin"), ["RU"]);
    assert_eq!(codes("AU"), ["AU"]);
    assert!(matches!(Gazetteer::builtin().senses("AU").first().unwrap().polity, Some(Polity::Igo(_))));
    assert_eq!(codes("Australia"), ["AU"]);
    assert!(matches!(Gazetteer::builtin().senses("Australia").first().unwrap().polity, Some(Polity::Country(_))));
}

#[test]
fn a_comma_makes_state_abbreviations_names() {
    let gazetteer = Gazetteer::builtin();
    let doc = doc("Reno, Nev., and Toronto, Ontario, or IN Paris, TX");
    let tokens = segment(&doc).tokens;
    let at = |word: &str| tokens.iter().position(|token| token.text == word).unwrap();
    assert_eq!(
        gazetteer.qualifier(&tokens, at("Nev.")).map(|found| found.senses.first().unwrap().canonical),
        Some("Nevada")
    );
    assert_eq!(
        gazetteer.qualifier(&tokens, at("Ontario")).map(|found| found.senses.first().unwrap().division),
        Some("Ontario")
    );
    assert_eq!(
        gazetteer.qualifier(&tokens, at("TX")).map(|found| found.senses.first().unwrap().canonical),
        Some("Texas")
    );
    assert_eq!(gazetteer.longest(&tokens, at("IN")), None);
}

#[test]
fn what_follows_the_comma_tells_which_town() {
    let country = |text: &str| {
        let doc = doc(text);
        let tokens = segment(&doc).tokens;
        let found = Gazetteer::builtin().longest(&tokens, 1).unwrap();
        let sense = Gazetteer::builtin().sense_in_text(&tokens, 1, &found).unwrap();
        format!("{} {}", sense.country().unwrap(), sense.division)
    };
    assert_eq!(country("in Paris, Texas, on Friday"), "US Texas");
    assert_eq!(country("in Paris, Tex."), "US Texas");
    assert_eq!(country("in Paris on Friday").split(' ').next(), Some("FR"));
    assert_eq!(country("in London, Ontario"), "CA Ontario");
    assert_eq!(country("in Moscow, Idaho"), "US Idaho");
    assert_eq!(country("in Georgia, Ukraine and Moldova").split(' ').next(), Some("GE"));
    assert_eq!(country("in Birmingham, England").split(' ').next(), Some("GB"));
}

#[test]
fn doubtful_names_need_support() {
    let supported = |text: &str| {
        let doc = doc(text);
        let tokens = segment(&doc).tokens;
        let found = Gazetteer::builtin().longest(&tokens, 1).unwrap();
        Gazetteer::builtin().is_supported(&tokens, 1, &found)
    };
    assert!(supported("in Wilmington they met"));
    assert!(!supported("then Lincoln rose"));
    assert!(supported("in Lincoln they met"));
    assert!(supported("then Lincoln, Neb., froze"));
    assert!(supported("then Paris rose"));
}

#[test]
fn every_row_of_the_made_tables_is_found_with_its_country_and_place() {
    let tables = [
        include_str!("../../../assets/lexicon/cities.tsv"),
        include_str!("../../../assets/lexicon/towns.tsv"),
        include_str!("../../../assets/lexicon/counties.tsv"),
        include_str!("../../../assets/lexicon/provinces.tsv"),
    ];
    // A table's town may lose its capitals to another spelling ("de Lier"), so a few are not found as they are written.
    let (mut rows_read, mut lost) = (0, Vec::new());
    for row in tables.into_iter().flat_map(rows).step_by(7) {
        let [country, .., latitude, _, names] = row[..] else { panic!("{row:?}") };
        let name = names.split('/').next().unwrap();
        let doc = doc(name);
        let tokens = segment(&doc).tokens;
        let found = Gazetteer::builtin().whole(&tokens);
        let near = |sense: &Sense| match (sense.point, latitude.parse::<f64>()) {
            (Some(point), Ok(latitude)) => (point.latitude() - latitude).abs() < 0.006,
            _ => true,
        };
        let same = |sense: &Sense| sense.country().is_some_and(|found| found.code() == country) && near(sense);
        rows_read += 1;
        if !found.iter().any(|sense| same(&sense)) {
            lost.push(names);
        }
    }
    assert!(rows_read > 16_000);
    assert!(lost.len() * 100 < rows_read, "{} of {rows_read}: {:?}", lost.len(), &lost[..20]);
}

#[test]
fn small_towns_are_found_only_by_those_who_ask_for_them() {
    let doc = doc("in Chadron they met");
    let tokens = segment(&doc).tokens;
    assert_eq!(Gazetteer::builtin().longest(&tokens, 1), None);
    let towns: Vec<Sense> = Gazetteer::builtin().whole(&tokens[1..2]).iter().collect();
    assert_eq!(towns.iter().map(|town| (town.division, town.minor)).collect::<Vec<_>>(), [("Nebraska", true)]);
}
