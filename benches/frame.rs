//! From a key to the frame, in an annotated article.

#![allow(missing_docs)]

use std::ops::ControlFlow;
use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent};
use dateline::annotate::Annotator;
use dateline::app::{Msg, State, update};
use dateline::config::Config;
use dateline::ingest::{Format, Item, Limits, Place, Source, read, read_bytes};
use dateline::model::Article;
use dateline::ui;
use divan::Bencher;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

fn main() {
    divan::main();
}

/// The bundled stories.
fn articles() -> Vec<Article> {
    let mut articles = Vec::new();
    let _ = read(&[Source::Stories], &Limits::default(), &mut |item| {
        if let Item::Article(article) = item {
            articles.push(*article);
        }
        ControlFlow::Continue(())
    });
    articles
}

/// Five million bytes of the bundled stories in one text.
fn long() -> Vec<Article> {
    let stories: Vec<String> = articles().iter().map(|story| story.doc.text.to_string()).collect();
    let once = stories.join("\n\n") + "\n\n";
    let text = once.repeat(5_000_000 / once.len()).into_bytes();
    let mut articles = Vec::new();
    let _ = read_bytes(&Place::named("long"), text, Some(Format::Plain), &Limits::default(), &mut |item| {
        if let Item::Article(article) = item {
            articles.push(*article);
        }
        ControlFlow::Continue(())
    });
    articles
}

/// The articles, annotated, the first of them open.
fn open(articles: Vec<Article>, width: u16, height: u16) -> State {
    let found: Vec<_> = articles.iter().map(|article| Annotator::default().annotate(article)).collect();
    let mut state = State::new(Config::default(), width, height);
    update(&mut state, Msg::Loaded(articles));
    update(&mut state, Msg::LoadDone);
    for (article, annotations) in found.into_iter().enumerate() {
        update(&mut state, Msg::Annotated { article, annotations: Arc::new(annotations) });
    }
    press(&mut state, KeyCode::Enter);
    state
}

fn press(state: &mut State, code: KeyCode) {
    update(state, Msg::Key(KeyEvent::from(code)));
}

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (200, 60)];

#[divan::bench(args = SIZES)]
fn draw(bencher: Bencher, (width, height): (u16, u16)) {
    let state = open(articles(), width, height);
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap_or_else(|never| match never {});
    bencher.bench_local(|| {
        let _ = terminal.draw(|frame| ui::view(&state, frame));
    });
}

#[divan::bench(args = [KeyCode::Char(']'), KeyCode::Char('j'), KeyCode::Char('J'), KeyCode::Char('3')])]
fn key_to_frame(bencher: Bencher, code: KeyCode) {
    let mut state = open(articles(), 120, 36);
    let mut terminal = Terminal::new(TestBackend::new(120, 36)).unwrap_or_else(|never| match never {});
    bencher.bench_local(|| {
        press(&mut state, code);
        let _ = terminal.draw(|frame| ui::view(&state, frame));
    });
}

/// In a text of five million bytes: to show or hide the panel, to change its tab, to go on, to scroll.
#[divan::bench(args = [">>", "21", "]", "j"], sample_count = 20)]
fn keys_to_frame_5mb(bencher: Bencher, keys: &str) {
    let mut state = open(long(), 120, 36);
    let mut terminal = Terminal::new(TestBackend::new(120, 36)).unwrap_or_else(|never| match never {});
    bencher.bench_local(|| {
        for key in keys.chars() {
            press(&mut state, KeyCode::Char(key));
        }
        let _ = terminal.draw(|frame| ui::view(&state, frame));
    });
}
