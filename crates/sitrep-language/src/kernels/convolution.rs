//! A convolution over a token and its two neighbours, with maxout: the layer the encoders spend their time in.
//!
//! In: rows of encoded tokens. Out: per row the largest of three weighted sums, as [`Maxout`](super::Maxout) gives for a
//! window of three rows, at two thirds of the multiplications: two rows are computed together from four products
//! instead of six (Winograd's F(2, 3)). A row's bits depend on whether it comes first or second in its pair, so callers
//! pair a text's rows the same way wherever they cut it.

#[cfg(target_arch = "aarch64")]
use super::neon;
use super::{Kind, Level, PIECES, WIDTH, scalar};
#[cfg(target_arch = "x86_64")]
use super::{avx2, avx512};

/// Products per pair of rows.
pub(super) const PRODUCTS: usize = 4;

/// A packed convolution.
#[derive(Debug, Clone)]
pub(crate) struct Convolution {
    level: Level,
    /// `[WIDTH / lanes][PRODUCTS][WIDTH][PIECES][lanes]`
    pub(super) weights: Vec<f32>,
    /// `[WIDTH / lanes][PIECES][lanes]`
    pub(super) bias: Vec<f32>,
}

impl Convolution {
    /// Packs `weights` (`[WIDTH][PIECES][3][WIDTH]`: left neighbour, token, right neighbour) and `bias`
    /// (`[WIDTH][PIECES]`).
    pub(crate) fn pack(level: Level, weights: &[f32], bias: &[f32]) -> Convolution {
        assert!(weights.len() == WIDTH * PIECES * 3 * WIDTH && bias.len() == WIDTH * PIECES);
        let lanes = level.lanes();
        let mut packed = vec![0.0; PRODUCTS * WIDTH * PIECES * WIDTH];
        let mut packed_bias = vec![0.0; bias.len()];
        for unit in 0..WIDTH {
            let (panel, lane) = (unit / lanes, unit % lanes);
            for piece in 0..PIECES {
                packed_bias[(panel * PIECES + piece) * lanes + lane] = bias[unit * PIECES + piece];
                let row = &weights[(unit * PIECES + piece) * 3 * WIDTH..][..3 * WIDTH];
                for input in 0..WIDTH {
                    let [left, own, right] = [row[input], row[WIDTH + input], row[2 * WIDTH + input]];
                    let products = [(left + right + own) * 0.5, (left + right - own) * 0.5, left, right];
                    for (product, weight) in products.into_iter().enumerate() {
                        let at = ((panel * PRODUCTS + product) * WIDTH + input) * PIECES + piece;
                        packed[at * lanes + lane] = weight;
                    }
                }
            }
        }
        Convolution { level, weights: packed, bias: packed_bias }
    }

    /// Writes `n_rows` rows, an even number, to `output`. `input` holds one row more on either side. `work` is work space.
    pub(crate) fn largest(&self, input: &[f32], n_rows: usize, work: &mut Vec<f32>, output: &mut [f32]) {
        assert!(n_rows.is_multiple_of(2), "rows come in pairs");
        assert!(input.len() >= (n_rows + 2) * WIDTH, "input rows are cut short");
        assert!(output.len() >= n_rows * WIDTH, "output rows are cut short");
        assert!(self.weights.len() == PRODUCTS * WIDTH * PIECES * WIDTH && self.bias.len() == WIDTH * PIECES);
        work.resize(PRODUCTS * n_rows / 2 * WIDTH, 0.0);
        match self.level.0 {
            Kind::Scalar => scalar::convolution(self, input, n_rows / 2, work, output),
            // SAFETY: a `Level` of this kind exists only where its instructions were detected; lengths are checked above.
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => unsafe { avx2::convolution(self, input, n_rows / 2, work, output) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512 => unsafe { avx512::convolution(self, input, n_rows / 2, work, output) },
            // SAFETY: as above.
            #[cfg(target_arch = "aarch64")]
            Kind::Neon => unsafe { neon::convolution(self, input, n_rows / 2, work, output) },
        }
    }
}

/// What is multiplied with each product's weights, for one pair: `rows` are the left neighbour, the pair, and the right
/// neighbour. Written once here so that every level rounds alike.
#[inline(always)]
pub(super) fn combine(rows: [f32; 4]) -> [f32; PRODUCTS] {
    let [left, first, second, right] = rows;
    [first + second, second - first, left - second, right - first]
}
