import { describe, expect, it } from "vitest";
import { headerOf, layersOf, unpacked } from "./archive";
import { kindOf, styleOf, tileOf } from "./tilestyle";

/** A header that is right, with bytes changed. */
function header(change: (view: DataView) => void = () => {}): ArrayBuffer {
  const bytes = new Uint8Array(127);
  bytes.set(new TextEncoder().encode("PMTiles\u0003"));
  const view = new DataView(bytes.buffer);
  for (const [at, value] of [[8, 127], [16, 5], [24, 132], [32, 2], [40, 134], [56, 134], [64, 10]] as const) view.setBigUint64(at, BigInt(value), true);
  bytes.set([1, 1, 2, 1, 0, 14], 96);
  for (const [at, degrees] of [[102, 38], [106, 33], [110, 42], [114, 36]] as const) view.setInt32(at, degrees * 1e7, true);
  change(view);
  return bytes.buffer;
}

describe("a map file's header", () => {
  it("is taken when every part lies within the file", () => {
    expect(headerOf(header(), 144)).toMatchObject({ maxZoom: 14, minLon: 38, maxLat: 36 });
    expect(() => headerOf(header(), 143)).toThrow(/cut short/);
  });
  it("is refused in words, whatever is wrong", () => {
    expect(() => headerOf(new ArrayBuffer(3), 3)).toThrow(/no .pmtiles file/);
    expect(() => headerOf(header((view) => view.setUint8(7, 4)), 144)).toThrow(/version 4/);
    expect(() => headerOf(header().slice(0, 100), 100)).toThrow(/not whole/);
    expect(() => headerOf(header((view) => view.setUint8(98, 3)), 144)).toThrow(/unpack/);
    expect(() => headerOf(header((view) => view.setUint8(99, 0)), 144)).toThrow(/kind/);
    expect(() => headerOf(header((view) => view.setUint8(100, 15)), 144)).toThrow(/zoom/);
    expect(() => headerOf(header((view) => view.setInt32(110, 38e7, true)), 144)).toThrow(/bounds/);
  });
});

it("what unpacks to too much is refused before it is held", async () => {
  const packed = await new Response(new Blob([new Uint8Array(1_000_000)]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
  expect(packed.byteLength).toBeLessThan(5000);
  expect((await unpacked(packed, 2)).byteLength).toBe(1_000_000);
  await expect(unpacked(packed, 2, 999_999)).rejects.toThrow(/larger/);
  await expect(unpacked(new ArrayBuffer(11), 1, 10)).rejects.toThrow(/larger/);
});

it("layers are those that a file lists by name", () => {
  expect(layersOf({ vector_layers: [{ id: "water" }, { id: 7 }, null, { id: "water" }, { id: "roads" }] })).toEqual(["water", "roads"]);
  for (const odd of [null, 4, {}, { vector_layers: "water" }]) expect(layersOf(odd)).toEqual([]);
});

describe("a map file's style", () => {
  it("knows the layers of the schemes in use", () => {
    const kinds = Object.fromEntries(["water", "waterway", "water_name", "transportation", "roads", "boundary", "building", "landcover", "earth", "places", "pois", "mines"].map((name) => [name, kindOf(name)]));
    expect(kinds).toEqual({ water: "water", waterway: "water", water_name: "name", transportation: "road", roads: "road", boundary: "border", building: "built", landcover: "green", earth: "land", places: "name", pois: "poi", mines: "other" });
  });
  it("asks nobody for anything: no addresses, no fonts, no pictures; names above all else", () => {
    const facts = { minZoom: 0, maxZoom: 14, bounds: [38, 33, 42, 36] as [number, number, number, number] };
    const style = styleOf({ vector: true, layers: ["places", "roads", "earth", "mines"], ...facts });
    expect(JSON.stringify(style)).not.toMatch(/https?:|"glyphs"|"sprite"/);
    const types = style.layers.map((layer) => layer.type);
    expect(types.lastIndexOf("line")).toBeLessThan(types.indexOf("symbol"));
    expect(style.layers[0]).toMatchObject({ "source-layer": "earth" });
    expect(styleOf({ vector: false, layers: [], ...facts }).layers).toEqual([{ id: "file", type: "raster", source: "file" }]);
  });
  it("answers only for tiles", () => {
    expect(tileOf("dropped://3/4/5")).toEqual([3, 4, 5]);
    for (const other of ["https://tiles.example/3/4/5", "dropped://3/4", "dropped://3/4/5/6", "dropped://refused"]) expect(tileOf(other)).toBeNull();
  });
});
