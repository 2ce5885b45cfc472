//! Beside and below the map: the numbered list, the key, the scale bar and the north arrow.
//!
//! In: sites and a place to write. Out: markup and how tall it became. Never leaves a numbered site out of the list unsaid.

use maud::{Markup, html};

use super::control::{SWATCH, Sides, Tag};
use super::projection::{Frame, Projection, px};
use super::site::Site;
use super::text::{lines, shortened, width_px};
use crate::visible::{brief, one_line};
use crate::words;

const INK: &str = "#1f2a33";
const QUIET: &str = "#5a6570";
const SIZE: f64 = 11.0;
const LEADING: f64 = 14.5;
/// Events listed under a site before the rest is only counted.
const MOST_EVENTS: usize = 4;

/// The list of sites; the height it takes comes second.
pub(super) fn list(sites: &[Site<'_>], more: usize, aside: &[Site<'_>], at: &Frame) -> (Markup, f64) {
    let mut y = at.y;
    let mut rows: Vec<Markup> = Vec::new();
    for (number, site) in sites.iter().enumerate() {
        y += 17.0;
        rows.push(site_heading(number + 1, site, at, y));
        for event in site.events.iter().take(MOST_EVENTS) {
            let day = event.time.as_ref().map(words::when).unwrap_or_else(|| "undated".to_owned());
            let said = one_line(&brief(&event.summary));
            // A summary that tells its day needs no other.
            let last = event.time.as_ref().and_then(|time| time.to.or(time.from)).map(words::day);
            let mut text = if last.is_some_and(|last| said.contains(&last)) { said } else { format!("{day}: {said}") };
            if !event.disputes.is_empty() {
                text.push_str(" (disputed)");
            }
            if event.roots == 0 {
                text.push_str(" (readers only, unverified)");
            }
            for line in lines(&text, SIZE, at.width - 26.0, 3) {
                y += LEADING;
                rows.push(html! { text x=(px(at.x + 26.0)) y=(px(y)) font-size=(SIZE) fill=(INK) { (line) } });
            }
        }
        if site.events.len() > MOST_EVENTS {
            y += LEADING;
            let text = format!("and {} more", words::count(site.events.len() - MOST_EVENTS, "event", "events"));
            rows.push(html! { text x=(px(at.x + 26.0)) y=(px(y)) font-size=(SIZE) fill=(QUIET) { (text) } });
        }
        y += 7.0;
    }
    if more > 0 {
        y += 17.0;
        let text = format!("{} more drawn as small dots, not numbered", words::count(more, "place", "places"));
        rows.push(html! { text x=(px(at.x)) y=(px(y)) font-size=(SIZE) fill=(QUIET) { (text) } });
    }
    if !aside.is_empty() {
        let named = |site: &Site<'_>| {
            format!("{} ({})", one_line(&brief(&site.name)), words::count(site.events.len(), "event", "events"))
        };
        let text = format!(
            "Not drawn, a whole country or far off: {}",
            aside.iter().map(named).collect::<Vec<_>>().join(", ")
        );
        y += 4.0;
        for line in lines(&text, SIZE, at.width, 8) {
            y += LEADING;
            rows.push(html! { text x=(px(at.x)) y=(px(y)) font-size=(SIZE) fill=(QUIET) { (line) } });
        }
    }
    (html! { g { @for row in rows { (row) } } }, y - at.y)
}

fn site_heading(number: usize, site: &Site<'_>, at: &Frame, y: f64) -> Markup {
    let name = shortened(&one_line(&brief(&site.name)), 12.0, at.width - 30.0);
    html! {
        (badge(at.x + 9.0, y - 4.0, &number.to_string(), site))
        text x=(px(at.x + 26.0)) y=(px(y)) font-size="12" font-weight="bold" fill=(INK) { (name) }
    }
}

/// The numbered mark of a site: full for a point, open for an area, dashed when only readers speak of it.
pub(super) fn badge(x: f64, y: f64, number: &str, site: &Site<'_>) -> Markup {
    let (fill, ink) = if site.is_area() || site.readers_only() { ("#ffffff", INK) } else { (INK, "#ffffff") };
    let dashed = site.readers_only().then_some("2.5 2");
    let size = if number.len() > 2 { 8.0 } else { 10.0 };
    html! {
        @if site.is_area() {
            rect x=(px(x - 9.0)) y=(px(y - 8.5)) width="18" height="17" rx="3" fill=(fill) stroke=(INK) stroke-width="1.4" stroke-dasharray=[dashed] {}
        } @else {
            circle cx=(px(x)) cy=(px(y)) r="9" fill=(fill) stroke=(INK) stroke-width="1.4" stroke-dasharray=[dashed] {}
        }
        text x=(px(x)) y=(px(y + 3.6)) text-anchor="middle" font-size=(size) font-weight="bold" fill=(ink) { (number) }
    }
}

