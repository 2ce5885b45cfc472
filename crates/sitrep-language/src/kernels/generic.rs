//! The kernels once, over a [`Vector`] of any width; each level's module compiles them with its own instructions.
//!
//! In: pointers whose lengths the callers in `float` have checked. Out: the same bits as `scalar`.

use super::{HIDDEN, Maxout, PIECES, WIDTH};

/// Added to the variance before the square root, as in thinc's layer normalisation.
pub(super) const EPSILON: f32 = 1e-8;

/// One register of floats. Every method is a single instruction or two, and inlined.
///
/// # Safety
/// Callers run on a processor with the implementor's instructions; pointers are valid for `LANES` floats.
pub(super) unsafe trait Vector: Copy {
    const LANES: usize;
    unsafe fn load(from: *const f32) -> Self;
    unsafe fn store(self, to: *mut f32);
    unsafe fn splat(value: f32) -> Self;
    /// `self * factor + addend`, rounded once.
    unsafe fn mul_add(self, factor: Self, addend: Self) -> Self;
    unsafe fn add(self, other: Self) -> Self;
    unsafe fn sub(self, other: Self) -> Self;
    unsafe fn mul(self, other: Self) -> Self;
    /// `self` where it is greater, else `other`.
    unsafe fn max(self, other: Self) -> Self;
}

/// `ROWS` rows times one panel of `COLUMNS` registers, added to `sums` over the inputs in order.
///
/// # Safety
/// `input` is valid for `(ROWS - 1) * stride + n_inputs` floats, `weights` for `n_inputs` times `COLUMNS` registers; the
/// processor has the instructions of `V`.
#[inline(always)]
pub(super) unsafe fn tile<V: Vector, const ROWS: usize, const COLUMNS: usize>(
    mut sums: [[V; COLUMNS]; ROWS],
    input: *const f32,
    stride: usize,
    n_inputs: usize,
    weights: *const f32,
) -> [[V; COLUMNS]; ROWS] {
    // SAFETY: all offsets stay below the lengths the caller vouches for.
    unsafe {
        for index in 0..n_inputs {
            let weights: [V; COLUMNS] = load_columns(weights.add(index * COLUMNS * V::LANES));
            for (row, sums) in sums.iter_mut().enumerate() {
                let value = V::splat(*input.add(row * stride + index));
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum = value.mul_add(weight, *sum);
                }
            }
        }
        sums
    }
}

/// # Safety
/// `from` is valid for `COLUMNS` registers; the processor has the instructions of `V`.
#[inline(always)]
pub(super) unsafe fn load_columns<V: Vector, const COLUMNS: usize>(from: *const f32) -> [V; COLUMNS] {
    // SAFETY: as the caller vouches.
    unsafe { std::array::from_fn(|column| V::load(from.add(column * V::LANES))) }
}

/// Rows per block: the block's inputs stay in the second-level cache while every panel passes over it.
const BLOCK_ROWS: usize = 192;

/// # Safety
/// As `Maxout::largest` checks; the processor has the instructions of `V`.
#[inline(always)]
pub(super) unsafe fn maxout<V: Vector, const ROWS: usize>(
    layer: &Maxout,
    input: &[f32],
    stride: usize,
    n_rows: usize,
    output: &mut [f32],
) {
    let n_inputs = layer.n_inputs;
    // SAFETY: rows and panels stay within the lengths `Maxout::largest` has checked.
    unsafe {
        let mut block = 0;
        while block < n_rows {
            let end = (block + BLOCK_ROWS).min(n_rows);
            for panel in 0..WIDTH / V::LANES {
                let weights = layer.weights.as_ptr().add(panel * n_inputs * PIECES * V::LANES);
                let bias = layer.bias.as_ptr().add(panel * PIECES * V::LANES);
                let mut row = block;
                macro_rules! rows {
                    ($n:expr) => {{
                        let input = input.as_ptr().add(row * stride);
                        let start = [load_columns::<V, PIECES>(bias); $n];
                        let sums = tile(start, input, stride, n_inputs, weights);
                        for (index, [first, second, third]) in sums.into_iter().enumerate() {
                            let to = output.as_mut_ptr().add((row + index) * WIDTH + panel * V::LANES);
                            first.max(second).max(third).store(to);
                        }
                    }};
                }
                while row + ROWS <= end {
                    rows!(ROWS);
                    row += ROWS;
                }
                while row + 4 <= end {
                    rows!(4);
                    row += 4;
                }
                match end - row {
                    3 => rows!(3),
                    2 => rows!(2),
                    1 => rows!(1),
                    _ => {}
                }
            }
            block = end;
        }
    }
}

