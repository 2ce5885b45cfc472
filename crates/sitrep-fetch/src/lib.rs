//! Pages from the web, when the user asks for them by name: each answer is kept in a WARC file as it came.
//!
//! In: addresses and [`Limits`]. Out: WARC records in a writer, and one [`Fetched`] or [`FetchError`] for each address. The only
//! room that touches the network; built only with the program's `fetch` feature, and used only when a flag allows it. Never
//! follows a link, never runs what a page carries, never connects to a private or loopback address, and never ignores robots.txt.

mod address;
mod client;
mod robots;
#[cfg(test)]
mod tests;
mod warc;

use std::io::{self, Write};
use std::time::Duration;

pub use client::Limits;

/// What came of one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Where the answer came from, after redirects.
    pub url: String,
    /// HTTP status.
    pub status: u16,
    /// Size of the body.
    pub n_bytes: usize,
}

/// Why an address gave nothing.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// Not an address of a web page.
    #[error("{url}: only http:// and https:// addresses are fetched")]
    NotWeb {
        /// The address.
        url: String,
    },
    /// The name leads to an address inside a private network or this machine.
    #[error("{url}: leads to {address}, an address of a private network or of this machine: refused")]
    Private {
        /// The address as asked for.
        url: String,
        /// Where it leads.
        address: String,
    },
    /// The site asks programs to stay away.
    #[error("{url}: the site's robots.txt asks programs not to read it")]
    Robots {
        /// The address.
        url: String,
    },
    /// The body is larger than allowed.
    #[error("{url}: larger than {limit_mib} MiB: not kept")]
    TooLarge {
        /// The address.
        url: String,
        /// The limit.
        limit_mib: u64,
    },
    /// One redirect after another.
    #[error("{url}: more than {limit} redirects: given up")]
    Redirects {
        /// The first address.
        url: String,
        /// The limit.
        limit: u32,
    },
    /// Name not found, connection refused, time over, broken answer.
    #[error("{url}: {why}")]
    Failed {
        /// The address.
        url: String,
        /// What went wrong.
        why: String,
    },
    /// The WARC file cannot be written.
    #[error("cannot write the archive")]
    Write(#[from] io::Error),
}

/// Fetches each of `urls` into `archive`, one after the other, `tell`ing what came of each.
///
/// Every answer is kept, redirects and refusals of the server too; robots.txt files are not.
///
/// # Errors
/// When the archive cannot be written. An address that fails costs only itself.
pub fn fetch(
    urls: &[String],
    limits: &Limits,
    archive: impl Write,
    mut tell: impl FnMut(&str, &Result<Fetched, FetchError>),
) -> Result<(), FetchError> {
    let client = client::Client::new(limits);
    let mut archive = warc::Archive::begin(archive)?;
    let mut robots = robots::Robots::default();
    for (i, url) in urls.iter().enumerate() {
        if i > 0 {
            std::thread::sleep(limits.pause);
        }
        let came = one(&client, &mut robots, &mut archive, url, limits);
        if let Err(FetchError::Write(error)) = came {
            return Err(FetchError::Write(error));
        }
        tell(url, &came);
    }
    archive.finish()?;
    Ok(())
}

/// One address and the redirects from it; robots.txt and address are checked at every step.
fn one(
    client: &client::Client,
    robots: &mut robots::Robots,
    archive: &mut warc::Archive<impl Write>,
    asked: &str,
    limits: &Limits,
) -> Result<Fetched, FetchError> {
    let mut url = client::web_address(asked)?;
    for _ in 0..=limits.redirects {
        robots.allow(client, &url)?;
        let answer = client.get(&url)?;
        archive.response(&url, &answer)?;
        let Some(next) = answer.redirect(&url) else {
            return Ok(Fetched { url: url.to_string(), status: answer.status, n_bytes: answer.body.len() });
        };
        url = client::web_address(&next)?;
    }
    Err(FetchError::Redirects { url: asked.to_owned(), limit: limits.redirects })
}

impl Default for Limits {
    /// 50 MiB and 30 seconds an answer, five redirects, a second between addresses.
    fn default() -> Limits {
        Limits {
            bytes: 50 * 1024 * 1024,
            time: Duration::from_secs(30),
            redirects: 5,
            pause: Duration::from_secs(1),
            loopback: false,
        }
    }
}
