// The event screen: standing, accounts, what is disputed, why, and the source of an account beside it.
import { assert, axe, fitsWidth, screen, shot } from "./harness.mjs";

/** The address of the event whose date is in dispute. */
export async function disputed(page, site) {
  const queue = await (await page.request.get(`${site}/api/queue?limit=5`)).json();
  return queue.items.find((it) => it.item.kind === "dispute" && it.item.why.startsWith("date ")).events[0].id;
}

screen("an event shows both sides of a dispute, an account a row, and why", async ({ page, site, visit }) => {
  await visit(`/w/event/${await disputed(page, site)}`);
  await page.getByText(/disputed \(date\); corroborated by 2 independent sources/).waitFor();
  const dispute = page.locator("section", { has: page.getByRole("heading", { name: "In dispute: date" }) });
  assert.match(await dispute.innerText(), /2017-11-02[\s\S]*2017-11-03/);
  assert.equal(await dispute.getByRole("link", { name: /Show in the source/ }).count(), 2);
  const rows = page.getByRole("row");
  await rows.filter({ hasText: "Furat Post" }).getByText("“six days earlier”").or(rows.filter({ hasText: "Furat Post" }).getByText("six days earlier")).first().waitFor();
  await page.getByText(/Furat Post: .* \+ .*Barada Daily|Barada Daily: .* \+ .*Furat Post/).click();
  await page.getByRole("cell", { name: "a day or two apart, as reports of it often are" }).waitFor();
  await axe(page);
  await fitsWidth(page);
  await shot(page, "event", { fullPage: true });
});

screen("an account opens the source at its sentence, and closing it goes back to the account", async ({ page, site, visit }) => {
  await visit(`/w/event/${await disputed(page, site)}`);
  const link = page.getByRole("row").filter({ hasText: "Furat Post" }).getByRole("link", { name: /Show in the source/ });
  await link.click();
  const source = page.getByRole("region", { name: "the source" });
  await source.locator(".passage.chosen").first().waitFor();
  assert.match(await source.locator(".passage.chosen").first().innerText(), /al-Qa'im had been freed/);
  assert.match(page.url(), /claim=c_/);
  await axe(page);
  await shot(page, "event-source");
  const before = page.url();
  await page.keyboard.press("n");
  await page.waitForFunction((was) => location.href !== was, before);
  await page.goBack();
  await visit(before);
  await page.getByRole("button", { name: "Close the source" }).click();
  await source.waitFor({ state: "detached" });
  assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ""), /Show in the source/);
});

screen("an event that does not exist says so", async ({ page }) => {
  await page.goto("/w/event/e_0000000000000000");
  await page.getByRole("alert").waitFor();
});

screen("an event is usable at 360 px", async ({ page, site, visit }) => {
  await visit(`/w/event/${await disputed(page, site)}`);
  await page.getByRole("heading", { name: /Accounts/ }).waitFor();
  await fitsWidth(page);
  await page.getByRole("link", { name: /Show in the source/ }).first().click();
  await page.locator(".passage.chosen").first().waitFor();
  await fitsWidth(page);
  await axe(page);
  await shot(page, "event-360", { fullPage: true });
}, { width: 360, height: 740 });
