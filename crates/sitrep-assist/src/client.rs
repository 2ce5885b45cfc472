//! One question, one answer: bounded in bytes and time.
//!
//! In: an endpoint and a question. Out: the answer's bytes. Follows no redirect, uses no proxy, keeps no cookie; an address that says "this
//! machine" is connected to only where its name leads there.

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

use crate::{AssistError, Endpoint, Limits};

/// How the program names itself.
const AGENT: &str = concat!("sitrep/", env!("CARGO_PKG_VERSION"));

pub(crate) fn post(endpoint: &Endpoint, question: &[u8], limits: &Limits) -> Result<Vec<u8>, AssistError> {
    let config = Config::builder()
        .proxy(None)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .timeout_global(Some(limits.time))
        .user_agent(AGENT)
        .accept_encoding("identity")
        .build();
    let resolver = Here { inner: DefaultResolver::default(), only: endpoint.is_this_machine() };
    let agent = ureq::Agent::with_parts(config, DefaultConnector::default(), resolver);
    let mut request = agent.post(endpoint.url.as_str()).header("Content-Type", "application/json");
    if let Some(key) = &endpoint.key {
        request = request.header("Authorization", format!("Bearer {key}"));
    }
    let failed = |error| error_of(endpoint, limits, error);
    let mut response = request.send(question).map_err(failed)?;
    match response.status().as_u16() {
        200 => {}
        status @ 300..=399 => return Err(AssistError::Redirect(status)),
        // What the server says beside it stays unread: it may be anything.
        status => return Err(AssistError::Status(status)),
    }
    response.body_mut().with_config().limit(limits.bytes).read_to_vec().map_err(failed)
}

fn error_of(endpoint: &Endpoint, limits: &Limits, error: ureq::Error) -> AssistError {
    match error {
        ureq::Error::BodyExceedsLimit(_) => AssistError::TooLarge { limit_kib: limits.bytes.div_ceil(1024) },
        ureq::Error::Timeout(_) => AssistError::Failed(format!("no answer within {} s", limits.time.as_secs())),
        ureq::Error::Other(inner) => match inner.downcast::<Elsewhere>() {
            Ok(elsewhere) => AssistError::NotHere { host: endpoint.host(), address: elsewhere.0 },
            Err(other) => AssistError::Failed(other.to_string()),
        },
        other => AssistError::Failed(other.to_string()),
    }
}

/// Resolves names; where `only` this machine is meant, refuses any that lead elsewhere.
#[derive(Debug)]
struct Here {
    inner: DefaultResolver,
    only: bool,
}

/// A name that should lead to this machine and does not.
#[derive(Debug, thiserror::Error)]
#[error("{0} is not this machine")]
struct Elsewhere(String);

impl Resolver for Here {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        match found.iter().find(|address| self.only && !address.ip().is_loopback()) {
            Some(other) => Err(ureq::Error::Other(Box::new(Elsewhere(other.ip().to_string())))),
            None => Ok(found),
        }
    }
}
