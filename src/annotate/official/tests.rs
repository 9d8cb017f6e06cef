use super::*;
use crate::annotate::draft::Draft;
use crate::annotate::{entity, marks};
use crate::model::{Article, Block, BlockKind, Doc};
use crate::text::clean;

fn article(text: &str) -> Article {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        if !line.is_empty() {
            blocks.push(Block { span: Span::new(at, at + line.len()), kind: BlockKind::Paragraph });
        }
        at += line.len() + 1;
    }
    Article { doc: Doc { text: clean(text).text, blocks, ..Doc::default() }, ..Article::default() }
}

fn annotated(article: &Article) -> Draft<'_> {
    let mut draft = Draft::new(article);
    draft.marked = marks::pair(draft.text, &draft.paragraphs);
    (draft.entities, draft.mentions, _) = entity::entities(&draft, None);
    draft.officials = officials(&draft);
    draft
}

/// "name | title | polity" of each official, in text order.
fn found(text: &str) -> Vec<String> {
    let article = article(text);
    let draft = annotated(&article);
    let line = |official: &Official| {
        let polity = official.polity.map_or("-".to_owned(), |polity| polity.code().to_owned());
        format!("{} | {} | {polity}", draft.entities[official.entity].name, official.title)
    };
    draft.officials.iter().map(line).collect()
}

#[track_caller]
fn says(text: &str, officials: &[&str]) {
    assert_eq!(found(text), officials, "{text}");
}

#[test]
fn a_title_before_the_name() {
    says("Kenyan Foreign Minister Ada Wanjiru spoke on Monday.", &["Ada Wanjiru | Foreign Minister | KE"]);
    says("US Secretary of State Peter Marsh left.", &["Peter Marsh | Secretary of State | US"]);
    says("Peru's former president Diego Salas was there.", &["Diego Salas | former president | PE"]);
    says("Former Peruvian President Diego Salas was there.", &["Diego Salas | Former President | PE"]);
    says("UN Secretary-General Karin Holm warned of famine.", &["Karin Holm | UN Secretary-General | UN"]);
    says("Lt. Gen. Peter Marsh of the United States arrived.", &["Peter Marsh | Lt. Gen. | US"]);
    says("The Kenyan president, Ada Wanjiru, agreed.", &["Ada Wanjiru | president | KE"]);
}

#[test]
fn a_title_after_the_name() {
    says("Ada Wanjiru, Kenya's deputy foreign minister, agreed.", &["Ada Wanjiru | deputy foreign minister | KE"]);
    says("Ada Wanjiru, 54, the chief justice of Kenya, agreed.", &["Ada Wanjiru | chief justice of Kenya | KE"]);
    says(
        "“No,” said Ada Wanjiru, a spokeswoman for the Kenyan army.",
        &["Ada Wanjiru | spokeswoman for the Kenyan army | KE"],
    );
    says("Diego Salas, who became president of Peru in May, agreed.", &["Diego Salas | president of Peru | PE"]);
    says("Diego Salas was elected mayor of Lima in May.", &["Diego Salas | mayor of Lima | PE"]);
    says("Peru appointed Diego Salas as ambassador to Kenya.", &["Diego Salas | ambassador to Kenya | PE"]);
}

#[test]
fn aides_are_no_principals() {
    says(
        "Peruvian President Diego Salas's spokesman, Luis Prado, denied it.",
        &["Diego Salas | President | PE", "Luis Prado | President Diego Salas's spokesman | PE"],
    );
    says(
        "Luis Prado, an adviser to Peruvian President Diego Salas, denied it.",
        &["Luis Prado | adviser to President Diego Salas | PE", "Diego Salas | President | PE"],
    );
}

#[test]
fn lists_share_a_title() {
    says(
        "Presidents Diego Salas of Peru and Ada Wanjiru of Kenya signed it.",
        &["Diego Salas | President | PE", "Ada Wanjiru | President | KE"],
    );
}

