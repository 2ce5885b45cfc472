//! Who may come in: on this machine everybody, from elsewhere whoever has the password.
//!
//! In: the names the server answers to, a password's hash, a request's headers. Out: yes or no. Only the hash is ever held of the password
//! the server was given (argon2, as a PHC string); of one that was right, a SHA-256, so that a page's many requests cost one reckoning.

use std::sync::Mutex;

use argon2::password_hash::SaltString;
use argon2::{Argon2, PasswordHash, PasswordHasher as _, PasswordVerifier as _};
use axum::http::header::{AUTHORIZATION, HOST, HeaderMap};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sitrep::model::sha256_hex;

use crate::app::held;

/// The hash of a password, in PHC form: what [`crate::Options`] takes.
///
/// # Errors
/// When the password is too long.
pub fn hash_password(password: &str, salt: &[u8; 16]) -> anyhow::Result<String> {
    let told = |error| anyhow::anyhow!("this password cannot be hashed: {error}");
    let salt = SaltString::encode_b64(salt).map_err(told)?;
    Ok(Argon2::default().hash_password(password.as_bytes(), &salt).map_err(told)?.to_string())
}

/// The names of this machine for itself.
const LOOPBACK: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// The door.
#[derive(Debug, Default)]
pub(crate) struct Door {
    hosts: Vec<String>,
    password: Option<String>,
    /// The SHA-256 of credentials that were right.
    right: Mutex<Option<String>>,
}

impl Door {
    /// A door for `hosts` besides the loopback names; with a password's hash nobody comes in without the password.
    ///
    /// # Errors
    /// When the hash is none.
    pub(crate) fn new(hosts: &[String], password: Option<&str>) -> anyhow::Result<Door> {
        if let Some(hash) = password {
            PasswordHash::new(hash)
                .map_err(|error| anyhow::anyhow!("the password's hash is not in PHC form ($argon2id$…): {error}"))?;
        }
        let hosts = hosts.iter().map(|host| host.to_ascii_lowercase()).collect();
        Ok(Door { hosts, password: password.map(str::to_owned), right: Mutex::new(None) })
    }

    /// Whether the one Host header names this server: a page elsewhere can point its own name here, and is known by that.
    pub(crate) fn is_named(&self, headers: &HeaderMap) -> bool {
        let mut hosts = headers.get_all(HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
        let Ok(host) = host.to_str() else { return false };
        let name = match host.rfind(':') {
            Some(colon) if !host[colon..].contains(']') => &host[..colon],
            _ => host,
        };
        let name = name.to_ascii_lowercase();
        LOOPBACK.contains(&name.as_str()) || self.hosts.contains(&name)
    }

    /// Whether the request brings the password, or needs none.
    pub(crate) fn lets_in(&self, headers: &HeaderMap) -> bool {
        let Some(hash) = &self.password else { return true };
        let given = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let Some(given) = given.and_then(|value| value.strip_prefix("Basic ")) else { return false };
        let digest = sha256_hex(given.as_bytes());
        // Held while reckoning: whoever tries many passwords at once waits for each.
        let mut right = held(&self.right);
        if right.as_deref() == Some(&digest) {
            return true;
        }
        let Ok(bytes) = STANDARD.decode(given) else { return false };
        let password = bytes.split(|byte| *byte == b':').skip(1).collect::<Vec<_>>().join(&b':');
        let reckoned = || Argon2::default().verify_password(&password, &PasswordHash::new(hash).ok()?).ok();
        // It takes a while, in which this thread's other questions go on elsewhere.
        let is_right = tokio::task::block_in_place(reckoned).is_some();
        if is_right {
            *right = Some(digest);
        }
        is_right
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(name: axum::http::HeaderName, values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(name.clone(), HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    #[test]
    fn only_this_machine_by_name() {
        let named = |hosts: &[&str]| Door::default().is_named(&headers(HOST, hosts));
        assert!(named(&["127.0.0.1:8731"]) && named(&["localhost"]) && named(&["LOCALHOST:1"]) && named(&["[::1]:80"]));
        assert!(
            !named(&["rebound.example:8731"])
                && !named(&["localhost.rebound.example"])
                && !named(&["127.0.0.1.example:80"])
        );
        assert!(!named(&[]) && !named(&["localhost", "rebound.example"]) && !named(&[""]));
        let door = Door::new(&["Desk.Example".to_owned()], None).unwrap();
        assert!(door.is_named(&headers(HOST, &["desk.example:443"])) && !door.is_named(&headers(HOST, &["example"])));
    }

    #[test]
    fn a_password_opens_the_door_and_no_other_does() {
        let door = Door::new(&[], Some(&hash_password("two: words", &[7; 16]).unwrap())).unwrap();
        let with = |user_and_password: &str| {
            door.lets_in(&headers(AUTHORIZATION, &[&format!("Basic {}", STANDARD.encode(user_and_password))]))
        };
        assert!(!door.lets_in(&HeaderMap::new()) && !with("desk:two") && !with("two: words"));
        assert!(with("desk:two: words") && with("desk:two: words"), "once reckoned, once known");
        assert!(!with("desk:two") && !door.lets_in(&headers(AUTHORIZATION, &["Basic ?"])));
        assert!(Door::new(&[], Some("secret")).is_err());
    }
}
