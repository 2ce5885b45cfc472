//! Pictures that came with their pages: in archives, saved pages, letters, zip files, folders and exports.

use std::fs;

use flate2::Compression;
use flate2::write::GzEncoder;
use sitrep_model::{Document, Media, sha256_hex};

use crate::{Input, Source, Stream, pages};

/// A picture of 7 by 5 pixels whose file says when, where and with what it was taken.
fn jpeg() -> Vec<u8> {
    let mut out = b"\xFF\xD8".to_vec();
    let tiff = exif();
    out.extend(b"\xFF\xE1");
    out.extend(((tiff.len() + 8) as u16).to_be_bytes());
    out.extend(b"Exif\0\0");
    out.extend(&tiff);
    out.extend(b"\xFF\xC0\x00\x0B\x08\x00\x05\x00\x07\x01\x01\x11\x00");
    out.extend(b"\xFF\xDA\x00\x08\x01\x01\x00\x00\x3F\x00\x00\xFF\xD9");
    out
}

/// Four lists of fields, each behind the other, and behind each list what does not fit in it.
fn exif() -> Vec<u8> {
    fn list(at: usize, fields: &[(u16, u16, u32, Vec<u8>)]) -> Vec<u8> {
        let mut out = (fields.len() as u16).to_le_bytes().to_vec();
        let mut behind: Vec<u8> = Vec::new();
        let behind_at = at + 2 + fields.len() * 12 + 4;
        for (tag, kind, count, value) in fields {
            out.extend(tag.to_le_bytes());
            out.extend(kind.to_le_bytes());
            out.extend(count.to_le_bytes());
            if value.len() <= 4 {
                out.extend(value);
                out.extend(std::iter::repeat_n(0, 4 - value.len()));
            } else {
                out.extend(((behind_at + behind.len()) as u32).to_le_bytes());
                behind.extend(value);
            }
        }
        out.extend([0; 4]);
        out.extend(behind);
        out
    }
    let text = |words: &str| (words.len() as u32 + 1, [words.as_bytes(), b"\0"].concat());
    let field = |tag: u16, words: &str| {
        let (count, value) = text(words);
        (tag, 2, count, value)
    };
    let ratios = |parts: [u32; 3]| -> Vec<u8> {
        parts.iter().flat_map(|n| [n.to_le_bytes(), 1_u32.to_le_bytes()].concat()).collect()
    };
    let pointer = |tag: u16, at: usize| (tag, 4, 1, (at as u32).to_le_bytes().to_vec());
    let first = |taken_at, place_at| {
        vec![field(0x010F, "Lumen"), field(0x0110, "Field 3"), pointer(0x8769, taken_at), pointer(0x8825, place_at)]
    };
    let taken = vec![field(0x9003, "2031:05:09 06:10:00")];
    let place = vec![
        field(0x0001, "S"),
        (0x0002, 5, 3, ratios([34, 30, 36])),
        field(0x0003, "E"),
        (0x0004, 5, 3, ratios([40, 15, 0])),
    ];
    let taken_at = 8 + list(8, &first(0, 0)).len();
    let place_at = taken_at + list(taken_at, &taken).len();
    let lists = [list(8, &first(taken_at, place_at)), list(taken_at, &taken), list(place_at, &place)].concat();
    [b"II*\0\x08\0\0\0".to_vec(), lists].concat()
}

fn page(src: &str) -> String {
    format!(
        "<html><head><title>Column</title></head><body><article><h1>Column at the bridge</h1><p>A column of twelve trucks crossed the bridge at Varnesh on Friday morning \
        and went north, its mayor said.</p><figure><img src=\"{src}\"><figcaption>Trucks on the bridge. Photo: Ana Tarn</figcaption></figure>\
        <p>The bridge was closed until noon, two drivers who had waited there since the night said.</p></article></body></html>"
    )
}

