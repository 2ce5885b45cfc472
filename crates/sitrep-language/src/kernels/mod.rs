//! The numeric kernels: matrix products, maxout, layer normalisation and transition scores.
//!
//! In: packed weights and rows of numbers. Out: rows of numbers that are equal bit by bit on every [`Level`], because each
//! output sums its products in one fixed order with fused multiply-adds, and reductions over a row use sixteen fixed lanes.
//! This folder holds all `unsafe` code of the project; the functions here check every length before they call it.
#![allow(unsafe_code)]

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod convolution;
mod float;
mod generic;
mod integer;
#[cfg(target_arch = "aarch64")]
mod neon;
mod scalar;
#[cfg(test)]
mod tests;
mod winograd;

pub(crate) use convolution::Convolution;
pub(crate) use float::{Linear, Maxout, Norm, Scorer};
pub(crate) use integer::{IntegerConvolution, RoundedRows};

/// Numbers per token that every encoder layer takes and gives.
pub(crate) const WIDTH: usize = 96;
/// Pieces a maxout unit chooses from, in the encoders.
pub(crate) const PIECES: usize = 3;
/// Units of the transition scorers' hidden layer; each is the larger of two pieces.
pub(crate) const HIDDEN: usize = 64;

/// The instruction set the kernels run on. Can only be made for a processor that has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Level(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "x86_64"), allow(dead_code))]
enum Kind {
    /// Plain Rust. The oracle of the tests, and the fallback: right everywhere, slow without a fused multiply-add.
    Scalar,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX-512 F, BW, VL and VNNI together (Ice Lake, Zen 4 and later); older AVX-512 processors take AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx512,
    #[cfg(target_arch = "aarch64")]
    Neon,
}

impl Level {
    /// The plain level that every processor has.
    pub(crate) const SCALAR: Level = Level(Kind::Scalar);

    /// Every level this processor has, slowest first.
    pub(crate) fn supported() -> Vec<Level> {
        #[allow(unused_mut)]
        let mut levels = vec![Level::SCALAR];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                levels.push(Level(Kind::Avx2));
                if is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512vl")
                    && is_x86_feature_detected!("avx512vnni")
                {
                    levels.push(Level(Kind::Avx512));
                }
            }
        }
        #[cfg(target_arch = "aarch64")]
        if std::arch::is_aarch64_feature_detected!("neon") {
            levels.push(Level(Kind::Neon));
        }
        levels
    }

    /// The fastest level this processor has.
    pub(crate) fn best() -> Level {
        Level::supported().pop().unwrap_or(Level::SCALAR)
    }

    /// The name of the instruction set, for people.
    pub(crate) fn name(self) -> &'static str {
        match self.0 {
            Kind::Scalar => "scalar",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => "AVX2 + FMA",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512 => "AVX-512 + VNNI",
            #[cfg(target_arch = "aarch64")]
            Kind::Neon => "NEON",
        }
    }

    /// Floats in one register.
    fn lanes(self) -> usize {
        match self.0 {
            Kind::Scalar => 8,
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => 8,
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512 => 16,
            #[cfg(target_arch = "aarch64")]
            Kind::Neon => 4,
        }
    }

    /// 32-bit sums in one register of the integer kernels.
    fn byte_lanes(self) -> usize {
        self.lanes().max(8)
    }
}
