//! The convolution in integers: 7-bit weights times 8-bit activations.
//!
//! In: rows of encoded tokens. Out: what [`Convolution`](super::Convolution) gives, but for the rounding of both factors,
//! and equal bit by bit on every level. Weights are stored with 64 added, so that they are unsigned and two products
//! always fit 16 bits: then the AVX2 instruction that adds pairs never saturates and agrees with VNNI.

use super::generic::Vector;
#[cfg(target_arch = "x86_64")]
use super::{Kind, avx2, avx512};
use super::{Level, PIECES, WIDTH};

/// Largest size of a rounded weight.
const MAX_WEIGHT: f32 = 63.0;
/// What is added to a rounded weight.
const SHIFT: i32 = 64;
/// Largest size of a rounded activation.
const MAX_ACTIVATION: f32 = 127.0;
/// Added to and taken from a float below 2²² to round it to the nearest whole number, ties to even.
const ROUNDER: f32 = 12_582_912.0;
/// Rows of the window: left neighbour, token, right neighbour. Each has weights and scales of its own.
const PARTS: usize = 3;
/// Bytes that one instruction sums up per output.
const GROUP: usize = 4;

/// A packed convolution with rounded weights.
#[derive(Debug, Clone)]
pub(crate) struct IntegerConvolution {
    level: Level,
    lanes: usize,
    /// `[WIDTH / lanes][PARTS][WIDTH / GROUP][PIECES][lanes][GROUP]`
    weights: Vec<u8>,
    /// What one step of a weight is worth, `[WIDTH / lanes][PARTS][PIECES][lanes]`.
    scales: Vec<f32>,
    /// `[WIDTH / lanes][PIECES][lanes]`
    bias: Vec<f32>,
}

/// Rounded rows.
#[derive(Debug, Default)]
pub(crate) struct RoundedRows {
    values: Vec<i8>,
    /// What one step of a row's values is worth.
    scales: Vec<f32>,
    /// Per row, the sum of its values times `SHIFT`: what the shifted weights have added to every sum.
    excess: Vec<i32>,
}

impl RoundedRows {
    /// Rounds rows of `WIDTH` numbers, each to its own scale.
    fn round(&mut self, rows: &[f32]) {
        self.values.clear();
        self.scales.clear();
        self.excess.clear();
        for row in rows.chunks_exact(WIDTH) {
            let mut largest = [0.0f32; 16];
            for chunk in row.chunks_exact(16) {
                for (largest, value) in largest.iter_mut().zip(chunk) {
                    *largest = if value.abs() > *largest { value.abs() } else { *largest };
                }
            }
            let largest = largest.into_iter().fold(0.0f32, |all, one| if one > all { one } else { all });
            let per_step = if largest > 0.0 { MAX_ACTIVATION / largest } else { 0.0 };
            let mut sum = 0;
            for value in row {
                let step = (value * per_step + ROUNDER).to_bits().wrapping_sub(ROUNDER.to_bits()) as i32;
                sum += step;
                self.values.push(step as i8);
            }
            self.scales.push(largest / MAX_ACTIVATION);
            self.excess.push(SHIFT * sum);
        }
    }
}

