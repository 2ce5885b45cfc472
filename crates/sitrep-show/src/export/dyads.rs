//! Two sides and their dead, as sets of coded events want them.
//!
//! In: an event and its accounts. Out: [`Dyad`] and [`Deaths`]. A side nobody names is empty; a dead man whose side nobody names is of
//! unknown side, not a civilian.

use sitrep_model::{ActorRef, Event, Quantity};

use super::events::{Told, range};

/// What an actor is, as far as its kind tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    State,
    Rebels,
    Militia,
    Outside,
    Armed,
    Civilians,
}

/// `None` for what is no party: an office, a thing, somebody of whom nothing is known.
pub(super) fn body(actor: &ActorRef) -> Option<Body> {
    Some(match actor.kind.as_deref()? {
        "state forces" | "government" | "state" | "police" => Body::State,
        "rebels" => Body::Rebels,
        "militia" => Body::Militia,
        "international" | "mercenaries" => Body::Outside,
        "criminal" | "unidentified" => Body::Armed,
        "civilians" => Body::Civilians,
        _ => return None,
    })
}

/// Whether a party goes by a name, as in `Northern Front`; `thirty militants` and `attackers` are parties without one.
pub(super) fn is_named(actor: &ActorRef) -> bool {
    let words = || actor.name.split_whitespace();
    let is_small = |word: &str| matches!(word, "of" | "for" | "the" | "and" | "in" | "al" | "wal");
    let capital = |word: &str| word.chars().any(char::is_uppercase) || word.contains('-');
    actor.actor_id.is_some() || (words().count() > 1 && words().all(|word| capital(word) || is_small(word)))
}

/// Side A and side B. Where one side is a state's, it is side A, as UCDP has it.
#[derive(Debug, Clone, Default)]
pub(super) struct Dyad<'c> {
    pub(super) a: Vec<&'c ActorRef>,
    pub(super) b: Vec<&'c ActorRef>,
    /// Side A is whom the deed was done to.
    turned: bool,
}

