//! The stories that come with the program.

/// Name and Markdown source of each, in the order they are shown.
pub(super) const STORIES: &[(&str, &str)] = &[
    ("stories/01-darkhan-station.md", include_str!("../../assets/stories/01-darkhan-station.md")),
    ("stories/02-lake-patrols.md", include_str!("../../assets/stories/02-lake-patrols.md")),
    ("stories/03-ports-minister.md", include_str!("../../assets/stories/03-ports-minister.md")),
    ("stories/04-chari-crossings.md", include_str!("../../assets/stories/04-chari-crossings.md")),
    ("stories/05-tailings-dam.md", include_str!("../../assets/stories/05-tailings-dam.md")),
    ("stories/06-ghost-fleet.md", include_str!("../../assets/stories/06-ghost-fleet.md")),
    ("stories/07-desert-line.md", include_str!("../../assets/stories/07-desert-line.md")),
    ("stories/08-ballast-law.md", include_str!("../../assets/stories/08-ballast-law.md")),
    ("stories/09-cyclone-relief.md", include_str!("../../assets/stories/09-cyclone-relief.md")),
    ("stories/10-danube-vote.md", include_str!("../../assets/stories/10-danube-vote.md")),
];
