//! What every answer passes through: is the question from this machine, and what may a browser do with the answer.
//!
//! In: a request. Out: its answer with strict headers, or a refusal. Never looks at the record.
//!
//! A page elsewhere can point its own name at 127.0.0.1 and so read what is served here (DNS rebinding); the name in the Host header
//! gives that away.

use axum::extract::Request;
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// No script, no frame, nothing from elsewhere.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// The same for the page of a document, which shows stills of its pictures.
const POLICY_OF_DOCUMENTS: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
                                   frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// Checks the host and the method, and adds the headers.
pub(super) async fn guard(request: Request, next: Next) -> Response {
    let shows_pictures = request.uri().path().starts_with("/documents/");
    let policy = if shows_pictures { POLICY_OF_DOCUMENTS } else { POLICY };
    let mut response = if !is_local(request.headers()) {
        (StatusCode::MISDIRECTED_REQUEST, "this answers only to 127.0.0.1 and localhost\n").into_response()
    } else if !matches!(*request.method(), Method::GET | Method::HEAD) {
        (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")], "only reading is possible here\n")
            .into_response()
    } else {
        next.run(request).await
    };
    for (name, value) in HEADERS.into_iter().chain([(header::CONTENT_SECURITY_POLICY, policy)]) {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether the one Host header names this machine.
fn is_local(headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let Ok(host) = host.to_str() else { return false };
    let name = host.rsplit_once(':').map_or(host, |(name, _port)| name);
    name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(hosts: &[&'static str]) -> bool {
        let mut headers = HeaderMap::new();
        for host in hosts {
            headers.append(header::HOST, HeaderValue::from_static(host));
        }
        is_local(&headers)
    }

    #[test]
    fn only_this_machine_by_name() {
        assert!(local(&["127.0.0.1:8731"]) && local(&["localhost"]) && local(&["LOCALHOST:1"]));
        assert!(
            !local(&["rebound.example:8731"])
                && !local(&["localhost.rebound.example"])
                && !local(&["127.0.0.1.example:80"])
        );
        assert!(!local(&[]) && !local(&["localhost", "rebound.example"]) && !local(&[""]));
    }
}
