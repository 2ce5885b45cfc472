//! Shapes of relative places: sectors, rings, discs, corridors, halves of regions, banks and borders.
//!
//! In: anchors, distances in kilometres, bearings and lines in degrees. Out: [`Shape`]: an area, its centre and how far it reaches.
//! Distances follow the point-radius method (Wieczorek, Guo and Hijmans 2004, IJGIS 18(8)): what the anchor reaches and what the
//! number was rounded to widen the answer; directions and "between" are fields around the anchor as in Guo, Liu and Wieczorek 2008
//! (IJGIS 22(10)) and Liu, Guo, Wieczorek and Goodchild 2009 (IJGIS 23(11)). Never a point where the words give none.

use sitrep_model::{Area, Ring};

use super::plane::{self, Flat, Pieces, Plane, Spot, buffer, circle, polar, shared, without};
use super::thin::simplified;

/// An area with its centre and the distance from the centre to its farthest corner.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shape {
    pub(crate) centre: Spot,
    pub(crate) radius_km: f64,
    pub(crate) area: Option<Area>,
}

/// Half the width of a compass point: "north" is anything nearer to north than to another of eight directions.
pub(crate) const COMPASS_POINT_DEGREES: f64 = 22.5;
const ARC_STEPS: usize = 8;
/// Pieces smaller than this share of the whole are left out of drawn outlines: islets, slivers.
const SLIVER_SHARE: f64 = 0.002;
/// Corners nearer to a side than this share of the reach are left out.
const CORNER_SHARE: f64 = 0.004;
/// How far into the country "the left bank" or a border is taken to go.
pub(crate) const BANK_KM: f64 = 5.0;
pub(crate) const BORDER_KM: f64 = 10.0;

