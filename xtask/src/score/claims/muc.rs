//! MUC-3/4: incident templates filled from claims, scored slot by slot against the hand-made keys.
//!
//! In: `../shared/gold/muc34`. Out: recall, precision and F of every slot and of all together, under both of MUC-4's views: ALL TEMPLATES
//! (the official one: what is missing and what is too much both count in full) and MATCHED/MISSING (templates too many are passed over).
//! The message and template numbers are no slots. `dev` was looked at text by text, `tst1` and `tst2` by score only.
//! Options: a message's name shows its claims, our templates and the key; `--first N` scores the first N texts of `dev`, `--dev` only that
//! set; `--kept FOLDER` keeps the claims there and reads them from there; `--fit` fits the weights of `relevance.toml`.

mod align;
mod bodies;
mod fill;
mod incident;
mod relevance;
mod slots;
mod texts;
mod words;

use std::collections::BTreeMap;

use align::{Scored, Tally};
use sitrep_claims::Kit;
use sitrep_model::{ActorRef, Claim};
use slots::{CONFIDENCE, SLOTS, TYPE, Template};
use texts::Message;
use words::Words;

use super::browser::{Browser, Row, Said, Verdict};

/// Scores the sets.
pub(super) fn run(kit: &Kit, args: &[String], browser: &mut Browser) -> anyhow::Result<()> {
    let words = Words::load()?;
    let weights = relevance::Weights::load()?;
    let armed = bodies::armed();
    let fit = args.iter().any(|a| a == "--fit");
    let mut samples = Vec::new();
    let shown: Vec<&String> = args.iter().filter(|w| w.contains("-MUC")).collect();
    let first = args.iter().skip_while(|a| *a != "--first").nth(1).and_then(|n| n.parse().ok()).unwrap_or(usize::MAX);
    let list = args.iter().any(|a| a == "--list");
    for (set, looked) in
        [("dev", "in part text by text (of the first 400)"), ("tst1", "by score"), ("tst2", "by score")]
    {
        if set != "dev" && (first < usize::MAX || args.iter().any(|a| a == "--dev")) {
            continue;
        }
        let messages = texts::read(set)?;
        let wanted = |m: &&Message| shown.is_empty() || shown.iter().any(|id| **id == m.id);
        let mut all = Scored::default();
        for message in messages.iter().take(first).filter(wanted) {
            let claims = kept(args, message, || claims(kit, message))?;
            let told = templates(&words, &armed, message, &claims);
            if fit && set == "dev" {
                samples.push((told.clone(), message.key.clone()));
            }
            let ours: Vec<Template> = told.into_iter().filter(|(_, f)| weights.keeps(f)).map(|(t, _)| t).collect();
            let scored = align::score(&ours, &message.key);
            if !shown.is_empty() {
                show(message, &claims, &ours, &scored);
            }
            if set == "dev" {
                browser.add(row(message, &claims, &ours, &scored));
            }
            if list {
                listed(message, &ours, &scored);
            }
            for slot in 0..SLOTS.len() {
                all.matched[slot].add(scored.matched[slot]);
                all.missing[slot].add(scored.missing[slot]);
                all.spurious[slot].add(scored.spurious[slot]);
            }
            for (sum, n) in all.templates.iter_mut().zip(scored.templates) {
                *sum += n;
            }
        }
        print(set, looked, messages.len().min(first), &all);
    }
    if fit {
        relevance::fit(&samples);
    }
    Ok(())
}

/// The claims of a text; read from the folder named after `--kept` where they were kept before, so that templates can be worked on without
/// parsing again.
fn kept(args: &[String], message: &Message, read: impl Fn() -> Vec<Claim>) -> anyhow::Result<Vec<Claim>> {
    let Some(folder) = args.iter().skip_while(|a| *a != "--kept").nth(1) else { return Ok(read()) };
    let path = std::path::Path::new(folder).join(format!("{}.json", message.id));
    if path.exists() {
        return Ok(serde_json::from_str(&std::fs::read_to_string(&path)?)?);
    }
    let claims = read();
    std::fs::write(&path, serde_json::to_string(&claims)?)?;
    Ok(claims)
}

/// The templates of one text, each with what speaks for and against it.
fn templates(
    words: &Words,
    armed: &[bodies::Armed],
    message: &Message,
    claims: &[Claim],
) -> Vec<(Template, Vec<(String, f64)>)> {
    let mut countries: BTreeMap<&str, usize> = BTreeMap::new();
    for code in claims.iter().filter_map(|c| c.place.as_ref()?.country.as_deref()) {
        *countries.entry(code).or_default() += 1;
    }
    let text = message.text.split_whitespace().collect::<Vec<_>>().join(" ");
    // The country told of most in the claims, else the one whose name or capital stands first in the text.
    let by_claims = incident::COUNTRIES.iter().max_by_key(|(iso, _)| countries.get(iso).copied().unwrap_or(0));
    let by_claims = by_claims.filter(|(iso, _)| countries.contains_key(iso));
    let named = |c: &(&str, &str)| SIGNS.iter().filter(|s| s.0 == c.0).filter_map(|s| text.find(s.1)).min();
    let first = incident::COUNTRIES.iter().filter_map(|c| Some((named(c)?, c))).min();
    let country = by_claims.or(first.map(|f| f.1)).map(|(_, name)| *name);
    let named = claims.iter().flat_map(|c| c.actors.iter().chain(&c.targets)).filter(|a| words.named_person(a));
    let people = named.map(|a| fill::bare_name(words, &a.name)).collect();
    let setting =
        fill::Setting { words, text, written: message.written, country, source: &message.text, people, claims, armed };
    let incidents = incident::incidents(words, claims, message.written);
    let features = |i: &incident::Incident<'_>| relevance::features(words, i, claims, message.written, &message.text);
    incidents.iter().map(|i| (fill::fill(&setting, i), features(i))).collect()
}

