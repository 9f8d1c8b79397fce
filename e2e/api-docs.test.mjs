// The description of the API as a page: nothing from elsewhere, no policy broken, on a desk and on a phone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { demo } from "./demo.mjs";
import { DESKTOP, PHONE } from "./support.mjs";

let company;

before(async () => {
  company = await demo();
}, { timeout: 300_000 });

after(() => company?.stop());

for (const [name, options] of [
  ["api-docs", { viewport: DESKTOP }],
  ["api-docs-dark", { viewport: DESKTOP, scheme: "dark" }],
  ["api-docs-phone", { viewport: PHONE, language: "en" }],
]) {
  test(`the API explains itself: ${name}`, async () => {
    const page = await company.signedIn("E000001", options);
    const elsewhere = [];
    page.on("request", (request) => request.url().startsWith(company.address) || elsewhere.push(request.url()));
    await page.goto(`${company.address}/me`);
    await page.click("#tokens a[href='/api/docs']");
    await page.waitForURL(/\/api\/docs/);
    await page.click("summary:has-text('/api/v1/plans') >> nth=0");
    assert.match(await page.textContent("main details[open]"), /limit/);
    await company.sound(page, name);
    assert.deepEqual(elsewhere, []);
  });
}
