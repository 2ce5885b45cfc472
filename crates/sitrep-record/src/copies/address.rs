//! When two addresses are one page.
//!
//! In: an address. Out: a key that is equal for spellings of it: scheme, `www.`, `m.`, fragment, trailing slash and marks of
//! where a reader came from left out. Never opens it.

/// Names of query fields that say where the reader came from, not which page it is.
const TRACKING: [&str; 9] = ["fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "ref", "ref_src", "smid", "cmpid"];

/// One key for all spellings of an address.
pub(crate) fn address_key(url: &str) -> String {
    let url = url.trim().split('#').next().unwrap_or_default();
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let host = host.to_ascii_lowercase();
    let host = host.strip_suffix(":443").or_else(|| host.strip_suffix(":80")).unwrap_or(&host);
    let host = ["www.", "m.", "amp."].iter().find_map(|prefix| host.strip_prefix(prefix)).unwrap_or(host);
    let is_kept = |field: &&str| {
        let name = field.split('=').next().unwrap_or_default().to_ascii_lowercase();
        !name.is_empty() && !name.starts_with("utm_") && !TRACKING.contains(&name.as_str())
    };
    let mut fields: Vec<&str> = query.split('&').filter(is_kept).collect();
    fields.sort_unstable();
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix("/index.html").unwrap_or(path);
    format!("{host}/{path}{}{}", if fields.is_empty() { "" } else { "?" }, fields.join("&"))
}

/// The host of an address, as in its key.
pub(crate) fn host(url: &str) -> Option<String> {
    let key = address_key(url);
    key.split('/').next().filter(|host| host.contains('.')).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_an_address_meet_and_pages_do_not() {
        let key = address_key("https://www.Post.example/news/7/?id=3&utm_source=x#top");
        assert_eq!(key, "post.example/news/7?id=3");
        assert_eq!(key, address_key("http://post.example:80/news/7?id=3&fbclid=abc"));
        assert_ne!(key, address_key("https://post.example/news/7?id=4"));
        assert_eq!(address_key("http://post.example/"), address_key("https://post.example"));
        assert_eq!(host("https://www.post.example/a").as_deref(), Some("post.example"));
        assert_eq!(host("notes"), None);
    }
}
