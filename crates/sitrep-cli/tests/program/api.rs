//! The HTTP API for other programs: its description, lists page by page and as lines, versions, days, what changed, and what is refused.

use serde_json::Value;

use crate::run::{Desk, json};
use crate::served::{Reply, Served, serve, serve_record};

fn told(served: &Served, path: &str) -> Value {
    let reply = served.get(path);
    assert_eq!(reply.status, 200, "{path}: {}", reply.body);
    serde_json::from_str(&reply.body).unwrap()
}

fn with(served: &Served, path: &str, header: (&str, &str)) -> Reply {
    served.send("GET", path, &[("Host", "localhost"), header], "")
}

#[test]
fn the_description_is_openapi_and_names_every_list() {
    let served = serve();
    let description = told(&served, "/api/openapi.json");
    assert_eq!(description["openapi"], "3.1.0");
    for list in
        ["claims", "events", "disputes", "forecasts", "links", "threads", "places", "actors", "sources", "pages"]
    {
        let path = &description["paths"][format!("/api/lists/{list}")]["get"];
        let content = &path["responses"]["200"]["content"];
        assert!(content["application/json"].is_object() && content["application/x-ndjson"].is_object(), "{list}");
    }
    assert!(description["components"]["schemas"]["Problem"].is_object());
}

#[test]
fn exports_are_what_the_command_line_writes_and_are_described() {
    let desk = Desk::new();
    let record = desk.demo();
    let written = |args: &[&str]| desk.well(&[&["export", "demo.sitrep", "-o", "-"][..], args].concat());
    let wanted = [
        ("csv", written(&["--to", "csv"])),
        (
            "csv?profile=spreadsheet&type=territory",
            written(&["--to", "csv", "--profile", "spreadsheet", "--type", "territory"]),
        ),
        ("acled?aggregate=1", written(&["--to", "acled", "--aggregate"])),
        ("jsonl?profile=public", written(&["--to", "jsonl", "--profile", "public"])),
        ("geojson?as_of=2017-11-09", written(&["--to", "geojson", "--as-known", "2017-11-09"])),
        ("ftm", written(&["--to", "ftm"])),
    ];
    let listed = desk.well(&["export", "--list"]);
    let served = serve_record(desk, &record, &[]);
    for (address, wanted) in wanted {
        let answer = with(&served, &format!("/api/export/{address}"), ("Accept", "*/*")).body;
        assert!(answer == wanted, "{address}: {} and {} bytes", answer.len(), wanted.len());
    }
    let links = with(&served, "/api/export/jsonl?file=links.jsonl", ("Accept", "*/*")).body;
    assert!(!json(&links).is_empty() && json(&links).iter().all(|it| it["from"].is_string()));
    for (odd, status) in [
        ("docx", 404),
        ("html", 404),
        ("csv?file=links.jsonl", 404),
        ("csv?file=../demo.sitrep", 400),
        ("csv?profile=private", 400),
        ("csv?keep_names=1", 400),
    ] {
        let answer = with(&served, &format!("/api/export/{odd}"), ("Accept", "*/*"));
        assert_eq!(answer.status, status, "{odd}: {}", answer.body);
    }
    let described = told(&served, "/api/openapi.json");
    let export = &described["paths"]["/api/export/{format}"]["get"];
    let formats: Vec<&str> = listed.lines().filter_map(|it| it.split(' ').next()).filter(|it| *it != "html").collect();
    assert_eq!(export["parameters"][0]["schema"]["enum"], serde_json::json!(formats));
    assert!(export["responses"]["200"]["content"]["application/geo+json"].is_object());
}

