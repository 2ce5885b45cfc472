//! PDF files and Word documents, and zip files with pages in them.

use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use sitrep_model::{BlockKind, Document, MediaType, PageMeta};
use zip::write::SimpleFileOptions;

use super::{blocks, check_promises};
use crate::{Input, ReadError, Source, pages};

pub(super) fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in files {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word document with this text, styles and properties as Word writes them.
fn docx(body: &str) -> Vec<u8> {
    let w = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'";
    let document = format!("<?xml version='1.0'?><w:document {w}><w:body>{body}</w:body></w:document>");
    let styles = format!(
        "<w:styles {w}><w:style w:styleId='berschrift1'><w:name w:val='heading 1'/></w:style><w:style w:styleId='Titel'><w:name w:val='Title'/></w:style></w:styles>"
    );
    let core = "<cp:coreProperties xmlns:cp='c' xmlns:dc='d' xmlns:dcterms='t'><dc:title>Weekly Report on Varnesh</dc:title><dc:creator>Ada Quill</dc:creator><dcterms:created>2031-05-09T10:00:00Z</dcterms:created><dcterms:modified>2031-05-11T10:00:00Z</dcterms:modified></cp:coreProperties>";
    let footnotes = format!(
        "<w:footnotes {w}><w:footnote w:type='separator' w:id='0'><w:p><w:r><w:t>----</w:t></w:r></w:p></w:footnote><w:footnote w:id='2'><w:p><w:r><w:t>Field notes, May 7.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    );
    let links = "<Relationships><Relationship Id='rId5' Type='x/hyperlink' Target='https://courier.example/map' TargetMode='External'/></Relationships>";
    let comments = format!(
        "<w:comments {w}><w:comment w:id='1'><w:p><w:r><w:t>Check this!</w:t></w:r></w:p></w:comment></w:comments>"
    );
    zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
        ("word/footnotes.xml", footnotes.as_bytes()),
        ("word/comments.xml", comments.as_bytes()),
        ("word/_rels/document.xml.rels", links.as_bytes()),
        ("docProps/core.xml", core.as_bytes()),
    ])
}

fn p(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

/// A PDF file whose pages show these lines: x, y, size, words.
fn pdf(pages: &[Vec<(i32, i32, i32, &str)>]) -> Vec<u8> {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        String::new(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
        "<</Title(Weekly Report on Varnesh)/Author(Ada Quill)/CreationDate(D:20310509101010Z)>>".to_owned(),
    ];
    let mut kids = String::new();
    for page in pages {
        let shown = page.iter().map(|(x, y, size, words)| format!("BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET\n"));
        let shown: String = shown.collect();
        objects.push(format!("<</Length {}>>stream\n{shown}\nendstream", shown.len() + 1));
        let content = objects.len();
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {content} 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
        ));
        kids.push_str(&format!("{} 0 R ", objects.len()));
    }
    objects[1] = format!("<</Type/Pages/Kids[{kids}]/Count {}>>", pages.len());
    let mut out = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", i + 1));
    }
    let start = out.len();
    out.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for place in places {
        out.push_str(&format!("{place:010} 00000 n \n"));
    }
    out.push_str(&format!("trailer<</Size {}/Root 1 0 R/Info 4 0 R>>\nstartxref\n{start}\n%%EOF", objects.len() + 1));
    out.into_bytes()
}

fn read(name: &str, raw: Vec<u8>) -> Result<(Document, Vec<String>), String> {
    let source = Source { inputs: vec![Input::Bytes(name.to_owned(), raw)], ..Source::default() };
    let page = pages(&source).next().unwrap().map_err(|error| format!("{} {error}", error.code()))?;
    let read = crate::document(&page);
    if let Some(error) = crate::refused(&page, &read) {
        return Err(format!("{} {error}", error.code()));
    }
    check_promises(&read.value);
    Ok((read.value, read.notes.into_iter().map(|note| note.code).collect()))
}

