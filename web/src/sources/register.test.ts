import { expect, it } from "vitest";
import type { SourceLine } from "../lib/types";
import { changed, entryOf, refreshed } from "./register";

const source = { name: "Varnesh Courier", register: { name: "Varnesh Courier", owner: "the state", rating: { reliability: "B", rater: "desk" } } } as unknown as SourceLine;

it("rules on the fields that were changed, and on no other", () => {
  const entry = entryOf(source);
  expect(changed(source.name, entry, entry)).toEqual([]);
  expect(changed(source.name, entry, { ...entry, owner: " ", reliability: "C", alignment: "the governor " })).toEqual([
    { action: "source", subject: "Varnesh Courier", value: "alignment=the governor" },
    { action: "source", subject: "Varnesh Courier", value: "owner=" },
    { action: "source", subject: "Varnesh Courier", value: "reliability=C" },
  ]);
});

it("takes over what somebody else noted, and tells where both did", () => {
  const before = entryOf(source);
  const mine = { ...before, owner: "a bank" };
  expect(refreshed(before, mine, { ...before, family: "Courier group" })).toEqual({ entry: { ...mine, family: "Courier group" }, clashes: [] });
  expect(refreshed(before, mine, { ...before, owner: "a minister" })).toEqual({ entry: mine, clashes: ["owner"] });
  expect(refreshed(before, mine, mine).clashes).toEqual([]);
});
