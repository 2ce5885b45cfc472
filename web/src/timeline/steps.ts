// Days and steps of the timeline. In: days as `YYYY-MM-DD`, in UTC. Out: the same, moved, snapped or packed. Knows no elements.

export type Unit = "day" | "week" | "month" | "year";
const DAY_MS = 86_400_000;

export const toMs = (day: string): number => Date.parse(`${day}T00:00:00Z`);
export const toDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
export const addDays = (day: string, n: number): string => toDay(toMs(day) + n * DAY_MS);

/** The first day of the next step, or of the `n`th next. */
export function addSteps(day: string, unit: Unit, n: number): string {
  if (unit === "day") return addDays(day, n);
  if (unit === "week") return addDays(day, 7 * n);
  const date = new Date(toMs(day));
  const months = date.getUTCMonth() + (unit === "month" ? n : 12 * n);
  const first = new Date(Date.UTC(date.getUTCFullYear(), months, 1));
  // The 31st of a month plus one month is the last of the next.
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(date.getUTCDate(), last));
  return toDay(first.getTime());
}

/** A unit of the API, or days when it is none. */
export const unitOf = (text: string): Unit => (["week", "month", "year"].includes(text) ? (text as Unit) : "day");

/** A stretch to draw in a lane; either end may be open. */
export interface Stretch {
  from?: string | null | undefined;
  to?: string | null | undefined;
}

/**
 * Packs stretches into lanes so that none touch, first come first placed. In: pixels of start and end. Out: the lane of each, -1 when
 * `most` lanes are full.
 */
export function lanes(stretches: { start: number; end: number }[], most: number, gap = 3): number[] {
  const ends: number[] = [];
  const order = stretches.map((_, i) => i).sort((a, b) => stretches[a]!.start - stretches[b]!.start || a - b);
  const out = new Array<number>(stretches.length).fill(-1);
  for (const i of order) {
    const { start, end } = stretches[i]!;
    let lane = ends.findIndex((last) => last + gap <= start);
    if (lane < 0 && ends.length < most) lane = ends.push(-Infinity) - 1;
    if (lane < 0) continue;
    ends[lane] = end;
    out[i] = lane;
  }
  return out;
}

/** Whether two stretches share a day; open ends reach on for ever. */
export const touches = (a: Stretch, b: Stretch): boolean => (a.from ?? "") <= (b.to ?? "9999") && (b.from ?? "") <= (a.to ?? "9999");

/** A step with its events. */
type Bin = { from: string; n: number; n_perhaps: number };

/** First and last day of all steps; null when there are none. */
export function extent(bins: Bin[], unit: Unit): [string, string] | null {
  const [first, last] = [bins[0], bins.at(-1)];
  return first && last ? [first.from, addDays(addSteps(last.from, unit, 1), -1)] : null;
}

/**
 * The days that hold nearly everything, when a few far events would squeeze the rest: between the steps that leave at most 2 of 100
 * events out at either end. Null when that is not much shorter than all days.
 */
export function core(bins: Bin[], unit: Unit): [string, string] | null {
  const all = extent(bins, unit);
  if (!all) return null;
  // One event "in 2014" may fall into every step of that year: where days are known, only those weigh.
  const known = bins.some((bin) => bin.n);
  const weight = (bin: Bin) => (known ? bin.n : bin.n_perhaps);
  const most = bins.reduce((sum, bin) => sum + weight(bin), 0) * 0.02;
  const edge = (ordered: Bin[]) => {
    let left = 0;
    return ordered.find((bin) => (left += weight(bin)) > most) ?? ordered[0]!;
  };
  const part = extent([edge(bins), edge([...bins].reverse())], unit)!;
  const length = ([from, to]: [string, string]) => toMs(to) - toMs(from) + DAY_MS;
  return length(part) < length(all) / 2 ? part : null;
}
