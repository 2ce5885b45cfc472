//! Encodings that are missing, wrong or damaged: the text is kept and the page says what was done.

use sitrep_model::{MediaType, PageMeta};

use super::check_promises;
use crate::{Input, Source, pages};

const RUSSIAN: &str =
    "Колонна из двенадцати грузовиков пересекла мост у Варнеша в пятницу утром и пошла на север, сообщил мэр города.";
const ARABIC: &str = "عبرت قافلة من اثنتي عشرة شاحنة الجسر صباح يوم الجمعة واتجهت شمالا كما قال رئيس البلدية في المدينة";
const ENGLISH: &str =
    "A column of twelve trucks crossed the bridge at Varnesh on Friday morning and went north, its mayor said.";

fn encoded(text: &str, label: &str) -> Vec<u8> {
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
    encoding.encode(text).0.into_owned()
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

fn html(words: &str, charset: &str) -> String {
    format!(
        "<html><head><meta charset='{charset}'><title>Bridge</title></head><body><h1>Bridge</h1><p>{words}</p><p>{words}</p></body></html>"
    )
}

/// Text and note codes of an input of that name.
fn read(name: &str, raw: Vec<u8>) -> (String, Vec<String>) {
    let source = Source { inputs: vec![Input::Bytes(name.to_owned(), raw)], ..Source::default() };
    let found: Vec<_> = pages(&source).collect();
    let page = found[0].as_ref().unwrap_or_else(|error| panic!("{name}: {error}"));
    let read = crate::document(page);
    check_promises(&read.value);
    (read.value.text, read.notes.into_iter().map(|note| note.code).collect())
}

/// A server's answer, whose label says one thing and whose page may say another.
fn answered(label: &str, body: &[u8]) -> (String, Vec<String>) {
    let answer =
        [format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={label}\r\n\r\n").as_bytes(), body].concat();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://courier.example/1\r\nContent-Length: {}\r\n\r\n",
        answer.len()
    );
    read("c.warc", [head.as_bytes(), &answer, b"\r\n\r\n"].concat())
}

#[test]
fn utf_16_with_and_without_its_mark() {
    for words in [ENGLISH, RUSSIAN, ARABIC] {
        for little in [true, false] {
            let page = html(words, "utf-16");
            let (text, notes) = read("a.html", utf16(&page, little));
            assert!(text.contains(words) && notes.contains(&"charset-guessed".to_owned()), "{little} {notes:?} {text}");
            let (text, notes) = read("a", utf16(&format!("\u{FEFF}{page}"), little));
            assert!(text.contains(words) && notes.iter().all(|code| !code.starts_with("charset")), "{notes:?} {text}");
            let (text, _) = read("a.txt", utf16(&format!("Bridge\n\n{words}"), little));
            assert!(text.contains(words), "{text}");
        }
    }
    // Half a pair is missing in the middle and a byte at the end.
    let mut raw = utf16(&format!("\u{FEFF}Bridge\n\n{ENGLISH}"), true);
    raw.splice(40..40, [0x00, 0xD8]);
    raw.push(b'x');
    let (text, notes) = read("a.txt", raw);
    assert!(text.contains("went north, its mayor said.") && notes.contains(&"bytes-replaced".to_owned()), "{notes:?}");
}

#[test]
fn labels_and_declarations_that_lie() {
    for (words, real) in [(RUSSIAN, "windows-1251"), (ARABIC, "windows-1256"), (RUSSIAN, "koi8-r")] {
        for said in ["utf-8", "iso-8859-1"] {
            let raw = encoded(&html(words, said), real);
            let (text, notes) = answered(said, &raw);
            assert!(text.contains(words), "{real} labelled {said}: {text}");
            assert!(notes.contains(&"charset-mislabelled".to_owned()), "{notes:?}");
            let (text, notes) = read("a.html", raw);
            assert!(
                text.contains(words) && notes.contains(&"charset-guessed".to_owned()),
                "{real} declared {said}: {notes:?} {text}"
            );
        }
        let (text, notes) = answered(real, &encoded(&html(words, "utf-8"), real));
        assert!(text.contains(words) && notes.iter().all(|code| !code.starts_with("charset")), "{notes:?} {text}");
    }
    for words in [RUSSIAN, ARABIC, "The café by the bridge was shelled."] {
        let (text, _) = answered("iso-8859-1", html(words, "windows-1252").as_bytes());
        assert!(text.contains(words), "{text}");
    }
    let french = "Le maire a été prévenu à l'aube de l'arrivée des réfugiés, où l'armée s'était repliée.";
    let (text, notes) = answered("iso-8859-1", &encoded(&html(french, "iso-8859-1"), "iso-8859-1"));
    assert!(text.contains(french) && notes.iter().all(|code| !code.starts_with("charset")), "{notes:?} {text}");
}

#[test]
fn damaged_utf_8_stays_utf_8() {
    let words = format!("{RUSSIAN} {ENGLISH}");
    let mut raw = html(&words, "utf-8").into_bytes();
    let at = raw.iter().position(|b| *b == 0xD0).unwrap();
    raw.splice(at..at, *b"\xC3\x28\xFF");
    for (text, notes) in [read("a.html", raw.clone()), answered("windows-1251", &raw)] {
        assert!(text.contains("двенадцати") && text.contains('\u{FFFD}'), "{text}");
        assert!(notes.contains(&"bytes-replaced".to_owned()), "{notes:?}");
    }
}

#[test]
fn zeros_in_a_text_are_noted_and_cost_nothing_else() {
    let source = format!("Bridge\n\n{ENGLISH}\n\n{ENGLISH}").replace("crossed ", "crossed\0");
    let (text, notes) = read("a.txt", source.clone().into_bytes());
    assert_eq!((text.len(), text.contains("crossed the bridge")), (source.len(), true));
    assert_eq!(notes.iter().filter(|code| *code == "nul-bytes").count(), 1, "{notes:?}");
    let page = html(ENGLISH, "utf-8").replace("trucks ", "trucks\0").replace("<p>", "<p\0>");
    let (text, notes) = read("a.html", page.into_bytes());
    assert!(text.contains("twelve trucks crossed") && notes.contains(&"nul-bytes".to_owned()), "{notes:?} {text}");
    // Mostly zeros is no text.
    assert!(crate::page("a.txt", b"ab\0\0\0cd".repeat(9), PageMeta::default(), "file").is_err());
}

#[test]
fn scripts_in_attributes_are_never_text() {
    let page = format!(
        "<body onload=\"alert(1)\"><h1 onclick='x()'>Bridge</h1><p style='a:expression(1)' onmouseover=\"go('words')\">{ENGLISH} \
        <a href=\"javascript:steal('https://x.example')\">more</a> <a href=\" JaVaScRiPt:x()\">less</a></p><img src=x onerror=\"alert(2)\"><p>{ENGLISH}</p>"
    );
    let page = crate::page_of("page", MediaType::Html, page.into_bytes(), PageMeta::default(), "file");
    let read = crate::document(&page).value;
    assert!(
        !read.text.contains("alert") && !read.text.contains("go(") && !read.text.contains("steal"),
        "{}",
        read.text
    );
    let links: Vec<&String> = read.blocks.iter().flat_map(|block| &block.links).collect();
    assert!(links.iter().all(|link| !link.to_ascii_lowercase().contains("script")), "{links:?}");
}
