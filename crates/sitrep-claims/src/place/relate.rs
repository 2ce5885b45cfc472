//! Relative places: what the words around a name say about direction, distance and part, and the shape that follows.
//!
//! In: the text before and after a name. Out: [`Told`], and a shape once the anchor is known. Never a point for a mere direction.

use sitrep_model::{Bearing, Relation, Ring};

use super::plane::Spot;
use super::shape::{self, COMPASS_POINT_DEGREES, Shape};
use super::words::{Pattern, RelationKind, Words};

/// What the words around a name say.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Told {
    /// How many bytes before the name belong to the expression.
    pub(crate) before: usize,
    /// How many bytes after it.
    pub(crate) after: usize,
    pub(crate) kind: RelationKind,
    pub(crate) bearing: Option<Bearing>,
    pub(crate) distance_km: Option<f64>,
    /// How far the number may be off for its rounding and for words like "about".
    pub(crate) slack_km: f64,
    /// Whether the distance is only a bound.
    pub(crate) bound: Bound,
    /// "due north" is narrower than "north".
    pub(crate) due: bool,
    /// "countryside", "outskirts", …
    pub(crate) part: Option<String>,
    /// Where that part lies.
    pub(crate) lies: Lies,
}

/// Where a part of a place lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lies {
    /// Within it.
    Inside,
    /// At its rim or just outside: "outskirts".
    Around,
    /// It is the land around it: "countryside".
    Beyond,
}

/// What a distance says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// About so far.
    About,
    /// Not farther: "within 30 km", "less than".
    Most,
    /// Not nearer: "more than".
    Least,
}

/// A place that others are told by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Anchor<'a> {
    pub(crate) spot: Spot,
    pub(crate) kind: &'a str,
    pub(crate) radius_km: f64,
    /// Its own outline, of places that are wide.
    pub(crate) outline: Option<&'a [Ring]>,
}

const REACH_BYTES: usize = 120;

/// The longest pattern that fits around the name at `start..end` of `text`.
pub(crate) fn told(words: &Words, text: &str, start: usize, end: usize) -> Option<Told> {
    let left = &text[text.floor_char_boundary(start.saturating_sub(REACH_BYTES))..start];
    let right = &text[end..text.ceil_char_boundary((end + REACH_BYTES).min(text.len()))];
    let mut best: Option<Told> = None;
    let right_fits = words.sides[1].matches(right);
    let related = words.may_relate(left);
    let left_fits = related.then(|| words.sides[0].matches(left));
    let fits = |at: usize, pattern: &Pattern| {
        (pattern.right.is_none() || right_fits.matched(at))
            && (pattern.left.is_none() || left_fits.as_ref().is_some_and(|f| f.matched(at)))
    };
    for (_, pattern) in words.patterns.iter().enumerate().filter(|(at, pattern)| fits(*at, pattern)) {
        let before = pattern.left.as_ref().map(|r| r.captures(left));
        let after = pattern.right.as_ref().map(|r| r.captures(right));
        if matches!(before, Some(None)) || matches!(after, Some(None)) {
            continue;
        }
        let (before, after) = (before.flatten(), after.flatten());
        let caught =
            |name: &str| [&before, &after].into_iter().flatten().find_map(|c| c.name(name)).map(|m| m.as_str());
        let bearing = caught("bearing").and_then(|w| words.bearing(w));
        let distance_km = caught("n").zip(caught("unit")).and_then(|(n, unit)| words.kilometres(n, unit));
        if caught("n").is_some() && distance_km.is_none() {
            continue;
        }
        let said = before.as_ref().and_then(|c| c.name("all")).map_or("", |m| m.as_str()).to_lowercase();
        let bound = words.bound(&said);
        let slack_km = caught("n").zip(caught("unit")).map_or(0.0, |(n, unit)| words.slack_km(n, unit, &said));
        let part = caught("part").map(str::to_lowercase);
        let mut told = Told {
            before: before.as_ref().and_then(|c| c.name("all")).map_or(0, |m| left.len() - m.start()),
            after: after.as_ref().and_then(|c| c.name("all")).map_or(0, |m| m.end()),
            kind: pattern.kind,
            bearing,
            distance_km,
            slack_km,
            bound,
            due: said.contains("due ") || said.contains("directly "),
            lies: part.as_deref().map_or(Lies::Inside, |part| words.lies(part)),
            part,
        };
        // "positions east the station": the noun is only there to be sure.
        if caught("skip").is_some()
            && let Some(at) = before.as_ref().and_then(|c| c.name("bearing"))
        {
            told.before = left.len() - at.start();
        }
        if best.as_ref().is_none_or(|b| told.before + told.after > b.before + b.after) {
            best = Some(told);
        }
    }
    best
}

