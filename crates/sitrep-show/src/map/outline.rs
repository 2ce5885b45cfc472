//! The background: land, rivers and their names.
//!
//! In: outlines and a projection. Out: markup and the places names stand. Never draws what lies outside the frame.

use maud::{Markup, html};
use sitrep_model::{Outlines, Shape};

use super::projection::{Frame, Projection, px};
use super::text::width_px;
use crate::visible::one_line;

type Point = [f64; 2];

/// Points nearer than this to the last one drawn add nothing.
const STEP_PX: f64 = 0.8;

/// Land and rivers, without names.
pub(super) fn drawn(outlines: &Outlines, projection: &Projection, frame: &Frame) -> Markup {
    let land: Vec<String> = outlines.countries.iter().map(|shape| land_path(shape, projection, frame)).collect();
    let rivers: Vec<String> = outlines.rivers.iter().map(|shape| river_path(shape, projection, frame)).collect();
    let sea = if land.iter().any(|path| !path.is_empty()) { "#dfe8ed" } else { "#faf8f3" };
    html! {
        rect x=(px(frame.x)) y=(px(frame.y)) width=(px(frame.width)) height=(px(frame.height)) fill=(sea) {}
        @for path in land.iter().filter(|path| !path.is_empty()) {
            path d=(path) fill="#faf8f3" stroke="#7d7468" stroke-width="1.3" stroke-dasharray="7 2.5 1.5 2.5" stroke-linejoin="round" {}
        }
        @for path in rivers.iter().filter(|path| !path.is_empty()) {
            path d=(path) fill="none" stroke="#7fa9c4" stroke-width="1.8" stroke-linejoin="round" stroke-linecap="round" {}
        }
    }
}

/// Names of countries and rivers, where they are free of `taken`.
pub(super) fn names(outlines: &Outlines, projection: &Projection, frame: &Frame, taken: &mut Vec<Frame>) -> Markup {
    let mut drawn = Vec::new();
    for shape in &outlines.countries {
        let name = one_line(&shape.name).to_uppercase();
        let width = width_px(&name, 13.0) + 3.0 * name.chars().count() as f64;
        let rings = shape.rings.iter().map(|ring| clipped(&projected(ring, projection), frame));
        let Some(ring) = rings.max_by(|a, b| extent(a).total_cmp(&extent(b))).filter(|ring| ring.len() > 2) else {
            continue;
        };
        let spots = country_spots(&ring, frame);
        let spot =
            spots.into_iter().map(|[x, y]| (x, y, Frame { x: x - width / 2.0, y: y - 13.0, width, height: 17.0 }));
        let free = spot
            .into_iter()
            .find(|(_, _, rect)| frame.grown(-6.0).holds(rect) && !taken.iter().any(|it| it.overlaps(rect)));
        if let Some((x, y, rect)) = free {
            taken.push(rect);
            drawn.push(html! {
                text x=(px(x)) y=(px(y)) text-anchor="middle" font-size="13" letter-spacing="3" fill="#6d6559" { (name) }
            });
        }
    }
    for shape in &outlines.rivers {
        let Some((x, y, angle)) = river_spot(shape, projection, frame, taken) else { continue };
        drawn.push(html! {
            text x=(px(x)) y=(px(y)) transform=(format!("rotate({} {} {})", px(angle), px(x), px(y))) dy="-5" text-anchor="middle"
                font-size="12" font-style="italic" fill="#2f6283" stroke="#faf8f3" stroke-width="3" paint-order="stroke" { (one_line(&shape.name)) }
        });
    }
    html! { @for name in drawn { (name) } }
}

fn land_path(shape: &Shape, projection: &Projection, frame: &Frame) -> String {
    let mut path = String::new();
    for ring in &shape.rings {
        let ring = thinned(&clipped(&projected(ring, projection), frame));
        if ring.len() > 2 {
            push_line(&mut path, &ring);
            path.push('Z');
        }
    }
    path
}

fn river_path(shape: &Shape, projection: &Projection, frame: &Frame) -> String {
    let mut path = String::new();
    for run in runs(shape, projection, frame) {
        push_line(&mut path, &thinned(&run));
    }
    path
}

/// The parts of a river inside the frame, with one point beyond at each end.
fn runs(shape: &Shape, projection: &Projection, frame: &Frame) -> Vec<Vec<Point>> {
    let near = frame.grown(30.0);
    let inside = |point: &Point| {
        point[0] >= near.x && point[0] <= near.x + near.width && point[1] >= near.y && point[1] <= near.y + near.height
    };
    let mut out: Vec<Vec<Point>> = Vec::new();
    for line in &shape.rings {
        let points = projected(line, projection);
        let mut run: Vec<Point> = Vec::new();
        for pair in points.windows(2) {
            if inside(&pair[0]) || inside(&pair[1]) {
                if run.is_empty() {
                    run.push(pair[0]);
                }
                run.push(pair[1]);
            } else if !run.is_empty() {
                out.push(std::mem::take(&mut run));
            }
        }
        out.push(run);
    }
    out.retain(|run| run.len() > 1);
    out
}

