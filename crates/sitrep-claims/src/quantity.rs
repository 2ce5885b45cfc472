//! How many: numbers on people, things and distances, with their ends open where the words leave them open.
//!
//! In: the heads of noun phrases a deed counts. Out: [`Quantity`] values. "Dozens" has a lower end and no best guess.

use sitrep_language::{Dep, Tag};
use sitrep_model::{Quantity, number_word, round_number_word};

use crate::actors::Scene;
use crate::attach::length;
use crate::deeds::Deed;
use crate::lexicon::frames::Frame;
use crate::tree::Tree;

/// Low, best, high.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Amount {
    low: Option<f64>,
    best: Option<f64>,
    high: Option<f64>,
}

impl Amount {
    fn exactly(n: f64) -> Amount {
        Amount { low: Some(n), best: Some(n), high: Some(n) }
    }
}

/// The quantities of `deed`; `others` are all deeds of its passage.
pub(crate) fn quantities(scene: &Scene<'_>, deed: &Deed, others: &[Deed], frame: Option<&Frame>) -> Vec<Quantity> {
    let tree = &scene.trees[deed.passage];
    let mut all: Vec<Quantity> = Vec::new();
    let kind = frame.and_then(|f| f.counts.clone());
    for &i in &deed.victims {
        for part in tree.conjuncts(i) {
            let kind = kind.clone().unwrap_or_else(|| "people".to_owned());
            all.extend(counted(scene, deed.passage, part, &kind, true));
            for group in included(tree, part) {
                all.extend(counted(scene, deed.passage, group, &kind, true));
            }
        }
    }
    for &i in &deed.things {
        let kind = thing_kind(tree, i);
        all.extend(counted(scene, deed.passage, i, &kind, true).map(|mut q| {
            q.of = None;
            q
        }));
    }
    for &i in deed.moved.iter().chain(if deed.is("force.deployed") || deed.is("surrender") {
        deed.actors.as_slice()
    } else {
        &[]
    }) {
        all.extend(counted(scene, deed.passage, i, tree.lemma(i), false));
    }
    all.extend(told_numbers(scene, deed, &all));
    if deed.event.family() == "force" || deed.is("territory.captured") || deed.is("operation.launched") {
        all.extend(distances(scene, deed));
    }
    all.extend(length::lengths(scene, deed, others));
    all.extend(length::nth_time(scene, deed, others));
    let toll = deed.event.family() == "casualties" || deed.is("civilians.displaced");
    if toll && cumulative(tree, deed) {
        all.iter_mut().for_each(|quantity| quantity.cumulative = true);
    }
    all
}

/// "60 policemen crossed", "12 raids", "two missiles struck": numbers said in so many figures of whatever else the deed names.
fn told_numbers(scene: &Scene<'_>, deed: &Deed, known: &[Quantity]) -> Vec<Quantity> {
    let tree = &scene.trees[deed.passage];
    if deed.event.family() == "statement" {
        return Vec::new();
    }
    let named = deed.actors.iter().chain(&deed.targets).chain(&deed.instruments).chain(&deed.covered).copied();
    let places = deed.places.iter().map(|place| place.0);
    let mut all: Vec<usize> =
        named.chain(places).chain(deed.targets_inside.iter().copied()).chain([deed.trigger]).collect();
    all.sort_unstable();
    all.dedup();
    let mut found: Vec<Quantity> = Vec::new();
    for i in all {
        let own = tree.is_noun(i)
            && tree.has(i, Dep::Nummod)
            && !scene.is_time(deed.passage, i)
            && !scene.is_time_noun(deed.passage, i)
            && !deed.victims.iter().any(|&k| tree.head(k) == i && tree.dep(k) == Dep::Nummod);
        let own = own && !scene.kinds.listed("measures", tree.lemma(i));
        let length = matches!(tree.lemma(i), "km" | "kilometre" | "kilometer" | "mile" | "metre" | "meter");
        let Some(quantity) =
            Some(i).filter(|_| own && !length).and_then(|i| counted(scene, deed.passage, i, tree.lemma(i), false))
        else {
            continue;
        };
        if !known.iter().chain(&found).any(|q| q.text == quantity.text) {
            found.push(quantity);
        }
    }
    found
}

