//! Letters, boxes of letters and saved pages of invented senders; and any of the carriers with bytes changed at random.

use proptest::prelude::*;

use super::posts::{carried, document, told};

const LETTER: &str = "Return-Path: <news@courier.example>\r\nMessage-ID: <7@courier.example>\r\nMIME-Version: 1.0\r\n\
From: =?UTF-8?Q?Varnesh_Couri=C3=A9r?= <news@courier.example>\r\nTo: list@x.example\r\nList-Unsubscribe: <https://courier.example/no>\r\n\
Subject: =?UTF-8?B?VmFsbGV5OiBkYXkgMw==?=\r\nDate: Fri, 09 May 2031 06:00:00 +0300\r\n\
Content-Type: multipart/mixed; boundary=\"out\"\r\n\r\n--out\r\nContent-Type: multipart/alternative; boundary=\"in\"\r\n\r\n\
--in\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nTwelve trucks crossed.\r\n\
--in\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
<p>Twelve trucks crossed the=\r\n bridge at Caf=E9 Mill.</p><p>They went north.</p>\r\n--in--\r\n\
--out\r\nContent-Type: application/pdf; name=\"map.pdf\"\r\nContent-Disposition: attachment; filename=\"map.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--out--\r\n";

#[test]
fn a_newsletter() {
    let (pages, said) = carried("letter.eml", LETTER);
    let expected = "Varnesh Couriér | Valley: day 3 | Varnesh Couriér | 2031-05-09 Carrier | - | - | - = \
        Valley: day 3 / Twelve trucks crossed the bridge at Café Mill. / They went north.";
    assert_eq!(pages.iter().map(told).collect::<Vec<_>>(), [expected]);
    assert_eq!(said, ["remark: letter.eml: attached files are not read: map.pdf"]);
    assert_eq!(pages[0].path, "letter.eml");
    // By its content alone, whatever it is called.
    assert_eq!(carried("stdin", LETTER).0.len(), 1);
}

#[test]
fn the_text_part_when_it_holds_more() {
    let more = LETTER.replace(
        "Twelve trucks crossed.\r\n",
        "Twelve trucks crossed the bridge at the mill.\r\nThey went north, and then more of them came down.\r\n",
    );
    let (pages, _) = carried("letter.eml", more);
    let d = document(&pages[0]);
    assert_eq!(d.title.as_deref(), Some("Valley: day 3"));
    assert!(d.text.starts_with("Twelve trucks crossed the bridge at the mill."), "{}", d.text);
}

#[test]
fn a_letter_passed_on() {
    let letter = "From: Ana <ana@x.example>\nMessage-ID: <1@x>\nSubject: Fwd: Valley, day 3\nDate: Mon, 12 May 2031 10:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n\
      For the file.\n\n---------- Forwarded message ---------\nFrom: Varnesh Courier <news@c.example>\nDate: Fri, 9 May 2031 at 06:00\nSubject: Valley, day 3\nTo: <ana@x.example>\n\nTroops left the hill on Thursday.\n";
    let (pages, said) = carried("fwd.eml", letter);
    assert!(said.is_empty(), "{said:?}");
    let d = document(&pages[0]);
    assert_eq!(d.forwarded_from.as_deref(), Some("Varnesh Courier"));
    assert_eq!(d.published.map(|p| p.date.to_string()).as_deref(), Some("2031-05-09"));
    assert_eq!((d.title.as_deref(), d.byline.as_deref(), d.outlet), (Some("Valley, day 3"), Some("Ana"), None));
}

#[test]
fn letters_in_letters_and_in_a_box() {
    let outer = format!(
        "From: Ana <ana@x.example>\r\nMessage-ID: <1@x>\r\nMIME-Version: 1.0\r\nSubject: see attached\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\nSee the letter attached.\r\n--B\r\nContent-Type: message/rfc822\r\n\r\n{LETTER}\r\n--B--\r\n"
    );
    let (pages, said) = carried("outer.eml", outer);
    assert_eq!(pages.len(), 2, "{said:?}");
    assert_eq!(pages[1].path, "outer.eml#7@courier.example");
    let mbox = format!(
        "From news@courier.example Fri May  9 06:00:00 2031\r\n{LETTER}\r\nFrom ana@x.example Mon May 12 10:00:00 2031\nFrom: Ana <ana@x.example>\nMessage-ID: <2@x>\nSubject: Hill\nDate: Mon, 12 May 2031 10:00:00 +0000\n\nThe hill fell.\nFrom here on it is quiet.\n"
    );
    let (pages, _) = carried("list.mbox", mbox);
    assert_eq!(
        pages.iter().map(|p| p.path.as_str()).collect::<Vec<_>>(),
        ["list.mbox#7@courier.example", "list.mbox#2@x"]
    );
    assert!(document(&pages[1]).text.contains("From here on it is quiet."));
}

