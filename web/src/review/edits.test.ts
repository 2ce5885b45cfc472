import { describe, expect, it } from "vitest";
import type { Claim } from "../lib/types";
import { changes, formOf } from "./edits";

const claim = {
  claim_id: "c_1", event: "clash", status: "occurred", polarity: "affirmed", time: { from: "2031-05-04", to: "2031-05-04" },
  place: { text: "Varnesh", name: "Varnesh", lat: 34.5, lon: 40, radius_km: 5 }, actors: [{ text: "the group", name: "the group" }], targets: [],
} as unknown as Claim;
const edit = (part: object) => changes(claim, { ...formOf(claim), ...part });
const values = (part: object) => { const all = edit(part); return all instanceof Error ? all.message : all.map((it) => `${it.action} ${it.value}`); };

describe("changes", () => {
  it("is nothing when nothing was changed", () => expect(edit({})).toEqual([]));

  it("writes each changed field as the record understands it", () => {
    expect(values({ event: "shelling", polarity: "negated" })).toEqual(["relabel event=shelling", "relabel polarity=negated"]);
    expect(values({ to: "2031-05-07" })).toEqual(["pin date=2031-05-04..2031-05-07"]);
    expect(values({ from: "2031-05-05", to: "2031-05-05" })).toEqual(["pin date=2031-05-05"]);
    expect(values({ to: "" })).toEqual(["pin date=2031-05-04.."]);
    expect(values({ from: "", to: "" })).toEqual(["pin date="]);
    expect(values({ lat: "34.6", place: "Orsk; north" })).toEqual(["pin place=34.6,40,5;name=Orsk, north"]);
    expect(values({ lat: "", lon: "", radius_km: "", place: "" })).toEqual(["pin place="]);
    expect(values({ names: [{ text: "the group", name: "Red Column" }] })).toEqual(["name actor=the group -> Red Column"]);
  });

  it("says what is wrong instead of sending it", () => {
    expect(values({ from: "soon" })).toContain("2031-05-04");
    expect(values({ to: "2031-05-01" })).toContain("before");
    expect(values({ lat: "95" })).toContain("90");
    expect(values({ lon: "east" })).toContain("180");
    expect(values({ radius_km: "-1" })).toContain("kilometres");
    expect(values({ lat: "", lon: "" })).toContain("latitude");
  });
});
