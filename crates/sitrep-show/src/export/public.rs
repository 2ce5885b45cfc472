//! The public profile: what may leave a record for everybody to see.
//!
//! In: contents and [`PublicRules`]. Out: contents of which every claim was accepted by a human, is old enough and gives away no place of
//! help, with places made coarse, and a [`Loss`] that counts the rest by reason. Never a reader, a reviewer, a comment, or a word of a
//! report outside the passages that leave.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Deserialize;
use sitrep_model::{Block, BlockKind, Claim, Contents, Document, Event, Place, Reliability, Ruling, Span, Time};

use super::Loss;
use super::reviewed::verdicts;

/// Settings of the public profile; `data/public.toml` has those built in, with what each means.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicRules {
    /// Days between what happened and the latest publication in the record.
    pub min_age_days: u16,
    /// Height and width of a cell of coordinates.
    pub grid_degrees: f64,
    /// Smallest radius of a place.
    pub min_radius_km: f64,
    /// Types of events that never leave.
    pub event_types: Vec<String>,
    /// Words of medical, relief and shelter sites, in small letters.
    pub words: Vec<String>,
    /// What is said of everything that leaves.
    pub notice: String,
}

impl PublicRules {
    /// The settings that come with the program.
    #[must_use]
    pub fn built_in() -> PublicRules {
        PublicRules::read(include_str!("../../data/public.toml"))
            .expect("the settings that come with the program are read by a test")
    }

    /// Settings from the text of a TOML file.
    ///
    /// # Errors
    /// In words, when a setting is missing, unknown or out of range.
    pub fn read(text: &str) -> Result<PublicRules, String> {
        let rules: PublicRules = toml::from_str(text).map_err(|error| error.to_string())?;
        let is_grid = rules.grid_degrees.is_finite() && (0.01..=5.0).contains(&rules.grid_degrees);
        match is_grid && rules.min_radius_km.is_finite() && rules.min_radius_km >= 0.0 {
            true => Ok(rules),
            false => Err("grid_degrees must be 0.01 to 5, min_radius_km 0 or more".to_owned()),
        }
    }

    /// The first setting by which these hold back less than `others` do; `None` when they hold back at least as much.
    #[must_use]
    pub fn laxer_than(&self, others: &PublicRules) -> Option<&'static str> {
        let lacks = |ours: &[String], theirs: &[String]| theirs.iter().any(|it| !ours.contains(it));
        match () {
            () if self.min_age_days < others.min_age_days => Some("min_age_days"),
            () if self.grid_degrees < others.grid_degrees => Some("grid_degrees"),
            () if self.min_radius_km < others.min_radius_km => Some("min_radius_km"),
            () if lacks(&self.event_types, &others.event_types) => Some("event_types"),
            () if lacks(&self.words, &others.words) => Some("words"),
            () => None,
        }
    }
}

/// Why a claim stays in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kept {
    Reader,
    Unreviewed,
    TooYoung,
    Sensitive,
    WithItsEvent,
}

impl Kept {
    fn says(self) -> &'static str {
        match self {
            Kept::Reader => "readers’ claims (kept in)",
            Kept::Unreviewed => "claims nobody accepted (kept in)",
            Kept::TooYoung => "accepted claims that are too young or have no day (kept in)",
            Kept::Sensitive => "accepted claims about medical, relief or shelter sites (kept in)",
            Kept::WithItsEvent => "accepted claims of an event of which another account may not leave (kept in)",
        }
    }
}

