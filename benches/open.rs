//! From bytes to an article that can be laid out.

#![allow(missing_docs)]

use std::ops::ControlFlow;

use dateline::ingest::{Format, Item, Limits, Place, read_bytes};
use dateline::text::clean_owned;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const MIB: usize = 1 << 20;

/// Five MiB of news: short paragraphs with curly marks, some names with accents.
fn news() -> String {
    let paragraph = "“We shall publish the list of the harbours before the winter,” said Élise Dufrêne, the fictional \
        commissioner for fisheries, after a meeting of nine hours in Port-Aurèle. Her counterpart from the island did not \
        answer questions – he left by the side door, and his office said later that there was “nothing to add”.\n\n";
    paragraph.repeat(5 * MIB / paragraph.len())
}

fn cyrillic() -> String {
    let paragraph =
        "Министр рыболовства вымышленной республики сообщил, что список гаваней будет опубликован до зимы.\n";
    paragraph.repeat(5 * MIB / paragraph.len())
}

fn open(bytes: Vec<u8>, format: Format) -> usize {
    let mut size = 0;
    let _ = read_bytes(&Place::named("bench"), bytes, Some(format), &Limits::default(), &mut |item| {
        if let Item::Article(article) = item {
            size += article.doc.blocks.len();
        }
        ControlFlow::Continue(())
    });
    size
}

#[divan::bench]
fn clean_latin(bencher: Bencher) {
    bencher.with_inputs(news).bench_values(|text| black_box(clean_owned(text)));
}

#[divan::bench]
fn clean_cyrillic(bencher: Bencher) {
    bencher.with_inputs(cyrillic).bench_values(|text| black_box(clean_owned(text)));
}

#[divan::bench]
fn clean_crlf(bencher: Bencher) {
    bencher.with_inputs(|| news().replace('\n', "\r\n")).bench_values(|text| black_box(clean_owned(text)));
}

#[divan::bench]
fn plain_5mb(bencher: Bencher) {
    bencher.with_inputs(|| news().into_bytes()).bench_values(|bytes| open(bytes, Format::Plain));
}

#[divan::bench]
fn plain_5mb_windows_1251(bencher: Bencher) {
    let bytes = encoding_rs::WINDOWS_1251.encode(&cyrillic()).0.into_owned();
    bencher.with_inputs(|| bytes.clone()).bench_values(|bytes| open(bytes, Format::Plain));
}

#[divan::bench]
fn markdown_5mb(bencher: Bencher) {
    bencher.with_inputs(|| news().into_bytes()).bench_values(|bytes| open(bytes, Format::Markdown));
}

#[divan::bench]
fn html_5mb(bencher: Bencher) {
    let page = || format!("<title>x</title><article>{}", news().replace("“We", "<p><b>“We</b>")).into_bytes();
    bencher.with_inputs(page).bench_values(|bytes| open(bytes, Format::Html));
}
