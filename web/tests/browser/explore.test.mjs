// Explore: one filter, which is the address; map, timeline and list show the same; everything by keys; everything in tables.
import { gzipSync } from "node:zlib";
import { assert, axe, fitsWidth, screen, shot } from "./harness.mjs";

const nEvents = async (page) => Number((await page.getByRole("status").filter({ hasText: /event/ }).first().innerText()).match(/^([\d\s\u202f]+) event/)?.[1].replace(/\D/g, ""));
const settled = (page) => page.getByRole("region", { name: "events" }).locator("li a").first().waitFor();
const words = (page) => new URL(page.url()).searchParams;

screen("explore shows the record, without a breach that axe finds", async ({ page, visit }) => {
  await visit("/w/explore");
  await settled(page);
  assert.ok((await nEvents(page)) > 50);
  assert.ok((await page.getByRole("group", { name: /^Map of events/ }).getByRole("button").count()) > 5);
  await page.getByText("Outlines: Natural Earth").waitFor();
  await axe(page);
  await shot(page, "explore");
  await page.setViewportSize({ width: 1600, height: 1000 });
  await shot(page, "explore-wide");
});

screen("a facet narrows map, timeline and list down, and its chip takes it away", async ({ page, visit }) => {
  await visit("/w/explore");
  await settled(page);
  const all = await nEvents(page);
  await page.getByRole("checkbox", { name: "al-Bukamal" }).check();
  await page.waitForURL(/place=al-Bukamal/);
  await page.waitForFunction((n) => !document.querySelector(".list h2")?.textContent?.startsWith(String(n)), all);
  assert.ok((await nEvents(page)) < all);
  await page.getByRole("button", { name: /Where: al-Bukamal/ }).click();
  await page.waitForFunction((n) => document.querySelector(".list h2")?.textContent?.startsWith(String(n)), all);
  await page.goBack();
  await page.getByRole("button", { name: /Where: al-Bukamal/ }).waitFor();
});

screen("brushing the timeline filters map and list", async ({ page, visit }) => {
  await visit("/w/explore");
  await settled(page);
  const all = await nEvents(page);
  const line = page.getByRole("group", { name: /^Timeline/ });
  await line.scrollIntoViewIfNeeded();
  const box = await line.boundingBox();
  await page.mouse.move(box.x + box.width * 0.3, box.y + 50);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.45, box.y + 50, { steps: 5 });
  await page.mouse.up();
  await page.waitForURL(/since=\d{4}-\d\d-\d\d&until=\d{4}-\d\d-\d\d/);
  await page.waitForFunction((n) => !document.querySelector(".list h2")?.textContent?.startsWith(`${n} `), all);
  assert.ok((await nEvents(page)) < all);
  await shot(page, "explore-brushed");
  await axe(page);
});

screen("pointing at the list, the map or the timeline lights the others", async ({ page, visit }) => {
  await visit("/w/explore?place=al-Bukamal");
  await settled(page);
  await page.getByRole("region", { name: "events" }).locator("li").first().hover();
  await page.locator(".dot.lit").first().waitFor();
  await page.getByRole("button", { name: /^al-Bukamal: \d+ events/ }).hover({ force: true });
  await page.locator(".box li.lit").first().waitFor();
  await page.locator("rect.event.lit").first().waitFor();
});

screen("modes and steps stand in the address", async ({ page, visit }) => {
  await visit("/w/explore?type=territory");
  await settled(page);
  await page.getByRole("button", { name: "instant" }).click();
  await page.waitForURL(/mode=instant/);
  const first = words(page).get("since");
  await page.getByRole("button", { name: /^one (day|week|month|year) on$/ }).click();
  await page.waitForFunction((since) => new URL(location.href).searchParams.get("since") > since, first);
  await page.getByRole("button", { name: "cumulative" }).click();
  await page.waitForURL(/mode=cumulative/);
  assert.equal(words(page).get("since"), null);
  assert.ok(words(page).get("until"));
});

screen("playing goes through time until it is paused", async ({ page, visit }) => {
  await visit("/w/explore?mode=cumulative&since=&until=2017-10-20");
  await settled(page);
  await page.getByRole("combobox", { name: "pace of playing" }).selectOption("fast");
  await page.getByRole("button", { name: /play/ }).click();
  await page.waitForFunction(() => new URL(location.href).searchParams.get("until") > "2017-10-22");
  await page.getByRole("button", { name: /pause/ }).click();
  const stopped = words(page).get("until");
  await page.waitForTimeout(1200);
  assert.equal(words(page).get("until"), stopped);
});

