//! The rules one by one, on texts that meet them at their edges, and the cost of hostile texts.
//!
//! In: the committed model. Out: failures that name the text. Expected divisions are spaCy's.

use std::time::{Duration, Instant};

use super::*;

struct Fixture {
    tokenizer: Tokenizer,
    words: WordRules,
    lexicon: Lexicon,
    cache: ChunkCache,
}

impl Fixture {
    fn new() -> Fixture {
        let bytes = include_bytes!("../../model/en_core_web_sm-3.8.0.bin");
        let file = ModelFile::parse(bytes).expect("the committed model is sound");
        let mut words = WordRules::load(&file).expect("it has word tables");
        let tokenizer = Tokenizer::load(&file, &mut words).expect("it has tokenizer rules");
        Fixture { tokenizer, words, lexicon: Lexicon::default(), cache: ChunkCache::default() }
    }

    fn tokens(&mut self, text: &str) -> Vec<Lexed> {
        let mut tokens = Vec::new();
        self.tokenizer.tokenize(text, &self.words, &mut self.lexicon, &mut self.cache, &mut tokens);
        tokens
    }

    /// The tokens joined by `|`, with `_` for a token's own space after it.
    fn cut(&mut self, text: &str) -> String {
        let pieces = self.tokens(text).into_iter().map(|token| {
            let space = if token.space_after { "_" } else { "" };
            format!("{}{space}", &text[token.start as usize..token.end as usize])
        });
        pieces.collect::<Vec<_>>().join("|")
    }
}

#[test]
fn chunks_are_cut_as_spacy_cuts_them() {
    let cases = [
        ("He can't.", "He_|ca|n't|."),
        ("(don't!)", "(|do|n't|!|)"),
        ("the U.S. and the U.K.", "the_|U.S._|and_|the_|U.K."),
        ("45Km for 97$ or $4.2bn", "45Km_|for_|97|$_|or_|$|4.2bn"),
        ("10km, 5.5kg; 30%", "10|km|,_|5.5|kg|;_|30|%"),
        ("Tu-22m3s", "Tu-22m3s"),
        ("pro-government al-Hamra", "pro|-|government_|al|-|Hamra"),
        ("20-25 and A--B", "20|-|25_|and_|A|--|B"),
        ("end.Next and,so", "end|.|Next_|and|,|so"),
        ("wait....what", "wait|....|what"),
        ("and/or his/her 1/2", "and/or_|his|/|her_|1/2"),
        ("a=b x<y", "a|=|b_|x|<|y"),
        ("John's ‘quoted’ “words”", "John|'s_|‘|quoted|’_|“|words|”"),
        ("😀😀 ok", "😀|😀_|ok"),
        ("20°C. 5°F", "20|°|C|._|5|°|F"),
    ];
    let mut fixture = Fixture::new();
    for (text, expected) in cases {
        assert_eq!(fixture.cut(text), expected, "{text:?}");
        assert_eq!(fixture.cut(text), expected, "{text:?} from the cache");
    }
}

#[test]
fn faces_survive_the_affix_rules() {
    let mut fixture = Fixture::new();
    assert_eq!(fixture.cut("good :) bad:( (-: <3"), "good_|:)_|bad|:(_|(-:_|<3");
    assert_eq!(fixture.cut("¯\\(ツ)/¯ (╯°□°）╯︵┻━┻"), "¯\\(ツ)/¯_|(╯°□°）╯︵┻━┻");
    assert_eq!(fixture.cut(": )"), ":_|)");
}

#[test]
fn whitespace_beyond_one_space_is_a_token() {
    let mut fixture = Fixture::new();
    let cases = [("a b", "a_|b"), ("a  b", "a_| |b"), (" a ", " |a_"), ("a\n\nb", "a|\n\n|b"), ("a \n b", "a_|\n |b")];
    for (text, expected) in cases {
        assert_eq!(fixture.cut(text), expected, "{text:?}");
    }
}

#[test]
fn addresses_stay_whole() {
    let mut fixture = Fixture::new();
    let whole = [
        "http://example.org",
        "https://www.example.co.uk:8080/a/b?c=d#e",
        "example.org/path",
        "relief-wire.example",
        "user@example.org",
        "ftp://name:pass@example.org/x",
        "8.8.8.8:80",
        "münchen.example",
    ];
    for text in whole {
        assert_eq!(fixture.tokens(text).len(), 1, "{text}");
    }
    // Not addresses: a private network, a one-letter ending, a label that ends in a hyphen. Infix rules may still leave
    // them whole, so the decision itself is asked.
    for text in
        ["10.0.0.1", "192.168.0.1", "172.20.1.1", "256.1.1.1", "a.b", "x-.org", "http://", "a@", "example.org:1"]
    {
        assert!(!url::is_url(text, &fixture.tokenizer.top_level), "{text}");
    }
}

#[test]
fn an_exception_gives_its_tokens_their_norms() {
    let mut fixture = Fixture::new();
    let tokens = fixture.tokens("can't");
    let ids = crate::lexeme::StringIds::new();
    let norms: Vec<u64> = tokens.iter().map(|token| fixture.lexicon.lexeme(token.lexeme).features[0]).collect();
    assert_eq!(norms, [ids.id("can"), ids.id("not")]);
    let alone = fixture.tokens("ca");
    assert_eq!(fixture.lexicon.lexeme(alone[0].lexeme).features[0], ids.id("ca"));
}

/// Patterns that would make backtracking rules slow, as one chunk without a space.
#[test]
fn endless_chunks_take_time_in_proportion() {
    let mut fixture = Fixture::new();
    for pattern in ["a", ".", "(", "a@", "a.", "http://", "1.1.", ":)", "'s", "الشام", "a-", "😀", "\"'", "n't", "://@"]
    {
        let short = pattern.repeat(30_000);
        let long = short.repeat(8);
        let mut time = |text: &str| {
            let start = Instant::now();
            let tokens = fixture.tokens(text);
            assert_eq!(tokens.last().map(|token| token.end as usize), Some(text.len()));
            start.elapsed()
        };
        let (once, eight) = (time(&short), time(&long));
        // Eight times the text; thirty times the time leaves room for a busy machine and none for squares.
        assert!(eight < once * 30 + Duration::from_millis(300), "{pattern:?}: {once:?}, then {eight:?}");
    }
}
