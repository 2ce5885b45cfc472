//! Makes the mentions of a passage: plain places, relative places around them, borders, strips between two places.
//!
//! In: the names of a passage and what each means. Out: mentions in text order, a relative one before the anchor inside it.

use std::collections::BTreeMap;

use sitrep_model::{Document, Place, PlacePrecision, PlaceStatus, Relation};

use super::find::{Demonym, Ground, Named};
use super::gazetteer::Entry;
use super::relate::{self, Told};
use super::resolve::Sense;
use super::shape::{self, Shape};
use super::{Gazetteer, PlaceMention, PlaceUse};
use crate::parse::Passage;

/// How far around two names their words are looked for.
const REACH_BYTES: usize = 80;

/// What the names of one document mean, and how this document calls each place.
pub(crate) struct Book<'a> {
    gazetteer: &'a Gazetteer,
    senses: &'a BTreeMap<String, Sense>,
    /// The most frequent spelling in this document that the gazetteer has for the place.
    display: BTreeMap<u32, String>,
}

impl<'a> Book<'a> {
    pub(crate) fn new(
        gazetteer: &'a Gazetteer,
        senses: &'a BTreeMap<String, Sense>,
        found: &[(Vec<Named>, Vec<Demonym>)],
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
        Book { gazetteer, senses, display }
    }

    fn sense(&self, named: &Named) -> &Sense {
        self.senses.get(&named.sense_key()).unwrap_or(&Sense::Unknown)
    }

