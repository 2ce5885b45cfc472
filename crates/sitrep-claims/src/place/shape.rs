//! Shapes of relative places: sectors, rings, discs and corridors over the ellipsoid.
//!
//! In: anchors, distances in kilometres, bearings in degrees. Out: [`Shape`]: a ring, its centre and how far it reaches. Never a
//! point where the words give none.

use geographiclib_rs::{DirectGeodesic as _, Geodesic, InverseGeodesic as _};
use sitrep_model::Area;

/// Latitude and longitude in degrees.
pub(crate) type Spot = (f64, f64);

/// An area with its centre and the distance from the centre to its farthest corner.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shape {
    pub(crate) centre: Spot,
    pub(crate) radius_km: f64,
    pub(crate) area: Option<Area>,
}

/// Half the width of a compass point.
const HALF_SECTOR_DEGREES: f64 = 22.5;
const STEPS: usize = 8;

/// The spot `km` from `from` along `bearing` degrees.
pub(crate) fn offset(from: Spot, km: f64, bearing: f64) -> Spot {
    Geodesic::wgs84().direct(from.0, from.1, bearing, km * 1000.0)
}

/// Kilometres over ground, on a sphere: for comparing, right to half a percent.
pub(crate) fn distance_km(a: Spot, b: Spot) -> f64 {
    const EARTH_RADIUS_KM: f64 = 6371.0;
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let (dlat, dlon) = ((lat_b - lat_a) / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let h = dlat.sin().powi(2) + lat_a.cos() * lat_b.cos() * dlon.sin().powi(2);
    2.0 * EARTH_RADIUS_KM * h.sqrt().min(1.0).asin()
}

fn bearing(a: Spot, b: Spot) -> f64 {
    let (azimuth, _, _): (f64, f64, f64) = Geodesic::wgs84().inverse(a.0, a.1, b.0, b.1);
    azimuth
}

fn closed(mut ring: Vec<Spot>, centre: Spot) -> Shape {
    ring.reverse();
    ring.extend(ring.first().copied());
    let radius_km = ring.iter().map(|p| distance_km(centre, *p)).fold(0.0, f64::max);
    let round = |degrees: f64| (degrees * 1e5).round() / 1e5;
    let area = Area(ring.iter().map(|p| [round(p.1), round(p.0)]).collect());
    Shape { centre, radius_km: (radius_km * 10.0).round() / 10.0, area: Some(area) }
}

/// The sector of a ring around `anchor`: from `near_km` to `far_km`, one compass point wide.
pub(crate) fn sector(anchor: Spot, near_km: f64, far_km: f64, bearing_degrees: f64) -> Shape {
    let angle =
        |step: usize| bearing_degrees - HALF_SECTOR_DEGREES + 2.0 * HALF_SECTOR_DEGREES * step as f64 / STEPS as f64;
    let mut ring: Vec<Spot> = (0..=STEPS).map(|s| offset(anchor, far_km, angle(s))).collect();
    match near_km > 0.0 {
        true => ring.extend((0..=STEPS).rev().map(|s| offset(anchor, near_km, angle(s)))),
        false => ring.push(anchor),
    }
    closed(ring, offset(anchor, (near_km + far_km) / 2.0, bearing_degrees))
}

/// Everything within `km` of `anchor`.
pub(crate) fn disc(anchor: Spot, km: f64) -> Shape {
    let ring = (0..4 * STEPS).map(|s| offset(anchor, km, 360.0 * s as f64 / (4 * STEPS) as f64)).collect();
    Shape { radius_km: km, ..closed(ring, anchor) }
}

/// The strip between two places, a fifth as wide as long.
pub(crate) fn corridor(a: Spot, b: Spot) -> Shape {
    let length = distance_km(a, b);
    let along = bearing(a, b);
    let half = (length * 0.1).max(1.0);
    let ring = vec![
        offset(a, half, along - 90.0),
        offset(b, half, along - 90.0),
        offset(b, half, along + 90.0),
        offset(a, half, along + 90.0),
    ];
    closed(ring, offset(a, length / 2.0, along))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOWN: Spot = (34.45, 40.92);

    #[test]
    fn a_sector_lies_where_the_words_say() {
        let shape = sector(TOWN, 63.0, 77.0, 270.0);
        assert!((distance_km(TOWN, shape.centre) - 70.0).abs() < 0.5);
        assert!(shape.centre.1 < TOWN.1 && (shape.centre.0 - TOWN.0).abs() < 0.05);
        assert!(shape.radius_km < 35.0, "{}", shape.radius_km);
    }

    #[test]
    fn a_corridor_holds_its_middle() {
        let shape = corridor(TOWN, (35.02, 40.45));
        assert!((distance_km(TOWN, shape.centre) - distance_km((35.02, 40.45), shape.centre)).abs() < 0.5);
    }

    #[test]
    fn rings_are_closed_and_counter_clockwise() {
        for shape in [sector(TOWN, 0.0, 15.0, 90.0), disc(TOWN, 10.0), corridor(TOWN, (35.0, 41.0))] {
            let ring = shape.area.unwrap().0;
            assert_eq!(ring.first(), ring.last());
            let doubled: f64 = ring.windows(2).map(|w| w[0][0] * w[1][1] - w[1][0] * w[0][1]).sum();
            assert!(doubled > 0.0);
        }
    }
}
