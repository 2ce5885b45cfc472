// A source: its text with passages, next and previous by key and button, original, comments, provenance.
import { assert, axe, fitsWidth, screen, shot } from "./harness.mjs";

const documentOf = async (page, site, name) => (await (await page.request.get(`${site}/api/documents`)).json()).documents.find((it) => it.path.startsWith(name));

screen("passages are reached by n and p, by button and by list", async ({ page, site, visit }) => {
  const { id } = await documentOf(page, site, "furat-post");
  await visit(`/w/document/${id}`);
  await page.locator(".passage").first().waitFor();
  const at = page.getByText(/^\d+ of \d+/);
  await page.keyboard.press("n");
  await at.filter({ hasText: /^1 of/ }).waitFor();
  await page.getByRole("button", { name: /Next claim/ }).click();
  await at.filter({ hasText: /^2 of/ }).waitFor();
  await page.keyboard.press("p");
  await page.keyboard.press("p");
  await at.filter({ hasText: /^(\d+) of \1:/ }).waitFor();
  await page.getByRole("complementary", { name: "the chosen claim" }).getByText("how sure").waitFor();
  await page.getByText(/All claims of this text/).click();
  await page.getByRole("listitem").getByRole("link", { name: /al-Qa'im had been freed/ }).click();
  assert.match(await page.locator(".passage.chosen").first().innerText(), /al-Qa'im had been freed/);
  const seen = await page.locator(".passage.chosen").first().evaluate((it) => { const box = it.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; });
  assert.ok(seen, "the chosen passage is on screen");
  await axe(page);
  await fitsWidth(page);
  await shot(page, "document");
});

screen("every word of the stored text is shown, in order", async ({ page, site, visit }) => {
  const { id } = await documentOf(page, site, "barada-daily-2017-11-08");
  const stored = await (await page.request.get(`${site}/api/document/${id}`)).json();
  await visit(`/w/document/${id}`);
  await page.locator(".passage").first().waitFor();
  const shown = await page.locator(".text").evaluate((it) => it.textContent);
  assert.equal(shown.replace(/\s+/g, ""), stored.text.replace(/\s+/g, ""));
});

screen("tabs: the original is framed dead, comments and provenance are told", async ({ page, site, visit }) => {
  const { id, n_comments } = await documentOf(page, site, "volga-observer");
  await visit(`/w/document/${id}`);
  await page.getByRole("tab", { name: "Text" }).focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.getByRole("tab", { name: "Original" }).getAttribute("aria-selected"), "true");
  await page.getByRole("button", { name: "Show the original" }).click();
  assert.equal(await page.locator("iframe").getAttribute("sandbox"), "");
  await page.getByRole("tab", { name: `Comments (${n_comments})` }).click();
  await page.getByText(/^Folded: spam/).waitFor();
  await axe(page);
  await page.getByRole("tab", { name: "Provenance" }).click();
  assert.match(await page.getByRole("tabpanel").innerText(), /[0-9a-f]{64}/);
  await axe(page);
  await shot(page, "document-provenance");
});

screen("an anchor that is lost is told, with the quote, and nothing is marked", async ({ page, site, visit }) => {
  const { id } = await documentOf(page, site, "furat-post");
  const stored = await (await page.request.get(`${site}/api/document/${id}`)).json();
  const lost = stored.passages[1];
  lost.anchor = "lost";
  await page.route(`**/api/document/${id}`, (route) => route.fulfill({ json: stored }));
  await visit(`/w/document/${id}?claim=${lost.claim_id}`);
  const alert = page.getByRole("alert").filter({ hasText: "anchor lost" });
  await alert.waitFor();
  assert.ok((await alert.innerText()).includes(lost.quote.slice(0, 40)));
  assert.equal(await page.locator(".passage.chosen").count(), 0);
});

screen("a document without an id says what to do", async ({ page, visit }) => {
  await visit("/w/document");
  await page.getByText("No document is chosen.").waitFor();
  await axe(page);
});