/// "11 people, including six children": the groups counted within the number.
fn included(tree: &Tree<'_>, i: usize) -> Vec<usize> {
    let after = tree.kids(i).iter().copied().filter(|&k| k > i && matches!(tree.word(k), "including" | "among"));
    let groups = after.filter_map(|k| tree.prep_object(k).or_else(|| tree.object(k)));
    groups.flat_map(|first| tree.conjuncts(first)).filter(|&k| k > i && tree.has(k, Dep::Nummod)).collect()
}

/// Whether the number is all there were up to then: "have been killed since 2011", "so far", "the toll".
fn cumulative(tree: &Tree<'_>, deed: &Deed) -> bool {
    let perfect = tree
        .kids(deed.clause)
        .iter()
        .any(|&k| tree.dep(k) == Dep::Aux && matches!(tree.word(k), "have" | "has" | "had"));
    let range = tree.left_edge(deed.clause)..(tree.right_edge(deed.clause) + 1).min(tree.len());
    let next = |i: usize| if i + 1 < tree.len() { tree.word(i + 1) } else { "" };
    range.clone().any(|i| match (tree.word(i), next(i)) {
        ("so", "far") | ("to", "date") | ("in", "total") | ("death", "toll") | ("in" | "during", "all") => true,
        ("since", _) => perfect && tree.under(i, deed.clause),
        ("altogether" | "overall", _) => perfect,
        _ => false,
    })
}

fn counted(scene: &Scene<'_>, passage: usize, i: usize, kind: &str, articles: bool) -> Option<Quantity> {
    let tree = &scene.trees[passage];
    let (amount, first, last) = amount(tree, i, articles)?;
    let of = people_of(scene, passage, i);
    Some(Quantity {
        text: tree.phrase(first, last.max(i)),
        kind: kind.to_owned(),
        low: amount.low,
        best: amount.best,
        high: amount.high,
        of,
        cumulative: false,
    })
}

/// Which group is counted.
fn people_of(scene: &Scene<'_>, passage: usize, i: usize) -> Option<String> {
    let tree = &scene.trees[passage];
    let noun =
        if tree.is_noun(i) && !scene.kinds.listed("measures", tree.lemma(i)) { Some(i) } else { tree.pobj(i, "of") };
    noun.map(|n| tree.lemma(n).to_owned())
}

/// A tank is a "tank", a "BMP-1 vehicle" a "BMP-1".
fn thing_kind(tree: &Tree<'_>, i: usize) -> String {
    let i = tree.pobj(i, "of").filter(|_| !tree.is_noun(i)).unwrap_or(i);
    let model = tree
        .kids(i)
        .iter()
        .copied()
        .find(|&k| tree.dep(k) == Dep::Compound && tree.raw(k).chars().any(|c| c.is_ascii_digit()));
    model.map_or_else(|| tree.lemma(i).to_owned(), |k| tree.raw(k).to_owned())
}