#[test]
fn pages_of_a_list_make_up_what_the_command_line_lists() {
    let desk = Desk::new();
    let record = desk.demo();
    let listed =
        |what: &[&str]| json(&desk.well(&[&[what[0], "demo.sitrep"], &what[1..], &["--format", "jsonl"]].concat()));
    let wanted = [
        ("claims", listed(&["claims"]), ""),
        ("claims", listed(&["claims", "--type", "territory", "--voice", "article"]), "&type=territory&voice=article"),
        ("events", listed(&["events"]), ""),
        ("links", listed(&["links"]), ""),
        ("places", listed(&["places"]), ""),
        ("threads", listed(&["threads"]), ""),
    ];
    let served = serve_record(desk, &record, &[]);
    for (what, wanted, filter) in wanted {
        let (mut got, mut next) = (Vec::new(), String::new());
        loop {
            let page = told(&served, &format!("/api/lists/{what}?limit=7{filter}{next}"));
            assert_eq!(page["n"], wanted.len(), "{what}{filter}");
            got.extend(page["items"].as_array().unwrap().iter().cloned());
            let Some(cursor) = page["next"].as_str() else { break };
            next = format!("&cursor={cursor}");
        }
        assert_eq!(got, wanted, "{what}{filter}");
        let lines = with(
            &served,
            &format!("/api/lists/{what}?{}", filter.trim_start_matches('&')),
            ("Accept", "application/x-ndjson"),
        );
        assert!(lines.head.contains("content-type: application/x-ndjson"), "{}", lines.head);
        assert_eq!(json(&lines.body), wanted, "{what}{filter} as lines");
    }
}

#[test]
fn an_answer_that_is_known_is_not_sent_again() {
    let served = serve();
    let tag = |reply: &Reply| reply.head.lines().find_map(|it| it.strip_prefix("etag: ")).unwrap().to_owned();
    for path in ["/api/about", "/api/openapi.json", "/api/outlines", "/api/lists/claims?limit=3"] {
        let first = served.get(path);
        let again = with(&served, path, ("If-None-Match", &format!("\"other\", W/{}", tag(&first))));
        assert_eq!((again.status, again.body.as_str()), (304, ""), "{path}");
    }
    let page = tag(&served.get("/api/lists/claims"));
    let lines = with(&served, "/api/lists/claims", ("Accept", "application/x-ndjson"));
    assert_ne!(page, tag(&lines), "two forms, two versions");
    assert_eq!(with(&served, "/api/lists/claims?limit=0", ("If-None-Match", &page)).status, 400);
    assert_eq!(with(&served, "/api/event/e_0", ("If-None-Match", &page)).status, 404);
}

/// Two reports of two weeks, the second one ruled on afterwards.
fn weeks() -> (Desk, std::path::PathBuf) {
    let desk = Desk::new();
    desk.write("a.txt", "Government forces captured the town of Varnesh on May 5, the army said.");
    desk.write("b.txt", "Rebel fighters shelled the village of Korma on May 12, a rebel spokesman said.");
    desk.well(&["build", "a.txt", "--published", "2031-05-06", "-o", "war.sitrep"]);
    desk.well(&["add", "war.sitrep", "b.txt", "--published", "2031-05-13"]);
    let record = desk.path("war.sitrep");
    (desk, record)
}

#[test]
fn a_day_in_the_past_shows_what_was_known_then() {
    let (desk, record) = weeks();
    let early = json(&desk.well(&["claims", "war.sitrep", "--as-known", "2031-05-10", "--format", "jsonl"]));
    let served = serve_record(desk, &record, &[]);
    let then = told(&served, "/api/lists/claims?as_of=2031-05-10");
    assert_eq!(then["items"].as_array().unwrap(), &early);
    assert!(then["n"].as_u64() < told(&served, "/api/lists/claims")["n"].as_u64());
    assert_eq!(told(&served, "/api/about?as_of=2031-05-10")["n_pages"], 1);
    assert_eq!(told(&served, "/api/about?as_of=2031-05-01")["n_claims"], 0);
    assert_eq!(served.get("/api/rulings?as_of=2031-05-10").status, 400, "rulings are as they stand now");
}

