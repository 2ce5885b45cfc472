// A hostile record: names, quotes, addresses and reasons full of markup, text that turns direction, emoji, words of a megabyte.
// Every screen has to show it as text; nothing may run, load or link out. The harness fails on any request elsewhere or breach of the policy.
import { assert, axe, fitsWidth, screen, shot } from "./harness.mjs";
import { added, ruling } from "./writes.mjs";

const EVIL = `"><script>window.ran=1</script><img src=x onerror="window.ran=2"><svg onload=window.ran=3>`;
const RLO = "\u202e";
const text = (words) => words.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
const page_ = `<!doctype html><html lang="en"><head><title>${text(`Army took Raqqa ${EVIL} {{7*7}} \${7*7} 🛡️👩‍👩‍👧`)}</title>
<meta name="author" content="${text(EVIL)}"><meta property="article:published_time" content="2017-11-09T08:00:00Z"><script>window.ran=4</script></head><body><article>
<h1>${text(`Army took Raqqa ${EVIL} {{7*7}} 🛡️👩‍👩‍👧`)}</h1>
<p>The army captured Raqqa <b onclick="window.ran=5">on Monday</b>, said spokesman ${text(`O'Brien <b>Bold</b> ${EVIL}`)}. ${text("The army's <i>Red & Blue</i> Column shelled the town of Hajin on Tuesday")}.</p>
<p>The governor ${RLO}gnitatopser\u202c said the rebels will probably take Hajin within two weeks. ${"W".repeat(300)}</p>
<p dir="rtl" lang="ar">قال الجيش إنه سيطر على المدينة ${text(EVIL)}</p>
</article><div id="comments" class="comments-area"><h2 class="comments-title">2 thoughts</h2><ol class="comment-list">
<li id="comment-1" class="comment depth-1 parent"><article class="comment-body"><footer class="comment-meta"><div class="comment-author vcard"><b class="fn">${text(EVIL)}</b> <span class="says">says:</span></div></footer>
<div class="comment-content"><p>Raqqa has not been taken. ${text(EVIL)} <a href="javascript:window.ran=6">click</a> http://spam.example/?q=1</p></div></article>
<ol class="children"><li id="comment-2" class="comment depth-2"><article class="comment-body"><footer class="comment-meta"><div class="comment-author vcard"><b class="fn">${RLO}evil</b></div></footer>
<div class="comment-content"><p>${text(EVIL)} ${"A".repeat(300)}</p></div></article></li></ol></li></ol></div></body></html>`;
const calm = `<!doctype html><html lang="en"><head><title>Raqqa still contested</title></head><body><article><h1>Raqqa still contested</h1>
<p>The army captured Raqqa on Sunday, the governor said. The army did not capture Hajin.</p></article></body></html>`;

async function harmless(page, where) {
  const found = await page.evaluate(() => ({
    ran: window.ran ?? null,
    elements: [...document.querySelectorAll("main img, main script, main svg[onload], main [onerror], main [onclick], main embed, main object")].map((it) => it.outerHTML.slice(0, 100)),
    links: [...document.querySelectorAll("a[href]")].filter((it) => it.origin !== location.origin).map((it) => it.href),
    turned: [...(function* () { const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); for (let node = walk.nextNode(); node; node = walk.nextNode()) if (/[\u202a-\u202e\u2066-\u2069]/.test(node.data)) yield node.parentElement.outerHTML.slice(0, 120); })()],
    calculated: document.body.innerText.includes("Raqqa 49"),
  }));
  assert.deepEqual(found, { ran: null, elements: [], links: [], turned: [], calculated: false }, where);
}

screen("every screen shows a hostile record as text", async ({ page, site, visit }) => {
  page.on("dialog", () => assert.fail("a dialogue opened"));
  const steps = await added(page, site, { name: `${EVIL}.html`.replace(/\//g, ""), outlet: `Courier ${EVIL}`, url: `javascript:window.ran=7//${EVIL}`, published: "2017-11-09" }, page_);
  await added(page, site, { name: "calm.html", outlet: "Calm Gazette", published: "2017-11-10" }, calm);
  const read = steps.find((it) => it.step === "read");
  assert.ok(read?.claims.length >= 2, JSON.stringify(steps).slice(0, 600));
  const { documents } = await (await page.request.get(`${site}/api/documents`)).json();
  const hostile = documents.find((it) => it.outlet?.includes("<script>"));
  const other = documents.find((it) => it.outlet === "Calm Gazette");
  const whole = await (await page.request.get(`${site}/api/document/${hostile.id}`)).json();
  const claim = whole.passages.find((it) => it.event_id) ?? whole.passages[0];
  for (const body of [
    { action: "reject", subject: claim.claim_id, reviewer: EVIL, why: `${EVIL}${RLO}` },
    { action: "accept", subject: claim.claim_id, reviewer: "desk" },
    { action: "source", subject: hostile.outlet, value: `owner=${EVIL}`, reviewer: EVIL },
    { action: "name", subject: claim.claim_id, value: `actor=the army -> ${EVIL.replace(/[=;]/g, " ")}` },
  ]) assert.ok([200, 400].includes((await ruling(page, site, body)).status));
  await page.waitForTimeout(3_000);

  const event = (await (await page.request.get(`${site}/api/claim/${claim.claim_id}`)).json()).event_id ?? claim.claim_id;
  const screens = [
    `/w/event/${event}`, `/w/event/${event}?claim=${claim.claim_id}&source=${hostile.id}`, `/w/document/${hostile.id}?claim=${claim.claim_id}`,
    `/w/document/${hostile.id}?tab=provenance`, `/w/document/${hostile.id}?tab=comments`, `/w/threads`, `/w/threads/${hostile.id}`,
    `/w/compare?a=${hostile.id}&b=${other.id}`, "/w/forecasts", "/w/sources", `/w/sources/${encodeURIComponent(hostile.outlet)}`, "/w/review", "/w/log", "/w/report", "/w/ingest",
    "/w/explore", "/w/control", `/w/event/${encodeURIComponent(EVIL)}`, `/w/sources/${encodeURIComponent(EVIL)}`, `/w/threads/${encodeURIComponent(EVIL)}`,
    `/w/compare?a=${encodeURIComponent(EVIL)}&b=2`, `/w/forecasts/${encodeURIComponent(EVIL)}?who=${encodeURIComponent(EVIL)}`, `/w/log?q=${encodeURIComponent(EVIL)}`,
  ];
  for (const path of screens) {
    await page.goto(path);
    await page.locator("h1, [role=alert]").first().waitFor();
    await page.waitForTimeout(400);
    await harmless(page, path);
    if (!/explore|control|report/.test(path)) await fitsWidth(page).catch((error) => assert.fail(`${path}: ${error.message}`));
  }
  await visit(`/w/document/${hostile.id}`);
  await page.getByText("<b>Bold</b>").first().waitFor();
  await page.getByText("⟨RLO⟩").first().waitFor();
  await page.getByRole("tab", { name: "Original" }).click();
  await page.getByRole("button", { name: "Show the original" }).click();
  await page.waitForTimeout(1_000);
  await harmless(page, "the original");
  for (const frame of page.frames()) assert.equal(await frame.evaluate(() => window.ran ?? null).catch(() => null), null, "nothing runs in the frame");
  await visit("/w/log");
  await axe(page);
  await shot(page, "hostile-log");
  await visit(`/w/threads/${hostile.id}`);
  await axe(page);
  await shot(page, "hostile-thread");
}, { own: true });

