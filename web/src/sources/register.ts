// What was changed in the register of sources. In: a source and the form. Out: a ruling for each changed field.
import type { NewRuling, SourceLine } from "../lib/types";

export const GRADES: [code: string, says: string][] = [
  ["A", "completely reliable"], ["B", "usually reliable"], ["C", "fairly reliable"], ["D", "not usually reliable"], ["E", "unreliable"], ["F", "cannot be judged"],
];
export const FIELDS = ["alignment", "owner", "family", "language", "reliability"] as const;
export type Entry = Record<(typeof FIELDS)[number], string>;

/** The form as the register stands. */
export function entryOf({ register }: SourceLine): Entry {
  return {
    alignment: register?.alignment ?? "", owner: register?.owner ?? "", family: register?.family ?? "", language: register?.language ?? "",
    reliability: register?.rating?.reliability ?? "",
  };
}

/** A ruling for each field that differs from what the form began with; an emptied field is taken out of the register. */
export function changed(name: string, before: Entry, entry: Entry): Pick<NewRuling, "action" | "subject" | "value">[] {
  return FIELDS.filter((it) => entry[it].trim() !== before[it]).map((it) => ({ action: "source", subject: name, value: `${it}=${entry[it].trim()}` }));
}

/**
 * The form after somebody else changed the register: fields not touched here take the new values, those that were stay as they are;
 * `clashes` names fields that both changed to something else, so that nobody overwrites a ruling without seeing it.
 */
export function refreshed(before: Entry, entry: Entry, now: Entry): { entry: Entry; clashes: (keyof Entry)[] } {
  const next = { ...entry };
  const clashes: (keyof Entry)[] = [];
  for (const it of FIELDS) {
    if (entry[it].trim() === before[it]) next[it] = now[it];
    else if (now[it] !== before[it] && now[it] !== entry[it].trim()) clashes.push(it);
  }
  return { entry: next, clashes };
}
