//! Small stills of picture files, for people who look into a record.
//!
//! In: the bytes of a picture (JPEG, PNG, GIF, WebP). Out: a [`Thumbnail`], drawn anew, so that nothing of the file but its look gets
//! into it; the same bytes give the same still on every machine. A picture that is broken, tiny or huge has none. Never scales up.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, PoisonError};

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, RgbImage};
use sitrep_model::Thumbnail;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::Source;
use crate::media::{Facts, facts};

const LONGEST_SIDE_PX: u32 = 320;
/// What is smaller than this on both sides is an icon.
const LEAST_SIDE_PX: u32 = 48;
/// A picture of more pixels is not drawn, and no more than these are being drawn at one time.
const MOST_PIXELS: u64 = 25_000_000;
const MOST_BYTES_A_PIXEL: u64 = 4;
/// A picture that sharpens as it loads comes in ten or so; each costs a walk over all of it.
const MOST_SCANS: usize = 32;
const QUALITY: u8 = 75;

/// Pixels drawn, and bytes of stills kept, for one page.
const OF_PAGE: (u64, usize) = (500_000_000, 16 * 1024 * 1024);
/// The same for an archive of many pages.
const OF_ARCHIVE: (u64, usize) = (5_000_000_000, 32 * 1024 * 1024);

/// The still of one picture; `None` when `bytes` are none that can be drawn.
#[must_use]
pub fn thumbnail(bytes: &[u8]) -> Option<Thumbnail> {
    let mut album = Album::within(OF_PAGE);
    album.add(&facts(bytes), bytes);
    album.into_thumbnails().pop()
}

/// Stills by the hash of their file, and what may still be spent on more.
#[derive(Debug)]
pub(crate) struct Album {
    pixels_left: u64,
    bytes_left: usize,
    stills: BTreeMap<String, Thumbnail>,
}

impl Album {
    /// For the pictures of one page; stays empty when `source` wants none.
    pub(crate) fn of_page(source: &Source) -> Album {
        Album::within(if source.thumbnails { OF_PAGE } else { (0, 0) })
    }

    /// For the pictures of an archive; stays empty when `source` wants none.
    pub(crate) fn of_archive(source: &Source) -> Album {
        Album::within(if source.thumbnails { OF_ARCHIVE } else { (0, 0) })
    }

    fn within((pixels_left, bytes_left): (u64, usize)) -> Album {
        Album { pixels_left, bytes_left, stills: BTreeMap::new() }
    }

    /// Draws the picture in `bytes`, of which `facts` are known.
    pub(crate) fn add(&mut self, facts: &Facts, bytes: &[u8]) {
        if self.pixels_left == 0 || self.bytes_left == 0 || self.stills.contains_key(&facts.sha256) {
            return;
        }
        // The decoders are other people's: one that falls over costs this still only.
        let drawn = catch_unwind(AssertUnwindSafe(|| drawn(bytes, facts.orientation, &mut self.pixels_left)));
        let Some((width_px, height_px, jpeg)) = drawn.ok().flatten() else { return };
        self.bytes_left = self.bytes_left.saturating_sub(jpeg.len());
        let sha256 = facts.sha256.clone();
        self.stills.insert(sha256.clone(), Thumbnail { sha256, width_px, height_px, jpeg });
    }

    /// Keeps a still that was drawn before.
    pub(crate) fn take_over(&mut self, still: Option<&Thumbnail>) {
        if let Some(still) = still {
            self.stills.entry(still.sha256.clone()).or_insert_with(|| still.clone());
        }
    }

    /// The still of the file that says so.
    pub(crate) fn of(&self, facts: &Facts) -> Option<&Thumbnail> {
        self.stills.get(&facts.sha256)
    }

    /// All of them, by hash.
    pub(crate) fn into_thumbnails(self) -> Vec<Thumbnail> {
        self.stills.into_values().collect()
    }
}

/// Width, height and bytes of the still.
fn drawn(bytes: &[u8], orientation: u8, pixels_left: &mut u64) -> Option<(u32, u32, Vec<u8>)> {
    let mut small = match image::guess_format(bytes).ok()? {
        ImageFormat::Jpeg => of_jpeg(bytes, pixels_left)?,
        format @ (ImageFormat::Png | ImageFormat::Gif | ImageFormat::WebP) => of_other(bytes, format, pixels_left)?,
        _ => return None,
    };
    if let Some(turned) = Orientation::from_exif(orientation) {
        small.apply_orientation(turned);
    }
    let small = on_white(&small);
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY).encode_image(&small).ok()?;
    Some((small.width(), small.height(), jpeg))
}

