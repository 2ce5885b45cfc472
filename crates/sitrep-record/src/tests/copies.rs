//! Copies on invented pages: what is found, what counts as one origin, and that order never matters.

use super::*;
use crate::fuse::Derived;
use crate::{Record, derive};

/// Twelve sentences of words nobody else uses: `seed` makes them those of one desk.
fn story(seed: usize) -> Vec<String> {
    let word = |n: usize, k: usize| format!("w{}", seed * 1000 + n * 40 + k);
    let told = |n: usize| format!("W{seed} {} trucks.", (0..17).map(|k| word(n, k)).collect::<Vec<_>>().join(" "));
    (1..=12).map(told).collect()
}

fn page(outlet: &str, published: &str, lines: &[String]) -> Report {
    let lines: Vec<(&str, &str)> = lines.iter().map(|line| ("territory.captured", line.as_str())).collect();
    let mut made = report(outlet, published, &lines);
    for claim in &mut made.claims {
        claim.by(&["Loyalist Army"]).at("Varnesh").on("2031-05-05");
    }
    made
}

fn of(reports: &[&Report]) -> Derived {
    super::fuse::derived(reports)
}

fn told(derived: &Derived) -> Vec<(CopyKind, u8, u8)> {
    derived.copies.iter().map(|copy| (copy.kind, copy.page_percent, copy.of_percent)).collect()
}

#[test]
fn a_syndicated_story_is_the_same_text_and_one_root() {
    let (wire, print) =
        (page("Northgate Wire", "2031-05-06", &story(1)), page("Calder Tribune", "2031-05-07", &story(1)));
    let derived = of(&[&wire, &print]);
    assert_eq!(told(&derived), [(CopyKind::Same, 100, 100)]);
    assert_eq!(derived.copies[0].page, print.page.id, "the later one");
    assert!(derived.events.iter().all(|event| event.roots == 1));
}

#[test]
fn a_story_inside_a_longer_page_and_a_shared_lead_are_told_apart() {
    let wire = page("Northgate Wire", "2031-05-06", &story(1));
    let long: Vec<String> = [story(2), story(1), story(3)].concat();
    let long = page("Calder Tribune", "2031-05-07", &long);
    let derived = of(&[&wire, &long]);
    assert!(matches!(told(&derived)[..], [(CopyKind::Holds, 30..=36, 98..=100)]), "{:?}", told(&derived));
    let lead: Vec<String> = story(1)[..2].iter().cloned().chain(story(4)).collect();
    let derived = of(&[&wire, &page("Hill Post", "2031-05-07", &lead)]);
    assert!(matches!(told(&derived)[..], [(CopyKind::Partial, 10..=20, 10..=20)]), "{:?}", told(&derived));
}

#[test]
fn own_reports_of_one_thing_share_nothing() {
    let derived = of(&[&page("Northgate Wire", "2031-05-06", &story(1)), &page("Hill Post", "2031-05-06", &story(5))]);
    assert_eq!(told(&derived), []);
}

#[test]
fn a_page_saved_again_is_a_newer_version_with_what_changed() {
    let mut lines = story(1);
    let mut old = page("Hill Post", "2031-05-06", &lines);
    lines[3] = lines[3].replace("trucks", "tanks");
    let mut new = page("Hill Post", "2031-05-06", &lines);
    old.document.url = Some("https://post.example/a?utm_source=x".to_owned());
    new.document.url = Some("http://www.post.example/a/".to_owned());
    assert_eq!(told(&of(&[&old, &new]))[0].0, CopyKind::OtherVersion, "nothing tells which is newer");
    new.document.modified = Some(day("2031-05-08"));
    let derived = of(&[&new, &old]);
    let copy = &derived.copies[0];
    assert_eq!((copy.kind, &copy.page), (CopyKind::Newer, &new.page.id));
    let [change] = &copy.changes[..] else { panic!("{:?}", copy.changes) };
    assert_eq!((change.was.as_str(), change.now.as_str()), ("trucks", "tanks"));
}

#[test]
fn what_an_outlet_puts_on_all_pages_makes_no_copies() {
    let footer = "Subscribe to our morning letter and read every report of this war before breakfast, free for all our members in the \
                  valley and abroad, on paper and on every screen you own.";
    let pages: Vec<Report> = (1..=6)
        .map(|seed| {
            page(
                "Hill Post",
                "2031-05-06",
                &story(seed * 10).into_iter().chain([footer.to_owned()]).collect::<Vec<_>>(),
            )
        })
        .collect();
    let all: Vec<&Report> = pages.iter().collect();
    assert_eq!(told(&of(&all)), []);
    assert_eq!(told(&of(&all[..2])).len(), 1, "two pages alone do not tell what is furniture");
}

#[test]
fn order_never_matters_and_a_record_keeps_copies() {
    let pages = [
        page("Northgate Wire", "2031-05-06", &story(1)),
        page("Calder Tribune", "2031-05-07", &story(1)),
        page("Hill Post", "2031-05-07", &[story(2), story(1)].concat()),
        page("Ridge Courier", "2031-05-08", &[story(1)[..6].to_vec(), story(9)].concat()),
    ];
    let mut documents: Vec<Document> = pages.iter().map(|it| it.document.clone()).collect();
    let first = derive(&[], &documents, None).copies;
    assert!(first.len() >= 5, "{first:?}");
    for _ in 0..documents.len() {
        documents.rotate_left(1);
        assert_eq!(derive(&[], &documents, None).copies, first);
    }
    documents.reverse();
    assert_eq!(derive(&[], &documents, None).copies, first);
    let folder = tempfile::tempdir().unwrap();
    let mut record = Record::create(&folder.path().join("a.sitrep"), &edition()).unwrap();
    for it in &pages {
        record.add(&it.page, &it.document, &it.claims, &[]).unwrap();
    }
    record.settle().unwrap();
    assert_eq!(record.contents(&Filter::default()).unwrap().copies, first);
    assert_eq!(record.verify(None).unwrap(), []);
}

#[test]
fn a_translation_and_its_original_are_one_root() {
    let original = page("Northgate Wire", "2031-05-06", &["Die Armee nahm Varnesh am Montag ein.".to_owned()]);
    let mut translation = page("Hill Post", "2031-05-07", &["The army took Varnesh on Monday.".to_owned()]);
    let roots = |translation: &Report| of(&[&original, translation]).events.iter().map(|event| event.roots).max();
    assert_eq!(roots(&translation), Some(2));
    translation.document.translation = Some(Translation { of: original.document.path.clone(), by: None, on: None });
    assert_eq!(roots(&translation), Some(1));
}