/// What may leave, and how much stays in and why.
pub(super) fn public(contents: &Contents, rules: &PublicRules) -> (Contents, Loss) {
    let (leaving, kept) = sorted(contents, rules);
    let mut loss = Loss::default();
    for reason in [Kept::Reader, Kept::Unreviewed, Kept::TooYoung, Kept::Sensitive, Kept::WithItsEvent] {
        loss.add(reason.says(), kept.values().filter(|it| **it == reason).count());
    }
    let is_leaving = |id: &str| leaving.contains(id);
    let by_id: BTreeMap<&str, &Claim> = contents.claims.iter().map(|it| (it.claim_id.as_str(), it)).collect();
    let events: Vec<Event> = contents
        .events
        .iter()
        .filter(|event| event.accounts.iter().any(|it| is_leaving(it.claim_id.as_str())))
        .map(|event| event_of(event, &by_id, &leaving, rules))
        .collect();
    loss.add("events that may not leave (kept in)", contents.events.len() - events.len());
    loss.add("readers’ comments (kept in)", contents.documents.iter().map(|it| it.comments.len()).sum());
    loss.add("rulings, with who ruled and why (kept in)", contents.rulings.len());
    let claims: Vec<Claim> = contents
        .claims
        .iter()
        .filter(|claim| is_leaving(claim.claim_id.as_str()))
        .map(|claim| claim_of(claim, &leaving, rules))
        .collect();
    let documents: Vec<Document> =
        contents.documents.iter().filter_map(|document| document_of(document, &claims, rules)).collect();
    let mut out = Contents {
        edition: contents.edition.clone(),
        pages: contents.pages.clone(),
        documents,
        claims,
        events,
        disputes: contents.disputes.clone(),
        links: contents.links.clone(),
        forecasts: contents.forecasts.clone(),
        copies: Vec::new(),
        rulings: contents.rulings.clone(),
        register: Vec::new(),
    };
    prune(&mut out, &leaving);
    (out, loss)
}

/// Claims that leave, and why the others do not.
fn sorted<'c>(contents: &'c Contents, rules: &PublicRules) -> (BTreeSet<&'c str>, BTreeMap<&'c str, Kept>) {
    let verdicts = verdicts(&contents.rulings);
    let published: BTreeMap<&str, Date> = contents
        .documents
        .iter()
        .filter_map(|document| Some((document.id.as_str(), document.published.as_ref()?.date)))
        .collect();
    let latest = published.values().max().copied();
    let mut kept: BTreeMap<&str, Kept> = BTreeMap::new();
    for claim in &contents.claims {
        let published = published.get(claim.document.as_str()).copied();
        let accepted = verdicts.get(claim.claim_id.as_str()).is_some_and(|it| it.action == "accept");
        let reason = match () {
            () if !claim.is_reporting() => Kept::Reader,
            () if !accepted => Kept::Unreviewed,
            () if !is_old(claim.time.as_ref(), published, latest, rules) => Kept::TooYoung,
            () if is_sensitive(claim, rules) => Kept::Sensitive,
            () => continue,
        };
        kept.insert(claim.claim_id.as_str(), reason);
    }
    for event in &contents.events {
        let stays = |id: &str| kept.get(id).is_some_and(|reason| *reason != Kept::Reader);
        let mixed = event.accounts.iter().any(|it| stays(it.claim_id.as_str()));
        let told = [Some(&event.summary), event.place.as_ref().and_then(|it| it.name.as_ref())];
        if mixed || told.into_iter().flatten().any(|text| has_word(text, rules)) {
            for account in &event.accounts {
                kept.entry(account.claim_id.as_str()).or_insert(Kept::WithItsEvent);
            }
        }
    }
    let ids = contents.claims.iter().map(|claim| claim.claim_id.as_str());
    (ids.filter(|id| !kept.contains_key(id)).collect(), kept)
}

/// Whether the last day it may have happened is long enough before the latest publication.
fn is_old(time: Option<&Time>, published: Option<Date>, latest: Option<Date>, rules: &PublicRules) -> bool {
    let day = match time {
        Some(time) => time.to.or(published),
        None => published,
    };
    let Some((day, latest)) = day.zip(latest) else { return false };
    day.until(latest).is_ok_and(|span| span.get_days() >= i32::from(rules.min_age_days))
}

fn is_sensitive(claim: &Claim, rules: &PublicRules) -> bool {
    let places = [&claim.place, &claim.origin, &claim.destination].into_iter().flatten();
    let places = places.flat_map(|it| [Some(&it.text), it.name.as_ref(), it.kind.as_ref()]).flatten();
    let people = claim.actors.iter().chain(&claim.targets).flat_map(|it| [&it.text, &it.name]);
    let things = claim.things.iter().map(|it| &it.text);
    let mut texts = std::iter::once(&claim.quote).chain(places).chain(people).chain(things);
    rules.event_types.iter().any(|it| it == claim.event.as_str()) || texts.any(|text| has_word(text, rules))
}

