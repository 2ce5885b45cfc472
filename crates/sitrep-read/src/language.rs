//! What language a document is written in, and which of its blocks and comments are in another.
//!
//! In: a document with the language its page claims, if any. Out: the language of its text, of blocks and comments that differ, and notes when
//! the page claims another or when it is not English and so will not be analysed. Never drops a word of any language.
//!
//! Identification by letter sequences is `whatlang`'s; English is tried first by its function words, because reports full of
//! foreign names mislead letter statistics. When in doubt the page's own claim stands, and without one nothing is said.

use sitrep_model::{Block, Document, Note};
use whatlang::{Lang, Script};

const FUNCTION_WORDS: [&str; 24] = [
    "the", "of", "and", "to", "in", "a", "that", "was", "is", "for", "on", "with", "by", "from", "were", "at", "it",
    "as", "has", "had", "have", "be", "this", "are",
];
const SAMPLE_WORDS: usize = 2000;
/// Bytes of a text that are looked at.
const SAMPLE_BYTES: usize = 20_000;
/// A document of fewer words is not judged by its letters.
const MIN_WORDS: usize = 20;
/// A block of fewer words is not judged by its letters.
const MIN_BLOCK_WORDS: usize = 12;

/// The language of `document` and of its blocks, settled in place.
pub(crate) fn settle(document: &mut Document, notes: &mut Vec<Note>) {
    let article: String =
        document.blocks.iter().map(|block| block.span.of(&document.text)).collect::<Vec<_>>().join("\n");
    let whole = if article.trim().is_empty() { &document.text } else { &article };
    let told = document.language.take();
    let found = of(whole, MIN_WORDS);
    document.language = match (&told, &found) {
        (Some(told), Some(found)) if primary(told) != found => {
            let message = format!("the page claims to be in {told}; its text reads as {found}");
            notes.push(Note::new("language-differs", message));
            Some(found.clone())
        }
        _ => told.or(found),
    };
    let own = document.language.as_deref().map(|tag| primary(tag).to_owned());
    let text = &document.text;
    let differs = |block: &Block| {
        let found = of(block.span.of(text), MIN_BLOCK_WORDS)?;
        (Some(&found) != own.as_ref()).then_some(found)
    };
    let languages: Vec<Option<String>> = document.blocks.iter().map(differs).collect();
    for (block, language) in document.blocks.iter_mut().zip(languages) {
        block.language = language;
    }
    for comment in &mut document.comments {
        let found = of(comment.span.of(text), MIN_BLOCK_WORDS);
        comment.language = found.filter(|found| Some(found) != own.as_ref());
    }
    notes.extend(not_analysed(document));
    notes.extend(comments_not_analysed(document));
}

/// What is said of comments in another language than English under an English article.
fn comments_not_analysed(document: &Document) -> Option<Note> {
    let mut foreign =
        document.comments.iter().filter(|c| c.language.as_deref().is_some_and(|tag| primary(tag) != "en"));
    let first = foreign.next()?;
    let (tag, n) = (first.language.as_deref().unwrap_or_default(), foreign.count() + 1);
    let message = match n {
        1 => format!("a comment in {tag}: kept, not analysed"),
        n => format!("{n} comments in other languages, the first in {tag}: kept, not analysed"),
    };
    Some(Note::new("not-analysed-comments", message).at(first.span))
}

/// What is said of a document, or of blocks, that are kept and not analysed.
fn not_analysed(document: &Document) -> Option<Note> {
    if let Some(language) = document.language.as_deref().filter(|tag| primary(tag) != "en") {
        return Some(Note::new("not-analysed-language", format!("written in {language}: kept, not analysed")));
    }
    let foreign = document.blocks.iter().filter(|block| block.language.as_deref().is_some_and(|tag| tag != "en"));
    let first = foreign.clone().next()?;
    let n = foreign.count();
    let tag = first.language.as_deref().unwrap_or_default();
    let message = match n {
        1 => format!("a passage in {tag}: kept, not analysed"),
        n => format!("{n} passages in other languages, the first in {tag}: kept, not analysed"),
    };
    Some(Note::new("not-analysed-language", message).at(first.span))
}