/// # Safety
/// As `Linear::apply_columns` checks; the processor has the instructions of `V`.
#[inline(always)]
pub(super) unsafe fn linear<V: Vector, const ROWS: usize>(
    weights: &[f32],
    bias: &[f32],
    n_inputs: usize,
    input: &[f32],
    n_rows: usize,
    output: &mut [f32],
) {
    let n_outputs = bias.len();
    // SAFETY: rows and panels stay within the lengths `Linear::apply_columns` has checked.
    unsafe {
        for panel in 0..n_outputs / (2 * V::LANES) {
            let weights = weights.as_ptr().add(panel * n_inputs * 2 * V::LANES);
            let bias = bias.as_ptr().add(panel * 2 * V::LANES);
            let mut row = 0;
            macro_rules! rows {
                ($n:expr) => {{
                    let input = input.as_ptr().add(row * n_inputs);
                    let start = [load_columns::<V, 2>(bias); $n];
                    let sums = tile(start, input, n_inputs, n_inputs, weights);
                    for (index, [first, second]) in sums.into_iter().enumerate() {
                        let to = output.as_mut_ptr().add((row + index) * n_outputs + panel * 2 * V::LANES);
                        first.store(to);
                        second.store(to.add(V::LANES));
                    }
                }};
            }
            while row + ROWS <= n_rows {
                rows!(ROWS);
                row += ROWS;
            }
            while row + 2 <= n_rows {
                rows!(2);
                row += 2;
            }
            if row < n_rows {
                rows!(1);
            }
        }
    }
}

/// # Safety
/// `values` and `rows` are equally long and a multiple of `WIDTH`; `gain` and `offset` are `WIDTH` long; the processor
/// has the instructions of `V`.
#[inline(always)]
pub(super) unsafe fn normalize_and_add<V: Vector>(values: &[f32], gain: &[f32], offset: &[f32], rows: &mut [f32]) {
    for (values, row) in values.chunks_exact(WIDTH).zip(rows.chunks_exact_mut(WIDTH)) {
        // SAFETY: `index` runs over whole registers below `WIDTH`, the length of all five.
        unsafe {
            let mean = sum_in_lanes::<V>(values, |value| value) / WIDTH as f32;
            let means = V::splat(mean);
            let variance = sum_in_lanes::<V>(values, |value: V| {
                let distance = value.sub(means);
                distance.mul(distance)
            }) / WIDTH as f32;
            let scale = V::splat(1.0 / (variance + EPSILON).sqrt());
            for index in (0..WIDTH).step_by(V::LANES) {
                let value = V::load(values.as_ptr().add(index)).sub(means).mul(scale);
                let value = value.mul_add(V::load(gain.as_ptr().add(index)), V::load(offset.as_ptr().add(index)));
                let to = row.as_mut_ptr().add(index);
                V::load(to).add(value).store(to);
            }
        }
    }
}

/// The sum over a row in sixteen lanes, whatever the width of a register.
///
/// # Safety
/// `values` is `WIDTH` long; the processor has the instructions of `V`.
#[inline(always)]
unsafe fn sum_in_lanes<V: Vector>(values: &[f32], term: impl Fn(V) -> V) -> f32 {
    let mut lanes = [0.0f32; 16];
    // SAFETY: a group of registers makes sixteen lanes, and `WIDTH` is a multiple of sixteen.
    unsafe {
        let mut sums = [V::splat(0.0); 4];
        for group in 0..WIDTH / 16 {
            for (register, sum) in sums.iter_mut().enumerate().take(16 / V::LANES) {
                let value = V::load(values.as_ptr().add(group * 16 + register * V::LANES));
                *sum = sum.add(term(value));
            }
        }
        for (register, sum) in sums.into_iter().enumerate().take(16 / V::LANES) {
            sum.store(lanes.as_mut_ptr().add(register * V::LANES));
        }
    }
    fold_lanes(lanes)
}