fn of_jpeg(bytes: &[u8], pixels_left: &mut u64) -> Option<DynamicImage> {
    // Without the processor's own instructions, which need not round alike on all kinds. A file cut short is shown as far as it goes.
    let options = DecoderOptions::default()
        .set_use_unsafe(false)
        .set_strict_mode(false)
        .jpeg_set_max_scans(MOST_SCANS)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    let info = decoder.info()?;
    let (width_px, height_px) = (u32::from(info.width), u32::from(info.height));
    let _turn = Turn::at(width_px, height_px, pixels_left)?;
    let whole = RgbImage::from_raw(width_px, height_px, decoder.decode().ok()?)?;
    Some(shrunk(DynamicImage::ImageRgb8(whole)))
}

fn of_other(bytes: &[u8], format: ImageFormat, pixels_left: &mut u64) -> Option<DynamicImage> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_PIXELS * MOST_BYTES_A_PIXEL);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let decoder = reader.into_decoder().ok()?;
    let (width_px, height_px) = decoder.dimensions();
    let _turn = Turn::at(width_px, height_px, pixels_left)?;
    if decoder.total_bytes() > MOST_PIXELS * MOST_BYTES_A_PIXEL {
        return None;
    }
    Some(shrunk(DynamicImage::from_decoder(decoder).ok()?))
}

fn shrunk(whole: DynamicImage) -> DynamicImage {
    if whole.width().max(whole.height()) <= LONGEST_SIDE_PX {
        return whole;
    }
    match &whole {
        // Nearly every picture; what fits any kind takes three times as long.
        DynamicImage::ImageRgb8(rgb) => DynamicImage::ImageRgb8(averaged(rgb)),
        other => other.thumbnail(LONGEST_SIDE_PX, LONGEST_SIDE_PX),
    }
}

/// Every pixel of the still is the mean of those it stands for.
fn averaged(whole: &RgbImage) -> RgbImage {
    let (from_width, from_height) = (whole.width() as usize, whole.height() as usize);
    let longest = from_width.max(from_height);
    let side = |from: usize| (from * LONGEST_SIDE_PX as usize).div_ceil(longest);
    let (width, height) = (side(from_width), side(from_height));
    let mut out = Vec::with_capacity(width * height * 3);
    let mut sums = vec![[0_u32; 3]; width];
    for y in 0..height {
        let rows = y * from_height / height..(y + 1) * from_height / height;
        sums.fill([0; 3]);
        for row in rows.clone().filter_map(|row| whole.get(row * from_width * 3..(row + 1) * from_width * 3)) {
            for (x, sum) in sums.iter_mut().enumerate() {
                let columns = x * from_width / width * 3..(x + 1) * from_width / width * 3;
                for pixel in row[columns].chunks_exact(3) {
                    sum.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += u32::from(*value));
                }
            }
        }
        for (x, sum) in sums.iter().enumerate() {
            let n_pixels = (rows.len() * ((x + 1) * from_width / width - x * from_width / width)).max(1) as u32;
            out.extend(sum.map(|sum| ((sum + n_pixels / 2) / n_pixels) as u8));
        }
    }
    RgbImage::from_raw(width as u32, height as u32, out).unwrap_or_default()
}

/// What is see-through shows white paper.
fn on_white(image: &DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.to_rgb8();
    }
    let mut out = RgbImage::new(image.width(), image.height());
    for (pixel, over) in out.pixels_mut().zip(image.to_rgba8().pixels()) {
        let alpha = u32::from(over[3]);
        for (channel, value) in pixel.0.iter_mut().zip(over.0) {
            *channel = ((u32::from(value) * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
        }
    }
    out
}

/// Pixels being drawn now, by all threads together.
static UNDER_WAY: (Mutex<u64>, Condvar) = (Mutex::new(0), Condvar::new());

/// The right to draw so many pixels, given back when it is dropped.
struct Turn(u64);

impl Turn {
    /// Waits until there is room; `None` for a picture that is not to be drawn.
    fn at(width_px: u32, height_px: u32, pixels_left: &mut u64) -> Option<Turn> {
        let n_pixels = u64::from(width_px) * u64::from(height_px);
        let is_icon = width_px.max(height_px) < LEAST_SIDE_PX;
        if is_icon || n_pixels == 0 || n_pixels > MOST_PIXELS.min(*pixels_left) {
            return None;
        }
        *pixels_left -= n_pixels;
        let (under_way, moved) = &UNDER_WAY;
        let held = under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let room = moved.wait_while(held, |now| *now > 0 && *now + n_pixels > MOST_PIXELS);
        *room.unwrap_or_else(PoisonError::into_inner) += n_pixels;
        Some(Turn(n_pixels))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let (under_way, moved) = &UNDER_WAY;
        *under_way.lock().unwrap_or_else(PoisonError::into_inner) -= self.0;
        moved.notify_all();
    }
}