fn documents(source: &Source) -> Vec<Document> {
    pages(source)
        .flatten()
        .map(|page| {
            let mut document = crate::document(&page).value;
            crate::media(&mut document, &page, source);
            document
        })
        .collect()
}

fn of_bytes(name: &str, bytes: Vec<u8>) -> Vec<Document> {
    documents(&Source { inputs: vec![Input::Bytes(name.to_owned(), bytes)], ..Source::default() })
}

/// The page's words about the picture and the file's own, side by side and apart.
fn check(documents: &[Document], what: &str) {
    let with: Vec<&Media> = documents.iter().flat_map(|document| &document.media).collect();
    let [item] = with[..] else { panic!("{what}: {documents:?}") };
    assert_eq!(item.sha256.as_deref(), Some(sha256_hex(&jpeg()).as_str()), "{what}: {item:?}");
    assert_eq!((item.width_px, item.height_px, item.n_bytes), (Some(7), Some(5), Some(jpeg().len() as u64)), "{what}");
    assert!(item.caption.as_deref().is_some_and(|it| it.contains("Trucks on the bridge")), "{what}: {item:?}");
    assert_eq!(item.credit.as_deref(), Some("Ana Tarn"), "{what}");
    check_file(item);
}

fn check_file(item: &Media) {
    let says = item.file_says.clone().unwrap();
    assert_eq!(says.taken.as_deref(), Some("2031:05:09 06:10:00"));
    assert!((says.lat.unwrap() + 34.51).abs() < 1e-6 && (says.lon.unwrap() - 40.25).abs() < 1e-6);
    assert_eq!(says.device.as_deref(), Some("Lumen Field 3"));
}

fn record(url: &str, kind: &str, body: &[u8]) -> Vec<u8> {
    let answer = [format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n").as_bytes(), body].concat();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-05-09T10:00:00Z\r\nContent-Length: {}\r\n\r\n",
        answer.len()
    );
    [head.as_bytes(), &answer, b"\r\n\r\n"].concat()
}

/// The page first and its picture after it, as crawlers write them.
fn archive() -> Vec<u8> {
    [
        record("https://courier.example/news/bridge", "text/html", page("/pics/a%20b.jpg?w=7").as_bytes()),
        record("https://courier.example/pics/a%20b.jpg?w=7", "image/jpeg", &jpeg()),
        record("https://courier.example/pics/other.jpg", "image/jpeg", b"\xFF\xD8no picture"),
    ]
    .concat()
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    std::io::Write::write_all(&mut packer, bytes).unwrap();
    packer.finish().unwrap()
}

#[test]
fn pictures_of_web_archives() {
    check(&of_bytes("c.warc", archive()), "warc");
    check(&of_bytes("c.warc.gz", gz(&archive())), "warc.gz");
    let halves = [&archive()[..], &[]].concat();
    let (pages, pictures) = halves.split_at(
        record("https://courier.example/news/bridge", "text/html", page("/pics/a%20b.jpg?w=7").as_bytes()).len(),
    );
    // The picture may stand in another archive of the same WACZ.
    let wacz = super::papers::zipped(&[
        ("archive/a.warc", pages),
        ("archive/b.warc.gz", &gz(pictures)),
        ("datapackage.json", b"{}"),
    ]);
    check(&of_bytes("c.wacz", wacz), "wacz");
}

#[test]
fn a_broken_picture_has_its_hash_and_no_more() {
    let whole = jpeg();
    for n in 1..whole.len() {
        let mut bytes = whole.clone();
        bytes[n] ^= 0xFF;
        crate::media::facts(&bytes);
        crate::media::facts(&whole[..n]);
    }
    let broken = crate::media::facts(b"\xFF\xD8no picture");
    assert!(format!("{broken:?}").contains("width_height_px: None, says: None"), "{broken:?}");
}

