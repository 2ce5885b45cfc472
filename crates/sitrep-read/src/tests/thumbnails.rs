//! Thumbnails of generated pictures, whole, turned, broken and far too large.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use proptest::prelude::*;
use sitrep_model::sha256_hex;

use crate::{Input, Source, pages, thumbnail};

/// Blue above, green below, and red in the upper left corner.
fn scene(width_px: u32, height_px: u32) -> RgbaImage {
    RgbaImage::from_fn(width_px, height_px, |x, y| match (x < width_px / 4, y < height_px / 4) {
        (true, true) => Rgba([220, 20, 20, 255]),
        _ if y < height_px / 2 => Rgba([90, 120, (x % 64) as u8 + 180, 255]),
        _ => Rgba([30, (y % 64) as u8 + 110, 40, 255]),
    })
}

fn packed(image: RgbaImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    DynamicImage::ImageRgba8(image).write_to(&mut out, format).unwrap();
    out.into_inner()
}

fn jpeg(image: RgbaImage) -> Vec<u8> {
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, 90).encode_image(&DynamicImage::ImageRgba8(image).to_rgb8()).unwrap();
    out
}

/// The same with a note that it is to be turned.
fn with_orientation(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let tiff = [b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", &[orientation, 0, 0, 0][..], &[0; 4]].concat();
    let length = (tiff.len() as u16 + 8).to_be_bytes();
    [&jpeg[..2], b"\xFF\xE1", &length, b"Exif\0\0", &tiff, &jpeg[2..]].concat()
}

/// Whether the spot at these hundredths of width and height is red, green or blue.
fn colour(still: &[u8], x: u32, y: u32) -> &'static str {
    let image = image::load_from_memory(still).unwrap().to_rgb8();
    let [red, green, blue] = image.get_pixel(image.width() * x / 100, image.height() * y / 100).0;
    let most = red.max(green).max(blue);
    if red == most {
        "red"
    } else if green == most {
        "green"
    } else {
        "blue"
    }
}

#[test]
fn every_kind_of_picture_gives_a_small_still() {
    let big = scene(1280, 960);
    for (what, bytes) in [
        ("jpeg", jpeg(big.clone())),
        ("png", packed(big.clone(), ImageFormat::Png)),
        ("gif", packed(scene(400, 300), ImageFormat::Gif)),
        ("webp", packed(big.clone(), ImageFormat::WebP)),
    ] {
        let still = thumbnail(&bytes).unwrap_or_else(|| panic!("{what}"));
        assert_eq!((still.width_px, still.height_px), (320, 240), "{what}");
        assert_eq!(still.sha256, sha256_hex(&bytes), "{what}: named by the file, not by the still");
        assert!(still.jpeg.len() < 30_000, "{what}: {}", still.jpeg.len());
        let spots = [colour(&still.jpeg, 10, 10), colour(&still.jpeg, 90, 10), colour(&still.jpeg, 50, 90)];
        assert_eq!(spots, ["red", "blue", "green"], "{what}");
    }
    let tall = thumbnail(&jpeg(scene(300, 1500))).unwrap();
    assert_eq!((tall.width_px, tall.height_px), (64, 320));
    let small = thumbnail(&jpeg(scene(100, 60))).unwrap();
    assert_eq!((small.width_px, small.height_px), (100, 60), "never scaled up");
    let line = thumbnail(&packed(scene(5000, 1), ImageFormat::Png)).unwrap();
    assert_eq!((line.width_px, line.height_px), (320, 1));
    assert_eq!(thumbnail(&jpeg(scene(40, 40))), None, "an icon");
}

#[test]
fn a_picture_stands_as_its_file_says() {
    let lying = jpeg(scene(640, 480));
    for (orientation, size, corner) in [(1, (320, 240), (10, 10)), (3, (320, 240), (90, 90)), (6, (240, 320), (90, 10))]
    {
        let still = thumbnail(&with_orientation(&lying, orientation)).unwrap();
        assert_eq!((still.width_px, still.height_px), size, "{orientation}");
        assert_eq!(colour(&still.jpeg, corner.0, corner.1), "red", "{orientation}");
        assert!(!still.jpeg.windows(4).any(|four| four == b"Exif"), "nothing but the look is kept");
    }
    assert!(thumbnail(&with_orientation(&lying, 77)).is_some(), "nonsense turns nothing");
}

#[test]
fn what_is_see_through_is_white() {
    let clear = packed(RgbaImage::from_pixel(64, 64, Rgba([0, 0, 0, 0])), ImageFormat::Png);
    let still = image::load_from_memory(&thumbnail(&clear).unwrap().jpeg).unwrap().to_rgb8();
    assert!(still.pixels().all(|pixel| pixel.0.iter().all(|value| *value > 250)));
}

