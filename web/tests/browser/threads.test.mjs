// Threads: the list, the tree of replies, what is folded and why, what readers claim, unverified.
import { assert, axe, fitsWidth, screen, shot } from "./harness.mjs";

screen("a thread shows its replies as a tree, and folds spam with its reason", async ({ page, visit }) => {
  await visit("/w/threads");
  await page.getByText(/folded/).first().waitFor();
  await axe(page);
  await page.getByRole("link", { name: /sortie at al-Bukamal/ }).click();
  await page.getByRole("heading", { level: 1, name: /Comments on/ }).waitFor();
  const spam = page.getByText(/^Folded: spam: .*easy earnings/);
  await spam.waitFor();
  assert.equal(await page.getByText(/easy-money/).filter({ visible: true }).count(), 1, "only the reason is shown");
  await spam.click();
  assert.equal(await page.locator("main a[href*='easy-money']").count(), 0, "the link in spam is dead");
  await axe(page);
  await fitsWidth(page);
});

screen("replies stand below what they answer", async ({ page, visit }) => {
  await visit("/w/threads");
  await page.getByRole("link", { name: /Our men pray/ }).click();
  await page.getByText("Pictures are coming tonight.").waitFor();
  const left = (text) => page.getByText(text).evaluate((it) => it.getBoundingClientRect().left);
  assert.ok((await left("Pictures are coming tonight.")) > (await left(/So do we all/)));
  assert.ok((await left(/So do we all/)) > (await left(/Congratulations/)));
  await page.getByText(/answers reader-\w+, depth 3/).waitFor();
  await shot(page, "thread");
});

screen("a comment found by the search is marked in its thread", async ({ page, visit }) => {
  await visit("/w/threads");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Pictures are coming tonight");
  await page.getByRole("option").filter({ hasText: "comment" }).first().click();
  await page.locator("li.chosen").filter({ hasText: "Pictures are coming tonight." }).waitFor();
});

screen("claims in comments are marked unverified", async ({ page, visit }) => {
  await visit("/w/threads");
  await page.getByRole("link", { name: /East of the river/ }).click();
  const claim = page.getByText("unverified claim", { exact: true });
  await claim.waitFor();
  await claim.click();
  await page.getByText("reader’s comment, unverified").first().waitFor();
  await axe(page);
});
