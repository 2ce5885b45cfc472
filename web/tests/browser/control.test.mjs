// Control over time: who is said to hold which place on a day, on the map and in the table; who says so.
import { assert, axe, fitsWidth, screen, shot } from "./harness.mjs";

const table = (page) => page.getByRole("table").first();

screen("places are marked by who is said to hold them, and listed", async ({ page, visit }) => {
  await visit("/w/control?on=2017-11-10");
  await page.getByRole("button", { name: /^al-Bukamal: contested/ }).waitFor();
  await page.getByRole("button", { name: /^al-Qa'im: held by Iraqi armed forces, last asserted 3 November 2017/ }).waitFor();
  await page.getByRole("button", { name: "Gharanij: not known" }).waitFor();
  await page.getByRole("row", { name: /al-Qa'im held, last asserted 3 November 2017/ }).waitFor();
  const fills = await page.locator(".disc").evaluateAll((all) => all.map((one) => one.getAttribute("fill")));
  assert.ok(fills.some((fill) => fill.startsWith("url(#stripes")) && fills.includes("none"), fills.join());
  await axe(page);
  await shot(page, "control");
});

screen("the slider goes by keys, the buttons from change to change, and the day stands in the address", async ({ page, visit }) => {
  await visit("/w/control?on=2017-11-05");
  const slider = page.getByRole("slider", { name: "day" });
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForURL(/on=2017-11-06/);
  assert.equal(await slider.getAttribute("aria-valuetext"), "6 November 2017");
  await page.getByRole("button", { name: "the change after" }).click();
  await page.waitForURL(/on=2017-11-09/);
  await page.getByRole("button", { name: "the change before" }).click();
  await page.waitForURL(/on=2017-11-02/);
  await page.keyboard.press("Escape");
});

screen("a place tells who asserts what, in their words, both sides", async ({ page, visit }) => {
  await visit("/w/control?on=2017-11-12");
  await page.getByRole("button", { name: /^al-Bukamal: contested/ }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/w\/control\/al-Bukamal\?on=2017-11-12/);
  const panel = page.getByRole("region", { name: "al-Bukamal" });
  await panel.getByRole("heading", { name: /Islamic State/ }).first().waitFor();
  assert.ok((await panel.getByRole("heading", { level: 3 }).count()) >= 3);
  assert.match(await panel.locator("blockquote").first().innerText(), /al-Bukamal/);
  await panel.getByRole("row").nth(1).waitFor();
  await axe(page);
  await shot(page, "control-place");
  await panel.getByRole("link", { name: /account/ }).first().click();
  await page.waitForURL(/\/w\/event\//);
});

screen("land is filled only when asked for, and then called interpolated", async ({ page, visit }) => {
  await visit("/w/control?on=2017-11-19");
  await page.getByRole("button", { name: /^al-Bukamal: held/ }).waitFor();
  assert.equal(await page.locator("path.cell").count(), 0);
  await page.getByRole("checkbox", { name: /interpolated/ }).check();
  await page.waitForURL(/fill=interpolated/);
  await page.getByText(/^Interpolated: the pale land is geometry/).waitFor();
  assert.ok((await page.locator("path.cell").count()) >= 1);
  await axe(page);
  await shot(page, "control-interpolated");
});

screen("control fits a narrow screen and prints", async ({ page, visit }) => {
  await visit("/w/control/al-Bukamal?on=2017-11-12");
  await page.locator("blockquote").first().waitFor();
  await fitsWidth(page);
  await axe(page);
  await shot(page, "control-narrow", { fullPage: true });
  await page.emulateMedia({ media: "print" });
  assert.ok((await page.pdf({ format: "A4" })).length > 10_000);
  await page.setViewportSize({ width: 740, height: 1000 });
  await page.evaluate(() => { document.documentElement.style.filter = "grayscale(1)"; });
  await table(page).waitFor();
  await shot(page, "control-print", { fullPage: true });
}, { width: 360, height: 740 });
