// A map file of the user's own under the map: drawn, followed, taken away; bad files told in words; nothing of it goes out.
import { assert, axe, screen, shot } from "./harness.mjs";
import { mapFile, pictureTile, vectorTile } from "./pmtiles.mjs";

const settled = (page) => page.getByRole("region", { name: "events" }).locator("li a").first().waitFor();
const vector = mapFile({ tile: vectorTile("water"), type: 1, metadata: { vector_layers: [{ id: "water", fields: {} }], attribution: '<a href="https://tiles.example/">A Maker</a> <img src=x onerror=alert(1)>' } });
const picture = mapFile({ tile: pictureTile([200, 30, 180]), type: 2 });

/** Drops a file on the map, as a hand would. */
async function drop(page, name, bytes) {
  const data = await page.evaluateHandle(({ name, text }) => {
    const all = new DataTransfer();
    all.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name));
    return all;
  }, { name, text: bytes.toString("base64") });
  for (const type of ["dragenter", "dragover", "drop"]) await page.locator(".map").dispatchEvent(type, { dataTransfer: data });
}

/** The colour most of the map has, as eyes see it, between the dots. */
async function colour(page) {
  const png = await page.locator(".map .stage").screenshot();
  return page.evaluate(async (text) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    canvas.drawImage(bitmap, 0, 0);
    const { data } = canvas.getImageData(0, 0, bitmap.width, bitmap.height);
    const n = new Map();
    for (let i = 0; i < data.length; i += 4) {
      const key = `${data[i]},${data[i + 1]},${data[i + 2]}`;
      n.set(key, (n.get(key) ?? 0) + 1);
    }
    return [...n].sort((a, b) => b[1] - a[1])[0][0];
  }, png.toString("base64"));
}

screen("a picture map dropped on the map is drawn below it, follows it, and is taken away", async ({ page, visit }) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await visit("/w/explore");
  await settled(page);
  const before = await colour(page);
  assert.ok(!asked.some((path) => /Tiles|maplibre/.test(path)), "nothing of it is loaded before it is needed");
  await drop(page, "pink.pmtiles", picture);
  await page.locator(".tiles.drawn").waitFor();
  assert.equal(await colour(page), "200,30,180");
  assert.ok((await page.getByRole("group", { name: /^Map of events/ }).getByRole("button").count()) > 5, "the record stays above it");
  await page.getByText("Below lies your map file").waitFor();
  await shot(page, "explore-map-file");
  await axe(page);
  await page.getByRole("group", { name: /^Map of events/ }).focus();
  await page.keyboard.press("+");
  await page.keyboard.press("ArrowLeft");
  await page.waitForURL(/map=/);
  assert.equal(await colour(page), "200,30,180");
  // The other map has it, too: it is the tab's.
  await page.getByRole("link", { name: "Control", exact: true }).click();
  await page.locator(".tiles.drawn").waitFor();
  await page.getByRole("button", { name: "take it away" }).click();
  await page.locator(".tiles").waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Explore", exact: true }).click();
  await settled(page);
  assert.equal(await colour(page), before);
  assert.ok(asked.every((path) => /^\/(w|api|assets|icon)/.test(path)), asked.join(" "));
});

screen("a vector map is chosen by button and drawn in the workbench's colours; its markup is text", async ({ page, visit }) => {
  await visit("/w/explore");
  await settled(page);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: /put a map file/ }).click();
  await (await chooser).setFiles({ name: "sea.pmtiles", mimeType: "", buffer: vector });
  await page.locator(".tiles.drawn").waitFor();
  assert.equal(await colour(page), "223,232,237", "water, everywhere");
  assert.match(await page.locator(".credit").innerText(), /sea\.pmtiles: A Maker/);
  assert.equal(await page.locator(".credit a, .credit img").count(), 0);
  // On paper the drawn outlines stay.
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".tiles").isVisible(), false);
  assert.ok(await page.locator(".land").first().isVisible());
});

screen("a file that cannot be drawn is told in words, and the map stays", async ({ page, visit }) => {
  await visit("/w/explore");
  await settled(page);
  const told = async (name, bytes, words) => {
    await drop(page, name, bytes);
    await page.getByRole("alert").filter({ hasText: words }).waitFor();
    assert.equal(await page.locator(".tiles").count(), 0);
    assert.ok(await page.locator(".land").first().isVisible());
  };
  await told("page.html", Buffer.from("<p>"), "files that end in .pmtiles");
  await told("empty.pmtiles", Buffer.alloc(0), "its first bytes are not PMTiles");
  await told("old.pmtiles", Buffer.concat([Buffer.from("PMTiles\u0002"), Buffer.alloc(200)]), "says it is version 2");
  await told("half.pmtiles", picture.subarray(0, 150), "cut short");
  await told("stub.pmtiles", picture.subarray(0, 60), "its header is not whole");
  const odd = Buffer.from(picture);
  odd[99] = 77;
  await told("odd.pmtiles", odd, "of a kind that cannot be drawn");
  const unnamed = mapFile({ tile: vectorTile("water"), type: 1 });
  await told("unnamed.pmtiles", unnamed, "does not list the layers");
  const torn = Buffer.from(vector);
  torn.fill(255, 127, 132);
  await told("torn.pmtiles", torn, "damaged");
  await axe(page);
  // A tile that is none: the file is opened, and says so when it is drawn.
  await drop(page, "noise.pmtiles", mapFile({ tile: Buffer.from("not a picture"), type: 2 }));
  await page.getByRole("alert").filter({ hasText: "noise.pmtiles: part of the file cannot be drawn" }).waitFor();
  await page.getByRole("button", { name: "take it away" }).click();
  assert.equal(await page.getByRole("alert").count(), 0);
});

screen("where the map was moved to stands in the address", async ({ page, visit }) => {
  await visit("/w/explore");
  await settled(page);
  const dot = page.locator(".dot").first();
  const transform = () => dot.getAttribute("transform");
  const start = await transform();
  await page.getByRole("button", { name: "nearer" }).click();
  await page.waitForURL(/map=-?[\d.]+%2C-?[\d.]+%2C[\d.]+/);
  const nearer = await transform();
  assert.notEqual(nearer, start);
  await page.reload();
  await settled(page);
  const numbers = (text) => text.match(/-?[\d.]+/g).map(Number);
  const [x, y] = numbers(await transform());
  const [wantedX, wantedY] = numbers(nearer);
  assert.ok(Math.abs(x - wantedX) < 2 && Math.abs(y - wantedY) < 2, `${x} ${y} for ${nearer}`);
  await page.getByRole("button", { name: "show all", exact: true }).click();
  await page.waitForFunction(() => !location.search.includes("map="));
  assert.equal(await transform(), start);
  // An address that tells no spot is passed over.
  await visit("/w/explore?map=north,of,here");
  await settled(page);
  assert.equal(await transform(), start);
});
