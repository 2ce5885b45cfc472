//! The kernels on NEON: four floats a register.
//!
//! In: as `generic`. Out: the same bits as `scalar`. Every function here needs a processor with these instructions.

use std::arch::aarch64::{
    float32x4_t, vaddq_f32, vbslq_f32, vcgtq_f32, vdupq_n_f32, vfmaq_f32, vld1q_f32, vmulq_f32, vst1q_f32, vsubq_f32,
};

use super::{Convolution, Maxout, generic, winograd};
use generic::Vector;

#[derive(Clone, Copy)]
struct Quad(float32x4_t);

// SAFETY: each method is the intrinsic of its name; loads and stores touch 4 floats, unaligned.
unsafe impl Vector for Quad {
    const LANES: usize = 4;
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: the caller vouches for the instructions and the pointer.
        unsafe { Self(vld1q_f32(from)) }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: the caller vouches for the instructions and the pointer.
        unsafe { vst1q_f32(to, self.0) }
    }
    #[inline(always)]
    unsafe fn splat(value: f32) -> Self {
        // SAFETY: the caller vouches for the instructions.
        unsafe { Self(vdupq_n_f32(value)) }
    }
    #[inline(always)]
    unsafe fn mul_add(self, factor: Self, addend: Self) -> Self {
        // SAFETY: the caller vouches for the instructions.
        unsafe { Self(vfmaq_f32(addend.0, self.0, factor.0)) }
    }
    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        // SAFETY: the caller vouches for the instructions.
        unsafe { Self(vaddq_f32(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn sub(self, other: Self) -> Self {
        // SAFETY: the caller vouches for the instructions.
        unsafe { Self(vsubq_f32(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn mul(self, other: Self) -> Self {
        // SAFETY: the caller vouches for the instructions.
        unsafe { Self(vmulq_f32(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn max(self, other: Self) -> Self {
        // SAFETY: the caller vouches for the instructions.
        unsafe { Self(vbslq_f32(vcgtq_f32(self.0, other.0), self.0, other.0)) }
    }
}

/// # Safety
/// As `generic::maxout`.
#[target_feature(enable = "neon")]
pub(super) unsafe fn maxout(layer: &Maxout, input: &[f32], stride: usize, n_rows: usize, output: &mut [f32]) {
    // SAFETY: the caller vouches for the lengths and the instructions.
    unsafe { generic::maxout::<Quad, 8>(layer, input, stride, n_rows, output) }
}

/// # Safety
/// As `winograd::convolution`.
#[target_feature(enable = "neon")]
pub(super) unsafe fn convolution(
    layer: &Convolution,
    input: &[f32],
    n_pairs: usize,
    combined: &mut [f32],
    output: &mut [f32],
) {
    // SAFETY: the caller vouches for the lengths and the instructions.
    unsafe { winograd::convolution::<Quad, 8>(layer, input, n_pairs, combined, output) }
}

/// # Safety
/// As `generic::linear`.
#[target_feature(enable = "neon")]
pub(super) unsafe fn linear(
    weights: &[f32],
    bias: &[f32],
    n_inputs: usize,
    input: &[f32],
    n_rows: usize,
    output: &mut [f32],
) {
    // SAFETY: the caller vouches for the lengths and the instructions.
    unsafe { generic::linear::<Quad, 8>(weights, bias, n_inputs, input, n_rows, output) }
}

/// # Safety
/// As `generic::normalize_and_add`.
#[target_feature(enable = "neon")]
pub(super) unsafe fn normalize_and_add(values: &[f32], gain: &[f32], offset: &[f32], rows: &mut [f32]) {
    // SAFETY: the caller vouches for the lengths and the instructions.
    unsafe { generic::normalize_and_add::<Quad>(values, gain, offset, rows) }
}

/// # Safety
/// As `generic::score`.
#[target_feature(enable = "neon")]
pub(super) unsafe fn score(
    hidden_bias: &[f32],
    features: &[&[f32]],
    weights: &[f32],
    bias: &[f32],
    scores: &mut [f32],
) {
    // SAFETY: the caller vouches for the lengths and the instructions.
    unsafe { generic::score::<Quad>(hidden_bias, features, weights, bias, scores) }
}
