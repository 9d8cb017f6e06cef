//! Whether what was found on a page is a whole article.

use super::choose::Chosen;
use super::head::Head;
use super::{Quality, Seen};
use crate::ingest::html::Tag;
use crate::text::Clean;

/// Articles shorter than this are few; in letters, as [`super::measure`] counts them.
const BRIEF: usize = 250;
/// Longer texts than this are more than what stands before a wall.
const STUB: usize = 1500;

/// What pages say that need a script to show anything, in small letters.
const SCRIPT: &str = "enable javascript|javascript is disabled|requires javascript|need to enable javascript|\
    javascript to run|javascript aktivieren|javascript deaktiviert|activer javascript|habilita javascript|\
    activar javascript|abilita javascript|javascript inschakelen|ative o javascript|checking your browser|\
    verify you are human|verifying you are human|are you a robot|ad blocker|adblocker";

/// Words of what asks for consent, in small letters.
const CONSENT: &str = "cookie|consent|your privacy|our partners|einwilligung|datenschutz|unsere partner|consentement|vos données|\
    consentimiento|privacidad|consenso|toestemming|zgod";

/// What stands where the rest of an article is for those who pay, in small letters.
const WALL: &str = "already a subscriber|subscribe to read|subscribe to continue|subscribe to keep reading|\
    to continue reading|to keep reading|log in to read|sign in to read|for subscribers only|\
    bereits abonnent|nur für abonnent|jetzt weiterlesen|um weiterzulesen|weiterlesen mit|\
    réservé aux abonnés|réservé à nos abonnés|pour lire la suite|déjà abonné|\
    para seguir leyendo|sigue leyendo con|exclusivo para suscriptores|para continuar lendo|exclusivo para assinantes|\
    per continuare a leggere|riservato agli abbonati|om verder te lezen|tylko dla subskrybentów";

/// How good the text `chosen` of a page is, of which the article has `text`.
pub(super) fn quality(seen: &Seen, head: &Head, chosen: &Chosen, text: &str) -> Quality {
    let thin = |why: &'static str| Quality::Thin { why: Clean::literal(why) };
    let size = chosen.sum.size;
    if text.is_empty() {
        return thin("no text was found on it");
    }
    if size < STUB {
        // So much of it is small that it may be looked through as a whole.
        let small = text.to_lowercase();
        if says(&small, SCRIPT) {
            return thin("it shows its text only to a browser that runs its scripts");
        }
        if asks_consent(&small) {
            return thin("it asks for consent before it shows its text");
        }
        if head.ld.is_free == Some(false) || is_walled(seen, chosen) {
            return thin("it shows the whole text only to subscribers");
        }
        if small.ends_with('…') || small.ends_with("...") || small.ends_with("[…]") {
            return thin("its text breaks off");
        }
    }
    if size < BRIEF && !is_brief(seen, chosen) {
        return thin("it has hardly any text");
    }
    let sum = &chosen.sum;
    if sum.stretches > 4 && (sum.link_share() > 0.5 || chosen.told * 3 < size && sum.link_share() > 0.25) {
        return thin("it is a list of links rather than an article");
    }
    Quality::Good
}

/// Whether a text says one of `phrases`.
fn says(text: &str, phrases: &str) -> bool {
    phrases.split('|').any(|phrase| text.contains(phrase))
}

/// Whether most paragraphs of a text speak of consent.
fn asks_consent(text: &str) -> bool {
    let (mut all, mut asking) = (0, 0);
    for paragraph in text.split('\n').map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
        all += paragraph.len();
        // One word alone may be what an article is about.
        let words = CONSENT.split('|').filter(|word| paragraph.contains(word)).count();
        asking += if words > 1 { paragraph.len() } else { 0 };
    }
    asking * 2 > all
}

/// Whether the page asks behind the beginning of its text to pay for the rest.
fn is_walled(seen: &Seen, chosen: &Chosen) -> bool {
    const LONG: usize = 400;
    const MOST: usize = 400;
    let stretches = seen.measured.within(chosen.root..seen.dom.len());
    let behind = seen.measured.stretches[stretches].iter().filter(|stretch| stretch.size <= LONG).take(MOST);
    behind.into_iter().any(|stretch| says(&seen.dom.line_of(stretch.nodes.clone(), 600).to_lowercase(), WALL))
}

/// Whether a short text is a whole one: it is called an article, and consists of sentences.
fn is_brief(seen: &Seen, chosen: &Chosen) -> bool {
    let is_article = |at| seen.dom.tag(at) == Tag::Article || seen.names.hints[at] == super::hints::Hint::Body;
    let is_called = std::iter::once(chosen.root).chain(seen.dom.ancestors(chosen.root)).any(is_article);
    is_called && chosen.told * 2 > chosen.sum.size
}
