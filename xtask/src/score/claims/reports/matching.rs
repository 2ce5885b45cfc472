//! When a claim tells a fact of the key, and which of its fields are right.
//!
//! In: facts with their passages, claims as JSON lines of the contract. Out: [`Outcome`]. The rules, which are those of the reference
//! reports' scorer:
//! - A fact is found by one claim that overlaps its passage, has one of its event types and is at most 500 characters long; a claim serves
//!   one fact. Pairs are taken best first: by the mean of the fields, then by how much of the claim lies in the passage.
//! - Every other claim of the article (headline, caption) is one too many unless an optional row fits it. Comments' claims never are.
//! - Names are right when one contains an accepted name, whatever the case; actors and targets count by share.
//! - A place is right when the place, its relation, origin or destination has an accepted name; a relative place by the share of anchor,
//!   distance, bearing and the two ends that are right; a day when the claim's days lie within the key's.
//! - overall = recall × mean of the fields' means × precision.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// A claim longer than this, in characters, tells no single fact.
const LONGEST: i64 = 500;
/// Longer texts are no names.
const LONGEST_NAME: usize = 200;
const ARTICLE: [&str; 3] = ["article", "headline", "caption"];

/// A row of a key and where its passage stands.
pub(super) struct Fact {
    /// Start and end in code points; none when the text lacks the passage.
    pub(super) spans: Vec<(i64, i64)>,
    /// The document's file name.
    pub(super) doc: String,
    pub(super) row: Value,
}

impl Fact {
    /// A row that gives its offsets.
    pub(super) fn with_offsets(row: Value) -> Option<Fact> {
        let span = (row["start"].as_i64()?, row["end"].as_i64()?);
        Some(Fact { spans: vec![span], doc: row["doc"].as_str()?.to_owned(), row })
    }

    fn optional(&self) -> bool {
        self.row["optional"] == true
    }

    /// How many characters of the claim lie in the passage.
    pub(super) fn overlap(&self, claim: &Value) -> i64 {
        let document = claim["document_path"].as_str().or(claim["document"].as_str()).unwrap_or_default();
        if document.rsplit('/').next() != Some(self.doc.as_str()) {
            return 0;
        }
        let (start, end) = span(claim);
        self.spans.iter().map(|(first, last)| end.min(*last) - start.max(*first)).max().unwrap_or(0)
    }

    fn fits(&self, claim: &Value) -> bool {
        let (start, end) = span(claim);
        self.overlap(claim) > 0
            && items(&self.row["events"]).any(|event| *event == claim["event"])
            && end - start <= LONGEST
    }
}

/// What a comparison gave.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) facts: usize,
    /// Each fact found, by index: the claim that tells it, and how right each field is.
    pub(super) found: Vec<(usize, usize, BTreeMap<&'static str, f64>)>,
    /// Facts that no claim told, by index.
    pub(super) missed: Vec<usize>,
    /// Claims of the article that told none, by index.
    pub(super) spurious: Vec<usize>,
}

impl Outcome {
    /// Takes another report's outcome in; indices keep meaning their own report.
    pub(super) fn add(&mut self, other: Outcome) {
        self.facts += other.facts;
        self.found.extend(other.found);
        self.missed.extend(other.missed);
        self.spurious.extend(other.spurious);
    }

    pub(super) fn found(&self) -> usize {
        self.found.len()
    }

    pub(super) fn recall(&self) -> f64 {
        share(self.found.len(), self.facts)
    }

    pub(super) fn precision(&self) -> f64 {
        share(self.found.len(), self.found.len() + self.spurious.len())
    }

    /// The mean of each field over the facts found that have it.
    pub(super) fn fields(&self) -> BTreeMap<&'static str, f64> {
        let mut sums: BTreeMap<&'static str, (f64, usize)> = BTreeMap::new();
        for (name, value) in self.found.iter().flat_map(|(_, _, fields)| fields) {
            let (sum, count) = sums.entry(name).or_default();
            *sum += value;
            *count += 1;
        }
        sums.into_iter().map(|(name, (sum, count))| (name, sum / count as f64)).collect()
    }

    pub(super) fn field_mean(&self) -> f64 {
        let fields = self.fields();
        fields.values().sum::<f64>() / fields.len().max(1) as f64
    }

    pub(super) fn overall(&self) -> f64 {
        self.recall() * self.field_mean() * self.precision()
    }
}

fn share(a: usize, b: usize) -> f64 {
    a as f64 / b.max(1) as f64
}

