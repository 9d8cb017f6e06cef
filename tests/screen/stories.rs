//! Invented articles with their annotations, made by hand.

use dateline::model::*;
use dateline::text::{Span, clean};
use jiff::civil::date;

/// Builds annotations by naming words of the text.
pub struct Story {
    pub article: Article,
    pub found: Annotations,
}

pub fn country(code: &str) -> Country {
    Country::new(code).unwrap()
}

impl Story {
    /// An article whose paragraphs are separated by blank lines.
    pub fn new(title: &str, source: &str, text: &str) -> Story {
        let mut blocks = Vec::new();
        let mut start = 0;
        for paragraph in text.split("\n\n") {
            let kind = match paragraph {
                item if item.starts_with("## ") => BlockKind::Heading(2),
                _ => BlockKind::Paragraph,
            };
            blocks.push(Block { span: Span::new(start, start + paragraph.len()), kind });
            start += paragraph.len() + 2;
        }
        let cleaned = clean(text);
        let article = Article {
            id: clean(title).text,
            title: Some(clean(title).text),
            source: Some(clean(source).text),
            date: Some(date(2026, 5, 21)),
            doc: Doc { text: cleaned.text, blocks, ..Doc::default() },
            removed: cleaned.removed,
            ..Article::default()
        };
        Story { article, found: Annotations::default() }
    }

    /// Where `words` stand, the `nth` time (from 0).
    pub fn span(&self, words: &str, nth: usize) -> Span {
        let text = self.article.doc.text.as_str();
        let (start, _) =
            text.match_indices(words).nth(nth).unwrap_or_else(|| panic!("{words:?} is not in the story"));
        Span::new(start, start + words.len())
    }

    /// A named thing with every place of `names`.
    pub fn entity(&mut self, kind: EntityKind, names: &[&str], polity: Option<&str>) -> EntityIx {
        let polity = polity.map(|code| Polity::Country(country(code)));
        let index = self.found.entities.len();
        self.found.entities.push(Entity { kind, name: names[0].to_owned(), polity, location: None, gender: None });
        let text = self.article.doc.text.to_string();
        for name in names {
            for (start, _) in text.match_indices(name) {
                let span = Span::new(start, start + name.len());
                if !self.found.mentions.iter().any(|mention| mention.span.overlaps(span)) {
                    self.found.mentions.push(Mention { span, entity: index, kind: MentionKind::Name });
                }
            }
        }
        self.found.mentions.sort_by_key(|mention| mention.span.start);
        index
    }

    /// A statement: its words, who made it, the words that name them, the cue.
    pub fn quote(&mut self, content: &[&str], speaker: Speaker, source: (&str, usize), cue: (&str, usize)) {
        let content: Vec<Span> = content.iter().map(|words| self.span(words, 0)).collect();
        let marked = content[0].of(&self.article.doc.text).starts_with('“');
        self.found.quotations.push(Quotation {
            kind: if marked { QuotationKind::Direct } else { QuotationKind::Indirect },
            quoted: if marked { content.clone() } else { Vec::new() },
            content,
            cue: Some(self.span(cue.0, cue.1)),
            source: Some(self.span(source.0, source.1)),
            speaker,
            confidence: 0.9,
            ..Quotation::default()
        });
        self.found.quotations.sort_by_key(|quotation| quotation.extent().start);
    }

    /// The number of the statement whose content begins with `words`.
    pub fn number(&self, words: &str) -> usize {
        let start = self.span(words, 0).start;
        let found = self.found.quotations.iter().position(|quotation| quotation.extent().start == start);
        found.unwrap_or_else(|| panic!("{words:?} is no statement"))
    }

    /// The statement whose content begins with `words`, to say more about it.
    pub fn statement(&mut self, words: &str) -> &mut Quotation {
        let number = self.number(words);
        &mut self.found.quotations[number]
    }

    pub fn official(&mut self, entity: EntityIx, title: &str, organization: Option<&str>, proof: &str) {
        let polity = self.found.entities[entity].polity;
        let mentions = vec![self.span(proof, 0)];
        let organization = organization.map(str::to_owned);
        self.found.officials.push(Official {
            entity,
            title: title.to_owned(),
            organization,
            polity,
            sector: None,
            mentions,
        });
    }

    pub fn event(&mut self, kind: EventKind, trigger: &str, actors: &[&str], recipients: &[&str]) -> &mut Event {
        let people = |names: &[&str]| {
            let one = |name: &&str| {
                let span = self.span(name, 0);
                let named = self.found.mentions.iter().find(|mention| mention.span.start == span.start);
                let entity = named.map(|mention| mention.entity);
                let polity = entity.and_then(|entity| self.found.entities[entity].polity);
                Participant { span, text: (*name).to_owned(), entity, polity, sector: None }
            };
            names.iter().map(one).collect::<Vec<_>>()
        };
        let event = Event {
            actors: people(actors),
            recipients: people(recipients),
            confidence: 0.9,
            ..Event::new(kind, self.span(trigger, 0))
        };
        self.found.events.push(event);
        self.found.events.last_mut().unwrap()
    }

