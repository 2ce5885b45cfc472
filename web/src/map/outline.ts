// The background: land, rivers and their names, as far as they are seen.
// In: outlines in degrees and a view. Out: paths and names with their spots. Takes no position on any boundary, and never draws finer
// than a pixel: a line is thinned for the scale at which it is drawn.
import { geoIdentity, geoPath } from "d3-geo";
import type { GeoPath } from "d3-geo";
import { flat } from "./project";
import type { View } from "./project";

/** A shape as the server gives it. */
export interface Shape {
  name: string;
  rings: [number, number][][];
}

/** `GET /api/outlines` */
export interface Outlines {
  countries: Shape[];
  rivers: Shape[];
}

interface Line {
  points: [number, number][];
  box: [number, number, number, number];
  thin: Map<number, [number, number][]>;
}
interface Feature {
  name: string;
  lines: Line[];
}
/** Outlines in the flat world. */
export interface Flat {
  countries: Feature[];
  rivers: Feature[];
}

/** A name on the map, with its turn in degrees. */
export interface Name {
  text: string;
  x: number;
  y: number;
  turn: number;
}

function flattened(shape: Shape): Feature {
  const lines = shape.rings.map((ring): Line => {
    const box: Line["box"] = [Infinity, Infinity, -Infinity, -Infinity];
    const points = ring.map(([lon, lat]) => {
      const [x, y] = flat(lon, lat);
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
      return [x, y] as [number, number];
    });
    return { points, box, thin: new Map() };
  });
  return { name: shape.name, lines };
}

/** Prepares outlines once. */
export const prepared = (outlines: Outlines): Flat => ({ countries: outlines.countries.map(flattened), rivers: outlines.rivers.map(flattened) });

/** The line without points nearer to each other than a pixel at the finest scale of this level. */
function thinned(line: Line, level: number): [number, number][] {
  const kept = line.thin.get(level);
  if (kept) return kept;
  const least = 1 / 2 ** level;
  let [lastX, lastY] = [Infinity, Infinity];
  const points = line.points.filter(([x, y], i) => {
    const far = Math.abs(x - lastX) + Math.abs(y - lastY) >= least || i === line.points.length - 1;
    if (far) [lastX, lastY] = [x, y];
    return far;
  });
  line.thin.set(level, points);
  return points;
}

/** What of the outlines a view shows. */
export function drawn(world: Flat, view: View): { land: string[]; rivers: string[]; names: Name[]; riverNames: Name[] } {
  const around = 8;
  const move: [number, number] = [view.width / 2 - view.x * view.scale, view.height / 2 - view.y * view.scale];
  const seen = geoIdentity().scale(view.scale).translate(move).clipExtent([[-around, -around], [view.width + around, view.height + around]]);
  const path = geoPath(seen).digits(1);
  const level = Math.ceil(Math.log2(view.scale));
  const half = [view.width / 2 / view.scale, view.height / 2 / view.scale] as const;
  const inside = ({ box }: Line) => box[0] <= view.x + half[0] && box[2] >= view.x - half[0] && box[1] <= view.y + half[1] && box[3] >= view.y - half[1];
  const visible = (features: Feature[]) => features.map(({ name, lines }) => ({ name, lines: lines.filter(inside).map((line) => thinned(line, level)) })).filter((one) => one.lines.length);

  const land: string[] = [];
  const names: Name[] = [];
  for (const { name, lines } of visible(world.countries)) {
    const rings = lines.filter((line) => line.length > 3);
    const d = path({ type: "MultiPolygon", coordinates: rings.map((ring) => [ring]) });
    if (!d) continue;
    land.push(d);
    const spot = countryName(name, rings, path);
    if (spot) names.push(spot);
  }
  const rivers: string[] = [];
  const riverNames: Name[] = [];
  for (const { name, lines } of visible(world.rivers)) {
    const d = path({ type: "MultiLineString", coordinates: lines });
    if (!d) continue;
    rivers.push(d);
    const spot = riverName(name, lines, view);
    if (spot) riverNames.push(spot);
  }
  return { land, rivers, names, riverNames };
}

/** In the middle of the largest part that is seen, when it is wide enough. */
function countryName(name: string, rings: [number, number][][], path: GeoPath): Name | null {
  const polygons = rings.map((ring) => ({ type: "Polygon" as const, coordinates: [ring] }));
  const largest = polygons.reduce((a, b) => (path.area(b) > path.area(a) ? b : a));
  const [[west, north], [east, south]] = path.bounds(largest);
  const [x, y] = path.centroid(largest);
  if (!(east - west > name.length * 11 && south - north > 30) || Number.isNaN(x)) return null;
  return { text: name.toUpperCase(), x, y, turn: 0 };
}

/** Along the middle of the longest run of the river within the picture, when it is long enough. */
function riverName(name: string, lines: [number, number][][], view: View): Name | null {
  let best: [number, number][] = [];
  for (const line of lines) {
    let run: [number, number][] = [];
    for (const [wx, wy] of line) {
      const x = (wx - view.x) * view.scale + view.width / 2;
      const y = (wy - view.y) * view.scale + view.height / 2;
      if (x > 30 && y > 20 && x < view.width - 30 && y < view.height - 20) run.push([x, y]);
      else run = [];
      if (run.length > best.length) best = run;
    }
  }
  const [first, last] = [best[0], best[best.length - 1]];
  if (!name || !first || !last || Math.hypot(last[0] - first[0], last[1] - first[1]) < name.length * 9 + 30) return null;
  const middle = Math.floor(best.length / 2);
  const [a, b] = [best[Math.max(0, middle - 3)]!, best[Math.min(best.length - 1, middle + 3)]!];
  let turn = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI;
  if (turn > 90) turn -= 180;
  if (turn < -90) turn += 180;
  const [x, y] = best[middle]!;
  return { text: name, x, y, turn: Math.round(turn) };
}

/** A GeoJSON area in pixels: sector, corridor or ring, with its holes. */
export function areaPath(area: { type: "Polygon"; coordinates: [number, number][][] } | { type: "MultiPolygon"; coordinates: [number, number][][][] }, view: View): string {
  const polygons = area.type === "Polygon" ? [area.coordinates] : area.coordinates;
  const point = ([lon, lat]: [number, number]) => {
    const [x, y] = flat(lon, lat);
    return `${((x - view.x) * view.scale + view.width / 2).toFixed(1)} ${((y - view.y) * view.scale + view.height / 2).toFixed(1)}`;
  };
  return polygons.flat().map((ring) => `M${ring.map(point).join("L")}Z`).join("");
}
