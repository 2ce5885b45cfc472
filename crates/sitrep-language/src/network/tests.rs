//! The whole network on real words: every level, every cut and every thread gives the same bits.

use super::*;
use crate::lexeme::{Lexicon, WordRules};
use crate::tokenizer::{ChunkCache, Tokenizer};

const MODEL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/model/en_core_web_sm-3.8.0.bin");
const TEXT: &str = include_str!("../../golden/handwritten.txt");

fn model() -> Vec<u8> {
    std::fs::read(MODEL).expect("the model is part of the repository")
}

/// What the network would see of `text`.
fn features(file: &ModelFile<'_>, text: &str) -> Vec<TokenFeatures> {
    let mut words = WordRules::load(file).expect("a whole model");
    let tokenizer = Tokenizer::load(file, &mut words).expect("a whole model");
    let (mut lexicon, mut chunks, mut tokens) = (Lexicon::default(), ChunkCache::default(), Vec::new());
    tokenizer.tokenize(text, &words, &mut lexicon, &mut chunks, &mut tokens);
    let feature = |token: &crate::lexeme::Lexed| {
        let lexeme = lexicon.lexeme(token.lexeme);
        let (ids, vector) = (lexeme.features, lexeme.vector);
        TokenFeatures { ids, vector, space_after: token.space_after, is_space: lexeme.is_space }
    };
    tokens.iter().map(feature).collect()
}

fn load(file: &ModelFile<'_>, precision: Precision, level: Level, cache_bytes: usize) -> Network {
    Network::load_for(file, precision, level, cache_bytes).expect("a whole model")
}

/// Every number both encoders give for `tokens`, cut into blocks from `first` on.
fn encoded_bits(network: &Network, tokens: &[TokenFeatures], first: usize) -> Vec<u32> {
    let mut space = EncoderSpace::default();
    let mut bits = Vec::new();
    for encoder in [&network.encoder, &network.entity_encoder] {
        for start in (first..tokens.len()).step_by(BLOCK) {
            let range = start..(start + BLOCK).min(tokens.len());
            bits.extend(encoder.encode(tokens, range, &mut space).iter().map(|value| value.to_bits()));
        }
    }
    bits
}

#[test]
fn every_level_gives_the_same_bits_and_the_same_answer() {
    let bytes = model();
    let file = ModelFile::parse(&bytes).expect("a whole model");
    let tokens = &features(&file, TEXT)[..200];
    // The hashes hold on every architecture; they change with the model, the order of sums or the text above.
    for (precision, hash) in [(Precision::Float, 0xa95f_20dc_0e74_0a25_u64), (Precision::Integer, 0xdce23dca19c2f487)] {
        let oracle = load(&file, precision, Level::SCALAR, CACHE_BYTES);
        let (bits, answer) = (encoded_bits(&oracle, tokens, 0), oracle.annotate(tokens, Layers::Entities));
        let found = bits.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, bits| {
            (hash ^ u64::from(*bits)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        assert_eq!(format!("{found:#x}"), format!("{hash:#x}"), "{precision:?}");
        assert!(answer.entities.len() > 5 && answer.sentence_starts.iter().filter(|start| **start).count() > 5);
        for level in Level::supported().into_iter().filter(|level| *level != Level::SCALAR) {
            println!("{precision:?} on {}", level.name());
            let network = load(&file, precision, level, CACHE_BYTES);
            assert!(encoded_bits(&network, tokens, 0) == bits, "{precision:?} on {}", level.name());
            assert_eq!(network.annotate(tokens, Layers::Entities), answer, "{precision:?} on {}", level.name());
        }
    }
}

#[test]
fn the_integer_network_is_another_network() {
    let bytes = model();
    let file = ModelFile::parse(&bytes).expect("a whole model");
    let tokens = features(&file, TEXT);
    let [float, integer] =
        [Precision::Float, Precision::Integer].map(|precision| load(&file, precision, Level::best(), CACHE_BYTES));
    assert!(encoded_bits(&float, &tokens, 0) != encoded_bits(&integer, &tokens, 0));
    let (float, integer) = (float.annotate(&tokens, Layers::Entities), integer.annotate(&tokens, Layers::Entities));
    let differ = float.heads.iter().zip(&integer.heads).filter(|(one, other)| one != other).count();
    // This text is a collection of oddities; on news it is one head in four hundred (docs/performance.md).
    assert!(differ * 100 < 3 * tokens.len(), "{differ} of {} heads differ", tokens.len());
}

#[test]
fn cuts_caches_and_earlier_texts_change_nothing() {
    let bytes = model();
    let file = ModelFile::parse(&bytes).expect("a whole model");
    let tokens = features(&file, TEXT);
    let network = load(&file, Precision::Float, Level::best(), CACHE_BYTES);
    let forgetful = load(&file, Precision::Float, Level::best(), 0);
    let bits = encoded_bits(&network, &tokens, 0);
    assert!(bits == encoded_bits(&forgetful, &tokens, 0));
    let half = encoded_bits(&forgetful, &tokens, BLOCK / 2);
    let (all, cut) = (bits.len() / 2, half.len() / 2);
    assert!(bits[all - cut..all] == half[..cut] && bits[all + all - cut..] == half[cut..]);
    let answer = network.annotate(&tokens, Layers::Entities);
    network.annotate(&tokens[3..70], Layers::Entities);
    assert_eq!(network.annotate(&tokens, Layers::Entities), answer);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| assert_eq!(network.annotate(&tokens, Layers::Entities), answer));
        }
    });
}

#[test]
fn fewer_layers_give_the_same_answer_for_what_they_give() {
    let bytes = model();
    let file = ModelFile::parse(&bytes).expect("a whole model");
    let tokens = features(&file, TEXT);
    let network = load(&file, Precision::Float, Level::best(), CACHE_BYTES);
    let all = network.annotate(&tokens, Layers::Entities);
    let (tags, trees) = (network.annotate(&tokens, Layers::Tags), network.annotate(&tokens, Layers::Trees));
    assert!(tags.tags == all.tags && tags.heads.is_empty() && tags.entities.is_empty());
    assert!(trees.heads == all.heads && trees.deps == all.deps && trees.entities.is_empty());
    assert_eq!(network.annotate(&[], Layers::Entities), Annotation::default());
}

#[test]
fn a_sentence_of_twenty_thousand_words_is_read_to_its_end() {
    let bytes = model();
    let file = ModelFile::parse(&bytes).expect("a whole model");
    let network = load(&file, Precision::Float, Level::best(), CACHE_BYTES);
    for pattern in ["the man who saw ", "to Orlo and ", "big , ", "of "] {
        let tokens = features(&file, &pattern.repeat(20_000 / pattern.split(' ').count()));
        let answer = network.annotate(&tokens, Layers::Entities);
        assert!(answer.heads.len() == tokens.len() && answer.heads.iter().all(|&head| (head as usize) < tokens.len()));
        assert!(answer.sentence_starts[0]);
    }
}
