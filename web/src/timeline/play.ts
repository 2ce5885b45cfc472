// Going through time step by step. In: the mode, the days chosen, the days there are. Out: the days of the next step.
import type { Mode } from "../explore/question";
import { addDays, addSteps } from "./steps";
import type { Unit } from "./steps";

export interface Days {
  since: string | null;
  until: string | null;
}

/** The first day of the step in which a day lies, counted from the first step there is. */
export function stepStart(day: string, first: string, unit: Unit): string {
  if (day <= first) return first;
  if (unit === "day") return day;
  if (unit === "month") return `${day.slice(0, 7)}-01`;
  if (unit === "year") return `${day.slice(0, 4)}-01-01`;
  const n = Math.floor((Date.parse(day) - Date.parse(first)) / 604_800_000);
  return addDays(first, 7 * n);
}

/** The last day of the step that starts with a day. */
const stepEnd = (start: string, unit: Unit) => addDays(addSteps(start, unit, 1), -1);

/** What is chosen when a mode begins. */
export function begun(mode: Mode, { since, until }: Days, first: string, last: string, unit: Unit): Days {
  if (mode === "window") return { since, until };
  if (mode === "cumulative") return { since: null, until: until && until < last ? until : null };
  const start = stepStart(since ?? first, first, unit);
  return { since: start, until: stepEnd(start, unit) };
}

/** The days one step on, or back with `n` -1; null when there is no further step. */
export function stepped(mode: Mode, { since, until }: Days, first: string, last: string, unit: Unit, n: 1 | -1 = 1): Days | null {
  if (mode === "cumulative") {
    const end = until ? stepEnd(stepStart(addDays(until, 1), first, unit), unit) : stepEnd(first, unit);
    if (n > 0) return until && until >= last ? null : { since: null, until: end };
    const now = until ?? last;
    const back = addDays(stepStart(now, first, unit), -1);
    return back < first ? null : { since: null, until: back };
  }
  if (mode === "instant") {
    const start = since ? addSteps(stepStart(since, first, unit), unit, n) : first;
    return start < first || start > last ? null : { since: start, until: stepEnd(start, unit) };
  }
  const from = since ?? first;
  const to = until ?? (since ? last : stepEnd(first, unit));
  if (!since && !until) return n > 0 ? { since: from, until: to } : null;
  const moved = { since: addSteps(from, unit, n), until: addSteps(to, unit, n) };
  return moved.since > last || moved.until < first ? null : moved;
}

/** Whether there is nothing further to play to, so that playing starts over. */
export const atEnd = (mode: Mode, days: Days, first: string, last: string, unit: Unit): boolean =>
  !(days.since || days.until) || (days.until ?? last) >= last || stepped(mode, days, first, last, unit) === null;

/** The days with which playing starts over. */
export function restarted(mode: Mode, { since, until }: Days, first: string, unit: Unit): Days {
  if (mode === "cumulative") return { since: null, until: stepEnd(first, unit) };
  if (mode === "instant" || !since || !until) return { since: first, until: stepEnd(first, unit) };
  const length = Math.round((Date.parse(until) - Date.parse(since)) / 86_400_000);
  return { since: first, until: addDays(first, length) };
}
