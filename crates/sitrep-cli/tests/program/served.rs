//! The workbench on loopback: pages, headers, and whom it answers.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::run::{Desk, PROGRAM, json};

/// A server that stops with the test.
pub(crate) struct Served {
    child: Child,
    pub(crate) port: u16,
    _desk: Desk,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer; its head in small letters.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

pub(crate) fn serve() -> Served {
    let desk = Desk::new();
    let record = desk.demo();
    serve_record(desk, &record, &[])
}

pub(crate) fn serve_record(desk: Desk, record: &Path, with: &[&str]) -> Served {
    let mut child = Command::new(PROGRAM)
        .args(["serve", record.to_str().unwrap(), "--port", "0"])
        .args(with)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
    let port = line.split("127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next()).expect("the address is printed");
    Served { child, port: port.parse().unwrap(), _desk: desk }
}

impl Served {
    fn ask(&self, method: &str, path: &str, host: &str) -> Reply {
        self.send(method, path, &[("Host", host)], "")
    }

    /// Any request, with the headers given and no other that matters.
    pub(crate) fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        )
        .unwrap();
        let mut reply = Vec::new();
        stream.read_to_end(&mut reply).unwrap();
        let at = reply.windows(4).position(|it| it == b"\r\n\r\n").unwrap();
        let head = String::from_utf8_lossy(&reply[..at]).to_ascii_lowercase();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let body = match head.contains("transfer-encoding: chunked") {
            true => joined(&reply[at + 4..]),
            false => reply[at + 4..].to_vec(),
        };
        Reply { status, head, body: String::from_utf8_lossy(&body).into_owned() }
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        self.ask("GET", path, &format!("127.0.0.1:{}", self.port))
    }
}

/// A body that came in chunks; one may end in the middle of a letter.
fn joined(mut rest: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    while let Some(at) = rest.windows(2).position(|it| it == b"\r\n") {
        let length = usize::from_str_radix(std::str::from_utf8(&rest[..at]).unwrap(), 16).unwrap();
        out.extend_from_slice(&rest[at + 2..at + 2 + length]);
        rest = &rest[at + 2 + length + 2..];
    }
    out
}

#[test]
fn every_page_answers_with_strict_headers() {
    let served = serve();
    for path in [
        "/plain",
        "/events",
        "/events?place=Mayadin&since=2017-10-01&page=1",
        "/disputes",
        "/forecasts",
        "/threads",
        "/control",
        "/control?place=Mayadin&on=2017-10-20",
        "/map",
        "/map.svg",
        "/sources",
        "/about",
        "/about.json",
        "/style.css",
        "/api/lists/claims",
        "/api/lists/events",
        "/api/lists/links",
        "/api/lists/threads",
        "/export/geojson",
    ] {
        let reply = served.get(path);
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        assert!(!reply.body.is_empty(), "{path}");
        for header in [
            "content-security-policy: default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
        ] {
            assert!(reply.head.contains(header), "{path}: no {header}");
        }
        assert!(!reply.body.contains("<script") && !reply.body.contains(" style=\""), "{path}");
    }
}

#[test]
fn things_of_the_record_have_their_pages() {
    let served = serve();
    for (list, id, kind) in
        [("events", "event_id", "events"), ("claims", "claim_id", "claims"), ("claims", "document", "documents")]
    {
        let page = json(&served.get(&format!("/api/lists/{list}")).body).remove(0);
        let id = page["items"][0][id].as_str().unwrap();
        assert_eq!(served.get(&format!("/{kind}/{id}")).status, 200, "/{kind}/{id}");
    }
    for path in ["/events/e_0000000000000000", "/nothing", "/api/nothing", "/export/nothing", "/threads/d_0", "/..%2f"]
    {
        assert_eq!(served.get(path).status, 404, "{path}");
    }
    assert_eq!(served.get("/events?since=yesterday").status, 400);
}

