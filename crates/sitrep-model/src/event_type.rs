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

/// A row of the table: code, what the text says, ACLED, PLOVER, CAMEO; empty where a scheme has no such thing.
const fn leaf(
    code: &'static str,
    says: &'static str,
    acled: &'static str,
    plover: &'static str,
    cameo: &'static str,
) -> Leaf {
    const fn some(code: &'static str) -> Option<&'static str> {
        if code.is_empty() { None } else { Some(code) }
    }
    Leaf { code, says, acled: some(acled), plover: some(plover), cameo: some(cameo) }
}

/// An event type: a row of [`EventType::LEAVES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventType(u8);

impl EventType {
    /// Every leaf, in the order of the published table.
    pub const LEAVES: &'static [Leaf] = &[
        leaf(
            "territory.captured",
            "actor takes a place (also re-takes: again=true)",
            "Government regains territory / Non-state actor overtakes territory",
            "COERCE/seize",
            "192",
        ),
        leaf(
            "territory.entered",
            "actor gets into a place, control not claimed",
            "Armed clash",
            "ASSAULT/firearms",
            "190",
        ),
        leaf(
            "territory.transferred",
            "a place changes hands without a fight",
            "Non-violent transfer of territory",
            "COERCE/seize",
            "192",
        ),
        leaf("territory.held", "state: actor controls / still holds a place at a date", "", "", ""),
        leaf("territory.contested", "state: control is disputed, fighting inside", "", "", ""),
        leaf("territory.besieged", "actor surrounds or blockades a place", "Armed clash", "COERCE/seize", "191"),
        leaf("force.advanced", "actor moves forward, often with a distance", "", "MOBILIZE/troops", "154"),
        leaf("force.reached", "actor arrives at a place or line", "", "MOBILIZE/troops", "154"),
        leaf("force.position", "state: actor is N km from a place, or at it", "", "", ""),
        leaf("force.withdrew", "actor leaves a place", "Non-violent transfer of territory", "RETREAT/withdraw", "0874"),
        leaf(
            "force.deployed",
            "actor moves forces or reinforcements in, redeploys",
            "Change to group/activity",
            "MOBILIZE/troops",
            "154",
        ),
        leaf(
            "force.established",
            "actor sets up positions, a base, a headquarters",
            "Headquarters or base established",
            "MOBILIZE/troops",
            "154",
        ),
        leaf(
            "force.regrouped",
            "actor gathers elsewhere, changes tactics",
            "Change to group/activity",
            "MOBILIZE/troops",
            "154",
        ),
        leaf(
            "operation.announced",
            "a named or described operation is announced",
            "Change to group/activity",
            "THREATEN/violence",
            "138",
        ),
        leaf("operation.launched", "an operation, offensive or assault begins", "Armed clash", "ASSAULT", "190"),
        leaf("operation.planned", "planning or preparing", "", "MOBILIZE", "15"),
        leaf("operation.coordinated", "two actors coordinate or act jointly", "", "COOPERATE/military", "062"),
        leaf("attack", "ground attack, raid, ambush, storming", "Armed clash", "ASSAULT/firearms", "190"),
        leaf(
            "attack.repelled",
            "the actor (defender) beats back the target's attack",
            "Armed clash",
            "ASSAULT/firearms",
            "190",
        ),
        leaf(
            "clash",
            "fighting between two sides, no attacker named: both are actors",
            "Armed clash",
            "ASSAULT/firearms",
            "190",
        ),
        leaf("air_strike", "bombing from aircraft", "Air/drone strike", "ASSAULT/aerial", "195"),
        leaf("drone_strike", "attack by unmanned aircraft", "Air/drone strike", "ASSAULT/drone", "195"),
        leaf(
            "shelling",
            "artillery, mortar, rocket, missile",
            "Shelling/artillery/missile attack",
            "ASSAULT/heavy-weapons",
            "194",
        ),
        leaf(
            "explosive",
            "mine, IED, car bomb without the bomber dying",
            "Remote explosive/landmine/IED",
            "ASSAULT/explosives",
            "183",
        ),
        leaf("suicide_attack", "bomber dies", "Suicide bomb", "ASSAULT/suicide-attack", "1831"),
        leaf("grenade", "hand grenade", "Grenade", "ASSAULT/explosives", "183"),
        leaf("chemical_attack", "toxic agent", "Chemical weapon", "ASSAULT/unconventional", "2041"),
        leaf(
            "equipment.destroyed",
            "vehicle, aircraft, weapon, depot destroyed or shot down",
            "Armed clash",
            "ASSAULT/destroy",
            "190",
        ),
        leaf("equipment.captured", "weapons or vehicles seized", "Disrupted weapons use", "COERCE/seize", "1711"),
        leaf("infrastructure.damaged", "building, bridge, hospital, power line hit", "", "ASSAULT/destroy", "1712"),
        leaf("looting", "property taken or burnt", "Looting/property destruction", "COERCE/seize", "1711"),
        leaf("casualties.killed", "people killed: low / best / high, by group", "", "ASSAULT", "18"),
        leaf("casualties.wounded", "people hurt", "", "ASSAULT", "18"),
        leaf("civilians.attacked", "unarmed people attacked, executed", "Attack", "ASSAULT/targeted", "180"),
        leaf(
            "civilians.abducted",
            "kidnapping, forced disappearance",
            "Abduction/forced disappearance",
            "ASSAULT/abduct",
            "181",
        ),
        leaf(
            "civilians.sexual_violence",
            "sexual violence against unarmed people",
            "Sexual violence",
            "ASSAULT/sexual",
            "1821",
        ),
        leaf("civilians.displaced", "people flee or are expelled", "Other", "", "174"),
        leaf("civilians.evacuated", "people are moved to safety, humanitarian corridor", "Other", "COOPERATE", ""),
        leaf("detention.arrested", "arrest, capture of persons", "Arrests", "COERCE/arrest", "173"),
        leaf("detention.released", "prisoners or hostages freed, exchanged", "Other", "RETREAT/release", "0841"),
        leaf("surrender", "fighters give up or defect", "Change to group/activity", "RETREAT/surrender", "0874"),
        leaf("support.military", "actor backs another: arms, air cover, advisers", "", "AID/military", "072"),
        leaf(
            "support.political",
            "actor backs, recognises or praises another in words or by diplomatic ties",
            "Other",
            "SUPPORT/-",
            "051",
        ),
        leaf(
            "cooperation",
            "two sides work together outside the fighting: share knowledge, extradite, hold exercises",
            "",
            "COOPERATE/-",
            "060",
        ),
        leaf("aid.delivered", "relief arrives", "Other", "AID/humanitarian", "073"),
        leaf("aid.blocked", "relief is stopped", "Other", "COERCE/restrict", "191"),
        leaf("agreement.ceasefire", "truce, de-escalation, reconciliation", "Agreement", "RETREAT/ceasefire", "0871"),
        leaf("agreement.other", "talks succeed, deal signed", "Agreement", "AGREE", "057"),
        leaf("agreement.violated", "a truce or deal is broken", "Armed clash", "ASSAULT", "190"),
        leaf(
            "concession",
            "actor gives way: lifts a curfew or ban, grants a demand, calls off a strike",
            "",
            "CONCEDE/-",
            "080",
        ),
        leaf("talks", "meeting, negotiation", "", "CONSULT/meet", "040"),
        leaf("statement.responsibility", "actor says it did a deed", "", "", ""),
        leaf("statement.accused", "actor blames another for a deed", "", "ACCUSE/allege", "112"),
        leaf("statement.denied", "actor denies a deed or a report", "", "REJECT", "12"),
        leaf("statement.threatened", "actor threatens", "", "THREATEN/violence", "138"),
        leaf("statement.demanded", "actor demands", "", "REQUEST", "10"),
        leaf(
            "statement.promised",
            "actor says it is willing to help, meet, yield or work together",
            "",
            "AGREE/-",
            "030",
        ),
        leaf(
            "statement.rejected",
            "actor turns down a proposal, a demand or a meeting, or vetoes it",
            "",
            "REJECT/-",
            "120",
        ),
        leaf("sanction", "embargo, sanctions, cut ties", "", "SANCTION", "163"),
        leaf(
            "restriction",
            "authority forbids, closes or imposes: curfew, ban, state of emergency, expulsion of people",
            "Other",
            "COERCE/restrict",
            "172",
        ),
        leaf("investigation", "actor looks into a deed: inquiry, inspectors, a hearing", "", "INVESTIGATE/-", "090"),
        leaf("office.resigned", "a holder of office steps down", "Other", "RETREAT/resign", "0832"),
        leaf("protest", "demonstration", "Peaceful protest", "PROTEST/demo", "141"),
        leaf("riot", "violent crowd", "Mob violence", "PROTEST/riot", "145"),
        leaf(
            "static.location",
            "where a place lies relative to another (a fact about the map, not an act)",
            "",
            "",
            "",
        ),
        leaf("statement.confirmed", "a source confirms an earlier claim (attaches to it)", "", "", ""),
        leaf(
            "statement.no_comment",
            "a source has not commented, as of the report date (attaches to a claim; not a denial)",
            "",
            "",
            "",
        ),
        leaf("other", "conflict-related, none of the above", "Other", "", ""),
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

    /// Where it stands in [`EventType::LEAVES`].
    #[must_use]
    pub fn row(self) -> usize {
        usize::from(self.0)
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
