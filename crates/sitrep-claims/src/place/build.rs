//! Makes the mentions of a passage: plain places, relative places around them, strips between two places.
//!
//! In: the names of a passage and what each means. Out: mentions in text order, a relative one before the anchor inside it.

use std::collections::BTreeMap;

use sitrep_model::{Bearing, Document, Place, PlacePrecision, PlaceStatus, Relation};

use super::borders::borders;
use super::gazetteer::{Entry, Iso};
use super::join::{bank, join};
use super::metonym;
use super::named::{Demonym, Ground, Named};
use super::plane::Spot;
use super::relate::{self, Anchor, Lies, Told};
use super::resolve::Sense;
use super::shape::{self, BANK_KM, Shape};
use super::words::RelationKind;
use super::{Gazetteer, PlaceMention, PlaceUse};
use crate::parse::Passage;

/// How far around two names their words are looked for.
const REACH_BYTES: usize = 80;

/// What the names of one document mean, and how this document calls each place.
pub(crate) struct Book<'a> {
    pub(super) gazetteer: &'a Gazetteer,
    /// The countries the document speaks of, most first.
    pub(super) in_play: Vec<Iso>,
    senses: &'a BTreeMap<String, Sense>,
    /// The most frequent spelling in this document that the gazetteer has for the place.
    display: BTreeMap<u32, String>,
}

