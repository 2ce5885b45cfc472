//! A place as said and as understood: known, only relative, one of several, or unknown.
//!
//! In: nothing. Out: [`Place`]. An unknown place has no coordinates; nobody fills in a guess.

use serde::{Deserialize, Serialize};

use crate::source::codes;

codes! {
    /// How far a place is understood.
    PlaceStatus {
        /// A gazetteer entry.
        Known = "known",
        /// Told by its relation to another place; a shape, not a point.
        Relative = "relative",
        /// One of several entries; none chosen.
        Ambiguous = "ambiguous",
        /// Not understood; kept as said.
        Unknown = "unknown",
    }
}

codes! {
    /// A direction of the compass, from the anchor.
    Bearing {
        /// 0°
        N = "N",
        /// 45°
        Ne = "NE",
        /// 90°
        E = "E",
        /// 135°
        Se = "SE",
        /// 180°
        S = "S",
        /// 225°
        Sw = "SW",
        /// 270°
        W = "W",
        /// 315°
        Nw = "NW",
    }
}

impl Bearing {
    /// Degrees clockwise from north.
    #[must_use]
    pub fn degrees(self) -> f64 {
        self as u8 as f64 * 45.0
    }
}

/// How a place is told by another one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Relation {
    /// The other place, by its name.
    pub anchor: Option<String>,
    /// How far from it, in kilometres.
    pub distance_km: Option<f64>,
    /// In which direction from it.
    pub bearing: Option<Bearing>,
    /// "between A and B".
    pub between: Option<[String; 2]>,
    /// `near`, `outskirts`, `countryside`, `front`, `bank`, `border`, `towards`, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

/// Precision codes of the two big event sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlacePrecision {
    /// UCDP GED `where_prec`, 1 (exact) to 7.
    pub ucdp: u8,
    /// ACLED `geo_precision`, 1 to 3.
    pub acled: u8,
}

/// A closed line of `[lon, lat]` degrees.
pub type Ring = Vec<[f64; 2]>;

/// The area a place may be in, as a GeoJSON geometry (RFC 7946): outer rings counter-clockwise, holes clockwise, nothing across the
/// antimeridian, where the area is cut in two.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", content = "coordinates")]
pub enum Area {
    /// One piece: its outer ring, then its holes.
    Polygon(Vec<Ring>),
    /// Several pieces.
    MultiPolygon(Vec<Vec<Ring>>),
}

impl Area {
    /// The area of these pieces; `None` when there is none.
    #[must_use]
    pub fn of(mut pieces: Vec<Vec<Ring>>) -> Option<Area> {
        match pieces.len() {
            0 => None,
            1 => pieces.pop().map(Area::Polygon),
            _ => Some(Area::MultiPolygon(pieces)),
        }
    }

    /// Its pieces: each an outer ring and its holes.
    #[must_use]
    pub fn pieces(&self) -> &[Vec<Ring>] {
        match self {
            Area::Polygon(rings) => std::slice::from_ref(rings),
            Area::MultiPolygon(pieces) => pieces,
        }
    }

    /// All its rings, outer ones and holes.
    pub fn rings(&self) -> impl Iterator<Item = &Ring> {
        self.pieces().iter().flatten()
    }
}

/// A place in a claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// As said.
    pub text: String,
    /// The gazetteer's name, or the name as said.
    pub name: Option<String>,
    /// How far it is understood.
    pub status: PlaceStatus,
    /// Degrees north, of the centre.
    pub lat: Option<f64>,
    /// Degrees east, of the centre.
    pub lon: Option<f64>,
    /// Kilometres from the centre within which the place lies.
    pub radius_km: Option<f64>,
    /// GeoNames id.
    pub geonames_id: Option<u64>,
    /// ISO 3166-1 alpha-2 code of the country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// `city`, `village`, `facility`, `region`, `river`, `border`, `country`, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// How it is told by another place.
    pub relation: Option<Relation>,
    /// Precision codes; absent when nothing is located.
    pub precision: Option<PlacePrecision>,
    /// The shape, when it is more than a disc.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
}

impl Place {
    /// A place nobody could locate: `text` as said, `name` without its article.
    #[must_use]
    pub fn unlocated(text: String, name: String) -> Place {
        Place {
            text,
            name: Some(name),
            status: PlaceStatus::Unknown,
            lat: None,
            lon: None,
            radius_km: None,
            geonames_id: None,
            country: None,
            kind: None,
            relation: None,
            precision: None,
            area: None,
        }
    }
}

/// A named outline: rings or lines of `[lon, lat]` degrees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Shape {
    /// Its name.
    pub name: String,
    /// Closed rings of a country, or open lines of a river.
    pub rings: Vec<Vec<[f64; 2]>>,
}

/// The background of the map.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Outlines {
    /// Countries.
    pub countries: Vec<Shape>,
    /// Rivers.
    pub rivers: Vec<Shape>,
}
