//! Tests of the room as a whole, on invented places and outlets. The builders here make claims in one line each.

mod copies;
mod decision;
mod defined;
mod evidence;
mod forecasts;
mod fuse;
#[path = "../../benches/record/made.rs"]
#[allow(dead_code, reason = "the benchmark uses more of it")]
mod made;
mod merge;
mod near;
mod proposed;
mod redact;
mod register;
mod rulings;
mod seeds;
mod select;
mod sides;
mod store;

use jiff::civil::Date;
use sitrep_model::*;

/// The edition of the tests.
pub(crate) fn edition() -> Edition {
    Edition {
        version: "0".into(),
        rules: "r".into(),
        world: "w".into(),
        model: "m".into(),
        gazetteer: None,
        actors: None,
    }
}

/// A day, as `2031-05-09`.
pub(crate) fn day(text: &str) -> Date {
    text.parse().expect("a test's date")
}

/// A report under construction: lines of text, each with the claim it makes.
pub(crate) struct Report {
    pub(crate) page: Page,
    pub(crate) document: Document,
    pub(crate) claims: Vec<Claim>,
}

/// A report of `outlet` on `published`; every line of `lines` is one sentence and one claim of type `event`.
pub(crate) fn report(outlet: &str, published: &str, lines: &[(&str, &str)]) -> Report {
    let text: String = lines.iter().map(|(_, line)| format!("{line}\n")).collect();
    let sha256 = sha256_hex(text.as_bytes());
    let id = PageId::of(&[outlet, published, &sha256]);
    let document = Document {
        id: DocumentId::of(&[id.as_str(), &text]),
        page: id.clone(),
        path: format!("{outlet}-{published}.txt"),
        url: None,
        title: None,
        byline: None,
        outlet: (!outlet.is_empty()).then(|| outlet.to_owned()),
        language: Some("en".into()),
        published: Some(Published { date: day(published), how: HowKnown::Given, confidence: 1.0 }),
        modified: None,
        text: text.clone(),
        blocks: Vec::new(),
        comments: Vec::new(),
        media: Vec::new(),
        reply_to: None,
        forwarded_from: None,
        translation: None,
    };
    let mut claims = Vec::new();
    let mut at = 0;
    for (event, line) in lines {
        claims.push(claim(&document, at, line, event));
        at += line.len() + 1;
    }
    let page = Page {
        id,
        path: document.path.clone(),
        media_type: MediaType::Text,
        meta: PageMeta::default(),
        raw: text.into_bytes(),
        sha256,
        custody: Custody::default(),
    };
    Report { page, document, claims }
}

fn claim(document: &Document, start: usize, quote: &str, event: &str) -> Claim {
    let (start, end) = (start as u32, (start + quote.len()) as u32);
    Claim {
        claim_id: ClaimId::of(&[document.id.as_str(), &start.to_string(), event]),
        document: document.id.clone(),
        document_path: document.path.clone(),
        voice: Voice::Article,
        comment_id: None,
        start,
        end,
        quote: quote.to_owned(),
        sentence_start: start,
        sentence_end: end,
        event: EventType::from_code(event).expect("a test's event code"),
        codes: Codes::default(),
        actors: Vec::new(),
        targets: Vec::new(),
        things: Vec::new(),
        instruments: Vec::new(),
        operation: None,
        place: None,
        time: None,
        origin: None,
        destination: None,
        quantities: Vec::new(),
        status: Status::Occurred,
        polarity: Polarity::Affirmed,
        again: false,
        attribution: vec![link(None, AttributionType::Author)],
        certainty: Certainty::default(),
        condition: None,
        condition_text: None,
        about: None,
        forecast: None,
        extraction: 0.9,
        rule: "test".into(),
        notes: Vec::new(),
    }
}

/// One link of an attribution chain.
pub(crate) fn link(holder: Option<&str>, kind: AttributionType) -> AttributionLink {
    AttributionLink {
        holder: holder.map(str::to_owned),
        kind,
        cue: None,
        stance: SourceStance::Assert,
        author_stance: AuthorStance::Neutral,
        form: AttributionForm::None,
        basis: Basis::Unstated,
        actor_id: None,
        holder_span: None,
        cue_span: None,
    }
}

/// A place known by name alone.
pub(crate) fn place(name: &str) -> Place {
    Place::unlocated(name.to_owned(), name.to_owned())
}

/// An actor known by name alone.
pub(crate) fn actor(name: &str) -> ActorRef {
    ActorRef {
        text: name.to_owned(),
        name: name.to_owned(),
        actor_id: None,
        kind: None,
        member_of: Vec::new(),
        refers_to: None,
    }
}

/// The days from `from` to `to`; an empty string leaves that end open.
pub(crate) fn days(from: &str, to: &str) -> Time {
    Time {
        text: Some(format!("{from} to {to}")),
        kind: TimexType::Date,
        value: from.to_owned(),
        modifier: None,
        from: (!from.is_empty()).then(|| day(from)),
        to: (!to.is_empty()).then(|| day(to)),
        anchor: Anchor::Calendar,
        precision: None,
    }
}

/// Changes to a claim that read as a sentence.
pub(crate) trait Says: Sized {
    fn edit(&mut self) -> &mut Claim;
    fn by(&mut self, names: &[&str]) -> &mut Claim {
        self.edit().actors = names.iter().map(|name| actor(name)).collect();
        self.edit()
    }
    fn against(&mut self, names: &[&str]) -> &mut Claim {
        self.edit().targets = names.iter().map(|name| actor(name)).collect();
        self.edit()
    }
    fn at(&mut self, name: &str) -> &mut Claim {
        self.edit().place = Some(place(name));
        self.edit()
    }
    fn on(&mut self, date: &str) -> &mut Claim {
        self.edit().time = Some(days(date, date));
        self.edit()
    }
    fn according_to(&mut self, holder: &str, kind: AttributionType) -> &mut Claim {
        self.edit().attribution = vec![link(Some(holder), kind)];
        self.edit()
    }
    fn amount(&mut self, kind: &str, best: f64) -> &mut Claim {
        let (low, best, high) = (Some(best), Some(best), Some(best));
        let text = format!("{}", best.unwrap_or_default());
        let (of, cumulative) = (None, false);
        self.edit().quantities.push(Quantity { text, kind: kind.to_owned(), low, best, high, of, cumulative });
        self.edit()
    }
}

impl Says for Claim {
    fn edit(&mut self) -> &mut Claim {
        self
    }
}
