use crate::annotate::Annotator;
use crate::model::{Annotations, Article, Block, BlockKind, Doc, EntityKind, Location};
use crate::text::{Span, clean};

fn annotated(text: &str) -> Annotations {
    let block = Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph };
    let doc = Doc { text: clean(text).text, blocks: vec![block], ..Doc::default() };
    Annotator::RULES.annotate(&Article { doc, ..Article::default() })
}

/// Where each use of `name` in `text` is, "US Texas" or "FR"; "no place" where it is none.
fn places(text: &str, name: &str) -> Vec<String> {
    let found = annotated(text);
    let told = |location: &Location| {
        let country = location.country.map_or("-".to_owned(), |country| country.code().to_owned());
        location.division.iter().fold(country, |told, division| format!("{told} {division}"))
    };
    let uses = text.match_indices(name).map(|(at, _)| {
        let named = found.mentions.iter().find(|mention| mention.span == Span::new(at, at + name.len()));
        let location = named.and_then(|mention| found.entities[mention.entity].location.as_ref());
        location.map_or("no place".to_owned(), told)
    });
    uses.collect()
}

#[test]
fn a_town_told_once_is_that_town_throughout() {
    let text = "She was born in Paris, Texas. Paris has a tower with a red hat, and Paris is proud of it.";
    assert_eq!(places(text, "Paris"), ["US Texas", "US Texas", "US Texas"]);
    assert_eq!(places("The train to Paris was late.", "Paris"), ["FR Ile-de-France"]);
    let two = "Portland, Ore., wrote to Portland, Maine. Then Portland answered.";
    assert_eq!(places(two, "Portland"), ["US Oregon", "US Maine", "US Maine"]);
}

#[test]
fn the_other_places_of_the_article_tell_which_town() {
    let georgia = "Buses from Atlanta and Macon stop in Athens, said the mayor of Savannah. Athens has a university.";
    assert_eq!(places(georgia, "Athens"), ["US Georgia", "US Georgia"]);
    let greece = "Greek ferries from Crete reach Piraeus, and buses go on to Athens and Thessaloniki.";
    assert_eq!(places(greece, "Athens")[0].split(' ').next(), Some("GR"));
    let canada = "Toronto, Hamilton and Kitchener in Ontario grow, and so does London. Ottawa pays.";
    assert_eq!(places(canada, "London"), ["CA Ontario"]);
}

#[test]
fn lists_hold_things_of_one_kind() {
    assert_eq!(places("It rained in Alabama, Georgia and Florida.", "Georgia"), ["US Georgia"]);
    assert_eq!(places("It rained in Armenia, Georgia and Azerbaijan.", "Georgia"), ["GE"]);
    // A country or a metropolis is nobody's town.
    assert_eq!(places("Flights from Canada, Mexico and Chile", "Canada"), ["CA"]);
    assert_eq!(places("Flights to Mexico City, New York and Rome", "Mexico City")[0].split(' ').next(), Some("MX"));
}

#[test]
fn a_small_town_is_believed_where_the_article_speaks_of_the_country_around_it() {
    let nebraska =
        "Snow fell across Nebraska. Schools in Chadron and Valentine stayed shut, Omaha said. Chadron waits.";
    assert_eq!(places(nebraska, "Chadron"), ["US Nebraska", "US Nebraska"]);
    assert_eq!(
        places("Ministers met in Jakarta and Surabaya. Chadron was the word of the day.", "Chadron"),
        ["no place"]
    );
}

#[test]
fn people_acronyms_and_churches_are_no_places() {
    let governor = "Elena Castro spoke in Lima. Castro left Peru on Monday; to Castro nothing was left.";
    assert_eq!(places(governor, "Castro"), ["no place"; 3]);
    assert_eq!(places("Phone firms of Brazil wrote to the ITU on Monday.", "ITU"), ["no place"]);
    assert_eq!(places("They prayed in St. Peter's Basilica in Rome.", "St. Peter"), ["no place"]);
}

#[test]
fn streets_and_parks_are_where_the_places_around_them_are() {
    let found = annotated("Crowds filled Oxford Street in Sydney, and Melbourne watched. Australia danced.");
    let street = found.entities.iter().find(|entity| entity.name == "Oxford Street").unwrap();
    assert_eq!(street.kind, EntityKind::Fac);
    assert_eq!(street.polity.map(|polity| polity.code().to_owned()).as_deref(), Some("AU"));
}

#[test]
fn places_in_the_names_of_bodies_are_listed_apart() {
    let text = "Planes of the Texas Forest Service flew over Austin.";
    let found = annotated(text);
    let [inner] = found.inner_places.as_slice() else { panic!("{:?}", found.inner_places) };
    assert_eq!(inner.span.of(text), "Texas");
    assert_eq!(inner.location.division.as_deref(), Some("Texas"));
}

#[test]
fn words_of_public_life_tell_where_a_story_is_at_home() {
    let text = "Sheriff's deputies and the district attorney in Birmingham looked for a state trooper's dog, the school board said.";
    assert_eq!(places(text, "Birmingham"), ["US Alabama"]);
    assert_eq!(places("The dog was found in Birmingham.", "Birmingham"), ["GB England"]);
}

#[test]
fn towns_of_one_country_count_together() {
    // Many Springfields, and none of them likelier than the others.
    let text = "The American couple from Springfield flew home to the United States.";
    let found = annotated(text);
    let location =
        found.entities.iter().find(|entity| entity.name == "Springfield").unwrap().location.clone().unwrap();
    assert_eq!(location.country.map(|country| country.code().to_owned()).as_deref(), Some("US"));
    assert!(location.confidence < 60 && location.candidates.len() == 5, "{location:?}");
}

#[test]
fn what_else_a_name_may_stand_for_is_told() {
    let found = annotated("The dog was found in London.");
    let location = found.entities.iter().find(|entity| entity.name == "London").unwrap().location.clone().unwrap();
    let point = location.point.unwrap();
    assert!((point.latitude() - 51.5).abs() < 0.2 && point.longitude().abs() < 0.3, "{point:?}");
    let other = location.candidates.first().unwrap();
    assert_eq!(other.country.map(|country| country.code().to_owned()).as_deref(), Some("CA"));
    assert!(other.confidence < location.confidence && location.confidence < 100, "{location:?}");
    let sure = annotated("The dog was found in London, Ontario.");
    let sure = sure.entities.iter().find(|entity| entity.name == "London").unwrap().location.clone().unwrap();
    assert_eq!((sure.confidence, sure.candidates.len()), (100, 0));
}

#[test]
fn a_place_that_no_table_has_is_where_the_words_beside_it_tell() {
    let people = "Peru condemned a fire in the Norwegian coastal district of Skarvik Province, and told Chile of it.";
    assert_eq!(places(people, "Skarvik Province"), ["NO"]);
    let country = "Peru condemned a fire in Skarvik Province, Norway. Chile and Brazil did so, too.";
    assert_eq!(places(country, "Skarvik Province"), ["NO"]);
}
