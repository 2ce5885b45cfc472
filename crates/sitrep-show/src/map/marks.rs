//! On the map: areas, circles of uncertainty, numbered sites, their names and the tags of control.
//!
//! In: sites and a projection. Out: markup. Never lets one mark hide another: a mark that finds no room moves aside on a line.

use maud::{Markup, html};
use sitrep_model::Area;

use super::control::{Sides, TALL, Tag};
use super::panel::badge;
use super::projection::{Frame, Projection, px};
use super::site::Site;
use super::text::width_px;
use crate::visible::{brief, one_line};

const INK: &str = "#1f2a33";
/// Circles smaller than the mark of a site tell nothing.
const LEAST_CIRCLE_PX: f64 = 11.0;
const NAME_SIZE: f64 = 12.0;
/// How much wider bold letters run.
const BOLD: f64 = 1.12;
/// The share of the picture one area may hatch.
const MOST_HATCHED: f64 = 0.12;

/// Where a numbered mark came to stand.
#[derive(Debug, Clone, Copy)]
struct Spot {
    /// The true point.
    point: [f64; 2],
    /// The mark.
    mark: [f64; 2],
}

/// Areas and circles; they lie under every mark.
pub(super) fn areas(sites: &[Site<'_>], projection: &Projection, frame: &Frame) -> Markup {
    html! {
        @for site in sites {
            @if let Some(area) = &site.place.area {
                path d=(area_path(area, projection)) fill-rule="evenodd" fill=(hatch(area_size(area, projection), frame)) stroke="#5b4a86" stroke-width="1.2"
                    stroke-dasharray="5 3" stroke-linejoin="round" {}
            } @else if let Some(radius) = radius_px(site, projection) {
                @let [x, y] = projection.at(site.lon, site.lat);
                @let (fill, stroke) = if site.is_area() { (hatch(4.0 * radius * radius, frame), "#5b4a86") } else { ("none", INK) };
                circle cx=(px(x)) cy=(px(y)) r=(px(radius)) fill=(fill) stroke=(stroke) stroke-width="1.1" stroke-dasharray="4 3" {}
            }
        }
    }
}

/// An area that takes up a good part of the picture is only outlined: hatching would lie under everything else.
fn hatch(size: f64, frame: &Frame) -> &'static str {
    if size > MOST_HATCHED * frame.width * frame.height { "none" } else { "url(#area)" }
}

/// The size of an area, in square pixels: holes count as filled.
fn area_size(area: &Area, projection: &Projection) -> f64 {
    area.pieces().iter().filter_map(|rings| rings.first()).map(|ring| ring_size(ring, projection)).sum()
}

fn ring_size(ring: &[[f64; 2]], projection: &Projection) -> f64 {
    let points: Vec<[f64; 2]> = ring.iter().map(|[lon, lat]| projection.at(*lon, *lat)).collect();
    let sides = points.windows(2).map(|side| side[0][0] * side[1][1] - side[1][0] * side[0][1]);
    sides.filter(|size| size.is_finite()).sum::<f64>().abs() / 2.0
}

