// From the dashboard down: a director goes to a unit, a person, a month, and asks a number why; a salesperson sees
// their own targets on a phone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { demo } from "./demo.mjs";
import { DESKTOP, PHONE, open } from "./support.mjs";

let company;

before(async () => {
  company = await demo();
}, { timeout: 300_000 });

after(() => company?.stop());

async function sound(page, name) {
  // A navigation may leave a request of the page before behind.
  page.troubles = page.troubles.filter((trouble) => !trouble.startsWith("request:"));
  await company.sound(page, name);
}

/** Follows a link by its place in the page and waits until its address is there. */
async function follow(page, selector, address) {
  await page.locator(selector).first().click();
  await page.waitForURL(address);
}

for (const [name, options] of [
  ["targets", { viewport: DESKTOP }],
  ["targets-dark", { viewport: DESKTOP, scheme: "dark" }],
  ["targets-phone", { viewport: PHONE }],
  ["targets-en", { viewport: DESKTOP, language: "en" }],
]) {
  test(`a director goes down to a month of a person and asks why: ${name}`, async () => {
    const page = await company.signedIn("E000001", options);
    await page.goto(`${company.address}/dashboard`);
    await follow(page, "main table th a[href^='/targets/']", /\/targets\/[^/]+\?/);
    await sound(page, `${name}-unit`);
    // Down through the units to a person, however deep they sit.
    for (let step = 0; step < 5 && !page.url().includes("/people/"); step += 1) {
      const before = page.url();
      await follow(page, "main tbody th a[href^='/targets/']", (address) => address.href !== before);
    }
    assert.match(page.url(), /\/people\//);
    await sound(page, `${name}-person`);
    const person = await page.textContent("main h1");
    await follow(page, "main a[href*='p=2026-10']", /p=2026-10/);
    assert.equal(await page.textContent("main h1"), person);
    const shown = await page.locator("main .kpi .figure data").first().getAttribute("value");
    await follow(page, "main .kpi .figure a[href^='/explain']", /\/explain/);
    assert.ok((await page.textContent("main h1")).includes(person.trim()));
    assert.equal(await page.locator("main data").first().getAttribute("value"), shown);
    await sound(page, `${name}-explain`);
  });

  test(`the tree opens, sorts and leads to the ranking: ${name}`, async () => {
    const page = await company.signedIn("E000001", options);
    await page.goto(`${company.address}/targets`);
    await sound(page, `${name}-tree`);
    const rows = await page.locator(".tree tbody tr").count();
    const address = page.url();
    await follow(page, ".tree a.toggle:not(.open)", (now) => now.href !== address);
    await page.waitForFunction((rows) => document.querySelectorAll(".tree tbody tr").length > rows, rows);
    await follow(page, ".tree thead a[href*='sort=attainment']", /sort=attainment/);
    await sound(page, `${name}-tree-open`);
    await follow(page, "main a[href*='/ranking']", /\/ranking/);
    assert.doesNotMatch(await page.textContent("main ol.ranking"), /万|CNY/);
    await sound(page, `${name}-ranking`);
  });
}

for (const [name, options] of [
  ["as-of", { viewport: DESKTOP }],
  ["as-of-dark", { viewport: DESKTOP, scheme: "dark" }],
  ["as-of-phone", { viewport: PHONE }],
  ["as-of-en", { viewport: DESKTOP, language: "en" }],
]) {
  test(`a director looks back to an earlier day and returns: ${name}`, async () => {
    const page = await company.signedIn("E000001", options);
    await page.goto(`${company.address}/targets`);
    await page.locator(".as-of summary").click();
    await sound(page, `${name}-choice`);
    await page.fill("#as-of", "2026-11-20");
    await page.locator(".as-of button").click();
    await page.waitForURL(/as_of=2026-11-20/);
    assert.equal(await page.locator("main .note.warn").count(), 1, "it says that it is not about now");
    await sound(page, `${name}-then`);
    await follow(page, "main table a[href^='/targets/']", /\/targets\/[^/]+\?.*as_of=2026-11-20/);
    await sound(page, `${name}-unit`);
    await page.locator(".as-of summary").click();
    await follow(page, ".as-of .pane a", (address) => !address.search.includes("as_of"));
    assert.equal(await page.locator("main .note.warn").count(), 0);
  });
}

test("a salesperson sees their own targets on a phone, and no others", async () => {
  const page = await company.signedIn("E000013", { viewport: PHONE });
  await page.goto(`${company.address}/dashboard`);
  await page.waitForURL(/\/me\/targets/);
  assert.match(await page.textContent("main"), /个工作日/);
  await sound(page, "own-targets-phone");
  await follow(page, "main a[href*='/me/targets?p=2026-Q4']", /p=2026-Q4/);
  await sound(page, "own-targets-quarter-phone");
  await follow(page, "main .kpi .figure a[href^='/explain']", /\/explain/);
  await sound(page, "own-explain-phone");
  const dashboard = await page.locator("a[href='/dashboard'], a[href='/targets']").count();
  assert.equal(dashboard, 0, "no door leads where nothing is seen");
});
