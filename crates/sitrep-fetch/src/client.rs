//! One request, one answer: names resolved once, checked, and connected to as checked.
//!
//! In: an address. Out: an [`Answer`]. The client never follows a redirect by itself, uses no proxy and keeps no cookie, so
//! that what was checked is what was connected to.

use std::net::SocketAddr;
use std::time::Duration;

use ureq::config::Config;
use ureq::http::{HeaderMap, Uri};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use url::Url;

use crate::{FetchError, address};

/// How the program names itself to sites.
pub(crate) const AGENT: &str = concat!("sitrep/", env!("CARGO_PKG_VERSION"));

/// How much one address may cost.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Largest body, in bytes.
    pub bytes: u64,
    /// Longest time for one answer, from the name to the last byte.
    pub time: Duration,
    /// Most redirects from one address.
    pub redirects: u32,
    /// Rest between two addresses.
    pub pause: Duration,
    /// Whether this machine itself may be asked; only the crate's own tests can set it.
    pub(crate) loopback: bool,
}

/// What a server answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The address the answer sends on to, when it does.
    pub(crate) fn redirect(&self, from: &Url) -> Option<String> {
        if !matches!(self.status, 301 | 302 | 303 | 307 | 308) {
            return None;
        }
        let (_, to) = self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("location"))?;
        from.join(std::str::from_utf8(to).ok()?).ok().map(String::from)
    }
}

/// `text` as an address of the web, without a fragment and without a password.
pub(crate) fn web_address(text: &str) -> Result<Url, FetchError> {
    let not_web = || FetchError::NotWeb { url: text.to_owned() };
    let mut url = Url::parse(text.trim()).map_err(|_| not_web())?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(not_web());
    }
    url.set_fragment(None);
    let _ = url.set_username("");
    let _ = url.set_password(None);
    Ok(url)
}

/// The client.
pub(crate) struct Client {
    agent: ureq::Agent,
    max_bytes: u64,
}

impl Client {
    pub(crate) fn new(limits: &Limits) -> Client {
        let config = Config::builder()
            .proxy(None)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_global(Some(limits.time))
            .user_agent(AGENT)
            .accept_encoding("identity")
            .build();
        let resolver = Checked { inner: DefaultResolver::default(), loopback: limits.loopback };
        let agent = ureq::Agent::with_parts(config, DefaultConnector::default(), resolver);
        Client { agent, max_bytes: limits.bytes }
    }

    /// One answer, whatever its status.
    pub(crate) fn get(&self, url: &Url) -> Result<Answer, FetchError> {
        let mut response = self.agent.get(url.as_str()).call().map_err(|error| self.error(url, error))?;
        let status = response.status().as_u16();
        let headers = headers(response.headers());
        let reader = response.body_mut().with_config().limit(self.max_bytes);
        let body = reader.read_to_vec().map_err(|error| self.error(url, error))?;
        Ok(Answer { status, headers, body })
    }

    fn error(&self, url: &Url, error: ureq::Error) -> FetchError {
        let url = url.to_string();
        match error {
            ureq::Error::BodyExceedsLimit(_) => {
                FetchError::TooLarge { url, limit_mib: self.max_bytes.div_ceil(1024 * 1024) }
            }
            ureq::Error::Other(inner) => match inner.downcast::<Refused>() {
                Ok(refused) => FetchError::Private { url, address: refused.0.ip().to_string() },
                Err(other) => FetchError::Failed { url, why: other.to_string() },
            },
            other => FetchError::Failed { url, why: other.to_string() },
        }
    }
}

fn headers(map: &HeaderMap) -> Vec<(String, Vec<u8>)> {
    map.iter().map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec())).collect()
}

/// Resolves names and refuses those that lead anywhere but to the public web. The connection goes to what was checked.
#[derive(Debug)]
struct Checked {
    inner: DefaultResolver,
    loopback: bool,
}

/// A name that leads to a private address.
#[derive(Debug, thiserror::Error)]
#[error("{0} is not a public address")]
struct Refused(SocketAddr);

impl Resolver for Checked {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let allowed = |a: &SocketAddr| address::is_public(a.ip()) || self.loopback && a.ip().is_loopback();
        match found.iter().find(|a| !allowed(a)) {
            Some(private) => Err(ureq::Error::Other(Box::new(Refused(*private)))),
            None => Ok(found),
        }
    }
}
