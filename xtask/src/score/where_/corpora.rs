//! Texts whose place names are known: located news, coded events told in made sentences, invented local stories.
//!
//! In: reference sets beside the repository (said to be absent when they are) and `tests/corpus/where`. Out: texts with the names in
//! them, offsets in code points. Copies nothing into the repository.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// A name in a text and where it lies.
#[derive(Debug, Clone)]
pub(crate) struct Gold {
    pub(crate) name: String,
    /// Code points.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
}

/// A text with its names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Text {
    pub(crate) outlet: Option<String>,
    pub(crate) text: String,
    pub(crate) names: Vec<Gold>,
}

impl Text {
    /// Adds words that name no place.
    pub(crate) fn say(&mut self, words: &str) {
        self.text.push_str(words);
    }

    /// Adds a place's name.
    pub(crate) fn name(&mut self, name: &str, lat: f64, lon: f64) {
        let start = self.text.chars().count();
        self.text.push_str(name);
        self.names.push(Gold { name: name.to_owned(), start, end: start + name.chars().count(), lat, lon });
    }
}

/// Kilometres on a sphere.
pub(crate) fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let (dlat, dlon) = ((lat_b - lat_a) / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let h = dlat.sin().powi(2) + lat_a.cos() * lat_b.cos() * dlon.sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every corpus that is here, by name.
pub(crate) fn all() -> anyhow::Result<Vec<(&'static str, Vec<Text>)>> {
    let mut all = vec![("local, invented", local("local.md")?), ("local, kept apart", local("local_held.md")?)];
    let gold = root().join("../shared/gold");
    if gold.is_dir() {
        all.push(("GeoVirus", geovirus(&gold.join("geovirus/GeoVirus.xml"))?));
        all.push(("UCDP events in made sentences", ucdp(&gold.join("ucdp"))?));
        all.push(("re3d", re3d(&gold.join("re3d"))?));
    } else {
        println!("SKIPPED: ../shared is absent");
    }
    Ok(all)
}

/// `[name|lat,lon]` in stories under second-level headings, the outlet on the first line.
fn local(name: &str) -> anyhow::Result<Vec<Text>> {
    let path = root().join("tests/corpus/where").join(name);
    let file = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let mut out = Vec::new();
    for story in file.split("\n## ").skip(1) {
        let mut lines = story.lines();
        let title = lines.next().unwrap_or_default();
        let mut text = Text { outlet: lines.next().map(str::to_owned), ..Text::default() };
        text.say(title);
        text.say("\n\n");
        let body = lines.collect::<Vec<_>>().join("\n");
        let mut rest = body.trim();
        while let Some((before, after)) = rest.split_once('[') {
            let (marked, tail) = after.split_once(']').context("a mark without end")?;
            let (name, spot) = marked.split_once('|').context("a mark without a place")?;
            let (lat, lon) = spot.split_once(',').context("a mark without two numbers")?;
            text.say(before);
            text.name(name, lat.parse()?, lon.parse()?);
            rest = tail;
        }
        text.say(rest);
        out.push(text);
    }
    Ok(out)
}

fn geovirus(path: &Path) -> anyhow::Result<Vec<Text>> {
    let xml = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let plain = |t: &str| {
        t.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
    };
    let inside = |part: &str, tag: &str| {
        let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
        part.split_once(&open)
            .and_then(|(_, rest)| rest.split_once(&close))
            .map(|(inner, _)| plain(inner))
            .unwrap_or_default()
    };
    let article = |article: &str| {
        let names = article.split("<location>").skip(1).map(|l| {
            let number = |tag: &str| inside(l, tag).trim().parse::<f64>().unwrap_or(f64::NAN);
            let (start, end) = (number("start") as usize, number("end") as usize);
            Gold { name: inside(l, "name"), start, end, lat: number("lat"), lon: number("lon") }
        });
        Text { outlet: None, text: inside(article, "text"), names: names.collect() }
    };
    Ok(xml.split("<article>").skip(1).map(article).collect())
}

/// Coded events, six to a text: the name as coded, without the word for its kind.
fn ucdp(folder: &Path) -> anyhow::Result<Vec<Text>> {
    const SAYINGS: [(&str, &str); 6] = [
        ("Fighters attacked an army post in ", " before dawn. "),
        ("Aircraft bombed ", ", killing several people. "),
        ("The army sent reinforcements to ", " the same day. "),
        ("Clashes went on near ", ". "),
        ("Shells fell on ", " and its surroundings. "),
        ("Residents fled from ", " towards the river. "),
    ];
    let mut places: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for entry in ["ucdp_ged_deir_ez_zor_aug2017_jan2018.csv", "ucdp_ged_abu_kamal_aug2017_jan2018.csv"] {
        let file = std::fs::read_to_string(folder.join(entry)).with_context(|| format!("reading {entry}"))?;
        let rows = table(&file);
        let Some(head) = rows.first() else { continue };
        let column = |name: &str| head.iter().position(|c| c == name).with_context(|| format!("no column {name}"));
        let (place, lat, lon) = (column("where_coordinates")?, column("latitude")?, column("longitude")?);
        for row in &rows[1..] {
            let (Some(place), Some(lat), Some(lon)) = (row.get(place), row.get(lat), row.get(lon)) else { continue };
            let name = [" town", " village", " city"].iter().find_map(|w| place.strip_suffix(w)).unwrap_or(place);
            if let (Ok(lat), Ok(lon)) = (lat.parse(), lon.parse()) {
                places.insert(name.to_owned(), (lat, lon));
            }
        }
    }
    let places: Vec<_> = places.into_iter().collect();
    // Names of one text are not those next in the alphabet.
    let n_texts = places.len().div_ceil(SAYINGS.len());
    let text = |at: usize| {
        let mut text = Text::default();
        text.say("Fighting went on in eastern Syria. ");
        for (n, (name, (lat, lon))) in places.iter().skip(at).step_by(n_texts).enumerate() {
            let (before, after) = SAYINGS[n % SAYINGS.len()];
            text.say(before);
            text.name(name, *lat, *lon);
            text.say(after);
        }
        text
    };
    Ok((0..n_texts).map(text).collect())
}

/// Reports on Syria and Iraq: locations that are names, without points.
fn re3d(folder: &Path) -> anyhow::Result<Vec<Text>> {
    let mut texts: BTreeMap<String, Text> = BTreeMap::new();
    for source in std::fs::read_dir(folder)?.flatten().filter(|e| e.path().is_dir()) {
        let lines = |name: &str| -> anyhow::Result<Vec<serde_json::Value>> {
            let file = std::fs::read_to_string(source.path().join(name))?;
            let lines = file.lines().filter(|l| !l.trim().is_empty());
            lines.map(|l| serde_json::from_str(l).with_context(|| format!("a line of {name}"))).collect()
        };
        for document in lines("documents.json")? {
            let word = |name: &str| document[name].as_str().unwrap_or_default().to_owned();
            texts.insert(word("_id"), Text { text: word("text"), ..Text::default() });
        }
        for entity in lines("entities.json")?.iter().filter(|e| e["type"] == "Location") {
            let word = |name: &str| entity[name].as_str().unwrap_or_default();
            let number = |name: &str| entity[name].as_f64().unwrap_or_default();
            let value = word("value");
            let name = value.split(' ').all(|w| w == "the" || w == "of" || w.starts_with(char::is_uppercase));
            if let (true, true, Some(text)) = (name, number("confidence") >= 0.5, texts.get_mut(word("documentId"))) {
                let (start, end) = (number("begin") as usize, number("end") as usize);
                text.names.push(Gold { name: value.to_owned(), start, end, lat: f64::NAN, lon: f64::NAN });
            }
        }
    }
    Ok(texts.into_values().collect())
}

/// Rows of a CSV file with quoted cells.
fn table(file: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    for c in file.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' => {}
            c => cell.push(c),
        }
    }
    rows
}
