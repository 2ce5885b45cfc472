//! Number words: what "seven", "twenty-one", "dozens" and "third" stand for.
//!
//! In: one word in lower case. Out: its number, or nothing. Reads no digits and no phrases.

const UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const ROUND: [(&str, f64); 5] =
    [("dozen", 12.0), ("score", 20.0), ("hundred", 100.0), ("thousand", 1000.0), ("million", 1_000_000.0)];
const ORDINALS: [&str; 20] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// The number a word counts: "seven" is 7, "twenty-one" 21, "dozen" 12.
///
/// ```
/// assert_eq!(sitrep_model::number_word("twenty-one"), Some(21.0));
/// assert_eq!(sitrep_model::number_word("dozens"), None);
/// ```
#[must_use]
pub fn number_word(word: &str) -> Option<f64> {
    let tens = |word: &str| TENS.iter().position(|ten| *ten == word).map(|n| (n as f64 + 2.0) * 10.0);
    let unit = |word: &str| UNITS.iter().position(|unit| *unit == word).map(|n| n as f64);
    let both = || {
        let (ten, one) = word.split_once('-')?;
        Some(tens(ten)? + unit(one).filter(|n| (1.0..10.0).contains(n))?)
    };
    unit(word).or_else(|| tens(word)).or_else(both).or_else(|| round_number_word(word).filter(|_| word != "score"))
}

/// The number a round word stands for: "dozen", "score", "hundred", "thousand", "million".
#[must_use]
pub fn round_number_word(word: &str) -> Option<f64> {
    ROUND.iter().find(|(round, _)| *round == word).map(|(_, n)| *n)
}

/// The place a word or figure gives: "second" and "2nd" are 2.
///
/// ```
/// assert_eq!(sitrep_model::ordinal_word("third"), Some(3));
/// assert_eq!(sitrep_model::ordinal_word("21st"), Some(21));
/// ```
#[must_use]
pub fn ordinal_word(word: &str) -> Option<u32> {
    if let Some(at) = ORDINALS.iter().position(|ordinal| *ordinal == word) {
        return u32::try_from(at + 1).ok();
    }
    let figure = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending))?;
    figure.parse().ok().filter(|n| *n > 0)
}
