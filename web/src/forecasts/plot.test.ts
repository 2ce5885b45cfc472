import { describe, expect, it } from "vitest";
import { percent, points, SIZE, x, y } from "./plot";

const bin = (n: number, came: number) => ({ from: 0.6, to: 0.8, n, foreseen: 0.7, came, low: 0.2, high: 0.9 });

describe("points", () => {
  it("draws a band where it stands, with its interval", () => {
    const [point] = points([bin(4, 2)]);
    expect(point).toMatchObject({ x: 0.7 * SIZE, y: 0.5 * SIZE, low: 0.8 * SIZE, high: SIZE - 0.9 * SIZE });
    expect(point!.says).toBe("foreseen 70 %, came 2 of 4 (20 %–90 %)");
  });

  it("leaves out bands without forecasts", () => expect(points([bin(0, 0)])).toEqual([]));

  it("stays within the square", () => {
    expect([x(-1), x(2), y(0), y(1)]).toEqual([0, SIZE, SIZE, 0]);
    expect(points([bin(100_000, 5)])[0]!.r).toBe(14);
    expect(percent(0.625)).toBe("63 %");
  });
});
