//! The event types: one stable leaf code per kind of act or state, with its codes in other schemes.
//!
//! In: a code as text. Out: [`EventType`], a one-byte value with look-ups. ACLED, PLOVER and CAMEO codes are those projects'
//! own; only the mapping is kept here. `None` means that scheme has no such thing.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What is known about one leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaf {
    /// The code.
    pub code: &'static str,
    /// What the text says, in words.
    pub says: &'static str,
    /// ACLED sub-event type(s); two separated by ` / ` when the actor's kind decides (state forces first).
    pub acled: Option<&'static str>,
    /// PLOVER event and mode.
    pub plover: Option<&'static str>,
    /// CAMEO code.
    pub cameo: Option<&'static str>,
}

/// An event type: a row of [`EventType::LEAVES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventType(u8);

impl EventType {
    /// Every leaf, in the order of the published table.
    pub const LEAVES: &'static [Leaf] = &[
        Leaf {
            code: "territory.captured",
            says: "actor takes a place (also re-takes: again=true)",
            acled: Some("Government regains territory / Non-state actor overtakes territory"),
            plover: Some("COERCE/seize"),
            cameo: Some("192"),
        },
        Leaf {
            code: "territory.entered",
            says: "actor gets into a place, control not claimed",
            acled: Some("Armed clash"),
            plover: Some("ASSAULT/firearms"),
            cameo: Some("190"),
        },
        Leaf {
            code: "territory.transferred",
            says: "a place changes hands without a fight",
            acled: Some("Non-violent transfer of territory"),
            plover: Some("COERCE/seize"),
            cameo: Some("192"),
        },
        Leaf {
            code: "territory.held",
            says: "state: actor controls / still holds a place at a date",
            acled: None,
            plover: None,
            cameo: None,
        },
        Leaf {
            code: "territory.contested",
            says: "state: control is disputed, fighting inside",
            acled: None,
            plover: None,
            cameo: None,
        },
        Leaf {
            code: "territory.besieged",
            says: "actor surrounds or blockades a place",
            acled: Some("Armed clash"),
            plover: Some("COERCE/seize"),
            cameo: Some("191"),
        },
        Leaf {
            code: "force.advanced",
            says: "actor moves forward, often with a distance",
            acled: None,
            plover: Some("MOBILIZE/troops"),
            cameo: Some("154"),
        },
        Leaf {
            code: "force.reached",
            says: "actor arrives at a place or line",
            acled: None,
            plover: Some("MOBILIZE/troops"),
            cameo: Some("154"),
        },
        Leaf {
            code: "force.position",
            says: "state: actor is N km from a place, or at it",
            acled: None,
            plover: None,
            cameo: None,
        },
        Leaf {
            code: "force.withdrew",
            says: "actor leaves a place",
            acled: Some("Non-violent transfer of territory"),
            plover: Some("RETREAT/withdraw"),
            cameo: Some("0874"),
        },
        Leaf {
            code: "force.deployed",
            says: "actor moves forces or reinforcements in, redeploys",
            acled: Some("Change to group/activity"),
            plover: Some("MOBILIZE/troops"),
            cameo: Some("154"),
        },
        Leaf {
            code: "force.established",
            says: "actor sets up positions, a base, a headquarters",
            acled: Some("Headquarters or base established"),
            plover: Some("MOBILIZE/troops"),
            cameo: Some("154"),
        },
        Leaf {
            code: "force.regrouped",
            says: "actor gathers elsewhere, changes tactics",
            acled: Some("Change to group/activity"),
            plover: Some("MOBILIZE/troops"),
            cameo: Some("154"),
        },
        Leaf {
            code: "operation.announced",
            says: "a named or described operation is announced",
            acled: Some("Change to group/activity"),
            plover: Some("THREATEN/violence"),
            cameo: Some("138"),
        },
        Leaf {
            code: "operation.launched",
            says: "an operation, offensive or assault begins",
            acled: Some("Armed clash"),
            plover: Some("ASSAULT"),
            cameo: Some("190"),
        },
        Leaf {
            code: "operation.planned",
            says: "planning or preparing",
            acled: None,
            plover: Some("MOBILIZE"),
            cameo: Some("15"),
        },
        Leaf {
            code: "operation.coordinated",
            says: "two actors coordinate or act jointly",
            acled: None,
            plover: Some("COOPERATE/military"),
            cameo: Some("062"),
        },
        Leaf {
            code: "attack",
            says: "ground attack, raid, ambush, storming",
            acled: Some("Armed clash"),
            plover: Some("ASSAULT/firearms"),
            cameo: Some("190"),
        },
        Leaf {
            code: "attack.repelled",
            says: "the actor (defender) beats back the target's attack",
            acled: Some("Armed clash"),
            plover: Some("ASSAULT/firearms"),
            cameo: Some("190"),
        },
        Leaf {
            code: "clash",
            says: "fighting between two sides, no attacker named: both are actors",
            acled: Some("Armed clash"),
            plover: Some("ASSAULT/firearms"),
            cameo: Some("190"),
        },
        Leaf {
            code: "air_strike",
            says: "bombing from aircraft",
            acled: Some("Air/drone strike"),
            plover: Some("ASSAULT/aerial"),
            cameo: Some("195"),
        },
        Leaf {
            code: "drone_strike",
            says: "attack by unmanned aircraft",
            acled: Some("Air/drone strike"),
            plover: Some("ASSAULT/drone"),
            cameo: Some("195"),
        },
        Leaf {
            code: "shelling",
            says: "artillery, mortar, rocket, missile",
            acled: Some("Shelling/artillery/missile attack"),
            plover: Some("ASSAULT/heavy-weapons"),
            cameo: Some("194"),
        },
        Leaf {
            code: "explosive",
            says: "mine, IED, car bomb without the bomber dying",
            acled: Some("Remote explosive/landmine/IED"),
            plover: Some("ASSAULT/explosives"),
            cameo: Some("183"),
        },
        Leaf {
            code: "suicide_attack",
            says: "bomber dies",
            acled: Some("Suicide bomb"),
            plover: Some("ASSAULT/suicide-attack"),
            cameo: Some("1831"),
        },
        Leaf {
            code: "grenade",
            says: "hand grenade",
            acled: Some("Grenade"),
            plover: Some("ASSAULT/explosives"),
            cameo: Some("183"),
        },
        Leaf {
            code: "chemical_attack",
            says: "toxic agent",
            acled: Some("Chemical weapon"),
            plover: Some("ASSAULT/unconventional"),
            cameo: Some("2041"),
        },
        Leaf {
            code: "equipment.destroyed",
            says: "vehicle, aircraft, weapon, depot destroyed or shot down",
            acled: Some("Armed clash"),
            plover: Some("ASSAULT/destroy"),
            cameo: Some("190"),
        },
        Leaf {
            code: "equipment.captured",
            says: "weapons or vehicles seized",
            acled: Some("Disrupted weapons use"),
            plover: Some("COERCE/seize"),
            cameo: Some("1711"),
        },
        Leaf {
            code: "infrastructure.damaged",
            says: "building, bridge, hospital, power line hit",
            acled: None,
            plover: Some("ASSAULT/destroy"),
            cameo: Some("1712"),
        },
        Leaf {
            code: "looting",
            says: "property taken or burnt",
            acled: Some("Looting/property destruction"),
            plover: Some("COERCE/seize"),
            cameo: Some("1711"),
        },
        Leaf {
            code: "casualties.killed",
            says: "people killed: low / best / high, by group",
            acled: None,
            plover: Some("ASSAULT"),
            cameo: Some("18"),
        },
        Leaf {
            code: "casualties.wounded",
            says: "people hurt",
            acled: None,
            plover: Some("ASSAULT"),
            cameo: Some("18"),
        },
        Leaf {
            code: "civilians.attacked",
            says: "unarmed people attacked, executed",
            acled: Some("Attack"),
            plover: Some("ASSAULT/targeted"),
            cameo: Some("180"),
        },
        Leaf {
            code: "civilians.abducted",
            says: "kidnapping, forced disappearance",
            acled: Some("Abduction/forced disappearance"),
            plover: Some("ASSAULT/abduct"),
            cameo: Some("181"),
        },
        Leaf {
            code: "civilians.sexual_violence",
            says: "sexual violence against unarmed people",
            acled: Some("Sexual violence"),
            plover: Some("ASSAULT/sexual"),
            cameo: Some("1821"),
        },
        Leaf {
            code: "civilians.displaced",
            says: "people flee or are expelled",
            acled: Some("Other"),
            plover: None,
            cameo: Some("174"),
        },
        Leaf {
            code: "civilians.evacuated",
            says: "people are moved to safety, humanitarian corridor",
            acled: Some("Other"),
            plover: Some("COOPERATE"),
            cameo: None,
        },
        Leaf {
            code: "detention.arrested",
            says: "arrest, capture of persons",
            acled: Some("Arrests"),
            plover: Some("COERCE/arrest"),
            cameo: Some("173"),
        },
        Leaf {
            code: "detention.released",
            says: "prisoners or hostages freed, exchanged",
            acled: Some("Other"),
            plover: Some("RETREAT/release"),
            cameo: Some("0841"),
        },
        Leaf {
            code: "surrender",
            says: "fighters give up or defect",
            acled: Some("Change to group/activity"),
            plover: Some("RETREAT/surrender"),
            cameo: Some("0874"),
        },
        Leaf {
            code: "support.military",
            says: "actor backs another: arms, air cover, advisers",
            acled: None,
            plover: Some("AID/military"),
            cameo: Some("072"),
        },
        Leaf {
            code: "aid.delivered",
            says: "relief arrives",
            acled: Some("Other"),
            plover: Some("AID/humanitarian"),
            cameo: Some("073"),
        },
        Leaf {
            code: "aid.blocked",
            says: "relief is stopped",
            acled: Some("Other"),
            plover: Some("COERCE/restrict"),
            cameo: Some("191"),
        },
        Leaf {
            code: "agreement.ceasefire",
            says: "truce, de-escalation, reconciliation",
            acled: Some("Agreement"),
            plover: Some("RETREAT/ceasefire"),
            cameo: Some("0871"),
        },
        Leaf {
            code: "agreement.other",
            says: "talks succeed, deal signed",
            acled: Some("Agreement"),
            plover: Some("AGREE"),
            cameo: Some("057"),
        },
        Leaf {
            code: "agreement.violated",
            says: "a truce or deal is broken",
            acled: Some("Armed clash"),
            plover: Some("ASSAULT"),
            cameo: Some("190"),
        },
        Leaf {
            code: "talks",
            says: "meeting, negotiation",
            acled: None,
            plover: Some("CONSULT/meet"),
            cameo: Some("040"),
        },
        Leaf {
            code: "statement.responsibility",
            says: "actor says it did a deed",
            acled: None,
            plover: None,
            cameo: None,
        },
        Leaf {
            code: "statement.accused",
            says: "actor blames another for a deed",
            acled: None,
            plover: Some("ACCUSE/allege"),
            cameo: Some("112"),
        },
        Leaf {
            code: "statement.denied",
            says: "actor denies a deed or a report",
            acled: None,
            plover: Some("REJECT"),
            cameo: Some("12"),
        },
        Leaf {
            code: "statement.threatened",
            says: "actor threatens",
            acled: None,
            plover: Some("THREATEN/violence"),
            cameo: Some("138"),
        },
        Leaf {
            code: "statement.demanded",
            says: "actor demands",
            acled: None,
            plover: Some("REQUEST"),
            cameo: Some("10"),
        },
        Leaf {
            code: "sanction",
            says: "embargo, sanctions, cut ties",
            acled: None,
            plover: Some("SANCTION"),
            cameo: Some("163"),
        },
        Leaf {
            code: "protest",
            says: "demonstration",
            acled: Some("Peaceful protest"),
            plover: Some("PROTEST/demo"),
            cameo: Some("141"),
        },
        Leaf {
            code: "riot",
            says: "violent crowd",
            acled: Some("Mob violence"),
            plover: Some("PROTEST/riot"),
            cameo: Some("145"),
        },
        Leaf {
            code: "static.location",
            says: "where a place lies relative to another (a fact about the map, not an act)",
            acled: None,
            plover: None,
            cameo: None,
        },
        Leaf {
            code: "statement.confirmed",
            says: "a source confirms an earlier claim (attaches to it)",
            acled: None,
            plover: None,
            cameo: None,
        },
        Leaf {
            code: "statement.no_comment",
            says: "a source has not commented, as of the report date (attaches to a claim; not a denial)",
            acled: None,
            plover: None,
            cameo: None,
        },
        Leaf {
            code: "other",
            says: "conflict-related, none of the above",
            acled: Some("Other"),
            plover: None,
            cameo: None,
        },
    ];

    /// The type with this code, or `None`.
    ///
    /// ```
    /// use sitrep_model::EventType;
    /// let capture = EventType::from_code("territory.captured").unwrap();
    /// assert_eq!((capture.as_str(), capture.family()), ("territory.captured", "territory"));
    /// ```
    #[must_use]
    pub fn from_code(code: &str) -> Option<EventType> {
        let row = Self::LEAVES.iter().position(|leaf| leaf.code == code)?;
        u8::try_from(row).ok().map(EventType)
    }

    /// The row of the table.
    #[must_use]
    pub fn leaf(self) -> &'static Leaf {
        &Self::LEAVES[self.0 as usize]
    }

    /// The code.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.leaf().code
    }

    /// The part of the code before the first dot.
    #[must_use]
    pub fn family(self) -> &'static str {
        let code = self.as_str();
        code.split_once('.').map_or(code, |(family, _)| family)
    }
}

impl fmt::Display for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for EventType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for EventType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<EventType, D::Error> {
        let code = String::deserialize(deserializer)?;
        EventType::from_code(&code).ok_or_else(|| serde::de::Error::custom(format!("no event type {code}")))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for EventType {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "EventType".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let codes: Vec<&str> = EventType::LEAVES.iter().map(|leaf| leaf.code).collect();
        schemars::json_schema!({ "type": "string", "enum": codes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_come_back() {
        for (row, leaf) in EventType::LEAVES.iter().enumerate() {
            assert_eq!(EventType::from_code(leaf.code).map(|t| t.0 as usize), Some(row), "{}", leaf.code);
        }
    }
}