impl Told {
    /// The relation to `anchor`.
    pub(crate) fn relation(&self, anchor: &str) -> Relation {
        let kind = match self.kind {
            RelationKind::Offset => "offset",
            RelationKind::Distance => "distance",
            RelationKind::Part => self.part.as_deref().unwrap_or("part"),
            RelationKind::Bank => "bank",
            RelationKind::Near => "near",
            RelationKind::Within => "within",
        };
        Relation {
            anchor: Some(anchor.to_owned()),
            distance_km: self.distance_km,
            bearing: self.bearing,
            between: None,
            kind: Some(kind.to_owned()),
        }
    }

    /// The shape around an anchor; `None` when the words tell no more than that there is one.
    pub(crate) fn shape(&self, anchor: &Anchor<'_>) -> Option<Shape> {
        let bearing = self.bearing.map(Bearing::degrees);
        if let Some(km) = self.distance_km {
            return self.distant(anchor, km, bearing);
        }
        if let Some(outline) = anchor.outline {
            return match (self.kind, bearing) {
                (RelationKind::Within, bearing) => shape::half(outline, bearing),
                (RelationKind::Part, bearing) if self.inside() => shape::half(outline, bearing),
                (RelationKind::Part, None) if self.lies == Lies::Beyond => None,
                (RelationKind::Bank, _) => None,
                (_, bearing) => shape::beside(outline, bearing, (anchor.radius_km * 0.25).clamp(10.0, 100.0)),
            };
        }
        let reach = self.reach_km(anchor);
        let half = if self.due { COMPASS_POINT_DEGREES / 2.0 } else { COMPASS_POINT_DEGREES };
        match (self.kind, bearing) {
            (RelationKind::Bank, _) => None,
            // A side of a town is a quarter of it, wider than a compass point.
            (RelationKind::Within | RelationKind::Part, Some(bearing)) => {
                shape::sector(anchor.spot, 0.0, reach, bearing, 2.0 * COMPASS_POINT_DEGREES)
            }
            (RelationKind::Offset, Some(bearing)) => {
                let near = if is_wide(anchor.kind) { anchor.radius_km * 0.5 } else { 0.0 };
                shape::sector(anchor.spot, near, reach, bearing, half)
            }
            (_, Some(bearing)) => shape::sector(anchor.spot, 0.0, reach, bearing, half),
            (_, None) => shape::ring(anchor.spot, 0.0, reach),
        }
    }

    /// A distance: a ring or a part of one, as wide as the number's rounding and the anchor's own reach.
    fn distant(&self, anchor: &Anchor<'_>, km: f64, bearing: Option<f64>) -> Option<Shape> {
        // How far a town reaches is unknown at best: its size counts, but never more than a quarter of the distance.
        let own = if is_wide(anchor.kind) { 0.0 } else { anchor.radius_km.min(km * 0.25) };
        let (near, far) = match self.bound {
            Bound::About => (km - self.slack_km - own, km + self.slack_km + own),
            Bound::Most => (0.0, km + own),
            Bound::Least => (km - own, km * 1.5 + own),
        };
        let near = near.max(0.0);
        let half = if self.due { COMPASS_POINT_DEGREES / 2.0 } else { COMPASS_POINT_DEGREES };
        match bearing {
            Some(bearing) => shape::sector(anchor.spot, near, far, bearing, half),
            None => shape::ring(anchor.spot, near, far),
        }
    }

    /// Whether the part lies within the anchor, not around it.
    fn inside(&self) -> bool {
        self.part.is_some() && self.lies == Lies::Inside || self.bearing.is_some()
    }

    /// How far from the anchor the words reach when they tell no distance: defaults, stated in `docs/where.md`.
    fn reach_km(&self, anchor: &Anchor<'_>) -> f64 {
        let town = anchor.radius_km.clamp(1.0, 15.0);
        if is_wide(anchor.kind) {
            return if self.kind == RelationKind::Offset { anchor.radius_km * 1.5 } else { anchor.radius_km };
        }
        match (self.kind, self.lies) {
            (_, Lies::Beyond) => 40.0,
            (RelationKind::Part, Lies::Around) => town + 5.0,
            (RelationKind::Within, _) | (RelationKind::Part, _) => town.max(3.0),
            (RelationKind::Offset, _) if anchor.kind == "village" => 10.0,
            (RelationKind::Offset, _) => 20.0,
            _ => town + 7.0,
        }
    }
}

fn is_wide(kind: &str) -> bool {
    matches!(kind, "region" | "country" | "desert" | "area" | "district" | "mountain" | "sea" | "lake" | "island")
}
