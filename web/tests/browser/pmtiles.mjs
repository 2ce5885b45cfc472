// Makes small map files of version 3 of PMTiles for tests: one tile at zoom 0, either a vector tile with one layer, or a picture.
// In: what the file should say. Out: its bytes. Nothing is packed.
import { deflateSync } from "node:zlib";

const varint = (value) => {
  const bytes = [];
  let rest = value;
  while (rest > 127) { bytes.push((rest & 127) | 128); rest = Math.floor(rest / 128); }
  return Buffer.from([...bytes, rest]);
};
/** A field of a protocol buffer: a number, or bytes. */
const field = (number, value) => typeof value === "number"
  ? Buffer.concat([varint(number * 8), varint(value)])
  : Buffer.concat([varint(number * 8 + 2), varint(value.length), value]);
const zigzag = (n) => (n < 0 ? -2 * n - 1 : 2 * n);

/** A vector tile whose one layer is one polygon over all of it. */
export function vectorTile(layer) {
  const path = [9, zigzag(0), zigzag(0), 26, zigzag(4096), zigzag(0), zigzag(0), zigzag(4096), zigzag(-4096), zigzag(0), 15];
  const feature = Buffer.concat([field(3, 3), field(4, Buffer.concat(path.map(varint)))]);
  const body = Buffer.concat([field(15, 2), field(1, Buffer.from(layer)), field(2, feature), field(5, 4096)]);
  return field(3, body);
}

const CRC = Array.from({ length: 256 }, (_, n) => { let c = n; for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1; return c >>> 0; });
const crc = (bytes) => { let c = 0xffffffff; for (const byte of bytes) c = CRC[(c ^ byte) & 255] ^ (c >>> 8); return (c ^ 0xffffffff) >>> 0; };
const chunk = (name, data) => {
  const body = Buffer.concat([Buffer.from(name), data]);
  const out = Buffer.alloc(8 + body.length);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), 4 + body.length);
  return out;
};
/** A picture of one colour, 256 by 256. */
export function pictureTile([red, green, blue]) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(256, 0);
  head.writeUInt32BE(256, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), ...Array.from({ length: 256 }, () => Buffer.from([red, green, blue]))]);
  const data = deflateSync(Buffer.concat(Array.from({ length: 256 }, () => row)));
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk("IHDR", head), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

/** The file: its one tile, of type 1 (MVT) or 2 (PNG), and what it says of itself. */
export function mapFile({ tile, type, metadata = {}, bounds = [-180, -85, 180, 85] }) {
  const directory = Buffer.concat([varint(1), varint(0), varint(1), varint(tile.length), varint(1)]);
  const json = Buffer.from(JSON.stringify(metadata));
  const header = Buffer.alloc(127);
  header.write("PMTiles", 0);
  header[7] = 3;
  let at = 127;
  const part = (where, length) => { header.writeBigUInt64LE(BigInt(at), where); header.writeBigUInt64LE(BigInt(length), where + 8); at += length; };
  part(8, directory.length);
  part(24, json.length);
  part(40, 0);
  part(56, tile.length);
  for (const where of [72, 80, 88]) header.writeBigUInt64LE(1n, where);
  header.set([1, 1, 1, type, 0, 0], 96);
  bounds.forEach((degrees, i) => header.writeInt32LE(Math.round(degrees * 1e7), 102 + 4 * i));
  return Buffer.concat([header, directory, json, tile]);
}