screen("nothing plays where the system asks for less motion", async ({ page, visit }) => {
  await visit("/w/explore");
  await settled(page);
  assert.ok(await page.getByRole("button", { name: /play/ }).isDisabled());
  await page.getByText("This system asks for less motion").waitFor();
}, { context: { reducedMotion: "reduce" } });

screen("every task of explore goes by keys alone", async ({ page, visit }) => {
  await visit("/w/explore");
  await settled(page);
  const press = (key) => page.keyboard.press(key);
  const focused = (what) => page.evaluate((text) => document.activeElement?.matches(text) ?? false, what);
  const tabTo = async (what, most = 120) => {
    for (let i = 0; i < most; i += 1) {
      if (await focused(what)) return;
      await press("Tab");
    }
    assert.fail(`${what} is not reached by Tab`);
  };
  // Words.
  await tabTo('input[type="search"]');
  await page.keyboard.type("Bukamal");
  await press("Enter");
  await page.waitForURL(/q=Bukamal/);
  // A facet.
  await tabTo('.facets details input[type="checkbox"]');
  await press("Space");
  await page.waitForURL(/actor=/);
  // A chip takes it away.
  await page.locator(".chip").first().waitFor();
  await tabTo(".chip");
  await press("Tab");
  await press("Enter");
  await page.waitForFunction(() => !new URL(location.href).searchParams.has("actor"));
  // The map: keys zoom it, arrows lead from place to place, Enter chooses.
  await page.evaluate(() => document.querySelector(".chip")?.focus());
  await tabTo(".stage");
  await press("+");
  await press("ArrowLeft");
  await press("0");
  await tabTo(".dot");
  await press("Enter");
  await page.waitForURL(/place=/);
  // The timeline: a handle moves by days.
  await page.waitForTimeout(300);
  await page.evaluate(() => document.querySelector(".stage")?.focus());
  await tabTo('[role="slider"]');
  await press("PageUp");
  await press("ArrowRight");
  await page.waitForURL(/since=/);
  // The list: an event opens.
  await settled(page);
  await tabTo(".box li a");
  await press("ArrowDown");
  await press("Enter");
  await page.waitForURL(/\/w\/event\//);
});

screen("the tables tell what map and timeline show", async ({ page, visit }) => {
  await visit("/w/explore");
  await settled(page);
  await page.getByText(/^The map as a table/).click();
  await page.getByRole("cell", { name: /within|known|told by/ }).first().waitFor();
  const rows = await page.getByRole("row").count();
  const dots = await page.locator(".dot").count();
  assert.ok(rows - 1 >= dots, `${rows} rows, ${dots} dots`);
  await page.getByText(/^The timeline as a table/).click();
  await axe(page);
});

screen("nothing found says so and offers a way back", async ({ page, visit }) => {
  await visit("/w/explore?q=zzzzqqqq");
  await page.getByText("Nothing in the record passes this filter.").waitFor();
  await axe(page);
  await page.getByRole("button", { name: "clear all" }).last().click();
  await settled(page);
});

screen("a filter the server refuses is told in words", async ({ page, visit }) => {
  await visit("/w/explore?since=yesterday");
  await page.getByRole("alert").first().waitFor();
  assert.match(await page.getByRole("alert").first().innerText(), /since|day|date/i);
});

screen("explore fits a narrow screen", async ({ page, visit }) => {
  await visit("/w/explore?place=al-Bukamal&since=2017-11-01");
  await settled(page);
  await fitsWidth(page);
  await page.getByText("Filter", { exact: true }).click();
  await fitsWidth(page);
  await axe(page);
  await shot(page, "explore-narrow", { fullPage: true });
}, { width: 360, height: 740 });

screen("explore prints in black and white", async ({ page, visit }) => {
  await visit("/w/explore?place=al-Bukamal");
  await settled(page);
  await page.emulateMedia({ media: "print" });
  const pdf = await page.pdf({ format: "A4" });
  assert.ok(pdf.length > 10_000);
  await page.evaluate(() => { document.documentElement.style.filter = "grayscale(1)"; });
  await page.setViewportSize({ width: 740, height: 1000 });
  await shot(page, "explore-print", { fullPage: true });
});

screen("what the first screen loads is at most 150 kB gzip", async ({ page, visit }) => {
  const bodies = [];
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith("/assets/") || pathname.startsWith("/w/")) bodies.push(response.body().then((body) => [pathname, gzipSync(body).length]));
  });
  await visit("/w/explore");
  await settled(page);
  const sizes = await Promise.all(bodies);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  assert.ok(sizes.some(([name]) => name.endsWith(".js")) && sizes.some(([name]) => name.endsWith(".css")), sizes.join());
  assert.ok(total <= 150_000, `${total} bytes: ${sizes.join(" ")}`);
  console.log(`# first screen: ${total} bytes gzip in ${sizes.length} files`);
});
