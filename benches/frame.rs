//! From a key to the frame, in an annotated article.

#![allow(missing_docs)]

use std::ops::ControlFlow;
use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent};
use dateline::annotate::Annotator;
use dateline::app::{Msg, State, update};
use dateline::config::Config;
use dateline::ingest::{Item, Limits, Source, read};
use dateline::ui;
use divan::Bencher;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

fn main() {
    divan::main();
}

/// The bundled stories, annotated and open.
fn stories(width: u16, height: u16) -> State {
    let mut articles = Vec::new();
    let _ = read(&[Source::Stories], &Limits::default(), &mut |item| {
        if let Item::Article(article) = item {
            articles.push(*article);
        }
        ControlFlow::Continue(())
    });
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
    let state = stories(width, height);
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap_or_else(|never| match never {});
    bencher.bench_local(|| {
        let _ = terminal.draw(|frame| ui::view(&state, frame));
    });
}

#[divan::bench(args = [KeyCode::Char(']'), KeyCode::Char('j'), KeyCode::Char('J'), KeyCode::Char('3')])]
fn key_to_frame(bencher: Bencher, code: KeyCode) {
    let mut state = stories(120, 36);
    let mut terminal = Terminal::new(TestBackend::new(120, 36)).unwrap_or_else(|never| match never {});
    bencher.bench_local(|| {
        press(&mut state, code);
        let _ = terminal.draw(|frame| ui::view(&state, frame));
    });
}
