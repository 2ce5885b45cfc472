//! Which address is answered by what.
//!
//! In: requests that passed the guard. Out: answers. Work on the record is done off the threads that answer. Knows HTTP, no rules.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, RawQuery, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderMap, IF_NONE_MATCH};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Serialize;

use crate::answers::NewRuling;
use crate::app::App;
use crate::plain::Answer;
use crate::problem::Wrong;
use crate::query::Query;
use crate::review::Reviewed;
use crate::snapshot::Snapshot;
use crate::{assets, brief, compare, explore, guard, ingest, ledgers, lists, live, plain, reading, writing};

/// A ruling is short.
const MAX_RULING_BYTES: usize = 100_000;

type Shared = State<Arc<App>>;

/// What a question is answered from.
struct Asked<'a> {
    app: &'a App,
    snapshot: &'a Snapshot,
    reviewed: &'a Reviewed,
    query: &'a Query,
    /// What follows the name in the path.
    id: &'a str,
}

/// Everything that is served.
pub(crate) fn router(app: Arc<App>) -> Router {
    let api = Router::new()
        .route("/live", get(async |State(app): Shared| live::versions(app.live.subscribe())))
        .route("/outlines", get(async |State(app): Shared| outlines(&app)))
        .route("/rulings", get(rulings).post(rule).layer(DefaultBodyLimit::max(MAX_RULING_BYTES)))
        .route("/ingest", post(begin).layer(DefaultBodyLimit::max(ingest::MAX_BYTES)))
        .route("/ingest/{job}", get(steps))
        .route(
            "/{name}",
            get(async |state: Shared, Path(name): Path<String>, query: RawQuery, headers: HeaderMap| {
                answered(state, name, String::new(), query, headers).await
            }),
        )
        .route(
            "/{name}/{id}",
            get(
                async |state: Shared, Path((name, id)): Path<(String, String)>, query: RawQuery, headers: HeaderMap| {
                    answered(state, name, id, query, headers).await
                },
            ),
        );
    Router::new()
        .route("/", get(async |State(app): Shared| assets::page(&app)))
        .route("/w", get(async |State(app): Shared| assets::page(&app)))
        .route("/w/{*path}", get(async |State(app): Shared| assets::page(&app)))
        .route("/assets/{*name}", get(async |State(app): Shared, Path(name): Path<String>| assets::asset(&app, &name)))
        .route("/icon.svg", get(async |State(app): Shared| assets::asset(&app, "icon.svg")))
        .route("/original/{id}", get(original))
        .nest("/api", api)
        .fallback(get(page))
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&app), guard::guard))
        .with_state(app)
}

/// Does `work` where it holds nobody up.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> Result<T, Wrong> + Send + 'static) -> Result<T, Wrong> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|_| Err(Wrong::Failed(anyhow::anyhow!("a bug in this program was met; nothing is lost"))))
}

fn json(value: &impl Serialize) -> Result<Vec<u8>, Wrong> {
    serde_json::to_vec(value).map_err(|error| Wrong::Failed(error.into()))
}