/// Words that show which country a text is about.
const SIGNS: [(&str, &str); 27] = [
    ("AR", "BUENOS AIRES"),
    ("AR", "ARGENTIN"),
    ("BO", "LA PAZ,"),
    ("BO", "BOLIVIA"),
    ("CL", "SANTIAGO"),
    ("CL", "CHILE"),
    ("CO", "BOGOTA"),
    ("CO", "MEDELLIN"),
    ("CO", "CALI,"),
    ("CO", "COLOMBIA"),
    ("EC", "QUITO"),
    ("EC", "ECUADOR"),
    ("SV", "SAN SALVADOR"),
    ("SV", "EL SALVADOR"),
    ("SV", "SALVADORAN"),
    ("SV", "VENCEREMOS"),
    ("GT", "GUATEMALA"),
    ("HN", "TEGUCIGALPA"),
    ("HN", "HONDURA"),
    ("HN", "SAN PEDRO SULA"),
    ("PE", "LIMA"),
    ("PE", "PERU"),
    ("PE", "AYACUCHO"),
    ("PE", "SHINING PATH"),
    ("SV", "FMLN"),
    ("CO", "EXTRADITABLES"),
    ("GT", "URNG"),
];

fn claims(kit: &Kit, message: &Message) -> Vec<Claim> {
    let meta = sitrep_model::PageMeta { published: message.written, ..Default::default() };
    let bytes = message.text.clone().into_bytes();
    let page = sitrep_read::page_of("text", sitrep_model::MediaType::Text, bytes, meta, "score");
    sitrep_claims::claims(kit, &sitrep_read::document(&page).value).value
}

fn print(set: &str, looked: &str, texts: usize, all: &Scored) {
    let [matched, missing, spurious] = all.templates;
    println!(
        "muc {set}: {texts} texts, looked at {looked}; templates matched {matched}, missing {missing}, spurious {spurious}"
    );
    let (mut every, mut official) = (Tally::default(), Tally::default());
    for (slot, (name, _)) in SLOTS.iter().enumerate() {
        let mut tally = all.matched[slot];
        tally.add(all.missing[slot]);
        every.add(tally);
        tally.add(all.spurious[slot]);
        official.add(tally);
        let [r, p, f] = tally.figures();
        let known = tally.right + tally.half + tally.wrong + tally.missing;
        println!("    {name:<22} R {r:5.1} P {p:5.1} F {f:5.1}  of {known}");
    }
    for (name, tally) in [("MATCHED/MISSING", every), ("ALL TEMPLATES", official)] {
        let [r, p, f] = tally.figures();
        println!("  {name:<22}   R {r:5.1} P {p:5.1} F {f:5.1}");
    }
    let figures = |slot: usize| {
        let mut tally = all.matched[slot];
        tally.add(all.missing[slot]);
        tally.add(all.spurious[slot]);
        tally.figures()
    };
    let ([_, _, f], [r, p, _]) = (figures(TYPE), figures(CONFIDENCE));
    println!("  incident type F {f:.1}, organisation confidence R/P {r:.0}/{p:.0}");
}

