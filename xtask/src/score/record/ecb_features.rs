//! What is compared of two mentions of events: words, parties, places, days, sentence and report.
//!
//! In: a report's words and where a mention stands in them. Out: [`Mention`], and the outcomes of comparing two of them. Names and
//! words are compared as sets, the rarer the shared one the more it says; how rare is counted over the reports of the set.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use sitrep_language::{Analysis, Dep, EntityLabel, Pos};

type Words = BTreeSet<String>;

/// A report: its words with their weight.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub(super) words: BTreeMap<String, f64>,
    pub(super) norm: f64,
}

/// A mention of an event.
#[derive(Debug)]
pub(super) struct Mention {
    pub(super) report: String,
    pub(super) topic: String,
    pub(super) chain: usize,
    /// The lemma the set gives.
    pub(super) lemma: String,
    noun: bool,
    sentence: usize,
    actors: Words,
    targets: Words,
    around: Words,
    names: Words,
    numbers: Words,
    context: Words,
    said: Words,
    governor: String,
    pub(super) told: Rc<Report>,
}

/// How rare words are, and which lemmas have been one event before.
#[derive(Debug, Default)]
pub(super) struct Knowledge {
    pub(super) rarity: BTreeMap<String, f64>,
    pub(super) pairs: BTreeMap<(String, String), u8>,
}

const LIGHT: &[&str] = &[
    "say", "tell", "report", "announce", "accord", "be", "have", "do", "make", "go", "take", "get", "it", "this",
    "that", "which",
];

pub(super) fn is_content(analysis: &Analysis, at: usize) -> bool {
    matches!(analysis.tokens[at].pos, Pos::Noun | Pos::Verb | Pos::Propn | Pos::Adj | Pos::Num)
}

fn lemma(analysis: &Analysis, at: usize) -> String {
    analysis.lemma(at).to_lowercase()
}

/// The mention whose words are the tokens of `span`, in bytes.
pub(super) fn mention(
    analysis: &Analysis,
    text: &str,
    span: (u32, u32),
    given: (String, String, usize, String),
    told: Rc<Report>,
) -> Mention {
    let (report, topic, chain, gold_lemma) = given;
    let inside: Vec<usize> = (0..analysis.tokens.len())
        .filter(|&i| analysis.tokens[i].start < span.1 && analysis.tokens[i].end > span.0)
        .collect();
    let is_top = |i: &&usize| {
        !inside.contains(&(analysis.tokens[**i].head as usize)) || analysis.tokens[**i].head as usize == **i
    };
    let named = inside.iter().find(|i| lemma(analysis, **i) == gold_lemma);
    let head = named.or_else(|| inside.iter().find(is_top)).or(inside.first()).copied().unwrap_or(0);
    let sentence = analysis.sentences.iter().position(|s| s.contains(&(head as u32))).unwrap_or(0);
    let range = analysis.sentences.get(sentence).cloned().unwrap_or(0..0);
    let within: Vec<usize> = (range.start as usize..range.end as usize).collect();
    let tree = Tree { analysis, within: &within };
    let mut parties = [Words::new(), Words::new(), Words::new()];
    tree.parties(head, &mut parties);
    let above = analysis.tokens[head].head as usize;
    if parties[0].is_empty() && matches!(analysis.tokens[head].dep, Dep::Xcomp | Dep::Advcl | Dep::Conj | Dep::Ccomp) {
        let subjects = tree.children(above).filter(|&c| matches!(analysis.tokens[c].dep, Dep::Nsubj | Dep::Nsubjpass));
        let found: Words = subjects.flat_map(|c| tree.names(c, 0)).collect();
        parties[0].extend(found);
    }
    let [actors, targets, around] = parties;
    let entity = |label: EntityLabel| {
        !matches!(label, EntityLabel::Date | EntityLabel::Time | EntityLabel::Cardinal | EntityLabel::Ordinal)
    };
    let names = analysis.entities.iter().filter(|e| entity(e.label) && range.contains(&e.first));
    let name = |first: u32, end: u32| {
        let (first, last) = (&analysis.tokens[first as usize], &analysis.tokens[end.max(1) as usize - 1]);
        text[first.start as usize..last.end.max(first.start) as usize]
            .to_lowercase()
            .trim_start_matches("the ")
            .to_owned()
    };
    let near = tree.children(head).chain((above != head).then_some(above)).filter(|&i| is_content(analysis, i));
    Mention {
        noun: matches!(analysis.tokens.get(head).map(|t| t.pos), Some(Pos::Noun | Pos::Propn)),
        sentence,
        names: names.map(|e| name(e.first, e.end)).collect(),
        numbers: within.iter().filter(|&&i| analysis.tokens[i].pos == Pos::Num).map(|&i| lemma(analysis, i)).collect(),
        context: near.map(|i| lemma(analysis, i)).collect(),
        said: within.iter().filter(|&&i| is_content(analysis, i)).map(|&i| lemma(analysis, i)).collect(),
        governor: if above == head { "root".to_owned() } else { lemma(analysis, above) },
        lemma: gold_lemma,
        report,
        topic,
        chain,
        actors,
        targets,
        around,
        told,
    }
}

