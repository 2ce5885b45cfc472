//! FA-KES: are articles of rival outlets on one day and place linked?
//!
//! In: `../shared/gold/fa_kes`: articles with outlet, day and place. Out: of the groups of one day and place that several outlets
//! wrote about, how many the record links across outlets; with `sample`, fifty such links for reading by hand. Day and place of the set
//! are used to make the groups, never told to the product, but for the day of publication.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context as _;
use sitrep_model::{Claim, ClaimId, DocumentId};

use super::{gold, understood};

/// Links of the sample.
const SAMPLE: usize = 50;

struct Article {
    id: String,
    outlet: String,
    day: String,
    place: String,
}

/// Links the articles and tells how many groups are linked.
pub(super) fn run(list: bool, sample: Option<&Path>) -> anyhow::Result<()> {
    let kit = sitrep::Kit::load()?;
    let (mut articles, mut documents, mut claims) = (BTreeMap::new(), Vec::new(), Vec::new());
    for (article, text) in articles_of_set()? {
        let told = understood(&kit, &text, &article.outlet, &article.day, &article.id);
        articles.insert(told.document.id.clone(), article);
        documents.push(told.document);
        claims.extend(told.claims);
    }
    let derived = sitrep::derive(&claims, &documents, None);
    let mut groups: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for article in articles.values() {
        groups.entry((&article.day, &article.place)).or_default().insert(&article.outlet);
    }
    groups.retain(|_, outlets| outlets.len() > 1);
    let mut linked: BTreeMap<(&str, &str), [bool; 2]> = BTreeMap::new();
    let mut pairs: BTreeSet<(ClaimId, ClaimId)> = BTreeSet::new();
    let by_event: BTreeMap<_, _> = derived.events.iter().map(|event| (&event.event_id, event)).collect();
    for event in &derived.events {
        let own: Vec<(&ClaimId, &DocumentId)> = event.accounts.iter().map(|a| (&a.claim_id, &a.document)).collect();
        let near = event.near_misses.iter().filter_map(|id| by_event.get(id)).flat_map(|it| &it.accounts);
        let near: Vec<(&ClaimId, &DocumentId)> = near.map(|a| (&a.claim_id, &a.document)).collect();
        for (at, one) in own.iter().enumerate() {
            for (other, is_near) in own[at + 1..].iter().map(|it| (it, false)).chain(near.iter().map(|it| (it, true))) {
                let (a, b) = (&articles[one.1], &articles[other.1]);
                if a.outlet == b.outlet {
                    continue;
                }
                if (&a.day, &a.place) == (&b.day, &b.place) {
                    linked.entry((&a.day, &a.place)).or_default()[usize::from(is_near)] = true;
                }
                if !is_near {
                    pairs.insert((one.0.clone(), other.0.clone()));
                }
            }
        }
    }
    let same = linked.iter().filter(|(key, found)| groups.contains_key(*key) && found[0]).count();
    let any = linked.keys().filter(|key| groups.contains_key(*key)).count();
    println!(
        "FA-KES: {} articles, {} claims, {} events; of {} groups of one day and place with several outlets, {same} share an event across outlets, {any} an event or a near miss; {} links of claims across outlets",
        documents.len(),
        claims.len(),
        derived.events.len(),
        groups.len(),
        pairs.len()
    );
    if list {
        for key in groups.keys().filter(|key| !linked.contains_key(*key)) {
            println!("not linked: {} {}", key.0, key.1);
        }
    }
    if let Some(path) = sample {
        std::fs::write(path, drawn(&pairs, &claims, &articles))
            .with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

/// Fifty pairs of articles, in the order of a fixed scramble of their ids, each with one pair of claims.
fn drawn(pairs: &BTreeSet<(ClaimId, ClaimId)>, claims: &[Claim], articles: &BTreeMap<DocumentId, Article>) -> String {
    let by_id: BTreeMap<&ClaimId, &Claim> = claims.iter().map(|claim| (&claim.claim_id, claim)).collect();
    let mut scrambled: Vec<_> = pairs.iter().collect();
    scrambled.sort_by_key(|(a, b)| sitrep_model::content_id("sample of 2031", &[a.as_str(), b.as_str()]));
    let (mut seen, mut text) = (BTreeSet::new(), String::new());
    for (one, other) in scrambled {
        let (a, b) = (by_id[one], by_id[other]);
        if seen.len() >= SAMPLE || !seen.insert((a.document.clone(), b.document.clone())) {
            continue;
        }
        for claim in [a, b] {
            let article = &articles[&claim.document];
            let place = claim.place.as_ref().map_or("-", |place| place.text.as_str());
            let time = claim.time.as_ref().map_or("-", |time| time.value.as_str());
            let _ = writeln!(
                text,
                "{} {} {} {} | {} | {place} | {time} | {} | {}",
                claim.claim_id, article.id, article.outlet, article.day, claim.event, claim.quote, article.place
            );
        }
        text.push('\n');
    }
    text
}

/// The articles with their text: the title, then the body.
fn articles_of_set() -> anyhow::Result<Vec<(Article, String)>> {
    let bytes = std::fs::read(gold("fa_kes").join("FA-KES.csv"))?;
    // Latin-1: every byte is the letter of that number.
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let mut found = Vec::new();
    for row in csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes()).into_records() {
        let row = row?;
        let field = |at: usize| row.get(at).unwrap_or_default().to_owned();
        let day: Vec<u16> = field(4).split('/').filter_map(|part| part.parse().ok()).collect();
        if let [month, day, year] = day[..] {
            let day = format!("{year:04}-{month:02}-{day:02}");
            let article = Article { id: field(0), outlet: field(3), day, place: field(5).trim().to_lowercase() };
            found.push((article, format!("{}\n\n{}", field(1), field(2))));
        }
    }
    Ok(found)
}
