//! Sides of control, corrections, denials and takings that must stay apart, on invented reports.

use super::fuse::{contents, derived, kinds};
use super::*;
use crate::control;

fn taking(outlet: &str, date: &str, who: &str, line: &str) -> Report {
    let mut made = report(outlet, date, &[("territory.captured", line)]);
    made.claims[0].by(&[who]).at("Varnesh").on(date);
    made
}

fn listed(made: &mut Report, id: &str) {
    let actor = &mut made.claims[0].actors[0];
    (actor.actor_id, actor.kind) = (Some(id.to_owned()), Some("state forces".to_owned()));
}

#[test]
fn a_state_its_army_and_a_bare_description_are_one_side() {
    let mut state = taking("Northern Courier", "2031-05-05", "Ostria", "Ostria said it took Varnesh on May 5.");
    let mut army = taking("Harbour Gazette", "2031-05-05", "Ostrian Army", "The Ostrian Army took Varnesh on May 5.");
    listed(&mut state, "state-os");
    listed(&mut army, "ostrian-army");
    let bare = taking("Tarn Post", "2031-05-05", "army command", "The army command had Varnesh on May 5.");
    let rebels = taking("Hill Voice", "2031-05-05", "Red Column", "The Red Column took Varnesh on May 5.");
    let answer = control(&contents(&[&state, &army, &rebels]), "Varnesh", None);
    let names: Vec<_> = answer.sides.iter().map(|side| (side.holder.as_deref(), side.also_called.len())).collect();
    assert_eq!(names, [(Some("Ostrian Army"), 1), (Some("Red Column"), 0)]);
    assert_eq!(answer.state, "contested");
    let one = control(&contents(&[&army, &bare]), "Varnesh", None);
    assert_eq!((one.state.as_str(), one.sides.len()), ("last asserted", 1));
}

#[test]
fn sides_without_a_holder_say_so() {
    let mut unnamed = taking("Northern Courier", "2031-05-05", "x", "Varnesh was taken on May 5.");
    unnamed.claims[0].actors.clear();
    let mut left = report("Harbour Gazette", "2031-05-06", &[("force.withdrew", "The Red Column left Varnesh.")]);
    left.claims[0].by(&["Red Column"]).at("Varnesh").on("2031-05-05");
    let answer = control(&contents(&[&unnamed, &left]), "Varnesh", None);
    let sides: Vec<_> = answer.sides.iter().map(|side| (side.kind, side.holder.as_deref())).collect();
    let lost = (ControlSideKind::HeldNoMore, Some("Red Column"));
    assert_eq!(sides.len(), 2);
    assert!(sides.contains(&lost) && sides.contains(&(ControlSideKind::Unnamed, None)), "{sides:?}");
}

#[test]
fn a_part_held_is_not_the_town() {
    let mut made = report("Tarn Post", "2031-05-05", &[("territory.held", "The Red Column holds parts of Varnesh.")]);
    made.claims[0].by(&["Red Column"]).at("Varnesh").on("2031-05-05");
    let answer = control(&contents(&[&made]), "Varnesh", None);
    assert_eq!(answer.sides[0].assertions[0].says, "holds in part");
}

#[test]
fn a_town_that_changes_hands_is_taken_twice() {
    let mut a = taking("Northern Courier", "2031-05-05", "Ostrian Army", "The Ostrian Army took Varnesh on May 5.");
    let mut b = taking("Tarn Post", "2031-05-07", "Red Column", "The Red Column retook Varnesh on May 7.");
    listed(&mut a, "ostrian-army");
    listed(&mut b, "red-column");
    b.claims[0].again = true;
    assert_eq!(derived(&[&a, &b]).events.len(), 2);
}

#[test]
fn a_correction_links_to_what_it_corrects() {
    let count = |date: &str, line: &str, n: f64| {
        let mut made = report("Tarn Post", date, &[("casualties.killed", line)]);
        let claim = made.claims[0].at("Varnesh").on("2031-05-05");
        claim.quantities.push(Quantity {
            text: n.to_string(),
            kind: "killed".into(),
            low: Some(n),
            best: Some(n),
            high: Some(n),
            of: None,
            cumulative: false,
        });
        made
    };
    let a = count("2031-05-06", "The strike on the market of Varnesh killed 26 people on May 5.", 26.0);
    let b = count("2031-05-09", "Correction: the strike on the market of Varnesh killed 25 people on May 5.", 25.0);
    let both = derived(&[&a, &b]);
    assert_eq!(kinds(&both), ["correction"]);
    assert!(
        both.disputes.iter().all(|it| it.reading == "Tarn Post corrects its own earlier report"),
        "{:?}",
        both.disputes
    );
    assert_eq!(both.links[0].from, b.claims[0].claim_id);
}

#[test]
fn a_denial_with_other_content_denies_nothing_else() {
    let lines = [
        ("territory.captured", "The Ostrian Army took Varnesh on May 5."),
        ("statement.denied", "A spokesman denied that foreign brigades crossed any border."),
    ];
    let mut made = report("Tarn Post", "2031-05-06", &lines);
    made.claims[0].by(&["Ostrian Army"]).at("Varnesh").on("2031-05-05");
    made.claims[1].end = made.claims[1].start + 18;
    made.claims[1].about = Some(made.claims[0].claim_id.clone());
    let apart = derived(&[&made]);
    assert_eq!((apart.events.len(), apart.disputes.len(), apart.links.len()), (2, 0, 0));
}
