//! Whether a site lets programs read an address (robots.txt, RFC 9309).
//!
//! In: an address. Out: yes or no; a site's robots.txt is asked for once. A missing file allows everything, a server that
//! breaks down allows nothing, as the standard says. Never keeps the file.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use texting_robots::Robot;
use url::Url;

use crate::FetchError;
use crate::client::{AGENT, Client, web_address};

/// Redirects followed from a robots.txt; the standard asks for at least five.
const MAX_REDIRECTS: usize = 5;
/// Bytes of a robots.txt that are read; the standard asks for at least this many.
const MAX_BYTES: usize = 500 * 1024;

/// What is known of each site.
#[derive(Default)]
pub(crate) struct Robots(BTreeMap<String, Rules>);

enum Rules {
    All,
    Nothing,
    Read(Box<Robot>),
}

impl Robots {
    /// Nothing when `url` may be read; else why not. A site that cannot be reached is not read.
    pub(crate) fn allow(&mut self, client: &Client, url: &Url) -> Result<(), FetchError> {
        let site = url.origin().ascii_serialization();
        let rules = match self.0.entry(site) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let rules = ask(client, new.key())?;
                new.insert(rules)
            }
        };
        let allowed = match rules {
            Rules::All => true,
            Rules::Nothing => false,
            Rules::Read(robot) => robot.allowed(url.as_str()),
        };
        if allowed { Ok(()) } else { Err(FetchError::Robots { url: url.to_string() }) }
    }
}

fn ask(client: &Client, site: &str) -> Result<Rules, FetchError> {
    let mut url = web_address(&format!("{site}/robots.txt"))?;
    for _ in 0..=MAX_REDIRECTS {
        let answer = client.get(&url)?;
        match answer.redirect(&url) {
            Some(to) => url = web_address(&to)?,
            None => return Ok(rules(answer.status, &answer.body)),
        }
    }
    Ok(Rules::All)
}

fn rules(status: u16, body: &[u8]) -> Rules {
    match status {
        200..=299 => {
            let body = body.get(..MAX_BYTES).unwrap_or(body);
            Robot::new(AGENT, body).map_or(Rules::All, |robot| Rules::Read(Box::new(robot)))
        }
        500..=599 => Rules::Nothing,
        _ => Rules::All,
    }
}
