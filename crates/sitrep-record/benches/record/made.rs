//! A made-up war of any size: deeds with towns, days, parties and tolls, told by outlets that copy, contradict and forecast.
//!
//! In: how many claims. Out: reports in the order of their days, each a page with its document and claims. The shares are those of
//! hand-coded sets: few towns and parties hold most deeds (Zipf), half of the deeds are told once and a few very often, one report in
//! seven reprints another with small changes. The same number gives the same reports; nothing in them is real.

use std::collections::VecDeque;

use jiff::civil::Date;
use sitrep_model::*;

/// Numbers that look random and are the same on every machine.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }

    fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    /// Small numbers often, large ones seldom: about as Zipf has it.
    fn skewed(&mut self, n: usize) -> usize {
        let most = (n as f64).ln();
        let rank = (most * self.below(1 << 20) as f64 / f64::from(1 << 20)).exp();
        (rank as usize - 1).min(n - 1)
    }
}

/// A page with what was read from it.
pub(crate) struct Report {
    pub(crate) page: Page,
    pub(crate) document: Document,
    pub(crate) claims: Vec<Claim>,
}

/// A claim with where it stands in its report.
type Placed = (usize, usize, Claim);

struct Deed {
    kind: usize,
    town: usize,
    day: i32,
    actor: usize,
    target: usize,
    toll: usize,
}

/// Type, share in percent, how it is told.
const KINDS: [(&str, usize, &str); 12] = [
    ("clash", 22, "clashed with"),
    ("air_strike", 18, "carried out an air strike on positions of"),
    ("shelling", 12, "shelled positions of"),
    ("casualties.killed", 14, "lost fighters to"),
    ("attack", 8, "attacked a checkpoint of"),
    ("territory.captured", 6, "took the town from"),
    ("explosive", 2, "sent a car bomb against"),
    ("attack.repelled", 4, "beat back an assault by"),
    ("force.withdrew", 3, "pulled its men back before"),
    ("force.advanced", 5, "moved forward against"),
    ("detention.arrested", 3, "arrested men of"),
    ("territory.held", 3, "still holds the town against"),
];
const SYLLABLES: [&str; 24] = [
    "var", "nesh", "kor", "ma", "del", "tau", "rin", "sol", "bek", "ush", "ter", "gal", "mir", "zan", "hol", "pra",
    "lim", "dor", "est", "vik", "ram", "oso", "jal", "tef",
];
const N_TOWNS: usize = 4000;
const N_PARTIES: usize = 80;
const N_OUTLETS: usize = 150;
const EPOCH: Date = Date::constant(2029, 1, 1);
const DEEDS_A_DAY: usize = 150;

