// The audit log: every ruling with who and why, found by words, taken back from here; what stands against rulings.
import { assert, axe, fitsWidth, screen, shot } from "./harness.mjs";
import { ruling } from "./writes.mjs";

screen("the log tells every ruling and takes one back", async ({ page, site, visit }) => {
  await visit("/w/log");
  await page.getByText("Nobody has ruled on anything yet.").waitFor();
  await axe(page);
  const { items } = await (await page.request.get(`${site}/api/queue?limit=20`)).json();
  const claim = items.find((it) => it.item.kind === "unsure reading").claims[0].claim.claim_id;
  await ruling(page, site, { action: "accept", subject: claim, reviewer: "one", why: "read and found right" });
  await ruling(page, site, { action: "reject", subject: claim, reviewer: "two" });
  await page.getByRole("row").filter({ hasText: "read and found right" }).waitFor();
  await page.getByRole("row").filter({ hasText: "overruled" }).waitFor();
  await page.getByRole("heading", { name: /What stands against rulings/ }).waitFor();
  await axe(page);
  await fitsWidth(page);
  await shot(page, "log");
  await page.getByLabel("Reason for what you take back").fill("not the same sentence");
  await page.getByRole("table").getByRole("button", { name: "Undo ruling 2" }).click();
  await page.getByText(/Ruling 2 taken back by ruling 3/).waitFor();
  assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ""), /taken back/);
  await page.getByRole("row").filter({ hasText: "undone" }).waitFor();
  await page.getByLabel("Find").fill("found right");
  await page.getByText("1 ruling with these words").waitFor();
}, { own: true });
