//! KML 2.2: a folder an actor, a placemark an event, its time as a stamp or a span, its place as a point or an area.
//!
//! In: contents. Out: one file. Never a point for an area, never markup or a link of a source.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use sitrep_model::{Contents, Event, Place, Ring};

use super::events::{self, escaped};
use super::geojson::{degrees, pieces};
use super::loss::Lost;
use super::{ExportOptions, Files, Loss};
use crate::index::{Index, outlet};
use crate::words;

const HEAD: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2">
<Document>
<name>Reported events</name>
<description>Reported, not verified: every event says according to whom.</description>
<Style id="reported"><IconStyle><color>ff864a5b</color></IconStyle><LineStyle><color>ff864a5b</color><width>2</width></LineStyle><PolyStyle><color>40864a5b</color></PolyStyle></Style>
<Style id="disputed"><IconStyle><color>ff1f3fb3</color></IconStyle><LineStyle><color>ff1f3fb3</color><width>2</width></LineStyle><PolyStyle><color>401f3fb3</color></PolyStyle></Style>
"##;
const NOBODY: &str = "No actor named";

pub(super) fn kml(contents: &Contents, _: &ExportOptions<'_>, files: &mut dyn Files) -> io::Result<Loss> {
    let index = Index::of(contents);
    let mut folders: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    let mut elsewhere = 0;
    for event in &contents.events {
        let actor = event.actors.first().map_or(NOBODY, |actor| actor.name.as_str());
        elsewhere += usize::from(event.actors.len() > 1);
        folders.entry(actor).or_default().push(event);
    }
    let out = files.file("events.kml")?;
    out.write_all(HEAD.as_bytes())?;
    let (mut unlocated, mut open) = (0, 0);
    for (actor, events) in folders {
        out.write_all(format!("<Folder>\n<name>{}</name>\n", escaped(actor)).as_bytes())?;
        for event in events {
            let shape = event.place.as_ref().and_then(shape);
            unlocated += usize::from(shape.is_none());
            open += usize::from(events::is_open(event));
            out.write_all(placemark(event, shape.as_deref().unwrap_or_default(), &index).as_bytes())?;
        }
        out.write_all(b"</Folder>\n")?;
    }
    out.write_all(b"</Document>\n</kml>\n")?;
    let mut loss = Loss::default();
    loss.add("events without a located place (kept, not on the map)", unlocated);
    loss.add("events in the folder of their first actor only", elsewhere);
    loss.add("events of which one end of the time is open (the span is open too)", open);
    let lost =
        [Lost::Claims, Lost::Attribution, Lost::Sides, Lost::Forecasts, Lost::Links, Lost::Comments, Lost::Texts];
    loss.parts(contents, &lost);
    Ok(loss)
}

fn placemark<'c>(event: &'c Event, shape: &str, index: &Index<'c>) -> String {
    let disputed = events::disputed(event, index);
    let style = if disputed.is_empty() { "reported" } else { "disputed" };
    let told = events::told(event, index);
    let mut quotes = String::new();
    for it in &told {
        let (who, stance) = (outlet(it.document), words::stance(it.account.stance));
        let _ = write!(quotes, "<p>{} {stance}: “{}”</p>", escaped(&escaped(who)), escaped(&escaped(&it.claim.quote)));
    }
    let mut out = format!(
        "<Placemark id=\"{}\">\n<name>{}</name>\n<description>{}</description>\n",
        event.event_id,
        escaped(&event.summary),
        quotes.replace("<p>", "&lt;p&gt;").replace("</p>", "&lt;/p&gt;"),
    );
    out.push_str(&time(event));
    let _ = writeln!(out, "<styleUrl>#{style}</styleUrl>");
    out.push_str("<ExtendedData>\n");
    let place = event.place.as_ref();
    let fields = [
        ("event", event.event.as_str().to_owned()),
        ("status", events::status(&told)),
        ("actors", events::names(&event.actors)),
        ("targets", events::names(&event.targets)),
        ("place", place.map(words::place_short).unwrap_or_default()),
        ("place_text", place.map(|it| it.text.clone()).unwrap_or_default()),
        ("place_status", place.map(|it| it.status.as_str().to_owned()).unwrap_or_default()),
        ("radius_km", place.and_then(|it| it.radius_km).map(words::number).unwrap_or_default()),
        ("time_text", event.time.as_ref().and_then(|it| it.text.clone()).unwrap_or_default()),
        ("quantities", event.quantities.iter().map(words::quantity).collect::<Vec<_>>().join("; ")),
        ("independent_sources", event.roots.to_string()),
        ("grade", event.grade.information.to_string()),
        ("disputed", disputed),
        ("claims", event.accounts.iter().map(|it| it.claim_id.as_str()).collect::<Vec<_>>().join(" ")),
    ];
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(out, "<Data name=\"{name}\"><value>{}</value></Data>", escaped(value));
    }
    let _ = write!(out, "</ExtendedData>\n{shape}</Placemark>\n");
    out
}

fn time(event: &Event) -> String {
    let Some(time) = &event.time else { return String::new() };
    match (time.from, time.to) {
        (Some(from), Some(to)) if from == to => format!("<TimeStamp><when>{from}</when></TimeStamp>\n"),
        (None, None) => String::new(),
        (from, to) => {
            let begin = from.map(|day| format!("<begin>{day}</begin>")).unwrap_or_default();
            let end = to.map(|day| format!("<end>{day}</end>")).unwrap_or_default();
            format!("<TimeSpan>{begin}{end}</TimeSpan>\n")
        }
    }
}

/// The geometry element, or `None` when nothing is located.
fn shape(place: &Place) -> Option<String> {
    if let Some(pieces) = place.area.as_ref().and_then(pieces) {
        let polygons: String = pieces.iter().map(|rings| polygon(rings)).collect();
        return Some(match pieces.len() {
            1 => polygons,
            _ => format!("<MultiGeometry>\n{polygons}</MultiGeometry>\n"),
        });
    }
    let (lat, lon) = (place.lat.filter(|it| it.is_finite())?, place.lon.filter(|it| it.is_finite())?);
    Some(format!("<Point><coordinates>{},{}</coordinates></Point>\n", degrees(lon), degrees(lat)))
}

fn polygon(rings: &[Ring]) -> String {
    let line = |ring: &Ring| ring.iter().map(|[lon, lat]| format!("{lon},{lat}")).collect::<Vec<_>>().join(" ");
    let mut out = String::from("<Polygon>");
    for (at, ring) in rings.iter().enumerate() {
        let side = if at == 0 { "outerBoundaryIs" } else { "innerBoundaryIs" };
        let _ = write!(out, "<{side}><LinearRing><coordinates>{}</coordinates></LinearRing></{side}>", line(ring));
    }
    out.push_str("</Polygon>\n");
    out
}
