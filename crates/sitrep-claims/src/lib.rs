//! Meaning: one document in, its claims out. Who did what to whom, where, when, according to whom and how sure.
//!
//! In: a [`Document`] and a [`Kit`] (language engine, lexicons, gazetteer, actors). Out: claims with their evidence, and notes.
//! Pure: never touches a file, a clock, the network or another document.

mod kit;
mod parse;
mod place;
mod when;

pub use kit::{Kit, KitError};
