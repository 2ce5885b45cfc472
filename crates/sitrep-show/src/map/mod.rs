//! The map: events, relative places as shapes, and who asserts control, over outlines of countries and rivers.
//!
//! In: contents, already filtered, and outlines. Out: SVG text; PNG bytes from it. Never puts a point where a claim gave only a
//! relation or several candidates, never fills the land between towns.

mod control;
mod marks;
mod outline;
mod panel;
#[cfg(feature = "png")]
mod png;
mod projection;
mod site;
mod text;

use jiff::civil::Date;
use maud::{Markup, html};
use sitrep_model::{Contents, ControlAnswer, Outlines};

use crate::index::Index;
use crate::visible::{brief, one_line};
use crate::words;
use control::{Sides, Tag};
use projection::{Frame, Projection, px};
use site::Sites;

/// How to draw.
#[derive(Debug, Clone, Copy)]
pub struct MapOptions<'a> {
    /// Only events that may have happened on this day; control as asserted by it.
    pub on: Option<Date>,
    /// The title; the period when absent.
    pub title: Option<&'a str>,
    /// Asserted control of places, drawn where the contents locate the place.
    pub control: &'a [ControlAnswer],
    /// Width of the picture in pixels.
    pub width_px: u32,
}

impl Default for MapOptions<'_> {
    fn default() -> Self {
        MapOptions { on: None, title: None, control: &[], width_px: 1200 }
    }
}

/// The map as SVG, self-contained: no scripts, no styles, no references.
#[must_use]
pub fn svg(contents: &Contents, outlines: &Outlines, options: &MapOptions<'_>) -> String {
    let all = site::sites(contents, options.on);
    let numbered = &all.sites[..all.sites.len().min(MOST_NUMBERED)];
    let dotted = &all.sites[numbered.len()..];
    let width = f64::from(options.width_px.clamp(640, 4000));
    let panel_x = width - PANEL - MARGIN;
    let (list, list_height) =
        panel::list(numbered, dotted.len(), &all.aside, &Frame { x: panel_x, y: TOP - 8.0, width: PANEL, height: 0.0 });
    // A long list lends its height to the picture, within reason.
    let tall = (list_height - 110.0).clamp(width * 0.52, width * 0.74).round();
    let frame = Frame { x: MARGIN, y: TOP, width: panel_x - 2.0 * MARGIN, height: tall };
    let everywhere = site::sites(contents, None);
    let tags = control::tags(options.control, &everywhere.sites, &Index::of(contents));
    let projection = Projection::fit(&bounds(&all, &tags), frame);
    let sides = Sides::of(&tags);
    let below = Frame { x: frame.x, y: frame.y + frame.height + 14.0, width: frame.width, height: 0.0 };
    let (key, key_height) = panel::key(numbered, &sides, &tags, &below);
    let height = (below.y + key_height).max(frame.y + list_height) + 40.0;
    let drawing = drawing(&all, outlines, &tags, &sides, &projection, &frame);
    let (title, subtitle) = titles(contents, &all, options);
    html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(px(width)) height=(px(height)) viewBox=(format!("0 0 {} {}", px(width), px(height)))
            role="img" aria-labelledby="map-title map-about" font-family="DejaVu Sans, Verdana, Arial, sans-serif" {
            title id="map-title" { (title) }
            desc id="map-about" { (subtitle) ". The numbered list beside the map names every place and event shown." }
            (definitions(&sides, &frame))
            rect width=(px(width)) height=(px(height)) fill="#ffffff" {}
            text x=(px(MARGIN)) y="36" font-size="21" font-weight="bold" fill="#1f2a33" { (text::shortened(&title, 21.0, width * 0.9)) }
            text x=(px(MARGIN)) y="58" font-size="12.5" fill="#5a6570" { (subtitle) }
            (drawing)
            (list)
            (key)
            text x=(px(MARGIN)) y=(px(height - 14.0)) font-size="10" fill="#5a6570" {
                "Reported, not verified. Outlines are for orientation and take no position on any boundary; nothing is filled in between places."
            }
        }
    }
    .into_string()
        + "\n"
}

