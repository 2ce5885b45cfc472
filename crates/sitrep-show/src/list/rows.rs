//! The rows of a list as cells of text: what a table shows and what the CSV of the smaller lists holds.
//!
//! In: contents. Out: [`Rows`]. Cells are whole and unescaped; fitting them is the table's work, escaping the CSV writer's.

use sitrep_model::{ActorRef, Claim, Contents, Event, Forecast};

use super::{List, ListOptions, tally};
use crate::index::Index;
use crate::page_entries::{self, translation_says};
use crate::report::phrases::how_known;
use crate::words;

/// A column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) name: &'static str,
    /// Numbers stand to the right.
    pub(super) number: bool,
    /// Ids and dates are never cut.
    pub(super) whole: bool,
    /// What the row is about; cut last.
    pub(super) main: bool,
}

/// A list as text.
#[derive(Debug, Clone)]
pub(super) struct Rows {
    pub(super) columns: Vec<Column>,
    pub(super) cells: Vec<Vec<String>>,
}

impl Rows {
    /// Columns from a spec: `#name` is a number, `!name` is never cut, `*name` is cut last.
    pub(super) fn new(spec: &[&'static str], cells: Vec<Vec<String>>) -> Rows {
        let column = |spec: &&'static str| Column {
            name: spec.trim_start_matches(['#', '!', '*']),
            number: spec.starts_with('#'),
            whole: spec.starts_with('#') || spec.starts_with('!'),
            main: spec.starts_with('*'),
        };
        Rows { columns: spec.iter().map(column).collect(), cells }
    }
}

pub(super) fn rows(contents: &Contents, what: List, options: &ListOptions<'_>) -> Rows {
    match what {
        List::Claims => claims(contents),
        List::Events => events(contents),
        List::Disputes => disputes(contents),
        List::Forecasts => forecasts(contents),
        List::Links => links(contents),
        List::Threads => threads(contents, options),
        List::Places => places(contents),
        List::Actors => actors(contents),
        List::Sources => sources(contents, options),
        List::Pages => pages(contents),
    }
}

fn claims(contents: &Contents) -> Rows {
    let index = Index::of(contents);
    let row = |claim: &Claim| {
        vec![
            claim.claim_id.to_string(),
            claim.time.as_ref().map(words::when_short).unwrap_or_default(),
            claim.event.as_str().to_owned(),
            who(claim),
            claim.place.as_ref().map(words::place_short).unwrap_or_default(),
            words::speaker_short(claim, index.outlet_of(claim)),
            status(claim),
        ]
    };
    let spec = ["!id", "!date", "what", "*who", "where", "according to", "status"];
    Rows::new(&spec, contents.claims.iter().map(row).collect())
}

/// "A → B": who did it, to whom.
fn who(claim: &Claim) -> String {
    match claim.targets.is_empty() {
        true => names(&claim.actors),
        false => format!("{} → {}", names(&claim.actors), names(&claim.targets)).trim_start().to_owned(),
    }
}

/// How real, where it is not simply so: the plain case would only fill the column.
fn status(claim: &Claim) -> String {
    let is_negated = claim.polarity == sitrep_model::Polarity::Negated;
    match (is_negated, claim.status) {
        (false, sitrep_model::Status::Occurred) => String::new(),
        (true, sitrep_model::Status::Occurred) => "not so".to_owned(),
        (false, status) => status.as_str().to_owned(),
        (true, status) => format!("not {}", status.as_str()),
    }
}

fn events(contents: &Contents) -> Rows {
    let row = |event: &Event| {
        vec![
            event.event_id.to_string(),
            event.time.as_ref().map(words::when_short).unwrap_or_default(),
            event.summary.clone(),
            event.accounts.len().to_string(),
            event.roots.to_string(),
            if event.disputes.is_empty() { String::new() } else { "disputed".to_owned() },
        ]
    };
    // The sentence tells the place too.
    let spec = ["!id", "!date", "*what", "#told", "#roots", "disputed"];
    Rows::new(&spec, contents.events.iter().map(row).collect())
}

