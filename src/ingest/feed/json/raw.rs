//! Values of JSON that are not read before they are asked for.

use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::ingest::json::mend;

/// Elements of a list that are read.
const MOST: usize = 100;

/// A value as it is written. What is not there is `null`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raw<'a>(&'a str);

impl Default for Raw<'_> {
    fn default() -> Self {
        Raw("null")
    }
}

impl<'a> From<&'a RawValue> for Raw<'a> {
    fn from(value: &'a RawValue) -> Self {
        Raw(value.get())
    }
}

impl<'a> Raw<'a> {
    pub fn is_null(self) -> bool {
        self.0 == "null"
    }

    pub fn is_text(self) -> bool {
        self.0.starts_with('"')
    }

    /// The text that it is. What of it could not be read is one character that cannot be shown.
    pub fn text(self) -> Option<String> {
        if !self.is_text() {
            return None;
        }
        serde_json::from_str(self.0).ok().or_else(|| serde_json::from_str(&mend::all(self.0)?).ok())
    }

    /// The number that it is, as JSON writes it.
    pub fn number(self) -> Option<String> {
        serde_json::from_str::<serde_json::Number>(self.0).ok().map(|number| number.to_string())
    }

    /// Calls `each` with the members of an object; whether it is one.
    pub fn each_member(self, each: impl FnMut(&str, Raw<'a>)) -> bool {
        serde_json::Deserializer::from_str(self.0).deserialize_map(Members(each)).is_ok()
    }

    /// Calls `each` with the elements of a list, the first hundred.
    pub fn each_element(self, each: impl FnMut(Raw<'a>)) {
        // Anything else has none.
        let _ = serde_json::Deserializer::from_str(self.0).deserialize_seq(Elements(each));
    }
}

struct Members<F>(F);

impl<'de, F: FnMut(&str, Raw<'de>)> Visitor<'de> for Members<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            (self.0)(&key, map.next_value::<&RawValue>()?.into());
        }
        Ok(())
    }
}

struct Elements<F>(F);

impl<'de, F: FnMut(Raw<'de>)> Visitor<'de> for Elements<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        for _ in 0..MOST {
            let Some(value) = list.next_element::<&RawValue>()? else { return Ok(()) };
            (self.0)(value.into());
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }
}
