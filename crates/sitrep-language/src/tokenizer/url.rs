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

/// Four octets, outside the ranges set aside for private networks; the first and last do not start with 0.
fn is_public_ipv4(host: &str) -> bool {
    let parts: Vec<&str> = host.splitn(5, '.').collect();
    let [first, second, third, last] = parts[..] else { return false };
    let private = matches!(first, "10" | "127")
        || matches!((first, second), ("169", "254") | ("192", "168"))
        || first == "172" && is_16_to_31(second);
    let inner = is_octet(second, false, "255") && is_octet(third, false, "255");
    is_octet(first, true, "223") && inner && is_octet(last, true, "254") && !private
}

fn is_16_to_31(part: &str) -> bool {
    let digits: Vec<char> = part.chars().take(3).collect();
    match digits[..] {
        ['1', b] => ('6'..='9').contains(&b),
        ['2', b] => unicode::is_decimal(b),
        ['3', b] => ('0'..='1').contains(&b),
        _ => false,
    }
}

/// One to three digits, at most `top` (which is two hundred and something). As in the expression, digits of any script
/// will do where no particular digit is asked for, and only the outer octets are refused a leading zero.
fn is_octet(part: &str, outer: bool, top: &str) -> bool {
    let digits: Vec<char> = part.chars().take(4).collect();
    let top: Vec<char> = top.chars().collect();
    let decimal = unicode::is_decimal;
    let starts = |char: char| if outer { ('1'..='9').contains(&char) } else { decimal(char) };
    match digits[..] {
        [a] => starts(a),
        [a, b] => starts(a) && decimal(b),
        ['1', b, c] => decimal(b) && decimal(c),
        ['2', b, c] if b == top[1] => ('0'..=top[2]).contains(&c),
        ['2', b, c] => ('0'..top[1]).contains(&b) && decimal(c),
        _ => false,
    }
}