impl<'c> Dyad<'c> {
    pub(super) fn of(event: &'c Event) -> Dyad<'c> {
        let parties = |actors: &'c [ActorRef]| actors.iter().filter(|it| body(it).is_some()).collect::<Vec<_>>();
        let (mut a, mut b) = (parties(&event.actors), parties(&event.targets));
        // A clash has both sides among its actors.
        if b.is_empty() && event.targets.is_empty() && a.len() > 1 {
            b = a.split_off(1);
        }
        if b.iter().any(|it| body(it) != Some(Body::Civilians)) {
            b.retain(|it| body(it) != Some(Body::Civilians));
        }
        let is_state = |side: &[&ActorRef]| side.iter().any(|it| body(it) == Some(Body::State));
        let turned = is_state(&b) && !is_state(&a);
        if turned {
            std::mem::swap(&mut a, &mut b);
        }
        Dyad { a, b, turned }
    }

    /// Whether both sides are named.
    pub(super) fn is_whole(&self) -> bool {
        self.key().iter().all(|name| !name.is_empty())
    }

    /// The name of a side, as in `Northern Front, Valley Brigades`; empty when nobody names it.
    pub(super) fn name(side: &[&ActorRef]) -> String {
        let mut names: Vec<&str> = Vec::new();
        for actor in side.iter().filter(|it| is_named(it) || body(it) == Some(Body::Civilians)) {
            let name = if body(actor) == Some(Body::Civilians) { "Civilians" } else { actor.name.as_str() };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(", ")
    }

    /// The names of both sides, whichever is which: the same for one dyad told from either end.
    pub(super) fn key(&self) -> [String; 2] {
        let mut both = [Dyad::name(&self.a), Dyad::name(&self.b)];
        both.sort();
        both
    }

    /// UCDP's type of violence: 1 a state against an armed body, 2 neither is a state, 3 against civilians; `None` when a side is not
    /// named.
    pub(super) fn type_of_violence(&self) -> Option<u8> {
        let first = |side: &[&ActorRef]| side.first().and_then(|it| body(it));
        match (first(&self.a)?, first(&self.b)?) {
            (Body::Civilians, _) => None,
            (_, Body::Civilians) => Some(3),
            (Body::State, _) => Some(1),
            _ => Some(2),
        }
    }
}

/// The dead of an event: by side for the best estimate, and in all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Deaths {
    pub(super) a: u64,
    pub(super) b: u64,
    pub(super) civilians: u64,
    pub(super) unknown: u64,
    pub(super) low: u64,
    pub(super) high: u64,
}

impl Deaths {
    /// The total most reports give (the lower of two given equally often), with the sides of the first report that gives it; lowest and
    /// highest of all reports. Running totals and readers' numbers do not count. `None` when no report counts dead.
    pub(super) fn of(event: &Event, told: &[Told<'_>], dyad: &Dyad<'_>) -> Option<Deaths> {
        let reports = told.iter().filter(|it| it.claim.is_reporting());
        let each: Vec<Deaths> = reports.filter_map(|it| Deaths::in_one(&it.claim.quantities, event, dyad)).collect();
        let n_with = |total: u64| each.iter().filter(|it| it.best() == total).count();
        let best = each.iter().max_by_key(|it| (n_with(it.best()), std::cmp::Reverse(it.best())))?.best();
        let chosen = each.iter().find(|it| it.best() == best)?;
        let low = each.iter().map(|it| it.low).min()?;
        let high = each.iter().map(|it| it.high).max()?;
        Some(Deaths { low, high, ..*chosen })
    }

    pub(super) fn best(&self) -> u64 {
        self.a + self.b + self.civilians + self.unknown
    }

    /// The sum of two events' dead.
    pub(super) fn and(&self, other: &Deaths) -> Deaths {
        Deaths {
            a: self.a + other.a,
            b: self.b + other.b,
            civilians: self.civilians + other.civilians,
            unknown: self.unknown + other.unknown,
            low: self.low + other.low,
            high: self.high + other.high,
        }
    }

    fn in_one(quantities: &[Quantity], event: &Event, dyad: &Dyad<'_>) -> Option<Deaths> {
        let mut deaths = Deaths::default();
        let mut any = false;
        for quantity in quantities.iter().filter(|it| it.kind == "killed" && !it.cumulative) {
            let Some([low, best, high]) = range(std::iter::once(quantity)) else { continue };
            any = true;
            deaths.low += low;
            deaths.high += high;
            *deaths.group(quantity, event, dyad) += best;
        }
        any.then_some(deaths)
    }

    /// Whose dead a number counts.
    fn group(&mut self, quantity: &Quantity, event: &Event, dyad: &Dyad<'_>) -> &mut u64 {
        let of = quantity.of.as_deref().unwrap_or_default().to_lowercase();
        if of.contains("civilian") {
            return &mut self.civilians;
        }
        let (done_to, done_by) = if dyad.turned { (&dyad.a, &dyad.b) } else { (&dyad.b, &dyad.a) };
        let armed = |side: &[&ActorRef]| !side.is_empty() && side.iter().all(|it| body(it) != Some(Body::Civilians));
        let named = |side: &[&ActorRef]| side.iter().any(|it| it.text.to_lowercase().contains(&of));
        let is_target = match of.is_empty() {
            true => !event.targets.is_empty() && armed(done_to),
            false => armed(done_to) && named(done_to),
        };
        let is_actor = !is_target && !of.is_empty() && armed(done_by) && named(done_by);
        match (is_target != dyad.turned, is_target || is_actor) {
            (_, false) => &mut self.unknown,
            (true, true) => &mut self.b,
            (false, true) => &mut self.a,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sitrep_model::{EventId, EventType, Grade};

    fn actor(name: &str, kind: &str) -> ActorRef {
        let (text, kind) = (format!("the {name}"), Some(kind.to_owned()));
        ActorRef { text, name: name.to_owned(), actor_id: None, kind, member_of: Vec::new(), refers_to: None }
    }

    fn event(actors: Vec<ActorRef>, targets: Vec<ActorRef>) -> Event {
        Event {
            event_id: EventId::known("e_1"),
            event: EventType::from_code("attack").unwrap(),
            summary: String::new(),
            place: None,
            time: None,
            actors,
            targets,
            quantities: Vec::new(),
            accounts: Vec::new(),
            roots: 1,
            grade: Grade { information: 6, why: String::new() },
            disputes: Vec::new(),
            near_misses: Vec::new(),
        }
    }

    fn killed(n: f64, of: Option<&str>) -> Quantity {
        let (best, of) = (Some(n), of.map(str::to_owned));
        Quantity { text: n.to_string(), kind: "killed".into(), low: None, best, high: None, of, cumulative: false }
    }

    #[test]
    fn a_state_is_side_a_whoever_struck() {
        let raid = event(vec![actor("Valley Brigades", "rebels")], vec![actor("Border Guard", "state forces")]);
        let dyad = Dyad::of(&raid);
        assert_eq!([Dyad::name(&dyad.a), Dyad::name(&dyad.b)], ["Border Guard", "Valley Brigades"]);
        assert_eq!(dyad.type_of_violence(), Some(1));
        let dead = Deaths::in_one(
            &[killed(3.0, None), killed(2.0, Some("civilian")), killed(1.0, Some("Brigades"))],
            &raid,
            &dyad,
        );
        assert_eq!(dead, Some(Deaths { a: 3, b: 1, civilians: 2, unknown: 0, low: 6, high: 6 }));
    }

    #[test]
    fn people_are_of_unknown_side_and_civilians_are_a_target() {
        let raid = event(vec![actor("Valley Brigades", "rebels")], vec![actor("26 people", "civilians")]);
        let dyad = Dyad::of(&raid);
        assert_eq!((dyad.type_of_violence(), Dyad::name(&dyad.b)), (Some(3), "Civilians".to_owned()));
        assert_eq!(Deaths::in_one(&[killed(26.0, Some("people"))], &raid, &dyad).unwrap().unknown, 26);
        let alone = event(Vec::new(), vec![actor("Border Guard", "state forces")]);
        let dyad = Dyad::of(&alone);
        assert_eq!((dyad.type_of_violence(), Dyad::name(&dyad.b)), (None, String::new()));
    }

    #[test]
    fn a_clash_has_its_sides_among_its_actors() {
        let clash = event(vec![actor("Valley Brigades", "militia"), actor("Northern Front", "rebels")], Vec::new());
        let dyad = Dyad::of(&clash);
        assert_eq!((dyad.type_of_violence(), Dyad::name(&dyad.b)), (Some(2), "Northern Front".to_owned()));
        assert_eq!(Deaths::in_one(&[killed(4.0, None)], &clash, &dyad).unwrap().unknown, 4, "nobody says whose");
    }
}
