//! What every answer passes through: is the question from this machine, may it change something, and what may a browser do with the answer.
//!
//! In: a request. Out: its answer with strict headers, or a refusal. Never looks at the record.
//!
//! A page elsewhere can point its own name at 127.0.0.1 and so read what is served here (DNS rebinding); the name in the Host header
//! gives that away (see [`crate::door`]). A page elsewhere can also send forms here; those carry its Origin and lack the token.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::Method;
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::app::App;
use crate::problem::Wrong;
use crate::table;

/// No script, no frame, nothing from elsewhere.
const PLAIN: &str = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// The same for the page of a document, which shows stills of its pictures.
const DOCUMENTS: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
                         frame-ancestors 'none'";
/// The report, which the workbench shows in a frame.
const REPORT: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";
/// The workbench: its own files and nothing else, nothing inline. The worker is what draws a user's own map file.
const WORKBENCH: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' blob:; \
                         connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// A page as it came: an origin of its own, nothing runs, nothing loads.
const ORIGINAL: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                        frame-ancestors 'self'";

/// The header that a page elsewhere cannot know.
const TOKEN: HeaderName = HeaderName::from_static("x-sitrep-token");

const HEADERS: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// What a browser may do with the answer at `path`.
fn policy(path: &str) -> &'static str {
    match path.trim_start_matches('/').split('/').next().unwrap_or_default() {
        "" | "w" | "assets" => WORKBENCH,
        "documents" => DOCUMENTS,
        "report" => REPORT,
        "original" => ORIGINAL,
        _ => PLAIN,
    }
}

/// Checks host, method, origin and token, and adds the headers.
pub(crate) async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let policy = policy(request.uri().path());
    let mut response = match refusal(&app, &request) {
        Some(refused) => refused,
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS.into_iter().chain([(header::CONTENT_SECURITY_POLICY, policy)]) {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

fn refusal(app: &App, request: &Request) -> Option<Response> {
    let (headers, token) = (request.headers(), &app.token);
    if !app.door.is_named(headers) {
        return Some(Wrong::Misdirected.into_response());
    }
    if !app.door.lets_in(headers) {
        return Some(Wrong::Unknown.into_response());
    }
    match *request.method() {
        Method::GET | Method::HEAD => None,
        Method::POST if request.uri().path().starts_with("/api/") => {
            let why = if !is_own_origin(headers) {
                "the request comes from another site's page"
            } else if headers.get(TOKEN).is_none_or(|given| !same(given.as_bytes(), token.as_bytes())) {
                "the request lacks the workbench's token; load the page again"
            } else {
                return None;
            };
            Some(Wrong::Forbidden(why).into_response())
        }
        _ => Some(Wrong::Method(table::allowed(request.uri().path())).into_response()),
    }
}

/// Equal, in a time that does not tell how much of it is.
fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

/// Whether the Origin header, where a browser sends one, is that of the workbench itself.
fn is_own_origin(headers: &HeaderMap) -> bool {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let (origin, None) = (origins.next(), origins.next()) else { return false };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let Some(origin) = origin else { return true };
    origin
        .to_str()
        .is_ok_and(|origin| ["http://", "https://"].iter().any(|scheme| origin.strip_prefix(scheme) == Some(host)))
}
