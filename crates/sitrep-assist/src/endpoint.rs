//! The address of an OpenAI-compatible server, checked before anything is sent.
//!
//! In: what the user typed, perhaps a key. Out: [`Endpoint`]. The key never stands in the address, and is never printed.

use std::fmt;
use std::net::IpAddr;

use url::{Host, Url};

use crate::AssistError;

const CHAT: &str = "chat/completions";

/// Where to ask.
#[derive(Clone)]
pub struct Endpoint {
    pub(crate) url: Url,
    pub(crate) key: Option<String>,
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = self.key.as_ref().map(|_| "…");
        f.debug_struct("Endpoint").field("url", &self.url.as_str()).field("key", &key).finish()
    }
}

impl Endpoint {
    /// The server at `url`: its base (`http://127.0.0.1:11434/v1`) or the whole address of chat completions.
    ///
    /// # Errors
    /// When it is not an http or https address, holds a password or a query, or is plain http to another machine; when the key cannot stand in a
    /// head line.
    pub fn new(url: &str, key: Option<String>) -> Result<Endpoint, AssistError> {
        let refuse = |why| Err(AssistError::Address(why));
        let Ok(mut url) = Url::parse(url.trim()) else {
            return refuse("not an address: say http://… or https://…");
        };
        if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
            return refuse("only http:// and https:// addresses are asked");
        }
        if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
            return refuse(
                "the address must hold no password and no query: a key comes from a file or the environment",
            );
        }
        if !url.path().ends_with(CHAT) {
            let base = url.path().trim_end_matches('/').to_owned();
            url.set_path(&format!("{base}/{CHAT}"));
        }
        let key = key.map(|key| key.trim().to_owned()).filter(|key| !key.is_empty());
        if key.as_ref().is_some_and(|key| !key.bytes().all(|byte| byte.is_ascii_graphic())) {
            return refuse("the key must be one word of plain characters");
        }
        let endpoint = Endpoint { url, key };
        if endpoint.url.scheme() == "http" && !endpoint.is_this_machine() {
            return refuse("plain http:// is spoken only to this machine (127.0.0.1, localhost): use https://");
        }
        Ok(endpoint)
    }

    /// The host's name, with the port where the address has one.
    #[must_use]
    pub fn host(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        self.url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// Whether the address says that the server runs here, so that nothing leaves this machine.
    #[must_use]
    pub fn is_this_machine(&self) -> bool {
        match self.url.host() {
            Some(Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
            Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
            Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
            None => false,
        }
    }
}
