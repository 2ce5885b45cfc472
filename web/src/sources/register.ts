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

/** A ruling for each field that differs; an emptied field is taken out of the register. */
export function changed(source: SourceLine, entry: Entry): Pick<NewRuling, "action" | "subject" | "value">[] {
  const before = entryOf(source);
  return FIELDS.filter((it) => entry[it].trim() !== before[it]).map((it) => ({ action: "source", subject: source.name, value: `${it}=${entry[it].trim()}` }));
}
