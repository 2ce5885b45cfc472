// Sources: the register is read, found in, and edited; each edit is a ruling that the audit log tells.
import { assert, axe, fitsWidth, screen, shot } from "./harness.mjs";
import { ruling } from "./writes.mjs";

screen("a source is found, rated and noted, and the log tells who did it", async ({ page, site, visit }) => {
  await visit("/w/sources");
  await page.getByLabel("Name", { exact: true }).fill("northgate");
  await page.getByText(/^1 source$/).waitFor();
  await axe(page);
  await page.getByRole("link", { name: "Northgate Wire" }).click();
  await page.getByRole("heading", { name: "Its record" }).waitFor();
  await page.getByLabel("Owner").fill("Northgate Group");
  await page.getByLabel("Reliability").selectOption("B");
  await page.getByLabel("Reason").fill("corrects its errors");
  await page.getByLabel("Your name").fill("desk");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText(/^Saved: ruling 1, 2\.$/).waitFor();
  await page.getByText(/rated by/).waitFor({ timeout: 15_000 });
  assert.match(await page.locator("main").innerText(), /Reliability B, rated by desk.*corrects its errors/);
  await axe(page);
  await fitsWidth(page);
  await shot(page, "source");
  const { rulings } = await (await page.request.get(`${site}/api/rulings`)).json();
  assert.deepEqual(rulings.map((it) => [it.subject, it.value, it.reviewer]).sort(), [["Northgate Wire", "owner=Northgate Group", "desk"], ["Northgate Wire", "reliability=B", "desk"]]);
}, { own: true });

screen("a form that is being filled in takes over what somebody else notes, and tells where both do", async ({ page, site, visit }) => {
  await visit("/w/sources/Northgate%20Wire");
  await page.getByLabel("Owner").fill("mine");
  await ruling(page, site, { action: "source", subject: "Northgate Wire", value: "owner=theirs", reviewer: "the other" });
  await ruling(page, site, { action: "source", subject: "Northgate Wire", value: "family=theirs too", reviewer: "the other" });
  await page.waitForFunction(() => document.querySelector("#source-family").value === "theirs too");
  await page.getByText(/Somebody else has just set: owner = theirs\./).waitFor();
  assert.equal(await page.getByLabel("Owner").inputValue(), "mine");
}, { own: true });

screen("the register is usable at 360 px", async ({ page, visit }) => {
  await visit("/w/sources");
  await page.getByRole("row").nth(3).waitFor();
  await fitsWidth(page);
  await axe(page);
}, { width: 360, height: 740 });
