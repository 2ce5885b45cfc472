//! What a report says, before it is written down in any markup: sections, sentences, marks and numbered notes.
//!
//! In: contents. Out: [`Plan`]. Every sentence comes from an event, dispute, forecast or comment and carries its notes.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use sitrep_model::{Claim, Contents, Dispute, Event, HowKnown, Stance, Status, Voice};

use super::ReportOptions;
use super::phrases::{
    capital, full_stop, how_known, language_caution, period, sentence, side_value, translation_caution, undated_caution,
};
use crate::index::{Index, outlet};
use crate::visible::brief;
use crate::words;

/// A report in words.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) title: String,
    /// How many reports, from whom.
    pub(crate) basis: String,
    /// What a reader must know first: undated documents, documents not analysed, translations.
    pub(crate) cautions: Vec<String>,
    pub(crate) sections: Vec<Section>,
    pub(crate) notes: Vec<NoteLine>,
}

/// A heading and what stands under it.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) heading: String,
    /// One sentence under the heading, when it needs one.
    pub(crate) lead: Option<String>,
    pub(crate) items: Vec<Item>,
}

/// One sentence with its marks.
#[derive(Debug, Default)]
pub(crate) struct Item {
    pub(crate) sentence: String,
    pub(crate) notes: Vec<usize>,
    /// `single source`, `2 independent sources`, `disputed: date`.
    pub(crate) marks: Vec<String>,
    /// The sides of a dispute.
    pub(crate) sides: Vec<Side>,
}

/// One side: what it says, and its notes.
#[derive(Debug)]
pub(crate) struct Side {
    pub(crate) text: String,
    pub(crate) notes: Vec<usize>,
}

/// A numbered note.
#[derive(Debug)]
pub(crate) struct NoteLine {
    pub(crate) number: usize,
    /// Outlet, date, voice.
    pub(crate) source: String,
    pub(crate) quote: String,
    /// Hash of the page and id of the claim.
    pub(crate) trace: String,
}

/// First 12 hex digits: enough to find the page in a record.
const HASH_DIGITS: usize = 12;

pub(crate) fn plan(contents: &Contents, options: &ReportOptions<'_>) -> Plan {
    let mut writer = Writer { index: Index::of(contents), options, plan: Plan::default(), numbers: BTreeMap::new() };
    writer.head(contents);
    writer.dated(contents);
    writer.forecasts(contents);
    writer.disputed(contents);
    writer.readers(contents);
    writer.plan
}

struct Writer<'c, 'o> {
    index: Index<'c>,
    options: &'o ReportOptions<'o>,
    plan: Plan,
    numbers: BTreeMap<&'c str, usize>,
}

