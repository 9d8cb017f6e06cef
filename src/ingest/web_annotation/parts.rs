//! The parts of an annotation: what it says, of which words at which address, who says it and when.

use jiff::Timestamp;
use serde_json::Value;

use super::Reader;
use super::values::{Object, Wrong, is_a, line, line_of, number, parts, words, wrong};
use crate::model::{Body, CORRECTION_FORM, Creator, Purpose};
use crate::text::Clean;
use crate::text::anchor::Quote;

impl Reader {
    pub(super) fn body(
        &mut self,
        body: &Value,
        path: &str,
        motivation: Option<Purpose>,
        depth: usize,
    ) -> Result<Option<Body>, Wrong> {
        let Value::Object(body) = body else {
            if body.is_string() {
                // The address of something else on the web.
                self.found.ignored += 1;
                return Ok(None);
            }
            return Err(wrong(path, "", "is neither an object nor an address"));
        };
        let path = format!("{path}.");
        let purpose = self.purpose(body, "purpose", &path)?.or(motivation);
        if let Some(value) = words(body, "value", &path)? {
            return Ok(Some(Body { purpose: said(purpose), value }));
        }
        match body.get("source") {
            Some(source @ Value::Object(_)) if depth > 0 => {
                self.body(source, &format!("{path}source"), purpose, depth - 1)
            }
            _ => {
                self.found.ignored += 1;
                Ok(None)
            }
        }
    }

    /// The address that the targets have in common, and the words in what stands there.
    pub(super) fn targets(&mut self, annotation: &Object, path: &str) -> Result<(Clean, Vec<Quote>), Wrong> {
        let mut source = None;
        let mut quotes = Vec::new();
        for (place, target) in parts(annotation, "target", path)? {
            let place = format!("{place}.");
            let (address, quote) = match target {
                Value::String(_) => (line_of(target, &place)?, None),
                Value::Object(target) => {
                    let address = match target.get("source") {
                        Some(Value::Object(source)) => line(source, "id", &format!("{place}source."))?,
                        Some(source) => Some(line_of(source, &format!("{place}source"))?),
                        None => line(target, "id", &place)?,
                    };
                    let address = address.ok_or_else(|| wrong(&place, "source", "is missing"))?;
                    (address, self.quote(target, &place)?)
                }
                _ => return Err(wrong(&place, "", "is neither an object nor an address")),
            };
            if *source.get_or_insert_with(|| address.clone()) != address {
                self.found.ignored += 1;
                continue;
            }
            quotes.extend(quote);
        }
        Ok((source.ok_or_else(|| wrong(path, "target", "is missing"))?, quotes))
    }

    pub(super) fn quote(&mut self, target: &Object, path: &str) -> Result<Option<Quote>, Wrong> {
        let mut quote = Quote::default();
        let mut is_known = false;
        for (place, selector) in parts(target, "selector", path)? {
            let Value::Object(selector) = selector else {
                if selector.is_string() {
                    self.found.ignored += 1;
                    continue;
                }
                return Err(wrong(&place, "", "is no object"));
            };
            let place = format!("{place}.");
            if is_a(selector, "TextQuoteSelector") {
                quote.exact =
                    words(selector, "exact", &place)?.ok_or_else(|| wrong(&place, "exact", "is missing"))?;
                quote.prefix = words(selector, "prefix", &place)?.unwrap_or_default();
                quote.suffix = words(selector, "suffix", &place)?.unwrap_or_default();
                is_known = true;
            } else if is_a(selector, "TextPositionSelector") {
                let (start, end) = (number(selector, "start", &place)?, number(selector, "end", &place)?);
                if end < start {
                    return Err(wrong(&place, "end", "is before start"));
                }
                quote.position = Some((start, end));
                is_known = true;
            } else {
                self.found.ignored += 1;
            }
        }
        Ok(is_known.then_some(quote))
    }

    /// The first purpose that is known here.
    pub(super) fn purpose(&mut self, object: &Object, key: &str, path: &str) -> Result<Option<Purpose>, Wrong> {
        let mut known = None;
        for (place, label) in parts(object, key, path)? {
            let label = label.as_str().ok_or_else(|| wrong(&place, "", "is not a name"))?;
            match Purpose::from_label(label) {
                Some(purpose) => known = known.or(Some(purpose)),
                None => self.found.ignored += 1,
            }
        }
        Ok(known)
    }

    pub(super) fn moment(&mut self, annotation: &Object, path: &str) -> Result<Option<Timestamp>, Wrong> {
        let Some(written) = line(annotation, "created", path)? else { return Ok(None) };
        let moment = written.parse().ok();
        if moment.is_none() {
            self.notice(&format!("{path}created"), "is no date with time and zone, and was left out");
        }
        Ok(moment)
    }
}

/// What a text is for whose annotation does not say.
pub(super) fn said(purpose: Option<Purpose>) -> Purpose {
    purpose.filter(|purpose| *purpose != Purpose::Highlighting).unwrap_or(Purpose::Commenting)
}

/// Whether the words of a body tell what is to be set right.
pub(super) fn is_correction(body: &Value) -> bool {
    body.get("conformsTo").and_then(Value::as_str) == Some(CORRECTION_FORM)
}

/// The creator, or the first of several.
pub(super) fn creator(annotation: &Object, path: &str) -> Result<Option<Creator>, Wrong> {
    let Some((place, value)) = parts(annotation, "creator", path)?.into_iter().next() else { return Ok(None) };
    let Value::Object(agent) = value else {
        return Ok(Some(Creator { name: line_of(value, &place)?, is_program: false }));
    };
    let place = format!("{place}.");
    for key in ["name", "nickname", "id"] {
        let name = parts(agent, key, &place)?.into_iter().next();
        if let Some((place, name)) = name {
            return Ok(Some(Creator { name: line_of(name, &place)?, is_program: is_a(agent, "Software") }));
        }
    }
    Ok(None)
}
