//! Pages that need no scripts: lists, events, documents, report, map, exports.
//!
//! In: a path and a query. Out: a status, a media type and bytes. Opens the record anew for each page, so a report added meanwhile
//! shows up on the next one. Readers' names are always replaced.

use sitrep::model::{Contents, Date, Filter};
use sitrep::show::map::MapOptions;
use sitrep::show::report::{Markup, ReportOptions};
use sitrep::show::{Names, map, pages, report};
use sitrep::{Record, control, places, readers};

use crate::app::App;
use crate::files;
use crate::query::Query;

/// What goes back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) media_type: &'static str,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn ok(media_type: &'static str, body: impl Into<Vec<u8>>) -> Answer {
        Answer { status: 200, media_type, body: body.into() }
    }

    fn html(body: String) -> Answer {
        Answer::ok("text/html; charset=utf-8", body)
    }

    pub(crate) fn missing(what: &str) -> Answer {
        Answer { status: 404, ..Answer::html(pages::not_found(what)) }
    }

    fn refused(status: u16, why: &str) -> Answer {
        Answer { status, ..Answer::ok("text/plain; charset=utf-8", format!("{why}\n")) }
    }
}

/// What was asked, understood.
struct Asked<'q> {
    query: &'q Query,
    filter: &'q Filter,
    on: Option<Date>,
}

/// What is served under `path`.
pub(crate) fn answer(app: &App, path: &str, query: &Query) -> Answer {
    let (filter, on) = match (query.filter(), query.day("on")) {
        (Ok(filter), Ok(on)) => (filter, on),
        (Err(why), _) | (_, Err(why)) => return Answer::refused(400, &why),
    };
    let asked = Asked { query, filter: &filter, on };
    match found(app, path, &asked) {
        Ok(Some(answer)) => answer,
        Ok(None) => Answer::missing(path),
        Err(error) => Answer::refused(500, &format!("{error:#}")),
    }
}

fn found(app: &App, path: &str, asked: &Asked<'_>) -> anyhow::Result<Option<Answer>> {
    if path == "/style.css" {
        return Ok(Some(Answer::ok("text/css; charset=utf-8", pages::STYLE)));
    }
    let record = app.record()?;
    if let Some(sha256) = path.strip_prefix("/media/") {
        return Ok(record.thumbnail(sha256)?.map(|still| Answer::ok("image/jpeg", still)));
    }
    // Who held a place is judged from everything said of it, so its page names the place without filtering by it.
    let everything = Filter::default();
    let contents = readers::contents(&record, if path == "/control" { &everything } else { asked.filter })?;
    let key = record.readers_key()?;
    let names = Names::Pseudonyms(&key);
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    Ok(match parts.as_slice() {
        ["plain"] => Some(Answer::html(pages::index(&contents))),
        ["events"] => Some(Answer::html(pages::events(&contents, asked.filter, asked.query.page()))),
        ["events", id] => pages::event(&contents, id, names, &sitrep::comparisons(&contents, id)).map(Answer::html),
        ["claims", id] => pages::claim(&contents, id, names, &sitrep::comparisons(&contents, id)).map(Answer::html),
        ["documents", id] => document_page(&record, &contents, id, names)?.map(Answer::html),
        ["disputes"] => Some(Answer::html(pages::disputes(&contents))),
        ["forecasts"] => Some(Answer::html(pages::forecasts(&contents))),
        ["sources"] => Some(Answer::html(pages::sources(&contents))),
        ["about"] => Some(Answer::html(pages::about(&contents))),
        ["about.json"] => Some(files::about(&contents)?),
        ["threads"] => Some(Answer::html(pages::threads(&contents, None, names))),
        ["threads", id] if contents.documents.iter().any(|document| document.id.as_str() == *id) => {
            Some(Answer::html(pages::threads(&contents, Some(id), names)))
        }
        ["control"] => Some(control_page(&contents, asked)),
        ["map"] => {
            Some(with_map(&contents, asked.on, |options| Answer::html(pages::map(&contents, &app.outlines, options))))
        }
        ["map.svg"] => Some(with_map(&contents, asked.on, |options| {
            Answer::ok("image/svg+xml", map::svg(&contents, &app.outlines, options))
        })),
        // To be kept: with its styles inside, so that it looks the same wherever it is opened.
        ["report"] if asked.query.value("bare") == Some("kept") => {
            let options = ReportOptions { since: asked.filter.since, until: asked.filter.until, names };
            Some(Answer::html(report::report(&contents, Markup::Html, &options)))
        }
        ["report"] if asked.query.value("bare").is_some() => Some(Answer::html(pages::bare_report(&contents, names))),
        ["report"] => Some(Answer::html(pages::report(&contents, names))),
        ["report.md"] => {
            let options = ReportOptions { since: asked.filter.since, until: asked.filter.until, names };
            let text = report::report(&contents, Markup::Markdown, &options);
            Some(Answer::ok("text/markdown; charset=utf-8", text))
        }
        ["export", format] => files::export(&contents, format, asked.query, names),
        _ => None,
    })
}

fn document_page(record: &Record, contents: &Contents, id: &str, names: Names<'_>) -> anyhow::Result<Option<String>> {
    let document = contents.documents.iter().find(|document| document.id.as_str() == id);
    let stills = document.map(|document| record.thumbnail_sizes(document)).transpose()?.unwrap_or_default();
    Ok(pages::document(contents, id, names, &stills))
}

fn control_page(contents: &Contents, asked: &Asked<'_>) -> Answer {
    let place = asked.query.value("place").unwrap_or("");
    let answer = (!place.is_empty()).then(|| control(contents, place, asked.on));
    let day = asked.on.map(|day| day.to_string()).unwrap_or_default();
    Answer::html(pages::control(contents, place, &day, answer.as_ref()))
}

fn with_map(contents: &Contents, on: Option<Date>, draw: impl Fn(&MapOptions<'_>) -> Answer) -> Answer {
    let control = places::control(contents, on);
    draw(&MapOptions { on, control: &control, ..MapOptions::default() })
}
