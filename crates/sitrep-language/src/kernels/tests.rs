//! Every level against the plain oracle, bit by bit, on sizes that leave odd rows over.

use super::*;

/// Numbers between -1 and 1 that look random and are always the same.
fn numbers(count: usize, seed: u64) -> Vec<f32> {
    let mut state = seed.wrapping_mul(2).wrapping_add(1);
    std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / 8_388_608.0 - 1.0
    })
    .take(count)
    .collect()
}

/// Runs `compute` on every level and compares with the oracle; says which levels this processor could not test.
fn assert_equal_on_all_levels(what: &str, compute: impl Fn(Level) -> Vec<f32>) {
    let bits = |values: Vec<f32>| values.into_iter().map(f32::to_bits).collect::<Vec<u32>>();
    let expected = bits(compute(Level::SCALAR));
    assert!(expected.iter().any(|&bits| bits != 0), "{what}: all zero");
    for level in Level::supported() {
        assert!(bits(compute(level)) == expected, "{what} differs on {}", level.name());
    }
}

#[test]
fn says_which_levels_are_tested() {
    let tested: Vec<&str> = Level::supported().into_iter().map(Level::name).collect();
    println!("tested levels: {}", tested.join(", "));
    #[cfg(target_arch = "x86_64")]
    for name in ["AVX2 + FMA", "AVX-512 + VNNI"] {
        if !tested.contains(&name) {
            println!("SKIPPED: this processor has no {name}");
        }
    }
}

#[test]
fn maxout_is_equal_on_all_levels() {
    for (n_inputs, stride, n_rows) in [(576, 576, 1), (384, 384, 7), (288, 96, 30)] {
        let weights = numbers(WIDTH * PIECES * n_inputs, 1);
        let bias = numbers(WIDTH * PIECES, 2);
        let input = numbers((n_rows - 1) * stride + n_inputs, 3);
        assert_equal_on_all_levels("maxout", |level| {
            let mut output = vec![0.0; n_rows * WIDTH];
            Maxout::pack(level, &weights, &bias).largest(&input, stride, n_rows, &mut output);
            output
        });
    }
}

#[test]
fn convolutions_are_equal_on_all_levels() {
    let weights = numbers(WIDTH * PIECES * 3 * WIDTH, 1);
    let bias = numbers(WIDTH * PIECES, 2);
    for n_rows in [2, 4, 6, 16, 46, 48, 50, 136] {
        let input = numbers((n_rows + 2) * WIDTH, 3);
        assert_equal_on_all_levels("convolution", |level| {
            let mut output = vec![0.0; n_rows * WIDTH];
            Convolution::pack(level, &weights, &bias).largest(&input, n_rows, &mut Vec::new(), &mut output);
            output
        });
    }
}

#[test]
fn integer_convolutions_are_equal_on_all_levels() {
    let weights = numbers(WIDTH * PIECES * 3 * WIDTH, 1);
    let bias = numbers(WIDTH * PIECES, 2);
    for n_rows in [1, 2, 8, 19, 136] {
        let mut input = numbers((n_rows + 2) * WIDTH, 3);
        input[..WIDTH].fill(0.0);
        assert_equal_on_all_levels("integer convolution", |level| {
            let mut output = vec![0.0; n_rows * WIDTH];
            let layer = IntegerConvolution::pack(level, &weights, &bias);
            layer.largest(&input, n_rows, &mut RoundedRows::default(), &mut output);
            output
        });
    }
}

#[test]
fn the_largest_integers_do_not_saturate() {
    // Weights and values at their limits, all of one sign: the pair sums are the largest there are.
    let weights = vec![1.0; WIDTH * PIECES * 3 * WIDTH];
    let input = vec![-1.0; 3 * WIDTH];
    for level in Level::supported() {
        let mut output = vec![0.0; WIDTH];
        let layer = IntegerConvolution::pack(level, &weights, &[0.0; WIDTH * PIECES]);
        layer.largest(&input, 1, &mut RoundedRows::default(), &mut output);
        assert!(output.iter().all(|sum| (sum + 288.0).abs() < 1e-2), "{}: {}", level.name(), output[0]);
    }
}

