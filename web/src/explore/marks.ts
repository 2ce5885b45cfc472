// Marks of places: how large, where, which of them gets its name, which is next in a direction.
// In: places as the API gives them and a view. Out: numbers. Draws nothing.
import { line } from "../lib/format";
import { kmToPx, onScreen } from "../map/project";
import type { View } from "../map/project";
import type { PlaceMark } from "../lib/types";

/** More marks than this in one picture are painted, not made of elements. */
export const MOST_ELEMENTS = 3000;

/** A mark in pixels. */
export interface Dot {
  mark: PlaceMark;
  x: number;
  y: number;
  /** Of the dot: by the number of events. */
  r: number;
  /** Of the disc in which the place lies; 0 when the dot covers it. */
  around: number;
}

/** The marks within the picture, those with most events first. */
export function dots(places: PlaceMark[], view: View): Dot[] {
  const out: Dot[] = [];
  for (const mark of places) {
    const { lat, lon, radius_km } = mark.place;
    if (lat == null || lon == null) continue;
    const [x, y] = onScreen(view, lon, lat);
    const r = Math.min(20, 3.5 + 1.7 * Math.sqrt(mark.n));
    const px = radius_km ? kmToPx(view, radius_km, lat) : 0;
    const reach = Math.max(r, px);
    if (x < -reach || y < -reach || x > view.width + reach || y > view.height + reach) continue;
    out.push({ mark, x, y, r, around: px > r + 2 ? px : 0 });
  }
  return out;
}

/** The same, worked out once for a view however many ask. */
export function keptDots(): (places: PlaceMark[], view: View) => Dot[] {
  let last: { places: PlaceMark[]; view: View; dots: Dot[] } | null = null;
  return (places, view) => {
    if (last?.places !== places || last.view !== view) last = { places, view, dots: dots(places, view) };
    return last.dots;
  };
}

/** The dots of which something is seen: of those within three pixels of each other the largest, which comes first. */
export function uncovered(shown: Dot[]): Dot[] {
  const taken = new Set<number>();
  return shown.filter(({ x, y }) => {
    const cell = Math.round(x / 3) * 100_000 + Math.round(y / 3);
    return !taken.has(cell) && taken.add(cell);
  });
}

/** Stamps of dots by look and size: stamping is many times faster than drawing each rim. */
const stamps = new Map<string, HTMLCanvasElement>();
function stamp(fill: string, rim: string, r: number, dense: number): HTMLCanvasElement {
  const name = `${fill} ${rim} ${r} ${dense}`;
  const made = stamps.get(name) ?? document.createElement("canvas");
  if (stamps.has(name)) return made;
  made.width = made.height = Math.ceil((2 * r + 3) * dense);
  const context = made.getContext("2d");
  if (context) {
    context.scale(dense, dense);
    context.arc(r + 1.5, r + 1.5, r, 0, 2 * Math.PI);
    context.fillStyle = fill;
    context.strokeStyle = rim;
    context.fill();
    context.stroke();
  }
  stamps.set(name, made);
  return made;
}

/** Paints dots that are too many for elements. */
export function paintDots(context: CanvasRenderingContext2D, all: Dot[]): void {
  const dense = devicePixelRatio || 1;
  for (const { mark, x, y, r } of uncovered(all)) {
    const told = mark.place.status === "relative";
    const size = Math.round(r * 2) / 2;
    const made = stamp(told ? "#ffffff" : "rgb(11 79 125 / 85%)", told ? "#0b4f7d" : mark.n_disputed ? "#1b1f23" : "#ffffff", size, dense);
    context.drawImage(made, Math.round(x - size - 1.5), Math.round(y - size - 1.5), made.width / dense, made.height / dense);
  }
}

/** A name beside its dot. */
export interface Label {
  text: string;
  x: number;
  y: number;
  /** Whether it ends at `x` instead of beginning there. */
  left: boolean;
}
type Box = [number, number, number, number];

/** Names of the most frequent places, where they do not cover each other. */
export function labels(shown: Dot[], view: View, most = 40): Label[] {
  const taken: Box[] = [];
  const out: Label[] = [];
  for (const { mark, x, y, r } of shown) {
    if (out.length >= most) break;
    if (mark.place.status === "relative") continue;
    const text = line(mark.place.name, 24);
    const wide = text.length * 6.6;
    const free = ([left, top, right, bottom]: Box) =>
      left >= 0 && right <= view.width && top >= 0 && bottom <= view.height && !taken.some((other) => left < other[2] && right > other[0] && top < other[3] && bottom > other[1]);
    // To the right of the dot; else to its left.
    const box = ([[x + r + 2, y - 8, x + r + 4 + wide, y + 8], [x - r - 4 - wide, y - 8, x - r - 2, y + 8]] as Box[]).find(free);
    if (!box) continue;
    taken.push(box);
    out.push({ text, x: box[0] > x ? x + r + 3 : x - r - 3, y: y + 4, left: box[0] < x });
  }
  return out;
}

/** The mark that an arrow key leads to: the nearest within a right angle around that direction. */
export function next(shown: Dot[], from: Dot, key: string): Dot | null {
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  if (!way) return null;
  let best: Dot | null = null;
  let least = Infinity;
  for (const dot of shown) {
    const [dx, dy] = [dot.x - from.x, dot.y - from.y];
    const along = dx * way[0]! + dy * way[1]!;
    const across = Math.abs(dx * way[1]! + dy * way[0]!);
    if (dot === from || along <= 0.5 || across > along) continue;
    const far = along + across;
    if (far < least) [best, least] = [dot, far];
  }
  return best;
}

/** The mark under a pixel; the smallest of several. */
export function under(shown: Dot[], x: number, y: number): Dot | null {
  let best: Dot | null = null;
  for (const dot of shown) {
    if (Math.hypot(dot.x - x, dot.y - y) <= Math.max(dot.r, 6) && (!best || dot.r < best.r)) best = dot;
  }
  return best;
}