/// The number on the noun `i`, with the tokens that say it.
fn amount(tree: &Tree<'_>, i: usize, articles: bool) -> Option<(Amount, usize, usize)> {
    let spelt = tree.word(i) == "one" || number_word(tree.word(i)).is_some() && tree.pobj(i, "of").is_some();
    if tree.tag(i) == Tag::Cd || spelt {
        return numeral(tree, i).map(|amount| (amount, tree.left_edge(i).min(i), i));
    }
    if let Some(amount) = round(tree.lemma(i)).filter(|_| tree.word(i) != tree.lemma(i) || tree.lemma(i) == "dozen") {
        let amount = tree
            .kids(i)
            .iter()
            .copied()
            .find(|&k| tree.dep(k) == Dep::Nummod)
            .and_then(|k| number(tree.word(k)))
            .map_or(amount, |n| Amount::exactly(n * amount.low.unwrap_or(1.0)));
        return Some((amount, tree.left_edge(i).min(i), tree.noun_phrase(i).1));
    }
    for &k in tree.kids(i) {
        match tree.dep(k) {
            Dep::Nummod => {
                if let Some(amount) = numeral(tree, k) {
                    return Some((amount, tree.left_edge(k), i));
                }
            }
            // "Thirteen Marines": taken for a name.
            Dep::Compound if k < i && tree.is_proper(k) && tree.kids(k).is_empty() => {
                if let Some(n) = number_word(tree.word(k)) {
                    return Some((Amount::exactly(n), k, i));
                }
            }
            Dep::Amod | Dep::Det if k < i => {
                let amount = match tree.word(k) {
                    "several" => Some(Amount { low: Some(3.0), ..Amount::default() }),
                    "many" if tree.kids(k).iter().any(|&m| tree.word(m) == "how") => None,
                    "many" | "numerous" => Some(Amount { low: Some(3.0), ..Amount::default() }),
                    "few" => Some(Amount { low: Some(2.0), ..Amount::default() }),
                    "both" => Some(Amount::exactly(2.0)),
                    "another" | "a" | "an" | "one"
                        if articles && tree.tag(i) != Tag::Nns && tree.tag(i) != Tag::Nnps =>
                    {
                        Some(Amount::exactly(1.0))
                    }
                    _ => None,
                };
                if let Some(amount) = amount.filter(|_| !collective(tree.lemma(i))) {
                    return Some((amount, k, i));
                }
            }
            _ => {}
        }
    }
    lost(tree, i)
}

/// "2 detainees WIA", "3 x marines": the number of a clipped phrase, which the parser hangs elsewhere.
fn lost(tree: &Tree<'_>, i: usize) -> Option<(Amount, usize, usize)> {
    let run =
        (0..i).rev().take(3).find(|&k| !(tree.word(k) == "x" || tree.tag(k) == Tag::Nnp || tree.tag(k) == Tag::Jj))?;
    let loose = tree.tag(run) == Tag::Cd && tree.sentence(run) == tree.sentence(i) && tree.dep(run) != Dep::Nummod;
    numeral(tree, run).filter(|_| loose && tree.is_noun(i)).map(|amount| (amount, run, i))
}

/// Nouns of which one is many.
fn collective(lemma: &str) -> bool {
    matches!(
        lemma,
        "number"
            | "group"
            | "force"
            | "crowd"
            | "family"
            | "convoy"
            | "team"
            | "unit"
            | "series"
            | "total"
            | "lot"
            | "column"
            | "people"
            | "wave"
    )
}

