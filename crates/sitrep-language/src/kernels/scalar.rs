//! The kernels in plain, bounds-checked Rust: the oracle for every other level, and the fallback.
//!
//! In: packed weights with eight lanes, rows of numbers. Out: rows of numbers. Holds no `unsafe`. Without a fused
//! multiply-add in hardware it is some hundred times slower, and still gives the same bits.

use super::convolution::{PRODUCTS, combine};
use super::{Convolution, HIDDEN, Maxout, PIECES, WIDTH};

const LANES: usize = 8;

pub(super) fn maxout(layer: &Maxout, input: &[f32], stride: usize, n_rows: usize, output: &mut [f32]) {
    let n_inputs = layer.n_inputs;
    for row in 0..n_rows {
        let values = &input[row * stride..][..n_inputs];
        for panel in 0..WIDTH / LANES {
            let mut sums = [[0.0f32; LANES]; PIECES];
            for (piece, sum) in sums.iter_mut().enumerate() {
                sum.copy_from_slice(&layer.bias[(panel * PIECES + piece) * LANES..][..LANES]);
            }
            for (index, &value) in values.iter().enumerate() {
                let weights = &layer.weights[(panel * n_inputs + index) * PIECES * LANES..][..PIECES * LANES];
                for (piece, sum) in sums.iter_mut().enumerate() {
                    for (lane, sum) in sum.iter_mut().enumerate() {
                        *sum = value.mul_add(weights[piece * LANES + lane], *sum);
                    }
                }
            }
            for lane in 0..LANES {
                output[row * WIDTH + panel * LANES + lane] = largest(sums[0][lane], sums[1][lane], sums[2][lane]);
            }
        }
    }
}

pub(super) fn convolution(
    layer: &Convolution,
    input: &[f32],
    n_pairs: usize,
    combined: &mut [f32],
    output: &mut [f32],
) {
    for pair in 0..n_pairs {
        let rows = &input[2 * pair * WIDTH..][..4 * WIDTH];
        for index in 0..WIDTH {
            let products = combine(std::array::from_fn(|row| rows[row * WIDTH + index]));
            for (product, value) in products.into_iter().enumerate() {
                combined[product * WIDTH + index] = value;
            }
        }
        for unit in 0..WIDTH {
            let (panel, lane) = (unit / LANES, unit % LANES);
            let pieces: [[f32; 2]; PIECES] = std::array::from_fn(|piece| {
                let sum = |product: usize, start: f32| {
                    let weights = (panel * PRODUCTS + product) * WIDTH;
                    let values = &combined[product * WIDTH..][..WIDTH];
                    values.iter().enumerate().fold(start, |sum, (index, value)| {
                        value.mul_add(layer.weights[((weights + index) * PIECES + piece) * LANES + lane], sum)
                    })
                };
                let shared = sum(0, layer.bias[(panel * PIECES + piece) * LANES + lane]);
                let turned = sum(1, 0.0);
                [sum(2, shared + turned), sum(3, shared - turned)]
            });
            let [one, two, three] = pieces;
            output[2 * pair * WIDTH + unit] = largest(one[0], two[0], three[0]);
            output[(2 * pair + 1) * WIDTH + unit] = largest(one[1], two[1], three[1]);
        }
    }
}

pub(super) fn normalize_and_add(values: &[f32], gain: &[f32], offset: &[f32], rows: &mut [f32]) {
    for (values, row) in values.chunks_exact(WIDTH).zip(rows.chunks_exact_mut(WIDTH)) {
        let mean = sum_in_lanes(values, |value| value) / WIDTH as f32;
        let variance = sum_in_lanes(values, |value| (value - mean) * (value - mean)) / WIDTH as f32;
        let scale = 1.0 / (variance + super::generic::EPSILON).sqrt();
        for index in 0..WIDTH {
            row[index] += ((values[index] - mean) * scale).mul_add(gain[index], offset[index]);
        }
    }
}

pub(super) fn linear(weights: &[f32], bias: &[f32], n_inputs: usize, input: &[f32], n_rows: usize, output: &mut [f32]) {
    let n_outputs = bias.len();
    for row in 0..n_rows {
        let values = &input[row * n_inputs..][..n_inputs];
        for column in 0..n_outputs {
            let (panel, lane) = (column / (2 * LANES), column % (2 * LANES));
            output[row * n_outputs + column] = values.iter().enumerate().fold(bias[column], |sum, (index, &value)| {
                value.mul_add(weights[(panel * n_inputs + index) * 2 * LANES + lane], sum)
            });
        }
    }
}

pub(super) fn score(hidden_bias: &[f32], features: &[&[f32]], weights: &[f32], bias: &[f32], scores: &mut [f32]) {
    let n_moves = bias.len();
    scores[..n_moves].copy_from_slice(bias);
    for unit in 0..HIDDEN {
        let sum = |at: usize| features.iter().fold(hidden_bias[at], |sum, feature| sum + feature[at]);
        let (first, second) = (sum(unit), sum(HIDDEN + unit));
        let value = if first > second { first } else { second };
        for (score, &weight) in scores.iter_mut().zip(&weights[unit * n_moves..][..n_moves]) {
            *score = value.mul_add(weight, *score);
        }
    }
}

/// The sum over a row in sixteen lanes, folded in halves: the order every level keeps.
fn sum_in_lanes(values: &[f32], term: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0f32; 16];
    for chunk in values.chunks_exact(16) {
        for (lane, &value) in lanes.iter_mut().zip(chunk) {
            *lane += term(value);
        }
    }
    super::generic::fold_lanes(lanes)
}

fn largest(first: f32, second: f32, third: f32) -> f32 {
    let larger = if first > second { first } else { second };
    if larger > third { larger } else { third }
}
