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
