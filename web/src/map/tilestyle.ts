// How a user's map file is drawn under the record: quiet, in this workbench's own colours, from what its layers are called.
// In: the facts of a file. Out: a style of MapLibre without fonts, pictures or addresses of anybody's. Knows no vendor's style.
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import type { Archive } from "./archive";

/** What stands before a tile's numbers in the addresses that only this page answers. */
export const SCHEME = "dropped";

/** The colours of the drawn map (style.css), and their like. */
const INK = { land: "#faf8f3", sea: "#dfe8ed", river: "#7fa9c4", green: "#e6ebdc", built: "#e6e0d6", road: "#c9c0b2", border: "#7d7468", other: "#a39b8f", name: "#545c63" };

type Kind = "water" | "green" | "built" | "road" | "border" | "land" | "poi" | "name" | "other";
/** What layers are called in the schemes in use (OpenMapTiles, Protomaps, Shortbread) and in like ones. The first that fits counts. */
const KINDS: [Kind, RegExp][] = [
  ["name", /label|(^|_)(place|name|settlement)s?(_|$)|housenum|mountain_peak|aerodrome/i],
  ["poi", /(^|_)pois?(_|$)|point_of_interest/i],
  ["water", /water|ocean|lake|river|sea(_|$)/i],
  ["road", /road|street|transport|highway|rail|ferr|bridge|aero/i],
  ["border", /bound|admin|border/i],
  ["built", /build/i],
  ["green", /park|green|wood|forest|landcover|landuse|natural|vegetation/i],
  ["land", /^(earth|land|island)s?$/i],
];

/** What a layer of that name holds. */
export const kindOf = (layer: string): Kind => KINDS.find(([, like]) => like.test(layer))?.[0] ?? "other";

const is = (shape: "Polygon" | "LineString" | "Point"): ExpressionSpecification => ["==", ["geometry-type"], shape];
/** From below to above. */
const ORDER: Kind[] = ["land", "green", "water", "built", "road", "border", "other", "poi", "name"];

function drawnAs(source: string, layer: string): LayerSpecification[] {
  const kind = kindOf(layer);
  const base = { source, "source-layer": layer };
  const fill = (colour: string, opacity = 1): LayerSpecification => ({ ...base, id: `${layer}/area`, type: "fill", filter: is("Polygon"), paint: { "fill-color": colour, "fill-opacity": opacity } });
  const line = (colour: string, width: number, dash?: number[]): LayerSpecification => ({
    ...base, id: `${layer}/line`, type: "line", filter: is("LineString"), layout: { "line-join": "round" },
    paint: { "line-color": colour, "line-width": ["interpolate", ["exponential", 1.5], ["zoom"], 5, width * 0.4, 12, width, 17, width * 5], ...(dash ? { "line-dasharray": dash } : {}) },
  });
  const names = (minzoom: number, size: number): LayerSpecification => ({
    ...base, id: `${layer}/name`, type: "symbol", minzoom, filter: ["all", is("Point"), ["has", "name"]],
    layout: { "text-field": ["to-string", ["coalesce", ["get", "name:en"], ["get", "name_en"], ["get", "name"]]], "text-font": ["sans-serif"], "text-size": size, "text-max-width": 8 },
    paint: { "text-color": INK.name, "text-halo-color": INK.land, "text-halo-width": 1.2 },
  });
  switch (kind) {
    case "land": return [fill(INK.land)];
    case "green": return [fill(INK.green, 0.7)];
    case "water": return [fill(INK.sea), line(INK.river, 1.2)];
    case "built": return [fill(INK.built)];
    case "road": return [line(INK.road, 1.2)];
    case "border": return [line(INK.border, 1, [4, 2])];
    case "poi": return [names(15, 11)];
    case "name": return [names(0, 12)];
    case "other": return [fill(INK.other, 0.15), line(INK.other, 1), names(12, 11)];
  }
}

/** The style of a file. Where the file has nothing, nothing is painted: the drawn outlines lie below. */
export function styleOf({ vector, layers, minZoom, maxZoom, bounds }: Pick<Archive, "vector" | "layers" | "minZoom" | "maxZoom" | "bounds">): StyleSpecification {
  const common = { tiles: [`${SCHEME}://{z}/{x}/{y}`], minzoom: minZoom, maxzoom: maxZoom, bounds };
  if (!vector) return { version: 8, sources: { file: { type: "raster", tileSize: 256, ...common } }, layers: [{ id: "file", type: "raster", source: "file" }] };
  const sorted = [...layers].sort((a, b) => ORDER.indexOf(kindOf(a)) - ORDER.indexOf(kindOf(b)));
  const all = sorted.flatMap((layer) => drawnAs("file", layer));
  return { version: 8, sources: { file: { type: "vector", ...common } }, layers: [...all.filter((one) => one.type !== "symbol"), ...all.filter((one) => one.type === "symbol")] };
}

/** The numbers of a tile from its address. */
export function tileOf(address: string): [number, number, number] | null {
  const parts = new RegExp(`^${SCHEME}://(\\d{1,2})/(\\d{1,8})/(\\d{1,8})$`).exec(address);
  return parts ? [Number(parts[1]), Number(parts[2]), Number(parts[3])] : null;
}
