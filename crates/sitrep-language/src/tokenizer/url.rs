//! Whether a chunk is a web address, decided in one pass.
//!
//! In: a chunk without whitespace. Out: yes or no, the same as spaCy's `url_match` expression gives: optional scheme,
//! optional user, host (public IPv4 address or dotted name), optional port, optional path. Never resolves anything.

use super::affix::CharClass;
use crate::unicode;

/// Longest label of a name, and fewest and most letters of its last one.
const LABEL_LIMIT_CHARS: usize = 64;
const TOP_LEVEL_CHARS: std::ops::RangeInclusive<usize> = 2..=63;
const PORT_DIGITS: std::ops::RangeInclusive<usize> = 2..=5;

/// Whether `text` is a URL; `top_level` holds the letters a top-level domain may have.
pub(crate) fn is_url(text: &str, top_level: &CharClass) -> bool {
    if !text.contains('.') {
        return false;
    }
    if is_host_and_path(text, top_level) {
        return true;
    }
    let scheme = text.split_once("://").filter(|(scheme, _)| {
        scheme.chars().count() >= 2 && scheme.chars().all(|char| unicode::is_word(char) || "+-.".contains(char))
    });
    if scheme.is_some_and(|(_, rest)| is_host_and_path(rest, top_level)) {
        return true;
    }
    // Anything may stand before an @: a host cannot contain one, so each attempt ends at the next and all are linear.
    text.match_indices('@').any(|(at, _)| at > 0 && is_host_and_path(&text[at + 1..], top_level))
}

fn is_host_and_path(text: &str, top_level: &CharClass) -> bool {
    let end = text.find(|char: char| "/?#@".contains(char)).unwrap_or(text.len());
    if text[end..].starts_with('@') {
        return false;
    }
    let host = match text[..end].split_once(':') {
        None => &text[..end],
        Some((host, port)) if PORT_DIGITS.contains(&port.chars().count()) && port.chars().all(unicode::is_decimal) => {
            host
        }
        Some(_) => return false,
    };
    is_name(host, top_level) || is_public_ipv4(host)
}

fn is_name(host: &str, top_level: &CharClass) -> bool {
    let Some((labels, last)) = host.rsplit_once('.') else { return false };
    let edge = |char: char| char.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&char);
    let is_label = |label: &str| {
        label.chars().count() <= LABEL_LIMIT_CHARS
            && label.starts_with(edge)
            && label.ends_with(edge)
            && label.chars().all(|char| edge(char) || char == '_' || char == '-')
    };
    TOP_LEVEL_CHARS.contains(&last.chars().count())
        && last.chars().all(|char| top_level.contains(char))
        && labels.split('.').all(is_label)
}

/// Four octets, outside the ranges set aside for private networks; the first and last are not 0.
fn is_public_ipv4(host: &str) -> bool {
    let parts: Vec<&str> = host.splitn(5, '.').collect();
    let [first, second, third, last] = parts[..] else { return false };
    let plain = |part: &str, low: u32, high: u32| {
        !part.starts_with('0') && part.bytes().all(|byte| byte.is_ascii_digit()) && between(part, low, high)
    };
    let private = matches!(first, "10" | "127")
        || matches!((first, second), ("169", "254") | ("192", "168"))
        || first == "172" && plain(second, 16, 31) && second.len() == 2;
    plain(first, 1, 223) && is_octet(second) && is_octet(third) && plain(last, 1, 254) && !private
}

fn between(part: &str, low: u32, high: u32) -> bool {
    part.len() <= 3 && part.parse().is_ok_and(|value: u32| (low..=high).contains(&value))
}

/// `1?\d{1,2}|2[0-4]\d|25[0-5]`: leading zeros are fine, and digits of any script after the first place.
fn is_octet(part: &str) -> bool {
    let digits: Vec<char> = part.chars().take(4).collect();
    match digits[..] {
        [a] => unicode::is_decimal(a),
        [a, b] => unicode::is_decimal(a) && unicode::is_decimal(b),
        ['1', b, c] => unicode::is_decimal(b) && unicode::is_decimal(c),
        ['2', '0'..='4', c] => unicode::is_decimal(c),
        ['2', '5', c] => ('0'..='5').contains(&c),
        _ => false,
    }
}
