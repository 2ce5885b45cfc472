//! Whether a text is English.
//!
//! In: text. Out: `Some("en")` or nothing. A rough test by function words, not a language identifier.

const FUNCTION_WORDS: [&str; 24] = [
    "the", "of", "and", "to", "in", "a", "that", "was", "is", "for", "on", "with", "by", "from", "were", "at", "it",
    "as", "has", "had", "have", "be", "this", "are",
];
const SAMPLE_WORDS: usize = 2000;

/// `"en"` when function words of English make up a sixth of the words or more; nothing when in doubt.
pub(crate) fn language(text: &str) -> Option<String> {
    let mut n_words = 0usize;
    let mut n_english = 0usize;
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).take(SAMPLE_WORDS) {
        n_words += 1;
        n_english += usize::from(word.len() <= 4 && FUNCTION_WORDS.contains(&word.to_ascii_lowercase().as_str()));
    }
    (n_words >= 20 && n_english * 6 >= n_words).then(|| "en".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_or_unknown() {
        let english =
            "The convoy was hit on the road to the town in the early hours of the day and two of the trucks burned.";
        assert_eq!(language(english).as_deref(), Some("en"));
        assert_eq!(
            language(
                "Die Kolonne wurde auf der Straße zur Stadt in den frühen Morgenstunden getroffen, zwei Wagen brannten aus, sagte ein Sprecher der Armee."
            ),
            None
        );
        assert_eq!(language("short"), None);
    }
}
