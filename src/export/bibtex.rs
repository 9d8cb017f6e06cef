//! References as BibLaTeX: an article each, as `@online`.

use super::{Entry, citation};
use crate::text::Clean;

/// The entry of an article, with an empty line after it.
pub(super) fn entry(entry: &Entry<'_>) -> Clean {
    let article = entry.article;
    let mut text = format!("@online{{{},\n", citation::key(article));
    // A second pair of braces keeps capitals as they are, and makes one name of a byline.
    let mut field = |name: &str, value: &str| text.push_str(&format!("  {name} = {{{value}}},\n"));
    field("title", &format!("{{{}}}", escaped(&citation::title(article))));
    let authors: Vec<String> = citation::authors(article).iter().map(|name| author(name)).collect();
    if !authors.is_empty() {
        field("author", &authors.join(" and "));
    }
    if let Some(source) = article.source.as_deref().map(Clean::line).filter(|source| !source.is_empty()) {
        field("organization", &format!("{{{}}}", escaped(&source)));
    }
    if let Some(date) = article.date {
        field("date", &date.to_string());
    }
    if let Some(address) = article.address() {
        field("url", &address);
    }
    if let Some(date) = citation::accessed(entry) {
        field("urldate", &date.to_string());
    }
    text.push_str("}\n\n");
    Clean::new(&text)
}

/// A name; one that would be taken for several, or turned around, stays as it is between braces.
fn author(name: &str) -> String {
    let is_plain = !name.contains(',') && !name.split_whitespace().any(|word| word.eq_ignore_ascii_case("and"));
    let is_plain = is_plain && !name.eq_ignore_ascii_case("others") && escaped(name) == name;
    if is_plain { name.to_owned() } else { format!("{{{}}}", escaped(name)) }
}

/// `words` with TeX's special signs as commands. Braces would be counted even behind a backslash.
fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' => text.push_str("\\textbackslash{}"),
            '{' => text.push_str("\\textbraceleft{}"),
            '}' => text.push_str("\\textbraceright{}"),
            '~' => text.push_str("\\textasciitilde{}"),
            '^' => text.push_str("\\textasciicircum{}"),
            '$' | '&' | '#' | '_' | '%' => text.extend(['\\', c]),
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_tex_are_words() {
        assert_eq!(escaped("50 % of $5 & #1_a"), "50 \\% of \\$5 \\& \\#1\\_a");
        assert_eq!(
            escaped("a\\input{x}~^é"),
            "a\\textbackslash{}input\\textbraceleft{}x\\textbraceright{}\\textasciitilde{}\\textasciicircum{}é"
        );
    }

    #[test]
    fn a_byline_is_one_name() {
        assert_eq!(author("Ada Obi"), "Ada Obi");
        assert_eq!(author("Obi, Ada"), "{Obi, Ada}");
        assert_eq!(author("Staff and agencies"), "{Staff and agencies}");
        assert_eq!(author("others"), "{others}");
        assert_eq!(author("AT&T"), "{AT\\&T}");
    }
}
