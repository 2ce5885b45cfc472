//! UCDP: do two headlines, each with its day, tell one coded event?
//!
//! In: `../shared/gold/ucdp`. Out: best F1 over pairs of headlines published near each other, of shared words and of the product's
//! comparing. Weights are fitted on one half of the months and scored on the other, both ways.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::{Claim, Date, Document, Place, PlaceStatus};

use super::logit::{self, Weights};
use super::{best_f1, gold, understood};

/// A headline and the events it is a source of.
struct Headline {
    office: String,
    published: Date,
    text: String,
    events: BTreeSet<String>,
}

/// What the product makes of a headline.
struct Read {
    document: Document,
    claims: Vec<Claim>,
    days: Vec<(Date, Date)>,
    points: Vec<(f64, f64)>,
    numbers: BTreeSet<u64>,
}

/// Scores pairs within three days and within a month.
pub(super) fn run(list: bool) -> anyhow::Result<()> {
    let headlines = headlines()?;
    let kit = sitrep::Kit::load()?;
    let read: Vec<Read> = headlines.iter().map(|it| read(&kit, it)).collect();
    println!(
        "UCDP: two headlines with their days, one coded event or not (headlines of events with several sources; best F1)"
    );
    println!(
        "| published within | headlines | pairs | of one event | shared words | ours | P | R |\n|---|---|---|---|---|---|---|---|"
    );
    for within_days in [3, 31] {
        let pairs: Vec<(usize, usize)> = (0..headlines.len())
            .flat_map(|a| (a + 1..headlines.len()).map(move |b| (a, b)))
            .filter(|&(a, b)| days_between(headlines[a].published, headlines[b].published) <= within_days)
            .collect();
        let right = |&(a, b): &(usize, usize)| !headlines[a].events.is_disjoint(&headlines[b].events);
        let words = |&(a, b): &(usize, usize)| word_overlap(&headlines[a].text, &headlines[b].text);
        let base = best_f1(pairs.iter().map(|pair| (words(pair), right(pair))).collect());
        let outcomes: Vec<Vec<String>> =
            pairs.iter().map(|&(a, b)| outcomes((&headlines[a], &read[a]), (&headlines[b], &read[b]))).collect();
        let late: Vec<bool> =
            pairs.iter().map(|&(a, _)| headlines[a].published >= Date::constant(2017, 10, 15)).collect();
        let halves = [true, false].map(|half| -> Weights {
            let rows = pairs.iter().zip(&outcomes).zip(&late).filter(move |(_, late)| **late != half);
            logit::fit(rows.map(|((pair, outcomes), _)| (outcomes.as_slice(), right(pair))))
        });
        let score = |at: usize| halves[usize::from(!late[at])].score(&outcomes[at]);
        let ours = best_f1(pairs.iter().enumerate().map(|(at, pair)| (score(at), right(pair))).collect());
        let n_right = pairs.iter().filter(|pair| right(pair)).count();
        println!(
            "| {within_days} days | {} | {} | {n_right} | {:.3} | {:.3} | {:.3} | {:.3} |",
            headlines.len(),
            pairs.len(),
            base.f1,
            ours.f1,
            ours.precision,
            ours.recall
        );
        if list {
            let mut missed: Vec<(f64, usize)> = (0..pairs.len()).map(|at| (score(at), at)).collect();
            missed.sort_by(|a, b| b.0.total_cmp(&a.0));
            for (score, at) in missed.into_iter().take(60) {
                let (a, b) = pairs[at];
                println!("{score:.2} {} | {} | {}", right(&pairs[at]), headlines[a].text, headlines[b].text);
            }
        }
    }
    Ok(())
}

/// The headlines of events with several sources, by office, day and words.
fn headlines() -> anyhow::Result<Vec<Headline>> {
    let mut found: BTreeMap<(String, String, String), BTreeSet<String>> = BTreeMap::new();
    let mut several = BTreeSet::new();
    for row in csv::Reader::from_path(gold("ucdp").join("ucdp_ged_deir_ez_zor_aug2017_jan2018.csv"))?.deserialize() {
        let row: BTreeMap<String, String> = row?;
        let field = |name: &str| row.get(name).cloned().unwrap_or_default();
        let sources = field("source_article");
        let sources: Vec<&str> = sources.split("\";\"").map(|it| it.trim_matches('"')).collect();
        if sources.len() > 1 {
            several.insert(field("id"));
        }
        for source in sources {
            if let Some((office, day, text)) = office_day_text(source) {
                found.entry((office.to_owned(), day.to_owned(), text.to_owned())).or_default().insert(field("id"));
            }
        }
    }
    found.retain(|_, events| !events.is_disjoint(&several));
    let headline = |((office, day, text), events): ((String, String, String), BTreeSet<String>)| {
        Some(Headline { office, published: day.parse().ok()?, text, events })
    };
    Ok(found.into_iter().filter_map(headline).collect())
}

