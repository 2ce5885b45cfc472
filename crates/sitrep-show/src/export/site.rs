//! A static site of the record: the workbench's own pages as files that link to each other, and the report as Markdown.
//!
//! In: contents. Out: HTML files, one style sheet, one map; they open from a disk. What needs a server (filters, control on a day, the
//! page of a single claim) is left out, and links to it lead to the passage in its document instead.

use std::collections::BTreeMap;
use std::io;

use sitrep_model::{Claim, Contents, Outlines};

use super::loss::Lost;
use super::{ExportOptions, Files, Loss};
use crate::index::Index;
use crate::map::{self, MapOptions};
use crate::pages::{self, parts_of_site};
use crate::report::{Markup, ReportOptions, report};

pub(super) fn markdown(contents: &Contents, options: &ExportOptions<'_>, files: &mut dyn Files) -> io::Result<Loss> {
    let told = report(contents, Markup::Markdown, &ReportOptions { names: options.names, ..ReportOptions::default() });
    files.file("report.md")?.write_all(told.as_bytes())?;
    let mut loss = Loss::default();
    loss.parts(contents, &[Lost::Areas, Lost::Links, Lost::NearMisses, Lost::Comments, Lost::Texts]);
    Ok(loss)
}

pub(super) fn site(contents: &Contents, options: &ExportOptions<'_>, files: &mut dyn Files) -> io::Result<Loss> {
    let index = Index::of(contents);
    let links = Links::of(contents);
    let nowhere = Outlines::default();
    let outlines = options.outlines.unwrap_or(&nowhere);
    let mut put = |name: &str, page: &str| -> io::Result<()> {
        files.file(name)?.write_all(links.on_disk(page, name.matches('/').count()).as_bytes())
    };
    put("index.html", &pages::index(contents))?;
    put("style.css", pages::STYLE)?;
    put("map.svg", &map::svg(contents, outlines, &MapOptions::default()))?;
    for number in 1..=pages::event_screens(contents) {
        put(&screen(number), &pages::events(contents, &sitrep_model::Filter::default(), number))?;
    }
    put("disputes.html", &pages::disputes(contents))?;
    put("forecasts.html", &pages::forecasts(contents))?;
    put("map.html", &pages::map(contents, outlines, &MapOptions::default()))?;
    put("threads.html", &pages::threads(contents, None, options.names))?;
    put("sources.html", &pages::sources(contents))?;
    put("report.html", &pages::report(contents, options.names))?;
    put("about.html", &pages::about(contents))?;
    for event in &contents.events {
        put(&format!("events/{}.html", event.event_id), &parts_of_site::event(&index, event, options.names))?;
    }
    let mut claims: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
    for claim in &contents.claims {
        claims.entry(claim.document.as_str()).or_default().push(claim);
    }
    for document in &contents.documents {
        let claims = claims.get(document.id.as_str()).map_or(&[][..], Vec::as_slice);
        let page = parts_of_site::document(&index, contents, document, claims, options.names);
        put(&format!("documents/{}.html", document.id), &page)?;
    }
    let mut loss = Loss::default();
    loss.add("pages of single claims (each claim is marked in its document)", contents.claims.len());
    loss.parts(contents, &[Lost::Links]);
    Ok(loss)
}

fn screen(number: usize) -> String {
    if number == 1 { "events.html".to_owned() } else { format!("events-{number}.html") }
}

/// Where addresses of the workbench lead on a disk.
struct Links<'c> {
    /// Document and comment a claim stands in.
    claims: BTreeMap<&'c str, (&'c str, Option<&'c str>)>,
}

/// What only a server can answer.
const CONTROL: &str = "<li><a href=\"/control\">Control</a></li>";

impl<'c> Links<'c> {
    fn of(contents: &'c Contents) -> Links<'c> {
        let comment = |claim: &'c Claim| claim.comment_id.as_ref().map(sitrep_model::CommentId::as_str);
        let stands = |claim: &'c Claim| (claim.claim_id.as_str(), (claim.document.as_str(), comment(claim)));
        Links { claims: contents.claims.iter().map(stands).collect() }
    }

    /// The page with every address turned into that of a file, `depth` folders down; forms are taken out.
    fn on_disk(&self, page: &str, depth: usize) -> String {
        let up = "../".repeat(depth);
        let mut out = String::with_capacity(page.len());
        let page = page.replace(CONTROL, "");
        let mut rest = page.as_str();
        // Only our own markup has these: quotation marks of sources are escaped.
        while let Some(at) = rest.find("<form").into_iter().chain(rest.find("href=\"/")).min() {
            out.push_str(&rest[..at]);
            let here = &rest[at..];
            if here.starts_with("<form") {
                rest = here.find("</form>").map_or("", |end| &here[end + "</form>".len()..]);
                continue;
            }
            let address = &here["href=\"".len()..];
            let end = address.find('"').unwrap_or(address.len());
            match self.file(&address[..end]) {
                Some(file) => out.push_str(&format!("href=\"{up}{file}")),
                None => out.push_str("data-needs-server=\""),
            }
            rest = &address[end..];
        }
        out.push_str(rest);
        out
    }

    /// The file an address leads to; `None` when only a server can answer it.
    fn file(&self, address: &str) -> Option<String> {
        let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let file = match path.trim_start_matches('/').split('/').collect::<Vec<_>>()[..] {
            ["" | "plain"] => "index.html".to_owned(),
            ["style.css"] => "style.css".to_owned(),
            ["map.svg"] => "map.svg".to_owned(),
            ["events"] => {
                let number = query.split("&amp;").find_map(|pair| pair.strip_prefix("page=")?.parse().ok());
                screen(number.unwrap_or(1))
            }
            [list @ ("disputes" | "forecasts" | "map" | "threads" | "sources" | "report" | "about")] => {
                format!("{list}.html")
            }
            ["events", id] => format!("events/{id}.html"),
            ["documents", id] => format!("documents/{id}.html"),
            ["threads", _] => "threads.html".to_owned(),
            ["claims", id] => match self.claims.get(id)? {
                (_, Some(comment)) => format!("threads.html#{comment}"),
                (document, None) => format!("documents/{document}.html#passage-{id}"),
            },
            _ => return None,
        };
        Some(if fragment.is_empty() { file } else { format!("{file}#{fragment}") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_files_and_forms_go() {
        let links = Links { claims: BTreeMap::from([("c_1", ("d_1", None)), ("c_2", ("d_1", Some("m_1")))]) };
        let page = "<a href=\"/\">x</a><form action=\"/events\"><input></form><a href=\"/claims/c_1\"></a><a href=\"/control?place=x\"></a>\
<a href=\"/events?place=a&amp;page=3\"></a><a href=\"#main\"></a><a href=\"/claims/c_2\">";
        let told = links.on_disk(page, 1);
        let expected = "<a href=\"../index.html\">x</a><a href=\"../documents/d_1.html#passage-c_1\"></a><a data-needs-server=\"\"></a>\
<a href=\"../events-3.html\"></a><a href=\"#main\"></a><a href=\"../threads.html#m_1\">";
        assert_eq!(told, expected);
    }
}