/// The tree of one sentence.
struct Tree<'a> {
    analysis: &'a Analysis,
    within: &'a [usize],
}

impl Tree<'_> {
    fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        self.within.iter().copied().filter(move |&i| i != head && self.analysis.tokens[i].head as usize == head)
    }

    /// Names and nouns at and below a word.
    fn names(&self, at: usize, depth: usize) -> Words {
        let mut found = Words::new();
        if matches!(self.analysis.tokens[at].pos, Pos::Noun | Pos::Propn | Pos::Num) {
            found.insert(lemma(self.analysis, at));
        }
        if depth < 6 {
            let below = self
                .children(at)
                .filter(|&c| !matches!(self.analysis.tokens[c].dep, Dep::Relcl | Dep::Advcl | Dep::Acl | Dep::Conj));
            found.extend(below.flat_map(|c| self.names(c, depth + 1)));
        }
        found
    }

    /// Who does it, to whom it is done, and what else hangs on it.
    fn parties(&self, head: usize, into: &mut [Words; 3]) {
        for child in self.children(head).collect::<Vec<_>>() {
            let told = || self.names(child, 0);
            match self.analysis.tokens[child].dep {
                Dep::Nsubj | Dep::Agent => into[0].extend(told()),
                Dep::Nsubjpass | Dep::Dobj | Dep::Attr | Dep::Oprd | Dep::Poss | Dep::Compound | Dep::Nmod => {
                    into[1].extend(told())
                }
                Dep::Prep => {
                    let role = match lemma(self.analysis, child).as_str() {
                        "of" => 1,
                        "by" => 0,
                        _ => 2,
                    };
                    into[role].extend(told());
                }
                _ => {}
            }
        }
    }
}

/// How two lemmas stand: `same`, `stem` (they begin alike), `other`.
pub(super) fn kinship(a: &Mention, b: &Mention) -> &'static str {
    match a.lemma == b.lemma {
        true => "same",
        false if a.lemma.len() > 3 && b.lemma.len() > 3 && a.lemma.get(..4) == b.lemma.get(..4) => "stem",
        false => "other",
    }
}

/// The likeness of two reports, 0 to 1.
fn likeness(a: &Mention, b: &Mention) -> f64 {
    let (one, other) = (&a.told.words, &b.told.words);
    let shared: f64 = one.iter().filter_map(|(word, weight)| other.get(word).map(|w| w * weight)).sum();
    shared / (a.told.norm * b.told.norm).max(1e-9)
}

/// Likeness of reports, kept for pairs met before.
#[derive(Debug, Default)]
pub(super) struct Likenesses(BTreeMap<(String, String), f64>);

