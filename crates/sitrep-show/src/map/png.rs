//! The map as a picture, drawn with the fonts that come with the program: the same bytes on every machine.
//!
//! In: SVG made by this crate. Out: PNG bytes at twice the size, for print. Never reads a font or a file of the machine.

use std::sync::Arc;

use resvg::{tiny_skia, usvg};

const FONTS: [&[u8]; 3] = [
    include_bytes!("../../assets/DejaVuSans-subset.ttf"),
    include_bytes!("../../assets/DejaVuSans-Bold-subset.ttf"),
    include_bytes!("../../assets/DejaVuSans-Oblique-subset.ttf"),
];
/// A long list of places must not ask for gigabytes.
const MOST_PIXELS_HIGH: f32 = 16_000.0;

/// Why a picture could not be made.
#[derive(Debug, thiserror::Error)]
pub enum MapError {
    /// The text is not SVG the renderer reads.
    #[error("the drawing is not SVG")]
    Svg(#[from] usvg::Error),
    /// The drawing has no size a picture can have.
    #[error("the drawing is too large for a picture")]
    Size,
    /// The picture could not be written.
    #[error("the picture could not be written: {0}")]
    Encode(String),
}

/// A map made by [`svg`](super::svg) as PNG.
///
/// # Errors
/// When the text is not SVG or the picture would be too large.
pub fn png(svg: &str) -> Result<Vec<u8>, MapError> {
    let mut fonts = usvg::fontdb::Database::new();
    FONTS.iter().for_each(|font| fonts.load_font_data(font.to_vec()));
    let options =
        usvg::Options { fontdb: Arc::new(fonts), font_family: "DejaVu Sans".to_owned(), ..usvg::Options::default() };
    let tree = usvg::Tree::from_str(svg, &options)?;
    let scale = (MOST_PIXELS_HIGH / tree.size().height()).min(2.0);
    let pixels = |length: f32| (length * scale).ceil() as u32;
    let (width, height) = (pixels(tree.size().width()), pixels(tree.size().height()));
    let mut picture = tiny_skia::Pixmap::new(width, height).ok_or(MapError::Size)?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut picture.as_mut());
    picture.encode_png().map_err(|error| MapError::Encode(error.to_string()))
}
