// Review by keyboard alone: accept, reject, undo, edit, merge, split; keys are silent in fields; two windows lose no ruling.
import { assert, axe, fitsWidth, screen, shot } from "./harness.mjs";
import { ruling } from "./writes.mjs";

const heading = (page) => page.getByRole("article").first().getByRole("heading", { level: 2 });
const notice = (page, words) => page.getByRole("status").filter({ hasText: words }).waitFor();
const rulings = async (page, site) => (await (await page.request.get(`${site}/api/rulings`)).json()).rulings.reverse();
/** Goes on by key until an item of that kind is shown. */
async function until(page, kind) {
  for (let i = 0; i < 60; i += 1) {
    const now = await page.getByRole("article").first().locator(".badge").first().innerText();
    if (now === kind) return;
    const before = await page.getByRole("article").first().innerText();
    await page.keyboard.press("j");
    await page.waitForFunction((was) => document.querySelector("article").innerText !== was, before);
  }
  assert.fail(`no item of kind ${kind}`);
}

screen("accept, reject and undo need no mouse, and go on by themselves", async ({ page, site, visit }) => {
  await visit("/w/review");
  await heading(page).waitFor();
  await axe(page);
  await shot(page, "review-dispute");
  await until(page, "unsure reading");
  const first = await heading(page).innerText();
  await page.keyboard.press("w");
  await page.keyboard.type("a caption of another picture, ajrmsu?");
  await page.keyboard.press("Enter");
  assert.equal((await rulings(page, site)).length, 0, "keys are silent while one writes");
  await page.keyboard.press("a");
  await notice(page, "Ruling 1: accepted");
  const second = await heading(page).innerText();
  assert.notEqual(second, first);
  await page.keyboard.press("r");
  await notice(page, "Ruling 2: rejected");
  assert.notEqual(await heading(page).innerText(), second);
  await page.keyboard.press("u");
  await notice(page, "Ruling 2 taken back");
  assert.equal(await heading(page).innerText(), second);
  await page.keyboard.press("k");
  await page.waitForFunction((was) => document.querySelector("article h2").innerText !== was, second);
  assert.notEqual(await heading(page).innerText(), first, "what was ruled on is not open any more");
  await page.getByRole("link", { name: "Audit log" }).click();
  await page.getByRole("row").filter({ hasText: "took back ruling" }).waitFor();
  const all = await rulings(page, site);
  assert.deepEqual(all.map((it) => [it.action, it.why ?? null]), [["accept", "a caption of another picture, ajrmsu?"], ["reject", null], ["undo", null]]);
  await axe(page);
}, { own: true });

screen("a dispute: the marked account is ruled on; near misses are merged by one key", async ({ page, site, visit }) => {
  await visit("/w/review");
  await until(page, "dispute");
  const accounts = page.getByRole("list", { name: /Accounts/ }).getByRole("button");
  await page.keyboard.press("l");
  assert.equal(await accounts.nth(1).getAttribute("aria-pressed"), "true");
  const queue = await (await page.request.get(`${site}/api/queue?limit=20`)).json();
  const dispute = queue.items.find((it) => it.item.kind === "dispute");
  await page.keyboard.press("a");
  await notice(page, "Ruling 1: accepted");
  assert.equal((await rulings(page, site))[0].subject, dispute.claims[1].claim.claim_id);
  await until(page, "perhaps the same");
  await page.getByText("Compared field by field").click();
  await page.getByRole("cell", { name: "sum" }).or(page.getByRole("rowheader", { name: "sum" })).waitFor();
  await page.keyboard.press("m");
  await notice(page, "Ruling 2: merged");
  const [, merge] = await rulings(page, site);
  assert.equal(merge.action, "merge");
  assert.match(merge.value, /c_/);
}, { own: true });

screen("an edit changes what was read, and says what is wrong before it is sent", async ({ page, site, visit }) => {
  await visit("/w/review");
  await until(page, "unsure reading");
  await page.keyboard.press("e");
  const dialog = page.getByRole("dialog", { name: "Edit the reading" });
  await dialog.waitFor();
  await axe(page);
  await shot(page, "review-edit");
  await dialog.getByLabel("name", { exact: true }).fill("Hajin");
  await dialog.getByRole("button", { name: "Look the name up" }).press("Enter");
  await dialog.getByRole("button", { name: /Haj[iī]n, SY/ }).first().press("Enter", { timeout: 60_000 });
  assert.match(await dialog.getByLabel("latitude").inputValue(), /^34\.69/);
  await dialog.getByLabel("Type", { exact: true }).selectOption("shelling");
  await dialog.getByLabel("first day").fill("2017-11-09");
  await dialog.getByLabel("last day").fill("2017-11-01");
  await dialog.getByRole("button", { name: "Save and go on" }).press("Enter");
  await dialog.getByText("The last day is before the first.").waitFor();
  await dialog.getByLabel("last day").fill("2017-11-10");
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  const all = await rulings(page, site);
  assert.match(all[2]?.value ?? "", /^place=34\.69\d*,40\.83\d*,[\d.]+;name=Haj[iī]n$/);
  assert.deepEqual(all.map((it) => [it.action, it.value]), [["relabel", "event=shelling"], ["pin", "date=2017-11-09..2017-11-10"], ["pin", all[2]?.value]]);
  await page.keyboard.press("u");
  await notice(page, "Ruling 3 taken back");
}, { own: true });

