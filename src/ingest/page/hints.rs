//! What the names that a page's makers gave its parts say of them: classes, ids and roles.

use crate::ingest::html::{Dom, Ix, Key, Tag};

/// What an element is for, by its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hint {
    /// Nothing is said.
    None,
    /// The text of the article.
    Body,
    /// About the article, or beside it: byline, date, tags, teasers. Short ones are left out.
    Beside,
    /// No part of the article: comments, links to others, sharing, navigation.
    Outside,
}

/// Names of what is no part of an article, with which a word of a class or id begins. With them the German ones, as German
/// pages often name their parts so; `mw-editsection`, `sharedaddy` and the like are of widely used systems.
const OUTSIDE: &str = "\
    comment kommentar disqus related verwandt recommend empfehl newsletter subscri cookie consent gdpr sidebar side-bar \
    breadcrumb brotkrumen footer masthead navigation navbar menu sponsor advert werbung outbrain taboola popular trending \
    most-read mostread read-next readnext more-from more-stories morestories more-news pagination pager paginat \
    author-bio authorbio author-box authorbox author-info about-author about-the-author toolbar login signup sign-up \
    signin sign-in popup pop-up modal skip-link skiplink screen-reader visually-hidden visuallyhidden sr-only copyright \
    addtoany addthis sharedaddy ticker donat feedback promo teaser vcard user-profile userprofile disclosure noprint \
    no-print article-footer impressum tweet-button fb-like mw-editsection reflist socials social-";
/// The same for whole words, which stand within others that mean something else.
const OUTSIDE_WORDS: &str = "\
    ad ads nav toc banner anzeige bio reply replies authors navbox respond rating ratings player share shares \
    sharing sharebar teilen social follow overlay";

/// Names of what stands beside a text.
const BESIDE: &str = "\
    byline dateline timestamp tag-list taglist keyword schlagwort widget author autor publish gallery carousel slider \
    slideshow caption credit kicker categor readmore read-more weiterlesen more-link infobox info-box survey call-to-action \
    link-list linklist video audio embed download button";

/// The same for whole words.
const BESIDE_WORDS: &str = "\
    meta tags topics topic date dates datum datetime label labels poll polls quiz cta links source sources quelle quellen \
    action actions icon icons vote votes notice also print series external postmeta entrymeta";

/// Names of the text of an article.
const BODY: &[&str] = &[
    "articlebody",
    "article-body",
    "article_body",
    "article__body",
    "articlecontent",
    "article-content",
    "article_content",
    "article__content",
    "articletext",
    "article-text",
    "article_text",
    "article__text",
    "storybody",
    "story-body",
    "story_body",
    "story-content",
    "storycontent",
    "entry-content",
    "entry_content",
    "entrycontent",
    "post-content",
    "post_content",
    "postcontent",
    "post-body",
    "post_body",
    "postbody",
    "post-entry",
    "post-text",
    "post__content",
    "blog-content",
    "body-text",
    "bodytext",
    "body-copy",
    "bodycopy",
    "content-body",
    "contentbody",
    "content__body",
    "text-body",
    "main-text",
    "news-text",
    "newstext",
    "artikeltext",
    "artikel-text",
    "article-main",
    "td-post-content",
    "field-name-body",
    "field--name-body",
    "maincontent",
    "story-text",
    "single-content",
    "page-content",
    "instapaper_body",
    "e-content",
];

/// Names of the lines between a headline and the text.
const LEAD: &[&str] = &[
    "lead",
    "summary",
    "intro",
    "standfirst",
    "subtitle",
    "sub-title",
    "subhead",
    "sub-head",
    "subline",
    "deck",
    "dek",
    "excerpt",
    "chapo",
    "chapeau",
    "vorspann",
    "teaser-text",
    "teasertext",
    "abstract",
    "description",
    "entradilla",
    "sapo",
    "ingress",
    "occhiello",
    "sommario",
];

/// Names of what has a description of its own.
const OF_OTHER: &[&str] =
    &["media__", "media-", "image", "video", "caption", "figure", "picture", "photo", "gallery", "author", "product"];

/// The longest names that are looked at, in bytes: longer ones are hardly names.
const LONGEST: usize = 512;

/// What the names of each element say, by number.
#[derive(Debug)]
pub(super) struct Names {
    pub hints: Vec<Hint>,
    /// Whether it is about other articles, or by readers.
    pub foreign: Vec<bool>,
    /// Whether it sums up what comes below.
    pub leads: Vec<bool>,
}

impl Names {
    /// The names of `dom`.
    pub(super) fn of(dom: &Dom) -> Self {
        Self {
            hints: dom.told(Hint::None, |ix| hint(dom, ix)),
            foreign: dom.told(false, |ix| is_foreign(dom, ix)),
            leads: dom.told(false, |ix| is_lead(dom, ix)),
        }
    }
}

/// Whether the names of `ix` say that it stands between the headline and the text and sums it up.
fn is_lead(dom: &Dom, ix: Ix) -> bool {
    matches!(
        dom.attribute(ix, Key::Itemprop),
        Some("description" | "alternativeHeadline" | "alternativeheadline" | "abstract")
    ) || names(dom, ix, Key::Class).is_some_and(|names| {
        let names = names.to_ascii_lowercase();
        // What describes a picture or a person does not sum up the article.
        let of_other = OF_OTHER.iter().any(|other| names.contains(other));
        LEAD.iter().any(|lead| names.contains(lead)) && !of_other
    })
}