/// A spot along the longest visible run where the name is level enough and free.
fn river_spot(
    shape: &Shape,
    projection: &Projection,
    frame: &Frame,
    taken: &mut Vec<Frame>,
) -> Option<(f64, f64, f64)> {
    let run = runs(shape, projection, frame).into_iter().max_by(|a, b| length(a).total_cmp(&length(b)))?;
    let width = width_px(&shape.name, 12.0);
    if length(&run) < width * 1.5 {
        return None;
    }
    for tenth in [5, 4, 6, 3, 7, 2, 8] {
        let middle = length(&run) * f64::from(tenth) / 10.0;
        let (before, after) = (along(&run, middle - width / 2.0), along(&run, middle + width / 2.0));
        let [x, y] = along(&run, middle);
        let mut angle = (after[1] - before[1]).atan2(after[0] - before[0]).to_degrees();
        if angle.abs() > 90.0 {
            angle -= 180.0 * angle.signum();
        }
        let tall = 14.0 + width * angle.to_radians().sin().abs();
        let wide = 14.0 + width * angle.to_radians().cos().abs();
        let rect = Frame { x: x - wide / 2.0, y: y - tall / 2.0 - 6.0, width: wide, height: tall };
        if frame.holds(&rect) && !taken.iter().any(|it| it.overlaps(&rect)) {
            taken.push(rect);
            return Some((x, y, angle));
        }
    }
    None
}

fn country_spots(ring: &[Point], frame: &Frame) -> Vec<Point> {
    let n = ring.len() as f64;
    let mean = [ring.iter().map(|it| it[0]).sum::<f64>() / n, ring.iter().map(|it| it[1]).sum::<f64>() / n];
    let mut spots: Vec<Point> = Vec::new();
    for row in 1..12 {
        for column in 1..12 {
            let spot =
                [frame.x + frame.width * f64::from(column) / 12.0, frame.y + frame.height * f64::from(row) / 12.0];
            let [x, y] = spot;
            let corners = [[x - 50.0, y - 14.0], [x + 50.0, y - 14.0], [x - 50.0, y + 8.0], [x + 50.0, y + 8.0]];
            if corners.iter().all(|corner| inside_ring(ring, *corner)) {
                spots.push(spot);
            }
        }
    }
    let far = |spot: &Point| (spot[0] - mean[0]).hypot(spot[1] - mean[1]);
    spots.sort_by(|a, b| far(a).total_cmp(&far(b)));
    spots
}

fn inside_ring(ring: &[Point], [x, y]: Point) -> bool {
    let closing = ring.last().into_iter().zip(ring.first()).map(|(a, b)| (*a, *b));
    let sides = ring.windows(2).map(|pair| (pair[0], pair[1])).chain(closing);
    let crossings = sides
        .filter(|(a, b)| (a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0])
        .count();
    crossings % 2 == 1
}

fn extent(ring: &[Point]) -> f64 {
    let sides = ring.windows(2).map(|pair| pair[0][0] * pair[1][1] - pair[1][0] * pair[0][1]);
    sides.sum::<f64>().abs()
}

fn length(run: &[Point]) -> f64 {
    run.windows(2).map(|pair| (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1])).sum()
}

fn along(run: &[Point], mut rest: f64) -> Point {
    for pair in run.windows(2) {
        let side = (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1]);
        if rest <= side && side > 0.0 {
            let part = rest.max(0.0) / side;
            return [pair[0][0] + (pair[1][0] - pair[0][0]) * part, pair[0][1] + (pair[1][1] - pair[0][1]) * part];
        }
        rest -= side;
    }
    run.last().copied().unwrap_or([0.0, 0.0])
}

/// The line in pixels. Where it jumps over the antimeridian it runs on beyond 180°, so that no side crosses the world.
fn projected(line: &[Point], projection: &Projection) -> Vec<Point> {
    let mut turns = 0.0;
    let mut last: Option<f64> = None;
    let mut out = Vec::with_capacity(line.len());
    for [lon, lat] in line.iter().copied().filter(|it| it[0].is_finite() && it[1].is_finite()) {
        match last {
            Some(last) if lon - last > 180.0 => turns -= 360.0,
            Some(last) if lon - last < -180.0 => turns += 360.0,
            _ => {}
        }
        last = Some(lon);
        out.push(projection.at(lon + turns, lat));
    }
    out
}

/// Sutherland and Hodgman: the ring cut to the frame, a little beyond it so that no cut edge shows.
fn clipped(ring: &[Point], frame: &Frame) -> Vec<Point> {
    let near = frame.grown(8.0);
    let edges = [(0, near.x, 1.0), (0, near.x + near.width, -1.0), (1, near.y, 1.0), (1, near.y + near.height, -1.0)];
    let mut ring = ring.to_vec();
    for (axis, limit, sign) in edges {
        let keeps = |point: &Point| (point[axis] - limit) * sign >= 0.0;
        let mut out = Vec::with_capacity(ring.len());
        for at in 0..ring.len() {
            let (from, to) = (ring[(at + ring.len() - 1) % ring.len()], ring[at]);
            if keeps(&from) != keeps(&to) {
                let part = (limit - from[axis]) / (to[axis] - from[axis]);
                out.push([from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part]);
            }
            if keeps(&to) {
                out.push(to);
            }
        }
        ring = out;
    }
    ring
}

fn thinned(line: &[Point]) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::new();
    for (at, point) in line.iter().enumerate() {
        let far = out.last().is_none_or(|last| (point[0] - last[0]).abs() + (point[1] - last[1]).abs() >= STEP_PX);
        if far || at + 1 == line.len() {
            out.push(*point);
        }
    }
    out
}

fn push_line(path: &mut String, line: &[Point]) {
    for (at, [x, y]) in line.iter().enumerate() {
        path.push(if at == 0 { 'M' } else { 'L' });
        path.push_str(&format!("{} {}", px(*x), px(*y)));
    }
}
