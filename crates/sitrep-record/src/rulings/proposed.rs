//! Claims that a machine proposed: kept as rulings, and claims only once a reviewer accepted them.
//!
//! In: a [`Proposal`], which is offsets into a stored text, codes of the published lists and days, and who was asked. Out: rulings `propose`,
//! the claims of those accepted, and those that wait. Never holds a word that a machine wrote: all words are the text's own, cut out of it
//! by the offsets. What nobody accepted is in no list, no event and no export.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sitrep_model::{
    ActorRef, Anchor, AttributionForm, AttributionLink, AttributionType, AuthorStance, Basis, BlockKind, Certainty,
    Claim, ClaimId, Codes, Contents, Date, Document, DocumentId, EventType, Place, Polarity, Ruling, SourceStance,
    Span, Status, Time, TimePrecision, TimexType, Voice,
};

use super::{refused, undone};
use crate::{Record, RecordError};

/// The action of a ruling that keeps a proposal.
pub(crate) const PROPOSE: &str = "propose";
/// The rule of a claim that came this way.
const RULE: &str = "machine-proposed";
/// Longest name of an endpoint or a model.
const MAX_NAME_BYTES: usize = 200;

/// What a machine proposes: everything it says of the text, as places in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// The document.
    pub document: DocumentId,
    /// The passage.
    pub span: Span,
    /// What happened.
    pub event: EventType,
    /// How real; a forecast cannot be proposed, as its window and criteria are worked out from the text.
    pub status: Status,
    /// So, or not so.
    pub polarity: Polarity,
    /// Who did it, in the passage.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actors: Vec<Span>,
    /// To whom, in the passage.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Span>,
    /// Where, in the passage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Span>,
    /// When, in the passage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Span>,
    /// The days the machine takes these words for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<[Date; 2]>,
    /// Who says so, in the passage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Span>,
    /// Who was asked, when and how.
    pub asked: Asked,
}

/// Where a proposal comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The host that answered.
    pub host: String,
    /// The model, as the user named it.
    pub model: String,
    /// The day, as the user gave it.
    pub on: Date,
    /// SHA-256 of the whole question, instructions and text.
    pub question_sha256: String,
}

impl Proposal {
    /// The claim's id: the same passage with the same deed, parties and days is the same proposal, whoever makes it.
    #[must_use]
    pub fn claim_id(&self) -> ClaimId {
        let span = |it: &Span| format!("{}..{}", it.start, it.end);
        let spans = |all: &[Span]| all.iter().map(span).collect::<Vec<_>>().join(",");
        let days = self.days.map_or(String::new(), |[from, to]| format!("{from}..{to}"));
        let key = [
            "proposed",
            &span(&self.span),
            self.event.as_str(),
            self.status.as_str(),
            self.polarity.as_str(),
            &spans(&self.actors),
            &spans(&self.targets),
            &self.place.as_ref().map(span).unwrap_or_default(),
            &days,
        ];
        ClaimId::of(&[self.document.as_str(), &key.join(" ")])
    }

    /// The ruling that keeps it.
    #[must_use]
    pub fn ruling(&self) -> Ruling {
        Ruling {
            number: 0,
            action: PROPOSE.to_owned(),
            subject: self.claim_id().to_string(),
            value: serde_json::to_string(self).ok(),
            reviewer: format!("machine: {}", self.asked.model),
            why: None,
        }
    }

    fn of(ruling: &Ruling) -> Option<Proposal> {
        let value = ruling.value.as_deref().filter(|_| ruling.action == PROPOSE)?;
        serde_json::from_str(value).ok()
    }

    /// The part of the article that holds the passage whole.
    fn block(&self, document: &Document) -> Option<BlockKind> {
        let within = |outer: Span| outer.start <= self.span.start && self.span.end <= outer.end;
        document.blocks.iter().find(|block| within(block.span)).map(|block| block.kind)
    }

