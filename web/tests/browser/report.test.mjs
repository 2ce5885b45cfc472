// The report builder: dates, places and sources narrow the report down; it is kept as HTML and Markdown, and printed.
import { readFileSync } from "node:fs";
import { assert, axe, fitsWidth, screen, shot } from "./harness.mjs";

screen("a report is built, read and kept", async ({ page, visit }) => {
  await visit("/w/report");
  const inside = page.frameLocator("iframe");
  await inside.getByRole("heading", { level: 1 }).waitFor();
  const whole = (await inside.locator("main").innerText()).length;
  await page.getByLabel("From", { exact: true }).fill("2017-11-10");
  await page.getByLabel("To", { exact: true }).fill("2017-11-30");
  await page.getByLabel("Source", { exact: true }).fill("Crossline Relief");
  await page.getByRole("button", { name: "Show the report" }).click();
  await page.waitForURL(/since=2017-11-10&until=2017-11-30&source=Crossline\+Relief/);
  await inside.getByText("Crossline Relief").first().waitFor();
  await page.waitForTimeout(500);
  assert.ok((await inside.locator("main").innerText()).length < whole, "the report is narrowed down");
  await axe(page);
  await fitsWidth(page);
  await shot(page, "report");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Keep as Markdown" }).click()]);
  assert.match(readFileSync(await download.path(), "utf8"), /^# .*\n[\s\S]*Crossline Relief/);
  const rights = await page.locator("iframe").getAttribute("sandbox");
  assert.ok(!rights.includes("allow-scripts"), rights);
  await page.getByRole("button", { name: /source: Crossline Relief/ }).click();
  await page.waitForURL((url) => !url.search.includes("source"));
});

screen("days in the wrong order are told", async ({ page, visit }) => {
  await visit("/w/report");
  await page.getByLabel("From", { exact: true }).fill("2017-11-20");
  await page.getByLabel("To", { exact: true }).fill("2017-11-10");
  await page.getByRole("button", { name: "Show the report" }).click();
  await page.getByRole("alert").filter({ hasText: "before the first" }).waitFor();
});
