//! FollowTheMoney entities, one a line: Article, Event, Organization, Message and UserAccount (readers' threads), Mention, Similar
//! (events that are perhaps the same), Note (claims, for which the model has no schema).
//!
//! In: contents. Out: one file. Every value is a list of texts; ids are the record's with `-` for `_`, which the model forbids. Never a reader's name, never a hash of another kind than the model means.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde_json::{Map, Value, json};
use sitrep_model::{ActorRef, BlockKind, Claim, Contents, Document, Event, content_id};

use super::dyads::{Body, body, is_named};
use super::events;
use super::loss::Lost;
use super::{ExportOptions, Files, Loss};
use crate::Names;
use crate::index::{Index, outlet};
use crate::list::jsonl;
use crate::words;

/// Properties of one entity.
#[derive(Default)]
struct Properties(Map<String, Value>);

impl Properties {
    fn all(&mut self, name: &str, values: impl IntoIterator<Item = String>) {
        let mut seen = BTreeSet::new();
        let values: Vec<String> =
            values.into_iter().filter(|it| !it.trim().is_empty() && seen.insert(it.clone())).collect();
        if !values.is_empty() {
            self.0.insert(name.to_owned(), json!(values));
        }
    }

    fn one(&mut self, name: &str, value: Option<impl ToString>) {
        self.all(name, value.map(|it| it.to_string()));
    }

    /// A reference to another entity.
    fn to(&mut self, name: &str, id: Option<impl ToString>) {
        self.one(name, id.map(|id| entity_id(&id.to_string())));
    }

    fn write(self, id: &str, schema: &str, out: &mut dyn Write) -> io::Result<()> {
        jsonl::line(&json!({ "id": entity_id(id), "schema": schema, "properties": self.0 }), out)
    }
}

/// The model's ids hold letters, digits, dots and hyphens.
fn entity_id(id: &str) -> String {
    id.replace('_', "-")
}

pub(super) fn ftm(contents: &Contents, options: &ExportOptions<'_>, files: &mut dyn Files) -> io::Result<Loss> {
    let index = Index::of(contents);
    let out = files.file("entities.ftm.jsonl")?;
    for document in &contents.documents {
        article(document, out)?;
        messages(document, options.names, out)?;
    }
    organisations(contents, out)?;
    for event in &contents.events {
        write_event(event, &index, out)?;
    }
    for claim in &contents.claims {
        note(claim, &index, out)?;
    }
    mentions(contents, out)?;
    similar(contents, out)?;
    let mut loss = Loss::default();
    let ranges = contents.events.iter().filter(|it| events::is_open(it)).count();
    loss.add("events of which one end of the time is open (the other end is given)", ranges);
    let located =
        contents.events.iter().filter(|it| it.place.as_ref().is_some_and(|place| place.lat.is_some())).count();
    loss.add("coordinates of events (the place is named)", located);
    loss.add("hashes of pages (the model means SHA-1; SHA-256 is kept in the notes)", contents.pages.len());
    loss.parts(contents, &[Lost::Sides, Lost::Forecasts, Lost::Links]);
    Ok(loss)
}

fn article(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let mut it = Properties::default();
    it.one("title", Some(document.title.as_deref().unwrap_or(&document.path)));
    it.one("author", document.byline.as_ref());
    it.one("publisher", document.outlet.as_ref());
    it.one("publishedAt", document.published.as_ref().map(|it| it.date));
    it.one("sourceUrl", document.url.as_ref().filter(|url| url.starts_with("http")));
    it.one("language", document.language.as_deref().and_then(iso_639_3));
    let text: Vec<&str> = document
        .blocks
        .iter()
        .filter(|it| it.kind != BlockKind::Headline)
        .map(|it| it.span.of(&document.text))
        .collect();
    it.one("bodyText", Some(text.join("\n\n")));
    it.one("notes", Some(format!("page {}", document.page)));
    it.write(document.id.as_str(), "Article", out)
}

/// The model wants codes of three letters; only languages the program reads are named.
fn iso_639_3(tag: &str) -> Option<&'static str> {
    (tag.split('-').next() == Some("en")).then_some("eng")
}

fn messages(document: &Document, names: Names<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut accounts: BTreeSet<String> = BTreeSet::new();
    for comment in &document.comments {
        let reader = comment.author.as_deref().map_or("a reader".into(), |name| names.shown(name)).into_owned();
        let account = content_id("u", &[document.id.as_str(), &reader]);
        // The model wants somebody who sends: a pseudonym, who owns the account.
        let sender = content_id("r", &[document.id.as_str(), &reader]);
        if accounts.insert(account.clone()) {
            let mut it = Properties::default();
            it.one("name", Some(&reader));
            it.write(&sender, "LegalEntity", out)?;
            let mut it = Properties::default();
            it.one("username", Some(&reader));
            it.to("owner", Some(&sender));
            it.one("service", document.outlet.as_ref());
            it.write(&account, "UserAccount", out)?;
        }
        let mut it = Properties::default();
        it.to("sender", Some(&sender));
        it.to("senderAccount", Some(account));
        it.one("threadTopic", document.title.as_ref());
        it.to("proof", Some(&document.id));
        it.to("inReplyToMessage", comment.parent.as_ref());
        it.one("date", comment.date);
        it.one("bodyText", Some(comment.span.of(&document.text)));
        it.one("notes", (!comment.labels.is_empty()).then(|| format!("set apart: {}", comment.reasons.join("; "))));
        it.write(comment.id.as_str(), "Message", out)?;
    }
    Ok(())
}

