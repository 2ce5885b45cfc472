//! A claim in the codes of other schemes.
//!
//! In: the event type with its status and polarity. Out: [`Codes`]. The types' own codes stand in the model's table; what a plan, a
//! refusal or an order is called follows PLOVER (codebook of 2021), where an intent has a class of its own.

use sitrep_model::{ActorRef, Codes, EventType, Polarity, Status};

/// PLOVER's cooperative classes.
const COOPERATIVE: [&str; 7] = ["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"];

/// What of a deed's grammar other schemes have classes for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) status: Status,
    pub(super) polarity: Polarity,
    /// The words are "refused to", "declined to".
    pub(super) refused: bool,
    /// "unless" stands on it.
    pub(super) unless: bool,
    /// The frame's own PLOVER code, where that scheme is finer than the type.
    pub(super) own: Option<&'a str>,
}

/// The codes; the actor decides between the two ACLED territory rows.
pub(super) fn codes(event: EventType, told: Told<'_>, actors: &[ActorRef]) -> Codes {
    let leaf = event.leaf();
    let state =
        |actor: &ActorRef| matches!(actor.kind.as_deref(), Some("state forces" | "government" | "state" | "police"));
    let state_forces = actors.iter().any(state);
    let acled = leaf.acled.map(|both| match both.split_once(" / ") {
        Some((state, other)) => if state_forces { state } else { other }.to_owned(),
        None => both.to_owned(),
    });
    // A truce one side declares is a retreat; one that both sides make is an agreement.
    let both = event.as_str() == "agreement.ceasefire" && actors.len() > 1;
    // People who flee are no event there; people who are driven out are.
    let expelled = event.as_str() == "civilians.displaced" && !actors.is_empty();
    let plover = leaf.plover.or(expelled.then_some("ASSAULT/cleansing"));
    let plover = plover.map(|code| if both { "AGREE/-" } else { told.own.unwrap_or(code) });
    let plover = plover.and_then(|code| self::plover(code, told));
    Codes { acled, plover, cameo: leaf.cameo.map(str::to_owned) }
}

/// What PLOVER calls it: an intent to cooperate is AGREE, a refusal REJECT, a hostile intent THREATEN; a hostile act
/// only foreseen or imagined is no event there, and neither is an act of force that did not happen.
fn plover(code: &str, told: Told<'_>) -> Option<String> {
    let class = code.split('/').next().unwrap_or(code);
    let verbal = matches!(class, "AGREE" | "REJECT" | "THREATEN" | "REQUEST" | "ACCUSE");
    let cooperative = COOPERATIVE.contains(&class);
    let meant = !matches!(told.status, Status::Occurred | Status::Ongoing | Status::Hypothetical);
    let code = match (told.status, told.polarity) {
        // "will pull out unless": what is held back on a condition is a threat.
        (_, Polarity::Affirmed) if meant && told.unless => "THREATEN/-",
        (_, Polarity::Negated) if told.refused && told.status != Status::Hypothetical => "REJECT/-",
        (Status::Forecast, Polarity::Affirmed) if cooperative => "AGREE/-",
        (Status::Forecast | Status::Hypothetical, _) => return None,
        (_, Polarity::Negated) if cooperative => "REJECT/-",
        (_, Polarity::Negated) if verbal => code,
        (_, Polarity::Negated) => return None,
        (Status::Occurred | Status::Ongoing, _) => code,
        _ if verbal || class == "MOBILIZE" => code,
        (Status::Ordered, _) => "REQUEST/-",
        _ if cooperative => "AGREE/-",
        (Status::Planned, _) if class == "ASSAULT" => "MOBILIZE/-",
        _ => "THREATEN/-",
    };
    Some(code.to_owned())
}
