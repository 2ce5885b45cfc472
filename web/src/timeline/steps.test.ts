import { describe, expect, it } from "vitest";
import { addDays, addSteps, core, extent, lanes, touches } from "./steps";

describe("steps", () => {
  it("keep to the calendar", () => {
    expect(addDays("2016-02-28", 2)).toBe("2016-03-01");
    expect(addSteps("2017-10-31", "month", 1)).toBe("2017-11-30");
    expect(addSteps("2017-01-15", "month", -1)).toBe("2016-12-15");
    expect(addSteps("2016-02-29", "year", 1)).toBe("2017-02-28");
    expect(addSteps("2017-10-26", "week", -1)).toBe("2017-10-19");
  });
});

describe("lanes", () => {
  it("never let two bars touch, and say what does not fit", () => {
    expect(lanes([{ start: 0, end: 10 }, { start: 5, end: 8 }, { start: 14, end: 20 }, { start: 6, end: 30 }], 2)).toEqual([0, 1, 0, -1]);
  });
});

describe("touching", () => {
  it("lets open ends reach on", () => {
    expect(touches({ from: "2017-11-03" }, { from: "2018-01-01", to: "2018-02-01" })).toBe(true);
    expect(touches({ to: "2017-11-03" }, { from: "2018-01-01", to: "2018-02-01" })).toBe(false);
    expect(touches({ from: "2017-11-03", to: "2017-11-05" }, { from: "2017-11-05", to: "2017-11-05" })).toBe(true);
  });
});

describe("the days that hold nearly everything", () => {
  const month = (from: string, n: number, n_perhaps = 0) => ({ from, n, n_perhaps });
  it("leave a few far events out", () => {
    const bins = [month("2014-01-01", 0, 9), month("2014-02-01", 0, 9), month("2017-10-01", 40), month("2017-11-01", 80), month("2019-01-01", 1)];
    expect(extent(bins, "month")).toEqual(["2014-01-01", "2019-01-31"]);
    expect(core(bins, "month")).toEqual(["2017-10-01", "2017-11-30"]);
  });
  it("are all days when nothing lies far off", () => {
    expect(core([month("2017-10-01", 40), month("2017-11-01", 80), month("2017-12-01", 1)], "month")).toBeNull();
    expect(core([], "day")).toBeNull();
  });
});
