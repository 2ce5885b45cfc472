//! The room's promises, tried against a small server on this machine.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use flate2::read::MultiGzDecoder;

use crate::{Fetched, Limits, fetch};

/// What the server answers to a path: head lines after the status, and a body.
fn answer(path: &str) -> (&'static str, String, Vec<u8>) {
    let html = |body: &str| ("200 OK", "Content-Type: text/html\r\n".to_owned(), body.as_bytes().to_vec());
    match path {
        "/robots.txt" => ("200 OK", String::new(), b"User-agent: *\nDisallow: /private/\n".to_vec()),
        "/report" => html("<p>The bridge at Varnesh was repaired."),
        "/moved" => ("302 Found", "Location: /report\r\n".to_owned(), Vec::new()),
        "/loop" => ("302 Found", "Location: /loop\r\n".to_owned(), Vec::new()),
        "/away" => ("302 Found", "Location: http://10.0.0.1/report\r\n".to_owned(), Vec::new()),
        "/file" => ("302 Found", "Location: file:///etc/hostname\r\n".to_owned(), Vec::new()),
        "/large" => html(&"x".repeat(5000)),
        "/private/notes" => html("<p>not for programs"),
        _ => ("404 Not Found", String::new(), Vec::new()),
    }
}

/// A server for as long as the test runs; its address without a final slash.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || serve(stream));
        }
    });
    address
}

fn serve(mut stream: TcpStream) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let path = first.split(' ').nth(1).unwrap_or("/").to_owned();
    while lines.next().is_some_and(|line| !line.is_empty()) {}
    let (status, head, body) = answer(&path);
    let head = format!("HTTP/1.1 {status}\r\n{head}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(&body);
}

fn limits() -> Limits {
    Limits { bytes: 2000, pause: Duration::ZERO, time: Duration::from_secs(10), loopback: true, ..Limits::default() }
}

fn run(url: &str, limits: &Limits) -> (Result<Fetched, String>, String) {
    let mut archive = Vec::new();
    let mut came = None;
    fetch(&[url.to_owned()], limits, &mut archive, |_, result| {
        came = Some(match result {
            Ok(page) => Ok(page.clone()),
            Err(error) => Err(error.to_string()),
        });
    })
    .unwrap();
    let mut text = String::new();
    MultiGzDecoder::new(archive.as_slice()).read_to_string(&mut text).unwrap();
    (came.unwrap(), text)
}

#[test]
fn a_page_is_kept_as_it_came() {
    let (came, archive) = run(&format!("{}/report#top", server()), &limits());
    assert_eq!(came.as_ref().map(|f| (f.status, f.n_bytes)), Ok((200, 38)));
    assert!(archive.starts_with("WARC/1.1\r\nWARC-Type: warcinfo\r\n"));
    assert!(archive.contains("WARC-Type: response"));
    assert!(archive.contains("/report\r\n"), "the address is kept without its fragment");
    assert!(archive.ends_with("\r\n\r\n<p>The bridge at Varnesh was repaired.\r\n\r\n"));
}

#[test]
fn redirects_are_kept_and_counted() {
    let (came, archive) = run(&format!("{}/moved", server()), &limits());
    assert!(came.unwrap().url.ends_with("/report"));
    assert_eq!(archive.matches("WARC-Type: response").count(), 2);
    let (came, _) = run(&format!("{}/loop", server()), &limits());
    assert!(came.unwrap_err().contains("more than 5 redirects"));
}

#[test]
fn private_addresses_are_refused_at_every_step() {
    let server = server();
    let closed = Limits { loopback: false, ..limits() };
    assert!(run(&format!("{server}/report"), &closed).0.unwrap_err().contains("leads to 127.0.0.1"));
    assert!(run(&format!("{server}/away"), &limits()).0.unwrap_err().contains("leads to 10.0.0.1"));
    assert!(run(&format!("{server}/file"), &limits()).0.unwrap_err().contains("only http"));
    assert!(run("ftp://example.org/x", &limits()).0.unwrap_err().contains("only http"));
}

#[test]
fn robots_and_size_are_kept_to() {
    let server = server();
    assert!(run(&format!("{server}/private/notes"), &limits()).0.unwrap_err().contains("robots.txt"));
    assert!(run(&format!("{server}/large"), &limits()).0.unwrap_err().contains("larger than"));
}

#[test]
fn a_server_that_says_no_is_an_answer() {
    let (came, _) = run(&format!("{}/nothing", server()), &limits());
    assert_eq!(came.unwrap().status, 404);
}
