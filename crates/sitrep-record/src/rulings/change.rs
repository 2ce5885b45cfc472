//! What one ruling changes in a claim: its type, status or polarity, its place or days, the name of an actor.
//!
//! In: a ruling's action and value. Out: a [`Change`] and the claim with it made. Never touches the passage or its quote; a place or
//! date that is pinned keeps the words of the text beside it.

use sitrep_model::{
    Anchor, Claim, Date, EventType, Place, PlacePrecision, PlaceStatus, Polarity, Status, Time, TimePrecision,
    TimexType,
};

use crate::names::words;

/// No name is longer.
const MAX_NAME_CHARS: usize = 200;
/// Half the way round the earth.
const MAX_RADIUS_KM: f64 = 20_015.0;

/// A point with the kilometres around it, and what it is called.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pin {
    lat: f64,
    lon: f64,
    radius_km: f64,
    name: Option<String>,
    geonames_id: Option<u64>,
    country: Option<String>,
    kind: Option<String>,
}

/// One change to a claim.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Change {
    /// Another event type.
    Event(EventType),
    /// Another status.
    Status(Status),
    /// Another polarity.
    Polarity(Polarity),
    /// Another place, or none.
    Place(Option<Pin>),
    /// Other days, an absent end open; or none.
    Days(Option<(Option<Date>, Option<Date>)>),
    /// Who is meant by the words `said`; all actors of the subject's words when it is empty.
    Actor {
        /// The words of the text.
        said: String,
        /// Who is meant.
        name: String,
        /// Its id in the list of actors.
        id: Option<String>,
    },
}

impl Change {
    /// The change a ruling of this action makes by this value, such as `event=clash`, `date=2031-05-05..2031-05-07`,
    /// `place=34.45,40.92,5;name=Varnesh` or `actor=the group -> Red Column;id=red-column`.
    pub(crate) fn parse(action: &str, value: &str) -> Option<Change> {
        let (field, said) = value.split_once('=')?;
        let said = said.trim();
        match (action, field) {
            ("relabel", "event") => EventType::from_code(said).map(Change::Event),
            ("relabel", "status") => Status::from_code(said).map(Change::Status),
            ("relabel", "polarity") => Polarity::from_code(said).map(Change::Polarity),
            ("pin", "place") if said.is_empty() => Some(Change::Place(None)),
            ("pin", "place") => Pin::parse(said).map(|pin| Change::Place(Some(pin))),
            ("pin", "date") if said.is_empty() => Some(Change::Days(None)),
            ("pin", "date") => days(said).map(|days| Change::Days(Some(days))),
            ("name", "actor") => actor(said),
            _ => None,
        }
    }

    /// The field it is about: two rulings on one field of one claim stand against each other.
    pub(crate) fn field(&self) -> String {
        match self {
            Change::Event(_) => "event".to_owned(),
            Change::Status(_) => "status".to_owned(),
            Change::Polarity(_) => "polarity".to_owned(),
            Change::Place(_) => "place".to_owned(),
            Change::Days(_) => "date".to_owned(),
            Change::Actor { said, .. } => format!("actor {}", words(said).concat()),
        }
    }

    /// Makes the change.
    pub(crate) fn apply(&self, claim: &mut Claim) {
        match self {
            Change::Event(event) => {
                claim.event = *event;
                let leaf = event.leaf();
                claim.codes.acled = leaf.acled.map(str::to_owned);
                claim.codes.plover = leaf.plover.map(str::to_owned);
                claim.codes.cameo = leaf.cameo.map(str::to_owned);
            }
            Change::Status(status) => claim.status = *status,
            Change::Polarity(polarity) => claim.polarity = *polarity,
            Change::Place(pin) => claim.place = pin.as_ref().map(|pin| pin.place(claim.place.as_ref())),
            Change::Days(days) => claim.time = days.map(|days| time(days, claim.time.as_ref())),
            Change::Actor { said, name, id } => {
                let meant = words(said).concat();
                for actor in claim.actors.iter_mut().chain(&mut claim.targets) {
                    if [&actor.text, &actor.name].iter().any(|known| words(known).concat() == meant) {
                        actor.name.clone_from(name);
                        actor.actor_id.clone_from(id);
                        // What it belonged to was said of somebody else.
                        actor.member_of.clear();
                    }
                }
            }
        }
    }
}

