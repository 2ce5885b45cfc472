//! Web archives: whole, packed, damaged, lying.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use sitrep_model::Page;

use crate::{Input, ReadError, Source, pages};

/// A record as a crawler writes it.
fn record(kind: &str, url: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-05-09T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn answer(kind: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nServer: x\r\n\r\n");
    [head.as_bytes(), body].concat()
}

fn story(n: usize) -> Vec<u8> {
    let body =
        format!("<html><title>Bridge {n}</title><p>Troops crossed bridge {n} near Varnesh at dawn, the army said.");
    record("response", &format!("https://courier.example/{n}"), &answer("text/html; charset=utf-8", body.as_bytes()))
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn read(name: &str, bytes: Vec<u8>) -> (Vec<Page>, Vec<ReadError>) {
    let source = Source { inputs: vec![Input::Bytes(name.to_owned(), bytes)], ..Source::default() };
    let mut found = (Vec::new(), Vec::new());
    for item in pages(&source) {
        match item {
            Ok(page) => found.0.push(page),
            Err(error) => found.1.push(error),
        }
    }
    found
}

fn urls(pages: &[Page]) -> Vec<&str> {
    let url = |page: &'_ Page| page.custody.carrier.as_ref().unwrap().url.clone().unwrap();
    pages
        .iter()
        .map(|page| url(page).rsplit('/').next().map(str::to_owned).unwrap_or_default().leak() as &str)
        .collect()
}

fn codes(errors: &[ReadError]) -> Vec<&str> {
    errors.iter().map(ReadError::code).collect()
}

#[test]
fn pages_come_out_and_the_rest_is_counted() {
    let archive = [
        record("warcinfo", "", b"software: x"),
        record("request", "https://courier.example/1", b"GET / HTTP/1.1\r\n\r\n"),
        story(1),
        record("response", "https://courier.example/a.png", &answer("image/png", b"\x89PNG")),
        record("response", "https://courier.example/old", b"HTTP/1.1 301 Moved\r\nLocation: /1\r\n\r\n"),
        record("revisit", "https://courier.example/1", b"HTTP/1.1 200 OK\r\n\r\n"),
        record("response", "https://courier.example/robots.txt", &answer("text/plain", b"User-agent: *")),
        record("conversion", "https://courier.example/2", b"Bridge 2\n\nThe army left the bridge."),
        story(3),
    ]
    .concat();
    for bytes in [archive.clone(), gz(&archive)] {
        let (pages, errors) = read("crawl.warc", bytes);
        assert_eq!(urls(&pages), ["1", "2", "3"]);
        assert_eq!(errors.len(), 1, "{errors:?}");
        let said = errors[0].to_string();
        assert!(errors[0].is_remark() && said.contains("4 records are no reports"), "{said}");
        for what in ["1 answered 301", "1 image files", "1 revisits", "1 robots.txt"] {
            assert!(said.contains(what), "{what} is not in {said}");
        }
        let carrier = pages[0].custody.carrier.as_ref().unwrap();
        assert_eq!(carrier.retrieved.map(|d| d.to_string()).as_deref(), Some("2031-05-09"));
        assert_eq!(pages[0].custody.method, "warc");
        let document = crate::document(&pages[0]).value;
        assert_eq!(document.url.as_deref(), Some("https://courier.example/1"));
        assert!(document.text.contains("Troops crossed bridge 1"));
    }
}

#[test]
fn a_record_is_named_by_where_it_stands() {
    let (one, two) = (gz(&story(1)), gz(&[story(2), story(3)].concat()));
    let (pages, _) = read("c.warc.gz", [&one[..], &two].concat());
    let paths: Vec<_> = pages.iter().map(|p| p.path.clone()).collect();
    let (second, inside) = (one.len(), story(2).len());
    assert_eq!(
        paths,
        ["c.warc.gz#@0".to_owned(), format!("c.warc.gz#@{second}"), format!("c.warc.gz#@{second}+{inside}")]
    );
    let (pages, _) = read("c.warc", [story(1), story(2)].concat());
    assert_eq!(pages[1].path, format!("c.warc#@{}", story(1).len()));
}

#[test]
fn a_damaged_member_costs_only_its_record() {
    let mut damaged = gz(&story(2));
    let middle = damaged.len() / 2;
    damaged[middle..middle + 8].fill(0x55);
    let bytes = [gz(&story(1)), damaged, gz(&story(3)), gz(&story(4))].concat();
    let (pages, errors) = read("c.warc.gz", bytes);
    assert!(urls(&pages).contains(&"1") && urls(&pages).ends_with(&["3", "4"]), "{:?} {errors:?}", urls(&pages));
    assert_eq!(codes(&errors), ["packed-damaged"]);
    assert!(
        matches!(&errors[0], ReadError::Record { offset: Some(offset), .. } if *offset == gz(&story(1)).len() as u64)
    );
}

#[test]
fn a_cut_archive_gives_what_was_there() {
    let whole = [gz(&story(1)), gz(&story(2))].concat();
    let (pages, errors) = read("c.warc.gz", whole[..whole.len() - 30].to_vec());
    assert_eq!(urls(&pages)[0], "1", "{errors:?}");
    assert_eq!(codes(&errors), ["packed-truncated"]);
    let plain = [story(1), story(2)].concat();
    let (pages, errors) = read("c.warc", plain[..plain.len() - 40].to_vec());
    assert_eq!(urls(&pages), ["1", "2"]);
    assert_eq!(codes(&errors), ["truncated"]);
    assert!(errors[0].to_string().contains("cut short"));
}

#[test]
fn a_lying_length_costs_nothing_but_a_remark_on_the_record() {
    for (said, code) in [("99999", "wrong-length"), ("20", "wrong-length"), ("", "no-length"), ("-4", "no-length")] {
        let true_length = format!("Content-Length: {}", answer("text/html; charset=utf-8", b"").len() + 84);
        let two = String::from_utf8(story(2)).unwrap();
        let lied = two.replacen(
            two.lines().find(|line| line.starts_with("Content-Length")).unwrap_or(&true_length),
            &format!("Content-Length: {said}"),
            1,
        );
        let (pages, errors) = read("c.warc", [story(1), lied.into_bytes(), story(3)].concat());
        assert_eq!(urls(&pages), ["1", "2", "3"], "{said}");
        assert_eq!(codes(&errors), [code], "{said}");
        assert!(crate::document(&pages[1]).value.text.contains("Troops crossed bridge 2"), "{said}");
    }
    let huge = story(2).to_vec();
    let huge = String::from_utf8(huge).unwrap().replacen("Content-Length: ", "Content-Length: 99999999999", 1);
    let (pages, errors) = read("c.warc", [story(1), huge.into_bytes(), story(3)].concat());
    assert_eq!(urls(&pages), ["1", "3"]);
    assert_eq!(codes(&errors), ["wrong-length"]);
}

#[test]
fn what_is_between_records_is_skipped_and_said() {
    let (pages, errors) = read("c.warc", [&story(1)[..], b"\0\0 junk \0", &story(2)].concat());
    assert_eq!(urls(&pages), ["1", "2"], "{errors:?}");
    assert_eq!(codes(&errors), ["no-record"]);
    let (pages, errors) = read("c.warc.gz", [gz(&story(1)), b"no gzip at all".to_vec(), gz(&story(2))].concat());
    assert_eq!(urls(&pages), ["1", "2"], "{errors:?}");
    assert_eq!(codes(&errors), ["packed-damaged"]);
    let (pages, errors) = read("c.warc.gz", [gz(&story(1)), vec![0; 5000]].concat());
    assert_eq!((pages.len(), errors.len()), (1, 0), "zeros at the end are padding: {errors:?}");
    let (pages, errors) = read("c.warc", Vec::new());
    assert_eq!((pages.len(), errors.len()), (0, 1));
}

#[test]
fn bodies_are_unpacked_and_labels_believed_only_when_true() {
    let page = "<html><p>The caf\u{e9} by the bridge was shelled at dawn.";
    let latin: Vec<u8> = page.chars().map(|c| c as u8).collect();
    let packed = [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Encoding: gzip\r\n\r\n".to_vec(),
        gz(&latin),
    ]
    .concat();
    let lying = answer("text/html; charset=windows-1251", page.as_bytes());
    let url = "https://courier.example/1";
    for block in [packed, lying] {
        let (pages, errors) = read("c.warc", record("response", url, &block));
        assert!(errors.is_empty(), "{errors:?}");
        assert!(crate::document(&pages[0]).value.text.contains("The caf\u{e9} by the bridge"));
    }
}

#[test]
fn a_bomb_is_left_out_by_name_and_the_archive_goes_on() {
    let bomb = gz(&vec![b' '; 60 * 1024 * 1024]);
    let block =
        [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n".to_vec(), bomb].concat();
    let inner = record("response", "https://courier.example/bomb", &block);
    let outer = gz(&record("response", "https://courier.example/big", &vec![b'a'; 130 * 1024 * 1024]));
    let (pages, errors) = read("c.warc.gz", [gz(&inner), outer, gz(&story(3))].concat());
    assert_eq!(urls(&pages), ["3"]);
    assert_eq!(codes(&errors), ["unpacks-too-large", "unpacks-too-large"], "{errors:?}");
    assert!(errors[0].to_string().contains("50 MiB"));
}

/// Two records packed by zstd with a dictionary, which stands packed in the frame before them: base64.
const ZSTD: &str = "XSpNGKgBAAAotS/9ZAAB1QwABpdWLDDbAcCh8PVgReP3tM6lQtAgUEhJoLWnYZpvUSvkRXpVJ1FvC7TA4DBNEiYDTwBJAEcA9USqdcDRz5ODRweGY4mBgLGAA4MIPABZCHABRkgApmR1AMMGYzcLBziFK5K0mf4qzWeltSzeoNyc6rgjyVSlIr4qDArmtkGpa8/XGzs/AV545zSaOQj8v8dnlqyG+Z3naRomzsialOxkQywQi0xI5kZax+2b62o6yHX+3vl89Yvvbm78eZrYebpaxj3dbX4AwANOjI0h1kBfM4o7Mveo0sbX/Q/CeO99frGJtI5/mhNvm3sabeUByXzufZ7dXXcKsbBr2gfU/GL/fO5AIw3z7f5tTCeWNd0H/NHFnvG9DjFG5sQbPvdPq+JRyff7vVGRz74PfZ8hFiDM7gtJvwc93ctxka8kz7paKJxtLxzxWcXC5LrNcVzXg8Hb53gQeN+eVgKOSt336xgoUIiQFPnQTFQy7R0FE4kAAJp3ipHNxmTFd8nH3DRIWmX5Cqv8tQz5uw/QrJoW9nctP0ivY4p6yXYGpQxdtHXZ";
const FRAMES: [&str; 2] = [
    "KLUv/Wf4NmlpdgDFAgATwwmHhya1hGJpf56kpCMhEM3jgwXCESArgBwhNEgKEhEO2+IfVrD0EyES/B1UyaHem4uHC1pSK34RyjALrNqHr2MneNw0O9m/j9UB/CyTxmZXnShNx2oDVHizcQ==",
    "KLUv/Wf4NmlpdQC9AgAzwwmHh6ZRLO3PE25P1ZR0JASieXygQDgCZAWQI4QGSUHStviHFSz9RAgR/BwkTGyoBLeFK7kQkjSFM4Wvb6NOKG7gKdm/m9IB/GfdY1OtkWEVGWVganXRv81p",
];

fn from_base64(text: &str) -> Vec<u8> {
    let letter = format!("From: a@x.example\nMessage-ID: <1@x>\nContent-Transfer-Encoding: base64\n\n{text}");
    mailparse::parse_mail(letter.as_bytes()).unwrap().get_body_raw().unwrap()
}

#[test]
fn an_archive_packed_by_zstd_with_its_dictionary() {
    let parts = [ZSTD, FRAMES[0], FRAMES[1]].map(from_base64);
    for name in ["c.warc.zst", "stdin"] {
        let (pages, errors) = read(name, parts.concat());
        assert_eq!(urls(&pages), ["1", "2"], "{errors:?}");
        assert!(errors.is_empty() && pages[1].path.ends_with(&format!("#@{}", parts[0].len() + parts[1].len())));
    }
    let mut damaged = parts.clone();
    damaged[1][20..60].fill(0x55);
    let (pages, errors) = read("c.warc.zst", damaged.concat());
    assert!(urls(&pages) == ["2"] && codes(&errors).contains(&"packed-damaged"), "{errors:?}");
    let whole = parts.concat();
    let (pages, errors) = read("c.warc.zst", whole[..whole.len() - 9].to_vec());
    assert!(urls(&pages).contains(&"1") && codes(&errors).iter().any(|code| code.starts_with("packed")), "{errors:?}");
    // Without its dictionary nothing can be unpacked, and each frame says so.
    let (pages, errors) = read("c.warc.zst", parts[1..].concat());
    assert!(pages.is_empty() && !errors.is_empty(), "{errors:?}");
    for n in 0..whole.len() {
        read("c.warc.zst", whole[..n].to_vec());
    }
}

#[test]
fn an_archive_packed_by_zstd_without_one() {
    let packed = |bytes: &[u8]| ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest);
    let (pages, errors) = read("c.warc.zst", [packed(&story(1)), packed(&[story(2), story(3)].concat())].concat());
    assert_eq!(urls(&pages), ["1", "2", "3"], "{errors:?}");
    let bomb = packed(&record("response", "https://courier.example/big", &vec![b'a'; 130 * 1024 * 1024]));
    let (pages, errors) = read("c.warc.zst", [bomb, packed(&story(3))].concat());
    assert_eq!(urls(&pages), ["3"], "{errors:?}");
    assert_eq!(codes(&errors), ["unpacks-too-large"], "{errors:?}");
    let (_, errors) = read("a.html.zst", packed(b"<p>The bridge fell."));
    assert!(errors[0].to_string().contains("packed by zstd"), "{errors:?}");
}

#[test]
fn a_row_of_the_table_names_a_page_by_its_address() {
    let csv = "path,url,outlet,published\nc.warc,,Harbour Post,\n,https://courier.example/2/,Varnesh Courier,2031-05-06\n,https://courier.example/9,,\n";
    let (table, bad) = crate::MetaTable::parse("meta.csv".as_ref(), csv).unwrap();
    assert!(bad.is_empty(), "{bad:?}");
    let inputs = vec![Input::Bytes("c.warc".to_owned(), [story(1), story(2)].concat())];
    let source = Source { inputs, table, ..Source::default() };
    let found: Vec<_> = pages(&source).collect();
    let outlets: Vec<_> = found.iter().flatten().map(|p| p.meta.outlet.clone().unwrap()).collect();
    assert_eq!(outlets, ["Harbour Post", "Varnesh Courier"]);
    let last = found.last().unwrap().as_ref().unwrap_err();
    assert_eq!(last.to_string(), "1 row of meta.csv matches no report: https://courier.example/9");
    assert!(last.is_remark());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn any_damage(cuts in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..40_usize), 1..12), packed in any::<bool>()) {
        let plain = (1..6).map(story);
        let mut bytes = if packed { plain.map(|s| gz(&s)).collect::<Vec<_>>().concat() } else { plain.collect::<Vec<_>>().concat() };
        for (at, with, n) in cuts {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match n % 3 {
                0 => bytes[at] = with,
                1 => { bytes.drain(at..(at + n).min(bytes.len())); }
                _ => { bytes.splice(at..at, std::iter::repeat_n(with, n)); }
            }
        }
        let (pages, _) = read("c.warc", bytes);
        prop_assert!(pages.len() < 20);
    }
}

#[test]
fn many_lies_take_time_in_proportion() {
    let took = |n: usize| {
        let lie = String::from_utf8(story(1)).unwrap().replacen("Content-Length: ", "Content-Length: 9", 1);
        let bytes = lie.repeat(n).into_bytes();
        let start = std::time::Instant::now();
        read("c.warc", bytes);
        start.elapsed().as_secs_f64()
    };
    took(100);
    let (small, large) = (took(2_000), took(8_000));
    assert!(large < small.max(0.05) * 16.0, "{small:.2} s, four times as much {large:.2} s");
}