#[test]
fn a_counterpart_holds_the_same_office_elsewhere() {
    says(
        "Kenyan Foreign Minister Ada Wanjiru met her Peruvian counterpart Diego Salas.",
        &["Ada Wanjiru | Foreign Minister | KE", "Diego Salas | Foreign Minister (counterpart) | PE"],
    );
    says(
        "Kenyan defence minister Ada Wanjiru and her Polish and Greek counterparts, Marta Nowak and Nikos Pappas, met.",
        &[
            "Ada Wanjiru | defence minister | KE",
            "Marta Nowak | defence minister (counterpart) | PL",
            "Nikos Pappas | defence minister (counterpart) | GR",
        ],
    );
}

#[test]
fn an_ambassador_serves_the_sending_country() {
    says("The US ambassador to Poland, Peter Marsh, left.", &["Peter Marsh | ambassador to Poland | US"]);
    says("Kenya's UN ambassador Ada Wanjiru abstained.", &["Ada Wanjiru | UN ambassador | KE"]);
}

#[test]
fn who_leads_a_company_holds_no_office() {
    says("Zorba Motors president Diego Salas left Peru.", &[]);
    says("Ada Wanjiru, president and chief executive officer of a Kenyan bank, agreed.", &[]);
    says("Ada Wanjiru, a spokeswoman for the hospital, agreed.", &[]);
    says(
        "The president of the Peruvian Senate, Diego Salas, agreed.",
        &["Diego Salas | president of the Peruvian Senate | PE"],
    );
}

#[test]
fn where_no_country_is_stated_one_president_a_country() {
    let text = "Kenya and Peru agreed.\nKenyan President Ada Wanjiru signed first, in Kenya.\nPresident Diego Salas signed \
                later.";
    says(text, &["Ada Wanjiru | President | KE", "Diego Salas | President | PE"]);
    says(
        "Peruvian President Diego Salas sent his foreign minister Luis Prado to Kenya.",
        &["Diego Salas | President | PE", "Luis Prado | foreign minister | PE"],
    );
}

#[test]
fn bodies_with_one_country_tell_it() {
    says(
        "Ada Lind, the State Department spokeswoman, spoke of Kenya.",
        &["Ada Lind | State Department spokeswoman | US"],
    );
    says(
        "Sally Holm, a Democratic congresswoman from Georgia, agreed.",
        &["Sally Holm | congresswoman from Georgia | US"],
    );
}

#[test]
fn ranks_join_the_title_before_them() {
    says("Kenyan police spokesman Inspector Peter Marsh agreed.", &["Peter Marsh | police spokesman | KE"]);
    says("Detective Constable Peter Marsh of Kenya agreed.", &["Peter Marsh | Detective Constable | KE"]);
}

#[test]
fn professions_and_bare_heads_of_nothing_are_no_offices() {
    says("The engineer Diego Salas met the director, Luis Prado, and professor Ada Wanjiru in Peru.", &[]);
    says("Diego Salas met the president of Peru.", &[]);
}

/// Who the words `role` stand for in `text`.
fn stands_for(text: &str, role: &str) -> Option<String> {
    let article = article(text);
    let draft = annotated(&article);
    let start = text.rfind(role).unwrap();
    let person = holder(&draft, draft.tokens_in(Span::new(start, start + role.len())))?;
    Some(draft.entities[person].name.clone())
}

#[test]
fn a_role_stands_for_its_last_named_holder() {
    let text = "Kenyan Foreign Minister Ada Wanjiru met Diego Salas, the president of Peru.\nLuis Prado, a spokesman for \
                the Peruvian army, was there.\n";
    let asked = |role: &str| stands_for(&format!("{text}“Yes,” {role} said."), role);
    assert_eq!(asked("the minister").as_deref(), Some("Ada Wanjiru"));
    assert_eq!(asked("the foreign minister").as_deref(), Some("Ada Wanjiru"));
    assert_eq!(asked("the Kenyan official").as_deref(), Some("Ada Wanjiru"));
    assert_eq!(asked("the Peruvian president").as_deref(), Some("Diego Salas"));
    assert_eq!(asked("the spokesman").as_deref(), Some("Luis Prado"));
    assert_eq!(asked("the Greek president"), None);
    assert_eq!(asked("the health minister"), None);
    assert_eq!(asked("a spokesman"), None);
    assert_eq!(asked("the presidents"), None);
}
