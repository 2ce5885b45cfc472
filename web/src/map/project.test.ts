import { describe, expect, it } from "vitest";
import { fitted, flat, kmToPx, latOf, moved, onScreen, scaleBar, readView, written } from "./project";

describe("the projection", () => {
  it("puts the world where it belongs", () => {
    expect(flat(0, 0)).toEqual([0.5, 0.5]);
    expect(flat(180, 0)[0]).toBe(1);
    expect(flat(40, 35)[1]).toBeLessThan(0.5);
    expect(latOf(flat(0, 35.3)[1])).toBeCloseTo(35.3, 9);
  });
  it("measures distances", () => {
    const view = { ...fitted([{ lat: 60, lon: 10 }], 800, 600), scale: 40_075.017 };
    expect(kmToPx(view, 1, 0)).toBeCloseTo(1);
    expect(kmToPx(view, 1, 60)).toBeCloseTo(2);
    expect(scaleBar(view)).toEqual({ km: 50, px: expect.closeTo(100, 3) });
  });
});

describe("the view", () => {
  it("shows all spots", () => {
    const spots = [{ lat: 33, lon: 36 }, { lat: 36.9, lon: 42 }, { lat: 35, lon: 40, radius_km: 30 }];
    const view = fitted(spots, 640, 400);
    for (const { lat, lon } of spots) {
      const [x, y] = onScreen(view, lon, lat);
      expect(x >= 0 && x <= 640 && y >= 0 && y <= 400).toBe(true);
    }
    expect(onScreen(view, 39, 35)[0]).toBeCloseTo(320, 0);
  });
  it("shows the world when there is nothing to show, and some country around a single spot", () => {
    expect(fitted([], 640, 400).scale).toBe(640);
    expect(kmToPx(fitted([{ lat: 0, lon: 20 }], 640, 400), 250, 0)).toBeCloseTo(328, 0);
  });
  it("zooms around the pointer and stays in the world", () => {
    const view = fitted([{ lat: 35, lon: 40 }, { lat: 36, lon: 41 }], 640, 400);
    const nearer = moved(view, 0, 0, 2, 100, 50);
    const [lon, lat] = [40.3, 35.4];
    const [x, y] = onScreen(view, lon, lat);
    const [x2, y2] = onScreen(nearer, lon, lat);
    expect(x2 - 100).toBeCloseTo((x - 100) * 2);
    expect(y2 - 50).toBeCloseTo((y - 50) * 2);
    expect(moved(view, 1e9, 0).x).toBe(0);
    expect(moved(view, 0, 0, 1e-9).scale).toBe(640);
  });
});

describe("a view in an address", () => {
  it("is read as it was written, to a pixel", () => {
    for (const spots of [[], [{ lat: 34.45, lon: 40.92 }], [{ lat: -33, lon: 36 }, { lat: 36.9, lon: 42 }]]) {
      const view = fitted(spots, 640, 400);
      const again = readView(written(view), 640, 400);
      for (const [lon, lat] of [[40, 35], [36, -30]] as const) {
        const [x, y] = onScreen(view, lon, lat);
        const [x2, y2] = onScreen(again!, lon, lat);
        if (x < 0 || x > 640 || y < 0 || y > 400) continue;
        expect(Math.abs(x - x2)).toBeLessThan(3);
        expect(Math.abs(y - y2)).toBeLessThan(3);
      }
    }
  });
  it("is none where the address makes no sense", () => {
    for (const text of [null, "", "1,2", "1,2,3,4", "a,b,c", "86,0,3", "0,181,3", "1,,3", "1,2,NaN"]) expect(readView(text, 640, 400)).toBeNull();
    expect(readView("0,0,99", 640, 400)!.scale).toBe(60_000_000);
    expect(readView("0,0,-9", 640, 400)!.scale).toBe(640);
  });
});
