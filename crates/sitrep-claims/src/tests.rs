//! The frames' own examples: every `yes` tells its frame's deed, no `no` does; known-wrong ones stand under `todo`.
//!
//! In: the examples in `lang/en/frames_*.toml`. Out: one list of all that fail, not just the first.

use sitrep_language::Language;
use sitrep_model::{Block, BlockKind, Claim, Document, DocumentId, HowKnown, PageId, Published, Span, Status};

use crate::{Kit, claims};

pub(crate) fn kit() -> Kit {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../sitrep-language/model/en_core_web_sm-3.8.0.bin");
    let model = std::fs::read(path).expect("the model is part of the repository");
    Kit::new(Language::load(&model).expect("the model loads")).expect("the knowledge files agree")
}

pub(crate) fn document(text: &str) -> Document {
    Document {
        id: DocumentId::of(&[text]),
        page: PageId::of(&[text]),
        path: "example.txt".to_owned(),
        url: None,
        title: None,
        byline: None,
        outlet: None,
        language: None,
        published: Some(Published { date: jiff::civil::date(2031, 5, 9), how: HowKnown::Given, confidence: 1.0 }),
        modified: None,
        text: text.to_owned(),
        blocks: vec![Block {
            kind: BlockKind::Body,
            span: Span::new(0, text.len()),
            links: Vec::new(),
            language: None,
        }],
        comments: Vec::new(),
        media: Vec::new(),
        reply_to: None,
        forwarded_from: None,
        translation: None,
    }
}

fn told(kit: &Kit, text: &str) -> Vec<Claim> {
    claims(kit, &document(text)).value
}

