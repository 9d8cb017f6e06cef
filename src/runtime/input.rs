//! The input thread: what the terminal sends.

use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Instant;
use std::{io, thread};

use crossterm::event::{self, Event as Input, KeyEventKind, MouseEventKind};

use super::Event;
use super::background::{Heard, Listener};
use super::gate::Gate;
use crate::app::Msg;
use crate::text::Clean;

/// Starts the thread. `asked`: when the terminal was asked for its background, if it was.
/// `hover`: whether the pointer's motion is wanted where no button is down.
pub(super) fn start(asked: Option<Instant>, hover: bool, gate: Arc<Gate>, sender: Sender<Event>) -> io::Result<()> {
    let work = move || {
        let lost = match read(Listener::new(asked), hover, &gate, &sender) {
            Err(error) => error,
            // The main thread has gone.
            Ok(()) => return,
        };
        let _ = sender.send(Event::InputLost(lost));
    };
    thread::Builder::new().name("input".into()).spawn(work)?;
    Ok(())
}

fn read(mut listener: Listener, hover: bool, gate: &Gate, sender: &Sender<Event>) -> io::Result<()> {
    loop {
        gate.pass();
        let msg = match event::read()? {
            Input::Key(key) if key.kind == KeyEventKind::Release => continue,
            Input::Key(key) => match listener.hear(&key, Instant::now()) {
                Heard::Key => Msg::Key(key),
                Heard::Part => continue,
                Heard::Answer(background) => Msg::Background(background),
            },
            Input::Mouse(mouse) if hover || mouse.kind != MouseEventKind::Moved => Msg::Mouse(mouse),
            Input::Resize(width, height) => Msg::Resize(width, height),
            Input::Paste(words) => Msg::Paste(Clean::new(&words)),
            _ => continue,
        };
        if sender.send(Event::State(msg)).is_err() {
            return Ok(());
        }
    }
}
