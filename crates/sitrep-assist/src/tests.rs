//! The room's promises, tried against a small server on this machine that also misbehaves.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::{Answer, AssistError, Endpoint, Limits};

/// A model that writes `content`.
fn completion(content: &str) -> Vec<u8> {
    json!({"id": "x", "choices": [{"index": 0, "message": {"role": "assistant", "content": content}}]})
        .to_string()
        .into_bytes()
}

const GOOD: &str =
    r#"{"claims": [{"quote": "Rebels shelled Korma", "event": "attack.shelling", "actors": ["Rebels"], "extra": 1}]}"#;

/// What the server answers to a path.
fn answer(path: &str) -> (&'static str, &'static str, Vec<u8>) {
    let many = || {
        let one = json!({"quote": "Rebels shelled Korma", "event": "attack.shelling"});
        json!({ "claims": vec![one; 5000] }).to_string()
    };
    match path.trim_end_matches("/chat/completions") {
        "/v1" => ("200 OK", "", completion(GOOD)),
        "/fenced" => ("200 OK", "", completion(&format!("```json\n{GOOD}\n```"))),
        "/prose" => ("200 OK", "", completion("Certainly! Here are the claims.")),
        "/list" => ("200 OK", "", completion("[1, 2]")),
        "/half" => ("200 OK", "", completion(r#"{"claims": [{"quote": 5}, "x", null, {"quote": "a", "event": "b"}]}"#)),
        "/many" => ("200 OK", "", completion(&many())),
        "/silent" => ("200 OK", "", br#"{"choices": [{"message": {"content": null}}]}"#.to_vec()),
        "/no-choice" => ("200 OK", "", br#"{"choices": []}"#.to_vec()),
        "/html" => ("200 OK", "", b"<html>".to_vec()),
        "/deep" => ("200 OK", "", "[".repeat(100_000).into_bytes()),
        "/huge" => ("200 OK", "", vec![b' '; 600 * 1024]),
        "/moved" => ("307 Temporary Redirect", "Location: /v1/chat/completions\r\n", Vec::new()),
        "/error" => ("500 Internal Server Error", "", b"\x1b[2J secret".to_vec()),
        "/denied" => ("401 Unauthorized", "", Vec::new()),
        _ => ("404 Not Found", "", Vec::new()),
    }
}

/// A server for as long as the test runs: its address, and the questions it got, head and body.
fn server() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (tell, told) = channel();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let tell = tell.clone();
            thread::spawn(move || serve(stream, &tell));
        }
    });
    (address, told)
}