fn disputes(contents: &Contents) -> Rows {
    let row = |dispute: &sitrep_model::Dispute| {
        let side = |side: &sitrep_model::DisputeSide| {
            format!("{} ({})", side.value, words::count(side.claims.len(), "claim", "claims"))
        };
        vec![
            dispute.dispute_id.to_string(),
            dispute.event_id.to_string(),
            dispute.field.as_str().to_owned(),
            dispute.sides.iter().map(side).collect::<Vec<_>>().join(" | "),
            dispute.reading.clone(),
        ]
    };
    Rows::new(&["!id", "!event", "about", "*sides", "reading"], contents.disputes.iter().map(row).collect())
}

fn forecasts(contents: &Contents) -> Rows {
    let row = |forecast: &Forecast| {
        let likelihood = forecast.likelihood.as_ref().map(|it| {
            let word = it.word.as_deref().unwrap_or("no word");
            format!("{word} ({:.0}–{:.0}%)", it.low * 100.0, it.high * 100.0)
        });
        vec![
            forecast.forecast_id.to_string(),
            forecast.window.map(|[from, to]| format!("{from}/{to}")).unwrap_or_default(),
            forecast.state.as_str().replace('_', " "),
            forecast.criteria.clone(),
            likelihood.unwrap_or_default(),
            forecast.brier.map(|brier| format!("{:.2}", brier.mid)).unwrap_or_default(),
            forecast.log_score.map(|score| format!("{:.2}", score.mid)).unwrap_or_default(),
            forecast.history.last().map(|step| step.as_of.to_string()).unwrap_or_default(),
        ]
    };
    Rows::new(
        &["!id", "!window", "state", "*what", "likelihood", "#brier", "#log", "!since"],
        contents.forecasts.iter().map(row).collect(),
    )
}

fn links(contents: &Contents) -> Rows {
    let row = |link: &sitrep_model::Link| {
        let field = link.field.clone().unwrap_or_default();
        vec![link.from.to_string(), link.kind.as_str().to_owned(), link.to.to_string(), field, link.why.clone()]
    };
    Rows::new(&["!from", "kind", "!to", "field", "*why"], contents.links.iter().map(row).collect())
}

fn threads(contents: &Contents, options: &ListOptions<'_>) -> Rows {
    let mut cells = Vec::new();
    for document in &contents.documents {
        for comment in &document.comments {
            let labels: Vec<String> = comment.labels.iter().map(|label| format!("{label:?}").to_lowercase()).collect();
            cells.push(vec![
                comment.id.to_string(),
                comment.parent.as_ref().map(ToString::to_string).unwrap_or_default(),
                comment.depth.to_string(),
                comment.author.as_deref().map(|name| options.names.shown(name).into_owned()).unwrap_or_default(),
                comment.time.clone().unwrap_or_default(),
                labels.join(" "),
                comment.span.of(&document.text).to_owned(),
            ]);
        }
    }
    Rows::new(&["!id", "!parent", "#depth", "author", "time", "labels", "*text"], cells)
}

fn places(contents: &Contents) -> Rows {
    let degrees = |value: Option<f64>| value.map(|value| format!("{value:.4}")).unwrap_or_default();
    let row = |row: tally::PlaceRow| {
        vec![
            row.name,
            row.kind.unwrap_or_default(),
            row.country.unwrap_or_default(),
            row.status.to_owned(),
            degrees(row.lat),
            degrees(row.lon),
            row.radius_km.map(words::number).unwrap_or_default(),
            row.claims.to_string(),
            row.events.to_string(),
        ]
    };
    let spec = ["name", "kind", "country", "status", "#lat", "#lon", "#radius km", "#claims", "#events"];
    Rows::new(&spec, tally::places(contents).into_iter().map(row).collect())
}

