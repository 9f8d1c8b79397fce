// A director's first minutes with the demo company: sign in, see attainment, explain a number, in both languages,
// light and dark, on a desk and on a phone. The pictures are the README's.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { demo } from "./demo.mjs";
import { DESKTOP, PHONE, open } from "./support.mjs";

let company;

before(async () => {
  company = await demo();
}, { timeout: 300_000 });

after(() => company?.stop());

test("a wrong password is refused with the form kept", async () => {
  const page = await open(company.browser);
  await page.goto(`${company.address}/login`);
  await company.sound(page, "login");
  await page.fill("[name=account]", "E000001");
  await page.fill("[name=password]", "not the password");
  await page.click("main button, form button");
  await page.waitForSelector("[role=alert]");
  assert.equal(await page.inputValue("[name=account]"), "E000001");
  assert.equal(await page.inputValue("[name=password]"), "");
});

for (const [name, options] of [
  ["dashboard", { viewport: DESKTOP }],
  ["dashboard-dark", { viewport: DESKTOP, scheme: "dark" }],
  ["dashboard-phone", { viewport: PHONE }],
  ["dashboard-en", { viewport: DESKTOP, language: "en" }],
]) {
  test(`the dashboard shows attainment: ${name}`, async () => {
    const page = await company.signedIn("E000001", options);
    assert.match(await page.textContent("main"), /\d+\.\d%/);
    assert.equal(await page.getAttribute("html", "lang"), options.language ?? "zh-CN");
    if (options.language === "en") assert.match(await page.textContent("main h1"), /^Sales targets, Nov 2026/);
    await company.sound(page, name);
  });
}

test("a number on the dashboard explains itself to the fen", async () => {
  const page = await company.signedIn("E000001");
  await page.click("main a[href^='/explain']");
  await page.waitForURL(/\/explain/);
  await company.sound(page, "explain");
  const shown = await page.locator("main data").first().getAttribute("value");
  const session = (await page.context().cookies()).find((cookie) => cookie.name === "session");
  const query = new URL(page.url()).searchParams;
  const fen = (yuan) => BigInt(yuan.replace(".", ""));
  const asked = `${company.address}/api/v1/explain?metric=${query.get("m")}&period=${query.get("p")}&limit=1000`;
  let [actual, sum, cursor] = ["", 0n, ""];
  do {
    const answer = await fetch(`${asked}&cursor=${cursor}`, { headers: { cookie: `session=${session.value}` } });
    const part = await answer.json();
    actual = part.actual;
    sum = part.counted.reduce((sum, fact) => sum + fen(fact.amount), sum);
    cursor = part.next;
  } while (cursor);
  assert.equal(fen(actual).toString(), shown);
  assert.equal(sum, fen(actual));
});

test("nobody comes in without signing in", async () => {
  for (const path of ["/dashboard", "/explain?p=2026-11", "/api/v1/attainment?metric=revenue&period=2026"]) {
    const answer = await fetch(`${company.address}${path}`, { redirect: "manual" });
    assert.ok([303, 401].includes(answer.status), `${path}: ${answer.status}`);
  }
});

test("a leader and a salesperson find in the inbox what the other did", async () => {
  for (const [account, task] of [["E000004", "核查改进计划：苏州组 · 方一鸣"], ["E000013", "修改被退回的改进计划：苏州组 · 李喆"]]) {
    const page = await company.signedIn(account);
    await page.goto(`${company.address}/inbox`);
    await page.click(`main a:has-text('${task}')`);
    await page.waitForSelector("text=请补充每家客户的负责人和预计签约时间");
    await page.context().close();
  }
});