    fn name(&self, named: &Named) -> String {
        match self.sense(named) {
            Sense::Known(e) => self.display.get(&e.id).cloned().unwrap_or_else(|| plain(e.name)),
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
        out.extend(self.borders(&view, demonyms, &out));
        for demonym in demonyms {
            if let Some(country) = self.gazetteer.index.country(demonym.name) {
                let place = known(view.text_of(demonym.at, demonym.at + 1), demonym.name.to_owned(), &country);
                out.push(view.mention((demonym.at, demonym.at + 1), PlaceUse::Demonym, place));
            }
        }
        out.sort_by_key(|m| (m.first, std::cmp::Reverse(m.end)));
        join(&view, &mut out);
        bank(&view, &mut out);
        out
    }

    fn plain(&self, view: &View<'_>, named: &Named) -> PlaceMention {
        let text = view.text_of(named.first, named.end);
        let place = match self.sense(named) {
            Sense::Known(entry) => known(text, self.name(named), entry),
            sense => Place {
                status: if *sense == Sense::Ambiguous { PlaceStatus::Ambiguous } else { PlaceStatus::Unknown },
                kind: named.kind.clone(),
                ..Place::unlocated(text, named.name.clone())
            },
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
        let rural = matches!(told.part.as_deref(), Some("countryside" | "rural areas" | "periphery"));
        // The countryside of a provincial capital is its province, not the fields around the city.
        let province = rural.then(|| self.province(named)).flatten();
        let ground = province.as_ref().or(anchor).filter(|e| e.kind != "river");
        let shape = ground.and_then(|e| told.shape((e.lat, e.lon), e.kind, e.radius_km));
        let mut place = Place::unlocated(view.text_of(range.0, range.1), self.name(named));
        place.status = PlaceStatus::Relative;
        place.relation = Some(told.relation(&self.name(named)));
        place.country = anchor.and_then(country_of);
        place.kind = Some(part_kind(&told).to_owned());
        fill(&mut place, shape);
        Some(view.mention(range, PlaceUse::Literal, place))
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
        let road = ["highway", "road", "motorway", "axis", "railway"].iter().find(|w| after.starts_with(**w));
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
        fill(&mut place, spot(a).zip(spot(b)).filter(|(a, b)| a != b).map(|(a, b)| shape::corridor(a, b)));
        Some(view.mention((first, end), PlaceUse::Literal, place))
    }

    /// "the Syrian-Iraqi border", "the border with Iraq".
    fn borders(&self, view: &View<'_>, demonyms: &[Demonym], named: &[PlaceMention]) -> Vec<PlaceMention> {
        let mut out = Vec::new();
        for at in 0..view.passage.analysis.tokens.len() {
            if !matches!(view.word(at).to_lowercase().as_str(), "border" | "borders" | "frontier" | "borderline") {
                continue;
            }
            let country_at = |end: usize| -> Option<(usize, String)> {
                let adjective = demonyms.iter().find(|d| d.at + 1 == end).map(|d| (d.at, d.name.to_owned()));
                let noun = named.iter().find(|m| m.end == end && m.place.kind.as_deref() == Some("country"));
                adjective.or_else(|| noun.map(|m| (m.first, m.place.name.clone().unwrap_or_default())))
            };
            let (mut first, mut end, mut countries) = (at, at + 1, Vec::new());
            if let Some((start, country)) = country_at(at) {
                (first, countries) = (start, vec![country]);
                let tie = start.checked_sub(1).filter(|t| matches!(view.word(*t), "-" | "–" | "/"));
                if let Some((start, country)) = tie.and_then(country_at) {
                    first = start;
                    countries.insert(0, country);
                }
            }
            let after = named
                .iter()
                .filter(|m| m.place.kind.as_deref() == Some("country") && m.first > at && m.first <= at + 3);
            if let Some(m) =
                after.filter(|_| matches!(view.word(at + 1), "with" | "of" | "between")).min_by_key(|m| m.first)
            {
                end = m.end;
                countries.extend(m.place.name.clone());
            }
            if countries.is_empty() {
                continue;
            }
            let mut place = Place::unlocated(view.text_of(first, end), format!("{} border", countries.join("–")));
            place.status = PlaceStatus::Relative;
            place.kind = Some("border".to_owned());
            let between = <[String; 2]>::try_from(countries.clone()).ok();
            place.relation = Some(Relation {
                anchor: countries.first().cloned(),
                between,
                kind: Some("border".to_owned()),
                ..Relation::default()
            });
            out.push(view.mention((first, end), PlaceUse::Literal, place));
        }
        out
    }
}

/// A passage and its words.
struct View<'a> {
    document: &'a Document,
    passage: &'a Passage,
    text: &'a str,
}

impl View<'_> {
    fn word(&self, at: usize) -> &str {
        if at < self.passage.analysis.tokens.len() { self.passage.analysis.text(self.text, at) } else { "" }
    }

    fn text_of(&self, first: usize, end: usize) -> String {
        self.passage.span_of(first, end).of(&self.document.text).to_owned()
    }

    /// The tokens that cover a byte range of the passage.
    fn tokens_of(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let tokens = &self.passage.analysis.tokens;
        let first = tokens.partition_point(|t| t.end as usize <= start);
        let end = tokens.partition_point(|t| (t.start as usize) < end);
        (first < end).then_some((first, end))
    }

