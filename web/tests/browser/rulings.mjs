// Rules from outside the page under test, as another reviewer would. In: the ruling. Out: the answer's status and body.
export async function ruling(page, site, body) {
  const html = await (await page.request.get(`${site}/w/log`)).text();
  const token = html.match(/name="sitrep-token" content="([^"]*)"/)?.[1] ?? "";
  const answer = await page.request.post(`${site}/api/rulings`, { headers: { "x-sitrep-token": token, origin: site }, data: body });
  return { status: answer.status(), body: await answer.json() };
}
