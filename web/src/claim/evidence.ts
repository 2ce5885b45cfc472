// A claim's parts in plain words. In: claims as the API gives them. Out: short texts; what is unknown is called unknown.
import { certainty, coordinates, days, placeHow, visible, words } from "../lib/format";
import type { ActorRef, AttributionLink, Certainty, Claim, ClaimView, Place, Quantity, Time } from "../lib/types";
import { t } from "../lib/words";

/** Where the quote stands in its sentence, in UTF-16 units; nothing when it does not stand there word for word. */
export function hit({ claim, sentence, anchor }: Pick<ClaimView, "claim" | "sentence" | "anchor">): { start: number; end: number }[] {
  if (anchor !== "ok") return [];
  const before = new TextEncoder().encode(sentence).slice(0, Math.max(0, claim.start - claim.sentence_start));
  const start = new TextDecoder().decode(before).length;
  const end = start + claim.quote.length;
  return sentence.slice(start, end) === claim.quote ? [{ start, end }] : [];
}

/** Something as the text says it, and as it is understood. */
export interface Understood {
  said: string;
  understood: string;
}

/** A place. */
export function place(at: Place | null | undefined): Understood {
  if (!at) return { said: "", understood: t("no place given") };
  const point = at.lat != null && at.lon != null ? coordinates(at.lat, at.lon) : "";
  const name = at.name && at.name !== at.text ? visible(at.name) : "";
  const how = placeHow(at);
  return { said: visible(at.text), understood: [name, point, how].filter(Boolean).join(", ") };
}

/** A time. */
export function time(at: Time | null | undefined): Understood {
  if (!at) return { said: "", understood: t("no date given") };
  return { said: visible(at.text ?? ""), understood: days(at.from, at.to) };
}

/** One link of the chain of those who say it: `the press office (media arm of a fighting party) says: “announced”`. */
export function link(it: AttributionLink): string {
  const who = it.holder ? visible(it.holder) : words(it.type);
  const sort = it.holder && it.type !== "AUTHOR" ? ` (${words(it.type)})` : "";
  return `${who}${sort} ${words(it.stance)}${it.cue ? ` – “${visible(it.cue)}”` : ""}`;
}

/** How the author puts what a source says, when it is not neutral. */
export function distance(it: AttributionLink): string {
  if (it.type === "AUTHOR") return "";
  if (it.author_stance === "DISTANCE") return t("the report keeps its distance");
  if (it.author_stance === "REJECT") return t("the report rejects it");
  return it.author_stance === "ENDORSE" ? t("the report endorses it") : "";
}

/** How sure source and author are. */
export function sure(it: Certainty): string {
  const word = it.word ? ` – “${visible(it.word)}”` : "";
  const source = it.source != null ? certainty(it.source) : "";
  const author = it.author != null ? certainty(it.author) : "";
  if (source && author && source !== author) return `${t("source")}: ${source}; ${t("report")}: ${author}${word}`;
  return (source || author || certainty(null)) + word;
}

/** Actors, as said and as understood. */
export function actors(all: ActorRef[]): string {
  return all.map((it) => (it.name && it.name !== it.text ? `${visible(it.text)} → ${visible(it.name)}` : visible(it.text))).join("; ");
}

/** A number with what it counts. */
export function quantity(it: Quantity): string {
  const range = it.low != null && it.high != null && it.low !== it.high ? ` (${it.low}–${it.high})` : it.best != null && String(it.best) !== it.text ? ` (${it.best})` : "";
  return `${visible(it.text)}${range} ${words(it.kind)}${it.of ? ` – ${visible(it.of)}` : ""}${it.cumulative ? `, ${t("in all")}` : ""}`;
}

/** What the deed is by the words: `occurred`, `planned, negated`. */
export const reality = (claim: Claim): string => words(claim.status) + (claim.polarity === "negated" ? `, ${t("negated")}` : "") + (claim.again ? `, ${t("again")}` : "");

/** Every field that is there, with its name, for a list of facts. */
export function facts(claim: Claim): [name: string, Understood][] {
  const plain = (understood: string): Understood => ({ said: "", understood });
  const rows: [string, Understood][] = [
    ["who", plain(actors(claim.actors))],
    ["to whom", plain(actors(claim.targets))],
    ["what was hit", plain((claim.things ?? []).map((it) => visible(it.text)).join("; "))],
    ["with what", plain(claim.instruments.map((it) => visible(it.text)).join("; "))],
    ["operation", plain(visible(claim.operation ?? ""))],
    ["numbers", plain(claim.quantities.map(quantity).join("; "))],
    ["condition", plain(visible(claim.condition_text ?? ""))],
  ];
  const moved: [string, Understood][] = [];
  if (claim.origin) moved.push(["from where", place(claim.origin)]);
  if (claim.destination) moved.push(["to where", place(claim.destination)]);
  return [...rows.filter(([, it]) => it.understood), ["where", place(claim.place)], ...moved, ["when", time(claim.time)]];
}
