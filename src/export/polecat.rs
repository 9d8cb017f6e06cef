//! The events of an article as rows of tab-separated values with the columns of POLECAT, the event data made with PLOVER.
//!
//! An event is one row, also where several act or are acted upon: their names, countries, sectors and titles are joined by `; `
//! in the same order, so that the second country is that of the second name (no value has a `;` in itself); what is not known
//! of one of them is empty between the marks, and a cell is empty where it is known of none. The first sector that is known is the primary one.
//!
//! A cell whose value is not known is empty, and some columns always are, since nothing that dateline knows tells them:
//! Intensity, the COW numbers, the identifiers of Wikipedia and GeoNames, and Feature Type. Event Date is a day or empty:
//! the day of publication, and spans of days, are no substitute for the day (the PLOVER export has spans). City and District
//! hold the place's name where it is known to be a town or a county. Countries are ISO 3166-1 alpha-3, `XKX` for Kosovo,
//! `IGO` for intergovernmental organisations. Names are as the article has them where it gives a name; the words for somebody
//! without one are in the raw names.
//!
//! POLECAT has PLOVER's 16 types: events of ours (`OTHER:`) are left out.
//!
//! A cell is one line without tabs. No cell is quoted: a quotation mark `"` in a value is written as `'`, so that readers that
//! know of quoted cells and those that do not read the same.

use super::coded::{Coded, Scene, Side};
use super::{ANNOTATOR, Options};
use crate::model::{Annotations, Article, EntityKind, Event, EventKind, Mode, Point, Quad};
use crate::text::Clean;

/// Between the values of a cell.
const BETWEEN: &str = "; ";

/// What the cells of a row are made of.
pub(super) struct Row<'a> {
    article: &'a Article,
    found: &'a Annotations,
    pub event: &'a Event,
    id: String,
    actors: Vec<Side<'a>>,
    recipients: Vec<Side<'a>>,
    scene: Option<Scene<'a>>,
}

/// A column: its name, and what it holds.
type Column = (&'static str, fn(&Row<'_>) -> String);

pub(super) const COLUMNS: [Column; 41] = [
    ("Event ID", |row| row.id.clone()),
    ("Event Date", |row| row.day().unwrap_or_default()),
    ("Event Type", |row| row.event.kind.code().to_owned()),
    ("Event Mode", |row| row.event.mode.map(Mode::label).unwrap_or_default().to_owned()),
    ("Intensity", unknown),
    ("Quad Code", |row| row.event.kind.quad().map(Quad::code).unwrap_or_default().to_owned()),
    ("Contexts", |row| joined(row.event.contexts.iter().map(|context| Some(context.label())))),
    ("Actor Name", |row| names(&row.actors)),
    ("Actor Country", |row| countries(&row.actors)),
    ("Actor COW", unknown),
    ("Primary Actor Sector", |row| primary_sector(&row.actors)),
    ("Actor Sectors", |row| sectors(&row.actors)),
    ("Actor Title", |row| titles(&row.actors)),
    ("Actor Name Raw", |row| raw_names(&row.actors)),
    ("Wikipedia Actor ID", unknown),
    ("Recipient Name", |row| names(&row.recipients)),
    ("Recipient Country", |row| countries(&row.recipients)),
    ("Recipient COW", unknown),
    ("Primary Recipient Sector", |row| primary_sector(&row.recipients)),
    ("Recipient Sectors", |row| sectors(&row.recipients)),
    ("Recipient Title", |row| titles(&row.recipients)),
    ("Recipient Name Raw", |row| raw_names(&row.recipients)),
    ("Wikipedia Recipient ID", unknown),
    ("Placename", |row| row.of_scene(|scene| Some(scene.name))),
    ("City", |row| row.of_scene(|scene| scene.city)),
    ("District", |row| row.of_scene(|scene| scene.district)),
    ("Province", |row| row.of_scene(|scene| scene.province)),
    ("Country", |row| row.of_scene(|scene| scene.country3)),
    ("Latitude", |row| row.degrees(Point::latitude)),
    ("Longitude", |row| row.degrees(Point::longitude)),
    ("GeoNames ID", unknown),
    ("Raw Placename", |row| row.of_scene(|scene| Some(&scene.words))),
    ("Feature Type", unknown),
    ("Source", |row| row.article.source.as_deref().unwrap_or_default().to_owned()),
    ("Publication Date", |row| row.article.date.map(|date| date.to_string()).unwrap_or_default()),
    ("Headline", |row| row.article.title.as_deref().unwrap_or_default().to_owned()),
    ("Story People", |row| row.story(&[EntityKind::Person])),
    ("Story Organizations", |row| row.story(&[EntityKind::Org])),
    ("Story Locations", |row| row.story(&[EntityKind::Gpe, EntityKind::Loc, EntityKind::Fac])),
    ("Language", |row| row.article.language.as_deref().unwrap_or_default().to_owned()),
    ("Version", |_| ANNOTATOR.to_owned()),
];

