//! Laying out a text of five MiB: all of it, and what a screen needs of it.

#![allow(missing_docs)]

use std::ops::ControlFlow;

use crossterm::event::{KeyCode, KeyEvent};
use dateline::app::{Msg, State, update};
use dateline::config::Config;
use dateline::ingest::{Format, Item, Limits, Place, read_bytes};
use dateline::model::Article;
use dateline::text::Span;
use dateline::text::wrap::{Breaks, segments, wrap};
use dateline::ui;
use divan::{Bencher, black_box};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

fn main() {
    divan::main();
}

const SIZE: usize = 5 << 20;

fn paragraphs() -> String {
    let paragraph = "“We shall publish the list of the harbours before the winter,” said Élise Dufrêne, the fictional \
        commissioner for fisheries, after a meeting of nine hours in Port-Aurèle. Her counterpart did not answer – he \
        left by the side door.\n\n";
    paragraph.repeat(SIZE / paragraph.len())
}

fn one_block() -> String {
    paragraphs().replace('\n', " ")
}

fn article(text: String) -> Article {
    let mut read = Article::default();
    let _ =
        read_bytes(&Place::named("bench"), text.into_bytes(), Some(Format::Plain), &Limits::default(), &mut |item| {
            if let Item::Article(article) = item {
                read = *article;
            }
            ControlFlow::Continue(())
        });
    read
}

fn opened(text: String) -> State {
    let mut state = State::new(Config::default(), 120, 36);
    update(&mut state, Msg::Loaded(vec![article(text)]));
    update(&mut state, Msg::LoadDone);
    state
}

fn press(state: &mut State, code: KeyCode) {
    update(state, Msg::Key(KeyEvent::from(code)));
}

#[divan::bench]
fn wrap_all(bencher: Bencher) {
    let text = paragraphs();
    let whole = Span::new(0, text.len());
    bencher.bench(|| wrap(black_box(&text), whole, 70, Breaks::Free).len());
}

#[divan::bench]
fn cut_one_block(bencher: Bencher) {
    let text = one_block();
    let whole = Span::new(0, text.len());
    bencher.bench(|| segments(black_box(&text), whole).len());
}

#[divan::bench(args = ["paragraphs", "one block"])]
fn first_frame(bencher: Bencher, kind: &str) {
    let text = || if kind == "paragraphs" { paragraphs() } else { one_block() };
    let mut terminal = Terminal::new(TestBackend::new(120, 36)).unwrap_or_else(|never| match never {});
    bencher.with_inputs(|| article(text())).bench_local_values(|article| {
        let mut state = State::new(Config::default(), 120, 36);
        update(&mut state, Msg::Loaded(vec![article]));
        let _ = terminal.draw(|frame| ui::view(&state, frame));
        state
    });
}

#[divan::bench(args = ["paragraphs", "one block"])]
fn scroll_a_page(bencher: Bencher, kind: &str) {
    let mut state = opened(if kind == "paragraphs" { paragraphs() } else { one_block() });
    bencher.bench_local(|| press(&mut state, KeyCode::PageDown));
}

#[divan::bench(args = ["paragraphs", "one block"])]
fn to_the_end_and_back(bencher: Bencher, kind: &str) {
    let mut state = opened(if kind == "paragraphs" { paragraphs() } else { one_block() });
    bencher.bench_local(|| {
        press(&mut state, KeyCode::End);
        press(&mut state, KeyCode::Home);
    });
}

#[divan::bench]
fn search(bencher: Bencher) {
    let mut state = opened(paragraphs());
    press(&mut state, KeyCode::Char('/'));
    bencher.bench_local(|| {
        press(&mut state, KeyCode::Char('q'));
        press(&mut state, KeyCode::Backspace);
    });
}