/// A page with a picture beside it, and a file that only has a picture's name.
fn illustrated() -> Desk {
    let desk = Desk::new();
    let picture = image::RgbImage::from_fn(800, 600, |x, y| image::Rgb([(x / 4) as u8, (y / 3) as u8, 90]));
    let mut jpeg = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
    desk.write("pages/a_files/bridge.jpg", jpeg.into_inner());
    desk.write("pages/a_files/broken.jpg", b"\xFF\xD8no picture");
    desk.write(
        "pages/a.html",
        "<html><head><title>Column</title></head><body><article><h1>Column at the bridge</h1><p>A column of twelve trucks crossed \
        the bridge at Varnesh on Friday morning and went north, its mayor said.</p><figure><img src=\"a_files/bridge.jpg\"><figcaption>The \
        bridge at dawn</figcaption></figure><figure><img src=\"a_files/broken.jpg\"><figcaption>The road</figcaption></figure><p>The bridge \
        was closed until noon, two drivers who had waited there since the night said.</p></article></body></html>",
    );
    desk
}

#[test]
fn stills_of_pictures_stand_in_the_page_of_their_document_alone() {
    let desk = illustrated();
    desk.well(&["build", "pages", "-o", "war.sitrep"]);
    desk.well(&["build", "pages", "--no-thumbnails", "-o", "bare.sitrep"]);
    let bytes = std::fs::read(desk.path("war.sitrep")).unwrap();
    desk.well(&["add", "war.sitrep", "pages"]);
    assert!(bytes == std::fs::read(desk.path("war.sitrep")).unwrap(), "adding twice changes nothing");
    std::fs::remove_dir_all(desk.path("pages/a_files")).unwrap();
    desk.well(&["verify", "war.sitrep"]);
    let [record, bare] = ["war.sitrep", "bare.sitrep"].map(|name| desk.path(name));
    for list in ["claims", "pages"] {
        let listed = desk.well(&[list, "war.sitrep", "--format", "jsonl"]);
        assert_eq!(listed, desk.well(&[list, "bare.sitrep", "--format", "jsonl"]), "no list knows of stills");
    }
    let served = serve_record(desk, &record, &[]);
    let row = json(&served.get("/api/lists/pages").body)[0]["items"][0].clone();
    let document = format!("/documents/{}", row["document"].as_str().unwrap());
    let page = served.get(&document);
    assert!(
        page.head.contains("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'"),
        "{}",
        page.head
    );
    assert_eq!(page.body.matches("<img").count(), 1, "the broken one has no still");
    let address = page.body.split("<img src=\"").nth(1).unwrap().split('"').next().unwrap();
    let still = served.get(address);
    assert_eq!(still.status, 200);
    for header in [
        "content-type: image/jpeg\r\n",
        "x-content-type-options: nosniff",
        "content-security-policy: default-src 'none'; style-src 'self'; form-action",
        "cross-origin-resource-policy: same-origin",
    ] {
        assert!(still.head.contains(header), "{header}: {}", still.head);
    }
    assert_eq!(served.ask("GET", address, "rebound.example").status, 421);
    for none in [&format!("/media/{}", "0".repeat(64)), "/media/", "/media/../style.css", "/media/%27--"] {
        assert_eq!(served.get(none).status, 404, "{none}");
    }
    let plain = serve_record(Desk::new(), &bare, &[]);
    let page = plain.get(&document);
    assert!(page.status == 200 && !page.body.contains("<img") && page.body.contains("2 items, not shown"));
}

#[test]
fn only_this_machine_is_answered_and_only_reading() {
    let served = serve();
    assert_eq!(served.ask("GET", "/plain", "localhost").status, 200);
    for host in ["rebound.example", "127.0.0.1.rebound.example", "rebound.example:80"] {
        let reply = served.ask("GET", "/api/lists/claims", host);
        assert_eq!(reply.status, 421, "{host}");
        assert!(!reply.body.contains("claim_id"));
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        assert_eq!(served.ask(method, "/", "localhost").status, 405, "{method}");
    }
}

#[test]
fn readers_names_stay_in_the_record() {
    let served = serve();
    let all =
        served.get("/threads").body + &served.get("/api/lists/threads").body + &served.get("/api/lists/claims").body;
    assert!(!all.contains("dusty_lens") && all.contains("reader-"));
}

#[test]
fn a_port_in_use_is_told_in_one_line() {
    let served = serve();
    let desk = Desk::new();
    desk.demo();
    let ran = desk.run(&["serve", "demo.sitrep", "--port", &served.port.to_string()]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains(&served.port.to_string()) && ran.err.contains("--port"), "{}", ran.err);
}