    pub fn countries(&mut self, about: &[&str], others: &[&str]) {
        self.found.countries.about = about.iter().map(|code| country(code)).collect();
        let all = about.iter().chain(others).map(|code| country(code));
        self.found.countries.mentioned = all.map(|country| (country, 2)).collect();
    }

    pub fn done(self) -> (Article, Annotations) {
        (self.article, self.found)
    }
}

/// Two speakers in turns, an office, an event, three countries.
pub fn ferry() -> (Article, Annotations) {
    let mut story = Story::new(
        "Norway and Ghana agree on ferry inspections after the Volta fire",
        "Harbour Wire",
        "Norway and Ghana signed an agreement on ferry inspections in Accra on Wednesday, three weeks after a fire on \
         Lake Volta.\n\n\
         “No passenger should board a vessel that nobody has looked at,” Ghana’s Transport Minister Efua Tettey said \
         after the ceremony.\n\n\
         “We have learnt this the hard way,” she added.\n\n\
         Norwegian Foreign Minister Kari Solheim said the first inspectors would arrive in June.\n\n\
         “They will train others and then they will go home,” Solheim told reporters.\n\n\
         ## The fire\n\n\
         The fire killed eleven people on 30 April.\n\n\
         Tettey said the owner had ignored two warnings.\n\n\
         A spokesman for the owner in Togo did not answer calls. The lake had not seen such a loss since the floods \
         of the last century, when rafts of timber broke loose above the dam and drifted for nine days.",
    );
    let tettey = story.entity(EntityKind::Person, &["Efua Tettey", "Tettey"], Some("GH"));
    let solheim = story.entity(EntityKind::Person, &["Kari Solheim", "Solheim"], Some("NO"));
    story.entity(EntityKind::Norp, &["Norwegian"], Some("NO"));
    story.entity(EntityKind::Gpe, &["Norway"], Some("NO"));
    story.entity(EntityKind::Gpe, &["Ghana"], Some("GH"));
    story.entity(EntityKind::Gpe, &["Accra"], Some("GH"));
    story.entity(EntityKind::Gpe, &["Togo"], Some("TG"));
    story.entity(EntityKind::Loc, &["Lake Volta"], None);
    let said = Speaker::Entity;
    let first = "“No passenger should board a vessel that nobody has looked at,”";
    story.quote(&[first], said(tettey), ("Ghana’s Transport Minister Efua Tettey", 0), ("said", 0));
    story.quote(&["“We have learnt this the hard way,”"], said(tettey), ("she", 0), ("added", 0));
    let third = "the first inspectors would arrive in June";
    story.quote(&[third], said(solheim), ("Norwegian Foreign Minister Kari Solheim", 0), ("said", 1));
    let fourth = "“They will train others and then they will go home,”";
    story.quote(&[fourth], said(solheim), ("Solheim", 1), ("told reporters", 0));
    story.quote(&["the owner had ignored two warnings"], said(tettey), ("Tettey", 1), ("said", 2));
    story.official(tettey, "Transport Minister", None, "Transport Minister");
    story.official(solheim, "Foreign Minister", None, "Foreign Minister");
    let place = Place { span: story.span("Accra", 0), text: "Accra".to_owned(), country: Some(country("GH")) };
    let day = (date(2026, 5, 20), date(2026, 5, 20));
    let when = When { span: story.span("Wednesday", 0), days: Some(day) };
    let signed = story.event(EventKind::Agree, "signed an agreement", &["Norway"], &["Ghana"]);
    signed.place = Some(place);
    signed.when = Some(when);
    let when = When { span: story.span("30 April", 0), days: None };
    let fire = story.event(EventKind::Other(OtherKind::Accident), "fire killed", &[], &["eleven people"]);
    fire.when = Some(when);
    story.countries(&["GH", "NO"], &["TG"]);
    story.done()
}

/// A story about other countries, without a statement.
pub fn orchard() -> (Article, Annotations) {
    let mut story = Story::new(
        "Frost takes the cherry blossom in Moldova",
        "Orchard Post",
        "Frost on two nights has taken most of the cherry blossom in the north of Moldova.\n\n\
         Growers in Romania lost less.",
    );
    story.entity(EntityKind::Gpe, &["Moldova"], Some("MD"));
    story.entity(EntityKind::Gpe, &["Romania"], Some("RO"));
    story.countries(&["MD"], &["RO"]);
    story.done()
}