#[test]
fn every_frame_keeps_its_examples() {
    let kit = kit();
    let mut wrong = Vec::new();
    for frame in &kit.lexicon.frames.frames {
        let tells = |text: &str| told(&kit, text).iter().any(|claim| claim.event == frame.event);
        for (list, wanted) in [(&frame.yes, true), (&frame.no, false), (&frame.todo_yes, false), (&frame.todo_no, true)]
        {
            for text in list {
                if tells(text) != wanted {
                    let got: Vec<&str> = told(&kit, text).iter().map(|claim| claim.event.as_str()).collect();
                    wrong.push(format!(
                        "{} ({}): {} got {got:?}: {text}",
                        frame.id,
                        frame.event.as_str(),
                        if wanted { "not told" } else { "told" }
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} examples fail:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_frames_know_many_words() {
    let kit = kit();
    let frames = &kit.lexicon.frames;
    let told = |sense: &crate::lexicon::frames::Sense| frames.frames[sense.frame].event;
    let mut per_type = std::collections::BTreeMap::new();
    frames.senses.iter().for_each(|sense| *per_type.entry(told(sense)).or_insert(0_usize) += 1);
    assert!(frames.senses.len() > 5_000, "{} senses", frames.senses.len());
    // Types told by other means: states of "to be", and what nothing else covers.
    let untold = ["force.position", "other"];
    for leaf in sitrep_model::EventType::LEAVES {
        let known = sitrep_model::EventType::from_code(leaf.code).is_some_and(|event| per_type.contains_key(&event));
        assert!(known || untold.contains(&leaf.code), "no word tells {}", leaf.code);
    }
}

#[test]
fn speakers_and_plans_are_kept_apart() {
    let kit = kit();
    let claim = |text: &str| told(&kit, text).into_iter().next().expect("one claim");
    let said = claim("Local residents claimed that the army shelled the town of Orsk on Monday.");
    assert_eq!(said.attribution.len(), 1);
    assert_eq!(said.attribution[0].kind.as_str(), "LOCAL");
    assert_eq!((said.certainty.author, said.certainty.source), (Some(0), Some(3)));
    let nested = claim("The agency said that residents claimed that rebels had captured Orsk.");
    assert_eq!(nested.attribution.len(), 2);
    assert_eq!(nested.attribution[1].kind.as_str(), "LOCAL");
    let forecast = claim("The rebels will likely capture Orsk within a month.");
    assert_eq!(forecast.status, Status::Forecast);
    let view = forecast.forecast.expect("a forecast has a view");
    assert_eq!(view.window.map(|w| w[1].to_string()), Some("2031-06-09".to_owned()));
    assert_eq!(view.likelihood.map(|l| (l.low, l.high)), Some((0.55, 0.80)));
    let plan = claim("The ministry said the air force will bomb the port.");
    assert_eq!(plan.status, Status::Planned);
}

#[test]
fn what_is_denied_or_failed_is_not_affirmed() {
    let kit = kit();
    for text in
        ["The rebels failed to capture Orsk.", "The rebels did not capture Orsk.", "No soldiers were killed in Orsk."]
    {
        let claims = told(&kit, text);
        assert!(claims.iter().any(|c| c.polarity.as_str() == "negated"), "{text}: {claims:?}");
    }
    assert!(told(&kit, "The rebels want to capture Orsk.").is_empty());
}

#[test]
fn recipes_tell_no_deeds() {
    let text = "Heat the oil in a large pan and fry the onions until they are golden. Add the garlic and cook for two minutes. \
                Pour in the stock, bring to the boil and simmer for half an hour. Cover the dish, remove it from the heat and serve with rice.";
    let claims = told(&kit(), text);
    assert!(claims.is_empty(), "{:?}", claims.iter().map(|c| (c.event.as_str(), &c.quote)).collect::<Vec<_>>());
}

#[test]
fn the_same_text_gives_the_same_claims() {
    let kit = kit();
    let text = "On May 5 the army and its allies captured Orsk after repelling two attacks, according to the ministry.";
    assert_eq!(told(&kit, text), told(&kit, text));
}

/// `{word}` and `[name]` taken out of an example: the text, where the word stands, the name.
fn marked(example: &str) -> (String, usize, String) {
    let name = example.split_once('[').and_then(|(_, rest)| rest.split_once(']')).expect("a marked name").0.to_owned();
    let text = example.replace(['[', ']'], "");
    let trigger = text.find('{').expect("a marked word");
    (text.replace(['{', '}'], ""), trigger, name)
}

#[test]
fn every_list_of_whereabouts_keeps_its_examples() {
    let kit = kit();
    let mut wrong = Vec::new();
    for example in &kit.lexicon.whereabouts.example {
        for (list, wanted) in [(&example.yes, true), (&example.no, false)] {
            for text in list {
                let (plain, trigger, name) = marked(text);
                let claims = told(&kit, &plain);
                let around = claims.iter().filter(|c| (c.start as usize) <= trigger && trigger < c.end as usize);
                let places: Vec<_> = around.filter_map(|c| c.place.as_ref()).collect();
                let there = places.iter().any(|p| p.name.as_deref() == Some(name.as_str()) || p.text.contains(&name));
                if there != wanted || claims.is_empty() {
                    let got: Vec<&str> = places.iter().map(|p| p.text.as_str()).collect();
                    wrong.push(format!("{}: {text}: got {got:?} of {} claims", example.of, claims.len()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} examples fail:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_was_hit_is_told() {
    let kit = kit();
    let claims = told(&kit, "Rebels destroyed a bridge and two trucks in Orsk.");
    let things: Vec<&str> = claims.iter().flat_map(|c| &c.things).map(|t| t.text.as_str()).collect();
    assert!(things.contains(&"a bridge"), "{things:?}");
}

#[test]
fn a_wire_in_capitals_is_read_like_any_other() {
    let kit = kit();
    let text =
        "THE ARMY SAID MONDAY THAT REBELS OF THE VALLEY DEFENCE UNION (VDU) KIDNAPPED TWO TEACHERS IN SAN TELMO.";
    let claims = told(&kit, text);
    let claim = claims.iter().find(|c| c.event.as_str() == "civilians.abducted").expect("the deed is told");
    assert_eq!(claim.targets.iter().map(|t| t.text.as_str()).collect::<Vec<_>>(), ["two teachers"]);
    assert!(claim.actors.iter().any(|a| a.text.contains("Valley Defence Union")), "{:?}", claim.actors);
    assert!(claim.attribution.iter().any(|l| l.holder.as_deref() == Some("The army")), "{:?}", claim.attribution);
    assert!(text.contains(&claim.quote), "{}", claim.quote);
}

#[test]
fn a_user_brings_actors_of_their_own() {
    let lines =
        "# comment\nvarnes\tVarnes\tgovernment\nhidden-hand\tHidden Hand\trebels\tSY\tValley Union\tthe Hand;HH\n";
    let kit = kit().with_actors(lines).expect("the lines are whole");
    let claims = told(&kit, "The HH attacked a checkpoint near Orsk. Varnes praised the Hidden Hand.");
    let found: Vec<Option<&str>> = claims.iter().flat_map(|c| &c.actors).map(|a| a.actor_id.as_deref()).collect();
    assert!(found.contains(&Some("hidden-hand")) && found.contains(&Some("varnes")), "{found:?}");
    assert!(self::kit().with_actors("only-an-id").is_err());
}