impl Pin {
    fn parse(said: &str) -> Option<Pin> {
        let mut parts = said.split(';');
        let numbers: Vec<f64> = parts.next()?.split(',').map(|n| n.trim().parse().ok()).collect::<Option<_>>()?;
        let [lat, lon, radius_km] = numbers[..] else { return None };
        let on_earth = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon);
        if !(on_earth && radius_km > 0.0 && radius_km <= MAX_RADIUS_KM) {
            return None;
        }
        let mut pin = Pin { lat, lon, radius_km, name: None, geonames_id: None, country: None, kind: None };
        for part in parts {
            let (key, value) = part.split_once('=')?;
            let value = Some(value.trim().to_owned()).filter(|value| is_name(value))?;
            match key.trim() {
                "name" => pin.name = Some(value),
                "geonames" => pin.geonames_id = Some(value.parse().ok()?),
                "country" => pin.country = Some(value),
                "kind" => pin.kind = Some(value),
                _ => return None,
            }
        }
        Some(pin)
    }

    fn place(&self, read: Option<&Place>) -> Place {
        let read_name = || read.and_then(|place| place.name.clone());
        let name = self.name.clone().or_else(read_name);
        let text = read.map(|place| place.text.clone()).or_else(|| name.clone()).unwrap_or_default();
        // UCDP: 1 the place itself, 2 within about 25 km of it, 5 land around it.
        let (ucdp, acled) = match self.radius_km {
            ..=10.0 => (1, 1),
            ..=25.0 => (2, 2),
            _ => (5, 3),
        };
        Place {
            name,
            status: PlaceStatus::Known,
            lat: Some(self.lat),
            lon: Some(self.lon),
            radius_km: Some(self.radius_km),
            geonames_id: self.geonames_id,
            country: self.country.clone(),
            kind: self.kind.clone(),
            precision: Some(PlacePrecision { ucdp, acled }),
            ..Place::unlocated(text, String::new())
        }
    }
}

/// `DAY`, `FROM..TO`, `..TO` or `FROM..`.
fn days(said: &str) -> Option<(Option<Date>, Option<Date>)> {
    let Some((from, to)) = said.split_once("..") else {
        let day = said.parse().ok()?;
        return Some((Some(day), Some(day)));
    };
    let end = |text: &str| match text.trim() {
        "" => Some(None),
        day => day.parse().ok().map(Some),
    };
    let (from, to): (Option<Date>, Option<Date>) = (end(from)?, end(to)?);
    let in_order = from.zip(to).is_none_or(|(from, to)| from <= to);
    (in_order && (from.is_some() || to.is_some())).then_some((from, to))
}

fn time((from, to): (Option<Date>, Option<Date>), read: Option<&Time>) -> Time {
    let n_days = from.zip(to).and_then(|(from, to)| from.until(to).ok()).map(|span| span.get_days() + 1);
    let (ucdp, acled) = match n_days {
        Some(..=1) => (1, 1),
        Some(2..=6) => (2, 2),
        Some(7) => (3, 2),
        Some(8..=31) => (4, 3),
        _ => (5, 3),
    };
    let end = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    Time {
        text: read.and_then(|time| time.text.clone()),
        kind: TimexType::Date,
        value: if n_days == Some(1) { end(from) } else { format!("{}/{}", end(from), end(to)) },
        modifier: None,
        from,
        to,
        anchor: Anchor::Calendar,
        precision: Some(TimePrecision { ucdp, acled }),
    }
}

fn actor(said: &str) -> Option<Change> {
    let (said, id) = match said.rsplit_once(";id=") {
        Some((said, id)) => (said, Some(id.trim().to_owned())),
        None => (said, None),
    };
    let (said, name) = said.split_once("->").map_or(("", said), |(said, name)| (said.trim(), name));
    let name = name.trim();
    let sound = is_name(name) && id.as_deref().is_none_or(is_name) && said.chars().count() <= MAX_NAME_CHARS;
    sound.then(|| Change::Actor { said: said.to_owned(), name: name.to_owned(), id })
}

fn is_name(text: &str) -> bool {
    !words(text).is_empty() && text.chars().count() <= MAX_NAME_CHARS && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_and_odd_ones_refused() {
        assert_eq!(
            Change::parse("pin", "date=2031-05-05..2031-05-07"),
            Some(Change::Days(Some(("2031-05-05".parse().ok(), "2031-05-07".parse().ok()))))
        );
        assert_eq!(
            Change::parse("pin", "date=..2031-05-07"),
            Some(Change::Days(Some((None, "2031-05-07".parse().ok()))))
        );
        assert_eq!(Change::parse("pin", "date="), Some(Change::Days(None)));
        for value in [
            "date=..",
            "date=soon",
            "date=2031-05-07..2031-05-05",
            "place=91,0,5",
            "place=1,2",
            "place=1,2,0",
            "place=1,2,NaN",
            "place=1,2,3;colour=red",
            "event=clash",
            "actor=",
        ] {
            assert_eq!(Change::parse("pin", value), None, "{value}");
        }
        let Some(Change::Place(Some(pin))) = Change::parse("pin", "place=34.45,-40.9,5;name=Varnesh;geonames=7") else {
            panic!("a point with a name");
        };
        assert_eq!((pin.lat, pin.lon, pin.geonames_id), (34.45, -40.9, Some(7)));
        let named = Change::Actor { said: "the group".into(), name: "Red Column".into(), id: Some("red".into()) };
        assert_eq!(Change::parse("name", "actor=the group -> Red Column;id=red"), Some(named));
        for value in ["actor=->", "actor=the group -> ", "actor=a\u{7}", "actor=a -> b;id="] {
            assert_eq!(Change::parse("name", value), None, "{value}");
        }
    }
}
