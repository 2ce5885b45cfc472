//! `sitrep analyze`: JSONL through a pipe.

use crate::run::{Desk, PLAIN, json};

fn line(id: &str, text: &str) -> String {
    serde_json::json!({ "id": id, "text": text, "published": "2031-05-09" }).to_string()
}

#[test]
fn answers_come_in_order_and_bad_lines_cost_only_themselves() {
    let desk = Desk::new();
    let mut input = String::new();
    for n in 0..12 {
        input += &line(&format!("r{n}"), PLAIN);
        input += "\n";
        if n == 5 {
            input += "not json\n{\"id\":\"odd\"}\n{\"id\":\"late\",\"text\":\"x\",\"published\":\"soon\"}\n\n";
        }
    }
    let ran = desk.feed(&["analyze", "--jobs", "3"], &input);
    assert_eq!(ran.code, 3, "{}", ran.err);
    let answers = json(&ran.out);
    assert_eq!(answers.len(), 15);
    let ids: Vec<_> = answers.iter().filter(|a| a["error"].is_null()).map(|a| a["id"].as_str().unwrap()).collect();
    assert_eq!(ids, (0..12).map(|n| format!("r{n}")).collect::<Vec<_>>());
    assert!(answers[6]["id"].is_null() && answers[6]["error"].is_string());
    assert_eq!((answers[7]["id"].as_str(), answers[8]["id"].as_str()), (Some("odd"), Some("late")));
    assert_eq!(ran.out, desk.feed(&["analyze", "--jobs", "1"], &input).out);
}

#[test]
fn offsets_are_code_points_of_the_text_as_given() {
    let desk = Desk::new();
    let text = "“Ostrel is ours”, the army said – On 5 May 2031, government forces captured the town of Varnesh.";
    let ran = desk.feed(&["analyze", "--layers", "tokens,sentences,entities,claims"], &line("a", text));
    assert_eq!(ran.code, 0, "{}", ran.err);
    let answer = json(&ran.out).remove(0);
    let points: Vec<char> = text.chars().collect();
    let cut = |of: &serde_json::Value| -> String {
        let at = |name: &str| usize::try_from(of[name].as_u64().unwrap()).unwrap();
        points[at("start")..at("end")].iter().collect()
    };
    let tokens = answer["tokens"].as_array().unwrap();
    assert!(
        tokens.iter().any(|token| cut(token) == "captured" && token["lemma"] == "capture" && token["tag"] == "VBD")
    );
    assert!(tokens.iter().all(|token| token["head"].as_u64().unwrap() < tokens.len() as u64));
    assert!(
        answer["entities"].as_array().unwrap().iter().any(|e| cut(e).contains("5 May 2031") && e["label"] == "DATE")
    );
    assert!(!answer["sentences"].as_array().unwrap().is_empty());
    let claims = answer["claims"].as_array().unwrap();
    assert!(!claims.is_empty());
    for claim in claims {
        assert_eq!(cut(claim), claim["quote"].as_str().unwrap());
    }
}

#[test]
fn only_the_layers_asked_for_are_told() {
    let desk = Desk::new();
    let html = serde_json::json!({
        "id": 7,
        "html": "<html lang=en><title>Army takes Varnesh</title><article><h1>Army takes Varnesh</h1><p>On 5 May 2031, government \
                 forces captured the town of Varnesh, the army said.</p></article></html>",
        "outlet": "Varnesh Courier",
    });
    let answer = json(&desk.feed(&["analyze", "--layers", "document"], &html.to_string()).out).remove(0);
    let keys: Vec<_> = answer.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["id", "document"]);
    assert_eq!(answer["id"], 7);
    assert_eq!(answer["document"]["outlet"], "Varnesh Courier");
    assert!(answer["document"]["article_text"].as_str().unwrap().contains("captured the town"), "{answer}");
}

#[test]
fn times_places_and_attributions_are_told_without_claims() {
    let desk = Desk::new();
    let text = "“Mxyz has changed” – on 5 May 2031, government forces entered Mayadin in Syria, the army said.";
    let at = text.chars().position(|c| c == 'M').unwrap();
    let mayadin = text.chars().count() - text.split_once("Mayadin").unwrap().1.chars().count() - 7;
    let asked = serde_json::json!({ "id": 1, "text": text, "toponyms": [[mayadin, mayadin + 7], [at, at + 4]] });
    let ran = desk.feed(&["analyze", "--layers", "times,places,attributions"], &asked.to_string());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let answer = json(&ran.out).remove(0);
    assert_eq!(
        (answer["times"][0]["text"].as_str(), answer["times"][0]["value"].as_str()),
        (Some("5 May 2031"), Some("2031-05-05"))
    );
    let places = answer["places"].as_array().unwrap();
    assert_eq!(places.len(), 2, "only the places asked for");
    assert_eq!((places[0]["text"].as_str(), places[0]["status"].as_str()), (Some("Mayadin"), Some("known")));
    assert!((places[0]["lat"].as_f64().unwrap() - 35.0).abs() < 0.2 && places[0]["country"] == "SY");
    assert_eq!((places[1]["text"].as_str(), places[1]["status"].as_str()), (Some("Mxyz"), Some("unknown")));
    assert!(places[1]["lat"].is_null());
    let source = &answer["attributions"][0]["source"];
    let cut = |of: &serde_json::Value| -> String {
        let end = |n: usize| usize::try_from(of[n].as_u64().unwrap()).unwrap();
        text.chars().skip(end(0)).take(end(1) - end(0)).collect()
    };
    assert_eq!(cut(source), "the army");
}