#[test]
fn letters_in_bad_order() {
    let broken = "From: Ana <ana@x.example>\nMessage-ID: <1@x>\nthis line is no field\nSubject: Hill\nDate: someday\nContent-Type: text/plain; charset=klingon\nContent-Transfer-Encoding: base64\n\nVGhlIGhpbGwgZmVsbC4!";
    let (pages, said) = carried("broken.eml", broken);
    assert_eq!(document(&pages[0]).text, "The hill fell.", "{said:?}");
    let cut = &LETTER[..LETTER.find("They went").unwrap()];
    assert!(document(&carried("cut.eml", cut).0[0]).text.contains("Twelve trucks crossed"));
    let (pages, said) = carried("empty.eml", "From: a@x.example\nMessage-ID: <1@x>\n\n");
    assert!(pages.is_empty() && said[0].contains("no words"), "{said:?}");
    let mut nested = String::new();
    for i in 0..2_000 {
        nested += &format!("Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n");
    }
    carried("nested.eml", format!("From: a@x.example\nMessage-ID: <1@x>\nMIME-Version: 1.0\n{nested}"));
    // A pasted report that opens like a letter is none.
    let (pages, _) =
        carried("pasted.txt", "From: Varnesh\nDate: 9 May 2031\n\nThe hill fell to the army on Thursday night.");
    assert!(pages[0].custody.carrier.is_none());
}

#[test]
fn a_page_saved_whole() {
    let mhtml = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://courier.example/bridge\r\nSubject: Column at the bridge\r\nDate: Fri, 9 May 2031 10:00:00 -0000\r\nMIME-Version: 1.0\r\n\
      Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----MultipartBoundary--x----\"\r\n\r\n\r\n------MultipartBoundary--x----\r\nContent-Type: text/css\r\nContent-Location: cid:css@x\r\n\r\np {}\r\n\
      ------MultipartBoundary--x----\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://ads.example/frame\r\n\r\n<p>Buy this.</p>\r\n\
      ------MultipartBoundary--x----\r\nContent-Type: text/html\r\nContent-ID: <frame-0@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://courier.example/bridge\r\n\r\n\
      <html><head><meta charset=3D\"utf-8\"></head><body><h1>Column at the bridge</h1><p>A column of 12 trucks crossed the bridge on Friday and went north.</p></body></html>\r\n------MultipartBoundary--x------\r\n";
    for name in ["page.mhtml", "page"] {
        let (pages, said) = carried(name, mhtml);
        assert_eq!(pages.len(), 1, "{said:?}");
        let carrier = pages[0].custody.carrier.clone().unwrap();
        assert_eq!(
            (carrier.kind.as_str(), carrier.retrieved.map(|d| d.to_string()).as_deref()),
            ("mhtml", Some("2031-05-09"))
        );
        let d = document(&pages[0]);
        assert_eq!((d.url.as_deref(), d.published), (Some("https://courier.example/bridge"), None));
        assert!(d.text.contains("12 trucks") && !d.text.contains("Buy this"), "{}", d.text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    /// Bytes changed, left out and cut anywhere: pages or errors, never a panic, and spans that hold.
    #[test]
    fn any_change_to_any_carrier(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0u8..4), 0..12), cut in any::<prop::sample::Index>()) {
        let samples: [(&str, &str); 5] = [
            ("a.eml", LETTER),
            ("a.xml", super::feeds::RSS),
            ("a.json", super::posts::TELEGRAM),
            ("a.jsonl", "{\"text\": \"It fell.\", \"id\": 1}\n{\"body\": \"b\", \"subreddit\": \"v\", \"parent_id\": \"x\"}\n"),
            ("a.mbox", "From a\nFrom: a\nMessage-ID: <1>\n\nIt fell.\n\nFrom b\nFrom: b\nMessage-ID: <2>\n\nIt too.\n"),
        ];
        for (name, sample) in samples {
            let mut bytes = sample.as_bytes().to_vec();
            for (at, byte, what) in &changes {
                let at = at.index(bytes.len());
                match what {
                    0 => bytes[at] = *byte,
                    1 => bytes.insert(at, *byte),
                    2 => bytes[at] = b"<&\"{}[]\n:-"[usize::from(*byte) % 10],
                    _ => { bytes.remove(at); }
                }
            }
            if cut.index(3) == 0 {
                bytes.truncate(cut.index(bytes.len()));
            }
            for page in carried(name, bytes).0 {
                document(&page);
            }
        }
    }
}
