//! The timeline: how many events lie on each day, and how many of them are disputed.
//!
//! In: contents, already filtered. Out: SVG text. Never places an event whose day nobody said; how many those are is told.

use jiff::civil::Date;
use maud::html;
use sitrep_model::Contents;

/// More bars than this are not told apart; then a bar stands for several days.
const MOST_BARS: i32 = 120;
const HEIGHT: f64 = 150.0;
const TOP: f64 = 34.0;
const BOTTOM: f64 = 44.0;
const MARGIN: f64 = 24.0;

/// One bar: its first day, how many events lie there, how many of them are disputed.
struct Bar {
    from: Date,
    n_events: usize,
    n_disputed: usize,
}

/// The timeline as SVG, self-contained: no scripts, no styles, no references. An event stands on its first day.
#[must_use]
pub fn svg(contents: &Contents, width_px: u32) -> String {
    let dated: Vec<(Date, bool)> = contents
        .events
        .iter()
        .filter_map(|event| Some((event.time.as_ref()?.from.or(event.time.as_ref()?.to)?, !event.disputes.is_empty())))
        .collect();
    let n_undated = contents.events.len() - dated.len();
    let (bars, days_a_bar) = bars(&dated);
    let width = f64::from(width_px.clamp(320, 4000));
    let most = bars.iter().map(|bar| bar.n_events).max().unwrap_or(0).max(1);
    let step = (width - 2.0 * MARGIN) / (bars.len().max(1) as f64);
    let floor = HEIGHT - BOTTOM;
    let tall = |n: usize| (floor - TOP) * n as f64 / most as f64;
    let each = if days_a_bar == 1 { "a day".to_owned() } else { format!("each {days_a_bar} days") };
    let undated = if n_undated > 0 { format!("; {n_undated} without a day are not shown") } else { String::new() };
    let title = format!("{} events, {each}{undated}", dated.len());
    let ends = bars.first().zip(bars.last()).map(|(first, last)| (first.from, last.from));
    html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(px(width)) height=(px(HEIGHT)) viewBox=(format!("0 0 {} {}", px(width), px(HEIGHT)))
            role="img" aria-label=(title) font-family="DejaVu Sans, Verdana, Arial, sans-serif" {
            rect width=(px(width)) height=(px(HEIGHT)) fill="#ffffff" {}
            text x=(px(MARGIN)) y="20" font-size="12.5" fill="#1f2a33" { (title) }
            @for (at, bar) in bars.iter().enumerate().filter(|(_, bar)| bar.n_events > 0) {
                g {
                    title { (said(bar)) }
                    @let x = MARGIN + at as f64 * step;
                    rect x=(px(x)) y=(px(floor - tall(bar.n_events))) width=(px((step * 0.86).max(1.0))) height=(px(tall(bar.n_events))) fill="#5a7d9a" {}
                    rect x=(px(x)) y=(px(floor - tall(bar.n_disputed))) width=(px((step * 0.86).max(1.0))) height=(px(tall(bar.n_disputed))) fill="#b4562e" {}
                }
            }
            path d=(format!("M{} {}H{}", px(MARGIN), px(floor), px(width - MARGIN))) stroke="#1f2a33" stroke-width="1" {}
            @if let Some((first, last)) = ends {
                text x=(px(MARGIN)) y=(px(floor + 15.0)) font-size="11" fill="#5a6570" { (first) }
                @if last != first {
                    text x=(px(width - MARGIN)) y=(px(floor + 15.0)) font-size="11" fill="#5a6570" text-anchor="end" { (last) }
                }
            }
            text x=(px(MARGIN)) y=(px(HEIGHT - 10.0)) font-size="10" fill="#5a6570" {
                "Reported, not verified. The highest bar: " (most) ". Disputed events stand in the darker part at the foot."
            }
        }
    }
    .into_string()
        + "\n"
}

fn said(bar: &Bar) -> String {
    let disputed = if bar.n_disputed > 0 { format!(", {} disputed", bar.n_disputed) } else { String::new() };
    format!("{}: {} event{}{disputed}", bar.from, bar.n_events, if bar.n_events == 1 { "" } else { "s" })
}

/// Bars from the first day to the last, empty ones too, and how many days each stands for.
fn bars(dated: &[(Date, bool)]) -> (Vec<Bar>, i32) {
    let (Some(first), Some(last)) = (dated.iter().map(|it| it.0).min(), dated.iter().map(|it| it.0).max()) else {
        return (Vec::new(), 1);
    };
    let after = |day: Date| first.until(day).map_or(0, |span| span.get_days());
    let days_a_bar = after(last) / MOST_BARS + 1;
    let n_bars = after(last) / days_a_bar + 1;
    let day = |at: i32| first.saturating_add(jiff::Span::new().days(at * days_a_bar));
    let mut bars: Vec<Bar> = (0..n_bars).map(|at| Bar { from: day(at), n_events: 0, n_disputed: 0 }).collect();
    for (day, disputed) in dated {
        if let Some(bar) = usize::try_from(after(*day) / days_a_bar).ok().and_then(|at| bars.get_mut(at)) {
            bar.n_events += 1;
            bar.n_disputed += usize::from(*disputed);
        }
    }
    (bars, days_a_bar)
}

fn px(value: f64) -> String {
    format!("{}", (value * 10.0).round() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dated_event_is_in_a_bar_and_there_are_never_too_many() {
        for n_days in [1, 119, 120, 121, 4000] {
            let first = jiff::civil::date(2031, 1, 1);
            let dated: Vec<(Date, bool)> =
                (0..n_days).map(|at| (first.saturating_add(jiff::Span::new().days(at)), at % 2 == 0)).collect();
            let (bars, _) = bars(&dated);
            assert!(bars.len() <= MOST_BARS as usize, "{} bars for {n_days} days", bars.len());
            assert_eq!(bars.iter().map(|bar| bar.n_events).sum::<usize>(), dated.len());
            assert_eq!(bars.iter().map(|bar| bar.n_disputed).sum::<usize>(), dated.len().div_ceil(2));
        }
        assert!(bars(&[]).0.is_empty());
    }
}
