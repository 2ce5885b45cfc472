//! Packed float weights and the checked calls on them.
//!
//! In: weights as the model file has them (row by row), rows of numbers. Out: rows of numbers. Picks the instruction set;
//! computes nothing itself.

#[cfg(target_arch = "aarch64")]
use super::neon;
use super::{HIDDEN, Kind, Level, PIECES, WIDTH, generic, scalar};
#[cfg(target_arch = "x86_64")]
use super::{avx2, avx512};

/// Calls the same kernel of the module that belongs to the level.
macro_rules! dispatch {
    ($level:expr, $kernel:ident ( $($argument:expr),* $(,)? )) => {
        match $level.0 {
            Kind::Scalar => scalar::$kernel($($argument),*),
            // SAFETY: a `Level` of this kind exists only where its instructions were detected; the lengths that the
            // kernel relies on were checked by the caller of this macro, right above.
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => unsafe { avx2::$kernel($($argument),*) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512 => unsafe { avx512::$kernel($($argument),*) },
            // SAFETY: as above.
            #[cfg(target_arch = "aarch64")]
            Kind::Neon => unsafe { neon::$kernel($($argument),*) },
        }
    };
}

/// A layer normalisation: a row less its mean, over its deviation, scaled and offset per place.
#[derive(Debug, Clone)]
pub(crate) struct Norm {
    level: Level,
    gain: Vec<f32>,
    offset: Vec<f32>,
}

impl Norm {
    /// Keeps `gain` and `offset` (`[WIDTH]`).
    pub(crate) fn new(level: Level, gain: Vec<f32>, offset: Vec<f32>) -> Norm {
        assert!(gain.len() == WIDTH && offset.len() == WIDTH, "gain or offset is of another shape");
        Norm { level, gain, offset }
    }

    /// Normalises rows of `WIDTH` numbers and adds each to the same row of `rows`.
    pub(crate) fn normalize_and_add(&self, values: &[f32], rows: &mut [f32]) {
        assert!(values.len() == rows.len() && rows.len().is_multiple_of(WIDTH), "rows are cut short");
        assert!(self.gain.len() == WIDTH && self.offset.len() == WIDTH, "gain or offset is of another shape");
        dispatch!(self.level, normalize_and_add(values, &self.gain, &self.offset, rows));
    }
}

/// A maxout layer: each output is the largest of three weighted sums.
#[derive(Debug, Clone)]
pub(crate) struct Maxout {
    level: Level,
    pub(super) n_inputs: usize,
    /// `[WIDTH / lanes][n_inputs][PIECES][lanes]`: the three pieces of a unit lie in one tile, so the choice is made in
    /// registers.
    pub(super) weights: Vec<f32>,
    /// `[WIDTH / lanes][PIECES][lanes]`
    pub(super) bias: Vec<f32>,
}

impl Maxout {
    /// Packs `weights` (`[WIDTH][PIECES][n_inputs]`), `bias` (`[WIDTH][PIECES]`).
    pub(crate) fn pack(level: Level, weights: &[f32], bias: &[f32]) -> Maxout {
        let lanes = level.lanes();
        let n_inputs = weights.len() / (WIDTH * PIECES);
        let mut packed = vec![0.0; weights.len()];
        let mut packed_bias = vec![0.0; bias.len()];
        for unit in 0..WIDTH {
            let (panel, lane) = (unit / lanes, unit % lanes);
            for piece in 0..PIECES {
                packed_bias[(panel * PIECES + piece) * lanes + lane] = bias[unit * PIECES + piece];
                for input in 0..n_inputs {
                    packed[((panel * n_inputs + input) * PIECES + piece) * lanes + lane] =
                        weights[(unit * PIECES + piece) * n_inputs + input];
                }
            }
        }
        Maxout { level, n_inputs, weights: packed, bias: packed_bias }
    }

    /// Writes the chosen sums of `n_rows` rows to `output` (`[n_rows][WIDTH]`), before normalisation. Row `r` of the
    /// input starts at `input[r * stride]`: a stride shorter than the layer is wide gives overlapping windows.
    pub(crate) fn largest(&self, input: &[f32], stride: usize, n_rows: usize, output: &mut [f32]) {
        if n_rows == 0 {
            return;
        }
        assert!(input.len() >= (n_rows - 1) * stride + self.n_inputs, "input rows are cut short");
        assert!(output.len() >= n_rows * WIDTH, "output rows are cut short");
        assert_eq!(self.weights.len(), WIDTH * PIECES * self.n_inputs, "weights are of another shape");
        assert_eq!(self.bias.len(), WIDTH * PIECES, "bias is of another shape");
        dispatch!(self.level, maxout(self, input, stride, n_rows, output));
    }
}

/// A plain layer: each output is one weighted sum.
#[derive(Debug, Clone)]
pub(crate) struct Linear {
    level: Level,
    pub(super) n_inputs: usize,
    n_outputs: usize,
    /// `[panels][n_inputs][2 * lanes]`, the last panel filled up with zeros.
    pub(super) weights: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

impl Linear {
    /// Packs `weights` (`[n_outputs][n_inputs]`) and `bias` (`[n_outputs]`).
    pub(crate) fn pack(level: Level, weights: &[f32], bias: &[f32]) -> Linear {
        let panel_width = 2 * level.lanes();
        let n_outputs = bias.len();
        let n_inputs = weights.len() / n_outputs;
        let n_padded = n_outputs.next_multiple_of(panel_width);
        let mut packed = vec![0.0; n_padded * n_inputs];
        let mut packed_bias = vec![0.0; n_padded];
        packed_bias[..n_outputs].copy_from_slice(bias);
        for output in 0..n_outputs {
            let (panel, column) = (output / panel_width, output % panel_width);
            for input in 0..n_inputs {
                packed[(panel * n_inputs + input) * panel_width + column] = weights[output * n_inputs + input];
            }
        }
        Linear { level, n_inputs, n_outputs, weights: packed, bias: packed_bias }
    }

    /// Outputs per row as written: the layer's own, filled up to whole registers.
    pub(crate) fn n_padded(&self) -> usize {
        self.bias.len()
    }

    /// The layer's own outputs per row.
    pub(crate) fn n_outputs(&self) -> usize {
        self.n_outputs
    }

    /// Writes the sums of `n_rows` rows to `output` (`[n_rows][n_padded]`).
    pub(crate) fn apply(&self, input: &[f32], n_rows: usize, output: &mut [f32]) {
        let n_padded = self.n_padded();
        self.apply_columns(0..n_padded, input, n_rows, output);
    }

    /// Like [`Linear::apply`] for the outputs in `columns` only, which must lie on panel borders; rows of `output` are
    /// as long as `columns`.
    pub(crate) fn apply_columns(
        &self,
        columns: std::ops::Range<usize>,
        input: &[f32],
        n_rows: usize,
        output: &mut [f32],
    ) {
        if n_rows == 0 {
            return;
        }
        let panel_width = 2 * self.level.lanes();
        assert!(columns.end <= self.n_padded(), "no such columns");
        assert!(columns.start.is_multiple_of(panel_width) && columns.len().is_multiple_of(panel_width));
        assert!(input.len() >= n_rows * self.n_inputs, "input rows are cut short");
        assert!(output.len() >= n_rows * columns.len(), "output rows are cut short");
        let weights = &self.weights[columns.start * self.n_inputs..columns.end * self.n_inputs];
        let bias = &self.bias[columns];
        dispatch!(self.level, linear(weights, bias, self.n_inputs, input, n_rows, output));
    }
}

/// The last two layers of a transition scorer: a sum of state features, the larger of two pieces, scores per move.
#[derive(Debug, Clone)]
pub(crate) struct Scorer {
    level: Level,
    /// Bias of the hidden layer, `[2][HIDDEN]`.
    hidden_bias: Vec<f32>,
    n_padded: usize,
    /// `[HIDDEN][n_padded]`
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Scorer {
    /// Numbers per state feature: two pieces for each hidden unit.
    pub(crate) const FEATURE: usize = 2 * HIDDEN;

    /// Packs `hidden_bias` (`[2][HIDDEN]`), `weights` (`[n_moves][HIDDEN]`) and `bias` (`[n_moves]`).
    pub(crate) fn pack(level: Level, hidden_bias: &[f32], weights: &[f32], bias: &[f32]) -> Scorer {
        let n_moves = bias.len();
        let n_padded = n_moves.next_multiple_of(16);
        let mut packed = vec![0.0; HIDDEN * n_padded];
        for (r, row) in weights.chunks_exact(HIDDEN).enumerate() {
            for (unit, &weight) in row.iter().enumerate() {
                packed[unit * n_padded + r] = weight;
            }
        }
        let mut packed_bias = vec![0.0; n_padded];
        packed_bias[..n_moves].copy_from_slice(bias);
        Scorer { level, hidden_bias: hidden_bias.to_vec(), n_padded, weights: packed, bias: packed_bias }
    }

    /// Moves, filled up to whole registers: the length of a mask.
    pub(crate) fn n_padded(&self) -> usize {
        self.n_padded
    }

    /// The best move among those that `mask` (0 where allowed, minus infinity elsewhere) leaves; the first of equals.
    /// Each of the `features` is `[2][HIDDEN]`. `None` when nothing is allowed.
    pub(crate) fn best(&self, features: &[&[f32]], mask: &[f32], scores: &mut [f32]) -> Option<usize> {
        self.score(features, scores);
        generic::first_largest(&scores[..self.n_padded], &mask[..self.n_padded])
    }

    /// Writes the score of every move to `scores`.
    pub(crate) fn score(&self, features: &[&[f32]], scores: &mut [f32]) {
        assert!(features.iter().all(|feature| feature.len() == Scorer::FEATURE), "a feature is cut short");
        assert!(scores.len() >= self.n_padded, "scores are cut short");
        assert!(self.hidden_bias.len() == Scorer::FEATURE && self.bias.len() == self.n_padded);
        assert_eq!(self.weights.len(), HIDDEN * self.n_padded, "weights are of another shape");
        dispatch!(self.level, score(&self.hidden_bias, features, &self.weights, &self.bias, scores));
    }
}
