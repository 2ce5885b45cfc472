//! Plain words for the terminal: why the record says what it says.
//!
//! In: contents and an id, or an answer. Out: text. Never sums up what it can show.

use std::fmt::Write as _;

use sitrep_model::{
    Anchor, AttributionType, Claim, ClaimId, Contents, ControlAnswer, ControlInterval, Decision, Decisions, Dispute,
    Event, Forecast, Place, Reliability, Time, Verdict,
};

use crate::index::{Index, outlet};
use crate::page_entries::{translated, translation_says};
use crate::report::phrases::{full_stop, how_known, side_value};
use crate::visible::one_line;
use crate::{why_page, words};

/// Everything behind a claim, event, dispute, forecast or page; `None` when there is no such id. `decisions` are the comparisons behind
/// the event or around the claim.
#[must_use]
pub fn why(contents: &Contents, id: &str, decisions: &Decisions) -> Option<String> {
    let writer = Writer { index: Index::of(contents), contents, decisions };
    let mut out = String::new();
    if let Some(claim) = writer.index.claim(id) {
        writer.claim(&mut out, claim);
    } else if let Some(event) = writer.index.event(id) {
        writer.event(&mut out, event);
    } else if let Some(dispute) = writer.index.dispute(id) {
        writer.dispute(&mut out, dispute);
    } else if id.starts_with("p_") {
        return why_page::why(contents, id);
    } else {
        let forecast = contents.forecasts.iter().find(|forecast| forecast.forecast_id.as_str() == id)?;
        writer.forecast(&mut out, forecast);
    }
    Some(out)
}

/// Who held a place on a day, with the disagreement shown.
#[must_use]
pub fn control_text(answer: &ControlAnswer) -> String {
    let on = answer.on.map_or("at the latest".to_owned(), |day| format!("on {}", words::day(day)));
    let mut out = format!("{} {on}: {}\n", one_line(&answer.place), one_line(&answer.state));
    line(&mut out, 2, &format!("Why: {}", full_stop(&answer.why)));
    control_days(&mut out, &answer.intervals);
    let has_current = answer.sides.iter().any(|side| side.current);
    let mut earlier = false;
    for side in &answer.sides {
        let since = side.since.map(|day| format!(", said to have taken it on {}", words::day(day))).unwrap_or_default();
        out.push('\n');
        if has_current && !side.current && !earlier {
            earlier = true;
            out.push_str("Earlier, or by readers only\n\n");
        }
        line(&mut out, 2, &format!("{}{since}", words::control_side(side)));
        if !side.also_called.is_empty() {
            line(&mut out, 4, &format!("also called: {}", side.also_called.join("; ")));
        }
        for assertion in &side.assertions {
            let date = assertion.date.map_or("no day".to_owned(), words::day);
            line(&mut out, 4, &format!("{date}: {}, according to {}", assertion.says, assertion.according_to));
            line(&mut out, 6, &format!("“{}” ({})", assertion.quote, assertion.claim_id));
        }
    }
    out
}

/// The state from day to day, as a table.
fn control_days(out: &mut String, intervals: &[ControlInterval]) {
    if intervals.len() < 2 {
        return;
    }
    let days = |it: &ControlInterval| match it.from == it.to {
        true => words::day(it.from),
        false => format!("{} to {}", words::day(it.from), words::day(it.to)),
    };
    let width = intervals.iter().map(|it| days(it).chars().count()).max().unwrap_or(0);
    out.push_str("\n  Day by day, as reports have it; between these days the state is only last asserted\n");
    for it in intervals {
        let days = days(it);
        let gap = " ".repeat(width - days.chars().count());
        let holders = match it.holders.is_empty() {
            true => "no holder named".to_owned(),
            false => it.holders.join(" or "),
        };
        let who = words::some_of(&it.according_to, 3);
        line(out, 4, &format!("{days}{gap}  {:<9}  {holders}, according to {who}", it.state));
    }
}

/// One line: what a record holds. `2 reports read, 61 claims, 40 events, 3 disputes; 51 places, …`
#[must_use]
pub fn summary(contents: &Contents) -> String {
    let comments: usize = contents.documents.iter().map(|it| it.comments.len()).sum();
    let undated = contents.documents.iter().filter(|it| it.published.is_none()).count();
    let mut out = format!(
        "{} read, {}, {}, {}; {}, {}",
        words::count(contents.documents.len(), "report", "reports"),
        words::count(contents.claims.len(), "claim", "claims"),
        words::count(contents.events.len(), "event", "events"),
        words::count(contents.disputes.len(), "dispute", "disputes"),
        words::count(contents.forecasts.len(), "forecast", "forecasts"),
        words::count(comments, "reader’s comment", "readers’ comments"),
    );
    if undated > 0 {
        let _ = write!(out, "; {undated} without a publication date (pass --published)");
    }
    out
}