screen("a word of a megabyte in any text of an answer breaks no screen", async ({ page, site, visit }) => {
  const queue = await (await page.request.get(`${site}/api/queue?limit=5`)).json();
  const { claims, events } = queue.items.find((it) => it.item.kind === "dispute");
  const [{ claim }] = claims;
  const long = (value) => (typeof value === "string" ? value + "W".repeat(1_000_000) : value);
  // The first title, outlet, quote, sentence, name and reason of each answer grows by a megabyte.
  await page.route("**/api/**", async (route) => {
    if (/live|outlines/.test(route.request().url())) return route.abort("aborted");
    const answer = await route.fetch();
    const left = new Set(["title", "outlet", "quote", "sentence", "name", "why", "text", "summary", "according_to", "criteria", "said"]);
    const body = (await answer.text()).replace(/^([\s\S]*)$/, (all) => JSON.stringify(JSON.parse(all, (key, value) => (left.has(key) && typeof value === "string" && left.delete(key) ? long(value) : value))));
    return route.fulfill({ response: answer, body });
  });
  for (const path of [`/w/event/${events[0].id}?claim=${claim.claim_id}`, `/w/document/${claim.document}?claim=${claim.claim_id}`, `/w/threads/${claim.document}`, "/w/threads", `/w/compare?a=${claims[0].claim.document}&b=${claims[1].claim.document}`, "/w/forecasts", "/w/sources", "/w/review", "/w/log", "/w/report", "/w/ingest"]) {
    await visit(path);
    await page.waitForTimeout(700);
    await fitsWidth(page).catch((error) => assert.fail(`${path}: ${error.message.slice(0, 300)}`));
  }
});
