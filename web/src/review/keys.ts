// What a key asks for in the review queue. In: a key press and where it fell. Out: the action, or nothing.
import { order } from "../lib/keys.svelte";

export type Action = "accept" | "reject" | "edit" | "merge" | "split" | "undo" | "next" | "previous" | "why" | "help" | "retract" | "before" | "after";

/** Every key with what it does, as the help tells it. */
export const KEYS: [key: string, action: Action, says: string][] = [
  ["a", "accept", "accept the marked account and go on"],
  ["r", "reject", "reject the marked account and go on"],
  ["e", "edit", "change its type, status, date, place or names"],
  ["m", "merge", "say that the events are one"],
  ["s", "split", "take accounts out of their event"],
  ["u", "undo", "take back your last ruling"],
  ["t", "retract", "take back the ruling that something stands against"],
  ["j", "next", "next open item"],
  ["k", "previous", "previous open item"],
  ["l", "after", "mark the next account"],
  ["h", "before", "mark the account before"],
  ["w", "why", "write a reason; Enter or Escape leaves the field"],
  ["?", "help", "show these keys"],
];

const BY_KEY = new Map(KEYS.map(([key, action]) => [key, action]));

/** The action a key press asks for. A key held down goes on to other items, but never rules on one after the other. */
export function actionOf(press: Parameters<typeof order>[0] & { repeat: boolean }): Action | undefined {
  const action = BY_KEY.get(order(press) ?? "");
  return press.repeat && action !== "next" && action !== "previous" ? undefined : action;
}
