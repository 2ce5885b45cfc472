//! Rulings into the record: one or many at once.
//!
//! In: rulings as an analyst gives them, on claims or events. Out: rulings on claims, numbered and kept. Earlier rulings and events are
//! read once however many come; a ruling that makes no sense costs only itself.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::Ruling;

use super::{check, proposed, refused, ties};
use crate::store::write;
use crate::{Record, RecordError, coding, register};

impl Record {
    /// Appends a ruling and gives it its number. Call [`Record::settle`] after the last one.
    ///
    /// `ruling.number` is ignored. Actions, with what they are about and their value:
    /// - `accept`, `reject`: a claim, or an event: that is one ruling on each of its claims, and the number given is the last one's;
    /// - `relabel`: a claim; `event=CODE`, `status=CODE` or `polarity=CODE`;
    /// - `pin`: a claim; `date=DAY`, `date=FROM..TO`, `place=LAT,LON,RADIUS_KM` and perhaps `;name=…;geonames=…;country=…;kind=…`;
    /// - `name`: a claim, `actor=WORDS OF THE TEXT -> NAME`, or words of the texts, `actor=NAME`; perhaps `;id=…`;
    /// - `merge`: a claim or event; the others, parted by commas: all their claims are one event;
    /// - `split`: an event; the claims that leave it, parted by commas;
    /// - `source`: the name of an outlet or holder; `alignment=`, `owner=`, `family=`, `language=` or `reliability=`, with A to F and
    ///   perhaps `@DATE`;
    /// - `undo`: the number of an earlier ruling;
    /// - `propose`, as [`crate::Proposal::ruling`] makes it: a claim only once it is accepted;
    /// - `sample` and `code`, as [`crate::coding`] makes them: they change nothing derived.
    ///
    /// # Errors
    /// When the subject is not in the record, the action or value is unknown, or the file cannot be written.
    pub fn rule(&mut self, ruling: &Ruling) -> Result<u64, RecordError> {
        self.rule_many(std::slice::from_ref(ruling))?.swap_remove(0)
    }

    /// The same for many rulings, in one transaction: for each its number, or why it was refused.
    ///
    /// # Errors
    /// When the file cannot be read or written; then none is kept.
    pub fn rule_many(&mut self, rulings: &[Ruling]) -> Result<Vec<Result<u64, RecordError>>, RecordError> {
        let first = self.last_ruling()? + 1;
        let mut events = None;
        let (mut kept, mut told) = (Vec::new(), Vec::new());
        for ruling in rulings {
            let made = self.as_kept(ruling, &mut events, first + kept.len() as u64 - 1);
            match made {
                Ok(made) => {
                    for one in made {
                        kept.push(Ruling { number: first + kept.len() as u64, ..one });
                    }
                    told.push(Ok(first + kept.len() as u64 - 1));
                }
                Err(error @ RecordError::Ruling { .. }) => told.push(Err(error)),
                Err(error) => return Err(error),
            }
        }
        self.write(|transaction| kept.iter().try_for_each(|ruling| write::ruling(transaction, ruling)))?;
        Ok(told)
    }

    /// The rulings on claims that one comes to. `events` are the claims of events already looked up.
    fn as_kept(
        &self,
        ruling: &Ruling,
        events: &mut Option<BTreeMap<String, Vec<String>>>,
        last: u64,
    ) -> Result<Vec<Ruling>, RecordError> {
        if ruling.action == proposed::PROPOSE {
            return Ok(vec![self.proposal(ruling)?]);
        }
        let is_text = ruling.action == "name" && !ruling.subject.starts_with("c_");
        if is_text || matches!(ruling.action.as_str(), "undo" | register::ACTION | coding::SAMPLE) {
            check(ruling, last, true)?;
            return Ok(vec![ruling.clone()]);
        }
        let subjects = self.subjects(&ruling.subject, events)?;
        let ties = match ruling.action.as_str() {
            "merge" | "split" if !subjects.is_empty() => Some(self.tie(ruling, &subjects, events)?),
            _ => None,
        };
        if let Some(tie) = ties {
            check(&tie, last, true)?;
            return Ok(vec![tie]);
        }
        check(ruling, last, !subjects.is_empty())?;
        Ok(subjects.into_iter().map(|subject| Ruling { subject, ..ruling.clone() }).collect())
    }

    /// A merge or split as it is kept: between claims.
    fn tie(
        &self,
        ruling: &Ruling,
        subjects: &[String],
        events: &mut Option<BTreeMap<String, Vec<String>>>,
    ) -> Result<Ruling, RecordError> {
        let value = ruling.value.as_deref().unwrap_or_default();
        if value.starts_with("with=") {
            return Ok(ruling.clone());
        }
        let mut named = BTreeSet::new();
        for id in value.split([',', ' ']).map(str::trim).filter(|id| !id.is_empty()) {
            let claims = self.subjects(id, events)?;
            if claims.is_empty() {
                return Err(refused(ruling, &format!("the record holds no claim or event {id}")));
            }
            named.extend(claims);
        }
        let whole: BTreeSet<String> = subjects.iter().cloned().collect();
        let (these, others) = match ruling.action.as_str() {
            "merge" => (named.union(&whole).cloned().collect::<Vec<_>>(), Vec::new()),
            _ => {
                if let Some(stray) = named.difference(&whole).next() {
                    return Err(refused(ruling, &format!("{stray} is no account of it")));
                }
                (named.iter().cloned().collect(), whole.difference(&named).cloned().collect())
            }
        };
        let subject = these.first().cloned().unwrap_or_else(|| ruling.subject.clone());
        Ok(Ruling { subject, value: Some(ties::value(&these, &others)), ..ruling.clone() })
    }

    /// The claims a ruling's subject stands for: itself, or an event's.
    fn subjects(
        &self,
        subject: &str,
        events: &mut Option<BTreeMap<String, Vec<String>>>,
    ) -> Result<Vec<String>, RecordError> {
        if !subject.starts_with("e_") {
            let is_there = self.reader().claim(subject)?.is_some() || self.is_proposed(subject)?;
            return Ok(is_there.then(|| subject.to_owned()).into_iter().collect());
        }
        if self.reader().is_settled()? {
            return self.accounts(subject);
        }
        let known = match events {
            Some(known) => known,
            None => {
                let claims = |event: &sitrep_model::Event| {
                    event.accounts.iter().map(|account| account.claim_id.to_string()).collect::<Vec<_>>()
                };
                let all = self.compute()?.events;
                events.insert(all.iter().map(|event| (event.event_id.to_string(), claims(event))).collect())
            }
        };
        Ok(known.get(subject).cloned().unwrap_or_default())
    }

    /// The number of the last ruling, 0 when there is none.
    fn last_ruling(&self) -> Result<u64, RecordError> {
        let reader = self.reader();
        let last = reader.connection.query_row("SELECT COALESCE(MAX(number), 0) FROM ruling", [], |row| row.get(0));
        last.map(i64::unsigned_abs).map_err(|e| RecordError::database(reader.path, e))
    }

    /// The claims of an event as stored, in order.
    fn accounts(&self, event: &str) -> Result<Vec<String>, RecordError> {
        let reader = self.reader();
        let read = || {
            let mut statement =
                reader.connection.prepare_cached("SELECT claim FROM account WHERE event = ?1 ORDER BY claim")?;
            let rows = statement.query_map([event], |row| row.get(0))?;
            rows.collect::<rusqlite::Result<Vec<String>>>()
        };
        read().map_err(|e| RecordError::database(reader.path, e))
    }
}
