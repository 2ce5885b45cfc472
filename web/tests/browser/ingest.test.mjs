// Adding pages: a file dropped, a file chosen, words pasted; progress, claims and notes appear, and lead to the document.
import { assert, axe, fitsWidth, screen, shot } from "./harness.mjs";

const report = (place, day) => `<!doctype html><html lang="en"><head><title>Column takes ${place}</title>
<meta property="og:site_name" content="Varnesh Courier"><meta property="article:published_time" content="${day}T08:00:00Z"></head>
<body><article><h1>Column takes ${place}</h1><p>The army captured ${place} on Monday, a spokesman said. Two soldiers were killed in the fighting near ${place}.</p></article></body></html>`;

screen("pasted and chosen pages are read, with progress, and lead to their document", async ({ page, site, visit }) => {
  await visit("/w/ingest");
  await axe(page);
  await fitsWidth(page);
  const before = await (await page.request.get(`${site}/api/about`)).json();
  await page.getByLabel("Paste text or HTML").fill(report("Deir ez-Zor", "2017-11-06"));
  await page.getByRole("button", { name: "Read it" }).click();
  await page.getByText(/is being|waits/).first().waitFor();
  await page.getByText("added", { exact: true }).waitFor({ timeout: 80_000 });
  await page.getByText(/territory captured: “/).first().waitFor();
  await page.getByLabel("files to add").setInputFiles([
    { name: "raqqa.html", mimeType: "text/html", buffer: Buffer.from(report("Raqqa", "2017-11-07")) },
    { name: "empty.txt", mimeType: "text/plain", buffer: Buffer.alloc(0) },
  ]);
  await page.getByText(/there is nothing in it/).waitFor();
  await page.getByText("added", { exact: true }).nth(1).waitFor({ timeout: 80_000 });
  await axe(page);
  await shot(page, "ingest", { fullPage: true });
  const after = await (await page.request.get(`${site}/api/about`)).json();
  assert.equal(after.n_pages, before.n_pages + 2);
  await page.getByRole("link", { name: "Column takes Raqqa" }).click();
  await page.getByRole("heading", { level: 1, name: "Column takes Raqqa" }).waitFor();
  await page.locator(".passage").first().waitFor();
}, { own: true });

screen("a dropped file is read; the same again doubles nothing", async ({ page, site, visit }) => {
  await visit("/w/ingest");
  const drop = () => page.evaluate((html) => {
    const data = new DataTransfer();
    data.items.add(new File([html], "dropped.html", { type: "text/html" }));
    document.querySelector(".drop").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, report("Hajin", "2017-11-08"));
  await drop();
  await page.getByText("added", { exact: true }).waitFor({ timeout: 80_000 });
  const n = (await (await page.request.get(`${site}/api/about`)).json()).n_pages;
  await drop();
  await page.getByText(/the record had it already/).waitFor({ timeout: 80_000 });
  assert.equal((await (await page.request.get(`${site}/api/about`)).json()).n_pages, n);
}, { own: true });