/// Kilometres over ground, on a sphere: for comparing, right to half a percent.
pub(crate) fn distance_km(a: Spot, b: Spot) -> f64 {
    const EARTH_RADIUS_KM: f64 = 6371.0;
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let (dlat, dlon) = ((lat_b - lat_a) / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let h = dlat.sin().powi(2) + lat_a.cos() * lat_b.cos() * dlon.sin().powi(2);
    2.0 * EARTH_RADIUS_KM * h.sqrt().min(1.0).asin()
}

/// The shape of pieces on a sheet; `centre` when it is known better than by weight.
fn shape(plane: &Plane, pieces: &Pieces, centre: Option<Flat>) -> Option<Shape> {
    let (weight, _) = plane::centroid(pieces)?;
    let centre = centre.unwrap_or(weight);
    let reach = pieces.iter().flatten().flatten().map(|p| (p[0] - centre[0]).hypot(p[1] - centre[1]));
    let radius_km = (reach.fold(0.0, f64::max) * 10.0).round() / 10.0;
    Some(Shape { centre: plane.spot(centre), radius_km, area: plane.area(pieces) })
}

/// The part of the ring from `near_km` to `far_km` around `anchor` that lies within `half_degrees` of a bearing.
pub(crate) fn sector(anchor: Spot, near_km: f64, far_km: f64, bearing: f64, half_degrees: f64) -> Option<Shape> {
    let angle = |step: usize| bearing - half_degrees + 2.0 * half_degrees * step as f64 / ARC_STEPS as f64;
    let mut ring: Vec<Flat> = (0..=ARC_STEPS).map(|s| polar(far_km, angle(s))).collect();
    match near_km > 0.0 {
        true => ring.extend((0..=ARC_STEPS).rev().map(|s| polar(near_km, angle(s)))),
        false => ring.push([0.0, 0.0]),
    }
    let middle = polar((near_km + far_km) / 2.0, bearing);
    shape(&Plane::around(anchor), &vec![vec![ring]], Some(middle))
}

/// Everything from `near_km` to `far_km` of `anchor`.
pub(crate) fn ring(anchor: Spot, near_km: f64, far_km: f64) -> Option<Shape> {
    let disc = vec![vec![circle([0.0, 0.0], far_km)]];
    let pieces = if near_km > 0.0 { without(&disc, &vec![vec![circle([0.0, 0.0], near_km)]]) } else { disc };
    shape(&Plane::around(anchor), &pieces, Some([0.0, 0.0])).map(|s| Shape { radius_km: far_km, ..s })
}

/// The strip between two places, `half_km` to either side of the line and not beyond its ends.
pub(crate) fn corridor(a: Spot, b: Spot, half_km: f64) -> Option<Shape> {
    let plane = Plane::around(a);
    let [x, y] = plane.flat(b);
    let plane = Plane::around(plane.spot([x / 2.0, y / 2.0]));
    shape(&plane, &strip(plane.flat(a), plane.flat(b), half_km), Some([0.0, 0.0]))
}

fn strip(a: Flat, b: Flat, half_km: f64) -> Pieces {
    let along = (b[0] - a[0]).atan2(b[1] - a[1]).to_degrees();
    let aside = |at: Flat, turn: f64| {
        let [x, y] = polar(half_km, along + turn);
        [at[0] + x, at[1] + y]
    };
    vec![vec![vec![aside(a, -90.0), aside(a, 90.0), aside(b, 90.0), aside(b, -90.0)]]]
}

/// The land within `width_km` of the lines, on the side of them that a bearing tells (both without one), between two places if given.
pub(crate) fn along(
    lines: &[Ring],
    bearing: Option<f64>,
    width_km: f64,
    between: Option<(Spot, Spot, f64)>,
) -> Option<Shape> {
    let middle = match between {
        Some((a, b, _)) => ((a.0 + b.0) / 2.0, near_lon(a.1, (a.1 + near_lon(a.1, b.1)) / 2.0)),
        None => box_middle(lines)?,
    };
    let plane = Plane::around(middle);
    let window = between.map(|(a, b, half_km)| strip(plane.flat(a), plane.flat(b), half_km));
    let mut pieces = Pieces::new();
    for line in lines {
        let flat: Vec<Flat> = line.iter().map(|p| plane.flat((p[1], p[0]))).collect();
        let flat = simplified(&flat, width_km / 10.0);
        let mut land = buffer(&flat, width_km);
        if let (Some(bearing), Some(first), Some(last)) = (bearing, flat.first(), flat.last()) {
            // The line closed far out on the told side: what it shares with the strip lies on that side.
            let reach = flat.iter().flatten().fold(1.0_f64, |far, v| far.max(v.abs())) * 3.0;
            let [x, y] = polar(reach, bearing);
            let mut side = flat.clone();
            side.extend([[last[0] + x, last[1] + y], [first[0] + x, first[1] + y]]);
            land = shared(&land, &vec![vec![side]]);
        }
        pieces.extend(land);
    }
    let mut pieces = plane::together(pieces);
    if let Some(window) = &window {
        let inside = shared(&pieces, window);
        pieces = if inside.is_empty() { return None } else { inside };
    }
    let pieces = tidy(pieces);
    shape(&plane, &pieces, None)
}

/// The part of a region on one side of its middle: half of it for a bearing, the core for none.
pub(crate) fn half(outline: &[Ring], bearing: Option<f64>) -> Option<Shape> {
    let plane = Plane::around(box_middle(outline)?);
    let rings: Vec<Vec<Flat>> = outline.iter().map(|r| r.iter().map(|p| plane.flat((p[1], p[0]))).collect()).collect();
    let whole = tidy(plane::together(vec![rings]));
    let (centre, size) = plane::centroid(&whole)?;
    let cutter = match bearing {
        Some(bearing) => {
            let far = 20_000.0;
            let at = |km: f64, turn: f64, from: Flat| {
                let [x, y] = polar(km, bearing + turn);
                [from[0] + x, from[1] + y]
            };
            let (left, right) = (at(far, -90.0, centre), at(far, 90.0, centre));
            vec![vec![vec![left, at(far, 0.0, left), at(far, 0.0, right), right]]]
        }
        None => vec![vec![circle(centre, (size / std::f64::consts::PI).sqrt() * 0.5)]],
    };
    shape(&plane, &tidy(shared(&whole, &cutter)), None)
}

/// What lies within `reach_km` outside a region, in a direction if one is told.
pub(crate) fn beside(outline: &[Ring], bearing: Option<f64>, reach_km: f64) -> Option<Shape> {
    let plane = Plane::around(box_middle(outline)?);
    let rings: Vec<Vec<Flat>> = outline.iter().map(|r| r.iter().map(|p| plane.flat((p[1], p[0]))).collect()).collect();
    let whole = tidy(plane::together(vec![rings]));
    let (centre, _) = plane::centroid(&whole)?;
    let mut grown = whole.clone();
    for ring in whole.iter().filter_map(|rings| rings.first()) {
        let closed: Vec<Flat> = ring.iter().chain(ring.first()).copied().collect();
        grown.extend(buffer(&closed, reach_km));
    }
    let mut belt = without(&plane::together(grown), &whole);
    if let Some(bearing) = bearing {
        let far = 20_000.0;
        let cone = [0.0, -2.0, 2.0].map(|turns| {
            let [x, y] = polar(if turns == 0.0 { 0.0 } else { far }, bearing + turns * COMPASS_POINT_DEGREES);
            [centre[0] + x, centre[1] + y]
        });
        belt = shared(&belt, &vec![vec![cone.to_vec()]]);
    }
    shape(&plane, &tidy(belt), None)
}

/// Whether an outline holds a spot (odd number of crossings).
pub(crate) fn holds(outline: &[Ring], (lat, lon): Spot) -> bool {
    let mut inside = false;
    for ring in outline {
        for side in ring.windows(2) {
            let ([ax, ay], [bx, by]) = (side[0], side[1]);
            if (ay > lat) != (by > lat) && lon < (bx - ax) * (lat - ay) / (by - ay) + ax {
                inside = !inside;
            }
        }
    }
    inside
}

fn near_lon(to: f64, lon: f64) -> f64 {
    lon - ((lon - to) / 360.0).round() * 360.0
}

fn box_middle(lines: &[Ring]) -> Option<Spot> {
    let first = lines.iter().flatten().next()?;
    let points = || lines.iter().flatten();
    let fold = |values: &dyn Fn(&[f64; 2]) -> f64| {
        points().map(values).fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)))
    };
    let (south, north) = fold(&|p| p[1]);
    let (west, east) = fold(&|p| near_lon(first[0], p[0]));
    Some(((south + north) / 2.0, near_lon(0.0, (west + east) / 2.0)))
}

