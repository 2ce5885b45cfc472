//! A flat sheet laid on the earth around a spot, on which shapes are put together.
//!
//! In: spots in degrees, widths in kilometres. Out: areas as GeoJSON wants them: cut at the antimeridian, led around a pole, outer
//! rings counter-clockwise. The sheet is the azimuthal equidistant projection of the ellipsoid: true distance and bearing from the
//! spot, and a few parts in a thousand off within a thousand kilometres. Never decides what a shape means.

use geographiclib_rs::{DirectGeodesic as _, Geodesic, InverseGeodesic as _};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::float::simplify::SimplifyShape as _;
use i_overlay::float::single::SingleFloatOverlay as _;
use sitrep_model::{Area, Ring};

/// Latitude and longitude in degrees.
pub(crate) type Spot = (f64, f64);
/// Kilometres east and north of the middle of a sheet.
pub(crate) type Flat = [f64; 2];
/// Pieces of an area, each an outer ring and its holes; not closed.
pub(crate) type Pieces = Vec<Vec<Vec<Flat>>>;

/// Points to a half circle.
const ROUND_STEPS: usize = 12;

/// A sheet around a spot.
pub(crate) struct Plane {
    earth: Geodesic,
    middle: Spot,
}

impl Plane {
    pub(crate) fn around(middle: Spot) -> Plane {
        Plane { earth: Geodesic::wgs84(), middle }
    }

    /// Where a spot lies on the sheet.
    pub(crate) fn flat(&self, spot: Spot) -> Flat {
        let (m, azimuth, _, _): (f64, f64, f64, f64) = self.earth.inverse(self.middle.0, self.middle.1, spot.0, spot.1);
        let (sin, cos) = azimuth.to_radians().sin_cos();
        [m / 1000.0 * sin, m / 1000.0 * cos]
    }

    /// The spot of a point of the sheet.
    pub(crate) fn spot(&self, [x, y]: Flat) -> Spot {
        self.earth.direct(self.middle.0, self.middle.1, x.atan2(y).to_degrees(), x.hypot(y) * 1000.0)
    }

    /// The pieces on the earth.
    pub(crate) fn area(&self, pieces: &Pieces) -> Option<Area> {
        let on_earth =
            |ring: &Vec<Flat>| -> Ring { ring.iter().map(|p| self.spot(*p)).map(|(lat, lon)| [lon, lat]).collect() };
        let pieces = pieces.iter().map(|rings| rings.iter().map(on_earth).collect()).collect();
        Area::of(cut(pieces))
    }
}

/// A point `km` from the middle along `bearing_degrees`.
pub(crate) fn polar(km: f64, bearing_degrees: f64) -> Flat {
    let (sin, cos) = bearing_degrees.to_radians().sin_cos();
    [km * sin, km * cos]
}

/// A circle around `at`.
pub(crate) fn circle(at: Flat, km: f64) -> Vec<Flat> {
    let point = |step: usize| polar(km, 360.0 * step as f64 / (2 * ROUND_STEPS) as f64);
    (0..2 * ROUND_STEPS).map(point).map(|[x, y]| [at[0] + x, at[1] + y]).collect()
}

/// Everything within `km` of a line.
pub(crate) fn buffer(line: &[Flat], km: f64) -> Pieces {
    let mut sides: Vec<Vec<Flat>> = Vec::new();
    for pair in line.windows(2) {
        let ([ax, ay], [bx, by]) = (pair[0], pair[1]);
        let along = (bx - ax).atan2(by - ay).to_degrees();
        let turned = |at: [f64; 2], angle: f64| {
            let [x, y] = polar(km, angle);
            [at[0] + x, at[1] + y]
        };
        let half = |at: [f64; 2], from: f64| {
            (0..=ROUND_STEPS).map(move |s| turned(at, from + 180.0 * s as f64 / ROUND_STEPS as f64))
        };
        sides.push(half(pair[1], along - 90.0).chain(half(pair[0], along + 90.0)).collect());
    }
    sides.simplify_shape_as::<i64>(FillRule::NonZero)
}

/// What two areas share.
pub(crate) fn shared(a: &Pieces, b: &Pieces) -> Pieces {
    a.overlay_as::<i64>(b, OverlayRule::Intersect, FillRule::NonZero)
}

/// `a` without `b`.
pub(crate) fn without(a: &Pieces, b: &Pieces) -> Pieces {
    a.overlay_as::<i64>(b, OverlayRule::Difference, FillRule::NonZero)
}

/// All of several areas.
pub(crate) fn together(pieces: Pieces) -> Pieces {
    pieces.simplify_shape_as::<i64>(FillRule::NonZero)
}

/// Twice the area of a ring; positive when it runs counter-clockwise.
fn doubled(ring: &[Flat]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum()
}

