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

/// What the scripts say of the first article in them; of a page in general where they name no article.
pub(super) fn read(scripts: &[String]) -> Said {
    let values: Vec<Value> =
        scripts.iter().filter(|script| script.len() <= LONGEST).filter_map(|script| parse(script)).collect();
    let mut objects: Vec<&Map<String, Value>> = Vec::new();
    for value in &values {
        collect(value, 0, &mut objects);
    }
    let by_id: HashMap<&str, &Map<String, Value>> = objects
        .iter()
        .filter(|object| object.len() > 1)
        .filter_map(|object| Some((object.get("@id")?.as_str()?, *object)))
        .collect();
    let names = |object: &Map<String, Value>, key: &str| -> Vec<String> { people(object.get(key), &by_id) };
    let mut said = Said::default();
    let article = objects.iter().find(|object| {
        is_a(object, |kind| kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "Report")
    });
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

fn collect<'a>(value: &'a Value, depth: usize, objects: &mut Vec<&'a Map<String, Value>>) {
    if depth > DEEPEST || objects.len() >= MOST {
        return;
    }
    match value {
        Value::Array(list) => list.iter().for_each(|value| collect(value, depth + 1, objects)),
        Value::Object(object) => {
            objects.push(object);
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"] {
                if let Some(inner) = object.get(key) {
                    collect(inner, depth + 1, objects);
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
        let said = read(&[script.to_owned()]);
        assert_eq!(said.body.as_deref(), Some("How to feed a gull.\nTake a chip.\nHold it up."));
        assert_eq!(said.date.as_deref(), Some("2031-02-03"));
        assert_eq!(said.authors, ["Ada Quill"]);
    }
}