/// The key below the map; only what was drawn is explained. The height it takes comes second.
pub(super) fn key(sites: &[Site<'_>], sides: &Sides, tags: &[Tag<'_>], at: &Frame) -> (Markup, f64) {
    let mut entries: Vec<(f64, Markup, String)> = Vec::new();
    let example = |find: &dyn Fn(&&Site<'_>) -> bool| sites.iter().find(find);
    if let Some(site) = example(&|site| !site.is_area() && !site.readers_only()) {
        entries.push((20.0, badge(9.0, 8.5, "n", site), "place of events; the number is in the list".to_owned()));
    }
    if let Some(site) = example(&|site| site.is_area() && !site.readers_only()) {
        entries.push((
            20.0,
            badge(9.0, 8.5, "n", site),
            "told only by its relation to another place: an area, not a point".to_owned(),
        ));
    }
    if let Some(site) = example(&|site| site.readers_only()) {
        entries.push((20.0, badge(9.0, 8.5, "n", site), "only readers’ comments speak of it, unverified".to_owned()));
    }
    if sites.iter().any(|site| site.place.area.is_some() || site.is_area()) {
        let swatch = html! { rect x="0" y="1" width="24" height="15" fill="url(#area)" stroke="#5b4a86" stroke-dasharray="4 2" {} };
        entries.push((26.0, swatch, "the area it may lie in".to_owned()));
    }
    if sites.iter().any(|site| !site.is_area() && site.place.radius_km.is_some_and(|km| km > 0.0)) {
        let swatch = html! { circle cx="12" cy="8.5" r="9" fill="none" stroke=(INK) stroke-width="1.1" stroke-dasharray="4 3" {} };
        entries.push((24.0, swatch, "as far as the place may reach".to_owned()));
    }
    for (holder, swatch) in sides.key() {
        entries.push((SWATCH + 2.0, swatch, format!("{holder}: control asserted")));
    }
    if tags.iter().any(|tag| tag.holders.len() > 1) {
        entries.push((0.0, html! {}, "tags side by side: claims disagree, none preferred".to_owned()));
    }
    if tags.iter().any(|tag| tag.fought_over) {
        entries.push((
            SWATCH + 2.0,
            super::control::fought_over(0.0, 0.0),
            "contested: fighting inside, or denied".to_owned(),
        ));
    }
    if tags.iter().any(|tag| tag.earlier) {
        entries.push((
            SWATCH + 6.0,
            super::control::earlier(2.5, 0.0, SWATCH),
            "asserted earlier, nothing later".to_owned(),
        ));
    }
    laid_out(entries, at)
}

fn laid_out(entries: Vec<(f64, Markup, String)>, at: &Frame) -> (Markup, f64) {
    let (mut x, mut y) = (at.x, at.y);
    let mut placed: Vec<Markup> = Vec::new();
    for (swatch_width, swatch, text) in entries {
        let text = shortened(&text, SIZE, at.width - swatch_width - 8.0);
        let width = swatch_width + 6.0 + width_px(&text, SIZE) + 26.0;
        if x > at.x && x + width - 26.0 > at.x + at.width {
            x = at.x;
            y += 24.0;
        }
        let indent = if swatch_width > 0.0 { swatch_width + 6.0 } else { 0.0 };
        placed.push(html! {
            g transform=(format!("translate({} {})", px(x), px(y))) {
                (swatch)
                text x=(px(indent)) y="12.5" font-size=(SIZE) fill=(INK) { (text) }
            }
        });
        x += width;
    }
    let height = if placed.is_empty() { 0.0 } else { y - at.y + 24.0 };
    (html! { g { @for entry in placed { (entry) } } }, height)
}

/// A bar of a round number of kilometres, lower left in the frame.
pub(super) fn scale_bar(projection: &Projection, frame: &Frame) -> (Markup, Frame) {
    let per_km = projection.pixels_per_km(projection.middle_lat());
    let most_km = frame.width * 0.22 / per_km;
    let power = 10f64.powf(most_km.log10().floor());
    let km = [5.0, 2.0, 1.0].into_iter().map(|step| step * power).find(|km| *km <= most_km).unwrap_or(power);
    let (width, x, y) = (km * per_km, frame.x + 16.0, frame.y + frame.height - 18.0);
    let label =
        if km < 1.0 { format!("{} m", words::number(km * 1000.0)) } else { format!("{} km", words::number(km)) };
    let taken = Frame { x: x - 8.0, y: y - 24.0, width: width + 44.0, height: 34.0 };
    let bar = html! {
        rect x=(px(taken.x)) y=(px(taken.y)) width=(px(taken.width)) height=(px(taken.height)) fill="#ffffff" fill-opacity="0.82" {}
        rect x=(px(x)) y=(px(y - 5.0)) width=(px(width / 2.0)) height="5" fill=(INK) stroke=(INK) {}
        rect x=(px(x + width / 2.0)) y=(px(y - 5.0)) width=(px(width / 2.0)) height="5" fill="#ffffff" stroke=(INK) {}
        text x=(px(x)) y=(px(y - 10.0)) font-size="10.5" fill=(INK) { "0" }
        text x=(px(x + width)) y=(px(y - 10.0)) text-anchor="middle" font-size="10.5" fill=(INK) { (label) }
    };
    (bar, taken)
}

/// Which way is north, upper right in the frame.
pub(super) fn north_arrow(frame: &Frame) -> (Markup, Frame) {
    let (x, y) = (frame.x + frame.width - 26.0, frame.y + 18.0);
    let arrow = html! {
        circle cx=(px(x)) cy=(px(y + 16.0)) r="19" fill="#ffffff" fill-opacity="0.82" {}
        path d=(format!("M{} {}L{} {}L{} {}L{} {}Z", px(x), px(y), px(x + 6.0), px(y + 17.0), px(x), px(y + 13.0), px(x - 6.0), px(y + 17.0))) fill=(INK) {}
        text x=(px(x)) y=(px(y + 29.0)) text-anchor="middle" font-size="11" font-weight="bold" fill=(INK) { "N" }
    };
    (arrow, Frame { x: x - 20.0, y: y - 4.0, width: 40.0, height: 42.0 })
}