screen("an event that the program did not find near is merged by searching for it", async ({ page, site, visit }) => {
  await visit("/w/review");
  await until(page, "unsure reading");
  await page.keyboard.press("m");
  const dialog = page.getByRole("dialog", { name: "One event" });
  await dialog.getByLabel("Words of the other event").fill("al-Bukamal");
  await page.keyboard.press("Enter");
  const choice = dialog.getByRole("checkbox").last();
  await choice.waitFor();
  await choice.press("Space");
  await axe(page);
  await dialog.getByRole("button", { name: "They are one event" }).press("Enter");
  await notice(page, "Ruling 1: merged");
  assert.equal((await rulings(page, site))[0].action, "merge");
}, { own: true });

screen("accounts are taken out of an event", async ({ page, site, visit }) => {
  await visit("/w/review");
  await until(page, "dispute");
  await page.keyboard.press("s");
  const dialog = page.getByRole("dialog", { name: "Take accounts out of the event" });
  await dialog.getByRole("checkbox").nth(1).waitFor();
  assert.equal(await dialog.getByRole("checkbox", { checked: true }).count(), 1);
  await axe(page);
  await dialog.getByRole("button", { name: "Take them out" }).press("Enter");
  await notice(page, "Ruling 1: accounts taken out");
  assert.equal((await rulings(page, site))[0].action, "split");
}, { own: true });

screen("an event leads to what waits about it, and to nothing else", async ({ page, site, visit }) => {
  const queue = await (await page.request.get(`${site}/api/queue?limit=5`)).json();
  const { id } = queue.items.find((it) => it.item.kind === "dispute").events[0];
  await visit(`/w/event/${id}`);
  await page.getByRole("link", { name: "Review it" }).first().click();
  await heading(page).waitFor();
  const n = Number((await page.getByTestId("open").innerText()).split(" ")[0]);
  assert.ok(n > 0 && n < queue.n_open, `${n} of ${queue.n_open}`);
  await page.getByRole("link", { name: "everything" }).click();
  await page.getByText(`${queue.n_open} open`).waitFor();
  await axe(page);
});

screen("the help tells the keys, and they can be switched off", async ({ page, site, visit }) => {
  await visit("/w/review");
  await heading(page).waitFor();
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keys" });
  await dialog.getByText("take back your last ruling").waitFor();
  await page.keyboard.press("a");
  await axe(page);
  await shot(page, "review-help");
  await dialog.getByRole("checkbox").uncheck();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await page.keyboard.press("a");
  await page.keyboard.press("r");
  assert.equal((await rulings(page, site)).length, 0);
  await page.getByRole("button", { name: /^Accept/ }).click();
  await notice(page, "Ruling 1: accepted");
}, { own: true });

screen("two windows: no ruling is lost, and the second reviewer decides", async ({ page, site, visit, context }) => {
  const other = await context.newPage();
  await visit("/w/review");
  await until(page, "unsure reading");
  const stale = await (await page.request.get(`${site}/api/queue?limit=60`)).json();
  const claim = stale.items.find((it) => it.item.kind === "unsure reading").claims[0].claim.claim_id;
  const text = await heading(page).innerText();
  // The first window hears nothing of the other for now, as when both press a key at once.
  await page.route("**/api/queue?*", (route) => route.fulfill({ json: stale }));
  await ruling(other, site, { action: "reject", subject: claim, reviewer: "the other", why: "a mistranslation" });
  await page.keyboard.press("a");
  await page.getByRole("heading", { name: "Somebody ruled on this before you" }).waitFor();
  await page.getByText("a mistranslation").waitFor();
  await shot(page, "review-between");
  assert.equal(await heading(page).innerText(), text);
  assert.equal((await rulings(page, site)).length, 1, "nothing was overwritten");
  await page.keyboard.press("a");
  assert.equal((await rulings(page, site)).length, 1, "the same key again decides nothing");
  await page.unroute("**/api/queue?*");
  await page.getByRole("button", { name: "Rule all the same" }).click();
  await notice(page, "Ruling 2: accepted");
  assert.deepEqual((await rulings(page, site)).map((it) => [it.action, it.state]), [["reject", "overruled"], ["accept", "in force"]]);
  await other.close();
}, { own: true });

screen("what another window rules on leaves this one's queue by itself", async ({ page, site, visit }) => {
  await visit("/w/review");
  await until(page, "unsure reading");
  const { items, n_open } = await (await page.request.get(`${site}/api/queue?limit=60`)).json();
  const claim = items.find((it) => it.item.kind === "unsure reading").claims[0].claim.claim_id;
  await ruling(page, site, { action: "accept", subject: claim, reviewer: "the other" });
  await page.getByText(/This item no longer waits/).waitFor();
  await page.waitForFunction((n) => document.querySelector("[data-testid=open]").textContent.trim() !== `${n} open`, n_open);
  await page.keyboard.press("j");
  await page.getByText(/This item no longer waits/).waitFor({ state: "detached" });
}, { own: true });

screen("review is usable at 360 px", async ({ page, visit }) => {
  await visit("/w/review");
  await heading(page).waitFor();
  await fitsWidth(page);
  await axe(page);
  await shot(page, "review-360", { fullPage: true });
}, { width: 360, height: 740 });
