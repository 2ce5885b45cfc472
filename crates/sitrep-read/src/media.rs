//! Picture, video and sound files saved beside a page: their hash, their size, and what they say of themselves.
//!
//! In: a document and its page. Out: the same media with what their files tell, where they lie in the page's own folder or came in the
//! carrier that brought the page; and thumbnails of the pictures, when they are wanted. Follows no path out of that folder, by `..`, by link or otherwise, reads no more than a limit, and keeps none of their bytes. What a file
//! says (time, place, camera) is its word, not a fact.

use std::fs::File;
use std::io::{Cursor, Read};
use std::panic::catch_unwind;
use std::path::{Component, Path, PathBuf};

use exif::{Exif, In, Tag, Value};
use sitrep_model::{Document, FileSays, Media, Page, Thumbnail, sha256_hex};

use crate::Source;
use crate::thumbnail::Album;

/// Larger files are left alone.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// Of one page no more than this is read in all.
const MOST_BYTES_OF_PAGE: u64 = 256 * 1024 * 1024;
const LONGEST_CHARS: usize = 200;

/// Looks for the media of `document` beside its `page`: in the folder of its file or export, or in the carrier that brought it, which
/// was read from `source`. Gives a thumbnail of each picture found that can be drawn, when `source` wants them.
pub fn media(document: &mut Document, page: &Page, source: &Source) -> Vec<Thumbnail> {
    let mut album = Album::of_page(source);
    let base = match page.custody.carrier.as_deref() {
        // A page in a zip file is named by its place there, any other by its address.
        Some(carrier) if carrier.kind == "zip" => carrier.record.clone(),
        Some(carrier) => carrier.url.clone().or_else(|| document.url.clone()),
        None => None,
    };
    let carried = source.saved.take(&page.path);
    if let Some(files) = carried.filter(|_| page.custody.method != "file") {
        for item in &mut document.media {
            if let Some(facts) = files.of(base.as_deref().unwrap_or_default(), &item.src) {
                tell(item, facts);
                album.take_over(files.thumbnail(facts));
            }
        }
    }
    match page.custody.method.as_str() {
        "file" => beside_file(document, Path::new(&page.path), &mut album),
        "telegram" => {
            let file = page.path.rsplit_once('#').map_or(&*page.path, |(file, _)| file);
            beside_file(document, Path::new(file), &mut album);
        }
        _ => {}
    }
    album.into_thumbnails()
}

fn beside_file(document: &mut Document, page: &Path, album: &mut Album) {
    if document.media.is_empty() {
        return;
    }
    let folder = page.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(folder) = folder.canonicalize() else { return };
    let mut left = MOST_BYTES_OF_PAGE;
    for item in &mut document.media {
        let Some(bytes) = beside(&folder, &item.src).and_then(|path| read(&path, left)) else { continue };
        left -= bytes.len() as u64;
        let facts = facts(&bytes);
        tell(item, &facts);
        album.add(&facts, &bytes);
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
pub(crate) fn unescaped(src: &str) -> Option<String> {
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

/// What a file tells.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    pub(crate) sha256: String,
    n_bytes: u64,
    width_height_px: Option<(u32, u32)>,
    says: Option<FileSays>,
    /// How the picture is to be turned and mirrored, as EXIF numbers it; 1 leaves it as it is.
    pub(crate) orientation: u8,
}

/// Looks at the bytes of a file. The parsers of its head are kept apart: a file that breaks one has only its hash and length.
pub(crate) fn facts(bytes: &[u8]) -> Facts {
    let size = catch_unwind(|| imagesize::blob_size(bytes).ok()).ok().flatten();
    let told = catch_unwind(|| {
        let read = exif::Reader::new().read_from_container(&mut Cursor::new(bytes)).ok()?;
        Some((says(&read), orientation(&read)))
    });
    let (says, orientation) = told.ok().flatten().unzip();
    let px = |side: usize| u32::try_from(side).ok();
    Facts {
        sha256: sha256_hex(bytes),
        n_bytes: bytes.len() as u64,
        width_height_px: size.and_then(|size| px(size.width).zip(px(size.height))),
        says: says.filter(|says| *says != FileSays::default()),
        orientation: orientation.flatten().unwrap_or(1),
    }
}

fn tell(item: &mut Media, facts: &Facts) {
    item.sha256 = Some(facts.sha256.clone());
    item.n_bytes = Some(facts.n_bytes);
    (item.width_px, item.height_px) = facts.width_height_px.unzip();
    item.file_says.clone_from(&facts.says);
}

fn orientation(read: &Exif) -> Option<u8> {
    let number = read.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)?;
    u8::try_from(number).ok()
}

fn says(read: &Exif) -> FileSays {
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
    FileSays {
        taken: text(Tag::DateTimeOriginal).or_else(|| text(Tag::DateTime)),
        lat: degrees(Tag::GPSLatitude, Tag::GPSLatitudeRef, "S").filter(|lat| lat.abs() <= 90.0),
        lon: degrees(Tag::GPSLongitude, Tag::GPSLongitudeRef, "W"),
        device: (!device.is_empty()).then(|| device.join(" ")),
    }
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
        let page = Page { path: saved.join("page.html").display().to_string(), ..page };
        media(&mut document, &page, &Source::default());
        let [item] = &document.media[..] else { panic!("{:?}", document.media) };
        assert_eq!((item.width_px, item.height_px, item.n_bytes), (Some(7), Some(5), Some(14)));
        assert_eq!(item.caption.as_deref(), Some("The bridge"));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
