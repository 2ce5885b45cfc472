//! Plain words for one page: where it came from, what it shares with other pages and why that was decided, what a version changed.
//!
//! In: contents and a page. Out: text. Quotes what it speaks of.

use std::fmt::Write as _;

use sitrep_model::{Change, Contents, Document, Media, PageCopy, PageEntry, PageId};

use crate::page_entries::{copies_of, entries, shares, sides, translation_says};
use crate::report::phrases::how_known;
use crate::visible::{brief, one_line};
use crate::words;

/// Passages and changes told of one copy; the lists have all.
const MOST_TOLD: usize = 12;

/// Everything about one page; `None` when there is no such page.
pub(crate) fn why(contents: &Contents, id: &str) -> Option<String> {
    let entry = entries(contents).into_iter().find(|entry| entry.id.as_str() == id)?;
    let mut out = format!("Page {}\n", entry.id);
    facts(&mut out, &entry);
    for item in &entry.media {
        field(&mut out, "Media", &media_says(item));
    }
    for note in &entry.notes {
        field(&mut out, "Note", &note.message);
    }
    for copy in copies_of(contents, &entry.id) {
        out.push('\n');
        told(&mut out, contents, copy, &entry.id);
    }
    if entry.copies.is_empty() {
        field(
            &mut out,
            "Copies",
            "no other page of this record shares a passage of its article that is long enough to tell",
        );
    }
    Some(out)
}

fn facts(out: &mut String, entry: &PageEntry) {
    field(out, "Input", &entry.path);
    for (name, value) in [("Title", &entry.title), ("Outlet", &entry.outlet), ("Address", &entry.url)] {
        if let Some(value) = value {
            field(out, name, value);
        }
    }
    let published = match &entry.published {
        Some(it) => {
            format!("{}, known from {}, sure {:.2} of 1", words::day(it.date), how_known(it.how), it.confidence)
        }
        None => "not known".to_owned(),
    };
    field(out, "Published", &published);
    for (name, day) in [("Changed", entry.modified), ("Saved", entry.retrieved)] {
        if let Some(day) = day {
            field(out, name, &words::day(day));
        }
    }
    let carrier = entry.carrier.as_deref().map(|kind| format!(", from a carrier of kind {kind}")).unwrap_or_default();
    field(out, "Bytes", &format!("{} bytes, {}{carrier}", entry.n_bytes, entry.media_type.as_str()));
    let collector = entry.collector.as_deref().map(|name| format!("collected by {name}"));
    let tool = Some(&entry.tool).filter(|tool| !tool.is_empty()).map(|tool| format!("taken in by {tool}"));
    let custody: Vec<String> = collector.into_iter().chain(tool).collect();
    if !custody.is_empty() {
        field(out, "Custody", &custody.join(", "));
    }
    field(out, "SHA-256", &entry.sha256);
    if let Some(language) = &entry.language {
        field(out, "Language", language);
    }
    field(out, "Holds", &format!("{} claims, {} readers’ comments", entry.n_claims, entry.n_comments));
    if let Some(translation) = &entry.translation {
        field(out, "Translation", &translation_says(translation));
    }
}

fn told(out: &mut String, contents: &Contents, copy: &PageCopy, page: &PageId) {
    let _ = writeln!(out, "  {}", crate::page_entries::copy_says(copy, page));
    let _ = writeln!(out, "    {}", shares(copy, page));
    let Some((own, other)) = sides(contents, copy, page) else { return };
    let _ = writeln!(out, "    the other: {}", one_line(&name(other)));
    let is_page = copy.page == *page;
    for passage in copy.passages.iter().take(MOST_TOLD) {
        let (here, there) = if is_page { (passage.at, passage.of) } else { (passage.of, passage.at) };
        let text = one_line(&brief(here.of(&own.text)));
        let _ =
            writeln!(out, "    “{text}” (bytes {}–{} here, {}–{} there)", here.start, here.end, there.start, there.end);
    }
    if copy.passages.len() > MOST_TOLD {
        let _ = writeln!(out, "    and {} shorter passages", copy.passages.len() - MOST_TOLD);
    }
    if !copy.changes.is_empty() {
        let (old, new) = if is_page { (&copy.of, &copy.page) } else { (page, &copy.page) };
        let _ = writeln!(out, "    what differs, from {old} to {new}:");
    }
    for change in copy.changes.iter().take(MOST_TOLD) {
        let _ = writeln!(out, "      {}", one_line(&change_says(change)));
    }
    if copy.changes.len() > MOST_TOLD {
        let _ = writeln!(out, "      and {} more", copy.changes.len() - MOST_TOLD);
    }
}

fn name(document: &Document) -> String {
    let title = document.title.as_deref().unwrap_or(&document.path);
    let day = document.published.as_ref().map(|it| format!(", {}", words::day(it.date))).unwrap_or_default();
    format!("{}, “{title}”{day}", crate::index::outlet(document))
}

/// "changed: “12” to “15”", "added: “…”", "removed: “…”"
pub(crate) fn change_says(change: &Change) -> String {
    match (&change.before, &change.after) {
        (Some(_), Some(_)) if change.was.is_empty() => format!("changed: “{}” put in", change.now),
        (Some(_), Some(_)) if change.now.is_empty() => format!("changed: “{}” left out", change.was),
        (Some(_), Some(_)) => format!("changed: “{}” to “{}”", change.was, change.now),
        (None, _) => format!("added: “{}”", change.now),
        (Some(_), None) => format!("removed: “{}”", change.was),
    }
}

/// "image blast.jpg; caption “…”; credit “…”; the file says: …"
pub(crate) fn media_says(item: &Media) -> String {
    let kind = format!("{:?}", item.kind).to_lowercase();
    let mut parts = vec![format!("{kind} {}", item.src)];
    let mut add = |name: &str, value: &Option<String>| parts.extend(value.as_ref().map(|it| format!("{name} “{it}”")));
    add("caption", &item.caption);
    add("provided by", &item.credit);
    if let Some((width, height)) = item.width_px.zip(item.height_px) {
        parts.push(format!("{width} × {height} pixels"));
    }
    match &item.sha256 {
        Some(sha256) => parts.push(format!("sha256 {sha256}")),
        None => parts.push("the file was not beside the page".to_owned()),
    }
    if let Some(says) = file_says(item) {
        parts.push(format!("the file says: {says}"));
    }
    parts.join("; ")
}

/// What a file says about itself, in words; never a fact.
pub(crate) fn file_says(item: &Media) -> Option<String> {
    let says = item.file_says.as_ref()?;
    let taken = says.taken.as_ref().map(|it| format!("taken {it}"));
    let place = says.lat.zip(says.lon).map(|(lat, lon)| format!("at {lat:.5}, {lon:.5}"));
    let device = says.device.as_ref().map(|it| format!("with {it}"));
    let parts: Vec<String> = [taken, place, device].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn field(out: &mut String, name: &str, text: &str) {
    let _ = writeln!(out, "  {name:<11} {}", one_line(text));
}