impl<'a> Book<'a> {
    pub(crate) fn new(
        gazetteer: &'a Gazetteer,
        senses: &'a BTreeMap<String, Sense>,
        found: &[(Vec<Named>, Vec<Demonym>)],
        in_play: Vec<Iso>,
    ) -> Book<'a> {
        let mut counts: BTreeMap<u32, BTreeMap<&str, usize>> = BTreeMap::new();
        for named in found.iter().flat_map(|(n, _)| n) {
            let Some(Sense::Known(entry)) = senses.get(&named.sense_key()) else { continue };
            if entry.geonames_id.is_some()
                && entry.kind != "country"
                && gazetteer.index.find(&named.key).iter().any(|e| e.id == entry.id)
            {
                *counts.entry(entry.id).or_default().entry(named.name.as_str()).or_default() += 1;
            }
        }
        let mut display = BTreeMap::new();
        for (id, names) in counts {
            let most = names.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)));
            display.extend(most.map(|(name, _)| (id, name.to_owned())));
        }
        Book { gazetteer, in_play, senses, display }
    }

    fn sense(&self, named: &Named) -> &Sense {
        self.senses.get(&named.sense_key()).unwrap_or(&Sense::Unknown)
    }

    fn name(&self, named: &Named) -> String {
        match self.sense(named) {
            Sense::Known(e) => self.display.get(&e.id).cloned().unwrap_or_else(|| plain(&e.name)),
            _ => named.name.clone(),
        }
    }

    /// The mentions of one passage.
    pub(crate) fn mentions(
        &self,
        document: &Document,
        passage: &Passage,
        named: &[Named],
        demonyms: &[Demonym],
    ) -> Vec<PlaceMention> {
        let kept: Vec<&Named> = named
            .iter()
            .filter(|n| n.ground == Ground::Context && n.certain || matches!(self.sense(n), Sense::Known(_)))
            .collect();
        let view = View { document, passage, text: passage.text(document) };
        let mut out: Vec<PlaceMention> = Vec::new();
        for (at, name) in kept.iter().enumerate() {
            let between = at.checked_sub(1).and_then(|before| self.between(&view, kept[before], name));
            let mut plain = self.plain(&view, name);
            if let Some(strip) = between {
                if let Some(last) = out.last_mut() {
                    last.anchor_only = true;
                }
                plain.anchor_only = true;
                let before = out.len().saturating_sub(1);
                out.insert(before, strip);
            } else if let Some(relative) = self.relative(&view, name) {
                plain.anchor_only = true;
                out.push(relative);
            }
            out.push(plain);
        }
        out.extend(borders(self, &view, demonyms, &out));
        for demonym in demonyms {
            if let Some(country) = self.gazetteer.index.country(demonym.name) {
                let place = known(view.text_of(demonym.at, demonym.at + 1), demonym.name.to_owned(), &country);
                out.push(view.mention((demonym.at, demonym.at + 1), PlaceUse::Demonym, place));
            }
        }
        for (first, end, span, name) in metonym::seats(self.gazetteer, document, passage) {
            let free = !out.iter().any(|m| m.first < end && first < m.end);
            if let Some(country) = self.gazetteer.index.country(&name).filter(|_| free) {
                let place = known(span.of(&document.text).to_owned(), name, &country);
                out.push(view.mention((first, end), PlaceUse::Seat, place));
            }
        }
        out.sort_by_key(|m| (m.first, std::cmp::Reverse(m.end)));
        join(&view, &mut out);
        bank(self, &view, &mut out);
        out
    }

    /// The place a name stands for, whoever asks.
    pub(super) fn asked(&self, said: &str, sense_key: &str) -> Place {
        match self.senses.get(sense_key) {
            Some(Sense::Known(entry)) => {
                let mut place = known(said.to_owned(), plain(&entry.name), entry);
                if entry.kind == "river" {
                    fill(&mut place, self.river(entry));
                    place.area = None;
                }
                place
            }
            sense => Place {
                status: if sense == Some(&Sense::Ambiguous) { PlaceStatus::Ambiguous } else { PlaceStatus::Unknown },
                name: None,
                ..Place::unlocated(said.to_owned(), String::new())
            },
        }
    }

    /// Both banks of a river, in the countries in play.
    fn river(&self, entry: &Entry) -> Option<Shape> {
        self.river_bank(entry, None)
    }

    /// A bank of a river, in the countries in play; both without a bearing.
    fn river_bank(&self, entry: &Entry, bearing: Option<Bearing>) -> Option<Shape> {
        let lines = self.gazetteer.lines();
        let bank = || shape::along(&lines.river(entry, &self.in_play)?, bearing.map(Bearing::degrees), BANK_KM, None);
        lines.made.shape(format!("river {} {bearing:?} {:?}", entry.id, self.in_play), bank)
    }

    fn plain(&self, view: &View<'_>, named: &Named) -> PlaceMention {
        let text = view.text_of(named.first, named.end);
        let place = match self.sense(named) {
            Sense::Known(entry) => known(text, self.name(named), entry),
            sense => {
                // "the Varnesh depot" is no other name of Varnesh.
                let of_kind = named.kind.as_ref().is_some_and(|kind| self.gazetteer.words.held.contains(kind));
                let name = if of_kind { text.clone() } else { named.name.clone() };
                Place {
                    status: if *sense == Sense::Ambiguous { PlaceStatus::Ambiguous } else { PlaceStatus::Unknown },
                    kind: named.kind.clone(),
                    ..Place::unlocated(text, name)
                }
            }
        };
        view.mention((named.first, named.end), PlaceUse::Literal, place)
    }

    /// "30km south of Varnesh", "the outskirts of Varnesh".
    fn relative(&self, view: &View<'_>, named: &Named) -> Option<PlaceMention> {
        let tokens = &view.passage.analysis.tokens;
        let (core_start, core_end) = (tokens[named.first].start as usize, tokens[named.end - 1].end as usize);
        let told = relate::told(&self.gazetteer.words, view.text, core_start, core_end)?;
        let range = view.tokens_of(core_start - told.before, core_end + told.after)?;
        let anchor = if let Sense::Known(entry) = self.sense(named) { Some(entry) } else { None };
        let rural = told.lies == Lies::Beyond;
        // The countryside of a provincial capital is its province, not the fields around the city.
        let province = rural.then(|| self.province(named)).flatten();
        let shape = province.as_ref().or(anchor).and_then(|e| self.shape(&told, e));
        let mut place = Place::unlocated(view.text_of(range.0, range.1), self.name(named));
        place.status = PlaceStatus::Relative;
        place.relation = Some(told.relation(&self.name(named)));
        place.country = anchor.and_then(country_of);
        place.kind = Some(part_kind(&told).to_owned());
        fill(&mut place, shape);
        // A whole division is known as exactly as its name.
        if province.is_some() && told.bearing.is_none() && place.precision.is_some() {
            place.precision = Some(PlacePrecision { ucdp: 4, acled: 3 });
        }
        Some(view.mention(range, PlaceUse::Literal, place))
    }

    fn shape(&self, told: &Told, anchor: &Entry) -> Option<Shape> {
        if anchor.kind == "river" {
            let along = matches!(told.kind, RelationKind::Bank | RelationKind::Near) || told.part.is_some();
            let line = along && told.distance_km.is_none();
            return line.then(|| self.river_bank(anchor, told.bearing)).flatten();
        }
        let lines = self.gazetteer.lines();
        let own = self.gazetteer.index.more().and_then(|more| more.outline(anchor));
        let outline = own.as_deref().or_else(|| lines.outline(anchor));
        let (spot, radius_km) = ((anchor.lat, anchor.lon), anchor.radius_km);
        let make = || told.shape(&Anchor { spot, kind: anchor.kind, radius_km, outline });
        if outline.is_none() || told.distance_km.is_some() {
            return make();
        }
        lines.made.shape(format!("part {} {:?} {:?} {:?}", anchor.id, told.kind, told.bearing, told.part), make)
    }

    /// The stretch of a river's bank between two places.
    pub(super) fn bank_between(&self, river: &str, bearing: Option<Bearing>, (a, b): (Spot, Spot)) -> Option<Shape> {
        let entry = self.gazetteer.index.find(&super::key::key(river)).into_iter().find(|e| e.kind == "river")?;
        let river = self.gazetteer.lines().river(&entry, &self.in_play)?;
        let length = shape::distance_km(a, b);
        shape::along(&river, bearing.map(Bearing::degrees), BANK_KM, Some((a, b, length / 2.0)))
    }

    /// Where the document's place of this name lies.
    pub(super) fn spot_of(&self, name: &str) -> Option<Spot> {
        let shown = |e: &&Entry| self.display.get(&e.id).is_some_and(|d| d == name) || plain(&e.name) == name;
        let known = self.senses.values().filter_map(|s| if let Sense::Known(e) = s { Some(e) } else { None });
        known.filter(shown).map(|e| (e.lat, e.lon)).next()
    }

    /// The first-level division of the same name that the place lies in.
    fn province(&self, named: &Named) -> Option<Entry> {
        let Sense::Known(city) = self.sense(named) else { return None };
        let inside = |e: &Entry| shape::distance_km((e.lat, e.lon), (city.lat, city.lon)) <= e.radius_km;
        let same = self.gazetteer.index.find(&named.key).into_iter();
        same.filter(|e| e.kind == "region" && e.country == city.country).find(inside)
    }

    /// "between Varnesh and Old Karst", "the Varnesh–Karst highway".
    fn between(&self, view: &View<'_>, a: &Named, b: &Named) -> Option<PlaceMention> {
        let tokens = &view.passage.analysis.tokens;
        let gap = view.text.get(tokens[a.end - 1].end as usize..tokens[b.first].start as usize)?;
        let (start, stop) = (tokens[a.first].start as usize, tokens[b.end - 1].end as usize);
        let left = view.text[view.text.floor_char_boundary(start.saturating_sub(REACH_BYTES))..start]
            .trim_end()
            .to_lowercase();
        let words: Vec<&str> = left.rsplit(' ').take(5).collect();
        let opens = words.iter().position(|w| *w == "between").filter(|at| {
            words[..*at]
                .iter()
                .all(|w| matches!(*w, "the" | "of" | "city" | "cities" | "towns" | "town" | "villages" | "area"))
        });
        let reach = view.text.ceil_char_boundary((stop + REACH_BYTES).min(view.text.len()));
        let after = view.text[stop..reach].trim_start().to_lowercase();
        let road = self.gazetteer.words.road.iter().find(|w| after.starts_with(w.as_str()));
        let tied = matches!(gap.trim(), "–" | "-" | "—" | "/" | "to" | "and");
        let (first, end, kind) = match (opens, gap.trim(), road) {
            (Some(back), "and" | "and the" | "and the city of", _) => {
                (a.first.checked_sub(back + 1)?, b.end, "between")
            }
            (None, _, Some(_)) if tied => (a.first, (b.end + 1).min(tokens.len()), "road"),
            _ => return None,
        };
        let spot = |n: &Named| match self.sense(n) {
            Sense::Known(e) => Some((e.lat, e.lon)),
            _ => None,
        };
        let mut place = Place::unlocated(view.text_of(first, end), format!("{} – {}", self.name(a), self.name(b)));
        place.status = PlaceStatus::Relative;
        place.kind = Some(kind.to_owned());
        place.relation = Some(Relation {
            anchor: Some(self.name(a)),
            between: Some([self.name(a), self.name(b)]),
            kind: Some(kind.to_owned()),
            ..Relation::default()
        });
        let strip = |(a, b): (Spot, Spot)| shape::corridor(a, b, (shape::distance_km(a, b) * 0.1).max(1.0));
        fill(&mut place, spot(a).zip(spot(b)).filter(|(a, b)| a != b).and_then(strip));
        Some(view.mention((first, end), PlaceUse::Literal, place))
    }
}

