//! Compares the analysis with spaCy's own, kept in `golden/golden.tsv` (made by `golden/make.py`).
//!
//! In: the golden file and the committed model. Out: agreement per layer, printed (`-- --nocapture`), and a failure
//! that names the first differences when one of them is not complete.
#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;

use sitrep_language::{Analysis, Language};

const GOLDEN: &str = include_str!("../golden/golden.tsv");
const MODEL: &[u8] = include_bytes!("../model/en_core_web_sm-3.8.0.bin");

/// The layers compared. The promise is spaCy's output exactly, so the floor of each is all of it.
const LAYERS: [&str; 10] = ["tokens", "space", "tag", "pos", "morph", "lemma", "head", "label", "sentence", "entity"];

/// One token as the golden file has it, spelled out.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    start: usize,
    end: usize,
    fields: BTreeMap<&'static str, String>,
}

fn golden() -> Vec<(String, Vec<Row>)> {
    let (mut texts, mut morphs): (Vec<(String, Vec<Row>)>, Vec<&str>) = (Vec::new(), Vec::new());
    let mut at = 0;
    for line in GOLDEN.lines().filter(|line| !line.starts_with('#')) {
        match line.split_once('\t').expect("every line but remarks has a tab") {
            ("T", text) => {
                texts.push((unescaped(text), Vec::new()));
                at = 0;
            }
            ("M", morph) => morphs.push(morph),
            _ => {
                let (text, rows) = texts.last_mut().expect("tokens follow their text");
                let f: Vec<&str> = line.split('\t').collect();
                let end = at + f[0].parse::<usize>().expect("length");
                let head = rows.len() as i64 + f[6].parse::<i64>().expect("head");
                let lemma = if f[5].is_empty() { text[at..end].to_owned() } else { unescaped(f[5]) };
                let morph = morphs[f[4].parse::<usize>().expect("morph row")];
                let fields = [
                    ("space", f[1].to_owned()),
                    ("tag", f[2].to_owned()),
                    ("pos", f[3].to_owned()),
                    ("morph", morph.to_owned()),
                    ("lemma", lemma),
                    ("head", head.to_string()),
                    ("label", f[7].to_owned()),
                    ("sentence", f[8].to_owned()),
                    ("entity", f[9].to_owned()),
                ];
                rows.push(Row { start: at, end, fields: fields.into() });
                at = end + usize::from(f[1] == "1");
            }
        }
    }
    texts
}

fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        plain.push(match char {
            '\\' => match chars.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('r') => '\r',
                other => other.expect("an escape is two characters"),
            },
            other => other,
        });
    }
    plain
}

fn rows(analysis: &Analysis) -> Vec<Row> {
    let mut entities = vec!["O".to_owned(); analysis.tokens.len()];
    for entity in &analysis.entities {
        for token in entity.first..entity.end {
            let place = if token == entity.first { "B" } else { "I" };
            entities[token as usize] = format!("{place}-{}", entity.label.as_str());
        }
    }
    let row = |(index, entity): (usize, String)| {
        let token = &analysis.tokens[index];
        let starts = analysis.sentences.iter().any(|sentence| sentence.start as usize == index);
        let fields = [
            ("space", u8::from(token.space_after).to_string()),
            ("tag", token.tag.as_str().to_owned()),
            ("pos", token.pos.as_str().to_owned()),
            ("morph", analysis.morph(index).to_owned()),
            ("lemma", analysis.lemma(index).to_owned()),
            ("head", token.head.to_string()),
            ("label", token.dep.as_str().to_owned()),
            ("sentence", u8::from(starts).to_string()),
            ("entity", entity),
        ];
        Row { start: token.start as usize, end: token.end as usize, fields: fields.into() }
    };
    entities.into_iter().enumerate().map(row).collect()
}

/// Counts agreement of `ours` with `theirs`; texts cut into other tokens count for `tokens` only.
fn compare(theirs: &[Row], ours: &[Row], agree: &mut BTreeMap<&str, (u64, u64)>) -> Vec<String> {
    let mut differences = Vec::new();
    let spans: Vec<_> = ours.iter().map(|row| (row.start, row.end)).collect();
    let found = theirs.iter().filter(|row| spans.contains(&(row.start, row.end))).count();
    let tokens = agree.entry("tokens").or_default();
    *tokens = (tokens.0 + found as u64, tokens.1 + theirs.len() as u64);
    if found != theirs.len() || ours.len() != theirs.len() {
        return vec![format!("cut into {} tokens, spaCy has {}", ours.len(), theirs.len())];
    }
    for (theirs, ours) in theirs.iter().zip(ours) {
        for (field, wanted) in &theirs.fields {
            let count = agree.entry(field).or_default();
            count.1 += 1;
            if ours.fields[field] == *wanted {
                count.0 += 1;
            } else {
                differences.push(format!("{field} at {}: {:?}, spaCy {wanted:?}", ours.start, ours.fields[field]));
            }
        }
    }
    differences
}

#[test]
fn agrees_with_spacy_on_every_layer() {
    let language = Language::load(MODEL).expect("the committed model is sound");
    let texts = golden();
    assert!(texts.len() > 1_500, "the golden file is cut short");
    let (mut agree, mut shown) = (BTreeMap::new(), Vec::new());
    for (text, theirs) in &texts {
        let ours = rows(&language.analyze(text));
        let differences = compare(theirs, &ours, &mut agree);
        shown.extend(differences.into_iter().map(|difference| format!("{text:?}: {difference}")));
    }
    for (layer, (same, all)) in &agree {
        println!("{layer:9} {same} of {all} = {:.4} %", 100.0 * *same as f64 / *all as f64);
    }
    shown.truncate(20);
    for layer in LAYERS {
        let (same, all) = agree[layer];
        assert!(same == all && all > 40_000, "{layer}: {same} of {all}\n{}", shown.join("\n"));
    }
}

#[test]
fn the_same_text_gives_the_same_analysis_from_any_thread_and_after_any_other() {
    let language = Language::load(MODEL).expect("the committed model is sound");
    let texts: Vec<String> = golden().into_iter().map(|(text, _)| text).take(160).collect();
    let first: Vec<Analysis> = texts.iter().map(|text| language.analyze(text)).collect();
    std::thread::scope(|scope| {
        for offset in [0, 40, 80] {
            let (language, texts, first) = (&language, &texts, &first);
            scope.spawn(move || {
                for step in 0..texts.len() {
                    let index = (step + offset) % texts.len();
                    assert_eq!(language.analyze(&texts[index]), first[index]);
                }
            });
        }
    });
}
