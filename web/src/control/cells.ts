// The land nearest to each place, at most so far from it: what "interpolated" draws when it is asked for. Nobody said so; it is
// geometry. In: places of one day. Out: rings in the flat world, one for each place with a holder. Unknown places keep their land empty.
import { flat } from "../map/project";
import type { View } from "../map/project";
import type { ControlMark } from "../lib/types";

/** No farther from a place is anything filled, in kilometres. */
export const MOST_KM = 20;
const CORNERS = 48;
const EARTH_KM = 40_075.017;
type Point = [number, number];

export interface Cell {
  name: string;
  holders: string[];
  ring: Point[];
}

/** The part of a ring that is nearer to `a` than to `b` (Sutherland and Hodgman, one edge). */
function nearer(ring: Point[], a: Point, b: Point): Point[] {
  const [nx, ny] = [b[0] - a[0], b[1] - a[1]];
  const side = ([x, y]: Point) => (x - (a[0] + b[0]) / 2) * nx + (y - (a[1] + b[1]) / 2) * ny;
  const out: Point[] = [];
  ring.forEach((point, i) => {
    const next = ring[(i + 1) % ring.length]!;
    const [s, t] = [side(point), side(next)];
    if (s <= 0) out.push(point);
    if (s * t < 0) out.push([point[0] + ((next[0] - point[0]) * s) / (s - t), point[1] + ((next[1] - point[1]) * s) / (s - t)]);
  });
  return out;
}

/** The cells of all places with a holder. */
export function cells(places: ControlMark[]): Cell[] {
  const spots = places.flatMap((mark) => {
    const { lat, lon } = mark.place;
    if (lat == null || lon == null) return [];
    return [{ mark, at: flat(lon, lat), reach: MOST_KM / (EARTH_KM * Math.cos((lat * Math.PI) / 180)) }];
  });
  return spots.filter(({ mark }) => mark.holders.length).map(({ mark, at, reach }) => {
    let ring = Array.from({ length: CORNERS }, (_, i): Point => {
      const turn = (2 * Math.PI * i) / CORNERS;
      return [at[0] + reach * Math.cos(turn), at[1] + reach * Math.sin(turn)];
    });
    for (const other of spots) {
      const far = Math.hypot(other.at[0] - at[0], other.at[1] - at[1]);
      if (far > 0 && far < 2 * reach) ring = nearer(ring, at, other.at);
    }
    return { name: mark.place.name, holders: mark.holders, ring };
  });
}

/** A cell as a path in pixels. */
export const cellPath = ({ ring }: Cell, view: View): string =>
  ring.length ? `M${ring.map(([x, y]) => `${((x - view.x) * view.scale + view.width / 2).toFixed(1)} ${((y - view.y) * view.scale + view.height / 2).toFixed(1)}`).join("L")}Z` : "";
