//! What a page says of its article in JSON-LD.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::head::Said;

/// The longest script that is read, in bytes.
const LONGEST: usize = 1 << 20;
/// Lists and graphs within each other that are looked into.
const DEEPEST: usize = 6;
/// Objects that are looked at.
const MOST: usize = 5_000;
/// Articles that are compared with the page.
const MOST_ARTICLES: usize = 100;

/// What a page is known by, apart from its JSON-LD.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub addresses: Vec<String>,
    pub titles: Vec<String>,
}

impl Known {
    /// Whether an object is about this page: by its address, or by its headline.
    fn is_of(&self, object: &Map<String, Value>) -> bool {
        let address = |value: &Value| {
            let text = value.as_str().or_else(|| value.get("@id")?.as_str()).or_else(|| value.get("url")?.as_str());
            text.is_some_and(|text| self.addresses.iter().any(|known| is_same_address(known, text)))
        };
        let headline = |value: &Value| {
            let words = value.as_str().map(letters).filter(|words| words.len() >= FEWEST);
            words.is_some_and(|words| self.titles.iter().any(|known| letters(known).contains(&words)))
        };
        const FEWEST: usize = 4;
        ["url", "mainEntityOfPage", "@id"].iter().filter_map(|key| object.get(*key)).any(address)
            || ["headline", "name"].iter().filter_map(|key| object.get(*key)).any(headline)
    }
}

fn is_same_address(a: &str, b: &str) -> bool {
    let bare = |text: &str| text.split('#').next().unwrap_or_default().trim().trim_end_matches('/').to_owned();
    bare(a) == bare(b)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(1000).collect()
}

/// What the scripts say of the article that is `known`, else of the first in them that is in no list of articles; of a page
/// in general where they name no article.
pub(super) fn read(scripts: &[String], known: &Known) -> Said {
    let values: Vec<Value> =
        scripts.iter().filter(|script| script.len() <= LONGEST).filter_map(|script| parse(script)).collect();
    let mut found: Vec<(&Map<String, Value>, bool)> = Vec::new();
    for value in &values {
        collect(value, 0, false, &mut found);
    }
    let objects: Vec<&Map<String, Value>> = found.iter().map(|(object, _)| *object).collect();
    let by_id: HashMap<&str, &Map<String, Value>> = objects
        .iter()
        .filter(|object| object.len() > 1)
        .filter_map(|object| Some((object.get("@id")?.as_str()?, *object)))
        .collect();
    let names = |object: &Map<String, Value>, key: &str| -> Vec<String> { people(object.get(key), &by_id) };
    let mut said = Said::default();
    let is_article = |object: &Map<String, Value>| {
        is_a(object, |kind| kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "Report")
    };
    let articles: Vec<_> = found.iter().filter(|(object, _)| is_article(object)).collect();
    let own = articles.iter().take(MOST_ARTICLES).find(|(object, _)| known.is_of(object));
    // What a list holds is about other pages.
    let article = own.or_else(|| articles.iter().find(|(_, is_listed)| !is_listed)).map(|(object, _)| object);
    let page = objects.iter().find(|object| {
        is_a(object, |kind| {
            kind.ends_with("WebPage")
                || matches!(
                    kind,
                    "Recipe"
                        | "HowTo"
                        | "VideoObject"
                        | "Product"
                        | "CreativeWork"
                        | "PodcastEpisode"
                        | "Review"
                        | "Guide"
                )
        })
    });
    for (object, is_article) in [(article, true), (page, false)] {
        let Some(object) = object else { continue };
        let text = |key: &str| {
            object.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        if is_article {
            said.title = text("headline").or_else(|| text("name"));
            said.url = text("url");
            said.body = text("articleBody");
            said.is_free = match object.get("isAccessibleForFree") {
                Some(Value::Bool(is_free)) => Some(*is_free),
                Some(Value::String(word)) if word.eq_ignore_ascii_case("false") => Some(false),
                _ => None,
            };
        } else if said.body.is_none() {
            said.body = instructions(object);
        }
        said.date = said.date.or_else(|| text("datePublished")).or_else(|| text("dateCreated"));
        said.modified = said.modified.or_else(|| text("dateModified"));
        if said.site.is_none() {
            said.site = names(object, "publisher").into_iter().next();
        }
        if said.authors.is_empty() {
            said.authors = names(object, "author");
        }
        if said.authors.is_empty() {
            said.authors = names(object, "creator");
        }
    }
    said
}

/// What instructions say: their description and their steps, a paragraph each.
fn instructions(object: &Map<String, Value>) -> Option<String> {
    const MOST: usize = 500;
    let steps = object.get("step").or_else(|| object.get("recipeInstructions"))?.as_array()?;
    let step = |step: &Value| -> Option<String> {
        let text = step.as_str().or_else(|| step.get("text")?.as_str()).or_else(|| step.get("name")?.as_str());
        Some(text?.to_owned())
    };
    let described = object.get("description").and_then(Value::as_str).map(str::to_owned);
    let parts: Vec<String> = described.into_iter().chain(steps.iter().take(MOST).filter_map(step)).collect();
    Some(parts.join("\n"))
}

/// Many scripts hold what JSON does not allow: line ends in texts, a semicolon behind, comments around.
fn parse(script: &str) -> Option<Value> {
    let script = script.trim().trim_start_matches("<!--").trim_start_matches("//").trim_start_matches("<![CDATA[");
    let script =
        script.trim_end_matches("-->").trim_end_matches("]]>").trim_end_matches("//").trim().trim_end_matches(';');
    serde_json::from_str(script).ok().or_else(|| {
        let repaired: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&repaired).ok()
    })
}