/// A text for the error browser.
fn row(message: &Message, claims: &[Claim], ours: &[Template], scored: &Scored) -> Row {
    let mut errors = std::collections::BTreeSet::new();
    let one = |f: &slots::Fill| f.values.iter().chain(&f.strings).cloned().collect::<Vec<_>>().join(" / ");
    let fills = |t: &Template, other: Option<&Template>| -> Vec<Said> {
        let filled = SLOTS.iter().enumerate().filter(|(slot, _)| !t.slots[*slot].is_empty());
        let line = |(slot, (name, _)): (usize, &(&str, slots::Kind))| Said {
            text: format!("{name}: {}", t.slots[slot].iter().map(one).collect::<Vec<_>>().join("; ")),
            met: other.map(|other| align::all_right(slot, &t.slots[slot], &other.slots[slot])),
        };
        filled.map(line).collect()
    };
    let (mut gold, mut said) = (Vec::new(), Vec::new());
    for (k, key) in message.key.iter().enumerate() {
        let answer = scored.answers.iter().position(|a| *a == Some(k));
        if answer.is_none() && !key.optional {
            errors.insert("incident missed");
        }
        let optional = if key.optional { " (optional)" } else { "" };
        gold.push(Said { text: format!("INCIDENT {k}{optional}"), met: Some(answer.is_some() || key.optional) });
        gold.extend(fills(key, answer.map(|o| &ours[o])));
    }
    for (our, answer) in ours.iter().zip(&scored.answers) {
        if answer.is_none() {
            errors.insert("incident too many");
        }
        let text = answer.map_or("answers none".to_owned(), |k| format!("ANSWERS INCIDENT {k}"));
        said.push(Said { text, met: Some(answer.is_some()) });
        said.extend(fills(our, answer.map(|k| &message.key[k])));
    }
    let tally = scored.matched.iter().fold(Tally::default(), |mut sum, t| {
        sum.add(*t);
        sum
    });
    if tally.wrong + tally.half + tally.missing + tally.spurious > 0.0 {
        errors.insert("slots differ");
    }
    said.extend(claims.iter().map(|c| Said { text: super::told(c), met: None }));
    let verdict = match (errors.is_empty(), scored.templates[0]) {
        (true, _) => Verdict::Right,
        (false, 0) => Verdict::Wrong,
        _ => Verdict::Part,
    };
    let text = message.text.trim().to_owned();
    Row { set: "muc", id: message.id.clone(), text, errors, verdict, gold, ours: said, parsed: false }
}

/// Templates nobody answered and those that answer none, a line each.
fn listed(message: &Message, ours: &[Template], scored: &Scored) {
    let line = |t: &Template| {
        let all = |slot: usize| {
            t.slots[slot].iter().flat_map(|f| f.values.iter().chain(&f.strings)).cloned().collect::<Vec<_>>()
        };
        let what = [
            slots::DATE,
            slots::LOCATION,
            slots::PHYSICAL,
            slots::HUMAN_NAME,
            slots::HUMAN,
            slots::INDIVIDUAL,
            slots::ORGANISATION,
        ];
        format!("{:?} {:?}", all(TYPE), what.map(all))
    };
    for (k, key) in message.key.iter().enumerate() {
        if let Some(o) = scored.answers.iter().position(|a| *a == Some(k)) {
            differences(message, &ours[o], key);
        }
        if !key.optional && !scored.answers.contains(&Some(k)) {
            println!("missing  {} {}", message.id, line(key));
        }
    }
    for (our, _) in ours.iter().zip(&scored.answers).filter(|(_, a)| a.is_none()) {
        println!("spurious {} of {} {}", message.id, message.key.len(), line(our));
    }
}

/// The slots of an aligned pair that differ.
fn differences(message: &Message, our: &Template, key: &Template) {
    let said = |fills: &[slots::Fill]| -> Vec<String> {
        fills.iter().map(|f| f.values.iter().chain(&f.strings).cloned().collect::<Vec<_>>().join("/")).collect()
    };
    for (slot, (name, _)) in SLOTS.iter().enumerate() {
        let (our, gold) = (&our.slots[slot], &key.slots[slot]);
        if !align::all_right(slot, our, gold) {
            println!("slot {} {} ours {:?} key {:?}", message.id, name, said(our), said(gold));
        }
    }
}

fn show(message: &Message, claims: &[Claim], ours: &[Template], scored: &Scored) {
    println!("{} {:?}\n{}", message.id, message.written, message.text);
    for claim in claims {
        println!("{}", told(claim));
    }
    let fills = |t: &Template| {
        for ((name, _), fills) in SLOTS.iter().zip(&t.slots) {
            for f in fills {
                println!("     {name:<20} {}{:?} {:?}", if f.optional { "?" } else { "" }, f.values, f.strings);
            }
        }
    };
    for (k, key) in message.key.iter().enumerate() {
        println!("KEY {k}{}", if key.optional { " (optional)" } else { "" });
        fills(key);
    }
    for (our, answer) in ours.iter().zip(&scored.answers) {
        println!("OURS answers {answer:?}");
        fills(our);
    }
}

fn told(c: &Claim) -> String {
    let names = |actors: &[ActorRef]| {
        let one = |a: &ActorRef| format!("{}={}/{}", a.text, a.name, a.kind.as_deref().unwrap_or("-"));
        actors.iter().map(one).collect::<Vec<_>>().join("; ")
    };
    let said: Vec<String> = c
        .attribution
        .iter()
        .map(|a| format!("{} {} {}", a.holder.as_deref().unwrap_or("-"), a.kind.as_str(), a.stance.as_str()))
        .collect();
    format!(
        "{} {} {} [{}] -> [{}] at {:?} on {:?} by {said:?} {:?} {}\n      {}",
        c.event,
        c.status.as_str(),
        c.polarity.as_str(),
        names(&c.actors),
        names(&c.targets),
        c.place.as_ref().map(|p| (&p.text, &p.name, &p.country)),
        c.time.as_ref().map(|t| (&t.text, t.from, t.to)),
        (c.certainty.author, c.certainty.source),
        c.rule,
        c.quote.split_whitespace().collect::<Vec<_>>().join(" "),
    )
}
