//! Any text whatever: no panic, spans on character boundaries, every byte in a token or the one space after it.
//!
//! In: generated texts, among them very long and very odd ones. Out: a failure naming the text. Seeds are fixed.

use std::sync::LazyLock;

use proptest::prelude::*;
use sitrep_language::{Language, Layers};

static LANGUAGE: LazyLock<Language> = LazyLock::new(|| {
    Language::load(include_bytes!("../model/en_core_web_sm-3.8.0.bin")).expect("the committed model is sound")
});

/// Everything an analysis promises about its spans and indices.
fn check(text: &str) {
    let analysis = LANGUAGE.analyze(text);
    let mut at = 0;
    for (index, token) in analysis.tokens.iter().enumerate() {
        assert_eq!(token.start as usize, at, "a gap before token {index} of {text:?}");
        assert!(token.end > token.start, "token {index} of {text:?} is empty");
        let own = analysis.text(text, index);
        assert_eq!(token.is_space, own.chars().all(|char| char.is_whitespace() || ('\x1c'..='\x1f').contains(&char)));
        at = token.end as usize;
        if token.space_after {
            assert_eq!(text.as_bytes().get(at), Some(&b' '), "no space after token {index} of {text:?}");
            at += 1;
        }
        assert!((token.head as usize) < analysis.tokens.len());
        let _ = (analysis.lemma(index), analysis.morph(index));
    }
    assert_eq!(at, text.len(), "the end of {text:?} is in no token");
    let mut next = 0;
    for sentence in &analysis.sentences {
        assert!(sentence.start == next && sentence.end > sentence.start);
        next = sentence.end;
    }
    assert_eq!(next as usize, analysis.tokens.len(), "sentences do not cover {text:?}");
    let mut end = 0;
    for entity in &analysis.entities {
        assert!(entity.first >= end && entity.end > entity.first && entity.end as usize <= analysis.tokens.len());
        end = entity.end;
    }
}

/// Pieces that meet the rules of the tokenizer at their edges.
fn odd_piece() -> impl Strategy<Value = String> {
    let marks = ".,:;!?()[]{}<>_#*&\"'`-~/\\|@%^+=$£€…—–’‘“”´«»°·،؟。\u{200b}\u{feff}\u{64b}\u{301}";
    let marks: Vec<String> = marks.chars().map(String::from).collect();
    let words = ["a", "km", "U.S.", "can't", "I’m", "10", "3.5", "Tu-22m3", "http://x.com/a", "a@b.org", "¯\\(ツ)/¯"];
    let more = ["الشام", "Дамаск", "漢字", "😀", "🇸🇾", "İ", "ß", ":)", ":'-(", "8.8.8.8:80", "'s", "n't", "°C."];
    let spaces = [" ", "  ", "\n", "\r\n", "\t", "\u{a0}", "\u{3000}", "\u{1f}", "\u{85}", "\0"];
    prop_oneof![
        prop::sample::select(marks),
        prop::sample::select(words.into_iter().chain(more).map(String::from).collect::<Vec<_>>()),
        prop::sample::select(spaces.map(String::from).to_vec()),
        any::<char>().prop_map(String::from),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_unicode(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn odd_pieces_in_any_order(pieces in prop::collection::vec(odd_piece(), 0..40)) {
        check(&pieces.concat());
    }
}

#[test]
fn nothing_and_next_to_nothing() {
    for text in ["", " ", "  ", "\n", "\0", ".", "\u{feff}", "a ", " a", "a  ", "\u{10ffff}"] {
        check(text);
    }
}

/// Repeated patterns without a single space, each of them one chunk to the tokenizer.
#[test]
fn endless_chunks() {
    let patterns =
        ["a", ".", "(", "a@", "a.", "http://", "1.1.", ":)", "'s", "الشام", "a-", "😀", "\"'", "n't", "://@"];
    for pattern in patterns {
        check(&pattern.repeat(1_000));
    }
}

#[test]
fn a_line_of_five_megabytes() {
    let line = format!("The {}, it's said, took (الشام) ", "x".repeat(500)).repeat(9_500);
    assert!(line.len() > 5_000_000);
    let analysis = LANGUAGE.analyze_with(&line, Layers::Tags);
    assert_eq!(analysis.tokens.last().map(|token| token.end as usize + 1), Some(line.len()));
    let word = "x".repeat(5_000_000);
    assert_eq!(LANGUAGE.analyze(&word).tokens.len(), 1);
}
