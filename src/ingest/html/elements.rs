//! What the elements of HTML mean for an article.

use html5ever::Attribute;

use crate::ingest::build::Inline;

/// What an open element means for the text in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    None,
    Skip,
    Article,
    Main,
    Chrome,
    Form,
    Quote,
    List,
    Item,
    Pre,
    Heading(u8),
    Mark(Inline),
    Link,
}

/// The value of an attribute.
pub(super) fn attribute<'a>(attrs: &'a [Attribute], name: &str) -> Option<&'a str> {
    attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

/// Whether an attribute keeps an element from being seen.
pub(super) fn is_hiding(attribute: &Attribute) -> bool {
    match &*attribute.name.local {
        "hidden" => !attribute.value.eq_ignore_ascii_case("until-found"),
        "style" if attribute.value.len() < 1024 => {
            let style: String = attribute.value.chars().filter(|c| !c.is_whitespace()).collect();
            style.to_ascii_lowercase().contains("display:none")
        }
        _ => false,
    }
}

/// What `name` means, in an article or outside.
pub(super) fn effect(name: &str, in_article: bool) -> Effect {
    match name {
        "script" | "style" | "template" | "svg" | "math" | "noscript" | "iframe" | "object" | "audio" | "video"
        | "canvas" | "select" | "textarea" | "button" | "datalist" | "noembed" | "noframes" | "xmp" | "dialog"
        | "map" | "progress" | "meter" => Effect::Skip,
        "article" => Effect::Article,
        "main" => Effect::Main,
        // The header of an article holds its headline.
        "header" if in_article => Effect::None,
        "nav" | "header" | "footer" | "aside" | "menu" => Effect::Chrome,
        "form" => Effect::Form,
        "blockquote" => Effect::Quote,
        "ul" | "ol" => Effect::List,
        "li" => Effect::Item,
        "pre" | "listing" => Effect::Pre,
        "h1" => Effect::Heading(1),
        "h2" => Effect::Heading(2),
        "h3" => Effect::Heading(3),
        "h4" => Effect::Heading(4),
        "h5" => Effect::Heading(5),
        "h6" => Effect::Heading(6),
        "b" | "strong" => Effect::Mark(Inline::Strong),
        "i" | "em" | "cite" => Effect::Mark(Inline::Emphasis),
        "code" | "kbd" | "samp" | "tt" => Effect::Mark(Inline::Code),
        "a" => Effect::Link,
        _ => Effect::None,
    }
}

/// Whether the element has neither content nor end tag.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Whether the element begins and ends a block of text.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "frameset"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}
