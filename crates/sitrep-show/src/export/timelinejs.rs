//! TimelineJS 3: one slide an event. The format has no field for doubt: it stands in the displayed date and in the text.
//!
//! In: contents. Out: one JSON file. Never markup or a link of a source; never a day for an event without one.

use std::io;

use jiff::civil::Date;
use serde_json::{Value, json};
use sitrep_model::{Contents, Event};

use super::events::{self, escaped};
use super::loss::Lost;
use super::{ExportOptions, Files, Loss};
use crate::index::{Index, outlet};
use crate::list::jsonl;
use crate::words;

pub(super) fn timelinejs(contents: &Contents, _: &ExportOptions<'_>, files: &mut dyn Files) -> io::Result<Loss> {
    let index = Index::of(contents);
    let slides: Vec<Value> = contents.events.iter().filter_map(|event| slide(event, &index)).collect();
    let mut loss = Loss::default();
    loss.add("events without a day (left out)", contents.events.len() - slides.len());
    loss.add(
        "events of which one end of the time is open (the other end is shown, the words say so)",
        contents.events.iter().filter(|it| events::is_open(it)).count(),
    );
    let located =
        contents.events.iter().filter(|it| it.place.as_ref().is_some_and(|place| place.lat.is_some())).count();
    loss.add("coordinates of events (the place is named)", located);
    let lost =
        [Lost::Claims, Lost::Attribution, Lost::Sides, Lost::Forecasts, Lost::Links, Lost::Comments, Lost::Texts];
    loss.parts(contents, &lost);
    let timeline = json!({
        "title": {
            "unique_id": "reported-events",
            "text": { "headline": "Reported events", "text": "<p>Reported, not verified: every event says according to whom.</p>" },
        },
        "scale": "human",
        "events": slides,
    });
    jsonl::line(&timeline, files.file("timeline.json")?)?;
    Ok(loss)
}

fn slide<'c>(event: &'c Event, index: &Index<'c>) -> Option<Value> {
    let (from, to) = events::days(event)?;
    let disputed = events::disputed(event, index);
    let mut shown = event.time.as_ref().map(words::when).unwrap_or_default();
    if !disputed.is_empty() {
        shown.push_str(&format!(" (disputed: {disputed})"));
    }
    let told = events::told(event, index);
    if !events::is_done(&told) {
        shown.push_str(&format!(" ({})", events::status(&told)));
    }
    let mut text = String::new();
    if let Some(place) = &event.place {
        text.push_str(&format!("<p>{}</p>", escaped(&words::place_understood(place))));
    }
    text.push_str(&format!("<p>{}</p>", escaped(&words::support(event))));
    for it in &told {
        let (who, stance) = (escaped(outlet(it.document)), words::stance(it.account.stance));
        text.push_str(&format!("<p>{who} {stance}: “{}”</p>", escaped(&it.claim.quote)));
    }
    let mut slide = json!({
        "unique_id": event.event_id,
        "start_date": date(from),
        "display_date": escaped(&shown),
        "text": { "headline": escaped(&event.summary), "text": text },
        "group": words::event_type(event.event),
        "autolink": false,
    });
    if let (true, Some(map)) = (from != to, slide.as_object_mut()) {
        map.insert("end_date".to_owned(), date(to));
    }
    Some(slide)
}

fn date(day: Date) -> Value {
    json!({ "year": day.year(), "month": day.month(), "day": day.day() })
}