/// Compares.
pub(super) fn score(rows: &[Fact], claims: &[Value]) -> Outcome {
    let mut pairs = Vec::new();
    for (at, fact) in rows.iter().enumerate().filter(|(_, fact)| !fact.optional()) {
        for (number, claim) in claims.iter().enumerate().filter(|(_, claim)| fact.fits(claim)) {
            let right = fields(claim, &fact.row);
            let (start, end) = span(claim);
            let mean = right.values().sum::<f64>() / right.len() as f64;
            let within = fact.overlap(claim) as f64 / (end - start).max(1) as f64;
            pairs.push((mean, within, at, number, right));
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)).then(a.3.cmp(&b.3)));
    let (mut matched, mut used) = (BTreeMap::new(), BTreeSet::new());
    for (_, _, at, number, right) in pairs {
        if !matched.contains_key(&at) && used.insert(number) {
            matched.insert(at, (number, right));
        }
    }
    let asked = || rows.iter().enumerate().filter(|(_, fact)| !fact.optional()).map(|(at, _)| at);
    let missed = asked().filter(|at| !matched.contains_key(at)).collect();
    let of_article = |claim: &Value| ARTICLE.contains(&claim["voice"].as_str().unwrap_or("article"));
    let allowed = |claim: &Value| rows.iter().any(|fact| fact.optional() && fact.fits(claim));
    let spare = claims.iter().enumerate().filter(|(number, _)| !used.contains(number));
    let spurious = spare.filter(|(_, claim)| of_article(claim) && !allowed(claim)).map(|(number, _)| number).collect();
    let found = matched.into_iter().map(|(at, (number, right))| (at, number, right)).collect();
    Outcome { facts: asked().count(), found, missed, spurious }
}

/// The fields the key asks for, each from 0 to 1.
fn fields(claim: &Value, row: &Value) -> BTreeMap<&'static str, f64> {
    let mut right = BTreeMap::new();
    let yes = |value: bool| f64::from(u8::from(value));
    for role in ["actors", "targets"] {
        let wanted: Vec<&Value> = items(&row[role]).collect();
        if !wanted.is_empty() {
            let got = strings(&claim[role]);
            let hits = wanted.iter().filter(|names| has(&got, names)).count();
            right.insert(role, share(hits, wanted.len()));
        }
    }
    let place = &claim["place"];
    let places = [place, &place["relation"], &claim["destination"], &claim["origin"]];
    let named: Vec<&str> = places.into_iter().flat_map(strings).collect();
    if items(&row["place"]).next().is_some() {
        right.insert("place", yes(has(&named, &row["place"])));
    }
    if row["relative"].as_object().is_some_and(|relative| !relative.is_empty()) {
        let relations = [&place["relation"], &claim["destination"]["relation"]];
        let got = relations.into_iter().find(|relation| relation.is_object()).unwrap_or(&Value::Null);
        right.insert("relative_place", relative(&row["relative"], got, &named));
    }
    if row["date"].is_array() {
        right.insert("date", yes(within(&claim["time"], &row["date"])));
    }
    let chain: Vec<&Value> = items(&claim["attribution"]).collect();
    let kind_in = |link: &Value, kinds: &Value| items(kinds).any(|kind| *kind == link["type"]);
    if items(&row["source"]).next().is_some() {
        right.insert("source", yes(has(&strings(&claim["attribution"]), &row["source"])));
    } else if row["voice"] == "article" && (row["certainty"] == "asserted" || row["certainty"] == "likely") {
        let own = serde_json::json!(["AUTHOR", "OUTLET", "INFERENCE"]);
        right.insert("source", yes(chain.iter().all(|link| kind_in(link, &own))));
    }
    if items(&row["source_type"]).next().is_some() {
        right.insert("source_type", yes(chain.iter().any(|link| kind_in(link, &row["source_type"]))));
    }
    if let Some(label) = row["certainty"].as_str() {
        right.insert("certainty", yes(certain(&claim["certainty"], label)));
    }
    if row["status"] != "any" {
        let told = &claim["status"];
        right.insert("status", yes(row["status"] == *told || items(&row["status"]).any(|status| status == told)));
    }
    if row["polarity"] != "any" {
        right.insert("polarity", yes(claim["polarity"] == row["polarity"]));
    }
    let voice = claim["voice"].as_str().unwrap_or_default();
    let of_article = row["voice"].as_str().is_some_and(|voice| ARTICLE.contains(&voice));
    right.insert("voice", yes(if of_article { ARTICLE.contains(&voice) } else { row["voice"] == voice }));
    let amounts: Vec<&Value> = items(&row["quantity"]).collect();
    if !amounts.is_empty() {
        let hits = amounts.iter().filter(|wanted| items(&claim["quantities"]).any(|got| amount(got, wanted))).count();
        right.insert("quantity", share(hits, amounts.len()));
    }
    right
}

/// How much of "30 km south of X", "between X and Y" is right.
fn relative(wanted: &Value, got: &Value, named: &[&str]) -> f64 {
    let mut right = vec![has(named, &wanted["anchor"])];
    if let Some(distance_km) = wanted["km"].as_f64() {
        right.push((got["distance_km"].as_f64().unwrap_or(-1.0) - distance_km).abs() < 0.5);
    }
    if let Some(bearing) = wanted["bearing"].as_str() {
        right.push(got["bearing"].as_str().unwrap_or_default().eq_ignore_ascii_case(bearing));
    }
    if wanted["between"].is_array() {
        right.push(items(&wanted["between"]).all(|end| has(named, end)));
    }
    share(right.iter().filter(|right| **right).count(), right.len())
}

