// The wording every screen shares: days, places, codes and odd characters in plain, neutral words.
// In: values as the API gives them. Out: short texts. Never says more than the value holds: what is unknown is called unknown.
import { t } from "./words";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** Year, month and day of `2017-11-03`. */
function parts(day: string): [number, number, number] {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return [year, month, date];
}

const month = (number: number) => t(MONTHS[number - 1] ?? "?");

/** `2017-11-03` as `3 November 2017`. Anything else comes back as it is. */
export function day(iso: string): string {
  if (!/^\d{4}-\d\d-\d\d/.test(iso)) return iso;
  const [y, m, d] = parts(iso);
  return `${d} ${month(m)} ${y}`;
}

/** `3 Nov` or, with the year, `3 Nov 2017`: for axes and narrow columns. */
export function dayShort(iso: string, year = true): string {
  const [y, m, d] = parts(iso);
  return `${d} ${month(m).slice(0, 3)}${year ? ` ${y}` : ""}`;
}

/** Whether two days are the first and the last of one month, or of one year. */
function whole(from: string, to: string): "month" | "year" | null {
  const [y, m, d] = parts(from);
  const [y2, m2, d2] = parts(to);
  if (y !== y2 || d !== 1) return null;
  if (m === 1 && m2 === 12 && d2 === 31) return "year";
  return m === m2 && d2 === new Date(Date.UTC(y, m, 0)).getUTCDate() ? "month" : null;
}

/**
 * When something happened, with how surely that is known: `3 November 2017`, `between 2 and 5 November 2017`, `in November 2017`,
 * `by 3 November 2017` (first day open), `from 3 November 2017 on` (last day open), `day not known`.
 */
export function days(from?: string | null, to?: string | null): string {
  if (!from && !to) return t("day not known");
  if (!from) return `${t("by")} ${day(to!)}`;
  if (!to) return `${t("from")} ${day(from)} ${t("on")}`;
  if (from === to) return day(from);
  const span = whole(from, to);
  const [y, m, d] = parts(from);
  const [y2, m2] = parts(to);
  if (span === "year") return `${t("in")} ${y}`;
  if (span === "month") return `${t("in")} ${month(m)} ${y}`;
  const first = y !== y2 ? day(from) : m !== m2 ? `${d} ${month(m)}` : `${d}`;
  return `${t("between")} ${first} ${t("and")} ${day(to)}`;
}

/** The same for a narrow column: `2017-11-03`, `2017-11-02/05`, `../2017-11-03`, `2017-11-03/..`, `–`. */
export function daysShort(from?: string | null, to?: string | null): string {
  if (!from && !to) return "–";
  if (!from) return `../${to}`;
  if (!to) return `${from}/..`;
  if (from === to) return from;
  return `${from}/${from.slice(0, 7) === to.slice(0, 7) ? to.slice(8) : from.slice(0, 4) === to.slice(0, 4) ? to.slice(5) : to}`;
}

/** A stretch that lasted, not an uncertain day: `from 2 to 5 November 2017`. */
export function stretch(from?: string | null, to?: string | null): string {
  if (!from || !to || from === to) return days(from, to);
  return days(from, to).replace(t("between"), t("from")).replace(` ${t("and")} `, ` ${t("to")} `);
}

/** `territory.captured` as `territory captured`. */
export const eventType = (code: string): string => t(code.replace(/[._]/g, " "));

/** Any other code of the API in words. */
export function words(code: string): string {
  return t(CODES[code] ?? code.replace(/[._]/g, " ").replace(/^[A-Z-]+$/, (all) => all.toLowerCase().replace(/-/g, " ")));
}