/// A passage and its words.
pub(super) struct View<'a> {
    pub(super) document: &'a Document,
    pub(super) passage: &'a Passage,
    pub(super) text: &'a str,
}

impl View<'_> {
    pub(super) fn word(&self, at: usize) -> &str {
        if at < self.passage.analysis.tokens.len() { self.passage.analysis.text(self.text, at) } else { "" }
    }

    pub(super) fn text_of(&self, first: usize, end: usize) -> String {
        self.passage.span_of(first, end).of(&self.document.text).to_owned()
    }

    /// The tokens that cover a byte range of the passage.
    pub(super) fn tokens_of(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let tokens = &self.passage.analysis.tokens;
        let first = tokens.partition_point(|t| t.end as usize <= start);
        let end = tokens.partition_point(|t| (t.start as usize) < end);
        (first < end).then_some((first, end))
    }

    pub(super) fn mention(&self, (first, end): (usize, usize), usage: PlaceUse, place: Place) -> PlaceMention {
        let head_of = |at: usize| self.passage.analysis.tokens[at].head as usize;
        let outside = |at: &usize| !(first..end).contains(&head_of(*at)) || head_of(*at) == *at;
        let head = (first..end).find(outside).unwrap_or(end - 1);
        PlaceMention { first, end, head, span: self.passage.span_of(first, end), anchor_only: false, usage, place }
    }
}

