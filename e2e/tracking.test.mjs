// The close of November 2026: sales operations propose it, finance closes it, its alerts open; a salesperson answers
// one on a phone, is sent back once, is accepted; the director finds it in the ledger and takes the ledger out.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { demo } from "./demo.mjs";
import { PHONE } from "./support.mjs";

let company;

before(async () => {
  company = await demo("--today", "2026-12-02");
}, { timeout: 300_000 });

after(() => company?.stop());

/** Opens a page afresh, and again after, as pictures and checks leave traces in one. A refused form is no trouble, nor
 * a request that was still on its way when a page was left. */
async function sound(page, path, name) {
  page.troubles = page.troubles.filter((trouble) => !/status of 422|^request:/.test(trouble));
  await page.goto(`${company.address}${path}`);
  await company.sound(page, name);
  await page.goto(`${company.address}${path}`);
}

/** What a program reads as somebody who is signed in. */
async function read(page, path) {
  return page.evaluate(async (path) => (await fetch(path)).json(), path);
}

const november = "/api/v1/alerts?month=2026-11&limit=1000";
let alert;

test("operations propose November with the totals of the source, finance closes it", { timeout: 120_000 }, async () => {
  const director = await company.signedIn("E000001");
  assert.deepEqual((await read(director, november)).items, [], "nothing fires before the close");

  const operations = await company.signedIn("X000002");
  await sound(operations, "/closes/2026-11", "close-due");
  await operations.click("button:has-text('提请')");
  await operations.waitForSelector(".error-summary");
  for (const row of await operations.locator(".columns-2:has([name^=total-])").all()) {
    await row.locator("[name^=total-]").fill("1");
    await row.locator("[name^=reason-]").fill("来源系统未记当月最后一天");
  }
  await operations.click("button:has-text('提请')");
  await operations.waitForSelector("text=已提请，等待财务结账");
  assert.equal(await operations.locator("button:has-text('结账')").count(), 0, "whoever proposes does not close");
  await sound(operations, "/closes/2026-11", "close-proposed");

  const finance = await company.signedIn("X000004");
  await finance.goto(`${company.address}/closes/2026-11`);
  await finance.click("button:has-text('结账')");
  await finance.waitForSelector("text=本次结账触发");
  await sound(finance, "/closes/2026-11", "close-closed");

  const raised = (await read(director, november)).items;
  assert.ok(raised.length > 0, "the close opens alerts");
  alert = raised.find((own) => own.owner.startsWith("member:") && own.plan?.state === "open" && own.level === "yellow");
  assert.ok(alert, "a salesperson has an alert that waits for a plan");
});

test("a salesperson writes the plan on a phone, is sent back once and accepted", { timeout: 180_000 }, async () => {
  const writer = await company.signedIn(alert.owner.replace("member:", ""), { viewport: PHONE });
  const path = `/alerts/${alert.id}`;
  await writer.goto(`${company.address}/inbox`);
  assert.ok(await writer.locator(`main a[href='${path}']`).count(), "the inbox leads to the plan");
  await sound(writer, path, "plan-empty-phone");
  await writer.fill("[name=cause]", "两家大客户把采购推迟到一季度");
  await writer.click("button:visible:has-text('提交改进计划')");
  await writer.waitForSelector(".error-summary");
  assert.equal(await writer.inputValue("[name=cause]"), "两家大客户把采购推迟到一季度", "what was typed is kept");
  await writer.fill("[name=goal]", "12月完成率恢复到 85% 以上");
  await writer.fill("[name=step-1-text]", "逐一回访重点客户");
  await writer.fill("[name=step-1-who]", "本人");
  await writer.fill("[name=step-1-from]", "2026-12-03");
  await writer.fill("[name=step-1-to]", "2026-12-18");
  await writer.click("button:visible:has-text('提交改进计划')");
  await writer.waitForSelector("text=改进计划已提交");
  const name = (await writer.textContent("main")).match(/等待(\S+?)核查/)[1];
  await sound(writer, path, "plan-submitted-phone");

  const checker = await leaderNamed(name, path);
  await checker.click("button[value=return]");
  await checker.waitForSelector(".error-summary");
  await checker.fill("[name=note]", "请写明每家客户的预计签约时间");
  await checker.click("button[value=return]");
  await checker.waitForSelector("text=已退回");

  await writer.goto(`${company.address}${path}`);
  assert.match(await writer.textContent("main"), /请写明每家客户的预计签约时间/);
  await writer.fill("[name=step-1-text]", "逐一回访重点客户，12月18日前签约两家");
  await writer.click("button:visible:has-text('提交改进计划')");
  await writer.waitForSelector("text=改进计划已提交");

  await checker.goto(`${company.address}${path}`);
  await checker.click("button[value=accept]");
  await checker.waitForSelector("text=已批准");
  await sound(checker, path, "plan-accepted");
});