/// Whether one of the words stands in the text, whole.
fn has_word(text: &str, rules: &PublicRules) -> bool {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).map(str::to_lowercase).collect();
    let told = format!(" {} ", words.join(" "));
    rules.words.iter().any(|word| told.contains(&format!(" {word} ")))
}

fn claim_of(claim: &Claim, leaving: &BTreeSet<&str>, rules: &PublicRules) -> Claim {
    let mut out = claim.clone();
    out.document_path = out.document.to_string();
    out.notes = vec![rules.notice.clone()];
    // The sentence may say more than the passage that was reviewed.
    (out.sentence_start, out.sentence_end) = (claim.start, claim.end);
    for other in [&mut out.condition, &mut out.about] {
        if other.as_ref().is_some_and(|id| !leaving.contains(id.as_str())) {
            *other = None;
        }
    }
    out.condition_text = None;
    for place in [&mut out.place, &mut out.origin, &mut out.destination].into_iter().flatten() {
        coarsen(place, rules);
    }
    out
}

fn event_of(event: &Event, claims: &BTreeMap<&str, &Claim>, leaving: &BTreeSet<&str>, rules: &PublicRules) -> Event {
    let mut out = event.clone();
    out.accounts.retain(|it| leaving.contains(it.claim_id.as_str()));
    for account in &mut out.accounts {
        account.reliability = Reliability::default();
    }
    // What only a reader says of it stays in.
    let said: Vec<&Claim> = out.accounts.iter().filter_map(|it| claims.get(it.claim_id.as_str()).copied()).collect();
    let names: BTreeSet<&str> =
        said.iter().flat_map(|it| it.actors.iter().chain(&it.targets)).map(|it| it.name.as_str()).collect();
    out.actors.retain(|it| names.contains(it.name.as_str()));
    out.targets.retain(|it| names.contains(it.name.as_str()));
    out.quantities.retain(|it| said.iter().any(|claim| claim.quantities.contains(it)));
    out.grade.why = format!("{}; {}", out.grade.why, rules.notice);
    out.place.iter_mut().for_each(|place| coarsen(place, rules));
    out
}

/// The place as a cell of the grid: no finer coordinates, no id that leads to them.
fn coarsen(place: &mut Place, rules: &PublicRules) {
    let centre = |value: f64| {
        let cell = ((value / rules.grid_degrees).floor() + 0.5) * rules.grid_degrees;
        (cell * 1e6).round() / 1e6
    };
    place.lat = place.lat.map(centre);
    place.lon = place.lon.map(centre);
    place.area = None;
    place.geonames_id = None;
    if place.lat.is_some() {
        place.radius_km = Some(place.radius_km.unwrap_or_default().max(rules.min_radius_km));
    }
    if let Some(precision) = &mut place.precision {
        precision.ucdp = precision.ucdp.max(2);
        precision.acled = precision.acled.max(2);
    }
}

/// The document with nothing in it but the passages that leave; `None` when there are none.
fn document_of(document: &Document, claims: &[Claim], rules: &PublicRules) -> Option<Document> {
    let mut spans: Vec<Span> = claims
        .iter()
        .filter(|claim| claim.document == document.id)
        .map(|claim| Span { start: claim.start, end: claim.end })
        .filter(|span| !span.of(&document.text).is_empty())
        .collect();
    if !claims.iter().any(|claim| claim.document == document.id) {
        return None;
    }
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut blocks: Vec<Span> = Vec::new();
    for span in spans {
        match blocks.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => blocks.push(span),
        }
    }
    let block = |span: &Span| Block { kind: BlockKind::Body, span: *span, links: Vec::new(), language: None };
    let day = document.published.as_ref().map(|it| it.date.to_string());
    let named = [document.outlet.clone(), day].into_iter().flatten().collect::<Vec<_>>().join(", ");
    Some(Document {
        path: if named.is_empty() { document.id.to_string() } else { named },
        // A headline is a statement nobody reviewed.
        title: None,
        url: document.url.clone().filter(|url| !has_word(url, rules)),
        text: blanked(&document.text, &blocks),
        blocks: blocks.iter().map(block).collect(),
        comments: Vec::new(),
        media: Vec::new(),
        reply_to: None,
        forwarded_from: None,
        ..document.clone()
    })
}

