// Rulings in words. In: a ruling. Out: what it does. Knows nothing of the screen.
import type { RulingEntry } from "../lib/types";
import { t } from "../lib/words";

const DOES: Record<string, string> = {
  accept: "accepted", reject: "rejected", relabel: "relabelled", pin: "pinned", name: "named", merge: "merged", split: "split", source: "noted on the source", undo: "took back ruling", propose: "proposed by a machine",
};

/** `rejected`, `pinned: date=2031-05-04`. */
export const does = (ruling: Pick<RulingEntry, "action" | "value">): string => t(DOES[ruling.action] ?? ruling.action) + (ruling.value ? `: ${ruling.value}` : "");

/** Whether it may be taken back. */
export const undoable = (ruling: RulingEntry): boolean => ruling.state === "in force" || ruling.state === "in force in part";
