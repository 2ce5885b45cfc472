//! What changed in a record since a moment.
//!
//! In: the log beside the record, its rulings and redactions. Out: [`Changes`]: pages and claims that are new or were touched, and
//! tombstones of what was rejected or redacted. The log tells when; without one nobody can say what is new.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use sitrep::model::{Contents, RedactedKind, RulingState};
use sitrep::{Entry, Record};

use crate::answers::Tombstone;
use crate::problem::Wrong;
use crate::review::subjects;
use crate::routes::Asked;

/// What changed.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// Pages that came, or of which something was taken out.
    pages: BTreeSet<String>,
    /// Claims that were ruled on.
    claims: BTreeSet<String>,
    /// Claims that do not stand any more.
    rejected: BTreeSet<String>,
    /// A ruling on names was taken back: any claim may read otherwise now.
    anything: bool,
    pub(crate) tombstones: Vec<Tombstone>,
    /// The time of the last change there was.
    pub(crate) until: Option<String>,
}

impl Changes {
    /// Leaves what changed.
    pub(crate) fn keep(&self, contents: &mut Contents) {
        if !self.anything {
            let pages = contents.documents.iter().filter(|it| self.pages.contains(it.page.as_str()));
            let documents: BTreeSet<String> = pages.map(|it| it.id.to_string()).collect();
            contents.claims.retain(|claim| {
                documents.contains(claim.document.as_str()) || self.claims.contains(claim.claim_id.as_str())
            });
        }
        contents.claims.retain(|claim| !self.rejected.contains(claim.claim_id.as_str()));
        contents.pages.retain(|row| self.pages.contains(row.id.as_str()));
        let there: BTreeSet<String> = contents.pages.iter().map(|row| row.id.to_string()).collect();
        // A claim's document is needed for its offsets, whether or not its page is listed.
        let named: BTreeSet<String> = contents.claims.iter().map(|claim| claim.document.to_string()).collect();
        contents.documents.retain(|it| there.contains(it.page.as_str()) || named.contains(it.id.as_str()));
    }
}

/// What the log says happened from `time` on, by name of the thing; and the time of its last line.
fn lines(text: &[u8], time: Timestamp) -> (BTreeMap<String, String>, Option<String>) {
    let (mut since, mut until) = (BTreeMap::new(), None);
    for line in text.split(|byte| *byte == b'\n') {
        let Ok(entry) = serde_json::from_slice::<Entry>(line) else { continue };
        if entry.did == "created" {
            // A record made anew under the same name starts over in the same log.
            since.clear();
        }
        if entry.time.parse::<Timestamp>().is_ok_and(|at| at >= time) {
            since.insert(entry.id, entry.time.clone());
        }
        until = Some(entry.time);
    }
    (since, until)
}

/// Everything that changed from `time` on.
pub(crate) fn changes(asked: &Asked<'_>, time: Timestamp) -> Result<Changes, Wrong> {
    let no_log = "updated_since: this record has no log beside it, so nobody can say what is new";
    let text = std::fs::read(Record::log_path(&asked.app.options.record)).map_err(|_| no_log)?;
    let (since, until) = lines(&text, time);
    let mut changes = Changes { until, ..Changes::default() };
    changes.pages.extend(since.keys().filter(|id| id.starts_with("p_")).cloned());
    for redaction in asked.app.record()?.redactions()? {
        let Some(on) = since.get(&format!("redaction {}", redaction.number)) else { continue };
        changes.pages.extend(redaction.pages.iter().map(|it| it.page.to_string()));
        let kind = match redaction.kind {
            RedactedKind::Page => "page",
            RedactedKind::Comment => "comment",
            RedactedKind::Name => continue,
        };
        let Some(id) = redaction.subject else { continue };
        changes.pages.remove(&id);
        changes.tombstones.push(Tombstone {
            kind: kind.to_owned(),
            id,
            why: "redacted".to_owned(),
            number: redaction.number,
            on: on.clone(),
        });
    }
    let number = |id: &str| id.strip_prefix("ruling ")?.parse::<u64>().ok();
    let ruled: BTreeMap<u64, &String> = since.iter().filter_map(|(id, on)| Some((number(id)?, on))).collect();
    touched(asked, &ruled, &mut changes);
    Ok(changes)
}

/// Claims that rulings of these numbers are about.
fn touched(asked: &Asked<'_>, ruled: &BTreeMap<u64, &String>, changes: &mut Changes) {
    let snapshot = asked.snapshot;
    let of_note = |note: &str| note.strip_prefix("ruling ")?.split(':').next()?.parse::<u64>().ok();
    for claim in &snapshot.contents.claims {
        if claim.notes.iter().filter_map(|note| of_note(note)).any(|number| ruled.contains_key(&number)) {
            changes.claims.insert(claim.claim_id.to_string());
        }
    }
    for (number, on) in ruled {
        let Some(entry) = asked.reviewed.entry(*number) else { continue };
        let undone = entry.ruling.subject.parse().ok().filter(|_| entry.ruling.action == "undo");
        let about = undone.and_then(|earlier| asked.reviewed.entry(earlier)).unwrap_or(entry);
        changes.anything |= undone.is_some() && about.ruling.action == "name";
        for subject in subjects(&about.ruling) {
            let claims: Vec<String> = match snapshot.event(&subject) {
                Some(event) => event.accounts.iter().map(|it| it.claim_id.to_string()).collect(),
                None => vec![subject],
            };
            let stands = matches!(entry.state, RulingState::InForce | RulingState::InPart);
            let rejects = entry.ruling.action == "reject" && stands;
            for id in claims.into_iter().filter(|id| id.starts_with("c_")) {
                if rejects && asked.reviewed.of(&id) == "rejected" && changes.rejected.insert(id.clone()) {
                    changes.tombstones.push(Tombstone {
                        kind: "claim".to_owned(),
                        id: id.clone(),
                        why: "rejected".to_owned(),
                        number: *number,
                        on: (*on).clone(),
                    });
                }
                changes.claims.insert(id);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(time: &str, did: &str, id: &str) -> String {
        format!(
            "{{\"number\":1,\"time\":\"{time}\",\"tool\":\"t\",\"did\":\"{did}\",\"id\":\"{id}\",\"sha256\":\"0\",\"previous\":\"0\",\"hash\":\"0\"}}\n"
        )
    }

    #[test]
    fn a_log_tells_what_came_since_and_starts_over_with_a_new_record() {
        let old = line("2031-05-01T00:00:00Z", "created", "edition") + &line("2031-05-01T00:00:00Z", "added", "p_1");
        let text = old + "cut sho\n" + &line("2031-05-09T06:30:00Z", "added", "p_2");
        let (since, until) = lines(text.as_bytes(), "2031-05-02T00:00:00Z".parse().unwrap());
        assert_eq!(since.keys().map(String::as_str).collect::<Vec<_>>(), ["p_2"]);
        assert_eq!(until.as_deref(), Some("2031-05-09T06:30:00Z"));
        let anew = text + &line("2031-05-10T00:00:00Z", "created", "edition");
        let (since, _) = lines(anew.as_bytes(), "2031-05-02T00:00:00Z".parse().unwrap());
        assert_eq!(since.keys().map(String::as_str).collect::<Vec<_>>(), ["edition"]);
    }
}
