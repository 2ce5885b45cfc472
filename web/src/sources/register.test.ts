import { expect, it } from "vitest";
import type { SourceLine } from "../lib/types";
import { changed, entryOf } from "./register";

const source = { name: "Varnesh Courier", register: { name: "Varnesh Courier", owner: "the state", rating: { reliability: "B", rater: "desk" } } } as unknown as SourceLine;

it("rules on the fields that were changed, and on no other", () => {
  const entry = entryOf(source);
  expect(changed(source, entry)).toEqual([]);
  expect(changed(source, { ...entry, owner: " ", reliability: "C", alignment: "the governor " })).toEqual([
    { action: "source", subject: "Varnesh Courier", value: "alignment=the governor" },
    { action: "source", subject: "Varnesh Courier", value: "owner=" },
    { action: "source", subject: "Varnesh Courier", value: "reliability=C" },
  ]);
});
