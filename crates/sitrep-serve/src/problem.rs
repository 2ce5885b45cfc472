//! What is wrong with a question, told after RFC 9457.
//!
//! In: an error. Out: a [`Problem`] as JSON with its status. Never tells a path of this machine or what a library said of its inside
//! where the asker cannot change it.

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
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
        (status, [(CONTENT_TYPE, "application/problem+json")], body).into_response()
    }
}
