//! The workbench's API: what its screens are told, who may change something, and that no ruling gets lost.

use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use serde_json::{Value, json};

use crate::run::Desk;
use crate::served::{Reply, Served, serve, serve_record};

/// The page the workbench's own page would be; the token is written into it when the server starts.
const PAGE: &str = "<html><head><meta name=\"sitrep-token\" content=\"\"></head></html>";

fn told(served: &Served, path: &str) -> Value {
    let reply = served.get(path);
    assert_eq!(reply.status, 200, "{path}: {}", reply.body);
    serde_json::from_str(&reply.body).unwrap()
}

fn names<'v>(values: &'v Value, field: &str) -> Vec<&'v str> {
    values.as_array().unwrap().iter().map(|value| value[field].as_str().unwrap()).collect()
}

/// A server whose workbench is one empty page, and the token that stands in it.
fn with_token() -> (Served, String) {
    let desk = Desk::new();
    let record = desk.demo();
    serve_with_token(desk, &record)
}

/// The same of a record of one's own.
pub(crate) fn serve_with_token(desk: Desk, record: &Path) -> (Served, String) {
    desk.write("workbench/index.html", PAGE);
    let folder = desk.path("workbench");
    let served = serve_record(desk, record, &["--workbench", folder.to_str().unwrap()]);
    let page = served.get("/w/explore").body;
    let token = page.split("content=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(token.len(), 32, "{page}");
    (served, token)
}

pub(crate) fn post(served: &Served, token: &str, path: &str, body: &str) -> Reply {
    let host = format!("127.0.0.1:{}", served.port);
    served.send("POST", path, &[("Host", &host), ("X-Sitrep-Token", token)], body)
}

#[test]
fn the_first_screen_counts_what_passes_and_what_would() {
    let served = serve();
    let all = told(&served, "/api/explore?limit=500");
    let about = told(&served, "/api/about");
    assert_eq!(all["n_events"], about["n_events"]);
    assert_eq!(all["events"].as_array().unwrap().len() as u64, all["n_events"].as_u64().unwrap());
    let facet = |answer: &Value, name: &str| {
        answer["facets"].as_array().unwrap().iter().find(|facet| facet["name"] == name).unwrap()["values"].clone()
    };
    let place = facet(&all, "place")[0].clone();
    let address = format!("/api/explore?limit=500&place={}", place["value"].as_str().unwrap().replace(' ', "+"));
    let some = told(&served, &address);
    assert!(some["n_events"].as_u64() >= place["n"].as_u64() && some["n_events"].as_u64() < all["n_events"].as_u64());
    // Under a chosen place the other places keep their numbers: choosing a second one widens what passes.
    assert_eq!(facet(&some, "place").as_array().unwrap().len(), facet(&all, "place").as_array().unwrap().len());
    assert_eq!(facet(&some, "place")[0]["chosen"], true);
    let first = told(&served, "/api/explore?limit=7");
    let next = told(&served, &format!("/api/explore?limit=7&cursor={}", first["next"].as_str().unwrap()));
    let whole = names(&all["events"], "id");
    assert_eq!([names(&first["events"], "id"), names(&next["events"], "id")].concat(), whole[..14]);
}

#[test]
fn filters_narrow_each_other_down_and_mean_what_they_mean_on_the_command_line() {
    let served = serve();
    let n = |query: &str| told(&served, &format!("/api/explore?{query}"))["n_claims"].as_u64().unwrap();
    let listed = |query: &str| told(&served, &format!("/api/explore?limit=500&{query}"));
    assert!(n("type=territory") > n("type=territory.captured"));
    assert!(n("type=territory&place=bukamal") < n("type=territory").min(n("place=bukamal")));
    assert_eq!(n("voice=article") + n("voice=comment") + n("voice=headline") + n("voice=caption"), n(""));
    assert_eq!(n("voice=article&voice=comment"), n("voice=article") + n("voice=comment"));
    assert!(listed("disputed=1")["events"].as_array().unwrap().iter().all(|event| event["standing"] == "disputed"));
    assert!(n("q=captured") > 0 && n("q=captu") >= n("q=captured") && n("q=captured+zebra") == 0);
    assert!(n("until=2017-10-31") > 0 && n("until=2017-10-31") + n("since=2017-11-01") >= n(""));
    for wrong in ["since=yesterday", "type=war", "certainty=9", "voice=radio", "limit=0", "cursor=x"] {
        let reply = served.get(&format!("/api/explore?{wrong}"));
        assert_eq!(reply.status, 400, "{wrong}");
        assert!(reply.head.contains("application/problem+json"), "{}", reply.head);
        let problem: Value = serde_json::from_str(&reply.body).unwrap();
        assert!(problem["detail"].as_str().unwrap().starts_with(wrong.split('=').next().unwrap()), "{problem}");
    }
}

#[test]
fn marks_tell_of_the_same_events_as_the_list() {
    let served = serve();
    let (marks, list) = (told(&served, "/api/marks"), told(&served, "/api/explore?limit=500"));
    let n_placed: u64 = marks["places"].as_array().unwrap().iter().map(|place| place["n"].as_u64().unwrap()).sum();
    assert_eq!(n_placed + marks["n_unplaced"].as_u64().unwrap(), list["n_events"].as_u64().unwrap());
    assert_eq!(names(&marks["events"], "id"), names(&list["events"], "id"));
    let n_sure: u64 = marks["bins"].as_array().unwrap().iter().map(|bin| bin["n"].as_u64().unwrap()).sum();
    assert!(n_sure > 0 && n_sure <= list["n_events"].as_u64().unwrap());
    let some = told(&served, "/api/marks?since=2017-11-01&until=2017-11-20");
    let days: Vec<&str> = names(&some["bins"], "from");
    assert!(some["unit"] == "day" && days.iter().all(|day| ("2017-11-01"..="2017-11-20").contains(day)), "{days:?}");
    let relative = |place: &&Value| place["place"]["status"] == "relative" && !place["area"].is_null();
    assert!(marks["places"].as_array().unwrap().iter().any(|place| relative(&place)), "a sector or corridor");
}

#[test]
fn every_passage_of_a_document_stands_where_it_says() {
    let served = serve();
    let documents = told(&served, "/api/documents")["documents"].take();
    for id in names(&documents, "id") {
        let view = told(&served, &format!("/api/document/{id}"));
        let text: Vec<u16> = view["text"].as_str().unwrap().encode_utf16().collect();
        for passage in view["passages"].as_array().unwrap() {
            assert_eq!(passage["anchor"], "ok");
            let at = |field: &str| passage[field].as_u64().unwrap() as usize;
            assert_eq!(String::from_utf16(&text[at("start")..at("end")]).unwrap(), passage["quote"].as_str().unwrap());
            assert!(at("sentence_start") <= at("start") && at("end") <= at("sentence_end"));
        }
        let sha256 = view["provenance"]["sha256"].as_str().unwrap();
        assert_eq!(sha256.len(), 64);
    }
}

#[test]
fn an_event_shows_its_accounts_and_both_sides_of_what_is_disputed() {
    let served = serve();
    let disputed = told(&served, "/api/explore?disputed=1");
    let id = disputed["events"][0]["id"].as_str().unwrap();
    let view = told(&served, &format!("/api/event/{id}"));
    assert_eq!(view["accounts"].as_array().unwrap().len(), view["event"]["accounts"].as_array().unwrap().len());
    assert!(view["disputes"][0]["sides"].as_array().unwrap().len() >= 2);
    let claim = view["accounts"][0]["claim"]["claim_id"].as_str().unwrap();
    assert_eq!(told(&served, &format!("/api/event/{claim}"))["brief"]["id"], view["brief"]["id"], "asked by a claim");
    for missing in ["/api/event/e_0", "/api/document/d_0", "/api/claim/c_0", "/api/nothing", "/api/lists/nothing"] {
        let reply = served.get(missing);
        assert_eq!((reply.status, reply.head.contains("problem+json")), (404, true), "{missing}");
    }
}

#[test]
fn two_reports_are_held_side_by_side() {
    let served = serve();
    let documents = told(&served, "/api/documents")["documents"].take();
    let mut met = false;
    let ids = names(&documents, "id");
    for (at, a) in ids.iter().enumerate() {
        for b in &ids[at + 1..] {
            let view = told(&served, &format!("/api/compare?a={a}&b={b}"));
            met |= !view["agree"].as_array().unwrap().is_empty();
            if !view["copy"].is_null() {
                let words = view["words"].as_array().unwrap();
                assert!(words.iter().any(|run| run["side"] == "both"), "a near-copy shares words");
            }
        }
    }
    assert!(met, "some two of the samples agree on something");
    assert_eq!((served.get("/api/compare?a=d_0&b=d_1").status, served.get("/api/compare").status), (404, 400));
}

#[test]
fn control_on_a_day_agrees_with_what_is_said_of_the_place() {
    let served = serve();
    let map = told(&served, "/api/control?on=2017-11-12");
    let held: Vec<&Value> = map["places"].as_array().unwrap().iter().filter(|it| it["state"] == "held").collect();
    assert!(!held.is_empty());
    for mark in held {
        let place = mark["place"]["name"].as_str().unwrap().replace(' ', "+").replace('\'', "%27");
        let answer = told(&served, &format!("/api/control/{}?on=2017-11-12", place.replace('+', "%20")));
        let holders: Vec<&str> =
            answer["sides"].as_array().unwrap().iter().filter_map(|side| side["holder"].as_str()).collect();
        let said = mark["holders"].as_array().unwrap();
        assert!(said.iter().all(|holder| holders.contains(&holder.as_str().unwrap())), "{mark} {answer}");
    }
}

#[test]
fn nothing_is_changed_without_the_token_or_for_another_site() {
    let (served, token) = with_token();
    let host = format!("127.0.0.1:{}", served.port);
    let ruling = json!({"action": "accept", "subject": "c_0"}).to_string();
    let refused = |headers: &[(&str, &str)]| {
        let reply = served.send("POST", "/api/rulings", headers, &ruling);
        assert_eq!(reply.status, 403, "{headers:?}: {}", reply.body);
    };
    refused(&[("Host", &host)]);
    refused(&[("Host", &host), ("X-Sitrep-Token", "0")]);
    refused(&[("Host", &host), ("X-Sitrep-Token", &token), ("Origin", "http://rebound.example")]);
    refused(&[("Host", &host), ("X-Sitrep-Token", &token), ("Origin", "null")]);
    let own = format!("http://{host}");
    let reply =
        served.send("POST", "/api/rulings", &[("Host", &host), ("X-Sitrep-Token", &token), ("Origin", &own)], &ruling);
    assert_eq!(reply.status, 422, "no such claim: {}", reply.body);
    let elsewhere =
        served.send("POST", "/api/rulings", &[("Host", "rebound.example"), ("X-Sitrep-Token", &token)], &ruling);
    assert_eq!(elsewhere.status, 421);
}

#[test]
fn a_ruling_is_kept_at_once_and_two_reviewers_never_overwrite_each_other() {
    let (served, token) = with_token();
    let queue = told(&served, "/api/queue?limit=200");
    let items = queue["items"].as_array().unwrap();
    let item = items.iter().find(|item| item["item"]["kind"] == "unsure reading").unwrap();
    let claim = item["claims"][0]["claim"]["claim_id"].as_str().unwrap();
    let about = told(&served, &format!("/api/queue?about={claim}"));
    assert!(about["items"].as_array().unwrap().contains(item) && about["n_open"].as_u64() < queue["n_open"].as_u64());
    let ruling = |action: &str| json!({"action": action, "subject": claim, "seen": 0, "reviewer": "R1"}).to_string();
    let first = post(&served, &token, "/api/rulings", &ruling("accept"));
    assert_eq!(first.status, 200, "{}", first.body);
    assert_eq!(told(&served, &format!("/api/claim/{claim}"))["review"], "accepted");
    assert_eq!(told(&served, "/api/queue")["n_open"].as_u64().unwrap() + 1, queue["n_open"].as_u64().unwrap());
    let second = post(&served, &token, "/api/rulings", &ruling("reject"));
    let problem: Value = serde_json::from_str(&second.body).unwrap();
    assert_eq!((second.status, &problem["ruling"]["action"]), (409, &json!("accept")));
    let seen = json!({"action": "reject", "subject": claim, "seen": 1, "why": "no such thing in it"}).to_string();
    assert_eq!(post(&served, &token, "/api/rulings", &seen).status, 200);
    let log = told(&served, "/api/rulings");
    assert_eq!(names(&log["rulings"], "action"), ["reject", "accept"]);
    // Within moments the record is settled and the rejected claim is in no event any more.
    let mut event = json!(null);
    for _ in 0..100 {
        event = told(&served, &format!("/api/claim/{claim}"))["event_id"].clone();
        if event.is_null() {
            break;
        }
        sleep(Duration::from_millis(100));
    }
    assert!(event.is_null(), "{event}");
    let undo = json!({"action": "undo", "subject": "2"}).to_string();
    assert_eq!(post(&served, &token, "/api/rulings", &undo).status, 200);
    assert_eq!(told(&served, &format!("/api/claim/{claim}"))["review"], "accepted");
}

#[test]
fn a_merge_names_two_events_and_rulings_on_either_count_as_seen_or_not() {
    let (served, token) = with_token();
    let explore = told(&served, "/api/explore?limit=2");
    let [one, other] = [0, 1].map(|at| explore["events"][at]["id"].as_str().unwrap().to_owned());
    let claim = told(&served, &format!("/api/event/{other}"))["accounts"][0]["claim"]["claim_id"].clone();
    let accept = json!({"action": "accept", "subject": claim}).to_string();
    assert_eq!(post(&served, &token, "/api/rulings", &accept).status, 200);
    let merge = |seen: u64| json!({"action": "merge", "subject": one, "value": other, "seen": seen}).to_string();
    let unseen = post(&served, &token, "/api/rulings", &merge(0));
    let problem: Value = serde_json::from_str(&unseen.body).unwrap();
    assert_eq!((unseen.status, &problem["ruling"]["subject"]), (409, &claim), "{}", unseen.body);
    let seen = post(&served, &token, "/api/rulings", &merge(1));
    assert_ne!(seen.status, 409, "{}", seen.body);
}

#[test]
fn a_report_to_keep_needs_no_other_file() {
    let (served, _) = with_token();
    let kept = served.get("/report?bare=kept").body;
    assert!(kept.contains("<style>") && kept.contains("</html>"), "{kept}");
    assert!(!kept.contains("stylesheet") && !kept.contains("href=\"/") && !kept.contains("src=\""), "{kept}");
    assert!(served.get("/report?bare=1").body.contains("/style.css"));
}

#[test]
fn a_page_dropped_in_is_read_and_told_step_by_step() {
    let (served, token) = with_token();
    let before = told(&served, "/api/about")["n_claims"].as_u64().unwrap();
    let text = "Troops take Varnesh\n\nOn 5 May 2031 government forces captured the town of Varnesh, the army said.\n";
    let path = "/api/ingest?name=..%2F..%2Fnew.txt&published=2031-05-09&outlet=Varnesh+Courier";
    let reply = post(&served, &token, path, text);
    assert_eq!(reply.status, 200, "{}", reply.body);
    let steps = served.get("/api/ingest/1");
    assert!(steps.head.contains("text/event-stream"), "{}", steps.head);
    for said in ["\"step\":\"read\"", "\"path\":\"new.txt\"", "territory.captured", "\"step\":\"done\",\"n_added\":1"] {
        assert!(steps.body.contains(said), "{said}: {}", steps.body);
    }
    assert!(told(&served, "/api/about")["n_claims"].as_u64().unwrap() > before);
    post(&served, &token, path, text);
    assert!(served.get("/api/ingest/2").body.contains("\"step\":\"already_there\""));
    assert_eq!(post(&served, &token, "/api/ingest?name=x", "").status, 400);
    assert_eq!(post(&served, &token, "/api/ingest?published=soon", "x").status, 400);
    assert_eq!(served.get("/api/ingest/99").status, 404);
}

#[test]
fn the_gazetteer_can_be_asked_and_a_report_shown_bare() {
    let served = serve();
    let places = told(&served, "/api/places?q=Mayadin");
    assert!(places[0]["lat"].as_f64().is_some_and(|lat| (34.5..35.5).contains(&lat)), "{places}");
    assert_eq!(told(&served, "/api/places?q=Qqqq"), json!([]));
    let (whole, bare) = (served.get("/report").body, served.get("/report?bare=1").body);
    assert!(whole.contains("<nav") && !bare.contains("<nav") && bare.contains("class=\"report\""));
}

#[test]
fn a_page_as_it_came_can_do_nothing() {
    let served = serve();
    let documents = told(&served, "/api/documents")["documents"].take();
    let id = names(&documents, "id")[0].to_owned();
    let original = served.get(&format!("/original/{id}"));
    assert_eq!(original.status, 200);
    assert!(original.head.contains("content-security-policy: sandbox; default-src 'none'"), "{}", original.head);
    assert!(original.head.contains("x-content-type-options: nosniff"));
}

#[test]
fn the_workbench_has_a_strict_policy_and_an_answer_known_is_not_sent_again() {
    let (served, _) = with_token();
    let page = served.get("/w/explore");
    assert!(
        page.head.contains(
            "content-security-policy: default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' blob:"
        ),
        "{}",
        page.head
    );
    assert!(!page.head.contains("unsafe"));
    for path in ["/assets/../index.html", "/assets/.hidden", "/assets/%2e%2e%2findex.html", "/assets/nothing.js"] {
        assert_eq!(served.get(path).status, 404, "{path}");
    }
    let answer = served.get("/api/explore");
    let tag = answer.head.split("etag: ").nth(1).unwrap().split("\r\n").next().unwrap();
    let host = format!("127.0.0.1:{}", served.port);
    let again = served.send("GET", "/api/explore", &[("Host", &host), ("If-None-Match", tag)], "");
    assert_eq!((again.status, again.body.as_str()), (304, ""));
}

#[test]
fn what_is_added_elsewhere_shows_up() {
    let desk = Desk::new();
    let record = desk.demo();
    let report =
        desk.write("late.txt", "On 5 May 2031 government forces captured the town of Varnesh, the army said.\n");
    let program = crate::run::PROGRAM;
    let served = serve_record(desk, &record, &[]);
    let before = told(&served, "/api/about");
    let added = std::process::Command::new(program).arg("add").args([&record, &report]).output().unwrap();
    assert!(added.status.success());
    let after = told(&served, "/api/about");
    assert_ne!(before["version"], after["version"]);
    assert!(after["n_claims"].as_u64() > before["n_claims"].as_u64());
}

#[test]
fn other_machines_come_in_by_name_and_password_alone() {
    let desk = Desk::new();
    let record = desk.demo();
    let hash = desk.feed(&["hash-password"], "two words\n");
    assert!(hash.code == 0 && hash.out.starts_with("$argon2id$"), "{}", hash.err);
    desk.write("desk.hash", &hash.out);
    let file = desk.path("desk.hash");
    for lacking in [vec!["--listen", "0.0.0.0"], vec!["--listen", "nowhere", "--password-hash", "desk.hash"]] {
        let args = [vec!["serve", record.to_str().unwrap(), "--port", "0"], lacking].concat();
        assert_eq!(desk.run(&args).code, 2, "{args:?}");
    }
    let with = ["--host", "desk.example", "--password-hash", file.to_str().unwrap()];
    let served = serve_record(desk, &record, &with);
    let ask = |host: &str, password: Option<&str>| {
        let mut headers = vec![("Host", host)];
        headers.extend(password.map(|password| ("Authorization", password)));
        served.send("GET", "/api/about", &headers, "").status
    };
    // `desk:two words` and `desk:three words`, as browsers send them.
    let (right, wrong) = ("Basic ZGVzazp0d28gd29yZHM=", "Basic ZGVzazp0aHJlZSB3b3Jkcw==");
    assert_eq!((ask("desk.example", None), ask("desk.example", Some(wrong))), (401, 401));
    assert_eq!((ask("desk.example", Some(right)), ask("127.0.0.1", Some(right))), (200, 200));
    assert_eq!(ask("rebound.example", Some(right)), 421);
}
