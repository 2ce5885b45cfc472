// Writes from outside the page under test, as another reviewer would. In: a ruling, or a page. Out: what the server says.

async function token(page, site) {
  const html = await (await page.request.get(`${site}/w/log`)).text();
  return html.match(/name="sitrep-token" content="([^"]*)"/)?.[1] ?? "";
}

/** Rules; resolves to the answer's status and body. */
export async function ruling(page, site, body) {
  const answer = await page.request.post(`${site}/api/rulings`, { headers: { "x-sitrep-token": await token(page, site), origin: site }, data: body });
  return { status: answer.status(), body: await answer.json() };
}

/** Adds a page; resolves to the steps of its job when it is done. */
export async function added(page, site, query, bytes) {
  const headers = { "x-sitrep-token": await token(page, site), origin: site, "content-type": "application/octet-stream" };
  const answer = await page.request.post(`${site}/api/ingest?${new URLSearchParams(query)}`, { headers, data: Buffer.from(bytes) });
  if (!answer.ok()) throw new Error(`${answer.status()} ${await answer.text()}`);
  const { job } = await answer.json();
  // The stream of a job ends with its last step.
  const stream = await (await page.request.get(`${site}/api/ingest/${job}`, { timeout: 80_000 })).text();
  return stream.split("\n").filter((line) => line.startsWith("data:")).map((line) => JSON.parse(line.slice(5)));
}