/// A third story.
pub fn bridge() -> (Article, Annotations) {
    let mut story = Story::new(
        "Ghana opens a bridge",
        "Harbour Wire",
        "Ghana has opened a bridge.\n\n“It is a good bridge,” a mason said.",
    );
    story.entity(EntityKind::Gpe, &["Ghana"], Some("GH"));
    let mason = Speaker::Unnamed("mason".to_owned());
    story.quote(&["“It is a good bridge,”"], mason, ("a mason", 0), ("said", 0));
    story.countries(&["GH"], &[]);
    story.done()
}

/// All three.
pub fn all() -> Vec<(Article, Annotations)> {
    vec![ferry(), orchard(), bridge()]
}

/// Statements and views, second-hand, denied and supposed ones, by people with and without a name.
pub fn dam() -> Story {
    let mut story = Story::new(
        "Dam above Kumasi holds",
        "Gull Wire",
        "“The dam will hold,” Energy Minister Ada Obi said on Monday. “Nobody is in danger,” she added.\n\n\
         A senior official who asked not to be named said the gates had been opened.\n\n\
         Obi believes the rain will stop.\n\n\
         Mayor Tomas Brek said that the minister had told him the pumps were old.\n\n\
         Obi did not say who would pay.\n\n\
         Brek would say that the turbines were new.\n\n\
         Officials warned of floods. Later, officials said the road was closed.\n\n\
         “It was very loud.”",
    );
    let obi = story.entity(EntityKind::Person, &["Ada Obi", "Obi"], Some("GH"));
    let brek = story.entity(EntityKind::Person, &["Tomas Brek", "Brek"], None);
    let (said, unnamed) = (Speaker::Entity, |role: &str| Speaker::Unnamed(role.to_owned()));
    story.quote(&["“The dam will hold,”"], said(obi), ("Energy Minister Ada Obi", 0), ("said", 0));
    story.quote(&["“Nobody is in danger,”"], said(obi), ("she", 0), ("added", 0));
    let official = "senior official who asked not to be named";
    story.quote(
        &["the gates had been opened"],
        unnamed(official),
        ("A senior official who asked not to be named", 0),
        ("said", 1),
    );
    story.quote(&["the rain will stop"], said(obi), ("Obi", 1), ("believes", 0));
    let second_hand = "that the minister had told him the pumps were old";
    story.quote(&[second_hand], said(brek), ("Mayor Tomas Brek", 0), ("said", 2));
    story.quote(&["the pumps were old"], said(obi), ("the minister", 0), ("told him", 0));
    story.quote(&["who would pay"], said(obi), ("Obi", 2), ("say", 0));
    story.quote(&["that the turbines were new"], said(brek), ("Brek", 1), ("say", 1));
    story.quote(&["of floods"], unnamed("Officials"), ("Officials", 0), ("warned", 0));
    story.quote(&["the road was closed"], unnamed("officials"), ("officials", 0), ("said", 3));
    story.quote(&["“It was very loud.”"], Speaker::Unknown, ("Officials", 0), ("said", 3));
    story.official(obi, "Energy Minister", None, "Energy Minister");
    let (named, minister) = (story.span("Energy Minister Ada Obi", 0), story.span("Energy Minister", 0));
    let by = |attachment, resolution, antecedent| Evidence { attachment, resolution, antecedent };
    story.statement("“The dam").evidence = by(Attachment::Follows, Resolution::Name, None);
    let second = story.statement("“Nobody");
    (second.evidence, second.confidence) = (by(Attachment::Follows, Resolution::Pronoun, Some(named)), 0.85);
    story.statement("the gates").evidence = by(Attachment::Leads, Resolution::Unnamed, None);
    let view = story.statement("the rain");
    (view.evidence, view.class) = (by(Attachment::Leads, Resolution::Name, None), CueClass::Think);
    story.statement(second_hand).evidence = by(Attachment::Leads, Resolution::Name, None);
    let outer = story.number(second_hand);
    let inner = story.statement("the pumps");
    (inner.evidence, inner.within) = (by(Attachment::Leads, Resolution::Role, Some(minister)), Some(outer));
    inner.confidence = 0.35;
    story.statement("who would pay").assertion = Assertion::Negated;
    story.statement("who would pay").evidence = by(Attachment::Leads, Resolution::Name, None);
    story.statement("that the turbines").assertion = Assertion::Hypothetical;
    story.statement("that the turbines").evidence = by(Attachment::Leads, Resolution::Name, None);
    for words in ["of floods", "the road"] {
        story.statement(words).evidence = by(Attachment::Leads, Resolution::Unnamed, None);
    }
    let alone = story.statement("“It was");
    (alone.source, alone.cue, alone.confidence) = (None, None, 0.0);
    story.countries(&["GH"], &[]);
    story
}
