//! What at the ends of an article, or between its paragraphs, is told by its words to be none of it.

use super::measure::{Measured, Stretch};
use crate::ingest::date::find_date_at;
use crate::ingest::html::{Dom, Ix};

/// Lines that lead to other articles, in small letters and without what stands behind them.
const LABELS: &[&str] = &[
    // English
    "read more",
    "read also",
    "read next",
    "see also",
    "also read",
    "more on this",
    "more on this topic",
    "related",
    "related articles",
    "related stories",
    "recommended",
    "you may also like",
    // German
    "auch interessant",
    "auch interessant für dich",
    "weiterlesen",
    "zum weiterlesen",
    "lesen sie auch",
    "lies auch",
    "mehr zum thema",
    "das könnte sie auch interessieren",
    "das könnte dich auch interessieren",
    // French
    "à lire aussi",
    "lire aussi",
    "lire la suite",
    "sur le même sujet",
    // Spanish and Portuguese
    "lea también",
    "lee también",
    "leer más",
    "te puede interesar",
    "leia também",
    "leia mais",
    "saiba mais",
    // Italian, Dutch, Polish, Russian
    "leggi anche",
    "lees ook",
    "czytaj też",
    "czytaj także",
    "czytaj więcej",
    "читайте также",
];

/// What paragraphs say that ask readers for something. The capital letters are those of requests: who "subscribes" in
/// small letters is told of.
const ASKING: &[&str] = &[
    // English
    "Subscribe ",
    "subscribe now",
    "please subscribe",
    "already a subscriber",
    "Become a member",
    "Sign up ",
    "our newsletter",
    "Our newsletter",
    "support our work",
    "supporting our work",
    "ownload our app",
    "ownload the app",
    // German
    "Jetzt abonnieren",
    "Abonnieren Sie",
    "Abonniere ",
    "Jetzt anmelden",
    "unseren Newsletter",
    "unserem Newsletter",
    "zum Newsletter",
    // French
    "Abonnez-vous",
    "abonnez-vous",
    "réservé aux abonnés",
    "notre newsletter",
    // Spanish, Portuguese and Italian
    "Suscríbete",
    "Suscríbase",
    "Inscreva-se",
    "Assine ",
    "Iscriviti",
    "Abbonati ",
];

/// Leaves out of what is left of `root` the day at its head, labels of links, and what is asked of readers at its end.
pub(super) fn trim(dom: &Dom, root: Ix, dropped: &mut [bool]) {
    const HEAD: usize = 3;
    const LABEL: usize = 48;
    let measured = Measured::of(dom, root, dropped);
    let stretches = &measured.stretches;
    let line = |stretch: &Stretch| dom.line_of(stretch.nodes.clone(), 600);
    let mut gone: Vec<&Stretch> = Vec::new();
    gone.extend(stretches.iter().take(HEAD).filter(|one| one.size <= LABEL && is_day(&line(one))));
    gone.extend(stretches.iter().filter(|one| one.size <= LABEL && is_label(&line(one))));
    gone.extend(asking(&measured, |one| line(one)));
    for stretch in gone {
        let parent = stretch.parent;
        if parent != root && measured.sum(parent..dom.end(parent)).stretches == 1 {
            dropped[parent] = true;
        } else {
            dropped[stretch.nodes.clone()].fill(true);
        }
    }
}

/// Whether a line is a day and nothing else but a time.
fn is_day(line: &str) -> bool {
    const LONGEST: usize = 32;
    line.chars().count() <= LONGEST && find_date_at(line, false).is_some_and(|(_, start)| start == 0)
}

/// Whether a line leads to other articles.
fn is_label(line: &str) -> bool {
    let lower = line.to_lowercase();
    LABELS.contains(&lower.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// The last paragraphs, if all of them ask readers for something.
fn asking(measured: &Measured, line: impl Fn(&Stretch) -> String) -> Vec<&Stretch> {
    const MOST: usize = 5;
    const LONG: usize = 400;
    let asks = |stretch: &&Stretch| {
        stretch.size <= LONG && {
            let line = line(stretch);
            ASKING.iter().any(|asking| line.contains(asking))
        }
    };
    let asking: Vec<&Stretch> = measured.stretches.iter().rev().take_while(asks).take(MOST + 1).collect();
    let size: usize = asking.iter().map(|stretch| stretch.size).sum();
    let all: usize = measured.stretches.iter().map(|stretch| stretch.size).sum();
    // More than a few, or most of it: then the article is about that.
    if asking.len() > MOST || size * 2 > all { Vec::new() } else { asking }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(page: &str) -> String {
        let dom = Dom::read(page);
        let mut dropped = vec![false; dom.len()];
        trim(&dom, 0, &mut dropped);
        let measured = Measured::of(&dom, 0, &dropped);
        measured.stretches.iter().map(|one| dom.line_of(one.nodes.clone(), 600)).collect::<Vec<_>>().join("|")
    }

    const TEXT: &str = "<p>The gulls of the harbour have had a long winter, and it shows in their song.</p>\
        <p>They sit on the wall all day, and look at the boats as if these were late.</p>";

    #[test]
    fn days_labels_and_requests_are_left_out() {
        let text = left(TEXT);
        assert_eq!(left(&format!("<p>3.2.2031</p>{TEXT}")), text);
        assert_eq!(left(&format!("{TEXT}<p><strong>Auch interessant:</strong></p>")), text);
        assert_eq!(
            left(&format!("{TEXT}<p>Subscribe to read on.</p><p>Get our <a href=/n>newsletter</a> now.</p>")),
            text
        );
    }

    #[test]
    fn what_tells_of_days_and_subscribers_stays() {
        for more in [
            "<p>3 February 2031 was the coldest day of that winter.</p>",
            "<p>Those who subscribe to a paper are fewer.</p><p>The gulls do not mind, and sit on.</p>",
            "<p>Related costs were not told.</p>",
        ] {
            assert_eq!(
                left(&format!("{TEXT}{more}{TEXT}")).matches('|').count(),
                4 + more.matches("</p><p>").count()
            );
        }
        for more in [
            "<p>The paper has two million subscribers, all of them gulls.</p>",
            "<p>Most of them subscribe to a newsletter.</p>",
        ] {
            assert_eq!(left(&format!("{TEXT}{more}")).matches('|').count(), 2, "{more}");
        }
        assert_ne!(left("<p>Subscribe to the gull.</p><p>It is our newsletter.</p>"), "");
    }
}
