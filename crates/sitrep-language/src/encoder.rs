//! The encoder: hashed embeddings of a token's features, mixed, then four convolutions over its neighbours.
//!
//! In: the features of all tokens of a text and a range of them. Out: `WIDTH` numbers per token of the range. A token's
//! numbers depend on the four tokens on either side and nothing else, so a text can be encoded piece by piece.

use std::ops::Range;

use crate::kernels::{Convolution, IntegerConvolution, Level, Maxout, Norm, PIECES, RoundedRows, WIDTH};
use crate::model_file::{ModelError, ModelFile, Tensor};
use crate::network::{Precision, TokenFeatures};
use crate::type_cache::{TypeCache, TypeKey};

/// Convolution layers; each sees one neighbour on either side.
const DEPTH: usize = 4;
/// Neighbours on either side that decide a token's numbers.
const HALO: usize = DEPTH;
/// Tokens encoded at once: enough rows for the matrix kernels, few enough for the second-level cache.
pub(crate) const BLOCK: usize = 128;
/// Rows on either side of a block: the neighbours, and two more so that pairs of rows start at even tokens.
const MARGIN: usize = HALO + 2;
const _: () = assert!(BLOCK.is_multiple_of(2) && MARGIN.is_multiple_of(2));

/// Where a type's flags hold the row of its word vector, above the two about spaces.
const VECTOR_SHIFT: u32 = 2;

#[derive(Debug)]
struct Table {
    rows: Vec<f32>,
    seed: u32,
}

/// One convolution, the way the precision asks for.
#[derive(Debug)]
enum Layer {
    Float(Convolution),
    Integer(IntegerConvolution),
}

/// One encoder with its weights and its cache of word types.
#[derive(Debug)]
pub(crate) struct Encoder {
    tables: Vec<Table>,
    /// Word vectors at the encoder's width, in models that have them.
    vectors: Option<Vec<f32>>,
    mix: Maxout,
    mix_norm: Norm,
    layers: Vec<(Layer, Norm)>,
    /// Mixed embeddings of word types.
    cache: TypeCache,
}

/// Work space of one encoding thread.
#[derive(Debug, Default)]
pub(crate) struct EncoderSpace {
    /// Per token of the block and its halo, which of the block's types it is.
    types: Vec<u16>,
    /// Open-addressed index from a type's hash to its number, plus one.
    index: Vec<u16>,
    keys: Vec<TypeKey>,
    /// Mixed embedding of each of the block's types.
    rows: Vec<f32>,
    missing: Vec<usize>,
    embedded: Vec<f32>,
    mixed: Vec<f32>,
    values: Vec<f32>,
    combined: Vec<f32>,
    rounded: RoundedRows,
    /// The rows being encoded, halo included.
    encoded: Vec<f32>,
}

impl Encoder {
    /// Reads the encoder named `prefix`, which looks at the first `n_features` of a token's six features.
    pub(crate) fn load(
        file: &ModelFile<'_>,
        prefix: &str,
        n_features: usize,
        level: Level,
        precision: Precision,
        cache_bytes: usize,
    ) -> Result<Encoder, ModelError> {
        let mut tables = Vec::new();
        for feature in 0..n_features {
            let name = format!("{prefix}.E{feature}");
            let table = file.tensor(&name)?;
            if table.shape.len() != 2 || table.shape[0] == 0 || table.shape[1] != WIDTH {
                return Err(ModelError::malformed(&name, format!("expected rows of {WIDTH}, found {:?}", table.shape)));
            }
            let seed = tensor(file, &format!("{prefix}.seed{feature}"), &[1])?.data[0] as u32;
            tables.push(Table { rows: table.data, seed });
        }
        let vectors = vectors(file, &format!("{prefix}.vectors"))?;
        let n_inputs = n_features + usize::from(vectors.is_some());
        let part = |name: &str, shape: &[usize]| Ok(tensor(file, &format!("{prefix}.{name}"), shape)?.data);
        let norm = |layer: usize| {
            let (gain, offset) = (part(&format!("G{layer}"), &[WIDTH])?, part(&format!("lb{layer}"), &[WIDTH])?);
            Ok(Norm::new(level, gain, offset))
        };
        let weights = |layer: usize, n_inputs: usize| {
            let weights = part(&format!("W{layer}"), &[WIDTH, PIECES, n_inputs])?;
            Ok((weights, part(&format!("b{layer}"), &[WIDTH, PIECES])?))
        };
        let (mix, mix_bias) = weights(0, n_inputs * WIDTH)?;
        let mut layers = Vec::new();
        let n_float = n_float_layers(n_features);
        for layer in 1..=DEPTH {
            let (weights, bias) = weights(layer, 3 * WIDTH)?;
            let convolution = match precision {
                Precision::Integer if layer > n_float => {
                    Layer::Integer(IntegerConvolution::pack(level, &weights, &bias))
                }
                _ => Layer::Float(Convolution::pack(level, &weights, &bias)),
            };
            layers.push((convolution, norm(layer)?));
        }
        Ok(Encoder {
            tables,
            vectors,
            mix: Maxout::pack(level, &mix, &mix_bias),
            mix_norm: norm(0)?,
            layers,
            cache: TypeCache::new(WIDTH, cache_bytes),
        })
    }

