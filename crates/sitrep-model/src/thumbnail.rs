//! A small still of a picture that a page showed.
//!
//! In: what `read` drew. Out: [`Thumbnail`]. Has no JSON: it is for people to look at, and no export holds it.

/// A small still of a picture file, drawn anew from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thumbnail {
    /// SHA-256 of the picture file it shows, 64 hex digits.
    pub sha256: String,
    /// Its own width, not the file's.
    pub width_px: u32,
    /// Its own height, not the file's.
    pub height_px: u32,
    /// The still itself, as JPEG.
    pub jpeg: Vec<u8>,
}
