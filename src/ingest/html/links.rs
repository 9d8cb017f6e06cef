//! Targets of links.

use url::{ParseError, Url};

/// What links are relative to.
#[derive(Debug, Clone, Default)]
pub(in crate::ingest) struct Links {
    base: Option<Url>,
}

impl Links {
    /// Links relative to `base`, if that is an address of the web.
    pub(in crate::ingest) fn relative_to(base: Option<&str>) -> Self {
        Self { base: base.and_then(|base| Url::parse(base.trim()).ok()).filter(is_web) }
    }

    /// These, relative to the `<base href>` of a page instead.
    pub(in crate::ingest) fn based(self, href: &str) -> Self {
        let base = match &self.base {
            Some(base) => base.join(href.trim()).ok(),
            None => Url::parse(href.trim()).ok(),
        };
        Self { base: base.filter(is_web).or(self.base) }
    }

    /// Where `href` leads: an absolute address, or `href` itself where nothing is known that it could be relative to.
    /// `None` for a place in the page and for anything that is neither of the web nor mail.
    pub(in crate::ingest) fn resolve(&self, href: &str) -> Option<String> {
        let href = href.trim();
        if href.starts_with('#') { None } else { self.absolute(href) }
    }

    /// [`Links::resolve`], for what may also be a place in the document itself.
    pub(in crate::ingest) fn absolute(&self, href: &str) -> Option<String> {
        let href = href.trim();
        if href.is_empty() {
            return None;
        }
        match Url::options().base_url(self.base.as_ref()).parse(href) {
            Ok(url) => (is_web(&url) || url.scheme() == "mailto").then(|| url.into()),
            Err(ParseError::RelativeUrlWithoutBase) => Some(href.to_owned()),
            Err(_) => None,
        }
    }
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_and_mail_are_led_to() {
        let links = Links::relative_to(Some("https://gull.example/a/b"));
        assert_eq!(links.resolve(" ../c?d=e ").as_deref(), Some("https://gull.example/c?d=e"));
        assert_eq!(links.resolve("//x.example/").as_deref(), Some("https://x.example/"));
        assert_eq!(links.resolve("mailto:a@x.example").as_deref(), Some("mailto:a@x.example"));
        for bad in [
            "javascript:x()",
            "java\nscript:x()",
            " JaVaScript:x",
            "data:text/html,x",
            "file:///etc/passwd",
            "#top",
            "",
        ] {
            assert_eq!(links.resolve(bad), None, "{bad}");
            assert_eq!(Links::default().resolve(bad), None, "{bad}");
        }
        assert_eq!(Links::default().resolve("/c").as_deref(), Some("/c"));
        assert_eq!(Links::relative_to(Some("file:///a")).resolve("c").as_deref(), Some("c"));
    }
}