    /// Encodes the tokens in `range`, at most [`BLOCK`] of them, and returns `WIDTH` numbers for each.
    pub(crate) fn encode<'s>(
        &self,
        tokens: &[TokenFeatures],
        range: Range<usize>,
        space: &'s mut EncoderSpace,
    ) -> &'s [f32] {
        let seen = range.start.saturating_sub(HALO)..(range.end + HALO).min(tokens.len());
        // Row `r` is token `range.start + r - MARGIN`; rows beyond the text are zero, as spaCy pads it.
        let n_rows = range.len() + 2 * MARGIN;
        let first_seen = MARGIN - (range.start - seen.start);
        self.fetch_types(&tokens[seen], space);
        let EncoderSpace { types, rows, encoded, values, combined, rounded, .. } = space;
        encoded.clear();
        encoded.resize(n_rows * WIDTH, 0.0);
        for (row, &kind) in encoded[first_seen * WIDTH..].chunks_exact_mut(WIDTH).zip(types.iter()) {
            row.copy_from_slice(&rows[usize::from(kind) * WIDTH..][..WIDTH]);
        }
        values.resize(n_rows * WIDTH, 0.0);
        for (index, (convolution, norm)) in self.layers.iter().enumerate() {
            // Each layer leaves one row less on either side whose neighbours are all known.
            let known = MARGIN - HALO + index + 1..n_rows - (MARGIN - HALO + index + 1);
            // Blocks start at even tokens and the margin is even, so a token's place in its pair never changes.
            let first = known.start - known.start % 2;
            let n_paired = (known.end - first).next_multiple_of(2);
            let (input, output) = (&encoded[(first - 1) * WIDTH..], &mut values[first * WIDTH..]);
            match convolution {
                Layer::Float(convolution) => convolution.largest(input, n_paired, combined, output),
                Layer::Integer(convolution) => convolution.largest(input, n_paired, rounded, output),
            }
            let known = known.start * WIDTH..known.end * WIDTH;
            norm.normalize_and_add(&values[known.clone()], &mut encoded[known]);
        }
        &encoded[MARGIN * WIDTH..(MARGIN + range.len()) * WIDTH]
    }

    /// Numbers the types among `tokens` and puts their cache rows into `space.rows`.
    fn fetch_types(&self, tokens: &[TokenFeatures], space: &mut EncoderSpace) {
        const SLOTS: usize = 512;
        const { assert!(SLOTS >= 2 * (BLOCK + 2 * HALO)) };
        space.index.clear();
        space.index.resize(SLOTS, 0);
        space.keys.clear();
        space.types.clear();
        for token in tokens {
            let key = self.key(token);
            let mut slot = key.hash() as usize % SLOTS;
            let kind = loop {
                match space.index[slot] {
                    0 => {
                        space.keys.push(key);
                        space.index[slot] = space.keys.len() as u16;
                        break space.keys.len() as u16 - 1;
                    }
                    found if space.keys[usize::from(found) - 1] == key => break found - 1,
                    _ => slot = (slot + 1) % SLOTS,
                }
            };
            space.types.push(kind);
        }
        space.rows.resize((BLOCK + 2 * HALO) * WIDTH, 0.0);
        self.cache.fetch(&space.keys, &mut space.rows, &mut space.missing);
        if !space.missing.is_empty() {
            self.compute_types(space);
            self.cache.keep(&space.keys, &space.rows, &space.missing);
        }
    }

    /// Computes the rows of the types that the cache did not have.
    fn compute_types(&self, space: &mut EncoderSpace) {
        let EncoderSpace { keys, rows, missing, embedded, mixed, values, .. } = space;
        let n_inputs = self.tables.len() + usize::from(self.vectors.is_some());
        let (n_types, width) = (missing.len(), n_inputs * WIDTH);
        embedded.clear();
        embedded.resize(n_types * width, 0.0);
        for (embedded, &kind) in embedded.chunks_exact_mut(width).zip(missing.iter()) {
            self.embed(&keys[kind], embedded);
        }
        values.resize(n_types.max(BLOCK + 2 * MARGIN) * WIDTH, 0.0);
        self.mix.largest(embedded, width, n_types, values);
        mixed.clear();
        mixed.resize(n_types * WIDTH, 0.0);
        self.mix_norm.normalize_and_add(&values[..n_types * WIDTH], mixed);
        for (mixed, &kind) in mixed.chunks_exact(WIDTH).zip(missing.iter()) {
            rows[kind * WIDTH..(kind + 1) * WIDTH].copy_from_slice(mixed);
        }
    }

    /// Sums, per feature, the four table rows that the feature's hash picks; a word vector comes after them.
    fn embed(&self, key: &TypeKey, embedded: &mut [f32]) {
        let features = [key.ids[0], key.ids[1], key.ids[2], key.ids[3], key.flags & 1, key.flags >> 1 & 1];
        for ((table, feature), sum) in self.tables.iter().zip(features).zip(embedded.chunks_exact_mut(WIDTH)) {
            let n_rows = (table.rows.len() / WIDTH) as u32;
            for hash in hash_four(feature, table.seed) {
                let row = &table.rows[(hash % n_rows) as usize * WIDTH..][..WIDTH];
                for (sum, value) in sum.iter_mut().zip(row) {
                    *sum += value;
                }
            }
        }
        let row = (key.flags >> VECTOR_SHIFT).checked_sub(1).map(|row| row as usize * WIDTH);
        if let Some(vector) = self.vectors.as_ref().zip(row).and_then(|(all, at)| all.get(at..at + WIDTH)) {
            embedded[self.tables.len() * WIDTH..].copy_from_slice(vector);
        }
    }

    fn key(&self, token: &TokenFeatures) -> TypeKey {
        let looks_at_spaces = self.tables.len() > 4;
        let spaces = u64::from(token.space_after) | u64::from(token.is_space) << 1;
        let vector = if self.vectors.is_some() { u64::from(token.vector) << VECTOR_SHIFT } else { 0 };
        TypeKey { ids: token.ids, flags: vector | if looks_at_spaces { spaces } else { 0 } }
    }
}