/// Sixteen lanes to one, in halves.
#[inline(always)]
pub(super) fn fold_lanes(mut lanes: [f32; 16]) -> f32 {
    for half in [8, 4, 2, 1] {
        for lane in 0..half {
            lanes[lane] += lanes[lane + half];
        }
    }
    lanes[0]
}

/// # Safety
/// As `Scorer::score` checks; the processor has the instructions of `V`.
#[inline(always)]
pub(super) unsafe fn score<V: Vector>(
    hidden_bias: &[f32],
    features: &[&[f32]],
    weights: &[f32],
    bias: &[f32],
    scores: &mut [f32],
) {
    let mut hidden = [0.0f32; HIDDEN];
    // SAFETY: `unit` runs over whole registers below `HIDDEN`, half the length of a feature.
    unsafe {
        for unit in (0..HIDDEN).step_by(V::LANES) {
            let mut first = V::load(hidden_bias.as_ptr().add(unit));
            let mut second = V::load(hidden_bias.as_ptr().add(HIDDEN + unit));
            for feature in features {
                first = first.add(V::load(feature.as_ptr().add(unit)));
                second = second.add(V::load(feature.as_ptr().add(HIDDEN + unit)));
            }
            first.max(second).store(hidden.as_mut_ptr().add(unit));
        }
    }
    let n_moves = bias.len();
    let mut at = 0;
    macro_rules! columns {
        ($n:literal) => {
            while at + $n * V::LANES <= n_moves {
                // SAFETY: the last register ends at `n_moves` at most, and `weights` is `HIDDEN` rows of `n_moves`.
                unsafe {
                    let mut sums: [V; $n] = std::array::from_fn(|c| V::load(bias.as_ptr().add(at + c * V::LANES)));
                    for (unit, &value) in hidden.iter().enumerate() {
                        let value = V::splat(value);
                        let weights = weights.as_ptr().add(unit * n_moves + at);
                        for (c, sum) in sums.iter_mut().enumerate() {
                            *sum = value.mul_add(V::load(weights.add(c * V::LANES)), *sum);
                        }
                    }
                    for (c, sum) in sums.into_iter().enumerate() {
                        sum.store(scores.as_mut_ptr().add(at + c * V::LANES));
                    }
                }
                at += $n * V::LANES;
            }
        };
    }
    columns!(14);
    columns!(10);
    columns!(7);
    columns!(5);
    columns!(1);
}

/// Index of the first largest of `scores + mask`, or `None` when all of it is minus infinity. Lengths are equal and a
/// multiple of sixteen.
#[inline]
pub(super) fn first_largest(scores: &[f32], mask: &[f32]) -> Option<usize> {
    let mut largest = [f32::NEG_INFINITY; 16];
    for (scores, mask) in scores.chunks_exact(16).zip(mask.chunks_exact(16)) {
        for lane in 0..16 {
            let value = scores[lane] + mask[lane];
            largest[lane] = if value > largest[lane] { value } else { largest[lane] };
        }
    }
    let top = largest.into_iter().fold(f32::NEG_INFINITY, |top, value| if value > top { value } else { top });
    if top == f32::NEG_INFINITY {
        return None;
    }
    for (chunk, (scores, mask)) in scores.chunks_exact(16).zip(mask.chunks_exact(16)).enumerate() {
        let hits = (0..16).fold(0u32, |hits, lane| hits | (u32::from(scores[lane] + mask[lane] == top) << lane));
        if hits != 0 {
            return Some(chunk * 16 + hits.trailing_zeros() as usize);
        }
    }
    None
}