impl IntegerConvolution {
    /// Rounds and packs `weights` (`[WIDTH][PIECES][PARTS][WIDTH]`); keeps `bias` (`[WIDTH][PIECES]`) as it is.
    pub(crate) fn pack(level: Level, weights: &[f32], bias: &[f32]) -> IntegerConvolution {
        assert!(weights.len() == WIDTH * PIECES * PARTS * WIDTH && bias.len() == WIDTH * PIECES);
        let lanes = level.byte_lanes();
        let mut packed = vec![0; weights.len()];
        let mut scales = vec![0.0; WIDTH * PIECES * PARTS];
        let mut packed_bias = vec![0.0; bias.len()];
        for (number, row) in weights.chunks_exact(WIDTH).enumerate() {
            let (unit, piece, part) = (number / (PIECES * PARTS), number / PARTS % PIECES, number % PARTS);
            let (panel, lane) = (unit / lanes, unit % lanes);
            packed_bias[(panel * PIECES + piece) * lanes + lane] = bias[unit * PIECES + piece];
            let largest = row.iter().fold(0.0f32, |all, one| all.max(one.abs()));
            let scale = if largest > 0.0 { largest / MAX_WEIGHT } else { 1.0 };
            scales[((panel * PARTS + part) * PIECES + piece) * lanes + lane] = scale;
            for (index, weight) in row.iter().enumerate() {
                let at = ((panel * PARTS + part) * (WIDTH / GROUP) + index / GROUP) * PIECES + piece;
                packed[(at * lanes + lane) * GROUP + index % GROUP] = ((weight / scale).round() as i32 + SHIFT) as u8;
            }
        }
        IntegerConvolution { level, lanes, weights: packed, scales, bias: packed_bias }
    }

