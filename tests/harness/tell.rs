//! Claims, events, disputes, links, forecasts and comments as one line each, in the words of an analyst.
//!
//! In: a value. Out: [`Told`]: fields with names, and bare words. Leaves out what is unknown.

use sitrep::model::{
    ActorRef, AttributionLink, AttributionType, Certainty, Claim, Comment, Date, Dispute, Document, Event, Forecast,
    Link, PageCopy, Place, Polarity, Quantity, Relation, Status, Time, Voice,
};

/// One thing as a line: `territory.captured | who: the army | asserted`.
pub(crate) struct Told {
    fields: Vec<(&'static str, String)>,
    /// Words without a name, shown on the line.
    words: Vec<String>,
    /// Words that hold but go without saying (`occurred`, `article`).
    unsaid: Vec<String>,
}

impl Told {
    fn new(fields: Vec<(&'static str, Option<String>)>, words: Vec<String>, unsaid: Vec<String>) -> Told {
        let known = |(name, value): (&'static str, Option<String>)| value.filter(|v| !v.is_empty()).map(|v| (name, v));
        Told { fields: fields.into_iter().filter_map(known).collect(), words, unsaid }
    }

    /// The whole line.
    pub(crate) fn line(&self) -> String {
        let fields = self.fields.iter().map(|(name, value)| format!("{name}: {value}"));
        let (first, rest) = self.words.split_first().map_or((None, &[][..]), |(first, rest)| (Some(first), rest));
        first.cloned().into_iter().chain(fields).chain(rest.iter().cloned()).collect::<Vec<_>>().join(" | ")
    }

    /// Whether every part of an expected line holds. `NAME: -` expects the field to be absent.
    pub(crate) fn fits(&self, line: &str) -> bool {
        line.split(" | ").all(|part| match part.split_once(": ") {
            Some((name, value)) => {
                let found =
                    self.fields.iter().find(|(known, _)| *known == name.trim()).map(|(_, value)| value.as_str());
                found.unwrap_or("-") == value.trim()
            }
            None => self.words.iter().chain(&self.unsaid).any(|word| word == part.trim()),
        })
    }
}

/// A claim.
pub(crate) fn claim(claim: &Claim) -> Told {
    let instruments: Vec<&str> = claim.instruments.iter().map(|instrument| instrument.text.as_str()).collect();
    let fields = vec![
        ("who", Some(actors(&claim.actors))),
        ("to", Some(actors(&claim.targets))),
        ("with", Some(instruments.join(", "))),
        ("operation", claim.operation.clone()),
        ("where", claim.place.as_ref().map(place)),
        ("from", claim.origin.as_ref().map(place)),
        ("toward", claim.destination.as_ref().map(place)),
        ("when", claim.time.as_ref().map(time)),
        ("n", Some(quantities(&claim.quantities))),
        ("by", Some(chain(&claim.attribution, holder))),
        ("type", Some(chain(&claim.attribution, |link| link.kind.as_str().to_owned()))),
        ("stance", Some(chain(&claim.attribution, |link| link.stance.as_str().to_owned()))),
        ("if", claim.condition_text.clone()),
    ];
    let mut words = vec![claim.event.to_string()];
    let mut unsaid = Vec::new();
    let mut say =
        |word: &str, usual: bool| if usual { unsaid.push(word.to_owned()) } else { words.push(word.to_owned()) };
    say(claim.voice.as_str(), claim.voice == Voice::Article);
    say(claim.status.as_str(), claim.status == Status::Occurred);
    say(claim.polarity.as_str(), claim.polarity == Polarity::Affirmed);
    if claim.again {
        say("again", false);
    }
    say(certainty(&claim.certainty), false);
    Told::new(fields, words, unsaid)
}

/// An event.
pub(crate) fn event(event: &Event) -> Told {
    let accounts: Vec<&str> = event.accounts.iter().map(|account| account.stance.as_str()).collect();
    let fields = vec![
        ("who", Some(actors(&event.actors))),
        ("to", Some(actors(&event.targets))),
        ("where", event.place.as_ref().map(place)),
        ("when", event.time.as_ref().map(time)),
        ("accounts", Some(accounts.join(", "))),
        ("roots", Some(event.roots.to_string())),
        ("grade", Some(event.grade.information.to_string())),
        ("disputes", (!event.disputes.is_empty()).then(|| event.disputes.len().to_string())),
    ];
    Told::new(fields, vec![event.event.to_string()], Vec::new())
}

/// A dispute.
pub(crate) fn dispute(dispute: &Dispute) -> Told {
    let sides: Vec<String> =
        dispute.sides.iter().map(|side| format!("{} ({})", side.value, side.claims.len())).collect();
    Told::new(vec![("sides", Some(sides.join(" / ")))], vec![dispute.field.as_str().to_owned()], Vec::new())
}

/// A link between two claims, each told by its quote.
pub(crate) fn link(link: &Link, quote: impl Fn(&sitrep::model::ClaimId) -> String) -> Told {
    let short = |text: String| text.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
    let mut ends = [short(quote(&link.from)), short(quote(&link.to))];
    // Which of two equal claims comes first is decided by their ids, which say nothing to a reader.
    ends.sort();
    let [one, other] = ends;
    let fields = vec![("one", Some(one)), ("other", Some(other)), ("field", link.field.clone())];
    Told::new(fields, vec![link.kind.as_str().to_owned()], Vec::new())
}

/// Two pages that share their words, each told by its name.
pub(crate) fn copy(copy: &PageCopy, name: impl Fn(&sitrep::model::PageId) -> String) -> Told {
    let fields = vec![
        ("page", Some(name(&copy.page))),
        ("of", Some(name(&copy.of))),
        ("share", Some(format!("{} % / {} %", copy.page_percent, copy.of_percent))),
        ("passages", Some(copy.passages.len().to_string())),
        ("changes", (!copy.changes.is_empty()).then(|| copy.changes.len().to_string())),
    ];
    Told::new(fields, vec![copy.kind.as_str().to_owned()], Vec::new())
}

/// A row of the forecast ledger.
pub(crate) fn forecast(forecast: &Forecast, quote: impl Fn(&sitrep::model::ClaimId) -> String) -> Told {
    let likelihood = forecast.likelihood.as_ref();
    let fields = vec![
        ("window", forecast.window.map(|[from, to]| format!("{from}..{to}"))),
        ("likely", likelihood.map(|l| format!("{}-{}", l.low, l.high))),
        ("resolved", forecast.resolved_by.first().map(quote)),
        ("brier", forecast.brier.map(|brier| format!("{:.3}", brier.mid))),
    ];
    Told::new(fields, vec![forecast.state.as_str().to_owned()], Vec::new())
}

/// A time expression: its words, its value, the days it may mean.
pub(crate) fn timex(time: &Time) -> Told {
    let fields = vec![
        ("value", Some(time.value.clone())),
        ("days", (time.from.is_some() || time.to.is_some()).then(|| self::time(time))),
        ("mod", time.modifier.clone()),
        ("seen from", Some(time.anchor.as_str().to_owned())),
        ("precision", time.precision.map(|code| format!("{}/{}", code.ucdp, code.acled))),
    ];
    let mut words = vec![time.text.clone().unwrap_or_default().replace('\n', " ")];
    words.push(time.kind.as_str().to_owned());
    Told::new(fields, words, Vec::new())
}

/// The comments of a document.
pub(crate) fn comments(document: &Document) -> Vec<Told> {
    let one = |comment: &Comment| {
        let labels: Vec<String> = comment.labels.iter().map(|label| format!("{label:?}").to_lowercase()).collect();
        let words: Vec<&str> = comment.span.of(&document.text).split_whitespace().take(5).collect();
        let parent = comment.parent.as_ref().and_then(|id| document.comments.iter().find(|other| other.id == *id));
        let fields = vec![
            ("by", comment.author.clone()),
            ("under", parent.map(|parent| parent.author.clone().unwrap_or_else(|| "unnamed".to_owned()))),
            ("says", Some(words.join(" "))),
        ];
        Told::new(fields, std::iter::once(format!("depth {}", comment.depth)).chain(labels).collect(), Vec::new())
    };
    document.comments.iter().map(one).collect()
}

fn actors(actors: &[ActorRef]) -> String {
    actors.iter().map(|actor| actor.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn place(place: &Place) -> String {
    let name = place.name.as_deref().unwrap_or(&place.text);
    let told = place.relation.as_ref().map_or_else(|| name.to_owned(), |found| relation(found, name));
    format!("{told}, {}", place.status.as_str())
}

fn relation(relation: &Relation, name: &str) -> String {
    if let Some([one, other]) = &relation.between {
        return format!("between {one} and {other}");
    }
    let Some(anchor) = &relation.anchor else { return name.to_owned() };
    let distance = relation.distance_km.map(|km| format!("{km} km"));
    let bearing = relation.bearing.map(|bearing| bearing.as_str().to_owned());
    // “offset” is the kind of a plain distance or bearing, which says so itself.
    let kind = relation.kind.clone().filter(|kind| kind != "offset");
    let how: Vec<String> = [kind, distance, bearing].into_iter().flatten().collect();
    if how.is_empty() { anchor.clone() } else { format!("{} of {anchor}", how.join(" ")) }
}

fn time(time: &Time) -> String {
    let day = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    match (time.from, time.to) {
        (None, None) => time.value.clone(),
        (from, to) if from == to => day(from),
        (from, to) => format!("{}..{}", day(from), day(to)),
    }
}

fn quantities(quantities: &[Quantity]) -> String {
    let end = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let one = |quantity: &Quantity| match (quantity.low, quantity.best, quantity.high) {
        (low, Some(best), high) if low == Some(best) && high == Some(best) => format!("{} {best}", quantity.kind),
        (low, _, high) => format!("{} {}..{}", quantity.kind, end(low), end(high)),
    };
    quantities.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn chain(links: &[AttributionLink], told: impl Fn(&AttributionLink) -> String) -> String {
    links.iter().map(told).collect::<Vec<_>>().join(" > ")
}

fn holder(link: &AttributionLink) -> String {
    match (&link.holder, link.kind) {
        (Some(holder), _) => holder.clone(),
        (None, AttributionType::Author) => "reporter".to_owned(),
        (None, _) => "unnamed".to_owned(),
    }
}

/// How far the writer commits, in a word.
fn certainty(certainty: &Certainty) -> &'static str {
    match (certainty.author, certainty.source) {
        (Some(3..), _) => "asserted",
        (Some(2), _) => "probable",
        (Some(1), _) => "possible",
        (Some(i8::MIN..=-1), _) => "doubted",
        (_, Some(2..)) => "claimed",
        (_, Some(1)) => "thought likely",
        _ => "open",
    }
}