/// A numeral and the words that open its ends.
fn numeral(tree: &Tree<'_>, k: usize) -> Option<Amount> {
    // "71 of 99 drones": the parser hangs the part on the whole.
    let part = tree.kids(k).iter().copied().find(|&m| m + 2 == k && tree.tag(m) == Tag::Cd && tree.word(m + 1) == "of");
    if let Some(n) = part.filter(|&m| tree.dep(m) == Dep::Quantmod).and_then(|m| number(tree.word(m))) {
        return Some(Amount::exactly(n));
    }
    let last = number(tree.word(k));
    let scale = tree
        .kids(k)
        .iter()
        .copied()
        .filter(|&m| matches!(tree.dep(m), Dep::Compound | Dep::Nummod | Dep::Quantmod))
        .filter_map(|m| number(tree.word(m)).map(|n| (m, n)))
        .collect::<Vec<_>>();
    let multiply = matches!(tree.word(k), "hundred" | "thousand" | "million" | "dozen");
    // "between 10 and 15", "from 10 to 15": the second number is coordinated with the first.
    let opened = tree.left_edge(k)..k;
    let second = tree.kids(k).iter().copied().find(|&m| tree.dep(m) == Dep::Conj).and_then(|m| number(tree.word(m)));
    if let (Some(low), Some(high)) = (last, second)
        && opened.clone().any(|m| matches!(tree.word(m), "between" | "from"))
        && low < high
    {
        return Some(Amount { low: Some(low), best: None, high: Some(high) });
    }
    let range = tree.kids(k).iter().any(|&m| matches!(tree.word(m), "to" | "-" | "–" | "or" | "and" | "between"));
    let n = match (last, scale.first()) {
        // "twenty-five".
        (Some(n), Some((_, m)))
            if n < 10.0
                && (20.0..100.0).contains(m)
                && m % 10.0 == 0.0
                && !tree.word(k).starts_with(|c: char| c.is_ascii_digit()) =>
        {
            n + m
        }
        (Some(n), Some((_, m))) if multiply => n * m,
        (Some(n), Some((_, m))) if range && *m < n => return Some(Amount { low: Some(*m), best: None, high: Some(n) }),
        (Some(n), _) => n,
        (None, _) => return dashed(tree.word(k)),
    };
    let first = tree.left_edge(k);
    let words: Vec<&str> = (first.saturating_sub(3)..k).map(|i| tree.word(i)).collect();
    let says = |word: &str| words.contains(&word);
    Some(
        if says("least")
            || says("minimum")
            || says("more") && says("than")
            || says("over")
            || says("above")
            || says("exceeding")
        {
            Amount { low: Some(n), best: Some(n), high: None }
        } else if says("up") && says("to")
            || says("most")
            || says("fewer")
            || says("less")
            || says("under")
            || says("nearly")
            || says("almost")
        {
            Amount { low: None, best: Some(n), high: Some(n) }
        } else if says("about")
            || says("around")
            || says("some")
            || says("approximately")
            || says("roughly")
            || says("estimated")
        {
            Amount { low: None, best: Some(n), high: None }
        } else {
            Amount::exactly(n)
        },
    )
}

/// "10-15".
fn dashed(word: &str) -> Option<Amount> {
    let (low, high) = word.split_once(['-', '–'])?;
    Some(Amount { low: Some(number(low)?), best: None, high: Some(number(high)?) })
}

/// Round plurals.
fn round(lemma: &str) -> Option<Amount> {
    let low = round_number_word(lemma)?;
    Some(Amount { low: Some(low), best: None, high: None })
}

/// A number in digits or words.
pub(crate) fn number(word: &str) -> Option<f64> {
    if let Some(n) = number_word(word) {
        return Some(n);
    }
    let plain: String = word.chars().filter(|c| *c != ',').collect();
    plain
        .parse::<f64>()
        .ok()
        .filter(|n| n.is_finite() && *n >= 0.0 && *n < 1e9 && plain.starts_with(|c: char| c.is_ascii_digit()))
}

/// "advanced 5km": distances that measure the deed, not a place.
fn distances(scene: &Scene<'_>, deed: &Deed) -> Vec<Quantity> {
    let tree = &scene.trees[deed.passage];
    let mut found = Vec::new();
    for &i in tree.kids(deed.trigger).iter().chain(tree.kids(deed.clause)) {
        let inner = if tree.dep(i) == Dep::Prep { tree.kid(i, Dep::Pobj) } else { Some(i) };
        let Some(i) = inner else { continue };
        let factor = match tree.lemma(i) {
            "km" | "kilometre" | "kilometer" | "kms" | "kilometres" | "kilometers" => 1.0,
            "mile" | "miles" => 1.609_344,
            "m" | "metre" | "meter" => 0.001,
            _ => continue,
        };
        if scene.place_at(deed.passage, i).is_some() {
            continue;
        }
        if let Some((amount, first, _)) = amount(tree, i, false) {
            let scaled = |n: Option<f64>| n.map(|n| (n * factor * 1000.0).round() / 1000.0);
            let quantity = Quantity {
                text: tree.phrase(first, i),
                kind: "distance_km".to_owned(),
                low: scaled(amount.low),
                best: scaled(amount.best),
                high: scaled(amount.high),
                of: None,
                cumulative: false,
            };
            if !found.contains(&quantity) {
                found.push(quantity);
            }
        }
    }
    found
}