#[test]
fn a_word_document_is_read_as_it_would_print() {
    let body = [
        "<w:p><w:pPr><w:pStyle w:val='Titel'/></w:pPr><w:r><w:t>The Varnesh Front</w:t></w:r></w:p>".to_owned(),
        "<w:p><w:pPr><w:pStyle w:val='berschrift1'/></w:pPr><w:r><w:t>North</w:t></w:r></w:p>".to_owned(),
        "<w:p><w:r><w:t xml:space='preserve'>Troops </w:t></w:r><w:ins><w:r><w:t>crossed</w:t></w:r></w:ins><w:del><w:r><w:delText>left</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>fled</w:t></w:r></w:moveFrom><w:r><w:t xml:space='preserve'> the &amp; bridge</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:t>.</w:t></w:r></w:p>".to_owned(),
        "<w:p><w:pPr><w:numPr/></w:pPr><w:hyperlink r:id='rId5'><w:r><w:t>Map of the pass</w:t></w:r></w:hyperlink></w:p>".to_owned(),
        format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", p("Ostrel"), p("12 killed")),
    ]
    .concat();
    let (document, notes) = read("a.docx", docx(&body)).unwrap();
    assert_eq!(document.title.as_deref(), Some("The Varnesh Front"));
    assert_eq!(document.byline.as_deref(), Some("Ada Quill"));
    assert_eq!(document.published.as_ref().map(|p| p.date.to_string()).as_deref(), Some("2031-05-09"));
    assert_eq!(document.modified.map(|d| d.to_string()).as_deref(), Some("2031-05-11"));
    assert_eq!(blocks(&document, BlockKind::Heading), ["North"]);
    assert_eq!(
        blocks(&document, BlockKind::Body),
        ["Troops crossed the & bridge[2].", "Ostrel | 12 killed", "[2] Field notes, May 7."]
    );
    assert_eq!(blocks(&document, BlockKind::List), ["Map of the pass"]);
    let links: Vec<_> = document.blocks.iter().flat_map(|b| &b.links).collect();
    assert_eq!(links, ["https://courier.example/map"]);
    assert!(!document.text.contains("Check this") && notes.contains(&"tracked-deletions".to_owned()), "{notes:?}");
}

#[test]
fn a_pdf_is_read_in_lines_joined_to_paragraphs() {
    let page = |n: &'static str, lines: Vec<(i32, i32, i32, &'static str)>| {
        let mut all = vec![(50, 780, 9, "Varnesh Courier weekly"), (300, 20, 9, n)];
        all.extend(lines);
        all
    };
    let raw = pdf(&[
        page(
            "Page 1 of 3",
            vec![
                (50, 740, 22, "The Varnesh Front"),
                (50, 710, 11, "8 May 2031"),
                (50, 680, 11, "Troops crossed the river at dawn and took the northern bridge-"),
                (50, 666, 11, "head, the army said. A spokesman for the other side called that un-"),
                (50, 652, 11, "true."),
                (50, 620, 11, "Shelling went on in Ostrel until the evening and hit the old market"),
            ],
        ),
        page(
            "Page 2 of 3",
            vec![(50, 740, 11, "hall, residents said."), (50, 700, 14, "South"), (50, 680, 11, "All was quiet.")],
        ),
        page("Page 3 of 3", vec![]),
    ]);
    let (document, notes) = read("a.pdf", raw).unwrap();
    assert_eq!(document.title.as_deref(), Some("The Varnesh Front"));
    assert_eq!(document.published.as_ref().map(|p| p.date.to_string()).as_deref(), Some("2031-05-08"));
    assert_eq!(blocks(&document, BlockKind::Heading), ["South"]);
    assert_eq!(
        blocks(&document, BlockKind::Body),
        [
            "Troops crossed the river at dawn and took the northern bridgehead, the army said. A spokesman for the other side called that untrue.",
            "Shelling went on in Ostrel until the evening and hit the old market hall, residents said.",
            "All was quiet."
        ]
    );
    assert!(notes.contains(&"running-heads".to_owned()), "{notes:?}");
}

