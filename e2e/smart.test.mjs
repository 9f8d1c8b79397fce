// The SMART check while somebody types, a target taken into a draft, objectives, and a qualitative target that is scored.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { demo } from "./demo.mjs";
import { DESKTOP, PHONE } from "./support.mjs";

let company;

before(async () => {
  company = await demo();
}, { timeout: 300_000 });

after(() => company?.stop());

for (const [name, options, sentence, vague] of [
  ["smart", { viewport: DESKTOP }, "Q3 销售额达 500 万元，其中新产品占比 30%", "提升销售额"],
  ["smart-dark", { viewport: DESKTOP, scheme: "dark" }, "Q3 销售额达 500 万元", "提升销售额"],
  ["smart-phone", { viewport: PHONE }, "Q3 销售额达 500 万元，其中新产品占比 30%", "提升销售额"],
  ["smart-en", { viewport: DESKTOP, language: "en" }, "Revenue of 5 million yuan in Q3", "Raise revenue"],
]) {
  test(`what is typed is read without leaving the page: ${name}`, async () => {
    const page = await company.signedIn("X000002", options);
    await page.goto(`${company.address}/plans/2027-A/smart`, { waitUntil: "networkidle" });
    await company.sound(page, `${name}-empty`);
    const box = page.locator("#q");
    await box.click();
    await page.keyboard.type(vague);
    await page.locator("#smart-found .badge.bad").first().waitFor();
    assert.equal(await box.evaluate((element) => element === document.activeElement), true, "the cursor stays");
    assert.equal(await box.inputValue(), vague);
    await box.fill(sentence);
    await page.locator("#smart-found button").first().waitFor();
    assert.match(page.url(), /\/smart$/, "nothing was sent as a page");
    await company.sound(page, `${name}-read`);
    await page.context().close();
  });
}

test("a target is taken into the draft by a button", async () => {
  const page = await company.signedIn("X000002");
  const sentence = encodeURIComponent("2027 年 12 月销售额达 2000 万元");
  await page.goto(`${company.address}/plans/2027-A/smart?q=${sentence}`, { waitUntil: "networkidle" });
  await page.locator("#smart-found form button").first().click();
  await page.waitForURL(/\/plans\/2027-A\?metric=revenue/);
  assert.match(await page.textContent("main"), /已写入计划/);
  await page.context().close();
});

for (const [name, options] of [
  ["objectives", { viewport: DESKTOP }],
  ["objectives-dark", { viewport: DESKTOP, scheme: "dark" }],
  ["objectives-phone", { viewport: PHONE }],
  ["objectives-en", { viewport: DESKTOP, language: "en" }],
]) {
  test(`objectives and qualitative targets are sound: ${name}`, async () => {
    const page = await company.signedIn("X000002", options);
    for (const [address, picture] of [
      ["/objectives", "list"],
      ["/objectives/S1", "one"],
      ["/rubrics", "rubrics"],
      ["/rubrics/1", "scored"],
      ["/rubrics/2", "to-score"],
      ["/plans", "plans"],
    ]) {
      await page.goto(company.address + address, { waitUntil: "networkidle" });
      await company.sound(page, `${name}-${picture}`);
    }
    await page.context().close();
  });
}

test("the rater finds it in the inbox and scores it", async () => {
  const page = await company.signedIn("X000003");
  await page.goto(`${company.address}/inbox`, { waitUntil: "networkidle" });
  await page.locator("a.button", { hasText: "评分" }).first().click();
  await page.waitForURL(/\/rubrics\/\d+$/);
  await company.sound(page, "rubric-form");
  await page.locator("input[name=score][value='5']").check();
  await page.locator("#note").fill("渠道带来两家新客户");
  await page.locator("form[action$='/rate'] button").click();
  await page.locator("text=125.0%").first().waitFor();
  assert.equal(await page.locator("form[action$='/rate']").count(), 0, "once");
  await page.context().close();
});