/// `GET /api/NAME` and `GET /api/NAME/ID`
async fn answered(
    State(app): Shared,
    name: String,
    id: String,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let work = move || {
        let snapshot = app.now()?;
        let reviewed = app.reviewed();
        let tag = format!("\"{}-{}\"", snapshot.version, reviewed.entries.len());
        if known.as_deref() == Some(&tag) {
            return Ok((tag, "", None));
        }
        let query = Query::read(query.as_deref())?;
        let asked = Asked { app: &app, snapshot: &snapshot, reviewed: &reviewed, query: &query, id: &id };
        if let Some(body) = screen(&name, &asked)? {
            return Ok((tag, "application/json", Some(body)));
        }
        if let Some(lines) = lists::list(&snapshot.contents, &id).filter(|_| name == "lists") {
            return Ok((tag, "application/x-ndjson", Some(lines)));
        }
        Err(Wrong::Missing(format!("answer to /api/{name}")))
    };
    match apart(work).await {
        Ok((tag, _, None)) => (StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response(),
        Ok((tag, media_type, Some(body))) => {
            ([(ETAG, tag), (CONTENT_TYPE, media_type.to_owned())], body).into_response()
        }
        Err(wrong) => wrong.into_response(),
    }
}

/// What a screen of the workbench is told; `None` when no screen is called so.
fn screen(name: &str, asked: &Asked<'_>) -> Result<Option<Vec<u8>>, Wrong> {
    let Asked { app, snapshot, reviewed, query, id } = *asked;
    Ok(Some(match (name, id) {
        ("about", "") => json(&explore::about(app, snapshot))?,
        ("explore", "") => json(&explore::explore(snapshot, query, reviewed)?)?,
        ("marks", "") => json(&explore::marks(snapshot, query)?)?,
        ("search", "") => json(&explore::search(snapshot, query)?)?,
        ("documents", "") => {
            let documents = snapshot.contents.documents.iter();
            json(&documents.map(|document| brief::document(snapshot, document)).collect::<Vec<_>>())?
        }
        ("places", "") => {
            let kit = app.jobs.kit(app.options.kit, &app.record()?)?;
            json(&sitrep::places::called(&kit, query.value("q").unwrap_or_default()))?
        }
        ("compare", "") => json(&compare::compare(snapshot, query, reviewed)?)?,
        ("control", "") => json(&ledgers::control_map(snapshot, query)?)?,
        ("threads", "") => json(&reading::threads(snapshot))?,
        ("forecasts", "") => json(&ledgers::forecasts(snapshot, reviewed))?,
        ("sources", "") => json(&snapshot.sources())?,
        ("queue", "") => json(&ledgers::queue(snapshot, query, reviewed)?)?,
        ("rulings", "") => json(&ledgers::rulings(snapshot, reviewed))?,
        ("event", id) if !id.is_empty() => json(&reading::event(snapshot, id, reviewed)?)?,
        ("document", id) if !id.is_empty() => json(&reading::document(snapshot, id, reviewed)?)?,
        ("claim", id) if !id.is_empty() => {
            let claim = snapshot.claim(id).ok_or_else(|| Wrong::Missing(format!("claim {id}")))?;
            json(&brief::claim(snapshot, claim, reviewed))?
        }
        ("control", place) => json(&ledgers::control(snapshot, place, query)?)?,
        _ => return Ok(None),
    }))
}

/// `GET /api/outlines`: the same for every record, so a browser may keep them for a day.
fn outlines(app: &App) -> Response {
    let headers = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "private, max-age=86400")];
    (headers, app.outlines_json.clone()).into_response()
}

/// `GET /api/rulings`
async fn rulings(state: Shared, query: RawQuery, headers: HeaderMap) -> Response {
    answered(state, "rulings".to_owned(), String::new(), query, headers).await
}

/// `POST /api/rulings`
async fn rule(State(app): Shared, body: Bytes) -> Response {
    let work = move || {
        let asked: NewRuling =
            serde_json::from_slice(&body).map_err(|error| format!("the ruling cannot be read: {error}"))?;
        json(&writing::rule(&app, asked)?)
    };
    said(apart(work).await)
}

/// `POST /api/ingest`
async fn begin(State(app): Shared, RawQuery(query): RawQuery, body: Bytes) -> Response {
    let work = move || json(&ingest::begin(&app, &Query::read(query.as_deref())?, body.to_vec())?);
    said(apart(work).await)
}

fn said(done: Result<Vec<u8>, Wrong>) -> Response {
    match done {
        Ok(body) => ([(CONTENT_TYPE, "application/json")], body).into_response(),
        Err(wrong) => wrong.into_response(),
    }
}

/// `GET /api/ingest/JOB`
async fn steps(State(app): Shared, Path(job): Path<String>) -> Response {
    match job.parse().ok().and_then(|job| app.jobs.steps(job)) {
        Some(steps) => live::steps(steps),
        None => Wrong::Missing(format!("job {job}")).into_response(),
    }
}

/// `GET /original/ID`: the page as it came. Its policy gives it an origin of its own, where nothing runs and nothing loads.
async fn original(State(app): Shared, Path(id): Path<String>) -> Response {
    let work = move || {
        let snapshot = app.now()?;
        let document = snapshot.document(&id).ok_or_else(|| Wrong::Missing(format!("document {id}")))?;
        let media_type = match snapshot.page_of(document).map(|page| page.media_type.as_str()) {
            Some("html") => "text/html",
            Some("text") => "text/plain; charset=utf-8",
            _ => "application/octet-stream",
        };
        Ok((media_type, app.record()?.page_bytes(&document.page)?.unwrap_or_default()))
    };
    match apart(work).await {
        Ok((media_type, bytes)) => ([(CONTENT_TYPE, media_type)], bytes).into_response(),
        Err(wrong) => wrong.into_response(),
    }
}

/// Pages that need no scripts.
async fn page(State(app): Shared, uri: Uri) -> Response {
    let work = move || match Query::read(uri.query()) {
        Ok(query) => Ok(plain::answer(&app, uri.path(), &query)),
        Err(why) => Err(Wrong::Question(why)),
    };
    match apart(work).await {
        Ok(Answer { status, media_type, body }) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, [(CONTENT_TYPE, media_type)], body).into_response()
        }
        Err(wrong) => wrong.into_response(),
    }
}
