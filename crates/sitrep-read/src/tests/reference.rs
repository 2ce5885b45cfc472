//! Reference threads beside the repository, when they are there, and the sample reports inside it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sitrep_model::{Document, HowKnown, Label};

use super::thread;
use crate::{Input, MetaTable, Source, document, pages};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn every_comment_of_the_reference_reports_has_its_author_and_parent() {
    let shared = repository().join("../shared");
    if !shared.exists() {
        println!("SKIPPED: ../shared is absent");
        return;
    }
    let gold = fs::read_to_string(shared.join("gold/seeds/threads.jsonl")).unwrap();
    let gold: Vec<Value> = gold.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let mut n_found = 0;
    for page in pages(&Source::of_paths([shared.join("seeds")])) {
        let page = page.unwrap();
        let name = page.path.rsplit('/').next().unwrap().to_owned();
        let wanted: Vec<&Value> = gold.iter().filter(|g| g["doc"] == name.as_str()).collect();
        let read = document(&page).value;
        assert_eq!(read.comments.len(), wanted.len());
        n_found += wanted.len();
        for (comment, gold) in read.comments.iter().zip(&wanted) {
            assert_eq!(comment.author.as_deref(), gold["author"].as_str());
            assert_eq!(u64::from(comment.depth), gold["depth"].as_u64().unwrap());
            assert_eq!(comment.labels.contains(&Label::Spam), gold["spam"].as_bool().unwrap_or(false));
            let parent = comment.parent.as_ref().and_then(|p| read.comments.iter().position(|c| c.id == *p));
            assert_eq!(parent.map(|p| wanted[p]["comment"].clone()).unwrap_or(Value::Null), gold["parent"]);
        }
    }
    assert_eq!(n_found, gold.len());
}

fn samples() -> Vec<(String, Document)> {
    let folder = repository().join("examples");
    let (table, errors) = MetaTable::open(&folder.join("meta.csv")).unwrap();
    assert!(errors.is_empty(), "{errors:?}");
    let source = Source { inputs: vec![Input::Path(folder.join("reports"))], table, ..Source::default() };
    let named = |page: sitrep_model::Page| (page.path.rsplit('/').next().unwrap().to_owned(), document(&page).value);
    pages(&source).flatten().map(named).collect()
}

#[test]
fn the_sample_reports_are_read_as_their_truth_table_says() {
    let samples = samples();
    let of = |name: &str| &samples.iter().find(|(n, _)| n.starts_with(name)).unwrap().1;
    for (name, day, how, n_comments) in [
        ("barada-daily-2017-11-08", "2017-11-08", HowKnown::JsonLd, 0),
        ("barada-daily-2017-11-19", "2017-11-19", HowKnown::JsonLd, 0),
        ("northgate-wire", "2017-11-09", HowKnown::Meta, 0),
        ("crossline-bulletin-41", "2017-11-12", HowKnown::Meta, 0),
        ("euphrates-monitor-2017-11-09", "2017-11-09", HowKnown::TimeElement, 5),
        ("euphrates-monitor-2017-11-11", "2017-11-11", HowKnown::TimeElement, 0),
        ("calder-tribune", "2017-11-09", HowKnown::Url, 0),
        ("furat-post", "2017-11-09", HowKnown::Text, 7),
        ("volga-observer", "2017-11-11", HowKnown::Text, 3),
        ("crossline-correction", "2017-11-15", HowKnown::Text, 0),
        ("jazira-journal", "2017-11-21", HowKnown::Text, 3),
        ("sahra-brief", "2017-11-11", HowKnown::Given, 0),
    ] {
        let document = of(name);
        let published = document.published.as_ref().unwrap();
        assert_eq!((published.date.to_string().as_str(), published.how), (day, how), "{name}");
        assert_eq!(document.comments.len(), n_comments, "{name}");
        assert!(document.outlet.is_some() && document.title.is_some(), "{name}");
        super::check_promises(document);
    }
    assert!(of("volga-observer").comments[2].labels.contains(&Label::Spam));
    assert_eq!(of("barada-daily-2017-11-08").byline.as_deref(), Some("Rima Haddan"));
}

#[test]
fn a_thread_does_not_depend_on_how_it_was_pasted() {
    let dump = fs::read_to_string(repository().join("examples/reports/furat-post-2017-11-09.txt")).unwrap();
    let wanted = thread(&super::text(&dump));
    assert_eq!(wanted.len(), 7);
    // The thread below its heading; the article's own list above keeps its marks.
    let (article, below) = dump.split_once("12 Comments").unwrap();
    let with = |below: String| thread(&super::text(&format!("{article}12 Comments{below}")));
    assert_eq!(with(below.replace("- ", "• ")), wanted);
    assert_eq!(with(below.replace("- ", "* ")), wanted);
    assert_eq!(with(below.replace("  ", "\t")), wanted);
    assert_eq!(with(below.replace("  ", "     ")), wanted);
    assert_eq!(with(below.replace('\n', "\r\n")), wanted);
    assert_eq!(with(below.replace("\n\n", "\n\n\n\n")), wanted);
    assert_eq!(with(below.replace("\n\n", "\n")), wanted);
}
