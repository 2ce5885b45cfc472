//! Measures look-ups in a folder of places: `look_up DIR` with names on standard input, one a line.
//!
//! In: names. Out: how long opening took, how many look-ups a second, of names that are there and of names that are not.
#![allow(clippy::print_stdout, reason = "that is what it is for")]

use std::io::{self, BufRead as _};
use std::path::PathBuf;
use std::time::Instant;

use sitrep_claims::{MorePlaces as _, spelling_keys};
use sitrep_gazetteer::{GazetteerError, Shelf};

fn main() -> Result<(), GazetteerError> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_default());
    let start = Instant::now();
    let shelf = Shelf::open(&folder)?;
    println!("opened in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let lines = io::stdin().lock().lines().map_while(Result::ok);
    let keys: Vec<String> = lines.filter_map(|name| spelling_keys(&name, false).pop()).collect();
    let absent: Vec<String> = keys.iter().map(|key| format!("{key} qx")).collect();
    for (what, keys) in [("there", &keys), ("absent", &absent)] {
        let start = Instant::now();
        let n_known = keys.iter().filter(|key| shelf.knows(key)).count();
        let each = start.elapsed().as_secs_f64() / keys.len().max(1) as f64;
        println!("knows, {what}: {n_known} of {} known, {:.2} µs each", keys.len(), each * 1e6);
    }
    let start = Instant::now();
    let n_found: usize = keys.iter().map(|key| shelf.find(key, &[*b"MX"]).len()).sum();
    let each = start.elapsed().as_secs_f64() / keys.len().max(1) as f64;
    println!("find: {n_found} places, {:.2} µs each", each * 1e6);
    Ok(())
}
