//! Character classes as Python defines them, which are not Rust's.
//!
//! In: a character. Out: what `str.isspace`, `str.isalpha`, `str.isdigit` … say of it. Never looks at more than one.

use unicode_general_category::{GeneralCategory, get_general_category};

/// Digits that are no decimal digits: superscripts, subscripts, circled and the like (`Numeric_Type=Digit`).
const OTHER_DIGITS: [(u32, u32); 20] = [
    (0xb2, 0xb3),
    (0xb9, 0xb9),
    (0x1369, 0x1371),
    (0x19da, 0x19da),
    (0x2070, 0x2070),
    (0x2074, 0x2079),
    (0x2080, 0x2089),
    (0x2460, 0x2468),
    (0x2474, 0x247c),
    (0x2488, 0x2490),
    (0x24ea, 0x24ea),
    (0x24f5, 0x24fd),
    (0x24ff, 0x24ff),
    (0x2776, 0x277e),
    (0x2780, 0x2788),
    (0x278a, 0x2792),
    (0x10a40, 0x10a43),
    (0x10e60, 0x10e68),
    (0x11052, 0x1105a),
    (0x1f100, 0x1f10a),
];

/// `str.isspace`: Unicode white space and the four ASCII information separators.
pub(crate) fn is_space(char: char) -> bool {
    if char.is_ascii() {
        return matches!(char, '\t'..='\r' | '\x1c'..=' ');
    }
    char.is_whitespace()
}

/// `str.isalpha`: a letter, not merely alphabetic.
pub(crate) fn is_alpha(char: char) -> bool {
    if char.is_ascii() {
        return char.is_ascii_alphabetic();
    }
    is_letter(get_general_category(char))
}

fn is_letter(category: GeneralCategory) -> bool {
    matches!(
        category,
        GeneralCategory::UppercaseLetter
            | GeneralCategory::LowercaseLetter
            | GeneralCategory::TitlecaseLetter
            | GeneralCategory::ModifierLetter
            | GeneralCategory::OtherLetter
    )
}

/// `str.isdecimal`, and `\d` of Python's regular expressions.
pub(crate) fn is_decimal(char: char) -> bool {
    if char.is_ascii() {
        return char.is_ascii_digit();
    }
    get_general_category(char) == GeneralCategory::DecimalNumber
}

/// `str.isdigit`: decimal digits and digits in other typography.
pub(crate) fn is_digit(char: char) -> bool {
    is_decimal(char) || OTHER_DIGITS.iter().any(|(low, high)| (*low..=*high).contains(&(char as u32)))
}

/// `\w` of Python's regular expressions.
pub(crate) fn is_word(char: char) -> bool {
    if char.is_ascii() {
        return char == '_' || char.is_ascii_alphanumeric();
    }
    let category = get_general_category(char);
    is_letter(category)
        || matches!(
            category,
            GeneralCategory::DecimalNumber | GeneralCategory::LetterNumber | GeneralCategory::OtherNumber
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_counts_separators_as_space_and_marks_not_as_letters() {
        assert!(is_space('\x1f') && is_space('\u{85}') && is_space('\u{a0}') && !is_space('\u{200b}'));
        assert!(is_alpha('ش') && !is_alpha('\u{64b}') && !is_alpha('Ⅷ'));
        assert!(is_digit('²') && !is_decimal('²') && is_decimal('٣') && !is_digit('½'));
        assert!(is_word('½') && is_word('_') && !is_word('-') && !is_word('\u{64b}'));
    }
}