#[test]
fn what_changed_since_comes_with_tombstones() {
    let (desk, record) = weeks();
    let claims = json(&desk.well(&["claims", "war.sitrep", "--format", "jsonl"]));
    let id = |word: &str| {
        let claim = claims.iter().find(|it| it["quote"].as_str().unwrap().contains(word)).unwrap();
        claim["claim_id"].as_str().unwrap().to_owned()
    };
    let (kept, rejected) = (id("captured"), id("shelled"));
    let log = std::fs::read_to_string(desk.path("war.sitrep.log")).unwrap();
    // The clock of the log counts seconds: the rulings must come in a later one.
    let last: Value = serde_json::from_str(log.lines().last().unwrap()).unwrap();
    let before = last["time"].as_str().unwrap().to_owned();
    std::thread::sleep(std::time::Duration::from_millis(1100));
    desk.well(&["review", "war.sitrep", "reject", &rejected, "--why", "misread"]);
    desk.well(&["review", "war.sitrep", "accept", &kept]);
    let served = serve_record(desk, &record, &[]);
    let all = told(&served, "/api/lists/claims?updated_since=2931-01-01");
    assert_eq!(all["items"].as_array().unwrap().len(), 0, "a day to come");
    let all = told(&served, "/api/lists/claims?updated_since=1970-01-01");
    assert_eq!(all["items"].as_array().unwrap().len(), claims.len() - 1);
    let after: jiff::Timestamp = before.parse().unwrap();
    let after = after.checked_add(jiff::SignedDuration::from_secs(1)).unwrap();
    let news = told(&served, &format!("/api/lists/claims?updated_since={after}"));
    assert_eq!(
        news["items"].as_array().unwrap().iter().map(|it| it["claim_id"].as_str().unwrap()).collect::<Vec<_>>(),
        [kept]
    );
    assert_eq!(news["tombstones"][0]["id"], rejected.as_str());
    assert_eq!((&news["tombstones"][0]["kind"], &news["tombstones"][0]["why"]), (&"claim".into(), &"rejected".into()));
    assert!(news["until"].as_str().unwrap() > before.as_str());
    assert_eq!(told(&served, &format!("/api/lists/pages?updated_since={after}"))["n"], 0);
    assert_eq!(served.get("/api/lists/events?updated_since=2031-01-01").status, 400);
}

#[test]
fn what_is_wrong_is_told_with_what_would_be_right() {
    let served = serve();
    let host = format!("127.0.0.1:{}", served.port);
    let refused = |method: &str, path: &str, status: u16, says: &str| {
        let reply = served.send(method, path, &[("Host", &host)], "");
        assert_eq!(reply.status, status, "{method} {path}: {}", reply.body);
        assert!(reply.head.contains("content-type: application/problem+json"), "{path}: {}", reply.head);
        let problem: Value = serde_json::from_str(&reply.body).unwrap();
        assert!(problem["detail"].as_str().unwrap().contains(says), "{path}: {problem}");
        assert_eq!(problem["status"], status);
        reply
    };
    refused("GET", "/api/lists/claims?plce=Korma", 400, "place, actor, type");
    refused("GET", "/api/lists/claims?since=yesterday", 400, "YYYY-MM-DD");
    refused("GET", "/api/lists/claims?limit=0", 400, "1 to 1000");
    refused("GET", "/api/lists/claims?limit=2&limit=3", 400, "only once");
    refused("GET", "/api/lists/claims?type=war", 400, "territory.captured");
    refused("GET", "/api/lists/claims?cursor=bm90aGluZw", 404, "begin again");
    refused("GET", "/api/lists/wishes", 404, "openapi.json");
    refused("GET", "/api/event/%FF", 400, "UTF-8");
    refused("GET", "/api/compare?a=d_1", 400, "b is missing");
    refused("GET", "/api", 404, "openapi.json");
    assert!(refused("DELETE", "/api/rulings", 405, "POST").head.contains("allow: get, head, post"));
    assert!(refused("GET", "/api/ingest", 405, "POST").head.contains("allow: post"));
    assert_eq!(served.send("GET", "/api/about", &[("Host", "elsewhere.example")], "").status, 421);
    let long = format!("/api/search?q={}", "x".repeat(3000));
    refused("GET", &long, 400, "letters");
}
