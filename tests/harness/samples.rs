//! The sample reports, held against what `examples/TRUTH.md` says they claim about who held al-Bukamal.
//!
//! In: the program with its samples. Out: the first day whose answer is not as the table has it. Only days and sides that the
//! claims support today are asked about.

use std::num::NonZeroUsize;

use sitrep::model::{Contents, ControlSideKind, Document, Filter};
use sitrep::{Kit, Record, pipeline};

/// A day, the state, and names of holders that must stand among the current sides.
const HELD: [(&str, &str, &[&str]); 4] = [
    ("2017-11-09", "contested", &["Syria", "Attackers"]),
    ("2017-11-11", "contested", &["Syria", "Islamic State"]),
    ("2017-11-19", "asserted", &["Syrian Arab Army"]),
    ("2017-11-20", "last asserted", &["Syrian Arab Army"]),
];

pub(crate) fn control_is_as_the_table_says(kit: &Kit) -> Result<(), String> {
    let contents = contents(kit, "control")?;
    for (day, state, holders) in HELD {
        let on = day.parse().map_err(|error| format!("{day}: {error}"))?;
        let answer = sitrep::control(&contents, "al-Bukamal", Some(on));
        if answer.state != state {
            return Err(format!("{day}: {}, not {state}: {}", answer.state, answer.why));
        }
        let current: Vec<String> = answer
            .sides
            .iter()
            .filter(|side| side.current && side.kind == ControlSideKind::Holder)
            .flat_map(|side| side.holder.iter().chain(&side.also_called).cloned())
            .collect();
        for holder in holders {
            if !current.iter().any(|name| name.starts_with(holder)) {
                return Err(format!("{day}: {holder} is not among {current:?}"));
            }
        }
    }
    Ok(())
}

/// What a copy tells is not told twice: every event of the wire report and its reprint alone has one root.
pub(crate) fn a_reprint_is_one_root(kit: &Kit) -> Result<(), String> {
    let contents = contents(kit, "reprint")?;
    let of =
        |name: &str| contents.documents.iter().find(|it| it.path.contains(name)).map(|it: &Document| it.id.clone());
    let (Some(wire), Some(copy)) = (of("northgate-wire"), of("calder-tribune")) else {
        return Err("the wire report or its reprint is missing".to_owned());
    };
    let shared: Vec<_> = contents
        .events
        .iter()
        .filter(|event| event.accounts.iter().all(|account| account.document == wire || account.document == copy))
        .filter(|event| event.accounts.iter().any(|account| account.document == wire))
        .filter(|event| event.accounts.iter().any(|account| account.document == copy))
        .collect();
    match shared.iter().find(|event| event.roots > 1) {
        _ if shared.is_empty() => Err("no event is told by both".to_owned()),
        Some(event) => Err(format!("{} has {} roots", event.summary, event.roots)),
        None => Ok(()),
    }
}

/// The samples as a record, made and read back once for each asker.
fn contents(kit: &Kit, asker: &str) -> Result<Contents, String> {
    let tell = |error: &dyn std::error::Error| error.to_string();
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("samples-{asker}.sitrep"));
    if path.exists() {
        std::fs::remove_file(&path).map_err(|error| tell(&error))?;
    }
    let source = sitrep::samples::source().map_err(|error| tell(&error))?;
    let mut record = Record::create(&path, &kit.edition()).map_err(|error| tell(&error))?;
    pipeline::build(&mut record, kit, &source, NonZeroUsize::MIN, |_| {}).map_err(|error| tell(&error))?;
    record.contents(&Filter::default()).map_err(|error| tell(&error))
}
