//! What the parser and the entity recogniser share: state features per token, and scores per move.
//!
//! In: encoded tokens. Out: for each token and each place it can have in a state (top of the stack, next in the buffer, …)
//! one feature row; a state's moves are scored from the sum of its rows. Knows no grammar.

use crate::encoder::tensor;
use crate::kernels::{HIDDEN, Level, Linear, Scorer, WIDTH};
use crate::model_file::{ModelError, ModelFile};

/// Numbers per feature row.
pub(crate) const FEATURE: usize = Scorer::FEATURE;

/// The weights of one transition model.
#[derive(Debug)]
pub(crate) struct TransitionModel {
    /// From encoded tokens to `HIDDEN` numbers each.
    pub(crate) input: Linear,
    /// From those to one row of `FEATURE` numbers per place.
    pub(crate) features: Linear,
    /// The row of a place that is empty, per place.
    padding: Vec<f32>,
    pub(crate) scorer: Scorer,
}

impl TransitionModel {
    /// Reads the model named `prefix` with `n_places` places and `n_moves` moves.
    pub(crate) fn load(
        file: &ModelFile<'_>,
        prefix: &str,
        n_places: usize,
        n_moves: usize,
        level: Level,
    ) -> Result<TransitionModel, ModelError> {
        let part = |name: &str, shape: &[usize]| Ok(tensor(file, &format!("{prefix}.{name}"), shape)?.data);
        let features = part("lowW", &[n_places, HIDDEN, 2, HIDDEN])?;
        let no_bias = vec![0.0; n_places * FEATURE];
        Ok(TransitionModel {
            input: Linear::pack(level, &part("linW", &[HIDDEN, WIDTH])?, &part("linb", &[HIDDEN])?),
            features: Linear::pack(level, &pieces_first(&features, HIDDEN), &no_bias),
            padding: pieces_first(&part("lowpad", &[1, n_places, HIDDEN, 2])?, 1),
            scorer: Scorer::pack(
                level,
                &pieces_first(&part("lowb", &[HIDDEN, 2])?, 1),
                &part("upW", &[n_moves, HIDDEN])?,
                &part("upb", &[n_moves])?,
            ),
        })
    }

    /// The feature row of place `place` when no token is there.
    pub(crate) fn padding(&self, place: usize) -> &[f32] {
        &self.padding[place * FEATURE..(place + 1) * FEATURE]
    }

    /// A mask for the scorer that allows the moves for which `allowed` says so.
    pub(crate) fn mask<M>(&self, moves: &[M], allowed: impl Fn(&M) -> bool) -> Vec<f32> {
        let mut mask = vec![f32::NEG_INFINITY; self.scorer.n_padded()];
        for (place, candidate) in mask.iter_mut().zip(moves) {
            if allowed(candidate) {
                *place = 0.0;
            }
        }
        mask
    }
}

/// Rows `[places][HIDDEN][2]` of `width` numbers as `[places][2][HIDDEN]`.
fn pieces_first(rows: &[f32], width: usize) -> Vec<f32> {
    let mut turned = vec![0.0; rows.len()];
    for (number, row) in rows.chunks_exact(width).enumerate() {
        let (place, unit, piece) = (number / FEATURE, number % FEATURE / 2, number % 2);
        let to = (place * FEATURE + piece * HIDDEN + unit) * width;
        turned[to..to + width].copy_from_slice(row);
    }
    turned
}