#[test]
fn a_convolution_is_a_maxout_over_windows() {
    let weights = numbers(WIDTH * PIECES * 3 * WIDTH, 1);
    let bias = numbers(WIDTH * PIECES, 2);
    let input = numbers(10 * WIDTH, 3);
    let (mut paired, mut plain) = (vec![0.0; 8 * WIDTH], vec![0.0; 8 * WIDTH]);
    Convolution::pack(Level::best(), &weights, &bias).largest(&input, 8, &mut Vec::new(), &mut paired);
    Maxout::pack(Level::best(), &weights, &bias).largest(&input, WIDTH, 8, &mut plain);
    let error = paired.iter().zip(&plain).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(error < 2e-5, "off by {error}");
}

#[test]
fn normalisation_is_equal_on_all_levels() {
    let (gain, offset) = (numbers(WIDTH, 1), numbers(WIDTH, 2));
    let (values, rows) = (numbers(5 * WIDTH, 3), numbers(5 * WIDTH, 4));
    assert_equal_on_all_levels("normalisation", |level| {
        let mut rows = rows.clone();
        Norm::new(level, gain.clone(), offset.clone()).normalize_and_add(&values, &mut rows);
        rows
    });
}

#[test]
fn linear_layers_are_equal_on_all_levels() {
    for (n_outputs, n_inputs, n_rows) in [(50, 96, 1), (64, 96, 13), (384, 64, 8)] {
        let weights = numbers(n_outputs * n_inputs, 1);
        let bias = numbers(n_outputs, 2);
        let input = numbers(n_rows * n_inputs, 3);
        assert_equal_on_all_levels("linear", |level| {
            let layer = Linear::pack(level, &weights, &bias);
            let mut output = vec![0.0; n_rows * layer.n_padded()];
            layer.apply(&input, n_rows, &mut output);
            output.chunks_exact(layer.n_padded()).flat_map(|row| row[..n_outputs].to_vec()).collect()
        });
    }
}

#[test]
fn columns_are_the_same_alone() {
    let layer = Linear::pack(Level::best(), &numbers(384 * 64, 1), &numbers(384, 2));
    let input = numbers(3 * 64, 3);
    let (mut all, mut some) = (vec![0.0; 3 * 384], vec![0.0; 3 * 128]);
    layer.apply(&input, 3, &mut all);
    layer.apply_columns(128..256, &input, 3, &mut some);
    for row in 0..3 {
        assert_eq!(all[row * 384 + 128..][..128], some[row * 128..][..128]);
    }
}

#[test]
fn scores_are_equal_on_all_levels() {
    for n_moves in [74, 106] {
        let (hidden_bias, bias) = (numbers(Scorer::FEATURE, 1), numbers(n_moves, 2));
        let weights = numbers(n_moves * HIDDEN, 3);
        let rows: Vec<Vec<f32>> = (4..12).map(|seed| numbers(Scorer::FEATURE, seed)).collect();
        let features: Vec<&[f32]> = rows.iter().map(Vec::as_slice).collect();
        assert_equal_on_all_levels("scores", |level| {
            let scorer = Scorer::pack(level, &hidden_bias, &weights, &bias);
            let mut scores = vec![0.0; scorer.n_padded()];
            scorer.score(&features, &mut scores);
            scores
        });
    }
}

#[test]
fn the_first_of_equal_scores_wins_and_masks_forbid() {
    let mut scores = vec![0.0; 32];
    (scores[5], scores[21], scores[30]) = (2.0, 2.0, 3.0);
    let mut mask = vec![0.0; 32];
    mask[30] = f32::NEG_INFINITY;
    assert_eq!(generic::first_largest(&scores, &mask), Some(5));
    assert_eq!(generic::first_largest(&scores, &[f32::NEG_INFINITY; 32]), None);
}

#[test]
fn short_input_is_refused_before_any_kernel_runs() {
    let layer = Linear::pack(Level::best(), &numbers(64 * 96, 1), &numbers(64, 2));
    let refused = std::panic::catch_unwind(|| layer.apply(&numbers(95, 3), 1, &mut [0.0; 64]));
    assert!(refused.is_err());
}
