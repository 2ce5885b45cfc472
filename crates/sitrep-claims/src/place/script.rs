//! Names in Cyrillic and Arabic letters, told in Latin ones.
//!
//! In: a name as written. Out: [`cyrillic`], letter by letter as passports have it; [`arabic`], its consonants, with [`readings`] of
//! the letters that may be vowels. Never guesses vowels that are not written.

/// Before the key of a name in Arabic letters, whose short vowels nobody wrote.
pub(crate) const ARABIC: char = '\u{4}';
/// A word with more letters that may be vowels is read as written only.
const MOST_DOUBTFUL: usize = 5;

pub(crate) fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

pub(crate) fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}

/// The name in Latin letters; `None` when no letter of it is Cyrillic. Letters that only Ukrainian has make it Ukrainian.
pub(crate) fn cyrillic(name: &str) -> Option<String> {
    if !name.chars().any(is_cyrillic) {
        return None;
    }
    let ukrainian = name.chars().any(|c| matches!(c, 'і' | 'ї' | 'є' | 'ґ' | 'І' | 'Ї' | 'Є' | 'Ґ'));
    let mut out = String::with_capacity(name.len() * 2);
    for c in name.chars().flat_map(char::to_lowercase) {
        let start = !out.ends_with(|c: char| c.is_alphanumeric());
        match c {
            'г' => out.push(if ukrainian { 'h' } else { 'g' }),
            'и' => out.push(if ukrainian { 'y' } else { 'i' }),
            'й' | 'ј' => out.push(if ukrainian && !start { 'i' } else { 'y' }),
            'є' | 'я' | 'ю' | 'ї' => out.push_str(match (c, start, ukrainian) {
                ('є', true, _) => "ye",
                ('є', false, _) => "ie",
                ('ї', true, _) => "yi",
                ('ї', false, _) => "i",
                ('я', false, true) => "ia",
                ('ю', false, true) => "iu",
                ('я', ..) => "ya",
                _ => "yu",
            }),
            _ => match LETTERS.iter().find(|(letter, _)| *letter == c) {
                Some((_, latin)) => out.push_str(latin),
                None => out.push(c),
            },
        }
    }
    Some(out)
}

const LETTERS: [(char, &str); 35] = [
    ('а', "a"),
    ('б', "b"),
    ('в', "v"),
    ('ґ', "g"),
    ('д', "d"),
    ('ђ', "dj"),
    ('е', "e"),
    ('ё', "e"),
    ('ж', "zh"),
    ('з', "z"),
    ('і', "i"),
    ('к', "k"),
    ('л', "l"),
    ('љ', "lj"),
    ('м', "m"),
    ('н', "n"),
    ('њ', "nj"),
    ('о', "o"),
    ('п', "p"),
    ('р', "r"),
    ('с', "s"),
    ('т', "t"),
    ('ћ', "c"),
    ('у', "u"),
    ('ф', "f"),
    ('х', "kh"),
    ('ц', "ts"),
    ('ч', "ch"),
    ('ш', "sh"),
    ('щ', "shch"),
    ('ы', "y"),
    ('э', "e"),
    ('ў', "u"),
    ('ь', ""),
    ('ъ', ""),
];

/// The written letters of a name in Arabic script as a key of its own kind; `None` when no letter of it is Arabic.
pub(crate) fn arabic(name: &str) -> Option<String> {
    if !name.chars().any(is_arabic) {
        return None;
    }
    let mut words: Vec<String> = Vec::new();
    for word in name.split(|c: char| c.is_whitespace() || c == '-') {
        let (article, rest) = word.strip_prefix("ال").map_or((false, word), |rest| (true, rest));
        let letters: String = rest.chars().filter_map(sound).collect();
        if !letters.is_empty() {
            words.extend(article.then(|| "al".to_owned()));
            words.push(letters);
        }
    }
    (!words.is_empty()).then(|| format!("{ARABIC}{}", words.join(" ")))
}

/// What an Arabic or Persian letter sounds like; nothing for marks and controls.
fn sound(c: char) -> Option<&'static str> {
    Some(match c {
        'ا' | 'أ' | 'إ' | 'آ' | 'ى' => "a",
        'ب' => "b",
        'پ' => "p",
        'ت' | 'ط' => "t",
        'ث' => "th",
        'ج' => "j",
        'چ' => "ch",
        'ح' | 'ه' => "h",
        'ة' => "a",
        'خ' => "kh",
        'د' | 'ض' => "d",
        'ذ' => "dh",
        'ر' => "r",
        'ز' | 'ظ' => "z",
        'ژ' => "zh",
        'س' | 'ص' => "s",
        'ش' => "sh",
        'غ' => "gh",
        'ف' => "f",
        'ق' => "q",
        'ك' | 'ک' => "k",
        'گ' => "g",
        'ل' => "l",
        'م' => "m",
        'ن' => "n",
        'و' => "w",
        'ي' | 'ی' => "y",
        _ => return None,
    })
}

/// The readings of such a key: every `w` and `y` as a consonant and as a vowel.
pub(crate) fn readings(key: &str) -> Vec<String> {
    let key = key.trim_start_matches(ARABIC);
    let doubtful: Vec<usize> = key.char_indices().filter(|(_, c)| matches!(c, 'w' | 'y')).map(|(at, _)| at).collect();
    if doubtful.len() > MOST_DOUBTFUL {
        return vec![key.to_owned()];
    }
    let read = |vowels: u32| {
        let vowel = |at: usize| doubtful.iter().position(|d| *d == at).is_some_and(|bit| vowels >> bit & 1 == 1);
        let one = |(at, c): (usize, char)| match c {
            'w' if vowel(at) => 'u',
            'y' if vowel(at) => 'i',
            c => c,
        };
        key.char_indices().map(one).collect()
    };
    (0..1 << doubtful.len()).map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cyrillic_names_are_told_in_latin_letters() {
        for (name, latin) in [
            ("Маріуполь", "mariupol"),
            ("Харків", "kharkiv"),
            ("Донецк", "donetsk"),
            ("Луганськ", "lugansk"),
            ("Київ", "kyiv"),
            ("Белгород", "belgorod"),
        ] {
            assert_eq!(cyrillic(name).map(|n| super::super::key::key(&n)).as_deref(), Some(latin));
        }
        assert_eq!(cyrillic("Mosul"), None);
    }

    #[test]
    fn arabic_names_keep_their_consonants() {
        assert_eq!(arabic("البوكمال").as_deref(), Some("\u{4}al bwkmal"));
        assert!(readings("\u{4}al bwkmal").contains(&"al bukmal".to_owned()));
        assert_eq!(arabic("Mosul"), None);
        assert_eq!(readings(&format!("{ARABIC}{}", "w".repeat(64))).len(), 1);
    }
}