/// The text with every character outside `spans` made blank, each as long as it was, so that offsets stay true.
fn blanked(text: &str, spans: &[Span]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut spans = spans.iter().peekable();
    for (at, c) in text.char_indices() {
        while spans.next_if(|span| span.end as usize <= at).is_some() {}
        let shown = spans.peek().is_some_and(|span| span.start as usize <= at);
        out.push(match c.len_utf8() {
            _ if shown => c,
            1 => ' ',
            2 => '\u{A0}',
            3 => '\u{2003}',
            _ => '\u{10101}',
        });
    }
    out
}

/// Takes out what hangs on things that stay in.
fn prune(out: &mut Contents, leaving: &BTreeSet<&str>) {
    let pages: BTreeSet<String> = out.documents.iter().map(|it| it.page.to_string()).collect();
    out.pages.retain(|page| pages.contains(page.id.as_str()));
    for page in &mut out.pages {
        page.path = page.id.to_string();
        page.notes.clear();
    }
    out.links.retain(|link| leaving.contains(link.from.as_str()) && leaving.contains(link.to.as_str()));
    let events: BTreeSet<String> = out.events.iter().map(|it| it.event_id.to_string()).collect();
    // A dispute leaves whole or not at all: half of it would look like agreement.
    out.disputes.retain(|dispute| {
        let mut claims = dispute.sides.iter().flat_map(|side| &side.claims);
        events.contains(dispute.event_id.as_str()) && claims.all(|id| leaving.contains(id.as_str()))
    });
    let disputes: BTreeSet<String> = out.disputes.iter().map(|it| it.dispute_id.to_string()).collect();
    for event in &mut out.events {
        event.disputes.retain(|id| disputes.contains(id.as_str()));
        event.near_misses.retain(|id| events.contains(id.as_str()));
    }
    out.forecasts.retain(|forecast| leaving.contains(forecast.claim_id.as_str()));
    for forecast in &mut out.forecasts {
        forecast.evidence.retain(|id| leaving.contains(id.as_str()));
        forecast.resolved_by.retain(|id| leaving.contains(id.as_str()));
        forecast.why = None;
        forecast.history.clear();
    }
    out.rulings = accepted(&out.rulings, leaving);
}

/// That a human accepted them is told; who and why is not.
fn accepted(rulings: &[Ruling], leaving: &BTreeSet<&str>) -> Vec<Ruling> {
    let ids = verdicts(rulings).into_keys().filter(|id| leaving.contains(id));
    let one = |(at, id): (usize, &str)| Ruling {
        number: at as u64 + 1,
        action: "accept".to_owned(),
        subject: id.to_owned(),
        value: None,
        reviewer: "a reviewer".to_owned(),
        why: None,
    };
    ids.enumerate().map(one).collect()
}

/// The notice that goes with every public export.
pub(super) fn notice(contents: &Contents, rules: &PublicRules) -> String {
    format!(
        "{}\n\nThis is the public part of a record: {} claims of {} reports, each accepted by a human reviewer, none younger than {} days \
         before the latest report. Coordinates are centres of cells of {} degrees; no place is told more closely than {} km. What concerns \
         medical, relief and shelter sites, readers’ comments and the names of readers and reviewers are left out.\n",
        rules.notice,
        contents.claims.len(),
        contents.documents.len(),
        rules.min_age_days,
        rules.grid_degrees,
        rules.min_radius_km,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_that_come_with_the_program_are_sound() {
        let rules = PublicRules::built_in();
        assert!(rules.min_age_days > 0 && rules.grid_degrees >= 0.05);
        assert!(rules.words.iter().all(|word| *word == word.to_lowercase()));
        for code in &rules.event_types {
            assert!(sitrep_model::EventType::from_code(code).is_some(), "{code}");
        }
        assert!(PublicRules::read("min_age_days = 1").is_err());
        assert!(has_word("The Varnesh Field-Hospital, again", &rules) && !has_word("hospitality", &rules));
    }

    #[test]
    fn text_outside_the_passages_is_blank_and_as_long() {
        let text = "Ünder 🛰 fire, „Varnesh“ fell.\n";
        let start = text.find("Varnesh").unwrap();
        let told = blanked(text, &[Span::new(start, start + 7)]);
        assert_eq!((told.len(), told.chars().count()), (text.len(), text.chars().count()));
        assert_eq!(told.replace('\u{10101}', "").trim(), "Varnesh");
    }
}