/// The line that names the columns, without a line feed.
pub fn header() -> Clean {
    Clean::new(&COLUMNS.map(|(name, _)| name).join("\t"))
}

/// The rows of the events of `article`, without line feeds.
pub fn rows(article: &Article, found: &Annotations, options: Options) -> Vec<Clean> {
    let coded = Coded::new(article, found);
    let events = options.events(found).filter(|(_, event)| !matches!(event.kind, EventKind::Other(_)));
    let cells = |row: Row<'_>| COLUMNS.map(|(_, value)| cell(&value(&row)));
    events.map(|(number, event)| Clean::new(&cells(Row::of(&coded, number, event)).join("\t"))).collect()
}

impl<'a> Row<'a> {
    /// The row of the event with this number.
    pub fn of(coded: &Coded<'a>, number: usize, event: &'a Event) -> Self {
        Row {
            article: coded.article,
            found: coded.found,
            event,
            id: coded.id(number),
            actors: coded.sides(&event.actors),
            recipients: coded.sides(&event.recipients),
            scene: event.place.as_ref().map(|place| coded.scene(place)),
        }
    }
}

impl Row<'_> {
    /// The day of the event, if it is one day.
    fn day(&self) -> Option<String> {
        let (first, last) = self.event.when.as_ref()?.days?;
        (first == last).then(|| first.to_string())
    }

    fn of_scene<'s>(&'s self, value: impl Fn(&'s Scene<'s>) -> Option<&'s str>) -> String {
        self.scene.as_ref().and_then(value).unwrap_or_default().to_owned()
    }

    fn degrees(&self, of: fn(Point) -> f64) -> String {
        let point = self.scene.as_ref().and_then(|scene| scene.point);
        point.map(|point| of(point).to_string()).unwrap_or_default()
    }

    /// The names of these kinds in the article, each once.
    fn story(&self, kinds: &[EntityKind]) -> String {
        let mut names: Vec<&str> = Vec::new();
        for entity in self.found.entities.iter().filter(|entity| kinds.contains(&entity.kind)) {
            if !names.contains(&entity.name.as_str()) {
                names.push(&entity.name);
            }
        }
        joined(names.into_iter().map(Some))
    }
}

fn unknown(_: &Row<'_>) -> String {
    String::new()
}