fn actors(contents: &Contents) -> Rows {
    let row = |row: tally::ActorRow| {
        vec![
            row.name,
            row.kind.unwrap_or_default(),
            row.member_of.join("; "),
            row.as_actor.to_string(),
            row.as_target.to_string(),
            row.actor_id.unwrap_or_default(),
        ]
    };
    let spec = ["name", "kind", "part of", "#as actor", "#as target", "id"];
    Rows::new(&spec, tally::actors(contents).into_iter().map(row).collect())
}

fn sources(contents: &Contents, options: &ListOptions<'_>) -> Rows {
    let row = |row: tally::SourceRow| {
        let noted = [row.alignment, row.owner, row.family, row.language];
        let rated = [row.rater, row.on, row.why];
        let mut cells = vec![row.name, row.kind.to_owned(), row.reports.to_string(), row.claims.to_string()];
        cells.push(row.reliability.to_owned());
        cells.extend(noted.into_iter().chain(rated).map(Option::unwrap_or_default));
        cells
    };
    let names = ["name", "type", "#reports", "#claims", "reliability"];
    let noted = ["alignment", "owner", "family", "language", "rater", "on", "why"];
    let spec: Vec<&str> = names.into_iter().chain(noted).collect();
    Rows::new(&spec, tally::sources(contents, options).into_iter().map(row).collect())
}

/// What of a source fits a terminal; the CSV and JSONL have all of it. A register that is empty has no columns.
pub(super) fn source_table(contents: &Contents, options: &ListOptions<'_>) -> Rows {
    let short = if contents.register.is_empty() { 4 } else { 7 };
    let mut rows = sources(contents, options);
    rows.columns.truncate(short);
    rows.cells.iter_mut().for_each(|row| row.truncate(short));
    rows
}

/// What of a page fits a terminal; the CSV and JSONL have all of it.
pub(super) fn page_table(contents: &Contents) -> Rows {
    const SHORT: [usize; 6] = [0, 1, 2, 3, 4, 5];
    let whole = pages(contents);
    let path = whole.columns.iter().position(|column| column.name == "path").unwrap_or(0);
    let cells = whole.cells.into_iter().map(|mut row| {
        if row[3].is_empty() {
            row[3] = row[path].clone();
        }
        SHORT.map(|at| row[at].clone()).to_vec()
    });
    Rows { columns: SHORT.map(|at| whole.columns[at]).to_vec(), cells: cells.collect() }
}

fn pages(contents: &Contents) -> Rows {
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let row = |entry: sitrep_model::PageEntry| {
        let how = entry.published.as_ref().map(|it| how_known(it.how).to_owned());
        let sure = entry.published.as_ref().map(|it| format!("{:.2}", it.confidence));
        let copies = entry.copies.iter().map(|copy| copy.says.clone());
        let translation = entry.translation.as_ref().map(translation_says);
        vec![
            entry.id.to_string(),
            day(entry.published.as_ref().map(|it| it.date)),
            entry.outlet.unwrap_or_default(),
            entry.title.unwrap_or_default(),
            copies.chain(translation).collect::<Vec<_>>().join("; "),
            entry.n_claims.to_string(),
            entry.n_comments.to_string(),
            how.unwrap_or_default(),
            sure.unwrap_or_default(),
            day(entry.modified),
            entry.language.unwrap_or_default(),
            entry.media_type.as_str().to_owned(),
            entry.carrier.unwrap_or_default(),
            entry.path,
            entry.url.unwrap_or_default(),
            entry.notes.iter().map(|note| note.message.as_str()).collect::<Vec<_>>().join("; "),
        ]
    };
    let spec = [
        "!id",
        "!published",
        "outlet",
        "*title",
        "*copies",
        "#claims",
        "#comments",
        "known from",
        "#sure",
        "!changed",
        "language",
        "kind",
        "carrier",
        "path",
        "url",
        "notes",
    ];
    Rows::new(&spec, page_entries::entries(contents).into_iter().map(row).collect())
}

fn names(actors: &[ActorRef]) -> String {
    actors.iter().map(|actor| actor.name.as_str()).collect::<Vec<_>>().join("; ")
}
