//! The map: events, relative places as shapes, and who asserts control, over outlines of countries and rivers.
//!
//! In: contents, already filtered, and outlines. Out: SVG text; PNG bytes from it. Never puts a point where a claim gave only a
//! relation or several candidates, never fills the land between towns.

use jiff::civil::Date;
use sitrep_model::{Contents, ControlAnswer, Outlines};

/// How to draw.
#[derive(Debug, Clone, Copy)]
pub struct MapOptions<'a> {
    /// Only events that may have happened on this day; control as asserted by it.
    pub on: Option<Date>,
    /// The title; the period when absent.
    pub title: Option<&'a str>,
    /// Asserted control of places, drawn where the contents locate the place.
    pub control: &'a [ControlAnswer],
    /// Width of the picture in pixels.
    pub width_px: u32,
}

impl Default for MapOptions<'_> {
    fn default() -> Self {
        MapOptions { on: None, title: None, control: &[], width_px: 1200 }
    }
}

/// Why a picture could not be made.
#[cfg(feature = "png")]
#[derive(Debug, thiserror::Error)]
pub enum MapError {
    /// The SVG is not one the renderer reads.
    #[error("the drawing could not be read")]
    Svg(#[from] resvg::usvg::Error),
    /// The picture is too large or could not be written.
    #[error("the picture could not be made: {0}")]
    Picture(String),
}

/// The map as SVG, self-contained: no scripts, no styles, no references.
#[must_use]
pub fn svg(contents: &Contents, outlines: &Outlines, options: &MapOptions<'_>) -> String {
    let _ = (contents, outlines, options);
    String::new()
}

/// A map made by [`svg`] as PNG, drawn with the font that comes with the program.
///
/// # Errors
/// When the text is not SVG or the picture is too large.
#[cfg(feature = "png")]
pub fn png(svg: &str) -> Result<Vec<u8>, MapError> {
    let _ = svg;
    Ok(Vec::new())
}
