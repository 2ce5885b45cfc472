//! From degrees to the picture: Mercator fitted to what must be seen.
//!
//! In: degrees and a frame in pixels. Out: pixels with the y axis down. Never shows less than it was asked to.

/// A rectangle of the picture, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Frame {
    pub(super) fn overlaps(&self, other: &Frame) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }

    pub(super) fn holds(&self, other: &Frame) -> bool {
        self.x <= other.x
            && self.y <= other.y
            && other.x + other.width <= self.x + self.width
            && other.y + other.height <= self.y + self.height
    }

    pub(super) fn grown(&self, by: f64) -> Frame {
        Frame { x: self.x - by, y: self.y - by, width: self.width + 2.0 * by, height: self.height + 2.0 * by }
    }
}

/// The projection of one map.
#[derive(Debug, Clone, Copy)]
pub(super) struct Projection {
    frame: Frame,
    /// Mercator coordinates of the middle, in degrees of longitude.
    middle: [f64; 2],
    pixels_per_degree: f64,
}

pub(super) const KM_PER_DEGREE: f64 = 111.195;
/// Mercator grows without bound towards the poles.
const LAT_LIMIT: f64 = 85.0;
/// A map of a single village still shows its surroundings.
const LEAST_SPAN_DEGREES: f64 = 0.35;
const PADDING: f64 = 0.16;

impl Projection {
    /// Fits `[lon, lat]` points into `frame` with room around them; the whole world when there are none.
    pub(super) fn fit(points: &[[f64; 2]], frame: Frame) -> Projection {
        let usable: Vec<[f64; 2]> = points
            .iter()
            .filter(|point| point.iter().all(|it| it.is_finite()))
            .map(|it| [it[0], stretched(it[1])])
            .collect();
        let bound = |axis: usize, pick: fn(f64, f64) -> f64| usable.iter().map(|point| point[axis]).reduce(pick);
        let (west, east) = (bound(0, f64::min).unwrap_or(-180.0), bound(0, f64::max).unwrap_or(180.0));
        let (south, north) = (bound(1, f64::min).unwrap_or(-90.0), bound(1, f64::max).unwrap_or(110.0));
        let span = |low: f64, high: f64| (high - low).max(LEAST_SPAN_DEGREES) * (1.0 + 2.0 * PADDING);
        let pixels_per_degree = (frame.width / span(west, east)).min(frame.height / span(south, north));
        Projection { frame, middle: [(west + east) / 2.0, (south + north) / 2.0], pixels_per_degree }
    }

    /// Where a point stands in the picture.
    pub(super) fn at(&self, lon: f64, lat: f64) -> [f64; 2] {
        [
            self.frame.x + self.frame.width / 2.0 + (lon - self.middle[0]) * self.pixels_per_degree,
            self.frame.y + self.frame.height / 2.0 - (stretched(lat) - self.middle[1]) * self.pixels_per_degree,
        ]
    }

    /// How many pixels a kilometre is at this latitude.
    pub(super) fn pixels_per_km(&self, lat: f64) -> f64 {
        let shrink = lat.clamp(-LAT_LIMIT, LAT_LIMIT).to_radians().cos();
        self.pixels_per_degree / (KM_PER_DEGREE * shrink)
    }

    /// The latitude of the middle.
    pub(super) fn middle_lat(&self) -> f64 {
        (2.0 * self.middle[1].to_radians().exp().atan() - std::f64::consts::FRAC_PI_2).to_degrees()
    }
}

/// Mercator's y, in degrees.
fn stretched(lat: f64) -> f64 {
    let lat = lat.clamp(-LAT_LIMIT, LAT_LIMIT).to_radians();
    (std::f64::consts::FRAC_PI_4 + lat / 2.0).tan().ln().to_degrees()
}

/// A number of the picture: one decimal, never `-0`.
pub(super) fn px(value: f64) -> String {
    let tenth = (value * 10.0).round() / 10.0;
    let text = format!("{:.1}", if tenth == 0.0 { 0.0 } else { tenth });
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame { x: 0.0, y: 0.0, width: 800.0, height: 600.0 };

    #[test]
    fn what_is_asked_for_is_inside_and_north_is_up() {
        let points = [[40.1, 34.3], [41.0, 35.1]];
        let projection = Projection::fit(&points, FRAME);
        for [lon, lat] in points {
            let [x, y] = projection.at(lon, lat);
            assert!((0.0..=800.0).contains(&x) && (0.0..=600.0).contains(&y));
        }
        assert!(projection.at(40.5, 35.0)[1] < projection.at(40.5, 34.0)[1]);
        assert!((projection.middle_lat() - 34.7).abs() < 0.01);
    }

    #[test]
    fn odd_points_do_no_harm() {
        let projection = Projection::fit(&[[f64::NAN, 1.0], [1e9, 95.0]], FRAME);
        assert!(projection.at(0.0, 90.0).iter().all(|it| it.is_finite()));
        assert_eq!(px(-0.04), "0");
        assert_eq!(px(12.25), "12.3");
    }
}
