// What every browser test stands on: the program serving the demo record, one browser, and pages that are watched.
// In: web/dist as `npm run build` makes it, $SITREP_BIN (else target/debug/sitrep), $CHROMIUM (else /usr/bin/chromium). Out: `screen`, `axe`, `shot`, `served`.
// A page of `screen` fails its test when it asks anything of another origin, breaks the policy, or throws.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const program = process.env.SITREP_BIN ?? join(root, "target", "debug", "sitrep");
const shots = join(root, "target", "screenshots");
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

const folder = mkdtempSync(join(tmpdir(), "sitrep-browser-"));
const demo = join(folder, "demo.sitrep");
const running = [];
const once = (make) => { let made; return () => (made ??= make()); };

const browser = once(() => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: flags }));
const demoMade = once(() => { execFileSync(program, ["demo", "--no-serve", "-o", demo], { stdio: "ignore" }); return demo; });

/** Serves a record on a free port; resolves to its address. The process is ended, by its id, when all tests are done. */
async function serve(record) {
  const child = spawn(program, ["serve", record, "--port", "0", "--workbench", join(root, "web", "dist")], { stdio: ["ignore", "ignore", "pipe"] });
  running.push(child);
  const lines = [];
  const address = await new Promise((found, failed) => {
    child.once("error", failed);
    child.once("exit", (code) => failed(new Error(`${program} serve ended with ${code}: ${lines.join(" | ")}`)));
    createInterface({ input: child.stderr }).on("line", (text) => {
      lines.push(text);
      const at = text.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (at) found(at[0]);
    });
  });
  return address;
}

let copies = 0;
/** The demo record, served for everybody; `own` gives a copy of it to a test that writes. $SITREP_URL is a server that runs already. */
const shared = once(async () => process.env.SITREP_URL ?? (demoMade(), serve(demo)));
export async function served({ own = false } = {}) {
  if (!own) return shared();
  demoMade();
  copies += 1;
  const copy = join(folder, `copy-${copies}.sitrep`);
  copyFileSync(demo, copy);
  return serve(copy);
}

after(async () => {
  if (running.length || copies >= 0) await (await browser()).close();
  for (const child of running) child.kill("SIGINT");
  rmSync(folder, { recursive: true, force: true });
});

/** Watches a page; returns what it did wrong so far. */
function watched(page, site) {
  const wrong = [];
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (origin !== site && protocol !== "blob:") wrong.push(`asked ${request.url()}`);
  });
  page.on("console", (message) => {
    if (message.type() !== "error" && !/Content Security Policy/i.test(message.text())) return;
    // A refusal (4xx) that a screen handles is told by the browser as an error too; the tests look at what the screen says.
    if (/^Failed to load resource: the server responded with a status of 4\d\d/.test(message.text())) return;
    // A page kept as it came tried to run something in its frame, and could not: that is what the frame is for.
    if (/^Blocked script execution in '[^']*\/original\/[^']*' because the document's frame is sandboxed/.test(message.text())) return;
    wrong.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`thrown: ${error.stack ?? error.message}`));
  return wrong;
}

/**
 * A test of one screen on a page of its own. `run` gets the page, the site's address and `visit(path)`, which opens a path and waits
 * until the screen's heading stands. Options: `own` (a record of its own), `width`, `height`, `context` (of Playwright).
 */
export function screen(name, run, { own = false, width = 1280, height = 900, context: options = {} } = {}) {
  test(name, { timeout: 90_000 }, async () => {
    const site = await served({ own });
    const context = await (await browser()).newContext({ baseURL: site, viewport: { width, height }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const wrong = watched(page, site);
    const visit = async (path) => {
      await page.goto(path);
      await page.getByRole("heading", { level: 1 }).first().waitFor();
    };
    try {
      await run({ page, site, visit, context });
      assert.deepEqual(wrong, [], "a request elsewhere, a breach of the policy, or an error");
    } catch (error) {
      mkdirSync(shots, { recursive: true });
      await page.screenshot({ path: join(shots, `failed-${name.replace(/\W+/g, "-")}.png`) }).catch(() => {});
      throw error;
    } finally {
      await context.close();
    }
  });
}

/** Fails on any breach that axe finds on the page (WCAG 2.2 A and AA, and good practice). */
export async function axe(page) {
  // Through the debugging protocol: the page's policy forbids inline scripts, and stays as it is.
  await page.evaluate(axeSource);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const told = found.violations.map((one) => `${one.id}: ${one.help}\n  ${one.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} · ${node.failureSummary?.split("\n")[1]?.trim()}`).join("\n  ")}`);
  assert.deepEqual(told, [], "axe");
}

/** Keeps a picture for people in target/screenshots. */
export async function shot(page, name, options = {}) {
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`), ...options });
}

/** Fails when the page can be scrolled sideways. */
export async function fitsWidth(page) {
  const [wide, shown, who] = await page.evaluate(() => {
    const view = document.documentElement.clientWidth;
    const out = [...document.querySelectorAll("main *")].find((one) => one.getBoundingClientRect().right > view + 1 && !one.closest(".scroll, svg, .unseen"));
    return [document.documentElement.scrollWidth, view, out?.outerHTML.slice(0, 200) ?? ""];
  });
  assert.ok(wide <= shown, `${wide} px wide in ${shown}: ${who}`);
}

export { assert };
