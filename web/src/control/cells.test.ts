import { describe, expect, it } from "vitest";
import type { ControlMark } from "../lib/types";
import { fitted, kmToPx, onScreen } from "../map/project";
import { cellPath, cells, MOST_KM } from "./cells";

const mark = (name: string, lon: number, lat: number, ...holders: string[]): ControlMark => ({ place: { name, status: "known", lat, lon }, state: holders.length ? "held" : "unknown", holders, according_to: [] });
const [a, b, unknown, far] = [mark("A", 40, 35, "North"), mark("B", 40.1, 35, "South"), mark("C", 40, 35.05), mark("D", 44, 35, "South")];
const view = fitted([{ lat: 34, lon: 39 }, { lat: 36, lon: 45 }], 900, 600);

describe("interpolated land", () => {
  it("is the land nearest to each place, and none where nothing is known", () => {
    const all = cells([a!, b!, unknown!, far!]);
    expect(all.map((cell) => cell.name)).toEqual(["A", "B", "D"]);
    const xs = all[0]!.ring.map(([x]) => x);
    const middle = 40.05 / 360 + 0.5;
    expect(Math.max(...xs)).toBeCloseTo(middle, 9);
  });
  it("reaches no farther than it says", () => {
    const [cell] = cells([far!]);
    const [x, y] = onScreen(view, 44, 35);
    const reach = Math.max(...cell!.ring.map(([cx, cy]) => Math.hypot((cx - view.x) * view.scale + 450 - x, (cy - view.y) * view.scale + 300 - y)));
    expect(reach).toBeCloseTo(kmToPx(view, MOST_KM, 35), 6);
    expect(cellPath(cell!, view)).toMatch(/^M.*Z$/);
  });
});
