import { describe, expect, it } from "vitest";

// @ts-expect-error The router reads the address when it is loaded.
globalThis.location = { pathname: "/w/explore", search: "" };
const { chips, filterOf, modeOf, setDays, toggle } = await import("./question");

describe("the filter in the address", () => {
  it("is the same question whatever the order, and without what only the screen knows", () => {
    const one = new URLSearchParams("mode=instant&place=B&q=a&place=A&place=B&since=");
    const other = new URLSearchParams("q=a&place=B&place=A");
    expect(filterOf(one).toString()).toBe("q=a&place=B&place=A");
    expect(filterOf(other).toString()).toBe(filterOf(one).toString());
    expect(filterOf(other, ["place"]).toString()).toBe("q=a");
    expect(modeOf(one)).toBe("instant");
    expect(modeOf(other)).toBe("window");
  });
  it("becomes chips", () => {
    const query = new URLSearchParams("type=territory.captured&certainty=2&since=2017-11-03&disputed=1&actor=a%E2%80%AEb");
    expect(chips(query).map((chip) => chip.says)).toEqual(["Who: a⟨RLO⟩b", "What: territory captured", "Certainty: probable", "from: 3 November 2017", "only disputed"]);
  });
  it("takes values and gives them back", () => {
    const query = new URLSearchParams("place=A");
    toggle(query, "place", "B");
    toggle(query, "place", "A");
    expect(query.getAll("place")).toEqual(["B"]);
    setDays(query, null, "2017-11-03");
    expect(query.toString()).toBe("place=B&until=2017-11-03");
  });
});