/** The page of a case as the leader whose name is said; a leader of that name, not a salesperson. */
async function leaderNamed(name, path) {
  const director = await company.signedIn("E000001");
  const members = (await read(director, "/api/v1/members?limit=1000")).items;
  const leader = members.find((member) => member.name === name && member.position !== "specialist");
  assert.ok(leader, name);
  const page = await company.signedIn(leader.code);
  await page.goto(`${company.address}${path}`);
  return page;
}

test("the director sees it in the ledger and takes the ledger out", { timeout: 120_000 }, async () => {
  const director = await company.signedIn("E000001");
  await director.goto(`${company.address}/alerts`);
  assert.match(await director.textContent("main tbody tr >> nth=0"), /红灯/, "red first");
  await sound(director, "/alerts", "ledger");
  await director.click("summary:has-text('导出')");
  const [download] = await Promise.all([director.waitForEvent("download"), director.click("main a[download]:has-text('Excel')")]);
  const file = join(company.folder, "ledger.xlsx");
  await download.saveAs(file);
  assert.equal(readFileSync(file).subarray(0, 2).toString(), "PK");

  await director.click("main thead a.sort[href*='sort=-due']");
  await director.waitForURL(/sort=-due/);
  await sound(director, "/alerts?show=open&sort=-due", "ledger-by-deadline");
  while (!(await director.locator(`main tbody a[href='/alerts/${alert.id}']`).count())) {
    const here = director.url();
    await director.click("main a[rel=next]");
    await director.waitForURL((address) => address.href !== here && address.search.includes("sort=-due"));
  }

  const english = await company.signedIn("E000001", { language: "en" });
  await sound(english, "/alerts", "ledger-english");
  await sound(english, `/alerts/${alert.id}`, "plan-english");
  await sound(english, "/closes/2026-11", "close-english");
});

test("the director and finance reopen it together, neither alone", { timeout: 120_000 }, async () => {
  const director = await company.signedIn("E000001");
  await director.goto(`${company.address}/closes/2026-11`);
  await director.click("button:has-text('签字重新打开')");
  await director.waitForSelector(".error-summary");
  await director.fill("[name=reason]", "漏导了两笔退货");
  await director.click("button:has-text('签字重新打开')");
  await director.waitForSelector("text=等待另一方签字");
  assert.equal(await director.getAttribute("button:has-text('签字重新打开')", "aria-disabled"), "true", "one person signs once");
  await sound(director, "/closes/2026-11", "close-one-signature");
  assert.ok((await read(director, november)).items.length > 0, "one signature changes nothing");

  const finance = await company.signedIn("X000004");
  await sound(finance, "/closes/2026-11", "close-second-signature");
  await finance.fill("[name=reason]", "同意，已核对退货单");
  await finance.click("button:has-text('签字重新打开')");
  await finance.waitForSelector("text=已重新打开");
  await sound(finance, "/closes/2026-11", "close-reopened");
});