/// A name without the letters only gazetteers use.
fn plain(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let bare: String = name.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect();
    bare.replace(['‘', 'ʿ', 'ʾ', '`'], "").replace('’', "'")
}

fn country_of(entry: &Entry) -> Option<String> {
    std::str::from_utf8(&entry.country).ok().filter(|c| *c != "--").map(str::to_owned)
}

fn round(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}

pub(super) fn known(text: String, name: String, entry: &Entry) -> Place {
    let (ucdp, acled) = match entry.kind {
        "district" => (3, 2),
        "region" => (4, 3),
        "country" => (6, 3),
        "sea" => (7, 3),
        "river" | "desert" | "area" | "mountain" | "lake" | "border" => (5, 3),
        _ => (1, 1),
    };
    // The middle of a river is nowhere in particular.
    let line = entry.kind == "river";
    Place {
        status: PlaceStatus::Known,
        lat: (!line).then(|| round(entry.lat)),
        lon: (!line).then(|| round(entry.lon)),
        radius_km: (!line).then(|| (entry.radius_km * 10.0).round() / 10.0),
        geonames_id: entry.geonames_id,
        country: country_of(entry),
        kind: Some(entry.kind.to_owned()),
        precision: (!line).then_some(PlacePrecision { ucdp, acled }),
        ..Place::unlocated(text, name)
    }
}

pub(super) fn fill(place: &mut Place, shape: Option<Shape>) {
    let Some(shape) = shape else { return };
    (place.lat, place.lon) = (Some(round(shape.centre.0)), Some(round(shape.centre.1)));
    place.radius_km = Some(shape.radius_km);
    // UCDP 2: within about 25 km of a known point; 5: a line, or land not told by an administrative name.
    let line = matches!(place.kind.as_deref(), Some("bank" | "border" | "road" | "between"));
    let (ucdp, acled) =
        if shape.radius_km <= 25.0 && !line { (2, 2) } else { (5, if shape.radius_km <= 25.0 { 2 } else { 3 }) };
    place.precision = Some(PlacePrecision { ucdp, acled });
    place.area = shape.area;
}

fn part_kind(told: &Told) -> &str {
    if told.kind == RelationKind::Bank { "bank" } else { told.part.as_deref().unwrap_or("relative") }
}