/// Whether an event is on the map of that day.
pub(crate) fn is_shown(event: &sitrep_model::Event, on: Option<Date>) -> bool {
    site::may_be_on(event, on) && event.place.as_ref().and_then(site::position).is_some()
}

/// More numbers than this nobody looks up on a map.
const MOST_NUMBERED: usize = 40;
const MARGIN: f64 = 24.0;
const TOP: f64 = 78.0;
const PANEL: f64 = 330.0;

/// What lies inside the frame, in order from the ground up.
fn drawing(
    all: &Sites<'_>,
    outlines: &Outlines,
    tags: &[Tag<'_>],
    sides: &Sides,
    projection: &Projection,
    frame: &Frame,
) -> Markup {
    let numbered = &all.sites[..all.sites.len().min(MOST_NUMBERED)];
    let (bar, bar_place) = panel::scale_bar(projection, frame);
    let (arrow, arrow_place) = panel::north_arrow(frame);
    let mut taken = vec![bar_place, arrow_place];
    let marks = marks::marks(numbered, tags, sides, projection, frame, &mut taken);
    taken.extend(marks::area_boxes(&all.sites, projection));
    let names = outline::names(outlines, projection, frame, &mut taken);
    html! {
        g clip-path="url(#frame)" {
            (outline::drawn(outlines, projection, frame))
            (marks::areas(&all.sites, projection, frame))
            (names)
            (marks::dots(&all.sites[numbered.len()..], projection, frame))
            (bar)
            (arrow)
            (marks)
        }
        rect x=(px(frame.x)) y=(px(frame.y)) width=(px(frame.width)) height=(px(frame.height)) fill="none" stroke="#1f2a33" stroke-width="1" {}
    }
}

fn definitions(sides: &Sides, frame: &Frame) -> Markup {
    html! {
        defs {
            clipPath id="frame" { rect x=(px(frame.x)) y=(px(frame.y)) width=(px(frame.width)) height=(px(frame.height)) {} }
            pattern id="area" width="8" height="8" patternUnits="userSpaceOnUse" {
                path d="M-2 2L2 -2M0 8L8 0M6 10L10 6" stroke="#5b4a86" stroke-width="1" stroke-opacity="0.55" {}
            }
            (sides.patterns())
        }
    }
}

fn titles(contents: &Contents, all: &Sites<'_>, options: &MapOptions<'_>) -> (String, String) {
    let days: Vec<Date> = all
        .sites
        .iter()
        .flat_map(|site| &site.events)
        .filter_map(|event| event.time.as_ref())
        .flat_map(|it| [it.from, it.to])
        .flatten()
        .collect();
    let period = match (options.on, days.iter().min(), days.iter().max()) {
        (Some(on), _, _) => words::day(on),
        (None, Some(first), Some(last)) => words::days(*first, *last),
        _ => "no day known".to_owned(),
    };
    let title = options.title.map_or_else(|| format!("Reported events, {period}"), |title| one_line(&brief(title)));
    let mut subtitle = format!(
        "{period} · {} at {} · {}",
        words::count(all.located, "event", "events"),
        words::count(all.sites.len() + all.aside.len(), "place", "places"),
        words::count(contents.documents.len(), "report", "reports"),
    );
    if all.unlocated > 0 {
        subtitle.push_str(&format!(" · {} not located, not shown", words::count(all.unlocated, "event", "events")));
    }
    (title, subtitle)
}

/// Everything that must be in the picture.
fn bounds(all: &Sites<'_>, tags: &[Tag<'_>]) -> Vec<[f64; 2]> {
    let mut points: Vec<[f64; 2]> = tags.iter().map(|tag| tag.point).collect();
    for site in &all.sites {
        points.push([site.lon, site.lat]);
        if let Some(area) = &site.place.area {
            points.extend(area.rings().flatten().copied());
        } else if let Some(radius_km) = site.place.radius_km.filter(|_| site.is_area()) {
            let lat = radius_km / projection::KM_PER_DEGREE;
            let lon = lat / site.lat.to_radians().cos().max(0.05);
            points.extend([[site.lon - lon, site.lat - lat], [site.lon + lon, site.lat + lat]]);
        }
    }
    points
}

#[cfg(feature = "png")]
pub use png::{MapError, png};
