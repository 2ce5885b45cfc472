//! Gold sets of time expressions, each as texts with marked times.
//!
//! In: the folder of gold sets. Out: named sets. The news stories are given as tokens; their text is put together again, and only the
//! sentences that were marked are kept.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context as _;
use jiff::civil::Date;
use serde_json::Value;

/// One time expression, in code points of its text.
#[derive(Debug, Clone)]
pub(super) struct Timex {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: String,
    pub(super) value: String,
    pub(super) optional: bool,
    /// Placed after the day of publication.
    pub(super) late: bool,
}

/// One text with its gold.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) published: Option<Date>,
    pub(super) timexes: Vec<Timex>,
}

impl Text {
    /// The words of an expression.
    pub(super) fn of(&self, timex: &Timex) -> String {
        self.text.chars().skip(timex.start).take(timex.end - timex.start).collect()
    }

    /// The words of an expression in brackets among their neighbours.
    pub(super) fn around(&self, timex: &Timex) -> String {
        const REACH: usize = 50;
        let from = timex.start.saturating_sub(REACH);
        let before: String = self.text.chars().skip(from).take(timex.start - from).collect();
        let after: String = self.text.chars().skip(timex.end).take(REACH).collect();
        format!("{}: {before}[{}]{after}", self.id, self.of(timex)).replace('\n', " / ")
    }

    /// The day of publication as a value; sorts after every day when there is none.
    pub(super) fn day(&self) -> String {
        self.published.map_or_else(|| "~".to_owned(), |day| day.to_string())
    }
}

/// All sets by name.
pub(super) fn sets(folder: &Path) -> anyhow::Result<Vec<(&'static str, Vec<Text>)>> {
    let histories = lines(&folder.join("time/wikiwars-01-16.jsonl"))?;
    let (develop, check) = histories.into_iter().partition(|t| t.id.as_str() < "09");
    Ok(vec![
        ("seeds", lines(&folder.join("seeds/timex.jsonl"))?),
        ("histories-1-8", develop),
        ("histories-9-16", check),
        ("news", news(&folder.join("meantime/intra-doc_annotation"))?),
    ])
}

/// What another program found: text id to times.
pub(super) fn system(file: &str) -> anyhow::Result<BTreeMap<String, Vec<Timex>>> {
    Ok(lines(Path::new(file))?.into_iter().map(|text| (text.id, text.timexes)).collect())
}

pub(super) fn lines(file: &Path) -> anyhow::Result<Vec<Text>> {
    let content = std::fs::read_to_string(file).with_context(|| format!("cannot open {}", file.display()))?;
    content.lines().map(line).collect()
}

fn line(line: &str) -> anyhow::Result<Text> {
    let json: Value = serde_json::from_str(line)?;
    let times = json["timexes"].as_array().or_else(|| json["times"].as_array());
    let timexes = times.into_iter().flatten().map(|t| Timex {
        start: t["start"].as_u64().unwrap_or(0) as usize,
        end: t["end"].as_u64().unwrap_or(0) as usize,
        kind: t["type"].as_str().unwrap_or_default().to_owned(),
        value: t["value"].as_str().unwrap_or_default().to_owned(),
        optional: t["optional"].as_bool().unwrap_or(false),
        late: false,
    });
    Ok(Text {
        id: json["id"].as_str().unwrap_or_default().to_owned(),
        text: json["text"].as_str().unwrap_or_default().to_owned(),
        published: json["dct"].as_str().and_then(|day| day.parse().ok()),
        timexes: timexes.collect(),
    })
}

fn news(folder: &Path) -> anyhow::Result<Vec<Text>> {
    let mut files = Vec::new();
    for part in std::fs::read_dir(folder).with_context(|| format!("cannot open {}", folder.display()))? {
        let part = part?.path();
        if part.is_dir() {
            files.extend(std::fs::read_dir(part)?.collect::<Result<Vec<_>, _>>()?.into_iter().map(|f| f.path()));
        }
    }
    files.retain(|file| file.extension().is_some_and(|e| e == "xml"));
    files.sort();
    files.iter().map(|file| story(file)).collect()
}

/// A story of tokens: title, date line, text.
fn story(file: &Path) -> anyhow::Result<Text> {
    let xml = std::fs::read_to_string(file)?;
    let xml = roxmltree::Document::parse(&xml).with_context(|| format!("cannot read {}", file.display()))?;
    let number =
        |node: &roxmltree::Node<'_, '_>, name: &str| node.attribute(name).and_then(|n| n.parse::<usize>().ok());
    let mut text = String::new();
    let mut places: BTreeMap<usize, (usize, usize, usize)> = BTreeMap::new();
    let (mut n_chars, mut before) = (0, None);
    for token in xml.descendants().filter(|n| n.has_tag_name("token")) {
        let (Some(id), Some(sentence)) = (number(&token, "t_id"), number(&token, "sentence")) else { continue };
        let word = token.text().unwrap_or_default();
        let gap = match before {
            None => "",
            // Title and date line stand on lines of their own.
            Some(last) if last != sentence && last < 2 => "\n\n",
            Some(last) if last == sentence && closes(word) || text.ends_with(['(', '[', '$', '“']) => "",
            Some(_) => " ",
        };
        text.push_str(gap);
        text.push_str(word);
        let length = word.chars().count();
        places.insert(id, (n_chars + gap.len(), n_chars + gap.len() + length, sentence));
        n_chars += gap.len() + length;
        before = Some(sentence);
    }
    let mut published = None;
    let mut timexes = Vec::new();
    let mut marked: BTreeSet<usize> = BTreeSet::new();
    for mark in xml.descendants().filter(|n| n.parent().is_some_and(|p| p.has_tag_name("Markables"))) {
        let held: Vec<_> = mark.children().filter_map(|a| places.get(&number(&a, "t_id")?).copied()).collect();
        marked.extend(held.iter().map(|place| place.2));
        let (value, kind) = (mark.attribute("value"), mark.attribute("type"));
        if mark.attribute("functionInDocument") == Some("CREATION_TIME") {
            published = value.and_then(|v| v.parse().ok());
        }
        if let (true, Some(start), Some(end)) =
            (mark.has_tag_name("TIMEX3"), held.iter().map(|p| p.0).min(), held.iter().map(|p| p.1).max())
        {
            let (value, kind) = (value.unwrap_or_default().to_owned(), kind.unwrap_or_default().to_owned());
            timexes.push(Timex { start, end, kind, value, optional: false, late: false });
        }
    }
    let last = marked.last().copied().unwrap_or(0);
    let end = places.values().filter(|p| p.2 <= last).map(|p| p.1).max().unwrap_or(0);
    timexes.sort_by_key(|t| t.start);
    let id = file.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    Ok(Text { id, text: text.chars().take(end).collect(), published, timexes })
}

fn closes(word: &str) -> bool {
    matches!(word, "," | "." | ";" | ":" | "?" | "!" | ")" | "%" | "n't" | "”" | "]") || word.starts_with('\'')
}
