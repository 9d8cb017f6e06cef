use crate::desk::Desk;
use crate::stories;
use dateline::app::Msg;
use std::sync::Arc;

fn desk() -> Desk {
    Desk::reading(stories::all(), 120, 36)
}

fn headlines(desk: &Desk) -> Vec<String> {
    let listed = ["Norway and", "Frost takes", "Ghana opens"];
    let in_list = |words: &&str| desk.places(words).iter().any(|(x, _)| *x < 20);
    listed.iter().filter(|words| in_list(words)).map(|words| (*words).to_owned()).collect()
}

#[test]
fn a_country_keeps_what_is_about_it_and_hides_the_rest() {
    let mut desk = desk();
    desk.keys("cmold<Enter>");
    assert_eq!(headlines(&desk), ["Frost takes"]);
    let header = &desk.rows()[0];
    assert!(header.contains("1 of 3 about Moldova"), "{header}");
    desk.keys("C");
    assert_eq!(headlines(&desk).len(), 3);
    assert!(!desk.rows()[0].contains("Moldova"));
    assert!(desk.shows("Ghana signed an agreement"), "the article one was at comes back");
}

#[test]
fn a_code_narrows_too_and_counts_are_told() {
    let mut desk = desk();
    desk.keys("cgh");
    let row = desk.rows().into_iter().find(|row| row.contains("[ ] GH")).unwrap();
    assert!(row.contains("Ghana") && row.split_whitespace().filter(|word| *word == "2").count() == 2, "{row}");
    assert!(desk.shows("(•) about") && desk.shows("( ) mention"), "{}", desk.text());
    assert!(desk.shows("Enter: 2 articles about Ghana"), "{}", desk.text());
    desk.keys("<Enter>");
    assert_eq!(headlines(&desk), ["Norway and", "Ghana opens"]);
}

#[test]
fn several_countries_at_once() {
    let mut desk = desk();
    desk.keys("cmd <Backspace><Backspace>no <Enter>");
    assert_eq!(headlines(&desk), ["Norway and", "Frost takes"]);
    assert!(desk.rows()[0].contains("about Moldova or Norway"), "{}", desk.rows()[0]);
    desk.keys("c");
    assert!(desk.shows("[x] MD"), "the marks are still there\n{}", desk.text());
    desk.keys(" <Enter>");
    assert_eq!(headlines(&desk).len(), 1);
}

#[test]
fn about_or_named() {
    let mut desk = desk();
    desk.keys("ctogo");
    assert!(desk.shows("Enter: 0 articles about Togo; 1 more only mentions it"), "{}", desk.text());
    desk.keys("<Enter>");
    assert!(headlines(&desk).is_empty());
    desk.keys("c<Tab>");
    assert!(desk.shows("(•) mention") && desk.shows("Articles that mention a country"), "{}", desk.text());
    assert!(desk.shows("Enter: 1 article mentioning Togo; 0 about it"), "{}", desk.text());
    desk.keys("<Enter>");
    assert_eq!(headlines(&desk), ["Norway and"]);
    assert!(desk.rows()[0].contains("mentioning Togo"));
    assert!(desk.shows("GH NO (TG)"), "the list tells that it only mentions Togo\n{}", desk.text());
    desk.keys("cgh ");
    assert!(desk.shows("Enter: the articles mentioning Ghana or Togo"), "{}", desk.text());
}

#[test]
fn a_click_on_a_heading_chooses_about_or_mention() {
    let mut desk = desk();
    desk.keys("ctogo");
    let at = desk.find("( ) mention");
    desk.click(at);
    assert!(desk.shows("(•) mention") && desk.shows("> togo"), "{}", desk.text());
    let at = desk.find("( ) about");
    desk.click(at);
    assert!(desk.shows("(•) about"), "{}", desk.text());
}

#[test]
fn the_picker_begins_at_the_country_selected_in_the_panel() {
    let mut desk = desk();
    desk.keys("<Enter>4<Tab>jjc");
    assert!(desk.shows("Enter: 0 articles about Togo; 1 more only mentions it"), "{}", desk.text());
}

#[test]
fn a_country_of_no_article_hides_all_and_says_how_to_get_them_back() {
    let mut desk = desk();
    desk.keys("cbrazil<Enter>");
    assert!(headlines(&desk).is_empty());
    assert!(desk.shows("No article about Brazil."), "{}", desk.text());
    assert!(desk.shows("C clears the filter"));
    desk.keys("jk]y<Enter>C");
    assert_eq!(headlines(&desk).len(), 3);
}

#[test]
fn its_mentions_are_marked_in_the_article() {
    let mut desk = desk();
    let look = |desk: &Desk| {
        let at = desk.in_text("Ghana signed");
        desk.cell(at).style()
    };
    let before = look(&desk);
    desk.keys("cgh<Enter>");
    let marked = look(&desk);
    assert_ne!(marked, before);
    let norway = desk.in_text("Norway and Ghana signed");
    assert_ne!(desk.cell(norway).style(), marked, "another country is not marked");
    desk.keys("C");
    assert_eq!(look(&desk), before);
}

#[test]
fn escape_leaves_the_filter_as_it_was() {
    let mut desk = desk();
    desk.keys("cmd<Esc>");
    assert_eq!(headlines(&desk).len(), 3);
    desk.keys("czzz<Enter>");
    assert!(desk.footer().contains("No country was picked"));
    assert_eq!(headlines(&desk).len(), 3);
}

#[test]
fn articles_appear_as_they_are_annotated() {
    let mut desk = Desk::empty(120, 36);
    let (articles, found): (Vec<_>, Vec<_>) = stories::all().into_iter().unzip();
    desk.send(Msg::Loaded(articles));
    desk.send(Msg::LoadDone);
    desk.keys("cgh<Enter>");
    assert!(headlines(&desk).is_empty());
    assert!(desk.shows("3 articles not annotated yet"), "{}", desk.text());
    for (article, annotations) in found.into_iter().enumerate() {
        desk.send(Msg::Annotated { article, annotations: Arc::new(annotations) });
    }
    assert_eq!(headlines(&desk), ["Norway and", "Ghana opens"]);
}

#[test]
fn the_picker_counts_what_is_annotated_while_it_is_open() {
    let mut desk = Desk::empty(120, 36);
    let (articles, found): (Vec<_>, Vec<_>) = stories::all().into_iter().unzip();
    desk.send(dateline::app::Msg::Loaded(articles));
    desk.send(dateline::app::Msg::LoadDone);
    desk.keys("c");
    assert!(desk.shows("No countries found yet"), "{}", desk.text());
    for (article, found) in found.into_iter().enumerate() {
        let annotations = std::sync::Arc::new(found);
        desk.send(dateline::app::Msg::Annotated { article, annotations: annotations.clone() });
        desk.send(dateline::app::Msg::Annotated { article, annotations });
    }
    desk.keys("gh");
    assert!(desk.shows("GH  Ghana"), "{}", desk.text());
    let row = desk.rows().into_iter().find(|row| row.contains("GH  Ghana")).unwrap();
    assert_eq!(
        row.split_whitespace().filter(|word| *word == "2").count(),
        2,
        "an article answered twice counts once: {row}"
    );
}
