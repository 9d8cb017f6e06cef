//! The texts of feed entries as documents.

use dateline::ingest::content_doc;
use dateline::model::{BlockKind, Content, Doc, MarkKind};

fn html(text: &str) -> Doc {
    let base = Some("https://gull.example/news/1.html".to_owned());
    content_doc(&Content { text: text.to_owned(), is_html: true, base }).0
}

fn blocks(doc: &Doc) -> Vec<(BlockKind, &str)> {
    doc.blocks.iter().map(|block| (block.kind, &doc.text[block.span.start..block.span.end])).collect()
}

const P: BlockKind = BlockKind::Paragraph;

fn row(first: bool, header: bool, skip: u8) -> BlockKind {
    BlockKind::Row { first, header, skip }
}

#[test]
fn tables_of_data_keep_rows_and_columns() {
    let doc = html(
        "<p>Before.</p><table><caption>Boats by port</caption><thead><tr><th></th><th>2030</th><th>2031</th></tr></thead>
        <tr><td>Port <b>Aurèle</b></td><td>12<br>boats</td><td><p>14</p></td></tr><tr><td colspan=2>Both</td><td>26</td>
        </table><p>After.</p>",
    );
    assert_eq!(
        blocks(&doc),
        [
            (P, "Before."),
            (BlockKind::Caption, "Boats by port"),
            (row(true, true, 1), "2030\t2031"),
            (row(false, false, 0), "Port Aurèle\t12 boats\t14"),
            (row(false, false, 0), "Both\t\t26"),
            (P, "After."),
        ]
    );
    assert_eq!(doc.marks.len(), 1);
    assert_eq!(doc.marks[0].span.of(&doc.text), "Aurèle");
}

#[test]
fn tables_that_only_place_things_give_paragraphs() {
    for layout in [
        "<table><tr><td><p>One.</p><p>Two.</p><p>Three.</p></td><td>Side</td></tr><tr><td>a</td><td>b</td></tr></table>",
        "<table><tr><td>One.</td></tr><tr><td>Two.</td></tr></table>",
        "<table><tr><td>x</td><td><table><tr><td>One.</td></tr></table></td></tr></table>",
        "<table role=presentation><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>",
    ] {
        let doc = html(layout);
        assert!(doc.blocks.iter().all(|block| block.kind == P), "{layout}: {:?}", blocks(&doc));
        assert!(doc.blocks.len() >= 2, "{layout}");
    }
}

#[test]
fn ordered_lists_have_numbers() {
    let doc = html("<ol start=3><li>three<li value=7>seven<ul><li>inner</ul><li>eight</ol><dl><dt>Term<dd>Meaning</dl>");
    let item = |depth, number| BlockKind::Item { depth, number };
    assert_eq!(
        blocks(&doc),
        [
            (item(1, Some(3)), "three"),
            (item(1, Some(7)), "seven"),
            (item(2, None), "inner"),
            (item(1, Some(8)), "eight"),
            (P, "Term"),
            (item(1, None), "Meaning"),
        ]
    );
    assert_eq!(doc.marks[0].kind, MarkKind::Strong);
}

#[test]
fn breaks_quotations_and_code_are_kept() {
    let doc = html("One<br>two<br><br>three <q>four <q>five</q></q>.<pre>\n a\n  b\n</pre><blockquote>six</blockquote>");
    assert_eq!(
        blocks(&doc),
        [
            (P, "One\ntwo"),
            (P, "three “four ‘five’”."),
            (BlockKind::Pre, "a\n  b"),
            (BlockKind::Quote, "six"),
        ]
    );
}

#[test]
fn pictures_are_told_by_their_caption_or_by_what_stands_in_for_them() {
    let doc = html(
        "<figure><img alt='Two boats at the pier' src=a><figcaption>Boats <a href=/pier>at the pier</a></figcaption></figure>
        <img alt='A gull on a mast' src=b><img alt='gull' src=c><p>Text <img alt='with a sign in it'> goes on.</p>",
    );
    assert_eq!(
        blocks(&doc),
        [(BlockKind::Caption, "Boats at the pier"), (BlockKind::Caption, "A gull on a mast"), (P, "Text goes on.")]
    );
    assert_eq!(doc.links[0].url.as_str(), "https://gull.example/pier");
}

#[test]
fn links_lead_to_the_web_or_nowhere() {
    let doc = html("<a href='javascript:x()'>one</a> <a href='data:text/html,x'>two</a> <a href='../c#d'>three</a>");
    assert_eq!(blocks(&doc), [(P, "one two three")]);
    assert_eq!(doc.links.len(), 1);
    assert_eq!(doc.links[0].url.as_str(), "https://gull.example/c#d");
}

#[test]
fn plain_text_is_no_markup() {
    let text = "2 < 3 and <b>this</b>\n\nis text &amp; stays".to_owned();
    let (doc, _) = content_doc(&Content { text, ..Content::default() });
    assert_eq!(blocks(&doc), [(P, "2 < 3 and <b>this</b>"), (P, "is text &amp; stays")]);
}

#[test]
fn what_hides_is_counted() {
    let text = "<p>a&#8238;b</p>".to_owned();
    let (doc, removed) = content_doc(&Content { text, is_html: true, base: None });
    assert_eq!((doc.text.as_str(), removed.bidi), ("ab", 1));
}

#[test]
fn an_annotated_story_can_be_stored() {
    use dateline::annotate::Annotator;
    use dateline::ingest::{Item, Limits, Source, read};
    use dateline::model::{Annotations, Article};
    let annotator = Annotator::default();
    let mut count = 0;
    let _ = read(&[Source::Stories], &Limits::default(), &mut |item| {
        let Item::Article(mut article) = item else { panic!("{item:?}") };
        article.extra.insert("of no use".to_owned(), serde_json::json!({"a": [1, null, "b"]}));
        article.removed.bidi = 2;
        let found = annotator.annotate(&article);
        assert!(!found.quotations.is_empty());
        let bytes = postcard::to_stdvec(&(&*article, &found)).unwrap();
        let (mut again, found_again): (Article, Annotations) = postcard::from_bytes(&bytes).unwrap();
        // The way back to the input is not stored.
        again.doc.map = article.doc.map.clone();
        assert_eq!((again, found_again), (*article, found));
        count += 1;
        std::ops::ControlFlow::Continue(())
    });
    assert!(count > 5);
}

#[test]
fn what_was_stored_is_cleaned_and_checked() {
    use dateline::model::{Country, Igo, Polity};
    use dateline::text::Clean;
    let bytes = postcard::to_stdvec("a\u{1b}[31mb\u{202e}").unwrap();
    assert_eq!(postcard::from_bytes::<Clean>(&bytes).unwrap().as_str(), "ab");
    let of = |code: &str| postcard::to_stdvec(code).unwrap();
    assert_eq!(postcard::from_bytes::<Igo>(&of("NATO")).unwrap(), Igo::named("NATO").unwrap());
    assert!(postcard::from_bytes::<Igo>(&of("GULLS")).is_err());
    assert!(postcard::from_bytes::<Country>(&of("Fr")).is_err());
    // Australia and the African Union stay apart.
    let both = [Polity::Country(Country::new("AU").unwrap()), Polity::Igo(Igo::named("AU").unwrap())];
    let bytes = postcard::to_stdvec(&both).unwrap();
    assert_eq!(postcard::from_bytes::<[Polity; 2]>(&bytes).unwrap(), both);
}
