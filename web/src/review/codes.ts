// The codes a reviewer may choose. The compiler tells when one of the server's is missing here, or one here is not the server's.
import type { EventType, Polarity, Status } from "../lib/types";

const types: Record<EventType, 1> = {
  "territory.captured": 1, "territory.entered": 1, "territory.transferred": 1, "territory.held": 1, "territory.contested": 1, "territory.besieged": 1,
  "force.advanced": 1, "force.reached": 1, "force.position": 1, "force.withdrew": 1, "force.deployed": 1, "force.established": 1, "force.regrouped": 1,
  "operation.announced": 1, "operation.launched": 1, "operation.planned": 1, "operation.coordinated": 1,
  attack: 1, "attack.repelled": 1, clash: 1, air_strike: 1, drone_strike: 1, shelling: 1, explosive: 1, suicide_attack: 1, grenade: 1, chemical_attack: 1,
  "equipment.destroyed": 1, "equipment.captured": 1, "infrastructure.damaged": 1, looting: 1, "casualties.killed": 1, "casualties.wounded": 1,
  "civilians.attacked": 1, "civilians.abducted": 1, "civilians.sexual_violence": 1, "civilians.displaced": 1, "civilians.evacuated": 1,
  "detention.arrested": 1, "detention.released": 1, surrender: 1, "support.military": 1, "support.political": 1, cooperation: 1,
  "aid.delivered": 1, "aid.blocked": 1, "agreement.ceasefire": 1, "agreement.other": 1, "agreement.violated": 1, concession: 1, talks: 1,
  "statement.responsibility": 1, "statement.accused": 1, "statement.denied": 1, "statement.threatened": 1, "statement.demanded": 1, "statement.promised": 1,
  "statement.rejected": 1, sanction: 1, restriction: 1, investigation: 1, "office.resigned": 1, protest: 1, riot: 1, "static.location": 1,
  "statement.confirmed": 1, "statement.no_comment": 1, other: 1,
};
const statuses: Record<Status, 1> = { occurred: 1, ongoing: 1, planned: 1, announced: 1, ordered: 1, threatened: 1, conditional: 1, forecast: 1, hypothetical: 1 };
const polarities: Record<Polarity, 1> = { affirmed: 1, negated: 1 };

export const TYPES = Object.keys(types) as EventType[];
export const STATUSES = Object.keys(statuses) as Status[];
export const POLARITIES = Object.keys(polarities) as Polarity[];
