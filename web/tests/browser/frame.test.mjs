// The frame around every screen: the menu, the search palette, an address that leads nowhere.
import { assert, axe, screen } from "./harness.mjs";

screen("the menu leads to every screen, with the title told", async ({ page, visit }) => {
  await visit("/w/explore");
  const links = page.getByRole("navigation", { name: "screens" }).getByRole("link");
  const names = await links.allTextContents();
  assert.ok(names.length >= 8, names.join());
  for (const name of names) {
    await links.filter({ hasText: name }).first().click();
    await page.waitForFunction((title) => document.title.startsWith(title), name);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
  }
});

screen("an address that leads nowhere says so", async ({ page, visit }) => {
  await visit("/w/nowhere");
  assert.match(await page.getByRole("heading", { level: 1 }).innerText(), /nothing here/i);
  await axe(page);
});

screen("Ctrl-K searches everything, by keys alone", async ({ page, visit }) => {
  await visit("/w/control");
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: /^Search events/ });
  await field.waitFor();
  await page.keyboard.type("bukamal");
  const found = page.getByRole("option");
  await found.filter({ hasText: /event|document|place/ }).nth(2).waitFor();
  await axe(page);
  await page.keyboard.press("ArrowDown");
  assert.equal(await field.getAttribute("aria-activedescendant"), "found-1");
  await page.keyboard.press("Escape");
  await field.waitFor({ state: "detached" });
  await page.keyboard.press("Control+k");
  await field.waitFor();
  await page.keyboard.type("audit");
  await found.filter({ hasText: "Audit log" }).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/w\/log/);
});

screen("the keyboard starts at the top of a new screen", async ({ page, visit }) => {
  await visit("/w/explore");
  await page.getByRole("link", { name: "Control", exact: true }).click();
  await page.waitForURL(/\/w\/control/);
  await page.waitForFunction(() => document.activeElement?.id === "main");
});