/// Convolutions that stay in floats when the others are rounded. Rounding errors of early layers grow through the later
/// ones, and the parser, which reads the encoder with six features, feels them most: with its last convolution rounded
/// 99.7 % of the heads stay as they are, with its last three 99.5 %. Entities hardly change either way.
fn n_float_layers(n_features: usize) -> usize {
    if n_features == 6 { DEPTH - 1 } else { 1 }
}

/// The table of word vectors, if the model has one.
fn vectors(file: &ModelFile<'_>, name: &str) -> Result<Option<Vec<f32>>, ModelError> {
    if !file.has(name) {
        return Ok(None);
    }
    let table = file.tensor(name)?;
    if table.shape.len() != 2 || table.shape[1] != WIDTH {
        return Err(ModelError::malformed(name, format!("expected rows of {WIDTH}, found {:?}", table.shape)));
    }
    Ok(Some(table.data))
}

/// Tensor `name`, which must have exactly the shape given.
pub(crate) fn tensor(file: &ModelFile<'_>, name: &str, shape: &[usize]) -> Result<Tensor, ModelError> {
    let tensor = file.tensor(name)?;
    if tensor.shape != shape {
        return Err(ModelError::malformed(name, format!("expected shape {shape:?}, found {:?}", tensor.shape)));
    }
    Ok(tensor)
}

/// MurmurHash3 x86-128 of a 64-bit key as thinc computes it: four table rows per feature.
fn hash_four(key: u64, seed: u32) -> [u32; 4] {
    let mix = |mut hash: u64| {
        hash = (hash ^ hash >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash = (hash ^ hash >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        hash ^ hash >> 33
    };
    let scrambled = key.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    let mut second = u64::from(seed) ^ 8;
    let mut first = (scrambled ^ u64::from(seed) ^ 8).wrapping_add(second);
    second = second.wrapping_add(first);
    (first, second) = (mix(first), mix(second));
    first = first.wrapping_add(second);
    second = second.wrapping_add(first);
    [first as u32, (first >> 32) as u32, second as u32, (second >> 32) as u32]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_as_thinc_does() {
        // thinc.api.NumpyOps().hash(numpy.array([12345678901234567], dtype="uint64"), 8)
        assert_eq!(hash_four(12_345_678_901_234_567, 8), [1_519_880_696, 3_764_588_297, 132_337_396, 3_499_398_798]);
    }
}