fn serve(mut stream: TcpStream, tell: &Sender<String>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut head = String::new();
    while reader.read_line(&mut head).is_ok_and(|n| n > 2) {}
    let header = |name: &str| {
        head.lines().find_map(|line| line.split_once(": ").filter(|(key, _)| key.eq_ignore_ascii_case(name)))
    };
    let n: usize = header("content-length").and_then(|(_, it)| it.trim().parse().ok()).unwrap_or(0);
    let mut body = vec![0; n];
    reader.read_exact(&mut body).unwrap();
    let path = head.split(' ').nth(1).unwrap_or("/").to_owned();
    let _ = tell.send(head.clone() + &String::from_utf8_lossy(&body));
    if path.starts_with("/slow") {
        // A drop at a time: no single wait is long, the whole never ends.
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        while stream.write_all(b" ").is_ok() {
            thread::sleep(Duration::from_millis(50));
        }
        return;
    }
    let (status, more, body) = answer(&path);
    let head = format!("HTTP/1.1 {status}\r\n{more}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(&body);
}

fn limits() -> Limits {
    Limits { time: Duration::from_secs(20), ..Limits::default() }
}

fn ask(path: &str) -> Result<Answer, AssistError> {
    let (address, _told) = server();
    Endpoint::new(&format!("{address}{path}"), None).unwrap().ask("small", "Read.", "Rebels shelled Korma.", &limits())
}

#[test]
fn a_question_is_a_chat_completion_with_the_key_in_its_head_only() {
    let (address, told) = server();
    let endpoint = Endpoint::new(&format!("{address}/v1/"), Some("s3cret\n".to_owned())).unwrap();
    let answer = endpoint.ask("small", "Read.", "Rebels shelled Korma.", &limits()).unwrap();
    assert_eq!((answer.suggestions.len(), answer.n_unread), (1, 0));
    assert_eq!((&*answer.suggestions[0].quote, &*answer.suggestions[0].actors[0]), ("Rebels shelled Korma", "Rebels"));
    let question = told.recv().unwrap();
    let (head, body) = question.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /v1/chat/completions "), "{head}");
    assert!(head.to_lowercase().contains("authorization: bearer s3cret"), "{head}");
    assert!(!body.contains("s3cret") && !format!("{endpoint:?}").contains("s3cret"));
    let asked: Value = serde_json::from_str(body).unwrap();
    assert_eq!((&asked["model"], &asked["messages"][1]["content"]), (&"small".into(), &"Rebels shelled Korma.".into()));
    assert_eq!(answer.question_sha256, crate::answer::sha256_hex(body.as_bytes()));
}

#[test]
fn odd_answers_give_less_or_an_error_in_words() {
    assert_eq!(ask("/fenced").unwrap().suggestions.len(), 1);
    let half = ask("/half").unwrap();
    assert_eq!((half.suggestions.len(), half.n_unread), (1, 3));
    // 5,000 suggestions are larger than an answer may be.
    assert!(matches!(ask("/many"), Err(AssistError::TooLarge { limit_kib: 256 })));
    for path in ["/prose", "/list", "/silent", "/no-choice", "/html", "/deep"] {
        assert!(matches!(ask(path), Err(AssistError::Form(_))), "{path}");
    }
    assert!(matches!(ask("/huge"), Err(AssistError::TooLarge { .. })));
    assert!(matches!(ask("/denied"), Err(AssistError::Status(401))));
    let error = ask("/error").unwrap_err();
    assert!(matches!(error, AssistError::Status(500)) && !error.to_string().contains("secret"), "{error}");
}

#[test]
fn only_so_many_suggestions_are_taken() {
    let (address, _told) = server();
    let endpoint = Endpoint::new(&format!("{address}/many"), None).unwrap();
    let answer = endpoint.ask("small", "", "", &Limits { bytes: 1 << 20, ..limits() }).unwrap();
    assert_eq!((answer.suggestions.len(), answer.n_unread), (20, 4980));
}

#[test]
fn redirects_are_not_followed() {
    let (address, told) = server();
    let endpoint = Endpoint::new(&format!("{address}/moved"), Some("k".to_owned())).unwrap();
    assert!(matches!(endpoint.ask("small", "", "", &limits()), Err(AssistError::Redirect(307))));
    assert!(told.recv().unwrap().starts_with("POST /moved"));
    assert!(told.recv_timeout(Duration::from_millis(300)).is_err(), "no second question");
}

#[test]
fn an_answer_that_never_ends_is_given_up() {
    let (address, _told) = server();
    let endpoint = Endpoint::new(&format!("{address}/slow"), None).unwrap();
    let begun = Instant::now();
    let error = endpoint.ask("small", "", "", &Limits { time: Duration::from_secs(1), ..limits() }).unwrap_err();
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    assert!(error.to_string().contains("within 1 s"), "{error}");
}

#[test]
fn addresses_are_checked_before_anything_is_sent() {
    let refused = [
        "127.0.0.1:1/v1",
        "file:///etc/hostname",
        "ftp://127.0.0.1/v1",
        "http://10.0.0.5/v1",
        "http://desk.example/v1",
        "http://127.0.0.1.desk.example/v1",
        "http://localhost.desk.example/v1",
        "http://name:word@127.0.0.1/v1",
        "https://desk.example/v1?key=word",
        "",
    ];
    for url in refused {
        assert!(matches!(Endpoint::new(url, None), Err(AssistError::Address(_))), "{url}");
    }
    for (url, host, here) in [
        ("http://127.0.0.1:8080/v1", "127.0.0.1:8080", true),
        ("http://[::1]:8080/v1", "[::1]:8080", true),
        ("http://localhost/v1/chat/completions", "localhost", true),
        ("https://desk.example/v1", "desk.example", false),
        ("https://10.0.0.5/v1", "10.0.0.5", false),
    ] {
        let endpoint = Endpoint::new(url, None).unwrap();
        assert_eq!((endpoint.host().as_str(), endpoint.is_this_machine()), (host, here));
        assert!(endpoint.url.path() == "/v1/chat/completions", "{}", endpoint.url);
    }
    for key in ["two words", "line\nline", "ключ"] {
        assert!(Endpoint::new("http://127.0.0.1/v1", Some(key.to_owned())).is_err(), "{key:?}");
    }
}
