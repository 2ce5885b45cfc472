import { describe, expect, it } from "vitest";
import { combinations, fillOf, sideOf, sidesOf } from "./sides";

const names = ["Islamic State", "Syrian Arab Army and its allies", "Syria", "Syrian Democratic Forces", "Iraqi armed forces", "Attackers", "قوات", "Syrians"];
const sides = sidesOf(names);

describe("sides", () => {
  it("have letters of their own", () => {
    const letters = [...sides.values()].map((side) => side.letters);
    expect(letters).toEqual(["IS", "SA", "SY", "SD", "IA", "AT", "قو", "SR"]);
    expect(new Set([...sidesOf(Array.from({ length: 60 }, (_, i) => `Ab ${i}`).concat("Ab", "")).values()].map((side) => side.letters)).size).toBe(62);
  });
  it("have at most five colours", () => {
    expect([...sides.values()].map((side) => side.colour)).toEqual([1, 2, 3, 4, 5, 0, 0, 0]);
  });
  it("are striped where several are said to hold a place", () => {
    const held = (...who: string[]) => ({ holders: who });
    expect(fillOf([])).toBe("none");
    expect(fillOf([sideOf(sides, "Syria")])).toBe("url(#side-3)");
    expect(fillOf([sideOf(sides, "Nobody known")])).toBe("url(#side-0)");
    expect(fillOf([sideOf(sides, "Syria"), sideOf(sides, "Attackers")])).toBe("url(#stripes-3-0)");
    expect(combinations([held("Syria"), held("Syria", "Attackers"), held("Syria", "Syrians"), held()], sides)).toHaveLength(1);
  });
});