struct Writer<'c> {
    index: Index<'c>,
    contents: &'c Contents,
    decisions: &'c Decisions,
}

impl<'c> Writer<'c> {
    fn claim(&self, out: &mut String, claim: &'c Claim) {
        line(out, 0, &format!("Claim {}", claim.claim_id));
        self.passage(out, 2, claim);
        out.push('\n');
        field(out, "What", &format!("{}: {}", claim.event, claim.event.leaf().says));
        for (name, actors) in [("Who", &claim.actors), ("To whom", &claim.targets)] {
            for actor in actors {
                let kind = actor.kind.as_deref().map(|kind| format!(" ({kind})")).unwrap_or_default();
                let refers = actor.refers_to.as_deref().map(|it| format!(", standing for “{it}”")).unwrap_or_default();
                field(out, name, &format!("{}{kind}, said as “{}”{refers}", actor.name, actor.text));
            }
        }
        for (name, place) in [("Where", &claim.place), ("From", &claim.origin), ("Towards", &claim.destination)] {
            if let Some(place) = place {
                field(out, name, &place_reading(place));
            }
        }
        field(out, "When", &claim.time.as_ref().map_or("not said".to_owned(), time_reading));
        claim
            .quantities
            .iter()
            .for_each(|it| field(out, "Number", &format!("{}, said as “{}”", words::quantity(it), it.text)));
        claim.things.iter().for_each(|it| field(out, "What was hit", &it.text));
        claim.instruments.iter().for_each(|it| field(out, "With", &it.text));
        if let Some(operation) = &claim.operation {
            field(out, "Operation", operation);
        }
        field(out, "Status", &format!("{}, {}", claim.status.as_str(), claim.polarity.as_str()));
        self.speakers(out, claim);
        if let Some(text) = &claim.condition_text {
            field(out, "If", &format!("“{text}”"));
        }
        if let Some(id) = &claim.condition {
            field(out, "If", &format!("claim {id} holds"));
        }
        field(out, "Reading", &format!("rule {}, sure of the reading {:.2} of 1", claim.rule, claim.extraction));
        claim.notes.iter().for_each(|note| field(out, "Note", note));
        self.standing(out, claim);
        self.compared(out);
    }

    /// What the record made of a claim by comparing it: with its own event, and with others.
    fn compared(&self, out: &mut String) {
        for decision in &self.decisions.accounts {
            out.push('\n');
            self.table(out, 2, &format!("Closest account of its event: {}", self.named(&decision.other)), decision);
        }
        for near in &self.decisions.others {
            out.push('\n');
            let summary = self.index.event(near.event_id.as_str()).map_or("", |event| event.summary.as_str());
            line(out, 2, &format!("Another event, {}: {summary}", near.event_id));
            self.table(out, 4, &format!("Closest there: {}", self.named(&near.decision.other)), &near.decision);
        }
    }

    /// A claim's id and outlet.
    fn named(&self, id: &ClaimId) -> String {
        self.index.claim(id.as_str()).map_or(id.to_string(), |claim| format!("{id}, {}", self.index.outlet_of(claim)))
    }

    fn table(&self, out: &mut String, indent: usize, heading: &str, decision: &Decision) {
        line(out, indent, heading);
        for row in crate::decision::lines(decision) {
            let _ = writeln!(out, "{:width$}{}", "", row.trim_end(), width = indent + 2);
        }
    }

    fn speakers(&self, out: &mut String, claim: &'c Claim) {
        for link in &claim.attribution {
            let who = match link.kind {
                AttributionType::Author => self.index.outlet_of(claim),
                AttributionType::Commenter => "a reader",
                _ => link.holder.as_deref().unwrap_or("nobody named"),
            };
            let cue = link.cue.as_deref().map(|cue| format!(", by the words “{cue}”")).unwrap_or_default();
            let text = format!("{who} ({}) {}{cue}", words::source_kind(link.kind), words::stance_verb(link.stance));
            field(out, "Says who", &text);
        }
        let (author, source) = (words::certainty(claim.certainty.author), words::certainty(claim.certainty.source));
        let word = claim.certainty.word.as_deref().map(|word| format!(", by the word “{word}”")).unwrap_or_default();
        field(out, "How sure", &format!("writer {author}, source {source}{word}"));
    }