#[test]
fn an_archive_from_a_pipe_is_read_and_says_that_its_pictures_are_not() {
    let stream = Stream::of(std::io::Cursor::new(archive()));
    let source = Source { inputs: vec![Input::Stream("stdin".to_owned(), stream)], ..Source::default() };
    let found: Vec<_> = pages(&source).collect();
    assert_eq!(found.iter().filter(|item| item.is_ok()).count(), 1);
    let said: Vec<String> = found.iter().filter_map(|item| item.as_ref().err()).map(ToString::to_string).collect();
    assert!(said[0].contains("comes through a pipe"), "{said:?}");
}

#[test]
fn pictures_of_saved_pages_and_letters() {
    let base64 = |bytes: &[u8]| -> String {
        const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let group = |part: &[u8]| -> String {
            let bits = part.iter().fold(0_u32, |bits, b| bits << 8 | u32::from(*b)) << (8 * (3 - part.len()));
            let sign =
                |i: usize| if i <= part.len() { SIGNS[(bits >> (18 - 6 * i)) as usize & 63] as char } else { '=' };
            (0..4).map(sign).collect()
        };
        bytes.chunks(3).map(group).collect()
    };
    let parts = |src: &str, named: &str| {
        format!(
            "MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\n\
            Content-Location: https://courier.example/news/bridge\r\n\r\n{}\r\n--b\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n{named}\r\n\r\n{}\r\n--b--\r\n",
            page(src),
            base64(&jpeg())
        )
    };
    let mhtml = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://courier.example/news/bridge\r\nSubject: Column\r\n{}",
        parts("../pics/a.jpg", "Content-Location: https://courier.example/pics/a.jpg")
    );
    check(&of_bytes("page.mhtml", mhtml.into_bytes()), "mhtml");
    let letter = format!(
        "From: Ana <ana@x.example>\r\nMessage-ID: <1@x>\r\nSubject: Column\r\n{}",
        parts("cid:p1@x", "Content-ID: <p1@x>")
    );
    check(&of_bytes("letter.eml", letter.clone().into_bytes()), "eml");
    check(&of_bytes("box.mbox", format!("From a\r\n{letter}").into_bytes()), "mbox");
    let zip = super::papers::zipped(&[
        ("saved/a.html", page("./a_files/x.jpg").as_bytes()),
        ("saved/a_files/x.jpg", &jpeg()),
        ("other/a_files/x.jpg", b"\xFF\xD8no picture"),
    ]);
    check(&of_bytes("all.zip", zip), "zip");
}

#[test]
fn pictures_in_folders_and_exports() {
    let root = std::env::temp_dir().join(format!("sitrep-read-{}-media", std::process::id()));
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(root.join("a_files")).unwrap();
    fs::create_dir_all(root.join("photos")).unwrap();
    fs::write(root.join("a.html"), page("a_files/x.jpg")).unwrap();
    fs::write(root.join("a_files/x.jpg"), jpeg()).unwrap();
    fs::write(root.join("a_files/frame.html"), "<p>Buy this now, it is cheap.").unwrap();
    // What a browser saved beside the page is no page of its own, and no word is lost on it.
    let source = Source::of_paths([&root]);
    assert_eq!(pages(&source).count(), 1);
    check(&documents(&source), "folder");
    fs::remove_file(root.join("a.html")).unwrap();
    fs::remove_dir_all(root.join("a_files")).unwrap();
    fs::write(root.join("photos/p1.jpg"), jpeg()).unwrap();
    let export = r#"{"name": "Watch", "type": "public_channel", "id": 1, "messages": [{"id": 3, "type": "message", "date": "2031-05-10T12:00:00", "photo": "photos/p1.jpg", "text": "Column of 12 trucks on the north road."}]}"#;
    fs::write(root.join("result.json"), export).unwrap();
    let found = documents(&Source::of_paths([root.join("result.json")]));
    check_file(&found[0].media[0]);
    fs::remove_dir_all(&root).unwrap();
}