/// Where areas lie, roughly: small boxes along each, so that names of countries keep off without fleeing the whole neighbourhood.
pub(super) fn area_boxes(sites: &[Site<'_>], projection: &Projection) -> Vec<Frame> {
    let rings =
        sites.iter().filter_map(|site| site.place.area.as_ref()).flat_map(Area::rings).flat_map(|ring| ring.windows(2));
    let middles = rings.map(|side| [(side[0][0] + side[1][0]) / 2.0, (side[0][1] + side[1][1]) / 2.0]);
    middles
        .map(|[lon, lat]| projection.at(lon, lat))
        .filter(|point| point.iter().all(|it| it.is_finite()))
        .map(|[x, y]| Frame { x: x - 20.0, y: y - 20.0, width: 40.0, height: 40.0 })
        .collect()
}

fn radius_px(site: &Site<'_>, projection: &Projection) -> Option<f64> {
    let radius = site.place.radius_km? * projection.pixels_per_km(site.lat);
    (radius.is_finite() && radius >= LEAST_CIRCLE_PX).then_some(radius)
}

fn area_path(area: &Area, projection: &Projection) -> String {
    area.rings().map(|ring| ring_path(ring, projection)).collect()
}

fn ring_path(ring: &[[f64; 2]], projection: &Projection) -> String {
    let usable = ring.iter().filter(|point| point.iter().all(|it| it.is_finite()));
    let mut path = String::new();
    for (at, [lon, lat]) in usable.enumerate() {
        let [x, y] = projection.at(*lon, *lat);
        path.push(if at == 0 { 'M' } else { 'L' });
        path.push_str(&format!("{} {}", px(x), px(y)));
    }
    path + "Z"
}

/// Small dots for sites past the numbered ones.
pub(super) fn dots(sites: &[Site<'_>], projection: &Projection, frame: &Frame) -> Markup {
    html! {
        @for site in sites {
            @let [x, y] = projection.at(site.lon, site.lat);
            @if frame.holds(&Frame { x, y, width: 0.0, height: 0.0 }) {
                circle cx=(px(x)) cy=(px(y)) r="2.6" fill=(if site.is_area() { "#ffffff" } else { INK }) stroke=(INK) stroke-width="0.9" {}
            }
        }
    }
}

/// Numbered marks, tags of control and names, in that order of right of way.
pub(super) fn marks(
    sites: &[Site<'_>],
    tags: &[Tag<'_>],
    sides: &Sides,
    projection: &Projection,
    frame: &Frame,
    taken: &mut Vec<Frame>,
) -> Markup {
    let spots: Vec<Spot> = sites.iter().map(|site| spot(site, projection, frame, taken)).collect();
    let tags: Vec<Markup> = tags.iter().map(|it| tag(it, sites, sides, projection, frame, taken)).collect();
    let names: Vec<Markup> =
        sites.iter().zip(&spots).filter_map(|(site, spot)| name(site, spot, frame, taken)).collect();
    html! {
        @for spot in &spots {
            @if spot.point != spot.mark {
                line x1=(px(spot.point[0])) y1=(px(spot.point[1])) x2=(px(spot.mark[0])) y2=(px(spot.mark[1])) stroke=(INK) stroke-width="1" {}
                circle cx=(px(spot.point[0])) cy=(px(spot.point[1])) r="2.6" fill=(INK) {}
            }
        }
        @for (number, (site, spot)) in sites.iter().zip(&spots).enumerate() {
            (badge(spot.mark[0], spot.mark[1], &(number + 1).to_string(), site))
        }
        @for tag in tags { (tag) }
        @for name in names { (name) }
    }
}

fn spot(site: &Site<'_>, projection: &Projection, frame: &Frame, taken: &mut Vec<Frame>) -> Spot {
    let [x, y] = projection.at(site.lon, site.lat);
    let mut mark = [x, y];
    'rings: for radius in [0.0, 24.0, 40.0, 58.0] {
        for eighth in [1, 7, 3, 5, 0, 2, 4, 6] {
            let angle = f64::from(eighth) * std::f64::consts::FRAC_PI_4;
            let (left, top) = (x + radius * angle.sin() - 10.0, y - radius * angle.cos() - 10.0);
            let rect = Frame { x: left, y: top, width: 20.0, height: 20.0 };
            if frame.holds(&rect) && !taken.iter().any(|it| it.overlaps(&rect)) {
                mark = [left + 10.0, top + 10.0];
                break 'rings;
            }
        }
    }
    taken.push(Frame { x: mark[0] - 10.0, y: mark[1] - 10.0, width: 20.0, height: 20.0 });
    Spot { point: [x, y], mark }
}

fn tag(
    tag: &Tag<'_>,
    sites: &[Site<'_>],
    sides: &Sides,
    projection: &Projection,
    frame: &Frame,
    taken: &mut Vec<Frame>,
) -> Markup {
    let [x, y] = projection.at(tag.point[0], tag.point[1]);
    let width = tag.width();
    let corners = [
        [x - width / 2.0, y + 13.0],
        [x - width / 2.0, y - 14.0 - TALL],
        [x - width - 13.0, y - TALL / 2.0],
        [x + 13.0, y - TALL / 2.0],
        [x - width / 2.0, y + 34.0],
    ];
    let rects = corners.map(|[x, y]| Frame { x: x - 1.0, y: y - 1.0, width: width + 2.0, height: TALL + 2.0 });
    let free = rects.iter().find(|rect| frame.holds(rect) && !taken.iter().any(|it| it.overlaps(rect)));
    let rect = *free.unwrap_or(&rects[0]);
    taken.push(rect);
    // No event of the day stands here: a dot and the name say where the tag belongs.
    let alone = !sites.iter().any(|site| [site.lon, site.lat] == tag.point);
    let label = one_line(&brief(tag.place));
    if alone {
        let width = width_px(&label, NAME_SIZE) * BOLD;
        taken.push(Frame { x: x - 4.0, y: y - 8.0, width: width + 14.0, height: 16.0 });
    }
    html! {
        @if alone {
            circle cx=(px(x)) cy=(px(y)) r="2.8" fill=(INK) {}
            text x=(px(x + 7.0)) y=(px(y + 4.0)) font-size=(NAME_SIZE) font-weight="bold" fill=(INK) { (label) }
        }
        (sides.tag(tag, rect.x + 1.0, rect.y + 1.0))
    }
}

/// The name beside the mark, or nothing when there is no room: the list has it anyway.
fn name(site: &Site<'_>, spot: &Spot, frame: &Frame, taken: &mut Vec<Frame>) -> Option<Markup> {
    let text = one_line(&brief(&site.name));
    let width = width_px(&text, NAME_SIZE) * if site.is_area() { 1.0 } else { BOLD } + 2.0;
    let [x, y] = spot.mark;
    let lefts = [
        [x + 13.0, y - 8.0],
        [x - 13.0 - width, y - 8.0],
        [x - width / 2.0, y - 27.0],
        [x - width / 2.0, y + 11.0],
        [x + 10.0, y - 24.0],
        [x + 10.0, y + 9.0],
        [x - 10.0 - width, y - 24.0],
        [x - 10.0 - width, y + 9.0],
        [x - width / 2.0, y + 32.0],
    ];
    let rects = lefts.map(|[x, y]| Frame { x, y, width, height: 16.0 });
    let rect =
        rects.into_iter().find(|rect| frame.grown(-3.0).holds(rect) && !taken.iter().any(|it| it.overlaps(rect)))?;
    taken.push(rect);
    let (x, y) = (px(rect.x + 1.0), px(rect.y + 12.0));
    let (weight, style) = if site.is_area() { (None, Some("italic")) } else { (Some("bold"), None) };
    Some(html! {
        text x=(x) y=(y) font-size=(NAME_SIZE) font-weight=[weight] font-style=[style] fill="#ffffff" stroke="#faf8f3" stroke-width="3.4" stroke-linejoin="round" { (text) }
        text x=(x) y=(y) font-size=(NAME_SIZE) font-weight=[weight] font-style=[style] fill=(INK) { (text) }
    })
}
