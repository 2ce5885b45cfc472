//! `why`: everything behind one claim, event, dispute, forecast or page.
//!
//! In: a record and an id. Out: words. An id that is not in the record is an error that says where ids are found.

use anyhow::Context as _;
use sitrep::model::Filter;
use sitrep::show;

use super::contents;
use crate::args::WhyArgs;
use crate::ending::Ending;
use crate::out;

/// `sitrep why RECORD ID`
pub(super) fn why(args: &WhyArgs) -> anyhow::Result<Ending> {
    let contents = contents(&args.record, &Filter::default())?;
    let text = show::why::why(&contents, &args.id).with_context(|| {
        format!(
            "{}: no {} in it; `sitrep claims`, `sitrep events` and `sitrep pages` list the ids",
            args.record.display(),
            args.id
        )
    })?;
    out::data(text.as_bytes())?;
    Ok(Ending::Done)
}
