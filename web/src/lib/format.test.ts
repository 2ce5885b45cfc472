import { describe, expect, it } from "vitest";
import { certainty, count, day, days, daysShort, line, placeHow, stretch, visible, words } from "./format";

describe("days", () => {
  it("says how finely a day is known", () => {
    expect(day("2017-11-03")).toBe("3 November 2017");
    expect(days("2017-11-03", "2017-11-03")).toBe("3 November 2017");
    expect(days("2017-11-02", "2017-11-05")).toBe("between 2 and 5 November 2017");
    expect(days("2017-10-30", "2017-11-05")).toBe("between 30 October and 5 November 2017");
    expect(days("2017-12-30", "2018-01-02")).toBe("between 30 December 2017 and 2 January 2018");
    expect(days("2016-02-01", "2016-02-29")).toBe("in February 2016");
    expect(days("2016-02-01", "2016-02-28")).toBe("between 1 and 28 February 2016");
    expect(days("2016-01-01", "2016-12-31")).toBe("in 2016");
  });
  it("leaves open ends open", () => {
    expect(days(null, "2017-11-03")).toBe("by 3 November 2017");
    expect(days("2017-11-03", null)).toBe("from 3 November 2017 on");
    expect(days(null, undefined)).toBe("day not known");
  });
  it("fits narrow columns", () => {
    expect(daysShort("2017-11-02", "2017-11-05")).toBe("2017-11-02/05");
    expect(daysShort("2017-11-02", "2017-12-05")).toBe("2017-11-02/12-05");
    expect(daysShort("2017-11-02", "2018-01-05")).toBe("2017-11-02/2018-01-05");
    expect(daysShort(null, "2017-11-05")).toBe("../2017-11-05");
    expect(daysShort("2017-11-05", null)).toBe("2017-11-05/..");
  });
  it("tells a stretch from an uncertain day", () => {
    expect(stretch("2017-11-02", "2017-11-05")).toBe("from 2 to 5 November 2017");
  });
});

describe("codes and numbers", () => {
  it("are words", () => {
    expect(words("OFFICIAL-ANON")).toBe("official without a name");
    expect(words("NEW-CODE")).toBe("new code");
    expect(words("held_no_more")).toBe("held no more");
    expect(certainty(3)).toBe("certain");
    expect(certainty("-1")).toBe("possibly not");
    expect(certainty("unknown")).toBe("not said");
    expect(count(1, "event")).toBe("1 event");
    expect(count(12345, "event")).toBe("12\u202f345 events");
    expect(placeHow({ status: "relative", radius_km: 12.34 })).toBe("told by another place, within 12.3 km");
  });
});

describe("odd characters", () => {
  it("are shown", () => {
    expect(visible("a\u202eb\u0007c\n")).toBe("a⟨RLO⟩b⟨CTRL⟩c\n");
    expect(visible("قناة 🚀")).toBe("قناة 🚀");
  });
  it("are cut between characters", () => {
    expect(line("a \n b", 10)).toBe("a b");
    expect(line("xxxx🚀🚀", 5)).toBe("xxxx …");
  });
});
