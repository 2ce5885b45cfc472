//! The program, run as a user runs it: arguments in, exit status, standard output and standard error out.
//!
//! One binary for all of them, as each further one is linked anew. Never reaches the network beyond this machine.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops at what it did not expect, and says what it skips"
)]

mod analyze;
mod api;
#[cfg(feature = "assist")]
mod assist;
mod coded;
mod coding;
mod evidence;
mod full;
mod gazetteer;
mod inputs;
mod killed;
mod locked;
mod outputs;
mod own_actors;
mod review;
mod run;
mod scores;
mod served;
mod states;
mod workbench;