    /// Why it cannot be kept, or nothing.
    fn fault(&self, document: &Document) -> Option<&'static str> {
        let there = |span: &Span| !span.of(&document.text).is_empty();
        let parts = || {
            let single = [self.place, self.when, self.source];
            self.actors.iter().chain(&self.targets).copied().chain(single.into_iter().flatten())
        };
        let within = |part: Span| self.span.start <= part.start && part.end <= self.span.end && there(&part);
        let is_name = |text: &str| !text.trim().is_empty() && text.len() <= MAX_NAME_BYTES;
        match () {
            () if self.document != document.id || !there(&self.span) => Some("no such passage stands in the text"),
            () if self.block(document).is_none() => Some("the passage is not within one paragraph of the article"),
            () if !parts().all(within) => Some("a part of it stands outside the passage"),
            () if self.status == Status::Forecast => Some("a forecast cannot be proposed"),
            () if self.days.is_some_and(|[from, to]| from > to) => Some("its days run backwards"),
            () if self.days.is_some() && self.when.is_none() => Some("it gives days that no words of the passage tell"),
            () if !is_name(&self.asked.host) || !is_name(&self.asked.model) => Some("who was asked is not told"),
            () => None,
        }
    }

    /// The claim it makes of the text; `None` when the text no longer has the passage.
    fn claim(&self, document: &Document, number: u64, accepted_by: Option<&str>) -> Option<Claim> {
        if self.fault(document).is_some() {
            return None;
        }
        let words = |span: &Span| span.of(&document.text).to_owned();
        let actor = |span: &Span| ActorRef {
            text: words(span),
            name: words(span),
            actor_id: None,
            kind: None,
            member_of: Vec::new(),
            refers_to: None,
        };
        let by = accepted_by.map_or("not reviewed".to_owned(), |reviewer| format!("accepted by {reviewer}"));
        let Asked { host, model, on, .. } = &self.asked;
        let leaf = self.event.leaf();
        let author = link(AttributionType::Author, None, None);
        let source = self.source.map(|span| link(AttributionType::Unspecified, Some(words(&span)), Some(span)));
        Some(Claim {
            claim_id: self.claim_id(),
            document: document.id.clone(),
            document_path: document.path.clone(),
            voice: match self.block(document) {
                Some(BlockKind::Headline) => Voice::Headline,
                Some(BlockKind::Caption) => Voice::Caption,
                _ => Voice::Article,
            },
            comment_id: None,
            start: self.span.start,
            end: self.span.end,
            quote: words(&self.span),
            sentence_start: self.span.start,
            sentence_end: self.span.end,
            event: self.event,
            codes: Codes {
                acled: leaf.acled.map(str::to_owned),
                plover: leaf.plover.map(str::to_owned),
                cameo: leaf.cameo.map(str::to_owned),
            },
            actors: self.actors.iter().map(actor).collect(),
            targets: self.targets.iter().map(actor).collect(),
            things: Vec::new(),
            instruments: Vec::new(),
            operation: None,
            place: self.place.as_ref().map(|span| Place::unlocated(words(span), words(span))),
            time: self.when.as_ref().zip(self.days).map(|(when, days)| time(words(when), days)),
            origin: None,
            destination: None,
            quantities: Vec::new(),
            status: self.status,
            polarity: self.polarity,
            again: false,
            attribution: std::iter::once(author).chain(source).collect(),
            certainty: Certainty { author: None, source: None, word: None },
            condition: None,
            condition_text: None,
            about: None,
            forecast: None,
            extraction: if accepted_by.is_some() { 1.0 } else { 0.0 },
            rule: RULE.to_owned(),
            notes: vec![format!("machine-proposed, {by}: ruling {number}, model {model} at {host} on {on}")],
        })
    }
}

fn link(kind: AttributionType, holder: Option<String>, holder_span: Option<Span>) -> AttributionLink {
    AttributionLink {
        holder,
        kind,
        cue: None,
        stance: SourceStance::Assert,
        author_stance: AuthorStance::Neutral,
        form: AttributionForm::Adjunct,
        basis: Basis::Unstated,
        actor_id: None,
        holder_span,
        cue_span: None,
    }
}

fn time(text: String, [from, to]: [Date; 2]) -> Time {
    let (ucdp, acled) = match from.until(to).map_or(0, |span| span.get_days()) {
        0 => (1, 1),
        1..=5 => (2, 2),
        6 => (3, 2),
        7..=31 => (4, 3),
        _ => (5, 3),
    };
    Time {
        text: Some(text),
        kind: if from == to { TimexType::Date } else { TimexType::Duration },
        value: if from == to { from.to_string() } else { format!("{from}/{to}") },
        modifier: None,
        from: Some(from),
        to: Some(to),
        anchor: Anchor::Published,
        precision: Some(TimePrecision { ucdp, acled }),
    }
}

