//! The kernels on AVX2 with FMA: eight floats a register.
//!
//! In: as `generic`. Out: the same bits as `scalar`. Every function here needs a processor with these instructions.

use std::arch::x86_64::{
    __m256, __m256i, _mm256_add_epi32, _mm256_add_ps, _mm256_cvtepi32_ps, _mm256_fmadd_ps, _mm256_loadu_ps,
    _mm256_loadu_si256, _mm256_madd_epi16, _mm256_maddubs_epi16, _mm256_max_ps, _mm256_mul_ps, _mm256_set1_epi16,
    _mm256_set1_epi32, _mm256_set1_ps, _mm256_setzero_si256, _mm256_storeu_ps, _mm256_sub_epi32, _mm256_sub_ps,
};

use super::generic::Vector;
use super::integer::{Bytes, IntegerConvolution, RoundedRows};
use super::{Convolution, Maxout, generic, integer, winograd};

#[derive(Clone, Copy)]
struct Ymm(__m256);

// SAFETY: each method is the intrinsic of its name; loads and stores touch 8 floats, unaligned.
unsafe impl Vector for Ymm {
    const LANES: usize = 8;
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: the caller vouches for the instructions and the pointer.
        unsafe { Self(_mm256_loadu_ps(from)) }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: the caller vouches for the instructions and the pointer.
        unsafe { _mm256_storeu_ps(to, self.0) }
    }
    #[inline(always)]
    unsafe fn splat(value: f32) -> Self {
        // SAFETY: the caller vouches for the instructions.
        unsafe { Self(_mm256_set1_ps(value)) }
    }
    #[inline(always)]
    unsafe fn mul_add(self, factor: Self, addend: Self) -> Self {
        // SAFETY: the caller vouches for the instructions.
        unsafe { Self(_mm256_fmadd_ps(self.0, factor.0, addend.0)) }
    }
    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        // SAFETY: the caller vouches for the instructions.
        unsafe { Self(_mm256_add_ps(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn sub(self, other: Self) -> Self {
        // SAFETY: the caller vouches for the instructions.
        unsafe { Self(_mm256_sub_ps(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn mul(self, other: Self) -> Self {
        // SAFETY: the caller vouches for the instructions.
        unsafe { Self(_mm256_mul_ps(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn max(self, other: Self) -> Self {
        // SAFETY: the caller vouches for the instructions.
        unsafe { Self(_mm256_max_ps(self.0, other.0)) }
    }
}

#[derive(Clone, Copy)]
struct YmmBytes(__m256i);

// SAFETY: each method is the intrinsics it names; loads touch one register, unaligned.
unsafe impl Bytes for YmmBytes {
    type Floats = Ymm;
    #[inline(always)]
    unsafe fn zero() -> Self {
        // SAFETY: the caller vouches for the instructions.
        unsafe { Self(_mm256_setzero_si256()) }
    }
    #[inline(always)]
    unsafe fn load(from: *const u8) -> Self {
        // SAFETY: the caller vouches for the instructions and the pointer.
        unsafe { Self(_mm256_loadu_si256(from.cast())) }
    }
    #[inline(always)]
    unsafe fn splat(bytes: i32) -> Self {
        // SAFETY: the caller vouches for the instructions.
        unsafe { Self(_mm256_set1_epi32(bytes)) }
    }
    #[inline(always)]
    unsafe fn add_products(self, weights: Self, values: Self) -> Self {
        // SAFETY: the caller vouches for the instructions.
        unsafe {
            let pairs = _mm256_maddubs_epi16(weights.0, values.0);
            Self(_mm256_add_epi32(self.0, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1))))
        }
    }
    #[inline(always)]
    unsafe fn less(self, excess: i32) -> Ymm {
        // SAFETY: the caller vouches for the instructions.
        unsafe { Ymm(_mm256_cvtepi32_ps(_mm256_sub_epi32(self.0, _mm256_set1_epi32(excess)))) }
    }
}

/// # Safety
/// As `generic::maxout`.
#[target_feature(enable = "avx2,fma")]
pub(super) unsafe fn maxout(layer: &Maxout, input: &[f32], stride: usize, n_rows: usize, output: &mut [f32]) {
    // SAFETY: the caller vouches for the lengths and the instructions.
    unsafe { generic::maxout::<Ymm, 3>(layer, input, stride, n_rows, output) }
}

/// # Safety
/// As `winograd::convolution`.
#[target_feature(enable = "avx2,fma")]
pub(super) unsafe fn convolution(
    layer: &Convolution,
    input: &[f32],
    n_pairs: usize,
    combined: &mut [f32],
    output: &mut [f32],
) {
    // SAFETY: the caller vouches for the lengths and the instructions.
    unsafe { winograd::convolution::<Ymm, 3>(layer, input, n_pairs, combined, output) }
}

/// # Safety
/// As `integer::convolution`.
#[target_feature(enable = "avx2,fma")]
pub(super) unsafe fn integer_convolution(
    layer: &IntegerConvolution,
    rounded: &RoundedRows,
    n_rows: usize,
    output: &mut [f32],
) {
    // SAFETY: the caller vouches for the lengths and the instructions.
    unsafe { integer::convolution::<YmmBytes, 3>(layer, rounded, n_rows, output) }
}

/// # Safety
/// As `generic::linear`.
#[target_feature(enable = "avx2,fma")]
pub(super) unsafe fn linear(
    weights: &[f32],
    bias: &[f32],
    n_inputs: usize,
    input: &[f32],
    n_rows: usize,
    output: &mut [f32],
) {
    // SAFETY: the caller vouches for the lengths and the instructions.
    unsafe { generic::linear::<Ymm, 6>(weights, bias, n_inputs, input, n_rows, output) }
}

/// # Safety
/// As `generic::normalize_and_add`.
#[target_feature(enable = "avx2,fma")]
pub(super) unsafe fn normalize_and_add(values: &[f32], gain: &[f32], offset: &[f32], rows: &mut [f32]) {
    // SAFETY: the caller vouches for the lengths and the instructions.
    unsafe { generic::normalize_and_add::<Ymm>(values, gain, offset, rows) }
}

/// # Safety
/// As `generic::score`.
#[target_feature(enable = "avx2,fma")]
pub(super) unsafe fn score(
    hidden_bias: &[f32],
    features: &[&[f32]],
    weights: &[f32],
    bias: &[f32],
    scores: &mut [f32],
) {
    // SAFETY: the caller vouches for the lengths and the instructions.
    unsafe { generic::score::<Ymm>(hidden_bias, features, weights, bias, scores) }
}