/// Whether `ix` is called a teaser.
pub(super) fn is_called_teaser(dom: &Dom, ix: Ix) -> bool {
    names(dom, ix, Key::Class).is_some_and(|names| names.to_ascii_lowercase().contains("teaser"))
}

/// The names in an attribute.
fn names(dom: &Dom, ix: Ix, key: Key) -> Option<&str> {
    dom.attribute(ix, key).filter(|names| names.len() < LONGEST)
}

/// What the names of `ix` say.
fn hint(dom: &Dom, ix: Ix) -> Hint {
    if let Some(role) = dom.attribute(ix, Key::Role)
        && matches!(
            role,
            "navigation"
                | "banner"
                | "contentinfo"
                | "complementary"
                | "search"
                | "dialog"
                | "alert"
                | "menu"
                | "menubar"
                | "toolbar"
                | "tablist"
        )
    {
        return Hint::Outside;
    }
    if dom.attribute(ix, Key::AriaHidden).is_some_and(|hidden| hidden == "true") {
        return Hint::Beside;
    }
    let mut found = Hint::None;
    match dom.attribute(ix, Key::Itemprop) {
        Some("articleBody" | "reviewBody") => return Hint::Body,
        Some("comment" | "relatedLink") => return Hint::Outside,
        Some("author" | "datePublished" | "dateModified" | "publisher" | "keywords" | "articleSection") => {
            found = Hint::Beside;
        }
        _ => (),
    }
    if is_lead(dom, ix) {
        return Hint::None;
    }
    // The names of a whole page tell of all its parts; those of an article of its categories.
    if matches!(dom.tag(ix), Tag::Html | Tag::Body | Tag::Main) {
        return found;
    }
    // A part that is called the text is that, whatever else it is called.
    for key in [Key::Class, Key::Id, Key::Hint] {
        let Some(names) = names(dom, ix, key) else { continue };
        // An id made of a heading tells what the text is about.
        if key == Key::Id && names.split(['-', '_']).count() > 3 {
            continue;
        }
        for name in names.split_ascii_whitespace() {
            match of_name(name, dom.tag(ix) == Tag::Article) {
                Hint::Body => return Hint::Body,
                hint => found = found.max(hint),
            }
        }
    }
    found
}

fn of_name(name: &str, is_article: bool) -> Hint {
    let split = words(name);
    let name = name.to_ascii_lowercase();
    const OF_WHOLE: [&str; 12] = [
        "has-",
        "is-",
        "with-",
        "no-",
        "without-",
        "tag-",
        "category-",
        "type-",
        "status-",
        "format-",
        "post-",
        "js-",
    ];
    if BODY.iter().any(|body| name.contains(body)) {
        return Hint::Body;
    }
    if is_article && OF_WHOLE.iter().any(|start| name.starts_with(start)) {
        return Hint::None;
    }
    if ["has-", "with-", "no-", "without-"].iter().any(|start| name.starts_with(start)) {
        return Hint::None;
    }
    let lower = format!("-{}-", split.join("-"));
    let begins = |names: &str| names.split_ascii_whitespace().any(|name| has(&lower, name, false));
    let holds = |names: &str| names.split_ascii_whitespace().any(|name| has(&lower, name, true));
    if begins(OUTSIDE) || holds(OUTSIDE_WORDS) {
        return Hint::Outside;
    }
    let describes = name.contains("description") && OF_OTHER.iter().any(|other| name.contains(other));
    if describes || begins(BESIDE) || holds(BESIDE_WORDS) { Hint::Beside } else { Hint::None }
}

/// Whether `name` stands in `words`, which have a hyphen around each, at the beginning of one; as a whole if `is_whole`.
fn has(words: &str, name: &str, is_whole: bool) -> bool {
    words
        .match_indices(name)
        .any(|(at, _)| words[..at].ends_with('-') && (!is_whole || words[at + name.len()..].starts_with('-')))
}

/// The words of a name, in small letters: `postMeta`, `post_meta` and `post-meta` are two.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut begins = true;
    let mut was_small = false;
    for c in name.chars() {
        if !c.is_alphanumeric() {
            begins = true;
            continue;
        }
        if begins || was_small && c.is_uppercase() {
            words.push(String::new());
        }
        begins = false;
        was_small = c.is_lowercase();
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
    }
    words
}

/// Whether `ix` is by its names about other articles, or by readers.
fn is_foreign(dom: &Dom, ix: Ix) -> bool {
    const FOREIGN: [&str; 13] = [
        "comment",
        "kommentar",
        "disqus",
        "related",
        "verwandt",
        "teaser",
        "sidebar",
        "popular",
        "recommend",
        "recent",
        "footer",
        "trending",
        "most-read",
    ];
    if matches!(dom.tag(ix), Tag::Html | Tag::Body | Tag::Main | Tag::Article) {
        return false;
    }
    [Key::Class, Key::Id].into_iter().filter_map(|key| names(dom, ix, key)).any(|names| {
        let names = names.to_ascii_lowercase();
        FOREIGN.iter().any(|foreign| names.contains(foreign))
            && !["has-", "comments-link", "post-footer", "entry-footer", "article-footer"]
                .iter()
                .any(|own| names.contains(own))
    })
}