#[test]
fn a_pdf_without_text_is_refused_and_a_page_without_is_noted() {
    let refused = read("scan.pdf", pdf(&[vec![], vec![]])).unwrap_err();
    assert!(refused.starts_with("pdf-without-text") && refused.contains("2 pages are scanned"), "{refused}");
    let (_, notes) = read("a.pdf", pdf(&[vec![(50, 700, 11, "All was quiet in Ostrel.")], vec![]])).unwrap();
    assert!(notes.contains(&"pdf-page-without-text".to_owned()), "{notes:?}");
    assert!(read("a.pdf", b"%PDF-1.7 and nothing else".to_vec()).unwrap_err().starts_with("pdf-damaged"));
    assert!(read("a.docx", docx("")[..400].to_vec()).is_err());
}

#[test]
fn pages_saved_together_are_read_and_other_files_counted() {
    let raw = zipped(&[
        ("saved/a.html", b"<html><p>The bridge fell."),
        ("saved/a_files/ad.html", b"<html><p>Buy now"),
        ("saved/b.docx", &docx(&p("The army left Ostrel."))),
        ("saved/x.png", b"\x89PNG"),
        ("saved/empty.txt", b" "),
        ("saved/more.zip", &zipped(&[("c.txt", b"x")])),
    ]);
    let source = Source { inputs: vec![Input::Bytes("all.zip".to_owned(), raw)], ..Source::default() };
    let found: Vec<_> = pages(&source).collect();
    let paths: Vec<_> = found.iter().flatten().map(|page| page.path.as_str()).collect();
    assert_eq!(paths, ["all.zip#saved/a.html", "all.zip#saved/b.docx"]);
    let codes: Vec<_> = found.iter().filter_map(|item| item.as_ref().err()).map(ReadError::code).collect();
    assert_eq!(codes, ["empty", "archive-in-archive", "left-out"]);
}

#[test]
fn a_wacz_gives_its_archives_pages_with_their_titles() {
    let block = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nThe bridge fell.";
    let warc = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://courier.example/1\r\nWARC-Date: 2031-05-09T10:00:00Z\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    );
    let raw = zipped(&[
        ("archive/data.warc", warc.as_bytes()),
        (
            "pages/pages.jsonl",
            b"{\"format\":\"json-pages-1.0\"}\n{\"url\":\"https://courier.example/1\",\"title\":\"Bridge falls\"}\n",
        ),
        ("datapackage.json", b"{}"),
    ]);
    let (document, _) = read("c.wacz", raw).unwrap();
    assert_eq!(
        (document.path.as_str(), document.title.as_deref()),
        ("c.wacz#archive/data.warc@0", Some("Bridge falls"))
    );
}

#[test]
fn one_packed_page_is_read_as_far_as_it_goes() {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(b"<html><p>The bridge fell at dawn, the army said.").unwrap();
    let whole = packer.finish().unwrap();
    let (document, _) = read("a.html.gz", whole.clone()).unwrap();
    assert_eq!(document.text, "The bridge fell at dawn, the army said.");
    let cut = whole[..whole.len() - 6].to_vec();
    let source = Source { inputs: vec![Input::Bytes("a.html.gz".to_owned(), cut)], ..Source::default() };
    let found: Vec<_> = pages(&source).collect();
    assert!(found[0].is_ok());
    assert_eq!(found[1].as_ref().unwrap_err().code(), "packed-damaged");
}

fn damaged(mut raw: Vec<u8>, cuts: Vec<(prop::sample::Index, u8, usize)>) -> Vec<u8> {
    for (at, with, n) in cuts {
        let at = at.index(raw.len().max(1)).min(raw.len().saturating_sub(1));
        match n % 3 {
            0 => raw[at] = with,
            1 if raw.len() > n + 1 => drop(raw.drain(at..(at + n).min(raw.len()))),
            _ => drop(raw.splice(at..at, std::iter::repeat_n(with, n))),
        }
    }
    raw
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_damage_to_papers(cuts in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..30_usize), 1..10)) {
        let word = docx(&p("The army left Ostrel.").repeat(5));
        let paper = pdf(&[vec![(50, 700, 11, "All was quiet in Ostrel."), (50, 680, 11, "So it was said.")]]);
        for (raw, media_type) in [(word, MediaType::Docx), (paper, MediaType::Pdf)] {
            let raw = damaged(raw, cuts.clone());
            let page = crate::page_of("page", media_type, raw.clone(), PageMeta::default(), "file");
            check_promises(&crate::document(&page).value);
            let _ = read("page", raw);
        }
    }
}
