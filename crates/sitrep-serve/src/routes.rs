//! Which address is answered by what: the router, made from the table of operations.
//!
//! In: requests that passed the guard. Out: answers. Work on the record is done off the threads that answer. Knows HTTP, no rules.

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{DefaultBodyLimit, Path, RawQuery, State};
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderMap, IF_NONE_MATCH, VARY};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use serde::Serialize;
use sitrep::model::sha256_hex;

use crate::answers::NewRuling;
use crate::app::{App, Shared};
use crate::operations::{Does, Operation};
use crate::plain::Answer;
use crate::problem::Wrong;
use crate::query::Query;
use crate::review::Reviewed;
use crate::snapshot::Snapshot;
use crate::table::{self, OPERATIONS};
use crate::{assets, guard, ingest, lists, live as streams, openapi as described, plain, writing};

/// A ruling is short.
const MAX_RULING_BYTES: usize = 100_000;
const LINES: &str = "application/x-ndjson";

/// The description and its hash; it is the same for every record.
static DESCRIPTION: LazyLock<(Vec<u8>, String)> = LazyLock::new(|| {
    let text = described::document().to_string().into_bytes();
    let tag = format!("\"{}\"", &sha256_hex(&text)[..16]);
    (text, tag)
});

/// What a question is answered from.
pub(crate) struct Asked<'a> {
    pub(crate) app: &'a Arc<App>,
    pub(crate) snapshot: &'a Arc<Snapshot>,
    pub(crate) reviewed: &'a Reviewed,
    pub(crate) query: &'a Query,
    /// What follows the name in the path.
    pub(crate) id: &'a str,
    /// Names the state that is answered from.
    pub(crate) tag: &'a str,
}

/// Everything that is served.
pub(crate) fn router(app: Shared) -> Router {
    let mut api: Router<Shared> = Router::new();
    for operation in OPERATIONS {
        api = api.route(operation.path, handler(operation));
    }
    api.route("/", get(async |State(app): State<Shared>| assets::page(&app)))
        .route("/w", get(async |State(app): State<Shared>| assets::page(&app)))
        .route("/w/{*path}", get(async |State(app): State<Shared>| assets::page(&app)))
        .route(
            "/assets/{*name}",
            get(async |State(app): State<Shared>, Path(name): Path<String>| assets::asset(&app, &name)),
        )
        .route("/icon.svg", get(async |State(app): State<Shared>| assets::asset(&app, "icon.svg")))
        .route("/original/{id}", get(original))
        .fallback(page)
        .method_not_allowed_fallback(async |uri: Uri| Wrong::Method(table::allowed(uri.path())))
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&app), guard::guard))
        .with_state(app)
}

fn handler(operation: &'static Operation) -> MethodRouter<Shared> {
    match operation.does {
        Does::Other(handler) => {
            let most = if operation.id == "ingest" { ingest::MAX_BYTES } else { MAX_RULING_BYTES };
            handler().layer(DefaultBodyLimit::max(most))
        }
        Does::Read(_) | Does::List(_) | Does::File(_) => {
            get(move |State(app): State<Shared>, id: Name, RawQuery(query): RawQuery, headers: HeaderMap| {
                answered(operation, app, id, query, headers)
            })
        }
    }
}

/// What follows the name in the path, if anything does.
type Name = Result<Option<Path<String>>, PathRejection>;

/// Does `work` where it holds nobody up.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> Result<T, Wrong> + Send + 'static) -> Result<T, Wrong> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|_| Err(Wrong::Failed(anyhow::anyhow!("a bug in this program was met; nothing is lost"))))
}

pub(crate) fn json(value: &impl Serialize) -> Result<Vec<u8>, Wrong> {
    serde_json::to_vec(value).map_err(|error| Wrong::Failed(error.into()))
}

