//! The paired convolution once, over a [`Vector`] of any width.
//!
//! In: rows whose lengths `convolution` has checked. Out: the same bits as `scalar`.

use super::convolution::{Convolution, PRODUCTS, combine};
use super::generic::{Vector, load_columns, tile};
use super::{PIECES, WIDTH};

/// Pairs per block: their sums and a product's weights stay in the first-level cache together.
const BLOCK_PAIRS: usize = 24;
/// Floats in the widest register.
const MAX_LANES: usize = 16;

/// # Safety
/// As `Convolution::largest` checks; the processor has the instructions of `V`.
#[inline(always)]
pub(super) unsafe fn convolution<V: Vector, const ROWS: usize>(
    layer: &Convolution,
    input: &[f32],
    n_pairs: usize,
    combined: &mut [f32],
    output: &mut [f32],
) {
    combine_rows(input, n_pairs, combined);
    let mut sums = [[0.0f32; BLOCK_PAIRS * PIECES * MAX_LANES]; 2];
    for block in (0..n_pairs).step_by(BLOCK_PAIRS) {
        let end = (block + BLOCK_PAIRS).min(n_pairs);
        for panel in 0..WIDTH / V::LANES {
            // SAFETY: `block..end` lies within the pairs, `panel` within the weights, of the lengths that were checked.
            unsafe { panel_of_pairs::<V, ROWS>(layer, combined, n_pairs, block..end, panel, &mut sums, output) };
        }
    }
}

/// Writes what each product multiplies, `[PRODUCTS][n_pairs][WIDTH]`.
#[inline(always)]
fn combine_rows(input: &[f32], n_pairs: usize, combined: &mut [f32]) {
    let (first, rest) = combined.split_at_mut(n_pairs * WIDTH);
    let (second, rest) = rest.split_at_mut(n_pairs * WIDTH);
    let (third, fourth) = rest.split_at_mut(n_pairs * WIDTH);
    let products = first
        .chunks_exact_mut(WIDTH)
        .zip(second.chunks_exact_mut(WIDTH))
        .zip(third.chunks_exact_mut(WIDTH).zip(fourth.chunks_exact_mut(WIDTH)));
    for (rows, ((first, second), (third, fourth))) in input.windows(4 * WIDTH).step_by(2 * WIDTH).zip(products) {
        for index in 0..WIDTH {
            let rows = [rows[index], rows[WIDTH + index], rows[2 * WIDTH + index], rows[3 * WIDTH + index]];
            [first[index], second[index], third[index], fourth[index]] = combine(rows);
        }
    }
}

/// One panel of units for the pairs in `pairs`, product by product.
///
/// # Safety
/// `pairs` holds at most `BLOCK_PAIRS` and ends at `n_pairs` or before; `combined`, `output` and the layer have the
/// lengths `Convolution::largest` checks; the processor has the instructions of `V`.
#[inline(always)]
unsafe fn panel_of_pairs<V: Vector, const ROWS: usize>(
    layer: &Convolution,
    combined: &[f32],
    n_pairs: usize,
    pairs: std::ops::Range<usize>,
    panel: usize,
    sums: &mut [[f32; BLOCK_PAIRS * PIECES * MAX_LANES]; 2],
    output: &mut [f32],
) {
    let width = PIECES * V::LANES;
    let [first_sums, second_sums] = sums.each_mut().map(|sums| sums.as_mut_ptr());
    for product in 0..PRODUCTS {
        // SAFETY: `at + $n` stays within `pairs`, so every row, sum and output lies within its slice.
        unsafe {
            let weights = layer.weights.as_ptr().add((panel * PRODUCTS + product) * WIDTH * width);
            let bias: [V; PIECES] = load_columns(layer.bias.as_ptr().add(panel * width));
            let mut at = pairs.start;
            macro_rules! rows {
                ($n:expr) => {{
                    let input = combined.as_ptr().add((product * n_pairs + at) * WIDTH);
                    let first = |row: usize| first_sums.add((at - pairs.start + row) * width);
                    let second = |row: usize| second_sums.add((at - pairs.start + row) * width);
                    let start: [[V; PIECES]; $n] = match product {
                        0 => [bias; $n],
                        1 => [[V::splat(0.0); PIECES]; $n],
                        2 => std::array::from_fn(|row| load_columns(first(row))),
                        _ => std::array::from_fn(|row| load_columns(second(row))),
                    };
                    let done = tile(start, input, WIDTH, WIDTH, weights);
                    for (row, done) in done.into_iter().enumerate() {
                        if product < 2 {
                            for (piece, sum) in done.into_iter().enumerate() {
                                let first = first(row).add(piece * V::LANES);
                                if product == 0 {
                                    sum.store(first);
                                } else {
                                    let shared = V::load(first);
                                    shared.add(sum).store(first);
                                    shared.sub(sum).store(second(row).add(piece * V::LANES));
                                }
                            }
                        } else {
                            let to = (2 * (at + row) + product - 2) * WIDTH + panel * V::LANES;
                            let [one, two, three] = done;
                            one.max(two).max(three).store(output.as_mut_ptr().add(to));
                        }
                    }
                }};
            }
            while at + ROWS <= pairs.end {
                rows!(ROWS);
                at += ROWS;
            }
            while at + 4 <= pairs.end {
                rows!(4);
                at += 4;
            }
            match pairs.end - at {
                3 => rows!(3),
                2 => rows!(2),
                1 => rows!(1),
                _ => {}
            }
        }
    }
}
