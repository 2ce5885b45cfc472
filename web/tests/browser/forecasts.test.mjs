// Forecasts: the ledger with every state, the scores, the plot and its table.
import { assert, axe, fitsWidth, screen, shot } from "./harness.mjs";

screen("the ledger tells who foresaw what, how likely, and what came of it", async ({ page, visit }) => {
  await visit("/w/forecasts");
  const row = page.getByRole("row").filter({ hasText: "ICD 203" }).first();
  await row.waitFor();
  assert.match(await row.innerText(), /“likely”[\s\S]*55 %–80 %/);
  await page.getByLabel("State", { exact: true }).selectOption("expired");
  await page.getByText(/^1 of \d+/).waitFor();
  await page.getByText("expired", { exact: true }).filter({ visible: true }).last().waitFor();
  await axe(page);
  await fitsWidth(page);
  await shot(page, "forecasts", { fullPage: true });
});

screen("void, scores and calibration are shown as a plot and as a table", async ({ page, site, visit }) => {
  const answer = await (await page.request.get(`${site}/api/forecasts`)).json();
  const [first, second] = answer.forecasts;
  first.forecast.state = "void";
  first.forecast.why = "its condition failed";
  second.forecast.state = "true";
  second.forecast.brier = { mid: 0.09, best: 0.04, worst: 0.16 };
  second.resolved_by = [first.claim];
  answer.scores[0].n_scored = 12;
  answer.scores[0].brier = { mid: 0.17, best: 0.1, worst: 0.3 };
  answer.scores[0].calibration = [{ from: 0.6, to: 0.8, n: 12, foreseen: 0.7, came: 9, low: 0.467, high: 0.911 }];
  await page.route("**/api/forecasts?*", (route) => route.fulfill({ json: answer }));
  await visit("/w/forecasts");
  await page.getByText("its condition failed").waitFor();
  await page.getByText("came true").waitFor();
  await page.getByText(/^Decided by/).click();
  await page.getByRole("img", { name: /foreseen 70 %, came 9 of 12/ }).waitFor();
  assert.match(await page.getByRole("row").filter({ hasText: "60 %–80 %" }).innerText(), /12[\s\S]*70 %[\s\S]*9[\s\S]*47 %–91 %/);
  await axe(page);
  await shot(page, "forecasts-calibration");
});

screen("the ledger is usable at 360 px", async ({ page, visit }) => {
  await visit("/w/forecasts");
  await page.getByRole("heading", { name: "The ledger" }).waitFor();
  await fitsWidth(page);
  await shot(page, "forecasts-360", { fullPage: true });
}, { width: 360, height: 740 });
