// The projection of every map: Mercator on a plane, so that circles stay circles and bearings stay bearings.
// In: degrees WGS 84. Out: a flat world one unit wide, x to the east, y to the south; and what part of it a picture shows.
// Never knows of elements or pointers.

/** What a picture shows: the world's point in its middle, and pixels per world. */
export interface View {
  x: number;
  y: number;
  scale: number;
  width: number;
  height: number;
}

/** A spot with the distance around it that should be seen too. */
export interface Spot {
  lat: number;
  lon: number;
  radius_km?: number | null | undefined;
}

/** Mercator ends here; nothing is reported from beyond. */
const MOST_LAT = 84;
const EARTH_KM = 40_075.017;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** A spot of the earth in the flat world. */
export function flat(lon: number, lat: number): [number, number] {
  const bounded = Math.max(-MOST_LAT, Math.min(MOST_LAT, lat));
  return [lon / 360 + 0.5, 0.5 - Math.log(Math.tan(Math.PI / 4 + radians(bounded) / 2)) / (2 * Math.PI)];
}

/** The latitude of a height in the flat world. */
export const latOf = (y: number): number => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

/** Pixels of the picture for a spot of the earth. */
export function onScreen(view: View, lon: number, lat: number): [number, number] {
  const [x, y] = flat(lon, lat);
  return [(x - view.x) * view.scale + view.width / 2, (y - view.y) * view.scale + view.height / 2];
}

/** Pixels that a distance has around a latitude. */
export const kmToPx = (view: View, km: number, lat: number): number => (km / (EARTH_KM * Math.cos(radians(lat)))) * view.scale;

const SCALES = [64, 60_000_000] as const;

/** The view moved by pixels and zoomed by a factor around a pixel. */
export function moved(view: View, dx: number, dy: number, factor = 1, atX = view.width / 2, atY = view.height / 2): View {
  const scale = Math.max(Math.max(SCALES[0], view.width), Math.min(SCALES[1], view.scale * factor));
  const real = scale / view.scale;
  const x = view.x + ((atX - view.width / 2) * (1 - 1 / real) - dx) / view.scale;
  const y = view.y + ((atY - view.height / 2) * (1 - 1 / real) - dy) / view.scale;
  return { ...view, scale, x: Math.max(0, Math.min(1, x)), y: Math.max(0, Math.min(1, y)) };
}

/** The view that shows all spots with a margin; the whole world when there are none. */
export function fitted(spots: Spot[], width: number, height: number): View {
  let [west, east, north, south] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { lat, lon, radius_km } of spots) {
    const [x, y] = flat(lon, lat);
    const around = Math.min(0.1, (radius_km ?? 0) / (EARTH_KM * Math.cos(radians(Math.min(80, Math.abs(lat))))));
    west = Math.min(west, x - around);
    east = Math.max(east, x + around);
    north = Math.min(north, y - around);
    south = Math.max(south, y + around);
  }
  if (!(west <= east)) return { x: 0.5, y: 0.45, scale: Math.max(width, 64), width, height };
  // A single spot is shown with some hundred kilometres around it.
  const least = 250 / EARTH_KM;
  const margin = Math.min(36, width / 8, height / 8);
  const scale = Math.min((width - 2 * margin) / Math.max(east - west, least), (height - 2 * margin) / Math.max(south - north, least));
  return { x: (west + east) / 2, y: (north + south) / 2, scale: Math.max(SCALES[0], Math.min(SCALES[1], scale)), width, height };
}

/** A round distance that is about `most` pixels long, for the scale bar. */
export function scaleBar(view: View, most = 120): { km: number; px: number } {
  const perPx = 1 / kmToPx(view, 1, latOf(view.y));
  const power = 10 ** Math.floor(Math.log10(perPx * most));
  const km = [5, 2, 1].map((step) => step * power).find((one) => one <= perPx * most) ?? power;
  return { km, px: km / perPx };
}

/** A view as it stands in an address: latitude and longitude of its middle, and its zoom (each step twice as near). */
export function written(view: View): string {
  const zoom = Math.log2(view.scale / 256);
  const digits = Math.max(0, Math.min(6, Math.ceil(zoom / 3.3)));
  return [latOf(view.y).toFixed(digits), ((view.x - 0.5) * 360).toFixed(digits), zoom.toFixed(2)].map(Number).join(",");
}

/** The view that an address tells; null when it tells none. */
export function readView(text: string | null, width: number, height: number): View | null {
  const [lat, lon, zoom, ...more] = (text ?? "").split(",").map((part) => (part.trim() ? Number(part) : Number.NaN));
  if (lat == null || lon == null || zoom == null || more.length || ![lat, lon, zoom].every(Number.isFinite)) return null;
  if (Math.abs(lat) > 85.1 || Math.abs(lon) > 180) return null;
  const [x, y] = flat(lon, lat);
  return { x, y, scale: Math.max(SCALES[0], width, Math.min(SCALES[1], 256 * 2 ** zoom)), width, height };
}