    /// What the record made of a claim: its event, forecast and links.
    fn standing(&self, out: &mut String, claim: &'c Claim) {
        let id = claim.claim_id.as_str();
        if let Some(event) = self.index.event_of(id) {
            field(out, "Event", &format!("{}: {}", event.event_id, event.summary));
            self.disputes_of(event)
                .for_each(|it| field(out, "Disputed", &format!("{} ({})", it.field.as_str(), it.dispute_id)));
        }
        if let Some(forecast) = self.index.forecast_of(id) {
            field(out, "Forecast", &format!("{}: {}", forecast.forecast_id, forecast.state.as_str().replace('_', " ")));
        }
        for link in self.contents.links.iter().filter(|link| link.from.as_str() == id || link.to.as_str() == id) {
            let kind = link.kind.as_str().replace('_', " ");
            field(out, "Link", &format!("{} {kind} {}: {}", link.from, link.to, link.why));
        }
    }

    fn event(&self, out: &mut String, event: &'c Event) {
        line(out, 0, &format!("Event {}", event.event_id));
        line(out, 2, &full_stop(&event.summary));
        out.push('\n');
        field(out, "What", &format!("{}: {}", event.event, event.event.leaf().says));
        if let Some(place) = &event.place {
            field(out, "Where", &place_reading(place));
        }
        field(out, "When", &event.time.as_ref().map_or("not said".to_owned(), time_reading));
        event.quantities.iter().for_each(|it| field(out, "Number", &words::quantity(it)));
        field(out, "Support", &words::support(event));
        field(out, "Grade", &format!("{} of 6: {}", event.grade.information, event.grade.why));
        for account in &event.accounts {
            out.push('\n');
            let differs = if account.differs.is_empty() {
                String::new()
            } else {
                format!("; differs in {}", account.differs.join(", "))
            };
            let agrees = if account.agrees.is_empty() {
                String::new()
            } else {
                format!("; agrees on {}", account.agrees.join(", "))
            };
            let stance = words::stance(account.stance);
            line(out, 2, &format!("Account {}: {stance}, root {}{agrees}{differs}", account.claim_id, account.root));
            if account.reliability != Reliability::F {
                line(
                    out,
                    4,
                    &format!("The outlet is rated {} in the register of sources", account.reliability.as_str()),
                );
            }
            if let Some(claim) = self.index.claim(account.claim_id.as_str()) {
                line(out, 4, &format!("According to {}", words::holders(claim, self.index.outlet_of(claim))));
                self.passage(out, 4, claim);
            }
            match self.decisions.accounts.iter().find(|it| it.one == account.claim_id) {
                Some(decision) => self.table(out, 4, &format!("Closest to {}", self.named(&decision.other)), decision),
                None if !self.decisions.accounts.is_empty() => {
                    line(out, 4, "Joined by the text itself or by a ruling, not by weights");
                }
                None => {}
            }
        }
        for dispute in self.disputes_of(event) {
            out.push('\n');
            self.dispute(out, dispute);
        }
        for other in event.near_misses.iter().filter_map(|id| self.index.event(id.as_str())) {
            out.push('\n');
            line(out, 2, &format!("Perhaps the same as {}: {}", other.event_id, other.summary));
            for near in self.decisions.others.iter().filter(|near| near.event_id == other.event_id) {
                let joins = if near.decision.verdict == Verdict::Never { "kept apart from" } else { "closest to" };
                let heading = format!("{}, {joins} {}", near.decision.one, self.named(&near.decision.other));
                self.table(out, 4, &heading, &near.decision);
            }
        }
    }

    fn dispute(&self, out: &mut String, dispute: &'c Dispute) {
        line(out, 0, &format!("Dispute {} about {}", dispute.dispute_id, dispute.field.as_str()));
        if let Some(event) = self.index.event(dispute.event_id.as_str()) {
            line(out, 2, &format!("Event {}: {}", event.event_id, event.summary));
        }
        for side in &dispute.sides {
            line(out, 2, &format!("Side: {}", side_value(&side.value)));
            for claim in side.claims.iter().filter_map(|id| self.index.claim(id.as_str())) {
                line(out, 4, &format!("{}, {}", claim.claim_id, words::holders(claim, self.index.outlet_of(claim))));
                self.passage(out, 4, claim);
            }
        }
        line(out, 2, &format!("Reading: {}", full_stop(&dispute.reading)));
    }

