// Writes src/lib/types.ts from api.schema.json, which the server's own types make. `--check` only compares.
import { readFile, writeFile } from "node:fs/promises";
import { compile } from "json-schema-to-typescript";

const schema = JSON.parse(await readFile("api.schema.json", "utf8"));
// A remark beside a reference would make a second type of the same shape.
const plain = (node) =>
  Array.isArray(node) ? node.map(plain)
  : node === null || typeof node !== "object" ? node
  : "$ref" in node ? { $ref: node.$ref }
  : Object.fromEntries(Object.entries(node).map(([key, value]) => [key, plain(value)]));
const options = { additionalProperties: false, bannerComment: "// Made by `npm run types` from api.schema.json. Do not edit.", format: true };
const made = await compile(plain(schema), "Api", options);
if (process.argv.includes("--check")) {
  const kept = await readFile("src/lib/types.ts", "utf8");
  if (kept !== made) {
    console.error("src/lib/types.ts is not what api.schema.json says; run `npm run types`");
    process.exit(1);
  }
} else {
  await writeFile("src/lib/types.ts", made);
}
