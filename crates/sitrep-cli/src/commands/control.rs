//! `control`: who held a place, according to whom.
//!
//! In: a record, a place, perhaps a day. Out: words, or one JSON object. Never one holder where claims disagree.

use sitrep::control as held;
use sitrep::{readers, show};

use crate::args::{ControlArgs, ListFormat};
use crate::ending::{Ending, Usage};
use crate::out;

/// `sitrep control RECORD PLACE [--on DATE]`
pub(super) fn control(args: &ControlArgs) -> anyhow::Result<Ending> {
    let contents = readers::at_place(&super::opened(&args.record, args.known)?, &args.place)?;
    let answer = held(&contents, &args.place, args.on);
    let text = match out::format(args.format) {
        ListFormat::Table => show::why::control_text(&answer),
        ListFormat::Jsonl => format!("{}\n", serde_json::to_string(&answer)?),
        ListFormat::Csv => return Err(Usage("control is told as a table or as JSONL".to_owned()).into()),
    };
    out::data(text.as_bytes())?;
    Ok(Ending::Done)
}
