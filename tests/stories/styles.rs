//! Every way in which news English reports speech occurs in the bundled stories.

use super::stories;

/// A way of reporting speech, and words of the stories that show it. A paragraph break is `\n`.
const STYLES: &[(&str, &[&str])] = &[
    ("curly marks", &["“Whoever aimed at a pylon hit a hospital.”"]),
    ("straight marks", &["\"It was good chowder,\" he added."]),
    ("British single marks with apostrophes", &["‘I won’t ask others to carry what I haven’t carried myself,’"]),
    ("guillemets with no-break spaces", &["«\u{a0}Give us ten days of clean water"]),
    ("marks within marks", &["‘They “sing of it”, as counsel put it,"]),
    (
        "several paragraphs, the mark repeated",
        &["nothing at all.\n“I will not tell you", "in the night.\n“Those who did"],
    ),
    ("split by its cue within a sentence", &["kept on the water,\" he said, \"and we shall"]),
    ("split by its cue between sentences", &["Friday night,\" Mwakalinga told reporters. \"Not one"]),
    ("a cue of its own", &["three times,” Roca said. “He has the letters,” he added, “and"]),
    (
        "a pronoun, two candidates",
        &["Mwakalinga answered him with a smile. \"He can borrow my binoculars,\" she said."],
    ),
    (
        "a role",
        &["the minister said.", "the spokeswoman said.", "the commodore replied", "the former commissioner said."],
    ),
    ("indirect", &["said the device had been left"]),
    (
        "indirect, the cue last",
        &["sending grey mud across the frontier into Peru, the authorities in both countries said."],
    ),
    (
        "mixed",
        &[
            "called the outcome \"a plank, not yet a bridge\"",
            "described the closure as «\u{a0}hard, but fair\u{a0}»",
        ],
    ),
    ("mixed, in parts", &["was “kindly meant,” said", ", but “we have nowhere to be that cold”"]),
    (
        "a name or a scare quote",
        &["“Operation Blue Lantern”", "so-called “ghost fleet”", "as the \"Clean Hulls Act,\""],
    ),
    ("according to", &["According to Aalto, barges", ", according to the French embassy"]),
    ("a colon", &["on state television: “We have"]),
    ("a dash", &["not after a committee” – Obeidat."]),
    ("a statement by an organisation", &["said in a statement: \"Fish", "the statement said."]),
    ("unnamed sources", &["who asked not to be named", "One of them said:", "on condition of anonymity"]),
    ("told reporters", &["Kenjiro Arakida, told reporters in Tokyo"]),
    ("a denial denied", &["Mulonga did not deny that"]),
    ("a quotation within reported speech", &["said that an official told him last month that"]),
    ("cue before speaker, with a clause", &["said Colonel Ruth Nkandu, whose own father"]),
    (
        "an agency's dateline",
        &["NAIROBI, June 3 (Lake Wire) – Tanzania", "WARSAW, Nov. 12 (Vistula Press Service) — Polish"],
    ),
    (
        "an office inherited from a counterpart",
        &["his Mongolian counterpart Ochir Ganzorig", "his Romanian counterpart Ileana"],
    ),
    ("an office in apposition", &["Samuel Wekesa, Kenya's foreign minister, who"]),
    ("former, acting, deputy", &["Former Gov. Robert", "Acting Commerce Secretary Dana", "Deputy Mayor Christine"]),
    ("two people of one surname", &["Colin Garrick said", "Helen Garrick, resigned"]),
    ("a relative day", &["two days ago", "last month", "said on Sunday", "on Wednesday"]),
    ("an insertion", &["[armed] gangs"]),
];

#[test]
fn every_way_of_reporting_speech_occurs() {
    let texts: Vec<String> = stories()
        .iter()
        .map(|story| {
            // As read on the page: one line a block.
            let blocks: Vec<String> = story
                .doc
                .blocks
                .iter()
                .map(|block| block.span.of(&story.doc.text).split([' ', '\n']).collect::<Vec<_>>().join(" "))
                .collect();
            blocks.join("\n")
        })
        .collect();
    for (style, samples) in STYLES {
        for sample in *samples {
            assert!(texts.iter().any(|text| text.contains(sample)), "{style}: {sample:?} is in no story");
        }
    }
}

#[test]
fn a_headline_quotes() {
    assert!(
        stories()
            .iter()
            .any(|story| story.title.as_ref().is_some_and(|title| title.contains("‘I should have read it’:")))
    );
}
