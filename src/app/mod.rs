//! The reader's state and what changes it: [`update`] takes what happened and says what is to be done. Nothing here
//! draws, and nothing here reads or writes anything outside the state.

mod message;

pub use message::{Background, Effect, Msg};