    fn forecast(&self, out: &mut String, forecast: &'c Forecast) {
        line(out, 0, &format!("Forecast {}: {}", forecast.forecast_id, forecast.state.as_str().replace('_', " ")));
        field(out, "What", &forecast.criteria);
        let window = forecast.window.map_or("none".to_owned(), |[from, to]| words::days(from, to));
        field(out, "Window", &format!("{window}, by the rule {}", forecast.rule));
        if let Some(it) = &forecast.likelihood {
            let word = it.word.as_deref().unwrap_or("no word");
            field(
                out,
                "How likely",
                &format!("“{word}”: {:.0}–{:.0}% by {}", it.low * 100.0, it.high * 100.0, it.yardstick),
            );
        }
        if let Some(why) = &forecast.why {
            field(out, "Why", &full_stop(why));
        }
        if let Some(it) = forecast.log_score {
            field(
                out,
                "Log score",
                &format!("{:.2} at the middle, {:.2} at best, {:.2} at worst", it.mid, it.best, it.worst),
            );
        }
        if let Some(it) = forecast.brier {
            field(
                out,
                "Brier",
                &format!("{:.2} at the middle, {:.2} at best, {:.2} at worst", it.mid, it.best, it.worst),
            );
        }
        for step in &forecast.history {
            let state = step.state.as_str().replace('_', " ");
            field(out, "Known", &format!("from {}: {state}, {}", words::day(step.as_of), step.why));
        }
        let decided = [
            ("Foreseen in", std::slice::from_ref(&forecast.claim_id)),
            ("Bears on it", &forecast.evidence),
            ("Decided by", &forecast.resolved_by),
        ];
        for (name, ids) in decided {
            for claim in ids.iter().filter_map(|id| self.index.claim(id.as_str())) {
                out.push('\n');
                line(
                    out,
                    2,
                    &format!("{name} {}, {}", claim.claim_id, words::holders(claim, self.index.outlet_of(claim))),
                );
                self.passage(out, 4, claim);
            }
        }
    }

    fn disputes_of(&self, event: &'c Event) -> impl Iterator<Item = &'c Dispute> {
        event.disputes.iter().filter_map(|id| self.index.dispute(id.as_str()))
    }

    /// The quote and where it stands.
    fn passage(&self, out: &mut String, indent: usize, claim: &'c Claim) {
        line(out, indent, &format!("“{}”", claim.quote));
        let document = self.index.document(claim.document.as_str());
        let dated = match document.and_then(|it| it.published.as_ref()) {
            Some(it) => format!("{}, known from {}", words::day(it.date), how_known(it.how)),
            None => "publication date not known".to_owned(),
        };
        let name = document.map_or(claim.document_path.as_str(), outlet);
        let text = format!(
            "{name}, {dated}; {}, {}, bytes {}–{}",
            claim.document_path,
            words::voice(claim.voice),
            claim.start,
            claim.end
        );
        line(out, indent, &text);
        if let Some(page) = document.and_then(|it| self.index.page_of(it)) {
            line(out, indent, &format!("page {}, sha256 {}", page.id, page.sha256));
        }
        if let Some(translation) = document.and_then(|it| translated(it, self.index.page_of(it))) {
            line(out, indent, &translation_says(&translation));
        }
    }
}

fn place_reading(place: &Place) -> String {
    format!("“{}”, understood as {}", place.text, words::place_understood(place))
}

fn time_reading(time: &Time) -> String {
    let said = time.text.as_deref().map_or("not said in words".to_owned(), |text| format!("“{text}”"));
    let from = match time.anchor {
        Anchor::Calendar => "the words say it all",
        Anchor::Published => "counted from the publication date",
        Anchor::Previous => "counted from the day told before",
        Anchor::Comment => "counted from the time of the comment",
        Anchor::None => "nothing to count from, the year stays open",
    };
    match (time.from, time.to) {
        (None, None) => format!("{said}; {from}"),
        _ => format!("{said}, understood as {} ({from})", words::when(time)),
    }
}

fn field(out: &mut String, name: &str, text: &str) {
    line(out, 2, &format!("{name:<11} {}", one_line(text)));
}

fn line(out: &mut String, indent: usize, text: &str) {
    let _ =
        writeln!(out, "{:indent$}{}", "", crate::visible::visible(text).replace(['\n', '\r', '\t'], " ").trim_end());
}
