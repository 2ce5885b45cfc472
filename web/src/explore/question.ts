// The filter in the address, as questions to the server and as chips to take away.
// In: the words after `?`. Out: the same filter for the API, without what only this screen knows (`mode`). Never keeps anything.
import { certainty, day, eventType, visible, words } from "../lib/format";
import { t } from "../lib/words";

/** Names of the filter, as docs/api.md has them. */
export const FILTERS = ["q", "actor", "place", "type", "source", "attribution", "certainty", "status", "voice", "since", "until", "disputed"] as const;
export type FilterName = (typeof FILTERS)[number];
/** Facets in the order in which they are shown. */
export const FACETS: FilterName[] = ["actor", "place", "type", "source", "attribution", "certainty", "status", "voice"];
/** Facets where words of one's own may be typed. */
export const TYPED: FilterName[] = ["actor", "place", "source"];

/** How time is looked at: one step, a window, or all until a day. */
export type Mode = "window" | "instant" | "cumulative";
export const modeOf = (query: URLSearchParams): Mode => {
  const mode = query.get("mode");
  return mode === "instant" || mode === "cumulative" ? mode : "window";
};

/** The filter alone, in one order, so that the same filter is the same question. */
export function filterOf(query: URLSearchParams, without: FilterName[] = []): URLSearchParams {
  const filter = new URLSearchParams();
  for (const name of FILTERS) {
    if (without.includes(name)) continue;
    for (const value of new Set(query.getAll(name))) if (value.trim()) filter.append(name, value);
  }
  return filter;
}

/** A chosen value that can be taken away. */
export interface Chip {
  name: FilterName;
  value: string;
  says: string;
}

/** Names of filters for people. */
export const filterWord = (name: string): string =>
  t({ actor: "Who", place: "Where", type: "What", source: "Source", attribution: "Who says so", certainty: "Certainty", status: "Status", voice: "Voice", since: "from", until: "to", disputed: "Disputed", q: "words" }[name] ?? name);

/** A value of a filter for people. */
export function valueWord(name: string, value: string): string {
  if (name === "type") return eventType(value);
  if (name === "certainty") return certainty(value);
  if (name === "since" || name === "until") return day(value);
  if (name === "attribution" || name === "status" || name === "voice") return words(value);
  return visible(value);
}

/** Everything chosen. */
export function chips(query: URLSearchParams): Chip[] {
  return [...filterOf(query)].map(([name, value]) => {
    const says = name === "disputed" ? t("only disputed") : name === "q" ? `“${visible(value)}”` : `${filterWord(name)}: ${valueWord(name, value)}`;
    return { name: name as FilterName, value, says };
  });
}

/** Adds a value, or takes it away when it is there. */
export function toggle(query: URLSearchParams, name: FilterName, value: string): void {
  const values = query.getAll(name);
  query.delete(name);
  const rest = values.filter((one) => one !== value);
  for (const one of rest.length === values.length ? [...values, value] : rest) query.append(name, one);
}

/** Sets both ends of the time; null opens an end. */
export function setDays(query: URLSearchParams, since: string | null, until: string | null): void {
  for (const [name, value] of [["since", since], ["until", until]] as const) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
}
