//! Rulings from the browser.
//!
//! In: a ruling. Out: its number, or the ruling that came between. The ruling is in the file before the answer goes out; events and
//! disputes are computed anew in the background, once for all rulings of some moments. Never changes an earlier ruling.

use std::sync::Arc;
use std::time::Duration;

use sitrep::RecordError;
use sitrep::model::Ruling;

use crate::answers::{NewRuling, Ruled};
use crate::app::{App, held};
use crate::problem::Wrong;
use crate::review::Reviewed;
use crate::snapshot;

/// A reviewer's next ruling mostly comes within this; then one computation serves both.
const BREATH: Duration = Duration::from_millis(700);
/// Longer words are no ruling.
const MAX_BYTES: usize = 20_000;

/// `POST /api/rulings`
pub(crate) fn rule(app: &Arc<App>, asked: NewRuling) -> Result<Ruled, Wrong> {
    let writing = app.options.writing.ok_or(Wrong::Forbidden("this record is served for reading only"))?;
    let parts =
        [Some(&asked.action), Some(&asked.subject), asked.value.as_ref(), asked.reviewer.as_ref(), asked.why.as_ref()];
    if parts.into_iter().flatten().any(|text| text.len() > MAX_BYTES) {
        return Err(Wrong::Question("a ruling is not that long".to_owned()));
    }
    let _one_at_a_time = held(&app.changing);
    let mut record = writing(&app.options.record)?;
    let before = Reviewed::of_rulings(&record.rulings()?);
    if let Some(later) = later_ruling(app, &asked, &before) {
        return Err(later);
    }
    let ruling = Ruling {
        number: 0,
        action: asked.action,
        subject: asked.subject,
        value: asked.value.filter(|value| !value.is_empty()),
        reviewer: asked.reviewer.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| "reviewer".to_owned()),
        why: asked.why.filter(|why| !why.trim().is_empty()),
    };
    let number = record.rule(&ruling).map_err(|error| match error {
        RecordError::Ruling { .. } => Wrong::Undoable(error.to_string()),
        error => error.into(),
    })?;
    app.rule(Reviewed::of_rulings(&record.rulings()?));
    drop(record);
    app.settling.notify_one();
    Ok(Ruled { number, version: snapshot::version(&app.options.record), settling: true })
}

/// The ruling on the same things that the reviewer has not seen: on any account of any event that is named, the second of a merge too.
fn later_ruling(app: &App, asked: &NewRuling, before: &Reviewed) -> Option<Wrong> {
    let seen = asked.seen?;
    let snapshot = app.now().ok()?;
    let tied = matches!(asked.action.as_str(), "merge" | "split");
    let named = asked.value.iter().filter(|_| tied).flat_map(|value| value.split([',', ' ', '=', ';', '|']));
    let claims: Vec<String> = std::iter::once(asked.subject.as_str())
        .chain(named)
        .flat_map(|id| match snapshot.event(id) {
            Some(event) => event.accounts.iter().map(|account| account.claim_id.to_string()).collect(),
            None => vec![id.to_owned()],
        })
        .collect();
    let last = before.last_on(claims.iter().map(String::as_str));
    let entry = before.entry(last).filter(|_| last > seen)?;
    Some(Wrong::Conflict(Box::new(entry.clone())))
}

/// Settles the record whenever rulings have come, until the server stops.
pub(crate) async fn settle_after_rulings(app: Arc<App>) {
    loop {
        app.settling.notified().await;
        tokio::time::sleep(BREATH).await;
        let app = Arc::clone(&app);
        let settled = tokio::task::spawn_blocking(move || settle(&app)).await;
        // What could not be settled now is settled after the next ruling; readers compute for themselves until then.
        drop(settled);
    }
}

fn settle(app: &App) -> anyhow::Result<()> {
    let Some(writing) = app.options.writing else { return Ok(()) };
    let _one_at_a_time = held(&app.changing);
    writing(&app.options.record)?.settle()?;
    app.renew()?;
    Ok(())
}