/// Collects the objects in `value`, each with whether it stands in a list of things.
fn collect<'a>(value: &'a Value, depth: usize, is_listed: bool, objects: &mut Vec<(&'a Map<String, Value>, bool)>) {
    if depth > DEEPEST || objects.len() >= MOST {
        return;
    }
    match value {
        Value::Array(list) => list.iter().for_each(|value| collect(value, depth + 1, is_listed, objects)),
        Value::Object(object) => {
            objects.push((object, is_listed));
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"] {
                if let Some(inner) = object.get(key) {
                    collect(inner, depth + 1, is_listed || key == "itemListElement", objects);
                }
            }
        }
        _ => (),
    }
}

fn is_a(object: &Map<String, Value>, test: impl Fn(&str) -> bool) -> bool {
    match object.get("@type") {
        Some(Value::String(kind)) => test(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(test),
        _ => false,
    }
}

/// The names of persons or bodies: texts, objects, references to objects, or a list of these.
fn people(value: Option<&Value>, by_id: &HashMap<&str, &Map<String, Value>>) -> Vec<String> {
    const MOST: usize = 32;
    let list = match value {
        Some(Value::Array(list)) => list.iter().take(MOST).collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    };
    let name = |value: &Value| -> Option<String> {
        let name = match value {
            Value::String(name) => name.as_str(),
            Value::Object(object) => match object.get("name") {
                Some(Value::String(name)) => name,
                Some(Value::Array(names)) => names.first()?.as_str()?,
                _ => by_id.get(object.get("@id")?.as_str()?)?.get("name")?.as_str()?,
            },
            _ => return None,
        };
        Some(name.to_owned())
    };
    list.into_iter().filter_map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_are_told_step_by_step() {
        let script = r#"{"@type": "HowTo", "datePublished": "2031-02-03", "author": {"name": "Ada Quill"},
            "description": "How to feed a gull.", "step": [{"text": "Take a chip."}, "Hold it up.", {"url": "/3"}]}"#;
        let said = read(&[script.to_owned()], &Known::default());
        assert_eq!(said.body.as_deref(), Some("How to feed a gull.\nTake a chip.\nHold it up."));
        assert_eq!(said.date.as_deref(), Some("2031-02-03"));
        assert_eq!(said.authors, ["Ada Quill"]);
    }

    #[test]
    fn articles_in_lists_are_others() {
        let list = r#"{"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item":
            {"@type": "NewsArticle", "headline": "Other story", "url": "https://gull.example/other"}}]}"#;
        let own = r#"{"@type": "NewsArticle", "headline": "Gulls", "url": "https://gull.example/gulls/"}"#;
        let title = |scripts: &[&str], known: &Known| {
            read(&scripts.iter().map(|script| (*script).to_owned()).collect::<Vec<_>>(), known).title
        };
        let nothing = Known::default();
        assert_eq!(title(&[list, own], &nothing).as_deref(), Some("Gulls"));
        assert_eq!(title(&[list], &nothing), None);
        let other = r#"{"@type": "NewsArticle", "headline": "Harbour", "url": "https://gull.example/harbour"}"#;
        let known = Known { addresses: vec!["https://gull.example/gulls".to_owned()], titles: Vec::new() };
        assert_eq!(title(&[other, own], &known).as_deref(), Some("Gulls"));
        let known = Known { addresses: Vec::new(), titles: vec!["Gulls | Gull Wire".to_owned()] };
        assert_eq!(title(&[other, own], &known).as_deref(), Some("Gulls"));
    }
}
