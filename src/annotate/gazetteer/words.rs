//! The forms of names. The build makes its table with the same functions.

/// PLOVER's codes of sectors, in the order in which the table numbers them.
pub const SECTORS: [&str; 25] = [
    "AGR", "BUS", "COP", "CRM", "CVL", "EDU", "ELI", "GOV", "JRN", "JUD", "LAB", "LEG", "MED", "MIL", "OPP", "PRE",
    "PRM", "PTY", "REB", "REF", "REL", "SOC", "SPY", "UAF", "UNK",
];

/// Whether there is a letter and no small one.
pub fn is_upper(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

/// Whether a name of the tables counts as an acronym: it is only looked for in capitals, and apart from other names, so
/// that "US" and "CAR" are not "us" and "Car".
pub fn is_acronym(name: &str) -> bool {
    is_upper(name)
}

/// The plural noun that belongs to an adjective: "Iranians" for "Iranian"; `None` where English has none by that rule
/// ("French", "Chinese", "Swiss").
pub fn demonym_plural(adjective: &str) -> Option<String> {
    const WITHOUT: [&str; 9] = ["se", "sh", "ss", "is", "ic", "nch", "tch", "nx", "yz"];
    let plain = WITHOUT.iter().any(|ending| adjective.ends_with(ending)) || ["Lao", "Malagasy"].contains(&adjective);
    (!plain).then(|| format!("{adjective}s"))
}