/// Proposals in force with the ruling that keeps each, and the verdict on it: the last accept or reject in force.
fn standing(rulings: &[Ruling]) -> Vec<(&Ruling, Proposal, Option<&Ruling>)> {
    if !rulings.iter().any(|ruling| ruling.action == PROPOSE) {
        return Vec::new();
    }
    let undone = undone(rulings);
    let in_force = || rulings.iter().filter(|ruling| !undone.contains_key(&ruling.number));
    let is_verdict = |ruling: &&Ruling| matches!(ruling.action.as_str(), "accept" | "reject");
    let verdicts: BTreeMap<&str, &Ruling> = in_force().filter(is_verdict).map(|it| (it.subject.as_str(), it)).collect();
    let mut told = BTreeSet::new();
    in_force()
        .filter_map(|ruling| Some((ruling, Proposal::of(ruling)?)))
        .filter(|(ruling, _)| told.insert(ruling.subject.as_str()))
        .map(|(ruling, proposal)| (ruling, proposal, verdicts.get(ruling.subject.as_str()).copied()))
        .collect()
}

/// Puts the claims of accepted proposals among those that were read, each at its place in its document.
pub(crate) fn with_accepted(claims: &mut Vec<Claim>, documents: &[Document], rulings: &[Ruling]) {
    let standing = standing(rulings);
    if standing.is_empty() {
        return;
    }
    let by_id: BTreeMap<&DocumentId, (usize, &Document)> =
        documents.iter().enumerate().map(|(at, it)| (&it.id, (at, it))).collect();
    let n_read = claims.len();
    claims.extend(standing.iter().filter_map(|(ruling, proposal, verdict)| {
        let accepted = verdict.filter(|it| it.action == "accept")?;
        let (_, document) = by_id.get(&proposal.document)?;
        proposal.claim(document, ruling.number, Some(&accepted.reviewer))
    }));
    if claims.len() > n_read {
        let order = |id: &DocumentId| by_id.get(id).map(|(at, _)| *at);
        claims.sort_by_cached_key(|it| (order(&it.document), it.start, it.claim_id.clone()));
    }
}

/// What machines proposed and nobody has ruled on, as the claims they would be.
#[must_use]
pub fn proposed(contents: &Contents) -> Vec<Claim> {
    let open = standing(&contents.rulings).into_iter().filter(|(_, _, verdict)| verdict.is_none());
    open.filter_map(|(ruling, proposal, _)| {
        let document = contents.documents.iter().find(|it| it.id == proposal.document)?;
        proposal.claim(document, ruling.number, None)
    })
    .collect()
}

impl Record {
    /// A ruling that proposes a claim, as it is kept.
    pub(super) fn proposal(&self, ruling: &Ruling) -> Result<Ruling, RecordError> {
        let refuse = |why: &str| Err(refused(ruling, why));
        let Some(proposal) = Proposal::of(ruling) else { return refuse("no proposal can be read from it") };
        let reader = self.reader();
        let Some(document) = reader.document(proposal.document.as_str())? else {
            return refuse("the record holds no such document");
        };
        if let Some(fault) = proposal.fault(&document) {
            return refuse(fault);
        }
        if self.is_proposed(proposal.claim_id().as_str())? {
            return refuse("it is proposed already");
        }
        let same =
            |it: &Claim| it.event == proposal.event && it.start < proposal.span.end && proposal.span.start < it.end;
        if reader.claims_of(document.id.as_str())?.iter().any(same) {
            return refuse("the record reads a claim of that type there already");
        }
        Ok(Ruling { reviewer: ruling.reviewer.clone(), why: ruling.why.clone(), ..proposal.ruling() })
    }

    /// Whether a proposal in force has this id.
    pub(super) fn is_proposed(&self, id: &str) -> Result<bool, RecordError> {
        Ok(standing(&self.reader().rulings()?).iter().any(|(ruling, ..)| ruling.subject == id))
    }

    /// The claims of accepted proposals among these ids.
    pub(crate) fn accepted_among(&self, ids: &BTreeSet<String>) -> Result<Vec<Claim>, RecordError> {
        let reader = self.reader();
        let mut rulings = reader.rulings()?;
        if !rulings.iter().any(|it| it.action == PROPOSE && ids.contains(&it.subject)) {
            return Ok(Vec::new());
        }
        rulings.retain(|it| it.action != PROPOSE || ids.contains(&it.subject));
        let mut documents = Vec::new();
        for (_, proposal, _) in standing(&rulings) {
            documents.extend(reader.document(proposal.document.as_str())?);
        }
        let mut claims = Vec::new();
        with_accepted(&mut claims, &documents, &rulings);
        Ok(claims)
    }
}
