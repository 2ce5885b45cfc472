//! Puts a placeholder of the same length over a name or a passage, so that every offset behind it stays true.
//!
//! In: text, or JSON as text. Out: the same with the name covered, or `None` when it is not in it. Never changes a number, a key or the
//! order of anything.

/// What a covered byte becomes.
const MARK: char = '_';
/// Signs that may stand between the words of a name: a gap, `-` in an address, `%20`.
const MOST_BETWEEN: usize = 3;

/// A name to be covered: its words, in any capitals, with gaps or signs between them.
#[derive(Debug)]
pub(crate) struct Name {
    words: Vec<String>,
}

impl Name {
    /// The name, or `None` when it has fewer than three letters: too much else would be covered.
    pub(crate) fn of(text: &str) -> Option<Name> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let words: Vec<String> = words.map(|word| word.chars().flat_map(char::to_lowercase).collect()).collect();
        (words.iter().map(|word| word.chars().count()).sum::<usize>() >= 3).then_some(Name { words })
    }

    /// Whether the name stands in `text`.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.cover(text).is_some()
    }

    /// `text` with the name covered; `None` when it is not in it.
    pub(crate) fn cover(&self, text: &str) -> Option<String> {
        let mut out = String::new();
        let (mut done, mut before_is_word) = (0, false);
        for (at, c) in text.char_indices() {
            if at >= done
                && c.is_alphanumeric()
                && !before_is_word
                && let Some(n_bytes) = self.at(&text[at..])
            {
                out.push_str(&text[done..at]);
                out.push_str(&marks(&text[at..at + n_bytes]));
                done = at + n_bytes;
            }
            before_is_word = c.is_alphanumeric();
        }
        (done > 0).then(|| out + &text[done..])
    }

    /// How many bytes of `text` the name takes, when it begins there.
    fn at(&self, text: &str) -> Option<usize> {
        let mut rest = text;
        for (i, word) in self.words.iter().enumerate() {
            if i > 0 {
                let signs = rest.chars().take_while(|c| !c.is_alphanumeric()).count();
                // `%20` ends in letters.
                let gap = if rest.starts_with("%20") {
                    3
                } else {
                    rest.char_indices().nth(signs).map_or(rest.len(), |(at, _)| at)
                };
                if signs == 0 || signs > MOST_BETWEEN {
                    return None;
                }
                rest = &rest[gap..];
            }
            let end = rest.char_indices().find(|(_, c)| !c.is_alphanumeric()).map_or(rest.len(), |(at, _)| at);
            let same = rest[..end].chars().flat_map(char::to_lowercase).eq(word.chars());
            if !same {
                return None;
            }
            rest = &rest[end..];
        }
        Some(text.len() - rest.len())
    }

    /// JSON with the name covered in every value that is text; keys stay.
    pub(crate) fn cover_json(&self, json: &str) -> Option<String> {
        let mut out = String::new();
        let mut done = 0;
        let mut rest = json;
        while let Some(start) = rest.find('"') {
            let start = json.len() - rest.len() + start;
            let end = string_end(json, start)?;
            rest = &json[end..];
            if rest.trim_start().starts_with(':') {
                continue;
            }
            let covered = serde_json::from_str::<String>(&json[start..end]).ok().and_then(|text| self.cover(&text));
            if let Some(covered) = covered {
                out.push_str(&json[done..start]);
                out.push_str(&serde_json::to_string(&covered).ok()?);
                done = end;
            }
        }
        (done > 0).then(|| out + &json[done..])
    }
}

/// Where the string that opens at `start` ends, its closing sign included.
fn string_end(json: &str, start: usize) -> Option<usize> {
    let bytes = json.as_bytes();
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'\\' => at += 2,
            b'"' => return Some(at + 1),
            _ => at += 1,
        }
    }
}

/// As many marks as `text` has bytes; line ends stay, so that lines do.
pub(crate) fn marks(text: &str) -> String {
    let mark = |c: char| match c {
        '\n' | '\r' => vec![c],
        c => vec![MARK; c.len_utf8()],
    };
    text.chars().flat_map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(name: &str, text: &str) -> Option<String> {
        Name::of(name).unwrap().cover(text)
    }

    #[test]
    fn a_name_is_covered_in_any_spelling_and_nothing_else() {
        for (text, expected) in [
            ("Ivan Petrov said", "___________ said"),
            ("IVAN  PETROV's house", "____________'s house"),
            ("by Ivan\nPetrov.", "by ____\n______."),
            ("/news/ivan-petrov-flees.html", "/news/___________-flees.html"),
            ("x?by=Ivan%20Petrov", "x?by=_____________"),
            ("Petrov, Ivan Petrov and Ivan Petrov", "Petrov, ___________ and ___________"),
        ] {
            let out = covered("Ivan Petrov", text);
            assert_eq!(out.as_deref(), Some(expected));
            assert_eq!(text.len(), expected.len());
        }
        for text in ["Ivan Petrovsky said", "Ivan, a brother of Petrov", "IvanPetrov", "Ivan ... . Petrov", ""] {
            assert_eq!(covered("Ivan Petrov", text), None, "{text}");
        }
        assert_eq!(covered("Алексей", "и АЛЕКСЕЙ тут").map(|it| it.len()), Some("и АЛЕКСЕЙ тут".len()));
        assert!(Name::of("Al").is_none() && Name::of(" - ").is_none());
    }

    #[test]
    fn json_keeps_its_keys_numbers_and_order() {
        let name = Name::of("author").unwrap();
        let json = r#"{"b":"the \"Author\" wrote","author":["x","AUTHOR\u0021"],"a":0.30000000000000004}"#;
        let expected = r#"{"b":"the \"______\" wrote","author":["x","______!"],"a":0.30000000000000004}"#;
        assert_eq!(name.cover_json(json).as_deref(), Some(expected));
        assert_eq!(name.cover_json("{\"author\":1}"), None);
        assert_eq!(name.cover_json("{\"a\":\"open"), None);
    }
}
