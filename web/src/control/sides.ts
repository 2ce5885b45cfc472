// The sides on the map: at most five get a colour with a texture, every one gets two letters of its own.
// In: names in the order of colours. Out: looks and letters. No colour means good or bad, and none is a side's flag.

/** Sides that get a colour; the others are outlined in grey. */
export const MOST_COLOURS = 5;

export interface Side {
  name: string;
  /** 1 to 5 for a colour of the palette, 0 for grey outline. */
  colour: number;
  letters: string;
}

/** Words that say nothing of who it is. */
const SMALL = new Set(["the", "of", "and", "its", "a", "an", "for", "in", "de", "al"]);

/** Two-letter labels, none twice: initials where they are free, else the first letter with a later one, else with a digit. */
function letters(name: string, taken: Set<string>): string {
  const words = name.normalize("NFKD").replace(/[^\p{L}\p{N} -]/gu, "").split(/[\s-]+/).filter((word) => word && !SMALL.has(word.toLowerCase()));
  const all = [...words.join("")];
  const [first = "?"] = all;
  const initials = words.slice(1).map((word) => first + [...word][0]!);
  const within = all.slice(1).map((letter) => first + letter);
  const numbered = Array.from({ length: 99 }, (_, i) => `${first}${i + 2}`);
  const found = [...initials, ...within, ...numbered].map((one) => one.toUpperCase()).find((one) => !taken.has(one)) ?? "??";
  taken.add(found);
  return found;
}

/** The sides with their looks, by name. */
export function sidesOf(names: string[]): Map<string, Side> {
  const taken = new Set<string>();
  return new Map(names.map((name, i) => [name, { name, colour: i < MOST_COLOURS ? i + 1 : 0, letters: letters(name, taken) }]));
}

/** The side of a name; a grey one of no letters when it is not in the list. */
export const sideOf = (sides: Map<string, Side>, name: string): Side => sides.get(name) ?? { name, colour: 0, letters: "–" };

/** What fills a place: nothing, a side's texture, or stripes of all who are said to hold it. */
export function fillOf(holders: Side[]): string {
  const [only] = holders;
  if (!only) return "none";
  if (holders.length === 1) return only.colour ? `url(#side-${only.colour})` : "url(#side-0)";
  return `url(#${stripesId(holders)})`;
}
export const stripesId = (holders: Side[]): string => `stripes-${holders.map((side) => side.colour).join("-")}`;

/** Every combination of holders that needs stripes, once. */
export function combinations(places: { holders: string[] }[], sides: Map<string, Side>): Side[][] {
  const all = places.filter((place) => place.holders.length > 1).map((place) => place.holders.map((name) => sideOf(sides, name)));
  return [...new Map(all.map((holders) => [stripesId(holders), holders])).values()];
}