fn name(number: usize) -> String {
    let n = SYLLABLES.len();
    let word = [SYLLABLES[number % n], SYLLABLES[(number / n) % n], SYLLABLES[(number / n / n + number) % n]].concat();
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn party(number: usize) -> ActorRef {
    let text = format!("{} {}", name(number * 7 + 3), ["Army", "Brigade", "Front", "Union"][number % 4]);
    let actor_id = (number < 50).then(|| format!("made.{number}"));
    let kind = Some(["state forces", "rebels", "militia"][number % 3].to_owned());
    ActorRef { name: text.clone(), text, actor_id, kind, member_of: Vec::new(), refers_to: None }
}

fn town(number: usize) -> Place {
    let mut place = Place::unlocated(name(number), name(number));
    // A tenth of the towns is on no map.
    if number % 10 != 9 {
        place.status = PlaceStatus::Known;
        place.lat = Some(20.0 + (number % 63) as f64 * 0.31);
        place.lon = Some(30.0 + (number / 63) as f64 * 0.29);
        place.radius_km = Some(2.0);
        place.geonames_id = Some(9_000_000 + number as u64);
        place.precision = Some(PlacePrecision { ucdp: 1, acled: 1 });
    }
    place
}

/// Reports without end, day by day.
pub(crate) struct War {
    dice: Dice,
    day: i32,
    recent: VecDeque<Deed>,
    told_today: usize,
    printed: VecDeque<(String, Vec<Placed>)>,
    n_reports: usize,
}

impl War {
    pub(crate) fn new(seed: u64) -> War {
        let printed = VecDeque::new();
        War { dice: Dice(seed), day: 0, recent: VecDeque::new(), told_today: usize::MAX, printed, n_reports: 0 }
    }

    fn next_day(&mut self) {
        self.day += 1;
        self.told_today = 0;
        for _ in 0..DEEDS_A_DAY {
            let mut share = self.dice.below(100);
            let kind = KINDS.iter().position(|(_, part, _)| match share.checked_sub(*part) {
                Some(rest) => {
                    share = rest;
                    false
                }
                None => true,
            });
            let actor = self.dice.skewed(N_PARTIES);
            let deed = Deed {
                kind: kind.unwrap_or_default(),
                town: self.dice.skewed(N_TOWNS),
                day: self.day,
                actor,
                target: (actor + 1 + self.dice.skewed(N_PARTIES - 1)) % N_PARTIES,
                toll: 1 + self.dice.skewed(60),
            };
            self.recent.push_front(deed);
        }
        self.recent.truncate(DEEDS_A_DAY * 4);
    }

    /// The next report.
    pub(crate) fn report(&mut self) -> Report {
        // About 2.6 accounts a deed.
        if self.told_today >= DEEDS_A_DAY * 26 / 10 {
            self.next_day();
        }
        self.n_reports += 1;
        let outlet = self.dice.skewed(N_OUTLETS);
        let mut report = match self.printed.is_empty() || !self.dice.percent(14) {
            true => self.written(outlet),
            false => self.reprinted(outlet),
        };
        self.told_today += report.claims.len();
        report.claims.sort_by_key(|claim| claim.start);
        report
    }

    fn published(&self) -> Date {
        EPOCH.saturating_add(jiff::Span::new().days(i64::from(self.day)))
    }

    fn written(&mut self, outlet: usize) -> Report {
        let mut text = String::new();
        let mut told = Vec::new();
        for _ in 0..4 + self.dice.below(9) {
            for _ in 0..self.dice.below(4) {
                text.push_str(&self.background());
            }
            let at = self.picked();
            let Some((sentence, mut claim)) = self.told(at) else { continue };
            let start = text.len();
            text.push_str(&sentence);
            text.push('\n');
            claim.quote = sentence;
            told.push((start, text.len() - 1, claim));
        }
        if self.dice.percent(30) {
            self.printed.push_front((text.clone(), told.clone()));
            self.printed.truncate(40);
        }
        self.finished(outlet, text, told)
    }

    /// Which deed is told next: mostly any of the last four days, now and then one that everybody speaks of.
    fn picked(&mut self) -> usize {
        if self.dice.percent(25) { self.dice.skewed(self.recent.len()) } else { self.dice.below(self.recent.len()) }
    }

    /// A sentence of no interest, seldom the same twice.
    fn background(&mut self) -> String {
        let words: Vec<String> =
            (0..8 + self.dice.below(14)).map(|_| name(self.dice.skewed(9000)).to_lowercase()).collect();
        format!("{}. ", words.join(" "))
    }

    fn reprinted(&mut self, outlet: usize) -> Report {
        let at = self.dice.below(self.printed.len());
        let (mut text, told) = self.printed[at].clone();
        text.push_str(&self.background());
        self.finished(outlet, text, told)
    }

    /// One deed told in one sentence: now and then with another toll, another day, a denial, as a forecast.
    fn told(&mut self, at: usize) -> Option<(String, Claim)> {
        let (kind, town_at, day, actor, target, mut toll) = {
            let deed = self.recent.get(at)?;
            (deed.kind, deed.town, deed.day, deed.actor, deed.target, deed.toll)
        };
        let dice = &mut self.dice;
        if dice.percent(15) {
            toll += 1 + dice.below(5);
        }
        let day = day - i32::from(dice.percent(4));
        let date = EPOCH.saturating_add(jiff::Span::new().days(i64::from(day)));
        let (event, _, does) = KINDS[kind];
        let (actor, target, place) = (party(actor), party(target), town(town_at));
        let opening = ["On", "Late on", "In the morning of", "By"][dice.below(4)];
        let source = ["local sources said", "the army said", "activists reported", "a monitor said"][dice.below(4)];
        let tail: Vec<String> = (0..dice.below(9)).map(|_| name(dice.skewed(9000)).to_lowercase()).collect();
        let tail = tail.join(" ");
        let (who, whom, place_text) = (&actor.text, &target.text, &place.text);
        let sentence =
            format!("{opening} {date} {who} {does} {whom} at {place_text} {tail}, leaving {toll} dead, {source}.");
        let mut claim = blank(event);
        let holder = source.rsplit_once(' ').map(|(holder, _)| holder.to_owned());
        let mut link = author();
        (link.kind, link.cue, link.holder) =
            (AttributionType::Local, Some(source.to_owned()), holder.filter(|_| dice.percent(60)));
        if dice.percent(2) {
            link.stance = SourceStance::Deny;
        }
        claim.attribution = vec![link];
        (claim.actors, claim.targets, claim.place) = (vec![actor], vec![target], Some(place));
        if dice.percent(90) {
            claim.time = Some(Time {
                text: Some(date.to_string()),
                kind: TimexType::Date,
                value: date.to_string(),
                modifier: None,
                from: Some(date),
                to: Some(date),
                anchor: Anchor::Calendar,
                precision: None,
            });
        }
        if event == "casualties.killed" || dice.percent(20) {
            let best = Some(toll as f64);
            let (text, kind) = (toll.to_string(), "killed".to_owned());
            claim.quantities = vec![Quantity { text, kind, low: best, best, high: best, of: None, cumulative: false }];
        }
        if dice.percent(1) {
            claim.status = Status::Forecast;
            let window = [date, date.saturating_add(jiff::Span::new().days(30))];
            let likelihood =
                Likelihood { word: Some("likely".into()), low: 0.55, high: 0.8, yardstick: "ICD 203".into() };
            claim.forecast = Some(ForecastView {
                window: Some(window),
                rule: "P1M from published".into(),
                likelihood: Some(likelihood),
                criteria: "the same told as done".into(),
            });
        }
        if dice.percent(5) {
            claim.voice = Voice::Comment;
        }
        Some((sentence, claim))
    }

    fn finished(&mut self, outlet: usize, text: String, told: Vec<Placed>) -> Report {
        let number = self.n_reports;
        let outlet = format!("{} Desk", name(outlet * 5 + 1));
        let path = format!("{number:07}.txt");
        let sha256 = sha256_hex(text.as_bytes());
        let id = PageId::of(&[&path, &sha256]);
        let document_id = DocumentId::of(&[id.as_str(), &text]);
        let mut claims = Vec::with_capacity(told.len());
        for (start, end, mut claim) in told {
            claim.claim_id = ClaimId::of(&[document_id.as_str(), &start.to_string(), claim.event.as_str()]);
            (claim.document, claim.document_path) = (document_id.clone(), path.clone());
            (claim.start, claim.end) = (start as u32, end as u32);
            (claim.sentence_start, claim.sentence_end) = (claim.start, claim.end);
            claims.push(claim);
        }
        let document = Document {
            id: document_id,
            page: id.clone(),
            path: path.clone(),
            url: Some(format!("https://desk-{}.example/{number}", number % N_OUTLETS)),
            title: None,
            byline: None,
            outlet: Some(outlet),
            language: Some("en".into()),
            published: Some(Published { date: self.published(), how: HowKnown::Given, confidence: 1.0 }),
            modified: None,
            blocks: vec![Block {
                kind: BlockKind::Body,
                span: Span::new(0, text.len()),
                links: vec![],
                language: None,
            }],
            text: text.clone(),
            comments: Vec::new(),
            media: Vec::new(),
            reply_to: None,
            forwarded_from: None,
            translation: None,
        };
        let page = Page {
            id,
            path,
            media_type: MediaType::Text,
            meta: PageMeta::default(),
            raw: text.into_bytes(),
            sha256,
            custody: Custody::default(),
        };
        Report { page, document, claims }
    }
}

fn author() -> AttributionLink {
    AttributionLink {
        holder: None,
        kind: AttributionType::Author,
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

fn blank(event: &str) -> Claim {
    let event = EventType::from_code(event).expect("a code of the published list");
    let leaf = event.leaf();
    Claim {
        claim_id: ClaimId::of(&[]),
        document: DocumentId::of(&[]),
        document_path: String::new(),
        voice: Voice::Article,
        comment_id: None,
        start: 0,
        end: 0,
        quote: String::new(),
        sentence_start: 0,
        sentence_end: 0,
        event,
        codes: Codes {
            acled: leaf.acled.map(str::to_owned),
            plover: leaf.plover.map(str::to_owned),
            cameo: leaf.cameo.map(str::to_owned),
        },
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
        attribution: Vec::new(),
        certainty: Certainty { author: Some(0), source: Some(3), word: None },
        condition: None,
        condition_text: None,
        about: None,
        forecast: None,
        extraction: 0.9,
        rule: "made".into(),
        notes: Vec::new(),
    }
}