/// "OFFICE,2017-08-01,Words": the first comma that a day follows parts the office from the rest.
fn office_day_text(source: &str) -> Option<(&str, &str, &str)> {
    let commas = source.match_indices(',').map(|(at, _)| at);
    let at = commas.into_iter().find(|at| {
        let rest = &source[at + 1..];
        rest.get(..10).is_some_and(|day| day.parse::<Date>().is_ok()) && rest.as_bytes().get(10) == Some(&b',')
    })?;
    Some((&source[..at], &source[at + 1..at + 11], &source[at + 12..]))
}

fn days_between(a: Date, b: Date) -> i32 {
    (a - b).get_days().abs()
}

/// Shared part of the words of both, the simplest answer.
fn word_overlap(a: &str, b: &str) -> f64 {
    let words = |text: &str| -> BTreeSet<String> {
        text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
    };
    let (a, b) = (words(a), words(b));
    let shared = a.intersection(&b).count();
    shared as f64 / (a.len() + b.len() - shared).max(1) as f64
}

fn read(kit: &sitrep::Kit, headline: &Headline) -> Read {
    let published = headline.published.to_string();
    let told = understood(kit, &headline.text, &headline.office, &published, "headline");
    let near = |from: &Date| days_between(*from, headline.published) < 70;
    let days = sitrep::analyze::times(kit, &told.page).into_iter().filter_map(|(_, time)| Some((time.from?, time.to?)));
    let days: Vec<(Date, Date)> = days.filter(|(from, to)| near(from) && days_between(*from, *to) <= 3).collect();
    let places = told.claims.iter().flat_map(|claim| [&claim.place, &claim.destination]).flatten();
    let spot = |place: &Place| {
        let narrow = place.status != PlaceStatus::Unknown && place.radius_km.is_none_or(|km| km < 60.0);
        place.lat.zip(place.lon).filter(|_| narrow)
    };
    let numbers = headline.text.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok());
    Read {
        points: places.filter_map(spot).collect(),
        numbers: numbers.filter(|n| (3..2000).contains(n)).collect(),
        days,
        document: told.document,
        claims: told.claims,
    }
}

/// What comparing two headlines comes to: the closest pair of claims field by field, days, places, numbers and words of the whole.
fn outcomes(a: (&Headline, &Read), b: (&Headline, &Read)) -> Vec<String> {
    let mut found = Vec::new();
    let claims = a.1.claims.iter().flat_map(|one| b.1.claims.iter().map(move |other| (one, other)));
    let decided =
        claims.map(|(one, other)| sitrep_record::decision((one, Some(&a.1.document)), (other, Some(&b.1.document))));
    match decided.max_by_key(|it| (it.verdict != sitrep_model::Verdict::Never, it.points)) {
        Some(best) => {
            found.push(format!("verdict {}", best.verdict.as_str()));
            found.extend(best.rows.iter().map(|row| format!("{} {}", row.field, row.outcome)));
        }
        None => found.push("no claim to compare".to_owned()),
    }
    let told = |it: (&Headline, &Read)| -> Vec<(Date, Date)> {
        let day = it.0.published;
        if it.1.days.is_empty() { vec![(day.yesterday().unwrap_or(day), day)] } else { it.1.days.clone() }
    };
    let apart = |(from, to): &(Date, Date), (first, last): &(Date, Date)| {
        (*from - *last).get_days().max((*first - *to).get_days()).max(0)
    };
    let (one, other) = (told(a), told(b));
    let gap = one.iter().flat_map(|x| other.iter().map(move |y| apart(x, y))).min().unwrap_or(9);
    let is_given = u8::from(!a.1.days.is_empty()) + u8::from(!b.1.days.is_empty());
    found.push(format!("told days {} apart, {is_given} given", gap.min(4)));
    found.push(format!("published {} apart", days_between(a.0.published, b.0.published).min(4)));
    let km =
        a.1.points
            .iter()
            .flat_map(|x| b.1.points.iter().map(move |y| super::super::where_::corpora::distance_km(*x, *y)));
    found.push(match km.min_by(f64::total_cmp) {
        None => "places unknown".to_owned(),
        Some(km) => format!("places {} apart", [3.0, 20.0, 60.0].iter().filter(|far| km > **far).count()),
    });
    let shared = a.1.numbers.intersection(&b.1.numbers).count();
    found.push(format!("numbers {}", if a.1.numbers.is_empty() || b.1.numbers.is_empty() { 9 } else { shared.min(2) }));
    let likeness = sitrep_record::words_likeness_percent(&a.0.text, &b.0.text);
    found.push(format!("words {}", [5, 10, 15, 20, 30, 45].iter().filter(|band| likeness >= **band).count()));
    found.push(format!("one office {}", a.0.office == b.0.office));
    found
}