impl Likenesses {
    fn of(&mut self, a: &Mention, b: &Mention) -> f64 {
        let key = if a.report <= b.report {
            (a.report.clone(), b.report.clone())
        } else {
            (b.report.clone(), a.report.clone())
        };
        *self.0.entry(key).or_insert_with(|| likeness(a, b))
    }
}

fn band(value: f64, edges: &[f64]) -> usize {
    edges.iter().filter(|edge| value >= **edge).count()
}

/// Outcomes of comparing two mentions.
pub(super) fn outcomes(a: &Mention, b: &Mention, known: &Knowledge, met: &mut Likenesses) -> Vec<String> {
    let rarity = |word: &String| known.rarity.get(word).copied().unwrap_or(5.0);
    let weight = |words: &Words| words.iter().map(rarity).sum::<f64>();
    let overlap = |one: &Words, other: &Words| {
        let both: f64 = one.intersection(other).map(rarity).sum();
        both / (weight(one) * weight(other)).sqrt().max(1e-9)
    };
    let share = |one: &Words, other: &Words| match (
        one.is_empty() || other.is_empty(),
        one.intersection(other).map(rarity).fold(0.0, f64::max),
    ) {
        (true, _) => 'u',
        (_, 0.0) => '0',
        (_, rare) if rare >= 3.5 => '2',
        _ => '1',
    };
    let union = |m: &Mention| m.actors.union(&m.targets).cloned().collect::<Words>();
    let k = kinship(a, b);
    let same_report = a.report == b.report;
    let alike = if same_report { 1.0 } else { met.of(a, b) };
    let (fine, rough) = match same_report {
        true => ("s".to_owned(), "s".to_owned()),
        false => (band(alike, &[0.05, 0.1, 0.15, 0.2, 0.3, 0.45]).to_string(), band(alike, &[0.1, 0.2]).to_string()),
    };
    let parties = share(&union(a), &union(b));
    let said = overlap(&a.said, &b.said);
    let mut found = vec![
        format!("lemma {k}"),
        format!("reports {fine}"),
        format!("lemma {k} reports {rough}"),
        format!("actors {}", share(&a.actors, &b.actors)),
        format!("targets {}", share(&a.targets, &b.targets)),
        format!("around {}", share(&a.around, &b.around)),
        format!("parties {parties}"),
        format!("lemma {k} parties {parties}"),
        format!("sentence {}", band(said, &[0.1, 0.2, 0.3, 0.45, 0.7])),
        format!("lemma {k} sentence {}", band(said, &[0.15, 0.3])),
        format!("names {}", share(&a.names, &b.names)),
        format!("numbers {}", share(&a.numbers, &b.numbers)),
        format!(
            "context {}",
            if a.context.is_empty() || b.context.is_empty() {
                9
            } else {
                band(overlap(&a.context, &b.context), &[0.01, 0.3])
            }
        ),
        format!("lemma {k} form {}", a.noun == b.noun),
        format!("governor {}", a.governor == b.governor),
        format!("lemma {k} rare {}", band(rarity(&a.lemma), &[2.0, 3.5, 4.5])),
    ];
    let light = [a, b].iter().filter(|m| LIGHT.contains(&m.lemma.as_str())).count();
    found.push(format!("lemma {k} light {light}"));
    if light > 0 && k == "same" {
        found.push(format!("light parties {parties} reports {rough}"));
    }
    if same_report {
        found.push(format!("one sentence {}", a.sentence == b.sentence));
        found.push(format!("one report lemma {k}"));
    }
    if k != "same" {
        let key =
            if a.lemma < b.lemma { (a.lemma.clone(), b.lemma.clone()) } else { (b.lemma.clone(), a.lemma.clone()) };
        found.push(format!("lemmas before {}", known.pairs.get(&key).copied().unwrap_or(9)));
    }
    found
}
