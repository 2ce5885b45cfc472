//! Small files that unpack to a great deal, and pages without end: each costs bounded time and memory, and is told by name.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use sitrep_model::MediaType;

use super::check_promises;
use crate::{Input, Source, pages};

const MIB: usize = 1024 * 1024;

/// Writes `n_mib` times a MiB of `byte` to a packer.
fn fill(mut packer: impl std::io::Write, byte: u8, n_mib: usize) {
    let block = vec![byte; MIB];
    for _ in 0..n_mib {
        packer.write_all(&block).unwrap();
    }
}

fn gz_of(byte: u8, n_mib: usize) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    fill(&mut packer, byte, n_mib);
    packer.finish().unwrap()
}

/// A zip file of deflated files; each says that it unpacks to `claims_bytes`.
fn zip_of(files: &[(&str, Vec<u8>)], claims_bytes: u32) -> Vec<u8> {
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for (name, packed) in files {
        let at = out.len() as u32;
        let mut facts = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        facts.extend((packed.len() as u32).to_le_bytes());
        facts.extend(claims_bytes.to_le_bytes());
        facts.extend((name.len() as u16).to_le_bytes());
        out.extend([b"PK\x03\x04", &facts[..], &[0, 0], name.as_bytes(), packed].concat());
        list.extend([b"PK\x01\x02\x14\x00", &facts[..], &[0; 12], &at.to_le_bytes(), name.as_bytes()].concat());
    }
    let at = out.len() as u32;
    let n = (files.len() as u16).to_le_bytes();
    let end = [b"PK\x05\x06\0\0\0\0", &n[..], &n, &(list.len() as u32).to_le_bytes(), &at.to_le_bytes(), &[0, 0]];
    [out, list, end.concat()].concat()
}

fn deflated(byte: u8, n_mib: usize) -> Vec<u8> {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::fast());
    fill(&mut packer, byte, n_mib);
    packer.finish().unwrap()
}

/// How many pages an input gives, and the codes of what is said of the rest.
fn found(name: &str, raw: Vec<u8>) -> (usize, Vec<String>) {
    let source = Source { inputs: vec![Input::Bytes(name.to_owned(), raw)], ..Source::default() };
    let mut out = (0, Vec::new());
    for item in pages(&source) {
        let refused = match item {
            Ok(page) => {
                let read = crate::document(&page);
                check_promises(&read.value);
                crate::refused(&page, &read)
            }
            Err(error) => Some(error),
        };
        match refused {
            Some(error) => out.1.push(error.code().to_owned()),
            None => out.0 += 1,
        }
    }
    out
}

fn told(code: &str) -> (usize, Vec<String>) {
    (0, vec![code.to_owned()])
}

#[test]
fn packed_bombs() {
    assert_eq!(found("a.html.gz", gz_of(b' ', 140)), told("unpacks-too-large"));
    // A bomb in a bomb is not even opened.
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(&gz_of(b' ', 70)).unwrap();
    assert_eq!(found("a.html.gz", packer.finish().unwrap()), told("archive-in-archive"));
    let bomb = deflated(b' ', 70);
    // It says what it is, or it lies; either way no more comes out than a page may have.
    assert_eq!(found("a.zip", zip_of(&[("a.html", bomb.clone())], 70 * MIB as u32)), told("unpacks-too-large"));
    let (n_pages, codes) = found("a.zip", zip_of(&[("a.html", bomb.clone())], 1000));
    assert!(n_pages == 0 && codes.len() == 1, "{codes:?}");
    let inner = zip_of(&[("b.html", bomb)], 70 * MIB as u32);
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(&inner).unwrap();
    let nested = zip_of(&[("b.zip", packer.finish().unwrap())], inner.len() as u32);
    assert_eq!(found("a.zip", nested), told("archive-in-archive"));
}

#[test]
fn papers_that_are_bombs() {
    let (n_pages, codes) = found("a.docx", zip_of(&[("word/document.xml", deflated(b' ', 120))], 120 * MIB as u32));
    assert_eq!((n_pages, codes), told("unpacks-too-large"));
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    fill(&mut packer, b' ', 270);
    let packed = packer.finish().unwrap();
    let stream = |kind: &str, packed: &[u8]| {
        let head = format!(
            "%PDF-1.5\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n\
            3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>\nendobj\n4 0 obj\n<<{kind}/Filter/FlateDecode/Length {}>>stream\n",
            packed.len()
        );
        let xref = head.len() + packed.len();
        let places: String = ["1 0 obj", "2 0 obj", "3 0 obj", "4 0 obj"]
            .map(|object| format!("{:010} 00000 n \n", head.find(&format!("\n{object}")).unwrap() + 1))
            .concat();
        let tail = format!(
            "\nendstream\nendobj\nxref\n0 5\n0000000000 65535 f \n{places}trailer<</Size 5/Root 1 0 R>>\nstartxref\n{}\n%%EOF",
            xref + 18
        );
        [head.as_bytes(), packed, tail.as_bytes()].concat()
    };
    assert_eq!(found("a.pdf", stream("/Type/ObjStm/N 1/First 4", &packed)), told("unpacks-too-large"));
    let (n_pages, codes) = found("a.pdf", stream("", &packed));
    assert!(n_pages == 0 && codes[0].starts_with("pdf-"), "{codes:?}");
}

#[test]
fn a_hundred_thousand_levels() {
    for tag in ["div", "blockquote", "b", "ul><li"] {
        let open = format!("<{tag}>");
        let source = format!("<p>The bridge fell.</p>{}The army left.", open.repeat(100_000));
        let page =
            crate::page_of("a.html", MediaType::Html, source.into_bytes(), sitrep_model::PageMeta::default(), "file");
        check_promises(&crate::document(&page).value);
    }
    let quoted = format!("The bridge fell.\n\n{} deep", "> ".repeat(100_000));
    check_promises(&super::text(&quoted));
    let json = format!("{{\"messages\": {}", "[".repeat(100_000));
    let (n_pages, codes) = found("result.json", json.into_bytes());
    assert!(n_pages == 0 && !codes.is_empty(), "{codes:?}");
    let xml = format!("<rss><channel><item><title>The bridge fell</title><description>{}", "<a>".repeat(100_000));
    found("a.xml", xml.into_bytes());
}