impl<'c> Writer<'c, '_> {
    fn head(&mut self, contents: &'c Contents) {
        let period = match period(contents, self.options) {
            (Some(since), Some(until)) => format!(", {}", words::days(since, until)),
            (Some(since), None) => format!(", from {}", words::day(since)),
            (None, Some(until)) => format!(", until {}", words::day(until)),
            (None, None) => String::new(),
        };
        self.plan.title = format!("Situation report{period}");
        let outlets: BTreeSet<&str> = contents.documents.iter().filter_map(|it| it.outlet.as_deref()).collect();
        let unnamed = contents.documents.iter().filter(|it| it.outlet.is_none()).count();
        let mut basis = words::count(contents.documents.len(), "report", "reports");
        if !outlets.is_empty() {
            let names: Vec<Cow<'_, str>> = outlets.iter().copied().take(12).map(brief).collect();
            let more = if outlets.len() > 12 { ", …" } else { "" };
            basis +=
                &format!(" from {} ({}{more})", words::count(outlets.len(), "outlet", "outlets"), names.join(", "));
        }
        if unnamed > 0 {
            basis += &format!(", {unnamed} without a named outlet");
        }
        self.plan.basis = format!("{basis}. Reported, not verified: every sentence says what its sources say.");
        let undated: Vec<&str> =
            contents.documents.iter().filter(|it| it.published.is_none()).map(|it| it.path.as_str()).collect();
        if !undated.is_empty() {
            self.plan.cautions.push(undated_caution(&undated));
        }
        self.plan.cautions.extend(language_caution(&contents.documents));
        self.plan.cautions.extend(translation_caution(&contents.documents));
    }

    fn dated(&mut self, contents: &'c Contents) {
        let mut by_time: BTreeMap<(Date, Date, String), Vec<&'c Event>> = BTreeMap::new();
        let (mut undated, mut places) = (Vec::new(), Vec::new());
        for event in contents.events.iter().filter(|event| self.is_reported(event) && !self.is_foreseen(event)) {
            let time = event.time.as_ref();
            match time.and_then(|time| Some((time.from.or(time.to)?, time.to.or(time.from)?, words::when(time)))) {
                _ if event.event.as_str() == "static.location" => places.push(event),
                Some(key) => by_time.entry(key).or_default().push(event),
                None => undated.push(event),
            }
        }
        for ((_, _, heading), events) in by_time {
            self.section(capital(&heading), None, &events);
        }
        let lead = "No day is known: the words give none, or the year is open.";
        self.section("Undated".to_owned(), Some(lead), &undated);
        self.section("Where places lie".to_owned(), Some("As the reports describe the map."), &places);
    }

    fn section(&mut self, heading: String, lead: Option<&str>, events: &[&'c Event]) {
        if events.is_empty() {
            return;
        }
        let items = events.iter().map(|event| self.event_item(event)).collect();
        self.plan.sections.push(Section { heading, lead: lead.map(str::to_owned), items });
    }

    fn event_item(&mut self, event: &'c Event) -> Item {
        let claims: Vec<&Claim> = self.claims(event.accounts.iter().map(|it| it.claim_id.as_str()));
        let mut marks = vec![self.support(event, &claims)];
        if event.accounts.iter().any(|account| account.stance == Stance::NoComment) {
            marks.push("a source asked gave no comment".to_owned());
        }
        let disputes = event.disputes.iter().filter_map(|id| self.index.dispute(id.as_str()));
        let (by_reports, by_readers): (Vec<_>, Vec<_>) =
            disputes.partition(|dispute| is_among_reports(dispute, &self.index));
        for (mark, disputes) in [("disputed", by_reports), ("disputed by readers only", by_readers)] {
            if !disputes.is_empty() {
                let fields: Vec<&str> = disputes.iter().map(|dispute| dispute.field.as_str()).collect();
                marks.push(format!("{mark}: {}", fields.join(", ")));
            }
        }
        for account in event.accounts.iter().filter(|account| account.stance == Stance::Denies) {
            if let Some(claim) = self.index.claim(account.claim_id.as_str()).filter(|claim| claim.is_reporting()) {
                let mark = format!("denied by {}", words::speaker_short(claim, self.index.outlet_of(claim)));
                if !marks.contains(&mark) {
                    marks.push(mark);
                }
            }
        }
        let affirming = event.accounts.iter().filter(|account| account.stance == Stance::Affirms);
        let affirming = self.claims(affirming.map(|account| account.claim_id.as_str()));
        let sentence = sentence(&event.summary, &affirming);
        Item { sentence, notes: self.cite(&claims), marks, sides: Vec::new() }
    }

    fn support(&self, event: &Event, claims: &[&'c Claim]) -> String {
        let reporting = claims.iter().copied().find(|claim| claim.is_reporting());
        match (event.roots, reporting) {
            (0, Some(_)) => "no affirming source".to_owned(),
            (0, None) => "readers only, unverified".to_owned(),
            (1, Some(claim)) => format!("single source: {}", self.index.outlet_of(claim)),
            _ => format!("corroborated: {}", words::support(event)),
        }
    }

    fn forecasts(&mut self, contents: &'c Contents) {
        let mut items = Vec::new();
        for forecast in &contents.forecasts {
            let Some(claim) = self.index.claim(forecast.claim_id.as_str()).filter(|claim| claim.is_reporting()) else {
                continue;
            };
            let outlet = self.index.outlet_of(claim);
            let mut marks = vec![forecast.state.as_str().replace('_', " ")];
            if let Some([from, to]) = forecast.window {
                marks.push(format!("window {}", words::days(from, to)));
            }
            if let Some(it) = &forecast.likelihood {
                let word = it.word.as_ref().map(|word| format!("“{word}”, ")).unwrap_or_default();
                marks.push(format!("{word}{:.0}–{:.0}% by {}", it.low * 100.0, it.high * 100.0, it.yardstick));
            }
            if let Some(brier) = forecast.brier {
                marks.push(format!("Brier score {:.2}", brier.mid));
            }
            let sentence = format!(
                "{}: “{}”",
                capital(&words::speaker_short(claim, outlet)),
                brief(&self.index.sentence_of(claim).unwrap_or_else(|| forecast.criteria.clone()))
            );
            let notes = self.cite(&[claim]);
            // One sentence that foresees two things is shown once.
            match items.iter_mut().find(|it: &&mut Item| it.sentence == sentence && it.marks == marks) {
                Some(item) => item.notes.extend(notes),
                None => items.push(Item { sentence, notes, marks, sides: Vec::new() }),
            }
        }
        let unlisted: Vec<&Event> =
            contents.events.iter().filter(|it| self.is_reported(it) && self.is_foreseen(it)).collect();
        for event in unlisted {
            let in_ledger = event.accounts.iter().all(|it| self.index.forecast_of(it.claim_id.as_str()).is_some());
            if !in_ledger {
                items.push(self.event_item(event));
            }
        }
        if !items.is_empty() {
            self.plan.sections.push(Section { heading: "Forecasts".to_owned(), lead: None, items });
        }
    }

    fn disputed(&mut self, contents: &'c Contents) {
        let items: Vec<Item> = contents.disputes.iter().filter_map(|dispute| self.dispute_item(dispute)).collect();
        if !items.is_empty() {
            let lead = Some("Every side is shown; none is preferred, nothing is averaged.".to_owned());
            self.plan.sections.push(Section { heading: "Disputed".to_owned(), lead, items });
        }
    }

    fn dispute_item(&mut self, dispute: &'c Dispute) -> Option<Item> {
        let event = self.index.event(dispute.event_id.as_str())?;
        let mut sides = Vec::new();
        for side in &dispute.sides {
            let claims = self.claims(side.claims.iter().map(sitrep_model::ClaimId::as_str));
            let by: BTreeSet<String> = claims.iter().map(|claim| self.speaker(claim)).collect();
            let by =
                if by.is_empty() { "claims outside this selection".to_owned() } else { Vec::from_iter(by).join("; ") };
            sides.push(Side { text: format!("{} – {by}", side_value(&side.value)), notes: self.cite(&claims) });
        }
        let marks = vec![format!("disputed: {}", dispute.field.as_str())];
        let reading = if dispute.reading.is_empty() {
            String::new()
        } else {
            format!(" {}", capital(&full_stop(&dispute.reading)))
        };
        Some(Item { sentence: format!("{}{reading}", full_stop(&event.summary)), notes: Vec::new(), marks, sides })
    }

    fn readers(&mut self, contents: &'c Contents) {
        let comments = contents.documents.iter().flat_map(|it| &it.comments);
        let (all, set_apart) =
            comments.fold((0, 0), |(all, apart), it| (all + 1, apart + usize::from(!it.labels.is_empty())));
        let events: Vec<&Event> = contents.events.iter().filter(|event| !self.is_reported(event)).collect();
        if all == 0 && events.is_empty() {
            return;
        }
        let apart =
            if set_apart > 0 { format!(", {set_apart} set apart as spam, abuse or graphic") } else { String::new() };
        let lead = format!(
            "Unverified, and never counted as a source. {}{apart}; {} from comments.",
            words::count(all, "comment", "comments"),
            if events.is_empty() { "no event".to_owned() } else { words::count(events.len(), "event", "events") },
        );
        let items = events.iter().map(|event| self.event_item(event)).collect();
        self.plan.sections.push(Section { heading: "Readers’ comments".to_owned(), lead: Some(lead), items });
    }

    /// Whether at least one account stands in an article.
    fn is_reported(&self, event: &Event) -> bool {
        let claims = self.claims(event.accounts.iter().map(|it| it.claim_id.as_str()));
        claims.is_empty() || claims.iter().any(|claim| claim.is_reporting())
    }

    fn is_foreseen(&self, event: &Event) -> bool {
        let claims = self.claims(event.accounts.iter().map(|it| it.claim_id.as_str()));
        let unreal = [Status::Forecast, Status::Hypothetical, Status::Conditional];
        !claims.is_empty() && claims.iter().all(|claim| unreal.contains(&claim.status))
    }

    fn claims<'i>(&self, ids: impl Iterator<Item = &'i str>) -> Vec<&'c Claim> {
        ids.filter_map(|id| self.index.claim(id)).collect()
    }

    fn speaker(&self, claim: &'c Claim) -> String {
        let outlet = self.index.outlet_of(claim);
        let holder = claim.attribution.iter().rev().find_map(|link| link.holder.as_deref());
        match holder {
            Some(holder) if claim.voice == Voice::Comment => {
                format!(
                    "{}, in a reader’s comment",
                    self.index.authors.shown(holder, claim.document.as_str(), self.options.names)
                )
            }
            Some(holder) if holder.eq_ignore_ascii_case(outlet) => outlet.to_owned(),
            Some(holder) => format!("{}, in {outlet}", words::source_name(holder)),
            None => outlet.to_owned(),
        }
    }

    /// The numbers of the notes for these claims, made on first use.
    fn cite(&mut self, claims: &[&'c Claim]) -> Vec<usize> {
        let mut numbers = Vec::new();
        for &claim in claims {
            let next = self.numbers.len() + 1;
            let number = *self.numbers.entry(claim.claim_id.as_str()).or_insert(next);
            if number == next {
                let line = self.note_line(number, claim);
                self.plan.notes.push(line);
            }
            numbers.push(number);
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    fn note_line(&self, number: usize, claim: &'c Claim) -> NoteLine {
        let document = self.index.document(claim.document.as_str());
        let dated = match document.and_then(|it| it.published.as_ref()) {
            Some(it) if it.how == HowKnown::Given => words::day(it.date),
            Some(it) => format!("{} (dated from {})", words::day(it.date), how_known(it.how)),
            None => "undated".to_owned(),
        };
        let comment = if claim.is_reporting() { "" } else { ", reader’s comment" };
        let page = document.and_then(|it| self.index.page_of(it));
        let hash = page.and_then(|page| page.sha256.get(..HASH_DIGITS)).unwrap_or("not in this selection");
        let quote = brief(&claim.quote).into_owned();
        NoteLine {
            number,
            source: format!("{}, {dated}{comment}", document.map_or(claim.document_path.as_str(), outlet)),
            quote,
            trace: format!("page {hash}, claim {}", claim.claim_id),
        }
    }
}

/// Whether reports, not only readers, stand on at least two sides.
pub(crate) fn is_among_reports(dispute: &Dispute, index: &Index<'_>) -> bool {
    let reported = |id: &sitrep_model::ClaimId| index.claim(id.as_str()).is_none_or(Claim::is_reporting);
    dispute.sides.iter().filter(|side| side.claims.iter().any(reported)).count() > 1
}