fn names(sides: &[Side<'_>]) -> String {
    joined(sides.iter().map(|side| side.name))
}

fn raw_names(sides: &[Side<'_>]) -> String {
    joined(sides.iter().map(|side| Some(side.words.as_str())))
}

fn countries(sides: &[Side<'_>]) -> String {
    joined(sides.iter().map(|side| side.country))
}

fn sectors(sides: &[Side<'_>]) -> String {
    joined(sides.iter().map(|side| side.sector))
}

fn titles(sides: &[Side<'_>]) -> String {
    joined(sides.iter().map(|side| side.office))
}

fn primary_sector(sides: &[Side<'_>]) -> String {
    sides.iter().find_map(|side| side.sector).unwrap_or_default().to_owned()
}

/// The values in order, the unknown ones empty; nothing where none is known.
fn joined<'a>(values: impl Iterator<Item = Option<&'a str>>) -> String {
    // What stands between values stands nowhere in one.
    let values: Vec<String> = values.map(|value| value.unwrap_or_default().replace(';', ",")).collect();
    if values.iter().all(String::is_empty) { String::new() } else { values.join(BETWEEN) }
}

/// `value` as it may stand between tabs. It is not trimmed: what is empty before or after `; ` counts.
fn cell(value: &str) -> String {
    let on_one_line = |char: char| match char {
        '"' => '\'',
        _ if char.is_whitespace() => ' ',
        _ => char,
    };
    Clean::new(value).as_str().chars().map(on_one_line).collect()
}

#[cfg(test)]
mod tests {
    use super::super::coded::tests::story;
    use super::*;

    fn table(article: &Article, found: &Annotations, options: Options) -> Vec<Vec<String>> {
        let rows = rows(article, found, options);
        rows.iter().map(|row| row.split('\t').map(str::to_owned).collect()).collect()
    }

    fn cell_of<'a>(row: &'a [String], column: &str) -> &'a str {
        &row[COLUMNS.iter().position(|(name, _)| *name == column).unwrap()]
    }

    #[test]
    fn an_event_is_a_row_and_what_is_not_known_is_empty() {
        let (article, found) = story();
        let table = table(&article, &found, Options::default());
        assert_eq!(table.len(), 1, "an event of type OTHER is none of POLECAT's");
        assert_eq!(table[0].len(), header().split('\t').count());
        let known = [
            ("Event ID", "a1:1"),
            ("Event Date", "2026-05-04"),
            ("Event Type", "CONSULT"),
            ("Event Mode", "meet"),
            ("Quad Code", "VERBAL COOPERATION"),
            ("Contexts", "diplomatic; crime"),
            ("Actor Name", "Ada Obi; "),
            ("Actor Country", "KEN; "),
            ("Primary Actor Sector", "GOV"),
            ("Actor Sectors", "GOV; UAF"),
            ("Actor Title", "Police Minister; "),
            ("Actor Name Raw", "Ada Obi; gunmen of Oluk"),
            ("Recipient Name", "United Nations"),
            ("Recipient Country", "IGO"),
            ("Recipient Name Raw", "UN"),
            ("Placename", "Kisumu"),
            ("Province", "Lakeside"),
            ("Country", "KEN"),
            ("Latitude", "-0.09"),
            ("Longitude", "34.75"),
            ("Raw Placename", "Kisumu"),
            ("Source", "Lake Courier"),
            ("Publication Date", "2026-05-06"),
            ("Headline", "“Ferry talks” stall; 'no deal'"),
            ("Story People", "Ada Obi"),
            ("Story Organizations", "United Nations"),
            ("Story Locations", "Kisumu"),
            ("Version", ANNOTATOR),
        ];
        for (column, _) in COLUMNS {
            let expected = known.iter().find(|(name, _)| *name == column).map_or("", |(_, value)| value);
            assert_eq!(cell_of(&table[0], column), expected, "{column}");
        }
    }

    #[test]
    fn a_span_of_days_is_no_day() {
        let (article, mut found) = story();
        let when = found.events[0].when.as_mut().unwrap();
        when.days = when.days.map(|(first, last)| (first, last.tomorrow().unwrap()));
        let table = table(&article, &found, Options::default());
        assert_eq!(cell_of(&table[0], "Event Date"), "");
    }

    #[test]
    fn nothing_in_a_value_ends_a_cell_or_a_row() {
        let (mut article, mut found) = story();
        article.title = Some(Clean::new("One\ttwo\nthree\u{2028}four\r\u{1b}[31mfive"));
        found.entities[0].name = "Ada\t\"Oar\";\nObi\u{202e}".to_owned();
        let rows = rows(&article, &found, Options::default());
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].lines().count(), 1);
        let table = table(&article, &found, Options::default());
        assert_eq!(table[0].len(), COLUMNS.len());
        assert_eq!(cell_of(&table[0], "Actor Name"), "Ada 'Oar', Obi; ");
        let headline = cell_of(&table[0], "Headline");
        assert!(headline.starts_with("One two three") && !headline.contains(char::is_control), "{headline:?}");
    }

    #[test]
    fn unsure_events_are_left_out_on_request() {
        let (article, found) = story();
        let left = |min_confidence| rows(&article, &found, Options { min_confidence, ..Options::default() }).len();
        assert_eq!([0.8, 0.81].map(left), [1, 0]);
    }
}
