//! Picture, video and sound files saved beside a page: their hash, their size, and what they say of themselves.
//!
//! In: a document and the path of its page. Out: the same media with what their files tell, where they lie in the page's own folder.
//! Follows no path out of that folder, by `..`, by link or otherwise, reads no more than a limit, and keeps no bytes. What a file
//! says (time, place, camera) is its word, not a fact.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Component, Path, PathBuf};

use exif::{In, Tag, Value};
use sitrep_model::{Document, FileSays, Media, sha256_hex};

/// Larger files are left alone.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// Of one page no more than this is read in all.
const MOST_BYTES_OF_PAGE: u64 = 256 * 1024 * 1024;
const LONGEST_CHARS: usize = 200;

/// Looks for the media of `document` beside the file at `page`.
pub fn media(document: &mut Document, page: &Path) {
    let folder = page.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(folder) = folder.canonicalize() else { return };
    let mut left = MOST_BYTES_OF_PAGE;
    for item in &mut document.media {
        let Some(bytes) = beside(&folder, &item.src).and_then(|path| read(&path, left)) else { continue };
        left -= bytes.len() as u64;
        tell(item, &bytes);
    }
}

/// The file that `src` names, if it lies in `folder`.
fn beside(folder: &Path, src: &str) -> Option<PathBuf> {
    if src.contains("://") || src.starts_with(['/', '\\']) {
        return None;
    }
    let src = src.split(['?', '#']).next().unwrap_or_default();
    let path = PathBuf::from(unescaped(src)?);
    let is_inside = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    if !path.components().all(is_inside) {
        return None;
    }
    // Links are followed first and judged by where they lead.
    let real = folder.join(path).canonicalize().ok()?;
    real.starts_with(folder).then_some(real)
}

/// `%20` and the like as the bytes they stand for; `None` when that is no text or holds a NUL.
fn unescaped(src: &str) -> Option<String> {
    let bytes = src.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| src.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).ok().filter(|text| !text.contains('\0'))
}

fn read(path: &Path, left: u64) -> Option<Vec<u8>> {
    let most = MOST_BYTES.min(left);
    let about = path.metadata().ok()?;
    if !about.is_file() || about.len() > most {
        return None;
    }
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(most).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

fn tell(item: &mut Media, bytes: &[u8]) {
    item.sha256 = Some(sha256_hex(bytes));
    item.n_bytes = Some(bytes.len() as u64);
    if let Ok(size) = imagesize::blob_size(bytes) {
        item.width_px = u32::try_from(size.width).ok();
        item.height_px = u32::try_from(size.height).ok();
    }
    item.file_says = says(bytes).filter(|says| *says != FileSays::default());
}

fn says(bytes: &[u8]) -> Option<FileSays> {
    let read = exif::Reader::new().read_from_container(&mut Cursor::new(bytes)).ok()?;
    let text = |tag: Tag| {
        let Value::Ascii(lines) = &read.get_field(tag, In::PRIMARY)?.value else { return None };
        let text: String = String::from_utf8_lossy(lines.first()?).trim().chars().take(LONGEST_CHARS).collect();
        (!text.is_empty()).then_some(text)
    };
    let degrees = |tag: Tag, side: Tag, negative: &str| {
        let Value::Rational(parts) = &read.get_field(tag, In::PRIMARY)?.value else { return None };
        let [whole, minutes, seconds] = parts.get(..3)? else { return None };
        let degrees = whole.to_f64() + minutes.to_f64() / 60.0 + seconds.to_f64() / 3600.0;
        let is_negative = text(side).is_some_and(|side| side.eq_ignore_ascii_case(negative));
        (degrees.is_finite() && degrees <= 180.0).then_some(if is_negative { -degrees } else { degrees })
    };
    let device: Vec<String> = [Tag::Make, Tag::Model].into_iter().filter_map(text).collect();
    Some(FileSays {
        taken: text(Tag::DateTimeOriginal).or_else(|| text(Tag::DateTime)),
        lat: degrees(Tag::GPSLatitude, Tag::GPSLatitudeRef, "S").filter(|lat| lat.abs() <= 90.0),
        lon: degrees(Tag::GPSLongitude, Tag::GPSLongitudeRef, "W"),
        device: (!device.is_empty()).then(|| device.join(" ")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let folder = std::env::temp_dir().join(format!("sitrep-media-{}", std::process::id()));
        let inner = folder.join("saved/page_files");
        std::fs::create_dir_all(&inner).unwrap();
        std::fs::write(folder.join("secret.gif"), b"GIF89a\x07\0\x05\0\0\0\0;").unwrap();
        std::fs::write(inner.join("a b.gif"), b"GIF89a\x07\0\x05\0\0\0\0;").unwrap();
        let saved = folder.join("saved").canonicalize().unwrap();
        assert!(beside(&saved, "./page_files/a%20b.gif?x=1").is_some());
        let outside = folder.join("secret.gif").display().to_string();
        for src in [
            "../secret.gif",
            "page_files/../../secret.gif",
            "%2e%2e/secret.gif",
            &outside,
            "file:///etc/passwd",
            "a\0b",
            "none.gif",
        ] {
            assert!(beside(&saved, src).is_none(), "{src}");
        }
        #[cfg(unix)]
        {
            let _ = std::os::unix::fs::symlink("../../secret.gif", inner.join("link.gif"));
            assert!(beside(&saved, "page_files/link.gif").is_none());
        }
        let page = sitrep_model::PageMeta::default();
        let html = "<html><body><article><p>Shells fell on the town of Ostrel at noon on Monday, its mayor said, and the bridge is \
            closed to all.</p><figure><img src='page_files/a%20b.gif'><figcaption>The bridge</figcaption></figure></article>";
        let page = crate::page_of("page.html", sitrep_model::MediaType::Html, html.into(), page, "file");
        let mut document = crate::document(&page).value;
        media(&mut document, &saved.join("page.html"));
        let [item] = &document.media[..] else { panic!("{:?}", document.media) };
        assert_eq!((item.width_px, item.height_px, item.n_bytes), (Some(7), Some(5), Some(14)));
        assert_eq!(item.caption.as_deref(), Some("The bridge"));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
