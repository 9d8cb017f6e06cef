//! What the formats of event data ask of an event beyond the event itself: who its sides are, where its place lies, in
//! which sentence it is told.

use crate::annotate::gazetteer::{Class, Gazetteer};
use crate::annotate::segment::segment;
use crate::model::{
    Annotations, Article, Block, BlockKind, Doc, Entity, Location, MentionKind, Participant, Place, Point, Polity,
    Sector,
};
use crate::text::{Clean, Span};

/// Below this, in percent, a place is likelier another one of its name.
const LIKELY: u8 = 50;

/// An article whose events are to be written.
pub(super) struct Coded<'a> {
    pub article: &'a Article,
    pub found: &'a Annotations,
    sentences: Vec<Span>,
}

/// One who takes part in an event.
pub(super) struct Side<'a> {
    /// The full name, where the text names somebody.
    pub name: Option<&'a str>,
    /// The words that name or describe the participant.
    pub words: Clean,
    /// The country in three letters, or `IGO` for intergovernmental organisations.
    pub country: Option<&'static str>,
    /// The intergovernmental organisation by its short name.
    pub igo: Option<&'static str>,
    /// PLOVER's code of the part of society.
    pub sector: Option<&'static str>,
    /// The public office, as the text has it.
    pub office: Option<&'a str>,
}

/// Where an event happened.
pub(super) struct Scene<'a> {
    /// The name to show.
    pub name: &'a str,
    /// The words that name it.
    pub words: Clean,
    /// The country in two letters.
    pub country: Option<&'a str>,
    /// The country in three letters.
    pub country3: Option<&'static str>,
    /// The state, province or other first-level division.
    pub province: Option<&'a str>,
    /// The county, if the place is one.
    pub district: Option<&'a str>,
    /// The town, if the place is one.
    pub city: Option<&'a str>,
    /// Where it is on the map.
    pub point: Option<Point>,
}

impl<'a> Coded<'a> {
    pub fn new(article: &'a Article, found: &'a Annotations) -> Self {
        // To cut a text into sentences takes time: not for nothing.
        let cut = |doc| segment(doc).sentences.iter().map(|sentence| sentence.span).collect();
        let sentences = if found.events.is_empty() { Vec::new() } else { cut(&article.doc) };
        Coded { article, found, sentences }
    }

    /// What tells the event with this number from those of other articles too.
    pub fn id(&self, number: usize) -> String {
        format!("{}:{number}", self.article.id)
    }

    /// The sentence that `words` stand in.
    pub fn sentence(&self, words: Span) -> Span {
        let after = self.sentences.partition_point(|sentence| sentence.start <= words.start);
        let here = after.checked_sub(1).and_then(|at| self.sentences.get(at));
        // Words of no sentence are those of code and tables; words that go beyond one are shown whole.
        here.filter(|sentence| words.start < sentence.end).map_or(words, |sentence| sentence.join(words))
    }

    /// The words at `span`, on one line.
    pub fn words(&self, span: Span) -> Clean {
        Clean::line(span.of(&self.article.doc.text))
    }