    /// Writes `n_rows` rows to `output`. `input` holds one row more on either side. `rounded` is work space.
    pub(crate) fn largest(&self, input: &[f32], n_rows: usize, rounded: &mut RoundedRows, output: &mut [f32]) {
        assert!(input.len() >= (n_rows + 2) * WIDTH, "input rows are cut short");
        assert!(output.len() >= n_rows * WIDTH, "output rows are cut short");
        assert_eq!(self.weights.len(), WIDTH * PIECES * PARTS * WIDTH, "weights are of another shape");
        assert!(self.scales.len() == WIDTH * PIECES * PARTS && self.bias.len() == WIDTH * PIECES);
        rounded.round(&input[..(n_rows + 2) * WIDTH]);
        match self.level.0 {
            // SAFETY: a `Level` of this kind exists only where its instructions were detected; lengths are checked above,
            // and `round` has made as many rows as it was given.
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => unsafe { avx2::integer_convolution(self, rounded, n_rows, output) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512 => unsafe { avx512::integer_convolution(self, rounded, n_rows, output) },
            _ => self.largest_plain(rounded, n_rows, output),
        }
    }

    /// The oracle, and the way of processors without a kernel of their own.
    fn largest_plain(&self, rounded: &RoundedRows, n_rows: usize, output: &mut [f32]) {
        for row in 0..n_rows {
            for unit in 0..WIDTH {
                let (panel, lane) = (unit / self.lanes, unit % self.lanes);
                let [one, two, three] = std::array::from_fn(|piece| self.sum_plain(rounded, row, panel, piece, lane));
                let larger = if one > two { one } else { two };
                output[row * WIDTH + unit] = if larger > three { larger } else { three };
            }
        }
    }

    fn sum_plain(&self, rounded: &RoundedRows, row: usize, panel: usize, piece: usize, lane: usize) -> f32 {
        let mut sum = self.bias[(panel * PIECES + piece) * self.lanes + lane];
        for part in 0..PARTS {
            let values = &rounded.values[(row + part) * WIDTH..][..WIDTH];
            let mut steps = 0;
            for (index, value) in values.iter().enumerate() {
                let at = ((panel * PARTS + part) * (WIDTH / GROUP) + index / GROUP) * PIECES + piece;
                let weight = self.weights[(at * self.lanes + lane) * GROUP + index % GROUP];
                steps += i32::from(weight) * i32::from(*value);
            }
            let scale = self.scales[((panel * PARTS + part) * PIECES + piece) * self.lanes + lane];
            sum += (steps - rounded.excess[row + part]) as f32 * rounded.scales[row + part] * scale;
        }
        sum
    }
}

/// One register of 32-bit sums, or of four bytes each.
///
/// # Safety
/// Callers run on a processor with the implementor's instructions; pointers are valid for `4 * Floats::LANES` bytes.
pub(super) unsafe trait Bytes: Copy {
    type Floats: Vector;
    unsafe fn zero() -> Self;
    unsafe fn load(from: *const u8) -> Self;
    /// The same four bytes in every lane.
    unsafe fn splat(bytes: i32) -> Self;
    /// Adds to each sum its four products of an unsigned weight and a signed value.
    unsafe fn add_products(self, weights: Self, values: Self) -> Self;
    /// The sums less `excess`, as floats.
    unsafe fn less(self, excess: i32) -> Self::Floats;
}

/// # Safety
/// As `IntegerConvolution::largest` checks; the processor has the instructions of `B`, whose registers are as wide as the
/// layer was packed for.
#[cfg_attr(not(target_arch = "x86_64"), allow(dead_code))]
#[inline(always)]
pub(super) unsafe fn convolution<B: Bytes, const ROWS: usize>(
    layer: &IntegerConvolution,
    rounded: &RoundedRows,
    n_rows: usize,
    output: &mut [f32],
) {
    for panel in 0..WIDTH / B::Floats::LANES {
        let mut row = 0;
        // SAFETY: `row` plus the rows at once stay within `n_rows`, `panel` within the weights.
        unsafe {
            while row + ROWS <= n_rows {
                rows_of_panel::<B, ROWS>(layer, rounded, row, panel, output);
                row += ROWS;
            }
            while row < n_rows {
                rows_of_panel::<B, 1>(layer, rounded, row, panel, output);
                row += 1;
            }
        }
    }
}

/// # Safety
/// As `convolution`, and `row + ROWS` is at most `n_rows`.
#[inline(always)]
unsafe fn rows_of_panel<B: Bytes, const ROWS: usize>(
    layer: &IntegerConvolution,
    rounded: &RoundedRows,
    row: usize,
    panel: usize,
    output: &mut [f32],
) {
    let lanes = B::Floats::LANES;
    // SAFETY: all offsets stay below the lengths the caller vouches for.
    unsafe {
        let bias = layer.bias.as_ptr().add(panel * PIECES * lanes);
        let bias: [B::Floats; PIECES] = std::array::from_fn(|piece| B::Floats::load(bias.add(piece * lanes)));
        let mut sums = [bias; ROWS];
        for part in 0..PARTS {
            let weights = layer.weights.as_ptr().add((panel * PARTS + part) * WIDTH * PIECES * lanes);
            let values = rounded.values.as_ptr().add((row + part) * WIDTH);
            let mut steps = [[B::zero(); PIECES]; ROWS];
            for group in 0..WIDTH / GROUP {
                let weights = weights.add(group * PIECES * lanes * GROUP);
                let weights: [B; PIECES] = std::array::from_fn(|piece| B::load(weights.add(piece * lanes * GROUP)));
                for (index, steps) in steps.iter_mut().enumerate() {
                    let four = values.add(index * WIDTH + group * GROUP).cast::<i32>().read_unaligned();
                    let four = B::splat(four);
                    for (steps, weights) in steps.iter_mut().zip(weights) {
                        *steps = steps.add_products(weights, four);
                    }
                }
            }
            let scales = layer.scales.as_ptr().add((panel * PARTS + part) * PIECES * lanes);
            for (index, (sums, steps)) in sums.iter_mut().zip(steps).enumerate() {
                let at = row + part + index;
                let scale = B::Floats::splat(*rounded.scales.get_unchecked(at));
                let excess = *rounded.excess.get_unchecked(at);
                for (piece, (sum, steps)) in sums.iter_mut().zip(steps).enumerate() {
                    let weight_scale = B::Floats::load(scales.add(piece * lanes));
                    *sum = sum.add(steps.less(excess).mul(scale).mul(weight_scale));
                }
            }
        }
        for (index, [one, two, three]) in sums.into_iter().enumerate() {
            let to = output.as_mut_ptr().add((row + index) * WIDTH + panel * lanes);
            one.max(two).max(three).store(to);
        }
    }
}