/// The middle of an area by weight, and its size in square kilometres.
pub(crate) fn centroid(pieces: &Pieces) -> Option<(Flat, f64)> {
    let (mut size, mut x, mut y) = (0.0, 0.0, 0.0);
    for ring in pieces.iter().flatten() {
        for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            let cross = a[0] * b[1] - b[0] * a[1];
            size += cross / 2.0;
            x += (a[0] + b[0]) * cross / 6.0;
            y += (a[1] + b[1]) * cross / 6.0;
        }
    }
    (size.abs() > 1e-9).then(|| ([x / size, y / size], size.abs()))
}

/// Rings of degrees cut where they cross the antimeridian, closed, rounded to a metre and turned as RFC 7946 asks.
pub(crate) fn cut(pieces: Vec<Vec<Ring>>) -> Vec<Vec<Ring>> {
    let mut out = Vec::new();
    for rings in pieces {
        let rings: Vec<Ring> = rings.into_iter().map(unrolled).collect();
        let lons = || rings.iter().flatten().map(|p| p[0]);
        let (west, east) = (lons().fold(f64::MAX, f64::min), lons().fold(f64::MIN, f64::max));
        if west >= -180.0 && east <= 180.0 {
            out.push(rings);
            continue;
        }
        for turn in [-360.0, 0.0, 360.0] {
            let (left, right) = (-180.0 + turn, 180.0 + turn);
            let world = vec![vec![vec![[left, -90.0], [right, -90.0], [right, 90.0], [left, 90.0]]]];
            for piece in shared(&vec![rings.clone()], &world) {
                out.push(
                    piece.into_iter().map(|ring| ring.into_iter().map(|[x, y]| [x - turn, y]).collect()).collect(),
                );
            }
        }
    }
    let finish = |(at, mut ring): (usize, Ring)| {
        let round = |degrees: f64| (degrees * 1e5).round() / 1e5;
        ring.iter_mut().for_each(|p| *p = [round(p[0]), round(p[1])]);
        ring.dedup();
        if (doubled(&ring) > 0.0) != (at == 0) {
            ring.reverse();
        }
        if ring.first() != ring.last() {
            ring.extend(ring.first().copied());
        }
        ring
    };
    let whole =
        |rings: Vec<Ring>| rings.into_iter().enumerate().map(finish).filter(|r| r.len() > 3).collect::<Vec<_>>();
    out.into_iter().map(whole).filter(|rings| !rings.is_empty()).collect()
}

/// A ring whose longitudes run on without jumps; one around a pole is led up to it.
fn unrolled(mut ring: Ring) -> Ring {
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    let mut last = ring.first().map_or(0.0, |p| p[0]);
    let step = |lon: f64, last: f64| lon - ((lon - last) / 360.0).round() * 360.0;
    for point in &mut ring {
        point[0] = step(point[0], last);
        last = point[0];
    }
    let Some(first) = ring.first().copied() else { return ring };
    let back = step(first[0], last);
    if (back - first[0]).abs() > 180.0 {
        let pole = if ring.iter().map(|p| p[1]).sum::<f64>() > 0.0 { 90.0 } else { -90.0 };
        ring.extend([[back, first[1]], [back, pole], [first[0], pole]]);
    }
    ring
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lons(area: &Area) -> Vec<f64> {
        area.rings().flatten().map(|p| p[0]).collect()
    }

    #[test]
    fn the_sheet_keeps_distance_and_direction() {
        let plane = Plane::around((34.45, 40.92));
        let [x, y] = plane.flat((34.45, 40.0));
        assert!(x < -84.0 && x > -85.0 && y.abs() < 0.5, "{x} {y}");
        let (lat, lon) = plane.spot(polar(70.0, 270.0));
        assert!((lat - 34.447).abs() < 0.01 && (lon - 40.158).abs() < 0.01, "{lat} {lon}");
    }

    #[test]
    fn an_area_over_the_antimeridian_is_cut() {
        let area = Plane::around((66.0, 179.5)).area(&vec![vec![circle([0.0, 0.0], 100.0)]]).unwrap();
        assert_eq!(area.pieces().len(), 2);
        assert!(lons(&area).iter().all(|lon| lon.abs() <= 180.0));
        for ring in area.rings() {
            assert_eq!(ring.first(), ring.last());
            assert!(doubled(ring) > 0.0);
            assert!(ring.windows(2).all(|p| (p[0][0] - p[1][0]).abs() < 180.0));
        }
    }

    #[test]
    fn an_area_around_a_pole_reaches_it() {
        let area = Plane::around((89.5, 30.0)).area(&vec![vec![circle([0.0, 0.0], 200.0)]]).unwrap();
        assert!(area.rings().flatten().any(|p| p[1] == 90.0));
        assert!(lons(&area).iter().all(|lon| lon.abs() <= 180.0));
    }

    #[test]
    fn a_buffer_is_as_wide_as_told() {
        let strip = buffer(&[[0.0, 0.0], [100.0, 0.0], [100.0, 50.0]], 5.0);
        let (_, size) = centroid(&strip).unwrap();
        assert!((size - (1500.0 + 25.0 * std::f64::consts::PI)).abs() < 25.0, "{size}");
    }
}
