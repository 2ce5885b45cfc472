//! The kernels on AVX-512: sixteen floats a register.
//!
//! In: as `generic`. Out: the same bits as `scalar`. Every function here needs a processor with these instructions.

use std::arch::x86_64::{
    __m512, __m512i, _mm512_add_ps, _mm512_cvtepi32_ps, _mm512_dpbusd_epi32, _mm512_fmadd_ps, _mm512_loadu_ps,
    _mm512_loadu_si512, _mm512_max_ps, _mm512_mul_ps, _mm512_set1_epi32, _mm512_set1_ps, _mm512_setzero_si512,
    _mm512_storeu_ps, _mm512_sub_epi32, _mm512_sub_ps,
};

use super::generic::Vector;
use super::integer::{Bytes, IntegerConvolution, RoundedRows};
use super::{Convolution, Maxout, generic, integer, winograd};

#[derive(Clone, Copy)]
struct Zmm(__m512);

// SAFETY: each method is the intrinsic of its name; loads and stores touch 16 floats, unaligned.
unsafe impl Vector for Zmm {
    const LANES: usize = 16;
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: the caller vouches for the instructions and the pointer.
        unsafe { Self(_mm512_loadu_ps(from)) }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: the caller vouches for the instructions and the pointer.
        unsafe { _mm512_storeu_ps(to, self.0) }
    }
    #[inline(always)]
    unsafe fn splat(value: f32) -> Self {
        // SAFETY: the caller vouches for the instructions.
        unsafe { Self(_mm512_set1_ps(value)) }
    }
    #[inline(always)]
    unsafe fn mul_add(self, factor: Self, addend: Self) -> Self {
        // SAFETY: the caller vouches for the instructions.
        unsafe { Self(_mm512_fmadd_ps(self.0, factor.0, addend.0)) }
    }
    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        // SAFETY: the caller vouches for the instructions.
        unsafe { Self(_mm512_add_ps(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn sub(self, other: Self) -> Self {
        // SAFETY: the caller vouches for the instructions.
        unsafe { Self(_mm512_sub_ps(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn mul(self, other: Self) -> Self {
        // SAFETY: the caller vouches for the instructions.
        unsafe { Self(_mm512_mul_ps(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn max(self, other: Self) -> Self {
        // SAFETY: the caller vouches for the instructions.
        unsafe { Self(_mm512_max_ps(self.0, other.0)) }
    }
}

#[derive(Clone, Copy)]
struct ZmmBytes(__m512i);

// SAFETY: each method is the intrinsics it names; loads touch one register, unaligned.
unsafe impl Bytes for ZmmBytes {
    type Floats = Zmm;
    #[inline(always)]
    unsafe fn zero() -> Self {
        // SAFETY: the caller vouches for the instructions.
        unsafe { Self(_mm512_setzero_si512()) }
    }
    #[inline(always)]
    unsafe fn load(from: *const u8) -> Self {
        // SAFETY: the caller vouches for the instructions and the pointer.
        unsafe { Self(_mm512_loadu_si512(from.cast())) }
    }
    #[inline(always)]
    unsafe fn splat(bytes: i32) -> Self {
        // SAFETY: the caller vouches for the instructions.
        unsafe { Self(_mm512_set1_epi32(bytes)) }
    }
    #[inline(always)]
    unsafe fn add_products(self, weights: Self, values: Self) -> Self {
        // SAFETY: the caller vouches for the instructions.
        unsafe { Self(_mm512_dpbusd_epi32(self.0, weights.0, values.0)) }
    }
    #[inline(always)]
    unsafe fn less(self, excess: i32) -> Zmm {
        // SAFETY: the caller vouches for the instructions.
        unsafe { Zmm(_mm512_cvtepi32_ps(_mm512_sub_epi32(self.0, _mm512_set1_epi32(excess)))) }
    }
}

/// # Safety
/// As `generic::maxout`.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
pub(super) unsafe fn maxout(layer: &Maxout, input: &[f32], stride: usize, n_rows: usize, output: &mut [f32]) {
    // SAFETY: the caller vouches for the lengths and the instructions.
    unsafe { generic::maxout::<Zmm, 8>(layer, input, stride, n_rows, output) }
}

/// # Safety
/// As `winograd::convolution`.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
pub(super) unsafe fn convolution(
    layer: &Convolution,
    input: &[f32],
    n_pairs: usize,
    combined: &mut [f32],
    output: &mut [f32],
) {
    // SAFETY: the caller vouches for the lengths and the instructions.
    unsafe { winograd::convolution::<Zmm, 8>(layer, input, n_pairs, combined, output) }
}

/// # Safety
/// As `integer::convolution`.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
pub(super) unsafe fn integer_convolution(
    layer: &IntegerConvolution,
    rounded: &RoundedRows,
    n_rows: usize,
    output: &mut [f32],
) {
    // SAFETY: the caller vouches for the lengths and the instructions.
    unsafe { integer::convolution::<ZmmBytes, 8>(layer, rounded, n_rows, output) }
}

/// # Safety
/// As `generic::linear`.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
pub(super) unsafe fn linear(
    weights: &[f32],
    bias: &[f32],
    n_inputs: usize,
    input: &[f32],
    n_rows: usize,
    output: &mut [f32],
) {
    // SAFETY: the caller vouches for the lengths and the instructions.
    unsafe { generic::linear::<Zmm, 12>(weights, bias, n_inputs, input, n_rows, output) }
}

/// # Safety
/// As `generic::normalize_and_add`.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
pub(super) unsafe fn normalize_and_add(values: &[f32], gain: &[f32], offset: &[f32], rows: &mut [f32]) {
    // SAFETY: the caller vouches for the lengths and the instructions.
    unsafe { generic::normalize_and_add::<Zmm>(values, gain, offset, rows) }
}

/// # Safety
/// As `generic::score`.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
pub(super) unsafe fn score(
    hidden_bias: &[f32],
    features: &[&[f32]],
    weights: &[f32],
    bias: &[f32],
    scores: &mut [f32],
) {
    // SAFETY: the caller vouches for the lengths and the instructions.
    unsafe { generic::score::<Zmm>(hidden_bias, features, weights, bias, scores) }
}
