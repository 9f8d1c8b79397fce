// The password again: a director reopens a month after a while, mistypes, and goes on with what was written; on a phone
// without scripts; in English; and the table that says what asks. The server counts a password for one second only.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { demo } from "./demo.mjs";
import { PHONE } from "./support.mjs";

const PASSWORD = "dacheng-demo-2026";
const REASON = "更正：客户“云帆”漏录退货\n共 2 笔 <已核对> & 已签收";
const ASKED = "h1:has-text('请再次输入密码')";
let company;

before(async () => {
  company = await demo("--step-up-after", "1");
}, { timeout: 300_000 });

after(() => company?.stop());

/** A password that was just given counts no more. */
const later = () => pause(1_100);

/** The address of a refused form answers 422, which the browser's console notes. */
function expected(page) {
  page.troubles = page.troubles.filter((trouble) => !/status of 422/.test(trouble));
}

test("a director reopens a month with the password, and nothing that was written is lost", { timeout: 120_000 }, async () => {
  const director = await company.signedIn("E000001");
  await director.goto(`${company.address}/closes/2026-10`);
  await later();
  await director.fill("[name=reason]", REASON);
  await director.click("button:has-text('签字重新打开')");
  await director.waitForSelector(ASKED);
  expected(director);
  assert.equal(await director.evaluate(() => document.activeElement.name), "step-up-password", "the cursor is there");
  assert.ok(await director.locator("text=重新打开已结账的月份").count(), "what is about to be done is named");
  await company.sound(director, "step-up");
  await director.goto(`${company.address}/closes/2026-10`);
  await later();
  await director.fill("[name=reason]", REASON);
  await director.click("button:has-text('签字重新打开')");
  await director.waitForSelector(ASKED);
  await director.fill("[name=step-up-password]", "not this one");
  await director.click("button:has-text('确认并继续')");
  await director.waitForSelector(".error-summary:has-text('密码不正确')");
  expected(director);
  assert.equal(await director.inputValue("[name=reason]"), REASON, "kept as it was written");
  await company.sound(director, "step-up-wrong");
  await director.fill("[name=step-up-password]", PASSWORD);
  await director.click("button:has-text('确认并继续')");
  await director.waitForURL(/\/closes\/2026-10$/);
  await director.waitForSelector("text=等待另一方签字");
  expected(director);
  const said = (await director.locator("main").innerText()).replace(/\s+/g, " ");
  assert.ok(said.includes(REASON.replace(/\s+/g, " ")), "the reason arrived whole");
  await company.sound(director, "step-up-done");
});

test("on a phone in the dark a token is made in one step, with scripts and without", { timeout: 120_000 }, async () => {
  for (const scripts of [true, false]) {
    const page = await company.signedIn("E000013", { viewport: PHONE, scheme: "dark", scripts });
    await page.goto(`${company.address}/me`);
    await page.locator("summary:has-text('选择权限')").click();
    await page.fill("[name=token]", "夜间对账");
    await page.locator("form[action='/me/tokens'] input[type=checkbox]").first().check();
    await later();
    await page.click("button:has-text('创建令牌')");
    await page.waitForSelector(ASKED);
    expected(page);
    if (scripts) await company.sound(page, "step-up-phone-dark");
    await page.fill("[name=step-up-password]", PASSWORD);
    await page.click("button:has-text('确认并继续')");
    await page.waitForSelector("text=dacheng_");
    assert.equal(await page.inputValue("#token"), "", "the form is empty again");
    assert.ok(await page.locator("table th:has-text('夜间对账')").count(), "the token has the name that was typed");
    assert.deepEqual(page.troubles, []);
  }
});

test("in English a security administrator turns back, and the table says what asks", { timeout: 60_000 }, async () => {
  const page = await company.signedIn("secadmin", { language: "en" });
  await page.goto(`${company.address}/settings/roles`);
  await company.sound(page, "step-up-table-english");
  await page.goto(`${company.address}/settings/roles`);
  await later();
  await page.fill("[name=idle]", "600");
  await page.click("button:has-text('Save')");
  await page.waitForSelector("h1:has-text('Enter your password again')");
  expected(page);
  await company.sound(page, "step-up-english");
  await page.click("a:has-text('Back, without doing it')");
  await page.waitForSelector("h1:has-text('Roles and permissions')");
  assert.notEqual(await page.inputValue("[name=idle]"), "600", "nothing was done");
});