/// The bytes of a still are part of a record, and records are the same on every machine. A newer encoder may change them; then
/// this changes with it.
#[test]
fn the_same_picture_gives_the_same_bytes() {
    let picture = jpeg(scene(1280, 960));
    let still = thumbnail(&picture).unwrap();
    assert_eq!(thumbnail(&picture), Some(still.clone()));
    assert_eq!(sha256_hex(&still.jpeg), "2be1afca4e9a45ffb070712b078c51352dee50b1aa09debbdb2743c349df4a85");
}

/// A PNG of one colour, one bit a pixel, that says it is so large: some kilobytes for any size.
fn huge_png(side_px: u32) -> Vec<u8> {
    fn chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
        let mut sum = flate2::Crc::new();
        sum.update(kind);
        sum.update(body);
        [&(body.len() as u32).to_be_bytes()[..], kind, body, &sum.sum().to_be_bytes()].concat()
    }
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let row = vec![0; side_px as usize / 8 + 1];
    (0..side_px).for_each(|_| std::io::Write::write_all(&mut packer, &row).unwrap());
    let head = [&side_px.to_be_bytes()[..], &side_px.to_be_bytes(), &[1, 0, 0, 0, 0]].concat();
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &head),
        chunk(b"IDAT", &packer.finish().unwrap()),
        chunk(b"IEND", b""),
    ]
    .concat()
}

#[test]
fn what_is_too_large_is_not_drawn() {
    assert!(thumbnail(&huge_png(1_000)).is_some());
    assert_eq!(thumbnail(&huge_png(6_000)), None);
    // Files that only say that they are large.
    let mut wide = jpeg(scene(640, 480));
    let frame = wide.windows(2).position(|two| two == b"\xFF\xC0").unwrap();
    wide[frame + 5..frame + 9].copy_from_slice(&[0xFF; 4]);
    assert_eq!(thumbnail(&wide), None);
    let mut gif = packed(scene(64, 64), ImageFormat::Gif);
    gif[6..10].copy_from_slice(&[0xFF; 4]);
    assert_eq!(thumbnail(&gif), None);
}

#[test]
fn broken_pictures_give_less_and_never_fall() {
    for bytes in [
        &b""[..],
        b"\xFF\xD8",
        b"\xFF\xD8no picture",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"RIFF\0\0\0\0WEBPVP8 ",
        b"<svg/>",
    ] {
        assert_eq!(thumbnail(bytes), None);
    }
    let whole = jpeg(scene(640, 480));
    assert!(thumbnail(&whole[..whole.len() / 2]).is_some(), "half a photo still shows half");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn changed_bytes_never_break_out(
        kind in 0_usize..4, cut in 0_usize..4_000, at in prop::collection::vec((0_usize..4_000, any::<u8>()), 1..8),
    ) {
        let format = [ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP].get(kind).copied();
        let mut bytes = format.map_or_else(|| jpeg(scene(90, 70)), |format| packed(scene(90, 70), format));
        for (place, value) in at {
            let n_bytes = bytes.len();
            bytes[place % n_bytes] = value;
        }
        bytes.truncate(bytes.len().min(4_000 - cut).max(8));
        if let Some(still) = thumbnail(&bytes) {
            prop_assert!(still.width_px.max(still.height_px) <= 320 && still.jpeg.starts_with(b"\xFF\xD8"));
        }
    }
}

#[test]
fn stills_come_with_pages_when_they_are_wanted() {
    let picture = jpeg(scene(640, 480));
    let html = "<html><body><article><h1>Column</h1><p>A column of twelve trucks crossed the bridge at Varnesh on Friday morning and went north.</p>\
        <figure><img src=\"x.jpg\"><figcaption>The bridge</figcaption></figure><p>It was closed until noon, two drivers said.</p></article></body></html>";
    let zip =
        super::papers::zipped(&[("a.html", html.as_bytes()), ("x.jpg", &picture), ("y.jpg", &jpeg(scene(320, 200)))]);
    let folder = std::env::temp_dir().join(format!("sitrep-read-{}-thumbnails", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("a.html"), html).unwrap();
    std::fs::write(folder.join("x.jpg"), &picture).unwrap();
    let inputs = [Input::Bytes("all.zip".to_owned(), zip), Input::Path(folder.join("a.html"))];
    for (input, wanted) in inputs.iter().flat_map(|input| [(input, true), (input, false)]) {
        let source = Source { inputs: vec![input.clone()], thumbnails: wanted, ..Source::default() };
        let page = pages(&source).find_map(Result::ok).unwrap();
        let mut document = crate::document(&page).value;
        let stills = crate::media(&mut document, &page, &source);
        assert_eq!(document.media[0].sha256, Some(sha256_hex(&picture)));
        let expected: Vec<_> = thumbnail(&picture).into_iter().filter(|_| wanted).collect();
        assert_eq!(stills, expected, "only what the page shows, and only when asked for");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
