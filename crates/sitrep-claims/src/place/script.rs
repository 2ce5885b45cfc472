//! Names in other letters than Latin ones.
//!
//! In: a name as written. Out: [`own`], the name in its own letters; [`cyrillic`], letter by letter as passports have it; [`arabic`],
//! its consonants, with [`readings`] of the letters that may be vowels. Never guesses vowels that are not written.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Before the key of a name in Arabic letters, whose short vowels nobody wrote.
pub(crate) const ARABIC: char = '\u{4}';
/// Before the key of a name in other letters, as it is written.
pub(crate) const OWN: char = '\u{5}';
/// A word with more letters that may be vowels is read as written only.
const MOST_DOUBTFUL: usize = 5;

pub(crate) fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

pub(crate) fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}

/// Whether it is a letter, and none of the Latin alphabet or of those who write other alphabets with it.
pub(crate) fn is_other(c: char) -> bool {
    c > '\u{24f}' && c.is_alphabetic() && !matches!(c, '\u{250}'..='\u{2ff}' | '\u{1d00}'..='\u{1eff}')
}

/// The same of alphabets in which a name has no capital: not Greek, Cyrillic, Armenian.
pub(crate) fn is_caseless(c: char) -> bool {
    is_other(c) && !matches!(c, '\u{370}'..='\u{58f}' | '\u{1f00}'..='\u{1fff}')
}

/// The key of a name in its own letters; `None` when all of them are Latin. Accents and points that writers may leave out are.
pub(crate) fn own(name: &str) -> Option<String> {
    if name.is_ascii() || !name.chars().any(is_other) {
        return None;
    }
    if let Some(key) = arabic(name) {
        return Some(key);
    }
    let left_out = |c: &char| matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}');
    let mut out = String::from(OWN);
    for c in name.nfkd().filter(|c| !left_out(c)).nfc().flat_map(char::to_lowercase) {
        let apart = out.ends_with([OWN, ' ']);
        match c {
            c if c.is_alphanumeric() || is_combining_mark(c) => out.push(c),
            c if c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | '—' | '/' | '_' | '.' | ',' | '・' | '·') =>
            {
                out.extend((!apart).then_some(' '));
            }
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    Some(out)
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

/// The written letters of a name in Arabic script as a key of its own kind; `None` when no letter of it is Arabic, or not all are.
pub(crate) fn arabic(name: &str) -> Option<String> {
    if !name.chars().any(is_arabic) || name.chars().any(|c| c.is_alphabetic() && !is_arabic(c)) {
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
    fn names_in_other_letters_are_kept_as_they_are_written() {
        for (name, spelled) in [
            ("Αθήνα", "αθηνα"),
            ("ΑΘΗΝΑ", "αθηνα"),
            ("阿勒颇", "阿勒颇"),
            ("サン・サルバドル", "サン サルバドル"),
            ("መቐለ", "መቐለ"),
            ("한국", "한국"),
            ("काठमाण्डौ", "काठमाण्डौ"),
            ("תֵּל אָבִיב", "תל אביב"),
            ("Київ", "київ"),
        ] {
            let folded: String = spelled.nfkd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).nfc().collect();
            assert_eq!(own(name), Some(format!("{OWN}{folded}")), "{name}");
        }
        assert_eq!((own("Łódź"), own("ʿAyn al-ʿArab"), own("Mosul")), (None, None, None));
    }

    #[test]
    fn arabic_names_keep_their_consonants() {
        assert_eq!(arabic("البوكمال").as_deref(), Some("\u{4}al bwkmal"));
        assert!(readings("\u{4}al bwkmal").contains(&"al bukmal".to_owned()));
        assert_eq!(arabic("Mosul"), None);
        assert_eq!(readings(&format!("{ARABIC}{}", "w".repeat(64))).len(), 1);
    }
}
