// A map file (.pmtiles, version 3) of the user's own, read where it lies. In: a File. Out: its facts and its tiles, or a sentence that
// says why not. Every length is checked before it is followed, and nothing unpacks to more than a bound. Never asks the network.
import { bytesToHeader, FileSource, PMTiles, SharedPromiseCache, TileType } from "pmtiles";
import type { Header } from "pmtiles";
import { visible } from "../lib/format";
import { t } from "../lib/words";

/** What is needed to draw a map file. */
export interface Archive {
  name: string;
  vector: boolean;
  /** Names of a vector file's layers. */
  layers: string[];
  minZoom: number;
  maxZoom: number;
  /** West, south, east, north, in degrees. */
  bounds: [number, number, number, number];
  /** Whom the file names as its makers, as plain text. */
  credit: string;
  /** A tile's bytes, unpacked; nothing where the file has none. */
  tile: (z: number, x: number, y: number) => Promise<ArrayBuffer | undefined>;
}

/** Why a file is not taken, in words for its user. */
export class Unreadable extends Error {}

const HEADER_BYTES = 127;
/** No directory or tile of an honest file comes near. */
export const MOST_UNPACKED = 32 * 1024 * 1024;
const MOST_ZOOM = 22;
const MOST_LAYERS = 60;
const PACKINGS = [0, 1, 2];
const VECTOR = TileType.Mvt as number;
const PICTURES: number[] = [TileType.Png, TileType.Jpeg, TileType.Webp, TileType.Avif];

/** The header of a file that is `size` bytes long. */
export function headerOf(bytes: ArrayBuffer, size: number): Header {
  const magic = new TextDecoder().decode(bytes.slice(0, 7));
  if (magic !== "PMTiles") throw new Unreadable(t("This is no .pmtiles file: its first bytes are not PMTiles."));
  const version = new Uint8Array(bytes)[7];
  if (version !== 3) throw new Unreadable(`${t("Only version 3 of PMTiles can be read; this file says it is version")} ${version ?? "?"}.`);
  if (bytes.byteLength < HEADER_BYTES) throw new Unreadable(t("The file is cut short: its header is not whole."));
  const header = bytesToHeader(bytes);
  const parts = [
    [header.rootDirectoryOffset, header.rootDirectoryLength], [header.jsonMetadataOffset, header.jsonMetadataLength],
    [header.leafDirectoryOffset, header.leafDirectoryLength ?? 0], [header.tileDataOffset, header.tileDataLength ?? 0],
  ] as const;
  if (parts.some(([from, length]) => from + length > size)) throw new Unreadable(t("The file is cut short: parts that its header names are missing."));
  if (header.tileType !== VECTOR && !PICTURES.includes(header.tileType)) throw new Unreadable(t("Its tiles are of a kind that cannot be drawn; what can: MVT, PNG, JPEG, WebP, AVIF."));
  if (![header.internalCompression, header.tileCompression].every((one) => PACKINGS.includes(one))) throw new Unreadable(t("It is packed in a way that browsers cannot unpack; gzip and unpacked can be read."));
  const { minLon, minLat, maxLon, maxLat, minZoom, maxZoom } = header;
  if (!(minZoom <= maxZoom && maxZoom <= MOST_ZOOM)) throw new Unreadable(t("Its zoom levels make no sense."));
  if (!(minLon < maxLon && minLat < maxLat && minLon >= -180 && maxLon <= 180 && minLat >= -90 && maxLat <= 90)) throw new Unreadable(t("The bounds it gives make no sense."));
  return header;
}

/** Unpacks, and stops where it becomes too much. */
export async function unpacked(bytes: ArrayBuffer, packing: number, most = MOST_UNPACKED): Promise<ArrayBuffer> {
  const tooMuch = () => new Unreadable(t("Part of the file is larger than a map's parts are."));
  if (bytes.byteLength > most) throw tooMuch();
  if (packing !== 2) return bytes;
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > most) {
      void reader.cancel();
      throw tooMuch();
    }
    parts.push(value as Uint8Array<ArrayBuffer>);
  }
  return new Blob(parts).arrayBuffer();
}

/** Text of a line of HTML: what a file says of its makers holds links, which stay dead. */
const plain = (html: unknown): string =>
  typeof html === "string" ? visible(html.slice(0, 2000).replace(/<[^>]*>/g, " ").replace(/&copy;/gi, "©").replace(/&amp;/gi, "&").replace(/\s+/g, " ").trim()).slice(0, 200) : "";

/** Names of layers that a file's metadata lists. */
export function layersOf(metadata: unknown): string[] {
  const listed = (metadata as { vector_layers?: unknown } | null)?.vector_layers;
  const ids = Array.isArray(listed) ? listed.map((one: unknown) => (one as { id?: unknown } | null)?.id) : [];
  return [...new Set(ids.filter((id): id is string => typeof id === "string" && id !== ""))].slice(0, MOST_LAYERS);
}

/** Opens a map file: reads its header and what it says of itself, and tries one tile. */
export async function opened(file: File): Promise<Archive> {
  const header = headerOf(await file.slice(0, HEADER_BYTES).arrayBuffer(), file.size);
  const archive = new PMTiles(new FileSource(file), new SharedPromiseCache(100, true, unpacked), unpacked);
  const tile = async (z: number, x: number, y: number) => (await archive.getZxy(z, x, y))?.data;
  let metadata: unknown;
  try {
    metadata = await archive.getMetadata();
    await tile(header.minZoom, 0, 0);
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable(t("The file is damaged: its directory or its description cannot be read."));
  }
  const layers = layersOf(metadata);
  const vector = header.tileType === VECTOR;
  if (vector && layers.length === 0) throw new Unreadable(t("The file does not list the layers of its tiles (vector_layers), so nothing of it can be drawn."));
  const { minZoom, maxZoom, minLon, minLat, maxLon, maxLat } = header;
  const credit = plain((metadata as { attribution?: unknown } | null)?.attribution);
  return { name: visible(file.name), vector, layers, minZoom, maxZoom, bounds: [minLon, minLat, maxLon, maxLat], credit, tile };
}
