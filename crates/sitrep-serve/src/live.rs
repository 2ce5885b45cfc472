//! Server-sent events: the record's version, and the steps of a job.
//!
//! In: a channel. Out: an answer that goes on. The stream of a job ends with its last step.

use std::convert::Infallible;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream::{self, Stream};
use tokio::sync::watch;

use crate::answers::IngestStep;
use crate::ingest::Steps;

/// So often a quiet stream says that it is still there.
const QUIET: Duration = Duration::from_secs(15);

fn answer(events: impl Stream<Item = Result<Event, Infallible>> + Send + 'static) -> Response {
    Sse::new(events).keep_alive(KeepAlive::new().interval(QUIET)).into_response()
}

/// `GET /api/live`: the version now and whenever it changes.
pub(crate) fn versions(mut versions: watch::Receiver<String>) -> Response {
    versions.mark_changed();
    answer(stream::unfold(versions, async |mut versions| {
        versions.changed().await.ok()?;
        let version = versions.borrow_and_update().clone();
        Some((Ok(Event::default().event("version").data(version)), versions))
    }))
}

/// `GET /api/ingest/JOB`: its steps from the first on.
pub(crate) fn steps(steps: watch::Receiver<Steps>) -> Response {
    answer(stream::unfold((steps, 0, false), async |(mut steps, told, ended)| {
        if ended {
            return None;
        }
        loop {
            let next = steps.borrow_and_update().get(told).cloned();
            if let Some(step) = next {
                let ended = matches!(step, IngestStep::Done { .. } | IngestStep::Failed { .. });
                let event = Event::default().event("step").json_data(&step).unwrap_or_default();
                return Some((Ok(event), (steps, told + 1, ended)));
            }
            steps.changed().await.ok()?;
        }
    }))
}
