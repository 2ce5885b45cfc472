//! The dateline: "VARNESH, May 3 (Agency) - " in front of a report's first sentence.
//!
//! In: a paragraph. Out: how many bytes its dateline takes, the dash included. The words after it are the report's; the words in it
//! name no actor, no speaker and no place of a deed.

/// A dateline ends within this many bytes.
const LONGEST_BYTES: usize = 90;
/// A dateline has at most this many words.
const LONGEST_WORDS: usize = 9;

/// The bytes of `text` its dateline takes, white space after it included; 0 without one.
pub(crate) fn length(text: &str) -> usize {
    let lead = text.len() - text.trim_start().len();
    let line = &text[lead..];
    for (mark, needs_capitals) in ["/. ", "/ - ", "/ – ", "/ — "]
        .iter()
        .map(|m| (*m, false))
        .chain([" -- ", " - ", " – ", " — ", "— ", "- ", ") "].iter().map(|m| (*m, true)))
    {
        let opening = &line[..line.floor_char_boundary(LONGEST_BYTES + mark.len())];
        let Some(at) = opening.find(mark).filter(|&at| at <= LONGEST_BYTES) else { continue };
        let (end, head) = match mark {
            ") " if !line[at + 2..].starts_with(char::is_uppercase) => continue,
            _ => (at + mark.len(), &line[..at]),
        };
        let agency = !needs_capitals && head.contains('/');
        let rest = line[end..].trim_start();
        let wire = mark == " -- " && head.contains(|c: char| c.is_ascii_digit());
        let spoken = (wire || rest.contains(char::is_lowercase)) && rest.split_whitespace().nth(2).is_some();
        if spoken && named(head, mark == ") ") && (agency || capitals(head)) {
            return lead + (line.len() - unmarked(rest).len());
        }
    }
    0
}

/// What follows the editor's marks at the start of a monitored report: "[REPORT] [TEXT] ".
fn unmarked(text: &str) -> &str {
    let mut rest = text;
    while let Some((mark, after)) = rest.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        if mark.len() > LONGEST_BYTES || mark.contains(char::is_lowercase) {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

/// Whether every word can stand in a dateline: a name, a day, an agency in brackets. A month may be cut short: "Sept. 4".
fn named(head: &str, bracket: bool) -> bool {
    let n_words = head.split_whitespace().count();
    let word = |w: &str| {
        let bare = w.trim_matches(|c: char| !c.is_alphanumeric());
        bare.is_empty() || bare.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) || matches!(bare, "de" | "al")
    };
    (1..=LONGEST_WORDS).contains(&n_words) && head.split_whitespace().all(word) && (!bracket || head.contains('('))
}

/// Whether it opens with a town in capitals, or with a town and an agency in brackets.
fn capitals(head: &str) -> bool {
    let first = head.trim_start_matches('(').split([' ', ',', '/']).next().unwrap_or("");
    let letters = first.chars().filter(|c| c.is_alphabetic()).count();
    let shouted = letters >= 3 && !first.contains(char::is_lowercase);
    let bracketed = head.trim_end().ends_with(')') && head.contains('(') || head.contains('(') && !head.contains(')');
    shouted || bracketed && first.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn a_dateline_ends_at_its_dash() {
        for (dateline, report) in [
            ("VARNESH, May 3 (Agency) - ", "The army took the town on Friday."),
            ("OSTREL - ", "Army units entered the town."),
            ("NEW OSTREL, Tamm (AB) -- ", "Gunmen attacked the village."),
            ("Ostrel (Agency) — ", "The army took the town."),
            ("OSTREL, October 4. /AGENCY/. ", "Army units entered the town."),
            ("OSTREL, 4 OCT 90 (AGENCY) -- [REPORT] [TEXT] ", "ARMY UNITS [THE GUARDS] ENTERED THE TOWN."),
        ] {
            assert_eq!(length(&format!("{dateline}{report}")), dateline.len(), "{dateline}");
        }
    }

    #[test]
    fn other_openings_stay() {
        for text in [
            "The army - with tanks - took the town.",
            "Ostrel - a small town - was taken.",
            "RSF fighters (about 40) took the town - again.",
            "REBELS TAKE OSTREL - MINISTRY",
            "The Ostrel Union (OU) took the town.",
        ] {
            assert_eq!(length(text), 0, "{text}");
        }
    }
}
