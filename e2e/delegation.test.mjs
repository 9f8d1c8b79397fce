// Standing in for somebody who is away: a leader lends their checks, the colleague finds them in the inbox marked with
// whom they are for, and the leader ends it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { demo } from "./demo.mjs";
import { PHONE } from "./support.mjs";

let company;

before(async () => {
  company = await demo();
}, { timeout: 300_000 });

after(() => company?.stop());

test("a leader lends their checks to a colleague and ends it", { timeout: 180_000 }, async () => {
  const director = await company.signedIn("E000001");
  await director.goto(`${company.address}/me`);
  await director.click("main a[href='/me/delegation']");
  await director.waitForSelector("h1:has-text('请假代理')");
  await company.sound(director, "delegation-empty");
  await director.reload(); // axe leaves empty style attributes behind, which the next answer would take over.
  await director.click("button:has-text('设置代理')");
  await director.waitForSelector(".error-summary");
  await director.fill("[name=to]", "E000013");
  await director.fill("[name=first]", "2026-11-23");
  await director.fill("[name=last]", "2026-11-27");
  await director.click("button:has-text('设置代理')");
  await director.waitForSelector("tr button:has-text('结束')");
  director.troubles = director.troubles.filter((trouble) => !/status of 422/.test(trouble));
  await director.goto(`${company.address}/me/delegation`);
  await company.sound(director, "delegation-given");

  const colleague = await company.signedIn("E000013", { viewport: PHONE, scheme: "dark" });
  await colleague.goto(`${company.address}/me/delegation`);
  assert.ok(await colleague.locator("table:has(caption:has-text('我代理他人')) tbody tr").count(), "told for whom");
  await company.sound(colleague, "delegation-phone-dark");
  await colleague.goto(`${company.address}/inbox`);
  await company.sound(colleague, "delegation-inbox");

  const english = await company.signedIn("E000001", { language: "en" });
  await english.goto(`${company.address}/me/delegation`);
  await company.sound(english, "delegation-english");
  await director.click("tr button:has-text('结束')");
  await director.waitForSelector("text=代理已结束");
  assert.equal(await director.locator("tr button:has-text('结束')").count(), 0);
});
