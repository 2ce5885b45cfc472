import { describe, expect, it } from "vitest";
import { areaPath, drawn, prepared } from "./outline";
import { fitted } from "./project";

const square = (west: number, south: number, size: number): [number, number][] => [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]];
const world = prepared({
  countries: [{ name: "Varnia", rings: [square(30, 30, 10)] }, { name: "Elsewhere", rings: [square(-80, -10, 10)] }],
  rivers: [{ name: "Orl", rings: [Array.from({ length: 60 }, (_, i) => [31 + i * 0.14, 35] as [number, number])] }],
});

describe("outlines", () => {
  it("are drawn where they are seen, with their names", () => {
    const view = fitted([{ lat: 30, lon: 30 }, { lat: 40, lon: 40 }], 600, 400);
    const { land, rivers, names, riverNames } = drawn(world, view);
    expect(land).toHaveLength(1);
    expect(names.map((name) => name.text)).toEqual(["VARNIA"]);
    expect(rivers).toHaveLength(1);
    expect(riverNames).toMatchObject([{ text: "Orl", turn: 0 }]);
  });
  it("fill the picture when one is inside, whichever way their rings run", () => {
    const view = fitted([{ lat: 35, lon: 35 }, { lat: 35.1, lon: 35.1 }], 600, 400);
    const turned = prepared({ countries: [{ name: "Varnia", rings: [square(30, 30, 10).reverse()] }], rivers: [] });
    for (const one of [world, turned]) expect(drawn(one, view).land[0]).toMatch(/-8/);
  });
  it("draw areas with holes", () => {
    const view = fitted([{ lat: 35, lon: 35 }], 600, 400);
    expect(areaPath({ type: "Polygon", coordinates: [square(34, 34, 2), square(34.5, 34.5, 1)] }, view).match(/M/g)).toHaveLength(2);
  });
});