/// Without slivers and corners that nobody sees.
fn tidy(pieces: Pieces) -> Pieces {
    let size = |ring: &Vec<Flat>| plane::centroid(&vec![vec![ring.clone()]]).map_or(0.0, |(_, size)| size);
    let total: f64 = pieces.iter().filter_map(|rings| rings.first()).map(size).sum();
    let tolerance_km = total.sqrt() * CORNER_SHARE;
    let ring = |ring: Vec<Flat>| {
        // Opened at the point farthest from the first, so that both halves have ends to keep.
        let far = (0..ring.len()).max_by(|a, b| {
            let away = |at: &usize| (ring[*at][0] - ring[0][0]).hypot(ring[*at][1] - ring[0][1]);
            away(a).total_cmp(&away(b))
        });
        let Some(far) = far.filter(|far| *far > 0) else { return ring };
        let back: Vec<Flat> = ring[far..].iter().chain(&ring[..1]).copied().collect();
        let mut out = simplified(&ring[..=far], tolerance_km);
        out.extend(simplified(&back, tolerance_km).iter().skip(1));
        out.pop();
        out
    };
    let large = |r: &Vec<Flat>| size(r) > total * SLIVER_SHARE;
    let kept = pieces.into_iter().filter(|rings| rings.first().is_some_and(large));
    kept.map(|rings| rings.into_iter().filter(large).map(ring).filter(|r| r.len() > 2).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOWN: Spot = (34.45, 40.92);

    #[test]
    fn a_sector_lies_where_the_words_say() {
        let shape = sector(TOWN, 65.0, 75.0, 270.0, COMPASS_POINT_DEGREES).unwrap();
        assert!((distance_km(TOWN, shape.centre) - 70.0).abs() < 0.5);
        assert!(shape.centre.1 < TOWN.1 && (shape.centre.0 - TOWN.0).abs() < 0.05);
        assert!(shape.radius_km < 35.0, "{}", shape.radius_km);
    }

    #[test]
    fn a_corridor_holds_its_middle_and_ends_at_its_towns() {
        let other = (35.02, 40.45);
        let shape = corridor(TOWN, other, 5.0).unwrap();
        assert!((distance_km(TOWN, shape.centre) - distance_km(other, shape.centre)).abs() < 0.5);
        assert!((shape.radius_km - distance_km(TOWN, other) / 2.0).abs() < 1.0);
    }

    #[test]
    fn a_ring_has_a_hole() {
        let Some(Area::Polygon(rings)) = ring(TOWN, 35.0, 45.0).unwrap().area else { panic!("one piece") };
        assert_eq!(rings.len(), 2);
        let outer: Vec<Ring> = vec![rings[0].clone()];
        assert!(holds(&outer, TOWN) && !holds(&rings, TOWN));
    }

    #[test]
    fn one_bank_lies_on_one_side() {
        let river = vec![vec![[40.0, 36.0], [40.2, 35.5], [40.1, 35.0], [40.4, 34.5]]];
        let west = along(&river, Some(270.0), 5.0, None).unwrap();
        let rings: Vec<Ring> = west.area.unwrap().rings().cloned().collect();
        assert!(holds(&rings, (35.0, 40.07)) && !holds(&rings, (35.0, 40.13)));
    }

    #[test]
    fn the_north_of_a_square_is_its_upper_half() {
        let square = vec![vec![[10.0, 10.0], [12.0, 10.0], [12.0, 12.0], [10.0, 12.0], [10.0, 10.0]]];
        let north = half(&square, Some(0.0)).unwrap();
        assert!((north.centre.0 - 11.5).abs() < 0.02 && (north.centre.1 - 11.0).abs() < 0.02);
        let rings: Vec<Ring> = beside(&square, Some(90.0), 20.0).unwrap().area.unwrap().rings().cloned().collect();
        assert!(holds(&rings, (11.0, 12.1)) && !holds(&rings, (11.0, 11.9)) && !holds(&rings, (11.0, 9.9)));
    }
}
