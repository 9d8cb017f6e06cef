//! The README's recipes are found to do what it says, over the bundled stories.

use crate::support::*;

const README: &str = include_str!("../../README.md");

/// Each recipe of the README with the number of articles or statements that it finds in the stories.
fn recipes() -> Vec<(String, usize)> {
    let part =
        README.split("<!-- recipes: begin -->").nth(1).and_then(|rest| rest.split("<!-- recipes: end -->").next());
    let rows = part.expect("the README has recipes").lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [query, _, number] = cells[..] else { panic!("{row}") };
        let number = number.split(' ').next().and_then(|number| number.parse().ok());
        (query.trim_matches('`').replace("\\|", "|"), number.unwrap_or_else(|| panic!("{row}")))
    })
    .collect()
}

#[test]
fn the_recipes_find_what_the_readme_says() {
    let store = library();
    let recipes = recipes();
    assert!(recipes.len() >= 10);
    let mut wrong = Vec::new();
    for (query, expected) in recipes {
        let search = dateline::query::parse(&query).unwrap_or_else(|error| panic!("{query}: {error}"));
        let speaks = search.matching.is_some_and(|matching| matching.asks_for_statements());
        let number = if speaks { said(&store, &query).len() } else { titles(&store, &query).len() };
        if number != expected || number == 0 {
            wrong.push(format!("{query}: {number}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