/// The language of `text`, as a BCP 47 primary tag; nothing when in doubt or when the text is shorter than `min_words`.
fn of(text: &str, min_words: usize) -> Option<String> {
    let sample = &text[..text.floor_char_boundary(SAMPLE_BYTES)];
    let (n_words, n_english) = words(sample);
    if n_words >= min_words && n_english * 6 >= n_words {
        return Some("en".to_owned());
    }
    // Letter statistics are costly: only where their answer could count.
    let foreign = n_words >= min_words && n_english * 10 < n_words;
    let latin = || sample.is_ascii() || whatlang::detect_script(sample) == Some(Script::Latin);
    if !foreign && (n_words < 3 || latin()) {
        return None;
    }
    let info = whatlang::detect(sample)?;
    let other_script = info.script() != Script::Latin && n_words >= 3;
    let sure = foreign && info.is_reliable() && info.lang() != Lang::Eng;
    (other_script || sure).then(|| tag(info.lang()).to_owned())
}

/// How many words, and how many of them are English function words.
fn words(text: &str) -> (usize, usize) {
    let mut n_words = 0usize;
    let mut n_english = 0usize;
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).take(SAMPLE_WORDS) {
        n_words += 1;
        n_english +=
            usize::from(word.len() <= 4 && FUNCTION_WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)));
    }
    (n_words, n_english)
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// The two-letter code of a language where there is one, else the three-letter one (BCP 47).
fn tag(lang: Lang) -> &'static str {
    const TWO: &[(&str, &str)] = &[
        ("afr", "af"),
        ("aka", "ak"),
        ("amh", "am"),
        ("ara", "ar"),
        ("aze", "az"),
        ("bel", "be"),
        ("ben", "bn"),
        ("bul", "bg"),
        ("cat", "ca"),
        ("ces", "cs"),
        ("cmn", "zh"),
        ("cym", "cy"),
        ("dan", "da"),
        ("deu", "de"),
        ("ell", "el"),
        ("eng", "en"),
        ("epo", "eo"),
        ("est", "et"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("guj", "gu"),
        ("heb", "he"),
        ("hin", "hi"),
        ("hrv", "hr"),
        ("hun", "hu"),
        ("hye", "hy"),
        ("ind", "id"),
        ("ita", "it"),
        ("jav", "jv"),
        ("jpn", "ja"),
        ("kan", "kn"),
        ("kat", "ka"),
        ("khm", "km"),
        ("kor", "ko"),
        ("lat", "la"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("mal", "ml"),
        ("mar", "mr"),
        ("mkd", "mk"),
        ("mya", "my"),
        ("nep", "ne"),
        ("nld", "nl"),
        ("nob", "nb"),
        ("ori", "or"),
        ("pan", "pa"),
        ("pes", "fa"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("rus", "ru"),
        ("sin", "si"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("sna", "sn"),
        ("spa", "es"),
        ("srp", "sr"),
        ("swe", "sv"),
        ("tam", "ta"),
        ("tel", "te"),
        ("tgl", "tl"),
        ("tha", "th"),
        ("tuk", "tk"),
        ("tur", "tr"),
        ("ukr", "uk"),
        ("urd", "ur"),
        ("uzb", "uz"),
        ("vie", "vi"),
        ("yid", "yi"),
        ("zul", "zu"),
    ];
    TWO.iter().find(|(three, _)| *three == lang.code()).map_or(lang.code(), |(_, two)| two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart() {
        let told = |text| of(text, MIN_WORDS);
        let english =
            "The convoy was hit on the road to the town in the early hours of the day and two of the trucks burned.";
        assert_eq!(told(english).as_deref(), Some("en"));
        let german = "Die Kolonne wurde auf der Straße zur Stadt in den frühen Morgenstunden getroffen, zwei Wagen brannten aus, \
                      sagte ein Sprecher der Armee am Abend vor der Presse in der Hauptstadt.";
        assert_eq!(told(german).as_deref(), Some("de"));
        assert_eq!(told("Колонна была обстреляна на дороге").as_deref(), Some("ru"));
        assert_eq!(told("تعرضت القافلة لإطلاق نار على الطريق المؤدي إلى المدينة").as_deref(), Some("ar"));
        assert_eq!(told("short"), None);
    }

    #[test]
    fn names_alone_make_no_language() {
        let names =
            "Ostrel, Varnesh, Kalinov Most, Dolni Brod, Gornji Brod, Petrovac, Novi Grad, Stari Most, Lipova, Dubrava.";
        assert_eq!(of(names, MIN_BLOCK_WORDS), None);
        let shouted = "TROOPS OF THE FOURTH BRIGADE ENTERED OSTREL ON MONDAY AND TOOK THE BRIDGE, A SPOKESMAN FOR THE ARMY SAID IN VARNESH.";
        assert_eq!(of(shouted, MIN_BLOCK_WORDS).as_deref(), Some("en"));
    }
}