/// Bodies that go by a name; a number of men is none.
fn organisation(actor: &ActorRef) -> Option<String> {
    let is_body = actor.actor_id.is_some() || (is_named(actor) && body(actor).is_some_and(|it| it != Body::Civilians));
    is_body.then(|| content_id("a", &[actor.actor_id.as_deref().unwrap_or(&actor.name)]))
}

fn organisations(contents: &Contents, out: &mut dyn Write) -> io::Result<()> {
    let mut bodies: BTreeMap<String, &ActorRef> = BTreeMap::new();
    let in_events = contents.events.iter().flat_map(|it| it.actors.iter().chain(&it.targets));
    let in_claims = contents.claims.iter().flat_map(|it| it.actors.iter().chain(&it.targets));
    for actor in in_events.chain(in_claims) {
        if let Some(id) = organisation(actor) {
            bodies.entry(id).or_insert(actor);
        }
    }
    for (id, actor) in bodies {
        let mut it = Properties::default();
        it.one("name", Some(&actor.name));
        it.one("classification", actor.kind.as_ref());
        it.write(&id, "Organization", out)?;
    }
    Ok(())
}

fn write_event(event: &Event, index: &Index<'_>, out: &mut dyn Write) -> io::Result<()> {
    let told = events::told(event, index);
    let place = event.place.as_ref();
    let mut it = Properties::default();
    it.one("name", Some(&event.summary));
    it.one("recordId", Some(&event.event_id));
    if let Some((from, to)) = events::days(event) {
        it.one("startDate", Some(from));
        it.one("endDate", Some(to));
        it.one("date", (from == to).then_some(from));
    }
    it.one("location", place.map(words::place_short));
    it.one("country", place.and_then(|it| it.country.as_ref()).map(|code| code.to_lowercase()));
    it.all("involved", event.actors.iter().chain(&event.targets).filter_map(organisation).map(|id| entity_id(&id)));
    it.all("proof", told.iter().filter(|it| it.claim.is_reporting()).map(|it| entity_id(it.document.id.as_str())));
    it.all("publisher", told.iter().filter(|it| it.claim.is_reporting()).map(|it| outlet(it.document).to_owned()));
    it.all("keywords", [event.event.to_string()]);
    let disputed = events::disputed(event, index);
    let disputed = if disputed.is_empty() { String::new() } else { format!("; disputed: {disputed}") };
    let sure = format!(
        "Reported, not verified; {}; {}; grade {} of 6: {}{disputed}",
        events::status(&told),
        words::support(event),
        event.grade.information,
        event.grade.why
    );
    it.all("notes", std::iter::once(sure).chain(event.quantities.iter().map(words::quantity)));
    it.write(event.event_id.as_str(), "Event", out)
}

fn note(claim: &Claim, index: &Index<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut it = Properties::default();
    let event = index.event_of(claim.claim_id.as_str());
    it.to("entity", Some(event.map_or(claim.document.as_str(), |event| event.event_id.as_str())));
    let by = match claim.is_reporting() {
        true => words::holders(claim, index.outlet_of(claim)),
        false => "a reader".to_owned(),
    };
    it.one("name", Some(format!("{} {}: {}", words::event_type(claim.event), claim.status.as_str(), by)));
    let sure = words::certainty(claim.certainty.source);
    it.one("description", Some(format!("“{}” ({by}; source {sure}; {})", claim.quote, claim.polarity.as_str())));
    it.to("proof", Some(&claim.document));
    it.write(claim.claim_id.as_str(), "Note", out)
}

fn mentions(contents: &Contents, out: &mut dyn Write) -> io::Result<()> {
    let mut named: BTreeMap<(&str, &str), &ActorRef> = BTreeMap::new();
    for claim in contents.claims.iter().filter(|claim| claim.is_reporting()) {
        for actor in claim.actors.iter().chain(&claim.targets).filter(|actor| !actor.name.trim().is_empty()) {
            named.entry((claim.document.as_str(), &actor.name)).or_insert(actor);
        }
    }
    for ((document, name), actor) in named {
        let mut it = Properties::default();
        it.to("document", Some(document));
        it.one("name", Some(name));
        let resolved = organisation(actor);
        it.one("detectedSchema", resolved.as_ref().map(|_| "Organization"));
        it.to("resolved", resolved);
        it.write(&content_id("n", &[document, name]), "Mention", out)?;
    }
    Ok(())
}

fn similar(contents: &Contents, out: &mut dyn Write) -> io::Result<()> {
    for event in &contents.events {
        for other in event.near_misses.iter().filter(|other| event.event_id < **other) {
            let mut it = Properties::default();
            it.to("candidate", Some(&event.event_id));
            it.to("match", Some(other));
            it.one("criteria", Some("alike, but not enough to be counted as one event"));
            it.one("matcher", Some("sitrep"));
            it.write(&content_id("s", &[event.event_id.as_str(), other.as_str()]), "Similar", out)?;
        }
    }
    Ok(())
}
