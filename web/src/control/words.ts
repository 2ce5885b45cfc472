// What is said of a place on a day, in words. In: a mark of the map or a side of an answer. Out: one phrase. Takes no side.
import { day, visible } from "../lib/format";
import type { ControlMark, ControlSide } from "../lib/types";
import { t } from "../lib/words";

/** The state in words, with the day when it was said on an earlier one. */
export function state(mark: ControlMark, on: string | null): string {
  const earlier = mark.to && on && mark.to < on ? `, ${t("last asserted")} ${day(mark.to)}` : "";
  if (mark.state === "contested") return `${t("contested")}${earlier}`;
  if (mark.state === "held") return `${t("held")}${earlier}`;
  return mark.according_to.length ? `${t("no holder named")}${earlier}` : t("not known");
}

/** Place, state and holders. */
export function says(mark: ControlMark, on: string | null): string {
  const holders = mark.holders.map(visible);
  const who = holders.length > 1 ? `: ${holders.join(` ${t("or")} `)}` : holders.length ? ` ${t("by")} ${holders[0]}` : "";
  return `${visible(mark.place.name)}: ${state(mark, null)}${who}${state(mark, on).slice(state(mark, null).length)}`;
}

/** What a side asserts. */
export function sideSays(side: ControlSide): string {
  const name = side.holder ? visible(side.holder) : null;
  switch (side.kind) {
    case "holder": return name ?? t("A holder not named");
    case "unnamed": return t("Taken or held, no holder named");
    case "not_taken": return t("Not taken");
    case "held_no_more": return `${t("No longer held by")} ${name ?? t("its holder")}`;
    case "contested": return t("Fighting inside");
  }
}