    pub fn sides(&self, participants: &'a [Participant]) -> Vec<Side<'a>> {
        participants.iter().map(|participant| self.side(participant)).collect()
    }

    fn side(&self, participant: &'a Participant) -> Side<'a> {
        let entity = participant.entity;
        let official = self.found.officials.iter().find(|official| Some(official.entity) == entity);
        Side {
            name: entity.and_then(|index| self.found.entities.get(index)).map(|entity| entity.name.as_str()),
            words: self.words(participant.span),
            country: match participant.polity {
                Some(Polity::Country(country)) => country.alpha3(),
                Some(Polity::Igo(_)) => Some("IGO"),
                None => None,
            },
            igo: match participant.polity {
                Some(Polity::Igo(igo)) => Some(igo.0),
                _ => None,
            },
            sector: participant.sector.map(Sector::code),
            office: official.map(|official| official.title.as_str()),
        }
    }

    pub fn scene(&self, place: &'a Place) -> Scene<'a> {
        let location = self.location(place).filter(|location| location.confidence >= LIKELY);
        let point = location.and_then(|location| location.point);
        let class = location.and_then(|location| class(&place.text, location));
        let name = |is: bool| is.then_some(place.text.as_str());
        Scene {
            name: &place.text,
            words: self.words(place.span),
            country: place.country.as_ref().map(|country| country.code()),
            country3: place.country.and_then(|country| country.alpha3()),
            province: location.and_then(|location| location.division.as_deref()),
            district: name(class == Some(Class::County)),
            city: name(matches!(class, Some(Class::City | Class::Capital))),
            point,
        }
    }

    /// What is known about the place by its name: that of its very words, else one inside or around them, unless it lies in
    /// another country than the event.
    fn location(&self, place: &Place) -> Option<&'a Location> {
        let touches = |span: Span| span.start < place.span.end && place.span.start < span.end;
        let names = self.found.mentions.iter().filter(|one| one.kind == MentionKind::Name && touches(one.span));
        let entity = |index: usize| self.found.entities.get(index);
        let located = |entity: &'a Entity| entity.location.as_ref().map(|location| (entity.name.as_str(), location));
        let named = names.filter_map(|one| entity(one.entity).and_then(located).map(|it| (one.span, it)));
        let inner = self.found.inner_places.iter().filter(|one| touches(one.span));
        let inner = inner.map(|one| (one.span, (one.span.of(&self.article.doc.text), &one.location)));
        let fits = |location: &Location| {
            location.country.is_none() || place.country.is_none() || location.country == place.country
        };
        let all = named.chain(inner).filter(|(_, (_, location))| fits(location));
        let best = all.max_by_key(|(span, (name, _))| (*name == place.text, *span == place.span));
        best.map(|(_, (_, location))| location)
    }
}

/// What sort of place has this name and lies there, as far as the word lists tell.
fn class(name: &str, location: &Location) -> Option<Class> {
    let point = location.point?;
    let block = Block { span: Span::new(0, name.len()), kind: BlockKind::Paragraph };
    let doc = Doc { text: Clean::new(name), blocks: vec![block], ..Doc::default() };
    let senses = Gazetteer::builtin().whole(&segment(&doc).tokens);
    let there = |country| location.country.is_none() || country == location.country;
    let sense = senses.iter().find(|one| one.point == Some(point) && there(one.polity.and_then(Polity::country)));
    sense.map(|sense| sense.class)
}

#[cfg(test)]
pub(super) mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::{
        Context, Country, EntityKind, Event, EventKind, Igo, Mention, Mode, Official, OtherKind, Toll, When,
    };
    use crate::text::clean;

    /// An invented article with two events, the first of which has all that an event can have.
    pub(in crate::export) fn story() -> (Article, Annotations) {
        let cleaned = clean(
            "Ferry talks stall\n\nÉté: Police Minister Ada Obi, “the rower”, and gunmen\tof Oluk met UN envoys near Kisumu on 4 May. \
             A storm killed two.",
        );
        let text = cleaned.text.as_str();
        let at = |words: &str| {
            let start = text.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        let block = |words: Span| Block { span: words, kind: BlockKind::Paragraph };
        let (head, body) = (at("Ferry talks stall"), Span::new(at("Été").start, text.len()));
        let kenya = Country::new("KE").unwrap();
        let location = Location {
            country: Some(kenya),
            division: Some("Lakeside".to_owned()),
            point: Some(Point::hundredths(-9, 3475)),
            confidence: 90,
            candidates: Vec::new(),
        };
        let entity =
            |kind, name: &str, polity| Entity { kind, name: name.to_owned(), polity, location: None, gender: None };
        let entities = vec![
            entity(EntityKind::Person, "Ada Obi", Some(Polity::Country(kenya))),
            entity(EntityKind::Org, "United Nations", Some(Polity::Igo(Igo("UN")))),
            Entity { location: Some(location), ..entity(EntityKind::Gpe, "Kisumu", Some(Polity::Country(kenya))) },
        ];
        let mention = |words: &str, entity| Mention { span: at(words), entity, kind: MentionKind::Name };
        let participant = |words: &str, entity, polity, sector| Participant {
            span: at(words),
            text: words.to_owned(),
            entity,
            polity,
            sector,
        };
        let talks = Event {
            mode: Some(Mode::Meet),
            contexts: vec![Context::Diplomatic, Context::Crime],
            actors: vec![
                participant("Ada Obi", Some(0), Some(Polity::Country(kenya)), Some(Sector::Government)),
                participant("gunmen\tof Oluk", None, None, Some(Sector::UnidentifiedArmed)),
            ],
            recipients: vec![participant("UN", Some(1), Some(Polity::Igo(Igo("UN"))), None)],
            place: Some(Place { span: at("Kisumu"), text: "Kisumu".to_owned(), country: Some(kenya) }),
            when: Some(When { span: at("4 May"), days: Some((date(2026, 5, 4), date(2026, 5, 4))) }),
            toll: Toll { size: Some(20), ..Toll::default() },
            confidence: 0.8,
            ..Event::new(EventKind::Consult, at("met"))
        };
        let storm = Event {
            toll: Toll { killed: Some(2), ..Toll::default() },
            confidence: 0.4,
            ..Event::new(EventKind::Other(OtherKind::Disaster), at("storm"))
        };
        let found = Annotations {
            mentions: vec![mention("Ada Obi", 0), mention("UN", 1), mention("Kisumu", 2)],
            officials: vec![Official {
                entity: 0,
                title: "Police Minister".to_owned(),
                organization: None,
                polity: Some(Polity::Country(kenya)),
                sector: Some(Sector::Government),
                mentions: vec![at("Police Minister")],
            }],
            entities,
            events: vec![talks, storm],
            ..Annotations::default()
        };
        let blocks = vec![block(head), block(body)];
        let article = Article {
            id: Clean::literal("a1"),
            title: Some(Clean::literal("“Ferry talks” stall; \"no deal\"")),
            source: Some(Clean::literal("Lake Courier")),
            date: Some(date(2026, 5, 6)),
            doc: Doc { text: cleaned.text, blocks, map: cleaned.map, ..Doc::default() },
            ..Article::default()
        };
        (article, found)
    }

    #[test]
    fn a_sentence_is_that_of_the_words() {
        let (article, found) = story();
        let coded = Coded::new(&article, &found);
        let of = |event: usize| coded.words(coded.sentence(found.events[event].trigger)).as_str().to_owned();
        assert_eq!(of(1), "A storm killed two.");
        assert!(of(0).starts_with("Été: Police Minister") && of(0).ends_with("4 May."), "{}", of(0));
    }

    #[test]
    fn a_place_that_is_likelier_elsewhere_has_its_country_only() {
        let (article, mut found) = story();
        let place = found.events[0].place.clone().unwrap();
        let scene_of = |found: &Annotations| {
            let coded = Coded::new(&article, found);
            let scene = coded.scene(&place);
            (scene.country3, scene.province.map(str::to_owned), scene.point)
        };
        let sure = scene_of(&found);
        assert_eq!(sure, (Some("KEN"), Some("Lakeside".to_owned()), Some(Point::hundredths(-9, 3475))));
        found.entities[2].location.as_mut().unwrap().confidence = 49;
        assert_eq!(scene_of(&found), (Some("KEN"), None, None));
        found.entities[2].location.as_mut().unwrap().confidence = 90;
        found.entities[2].location.as_mut().unwrap().country = Country::new("ZM");
        assert_eq!(scene_of(&found), (Some("KEN"), None, None), "a place of another country is another place");
    }

    #[test]
    fn towns_and_counties_are_told_apart_by_the_word_lists() {
        let sense = |name: &str, of: Class| {
            let senses = Gazetteer::builtin().senses(name);
            senses.iter().find(|sense| sense.class == of && sense.point.is_some()).unwrap()
        };
        for (name, of) in [("Paris", Class::Capital), ("Chicago", Class::City), ("Texas", Class::Division)] {
            let sense = sense(name, of);
            let location = Location {
                country: sense.polity.and_then(Polity::country),
                division: None,
                point: sense.point,
                confidence: 100,
                candidates: Vec::new(),
            };
            assert_eq!(class(name, &location), Some(of), "{name}");
            assert_eq!(class("Qzxvr", &location), None);
        }
    }
}
