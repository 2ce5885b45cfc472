//! Relative places: what the words around a name say about direction, distance and part, and the shape that follows.
//!
//! In: the text before and after a name. Out: [`Told`], and a shape once the anchor is known. Never a point for a mere direction.

use sitrep_model::{Bearing, Relation};

use super::shape::{self, Shape};
use super::words::{RelationKind, Words};

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
    /// "countryside", "outskirts", …
    pub(crate) part: Option<String>,
}

const REACH_BYTES: usize = 120;

/// The longest pattern that fits around the name at `start..end` of `text`.
pub(crate) fn told(words: &Words, text: &str, start: usize, end: usize) -> Option<Told> {
    let left = &text[text.floor_char_boundary(start.saturating_sub(REACH_BYTES))..start];
    let right = &text[end..text.ceil_char_boundary((end + REACH_BYTES).min(text.len()))];
    let mut best: Option<Told> = None;
    for pattern in &words.patterns {
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
        let mut told = Told {
            before: before.as_ref().and_then(|c| c.name("all")).map_or(0, |m| left.len() - m.start()),
            after: after.as_ref().and_then(|c| c.name("all")).map_or(0, |m| m.end()),
            kind: pattern.kind,
            bearing,
            distance_km,
            part: caught("part").map(str::to_lowercase),
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

    /// The shape around an anchor of `kind` that reaches `radius_km`; `None` when only a line (a bank) is told.
    pub(crate) fn shape(&self, anchor: shape::Spot, kind: &str, radius_km: f64) -> Option<Shape> {
        let wide = matches!(kind, "region" | "country" | "desert" | "area" | "district" | "mountain" | "sea" | "lake");
        let bearing = self.bearing.map(Bearing::degrees);
        Some(match (self.kind, bearing, self.distance_km) {
            (RelationKind::Bank, _, _) => return None,
            (_, Some(bearing), Some(km)) => {
                let slack = (km * 0.1).max(1.0);
                shape::sector(anchor, (km - slack).max(0.0), km + slack, bearing)
            }
            (_, None, Some(km)) => shape::disc(anchor, (km * 11.0).round() / 10.0),
            (RelationKind::Within, Some(bearing), None) => shape::sector(anchor, 0.0, radius_km.max(3.0), bearing),
            (RelationKind::Offset, Some(bearing), None) => {
                let reach = if wide {
                    radius_km * 1.5
                } else if kind == "village" {
                    10.0
                } else {
                    20.0
                };
                shape::sector(anchor, if wide { radius_km * 0.5 } else { 0.0 }, reach, bearing)
            }
            (_, bearing, None) => {
                let reach = match self.part.as_deref() {
                    Some("countryside" | "rural areas" | "periphery") => 40.0,
                    Some(_) => 8.0,
                    None => 10.0,
                };
                let reach = if wide { radius_km } else { reach };
                bearing.map_or_else(|| shape::disc(anchor, reach), |b| shape::sector(anchor, 0.0, reach, b))
            }
        })
    }
}