/// Whether the claim's days lie within the two given, either of which may be open.
fn within(time: &Value, days: &Value) -> bool {
    let day = |value: &Value| value.as_str().map(|day| day.chars().take(10).collect::<String>()).unwrap_or_default();
    let (from, to) = (day(&time["from"]), day(&time["to"]));
    let low = days[0].as_str().is_none_or(|low| !from.is_empty() && from.as_str() >= low);
    let high = days[1].as_str().is_none_or(|high| !to.is_empty() && to.as_str() <= high);
    low && high
}

/// Whether the numbers −3…+3 say what the label says.
fn certain(told: &Value, label: &str) -> bool {
    let author = told["author"].as_f64();
    let source = told["source"].as_f64().unwrap_or(0.0);
    match label {
        "asserted" | "inferred" => author.is_some_and(|author| author >= 2.0),
        "claimed" => author.is_some_and(|author| author <= 1.0) && source >= 2.0,
        "alleged" => author.is_some_and(|author| author <= 1.0),
        "reported" => author.is_some_and(|author| author <= 2.0),
        "announced" | "confirmed" => source >= 2.0,
        "likely" => {
            (author == Some(1.0) || author == Some(2.0)) && told["word"].as_str().is_some_and(|word| !word.is_empty())
        }
        _ => true,
    }
}

fn amount(got: &Value, wanted: &Value) -> bool {
    let kind = wanted["kind"].as_str().unwrap_or_default();
    let kind = norm(kind.split('_').next().unwrap_or_default());
    let text = |field: &str| got[field].as_str().unwrap_or_default().to_owned();
    let said = norm(&format!("{} {}", text("kind"), text("text"))).replace("km", "distance km");
    got["best"].as_f64().is_some() && got["best"].as_f64() == wanted["best"].as_f64() && said.contains(&kind)
}

/// The claim's first and last character.
pub(super) fn span(claim: &Value) -> (i64, i64) {
    (claim["start"].as_i64().unwrap_or(0), claim["end"].as_i64().unwrap_or(0))
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Every name in a value of the contract: actor, place, link of a chain.
fn strings(value: &Value) -> Vec<&str> {
    const NAMED: [&str; 8] = ["text", "name", "canonical", "holder", "anchor", "aliases", "between", "member_of"];
    match value {
        Value::String(text) => vec![text],
        Value::Array(values) => values.iter().flat_map(strings).collect(),
        Value::Object(fields) => fields
            .iter()
            .filter(|(name, _)| NAMED.contains(&name.as_str()))
            .flat_map(|(_, value)| strings(value))
            .collect(),
        _ => Vec::new(),
    }
}

fn has(texts: &[&str], accepted: &Value) -> bool {
    let short = texts.iter().filter(|text| text.chars().count() <= LONGEST_NAME).map(|text| norm(text));
    let accepted: Vec<String> = items(accepted).filter_map(Value::as_str).map(norm).collect();
    short.into_iter().any(|text| accepted.iter().any(|name| text.contains(name)))
}

fn norm(text: &str) -> String {
    let plain = text.replace('\u{2019}', "'").replace('\u{a0}', " ").to_lowercase();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text with its white space evened out, and where each of its characters stood.
pub(super) struct Even {
    text: String,
    /// For each byte of `text` that begins a character: the character's number in the text as it was.
    stood: BTreeMap<usize, i64>,
}

impl Even {
    pub(super) fn of(text: &str) -> Even {
        let mut even = Even { text: String::new(), stood: BTreeMap::new() };
        for (number, letter) in text.chars().enumerate() {
            let letter = if letter == '\u{2019}' { '\'' } else { letter };
            if letter.is_whitespace() && even.text.ends_with(' ') {
                continue;
            }
            even.stood.insert(even.text.len(), number as i64);
            even.text.push(if letter.is_whitespace() { ' ' } else { letter });
        }
        even
    }

    /// Every place where `quote` stands, in characters of the text as it was.
    pub(super) fn all(&self, quote: &str) -> Vec<(i64, i64)> {
        let quote = quote.replace('\u{2019}', "'").split_whitespace().collect::<Vec<_>>().join(" ");
        let Some(last) = quote.char_indices().last().map(|(at, _)| at) else { return Vec::new() };
        let stands = self.text.match_indices(&quote).filter_map(|(at, _)| {
            let (start, end) = (self.stood.get(&at)?, self.stood.get(&(at + last))?);
            Some((*start, end + 1))
        });
        stands.collect()
    }
}