const CODES: Record<string, string> = {
  AUTHOR: "the report itself",
  "OFFICIAL-NAMED": "named official or state body",
  "OFFICIAL-PARTY": "official of a fighting party",
  "OFFICIAL-ANON": "official without a name",
  "BELLIGERENT-MEDIA": "media arm of a fighting party",
  "LINKED-AGENCY": "outlet tied to a party",
  "ALIGNED-SOURCES": "unnamed sources of one side",
  LOCAL: "local sources",
  EYEWITNESS: "witness",
  MONITOR: "monitoring body",
  MEDIA: "another outlet",
  SOCIAL: "social media",
  DOCUMENT: "document",
  IMAGERY: "images",
  UNSPECIFIED: "unspecified sources",
  HEARSAY: "hearsay",
  INFERENCE: "inference",
  COMMENTER: "reader’s comment",
  "SELF-REF": "the outlet citing itself",
  ASSERT: "says",
  CONFIRM: "confirms",
  DENY: "denies",
  DOUBT: "doubts",
  SPECULATE: "thinks it likely",
  PREDICT: "foresees",
  PLAN: "announces a plan",
  THREATEN: "threatens",
  ORDER: "orders",
  WARN: "warns",
  ACCUSE: "accuses",
  "CLAIM-RESPONSIBILITY": "claims responsibility",
  RETRACT: "takes back",
  DECLINE: "gives no comment",
  ASK: "asks",
  comment: "reader’s comment",
  no_comment: "no comment",
  same_event: "same event",
  not_scoreable: "not scoreable",
};

/** A value of the −3 to +3 scale in words. */
export function certainty(value: number | string | null | undefined): string {
  if (value === null || value === undefined || value === "unknown" || value === "") return t("not said");
  const scale = ["certainly not", "probably not", "possibly not", "left open", "possible", "probable", "certain"];
  return t(scale[Math.max(-3, Math.min(3, Math.round(Number(value)))) + 3] ?? "not said");
}

/** `12 events`, `1 event`; the number grouped by thousands. */
export const count = (n: number, one: string, many = `${one}s`): string => `${number(n)} ${t(n === 1 ? one : many)}`;

/** A number grouped by thousands, without a needless fraction. */
export function number(value: number): string {
  const [whole = "0", fraction] = String(Math.round(value * 10) / 10).split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, "\u202f") + (fraction ? `.${fraction}` : "");
}

/** `34.453° N, 40.919° E` */
export function coordinates(lat: number, lon: number): string {
  const half = (value: number, plus: string, minus: string) => `${Math.abs(value).toFixed(3)}° ${value < 0 ? minus : plus}`;
  return `${half(lat, "N", "S")}, ${half(lon, "E", "W")}`;
}

/** How far a place is understood: `known`, `within 30 km`, `an area, told by another place`, … */
export function placeHow(place: { status: string; radius_km?: number | null }): string {
  const within = place.radius_km ? `${t("within")} ${number(place.radius_km)} km` : "";
  if (place.status === "relative") return [t("told by another place"), within].filter(Boolean).join(", ");
  if (place.status === "ambiguous") return t("one of several of that name, none chosen");
  if (place.status === "unknown") return t("not in the gazetteer");
  return within || t("known");
}

const MARKS: Record<string, string> = {
  "\u061c": "ALM", "\u200b": "ZWSP", "\u200e": "LRM", "\u200f": "RLM", "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO",
  "\u202e": "RLO", "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI", "\ufeff": "BOM", "\u2028": "LS", "\u2029": "PS", "\u001b": "ESC",
};
const ODD = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u2028\u2029]/g;

/**
 * Text from anywhere with every character that reorders or hides text shown as a mark: `⟨RLO⟩`. For names, titles and quotes alike;
 * letters are never touched. Offsets change, so mark up passages first and make each run visible after.
 */
export const visible = (text: string): string => text.replace(ODD, (c) => `⟨${MARKS[c] ?? "CTRL"}⟩`);

/** The same on one line, cut to `most` characters with the cut shown. */
export function line(text: string, most = 600): string {
  const one = visible(text).replace(/\s+/g, " ").trim();
  return one.length > most ? `${one.slice(0, most).replace(/[\ud800-\udbff]$/, "").trimEnd()} …` : one;
}
