// Work beside the requests: the system administrator sees the escalation that ran, the writer whom it was told; an
// auditor begins an export of the trail, leaves, finds it again and downloads it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { demo } from "./demo.mjs";
import { PHONE } from "./support.mjs";

let company;

before(async () => {
  company = await demo("--today", "2026-11-25");
}, { timeout: 300_000 });

after(() => company?.stop());

/** Opens a page until it shows what the runner beside the server has done. */
async function until(page, path, selector) {
  for (let left = 40; left > 0; left -= 1) {
    await page.goto(`${company.address}${path}`);
    if (await page.locator(selector).count()) return;
    await page.waitForTimeout(500);
  }
  assert.fail(`${path} never showed ${selector}`);
}

test("the administrator sees what ran, on a desk, a phone, in the dark and in English", { timeout: 180_000 }, async () => {
  const keeper = await company.signedIn("sysadmin");
  await until(keeper, "/settings/jobs?state=done", "tr:has-text('逾期改进计划升级') >> text=完成");
  await keeper.goto(`${company.address}/settings`);
  await keeper.click("a[href='/settings/jobs']");
  await keeper.waitForSelector("h1:has-text('后台作业')");
  await company.sound(keeper, "jobs");
  assert.equal(await keeper.locator("text=没有失败的作业").count(), 1);
  const phone = await company.signedIn("sysadmin", { viewport: PHONE, scheme: "dark" });
  await phone.goto(`${company.address}/settings/jobs`);
  await company.sound(phone, "jobs-phone-dark");
  const english = await company.signedIn("sysadmin", { language: "en" });
  await english.goto(`${company.address}/settings/jobs`);
  await english.waitForSelector("text=Escalation of overdue plans");
  await company.sound(english, "jobs-english");
});

test("the plan that was overdue says to whom it escalated", { timeout: 60_000 }, async () => {
  const director = await company.signedIn("E000001");
  const plans = await director.evaluate(async () => (await fetch("/api/v1/alerts?limit=1000")).json());
  const late = plans.items.find((own) => own.plan?.overdue && own.owner === "member:E000013");
  assert.ok(late, "the plan that was returned is overdue since yesterday");
  await director.goto(`${company.address}/alerts/${late.id}`);
  await director.waitForSelector("text=/已上报/");
});

test("an export is begun, left, found again and downloaded", { timeout: 180_000 }, async () => {
  const auditor = await company.signedIn("auditor");
  await auditor.goto(`${company.address}/audit`);
  await auditor.click("summary:has-text('导出')");
  await auditor.click("button:has-text('CSV 文件')");
  await auditor.waitForURL(/\/audit\/exports\/\d+$/);
  const own = new URL(auditor.url()).pathname;
  await auditor.goto(`${company.address}/inbox`);
  await until(auditor, "/audit", `a[href='${own}']`);
  await company.sound(auditor, "audit-exports");
  await until(auditor, own, "a:has-text('下载文件')");
  await company.sound(auditor, "export-ready");
  const [download] = await Promise.all([auditor.waitForEvent("download"), auditor.click("a:has-text('下载文件')")]);
  const lines = readFileSync(await download.path(), "utf8").split("\n");
  assert.ok(lines.length > 100 && lines[0].includes("SHA-256"), lines[0]);
  const security = await company.signedIn("secadmin");
  const status = await security.evaluate(async (path) => (await fetch(path)).status, `${own}/file`);
  assert.equal(status, 404, "another's file is not there");
});
