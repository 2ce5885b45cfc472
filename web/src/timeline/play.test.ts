import { describe, expect, it } from "vitest";

// @ts-expect-error The router reads the address when it is loaded.
globalThis.location = { pathname: "/w/explore", search: "" };
const { atEnd, begun, restarted, stepped } = await import("./play");
const [first, last] = ["2017-10-01", "2017-12-31"];

describe("playing", () => {
  it("goes step by step in an instant", () => {
    expect(begun("instant", { since: "2017-11-15", until: null }, first, last, "month")).toEqual({ since: "2017-11-01", until: "2017-11-30" });
    expect(stepped("instant", { since: "2017-11-01", until: "2017-11-30" }, first, last, "month")).toEqual({ since: "2017-12-01", until: "2017-12-31" });
    expect(stepped("instant", { since: "2017-12-01", until: "2017-12-31" }, first, last, "month")).toBeNull();
    expect(stepped("instant", { since: "2017-10-01", until: "2017-10-31" }, first, last, "month", -1)).toBeNull();
  });
  it("moves a window as it is", () => {
    expect(stepped("window", { since: "2017-10-10", until: "2017-10-20" }, first, last, "week")).toEqual({ since: "2017-10-17", until: "2017-10-27" });
    expect(restarted("window", { since: "2017-12-20", until: "2017-12-31" }, first, "week")).toEqual({ since: "2017-10-01", until: "2017-10-12" });
  });
  it("adds up", () => {
    expect(begun("cumulative", { since: "2017-11-01", until: "2017-11-30" }, first, last, "month")).toEqual({ since: null, until: "2017-11-30" });
    expect(stepped("cumulative", { since: null, until: "2017-11-30" }, first, last, "month")).toEqual({ since: null, until: "2017-12-31" });
    expect(stepped("cumulative", { since: null, until: "2017-11-30" }, first, last, "month", -1)).toEqual({ since: null, until: "2017-10-31" });
    expect(atEnd("cumulative", { since: null, until: null }, first, last, "month")).toBe(true);
    expect(atEnd("cumulative", { since: null, until: "2017-11-30" }, first, last, "month")).toBe(false);
  });
  it("always comes to an end", () => {
    for (const mode of ["instant", "window", "cumulative"] as const) {
      for (const unit of ["day", "week", "month", "year"] as const) {
        let now: ReturnType<typeof stepped> = restarted(mode, { since: null, until: null }, first, unit);
        let steps = 0;
        for (; now && steps < 200; steps += 1) now = stepped(mode, now, first, last, unit);
        expect(steps, `${mode} ${unit}`).toBeLessThan(100);
      }
    }
  });
});
