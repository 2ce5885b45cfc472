import { describe, expect, it } from "vitest";
import type { PlaceMark } from "../lib/types";
import { fitted } from "../map/project";
import { dots, keptDots, labels, next, uncovered, under } from "./marks";

const mark = (name: string, lon: number, lat: number, n = 1, radius_km: number | null = null): PlaceMark => ({ key: name, place: { name, status: "known", lat, lon, radius_km }, n, n_disputed: 0, events: [] });
const places = [mark("Varnesh", 40, 35, 9), mark("Orlen", 41, 35, 4, 30), mark("Tarn", 40, 36), mark("Varnesh East", 40.01, 35)];
const view = fitted([{ lat: 34, lon: 39 }, { lat: 37, lon: 42 }], 600, 600);

describe("marks", () => {
  it("are as large as they have events, with the disc in which they lie", () => {
    const shown = dots([...places, mark("Far", -80, 0)], view);
    expect(shown.map((dot) => dot.mark.key)).toEqual(["Varnesh", "Orlen", "Tarn", "Varnesh East"]);
    expect(shown[0]!.r).toBeGreaterThan(shown[1]!.r);
    expect(shown[1]!.around).toBeGreaterThan(20);
    expect(shown[0]!.around).toBe(0);
  });
  it("are named where there is room", () => {
    expect(labels(dots(places, view), view).map((label) => label.text)).toEqual(["Varnesh", "Orlen", "Tarn", "Varnesh East"]);
  });
  it("are painted once where they cover each other, and worked out once for a view", () => {
    const shown = dots([...places, mark("Below Varnesh", 40.001, 35)], view);
    expect(uncovered(shown).map((dot) => dot.mark.key)).not.toContain("Below Varnesh");
    const kept = keptDots();
    expect(kept(places, view)).toBe(kept(places, view));
    expect(kept(places, { ...view })).not.toBe(kept(places, view));
  });
  it("are walked by arrows and found by the pointer", () => {
    const shown = dots(places, view);
    const [varnesh, orlen, tarn, east] = shown as [typeof shown[0], typeof shown[0], typeof shown[0], typeof shown[0]];
    expect(next(shown, varnesh!, "ArrowUp")).toBe(tarn);
    expect(next(shown, varnesh!, "ArrowRight")).toBe(east);
    expect(next(shown, orlen!, "ArrowRight")).toBeNull();
    expect(under(shown, orlen!.x + 2, orlen!.y)).toBe(orlen);
    expect(under(shown, 5, 5)).toBeNull();
  });
});
