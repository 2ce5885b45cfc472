// Runs the browser tests in one process, so that they share one browser and one server. `npm run browser -- explore` runs one file.
import { readdirSync } from "node:fs";

const here = new URL(".", import.meta.url);
const wanted = process.argv.slice(2);
const files = readdirSync(here).filter((name) => name.endsWith(".test.mjs")).sort();
for (const name of files) {
  if (wanted.length === 0 || wanted.some((part) => name.includes(part))) await import(new URL(name, here));
}
