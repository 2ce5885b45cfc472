//! What is wrong with a question, told after RFC 9457.
//!
//! In: an error. Out: a [`Problem`] as JSON with its status. Never tells a path of this machine or what a library said of its inside
//! where the asker cannot change it.

use axum::http::StatusCode;
use axum::http::header::{ALLOW, CONTENT_TYPE, HeaderValue, WWW_AUTHENTICATE};
use axum::response::{IntoResponse, Response};
use sitrep::model::RulingEntry;

use crate::answers::Problem;

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Wrong {
    /// The question makes no sense.
    Question(String),
    /// There is no such thing.
    Missing(String),
    /// It may not be done.
    Forbidden(&'static str),
    /// The password is needed.
    Unknown,
    /// It is another server that is named.
    Misdirected,
    /// Not with this method, but with these.
    Method(&'static str),
    /// There is too much of it.
    TooLarge(usize),
    /// It is not of this media type.
    Media(&'static str),
    /// It can be read, but not be done.
    Undoable(String),
    /// Somebody else was first.
    Conflict(Box<RulingEntry>),
    /// It could not be done.
    Failed(anyhow::Error),
}

impl From<String> for Wrong {
    fn from(why: String) -> Wrong {
        Wrong::Question(why)
    }
}

impl From<&str> for Wrong {
    fn from(why: &str) -> Wrong {
        Wrong::Question(why.to_owned())
    }
}

impl From<anyhow::Error> for Wrong {
    fn from(error: anyhow::Error) -> Wrong {
        Wrong::Failed(error)
    }
}

impl From<sitrep::RecordError> for Wrong {
    fn from(error: sitrep::RecordError) -> Wrong {
        Wrong::Failed(error.into())
    }
}

impl Wrong {
    /// As it is told.
    pub(crate) fn problem(&self) -> Problem {
        let (status, kind, title, detail) = match self {
            Wrong::Question(why) => (400, "question", "The question makes no sense", why.clone()),
            Wrong::Missing(what) => (404, "missing", "There is no such thing", format!("the record holds no {what}")),
            Wrong::Forbidden(why) => (403, "forbidden", "That is not allowed", (*why).to_owned()),
            Wrong::Unknown => {
                (401, "password", "The password is needed", "send it by HTTP basic authentication".to_owned())
            }
            Wrong::Misdirected => (
                421,
                "misdirected",
                "Another server is named",
                "this answers only to 127.0.0.1, localhost and the names it was given".to_owned(),
            ),
            Wrong::Method(allowed) => (405, "method", "Not with this method", format!("here: {allowed}")),
            Wrong::TooLarge(most) => (413, "size", "There is too much of it", format!("at most {most} bytes")),
            Wrong::Media(wanted) => (415, "media", "Not of this media type", format!("send it as {wanted}")),
            Wrong::Undoable(why) => (422, "undoable", "It cannot be done", why.clone()),
            Wrong::Conflict(entry) => {
                let (reviewer, action) = (&entry.ruling.reviewer, &entry.ruling.action);
                (
                    409,
                    "conflict",
                    "Somebody ruled on it meanwhile",
                    format!("{reviewer}: {action}, ruling {}", entry.ruling.number),
                )
            }
            Wrong::Failed(error) => (500, "failed", "It could not be done", format!("{error:#}")),
        };
        let ruling = match self {
            Wrong::Conflict(entry) => Some((**entry).clone()),
            _ => None,
        };
        Problem { kind: format!("urn:sitrep:{kind}"), title: title.to_owned(), status, detail, ruling }
    }
}

impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        let problem = self.problem();
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response = (status, [(CONTENT_TYPE, "application/problem+json")], body).into_response();
        let more = match &self {
            Wrong::Method(allowed) => (ALLOW, *allowed),
            Wrong::Unknown => (WWW_AUTHENTICATE, "Basic realm=\"sitrep\", charset=\"UTF-8\""),
            _ => return response,
        };
        response.headers_mut().insert(more.0, HeaderValue::from_static(more.1));
        response
    }
}