fn said_in(headers: &HeaderMap, name: axum::http::HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// Whether the asker has the state that `tag` names.
fn knows(known: Option<&str>, tag: &str) -> bool {
    known.is_some_and(|known| {
        known.split(',').any(|it| matches!(it.trim(), "*") || it.trim().trim_start_matches("W/") == tag)
    })
}

/// What goes back: a body, or that all is as it was.
struct Ready {
    tag: String,
    media_type: &'static str,
    body: Option<Body>,
}

/// An operation that reads the record.
async fn answered(
    operation: &'static Operation,
    app: Shared,
    id: Name,
    query: Option<String>,
    headers: HeaderMap,
) -> Response {
    let known = said_in(&headers, IF_NONE_MATCH);
    let as_lines = said_in(&headers, ACCEPT).is_some_and(|it| it.contains(LINES));
    let work = move || {
        let Ok(id) = id else { return Err(Wrong::Question("the address is not UTF-8".to_owned())) };
        let id = id.map(|Path(id)| id).unwrap_or_default();
        operation.check(query.as_deref())?;
        let query = Query::read(query.as_deref())?;
        let snapshot = match query.day("as_of")? {
            Some(day) => app.as_known(day)?,
            None => app.now()?,
        };
        let reviewed = app.reviewed();
        let ending = if as_lines && matches!(operation.does, Does::List(_)) { "-lines" } else { "" };
        let tag = format!("\"{}-{}{ending}\"", snapshot.version, reviewed.entries.len());
        // Whether there is such a thing at all is told first.
        if id.is_empty() && knows(known.as_deref(), &tag) {
            return Ok(Ready { tag, media_type: "", body: None });
        }
        let asked = Asked { app: &app, snapshot: &snapshot, reviewed: &reviewed, query: &query, id: &id, tag: &tag };
        let (media_type, body) = match operation.does {
            Does::List(what) if as_lines => (LINES, lists::stream(&asked, what)?),
            Does::List(what) => ("application/json", lists::page(&asked, what)?.into()),
            Does::Read(read) => ("application/json", read(&asked)?.into()),
            Does::File(file) => file(&asked)?,
            Does::Other(_) => return Err(Wrong::Missing("answer here".to_owned())),
        };
        let body = (!knows(known.as_deref(), &tag)).then_some(body);
        Ok(Ready { tag, media_type, body })
    };
    match apart(work).await {
        Ok(ready) => ready.into_response(),
        Err(wrong) => wrong.into_response(),
    }
}

impl IntoResponse for Ready {
    fn into_response(self) -> Response {
        let headers = [(ETAG, self.tag), (VARY, "Accept".to_owned())];
        match self.body {
            None => (StatusCode::NOT_MODIFIED, headers).into_response(),
            Some(body) => (headers, [(CONTENT_TYPE, self.media_type)], body).into_response(),
        }
    }
}

/// The same bytes for every record, under a tag of their own.
fn fixed(headers: &HeaderMap, tag: &str, body: impl Into<Body>) -> Response {
    let body = (!knows(said_in(headers, IF_NONE_MATCH).as_deref(), tag)).then(|| body.into());
    Ready { tag: tag.to_owned(), media_type: "application/json", body }.into_response()
}

/// The words after `?` of an operation that has none or few.
fn checked(id: &str, query: Option<&str>) -> Result<(), Wrong> {
    OPERATIONS.iter().find(|it| it.id == id).map_or(Ok(()), |operation| operation.check(query))
}

/// `GET /api/openapi.json`
pub(crate) async fn openapi(RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    match checked("openapi", query.as_deref()) {
        Ok(()) => fixed(&headers, &DESCRIPTION.1, DESCRIPTION.0.clone()),
        Err(wrong) => wrong.into_response(),
    }
}

/// `GET /api/outlines`: the same for every record, so a browser may keep them for a day.
pub(crate) async fn outlines(State(app): State<Shared>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    if let Err(wrong) = checked("outlines", query.as_deref()) {
        return wrong.into_response();
    }
    let tag = format!("\"{}\"", sitrep::VERSION);
    let answer = fixed(&headers, &tag, app.outlines_json.clone());
    ([(CACHE_CONTROL, "private, max-age=86400")], answer).into_response()
}

/// `GET /api/live`
pub(crate) async fn live(State(app): State<Shared>, RawQuery(query): RawQuery) -> Response {
    match checked("live", query.as_deref()) {
        Ok(()) => streams::versions(app.live.subscribe()),
        Err(wrong) => wrong.into_response(),
    }
}

/// What was sent, if it came whole and as what is wanted.
fn sent(
    body: Result<Bytes, BytesRejection>,
    headers: &HeaderMap,
    most: usize,
    wanted: &'static str,
) -> Result<Bytes, Wrong> {
    let media_type = said_in(headers, CONTENT_TYPE);
    let media_type = media_type.as_deref().and_then(|it| it.split(';').next()).map(str::trim);
    let is_json = |it: &str| it.eq_ignore_ascii_case("application/json") || it.ends_with("+json");
    if wanted == "application/json" && media_type.is_some_and(|it| !it.is_empty() && !is_json(it)) {
        return Err(Wrong::Media(wanted));
    }
    body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Wrong::TooLarge(most),
        _ => Wrong::Question("the request did not come whole".to_owned()),
    })
}

/// `POST /api/rulings`
pub(crate) async fn rule(
    State(app): State<Shared>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let work = move || {
        checked("rule", query.as_deref())?;
        let body = sent(body, &headers, MAX_RULING_BYTES, "application/json")?;
        let asked: NewRuling =
            serde_json::from_slice(&body).map_err(|error| format!("the ruling cannot be read: {error}"))?;
        json(&writing::rule(&app, asked)?)
    };
    said(apart(work).await)
}

/// `POST /api/ingest`
pub(crate) async fn begin(
    State(app): State<Shared>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let work = move || {
        checked("ingest", query.as_deref())?;
        let body = sent(body, &headers, ingest::MAX_BYTES, "application/octet-stream")?;
        json(&ingest::begin(&app, &Query::read(query.as_deref())?, body.to_vec())?)
    };
    said(apart(work).await)
}

fn said(done: Result<Vec<u8>, Wrong>) -> Response {
    match done {
        Ok(body) => ([(CONTENT_TYPE, "application/json")], body).into_response(),
        Err(wrong) => wrong.into_response(),
    }
}

/// `GET /api/ingest/JOB`
pub(crate) async fn steps(State(app): State<Shared>, job: Name, RawQuery(query): RawQuery) -> Response {
    if let Err(wrong) = checked("ingestSteps", query.as_deref()) {
        return wrong.into_response();
    }
    let Ok(Some(Path(job))) = job else {
        return Wrong::Question("the address is not UTF-8".to_owned()).into_response();
    };
    match job.parse().ok().and_then(|job| app.jobs.steps(job)) {
        Some(steps) => streams::steps(steps),
        None => Wrong::Missing(format!("job {job}")).into_response(),
    }
}

/// `GET /original/ID`: the page as it came. Its policy gives it an origin of its own, where nothing runs and nothing loads.
async fn original(State(app): State<Shared>, id: Name) -> Response {
    let Ok(Some(Path(id))) = id else { return Wrong::Question("the address is not UTF-8".to_owned()).into_response() };
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
async fn page(State(app): State<Shared>, method: axum::http::Method, uri: Uri) -> Response {
    if !matches!(method, axum::http::Method::GET | axum::http::Method::HEAD) {
        return Wrong::Method(table::allowed(uri.path())).into_response();
    }
    if uri.path() == "/api" || uri.path().starts_with("/api/") {
        return Wrong::Missing("such address; /api/openapi.json describes them all".to_owned()).into_response();
    }
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