    fn mention(&self, (first, end): (usize, usize), usage: PlaceUse, place: Place) -> PlaceMention {
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

fn known(text: String, name: String, entry: &Entry) -> Place {
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

fn fill(place: &mut Place, shape: Option<Shape>) {
    let Some(shape) = shape else { return };
    (place.lat, place.lon) = (Some(round(shape.centre.0)), Some(round(shape.centre.1)));
    place.radius_km = Some(shape.radius_km);
    let (ucdp, acled) = if shape.radius_km <= 25.0 { (2, 2) } else { (5, 3) };
    place.precision = Some(PlacePrecision { ucdp, acled });
    place.area = shape.area;
}

fn part_kind(told: &Told) -> &str {
    told.part.as_deref().unwrap_or("relative")
}

/// "the Homs desert southeast of Sukhnah": what stands right before a relative place is the place it tells about.
fn join(view: &View<'_>, mentions: &mut [PlaceMention]) {
    for at in 0..mentions.len() {
        let (before, rest) = mentions.split_at_mut(at);
        let Some(relative) = rest.first_mut() else { continue };
        let told = relative.place.relation.as_ref().and_then(|r| r.kind.as_deref());
        if relative.place.status != PlaceStatus::Relative
            || relative.anchor_only
            || !matches!(told, Some("offset" | "distance" | "near"))
        {
            continue;
        }
        let Some(subject) = before
            .iter_mut()
            .rev()
            .take(8)
            .find(|m| m.end == relative.first && m.usage == PlaceUse::Literal && !m.anchor_only)
        else {
            continue;
        };
        let kind = subject.place.kind.clone();
        if !matches!(
            kind.as_deref(),
            Some("border" | "desert" | "area" | "village" | "mountain" | "region" | "river" | "station" | "town")
        ) {
            continue;
        }
        subject.anchor_only = true;
        relative.place.name = subject.place.name.clone();
        relative.place.kind = kind;
        relative.place.text = view.text_of(subject.first, relative.end);
        relative.head = subject.head;
        relative.first = subject.first;
        relative.span = view.passage.span_of(relative.first, relative.end);
    }
}

/// "between Varnesh and Karst on the western bank of the Tal": the bank narrows the strip; it is not a place of its own.
fn bank(view: &View<'_>, mentions: &mut [PlaceMention]) {
    for at in 1..mentions.len() {
        let (before, rest) = mentions.split_at_mut(at);
        let Some(bank) = rest.first_mut() else { continue };
        let told =
            |m: &PlaceMention, kind: &str| m.place.relation.as_ref().is_some_and(|r| r.kind.as_deref() == Some(kind));
        if !told(bank, "bank")
            || !bank.first.checked_sub(1).is_some_and(|t| matches!(view.word(t), "on" | "along" | "at"))
        {
            continue;
        }
        let ties = |m: &&mut PlaceMention| {
            m.end + 1 == bank.first && m.place.status == PlaceStatus::Relative && !m.anchor_only
        };
        let Some(strip) = before.iter_mut().rev().take(8).find(ties) else { continue };
        bank.anchor_only = true;
        strip.end = bank.end;
        strip.span = view.passage.span_of(strip.first, strip.end);
        strip.place.text = view.text_of(strip.first, strip.end);
        if let (Some(own), Some(side)) = (&mut strip.place.relation, &bank.place.relation) {
            own.bearing = own.bearing.or(side.bearing);
        }
    }
}

/// Places the text itself defines: "the depot, which is located 70km west of Varnesh" gives the depot a shape.
pub(crate) fn define(document: &Document, passages: &[Passage], all: &mut [Vec<PlaceMention>]) {
    const REACH_TOKENS: usize = 10;
    let mut defined: BTreeMap<String, Place> = BTreeMap::new();
    for (passage, mentions) in passages.iter().zip(all.iter()) {
        let text = passage.text(document);
        for pair in mentions.windows(2) {
            let (name, relative) = (&pair[0], &pair[1]);
            let close = name.end <= relative.first && relative.first - name.end <= REACH_TOKENS;
            let fits = name.place.status == PlaceStatus::Unknown
                && relative.place.status == PlaceStatus::Relative
                && relative.place.lat.is_some();
            if !(close && fits) {
                continue;
            }
            let says = (name.end..relative.first)
                .any(|t| matches!(passage.analysis.text(text, t), "located" | "situated" | "lies" | "lying"));
            if let (true, Some(key)) = (says, name.place.name.clone()) {
                defined.entry(key).or_insert_with(|| relative.place.clone());
            }
        }
    }
    for mention in all.iter_mut().flatten().filter(|m| m.place.status == PlaceStatus::Unknown) {
        let Some(shape) = mention.place.name.as_ref().and_then(|n| defined.get(n)) else { continue };
        let own = mention.place.clone();
        mention.place = Place { text: own.text, name: own.name, kind: own.kind, ..shape.clone() };
    }
}
