//! The loading lane: reads articles and hands each over as soon as it is there.

use std::ops::ControlFlow;
use std::sync::mpsc::Sender;
use std::{io, thread};

use super::{Event, panics};
use crate::app::Msg;
use crate::fetch;
use crate::ingest::{Item, Limits, Source};
use crate::refresh;
use crate::text::Clean;

/// Starts reading `sources` in a thread.
pub(super) fn start(sources: Vec<Source>, network: fetch::Settings, sender: Sender<Event>) -> io::Result<()> {
    let work = move || {
        let read =
            || refresh::read_sources(&sources, &network, &Limits::default(), &mut |item| hand_over(item, &sender));
        if let Err(why) = panics::caught(read) {
            let _ = sender.send(Event::State(Msg::LoadFailed { what: Clean::literal("loading"), why }));
        }
        let _ = sender.send(Event::State(Msg::LoadDone));
    };
    thread::Builder::new().name("loading".into()).stack_size(super::STACK).spawn(work)?;
    Ok(())
}

/// Breaks when nobody waits for articles any more.
fn hand_over(item: Item, sender: &Sender<Event>) -> ControlFlow<()> {
    let msg = match item {
        Item::Article(article) => Msg::Loaded(vec![*article]),
        Item::Problem(problem) => Msg::LoadFailed {
            what: Clean::line(&problem.place.to_string()),
            why: Clean::line(&problem.fault.to_string()),
        },
        Item::Notice(notice) => Msg::LoadNotice(notice),
    };
    match sender.send(Event::State(msg)) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    }
}
