// The plan of 2027: sales operations make it, set the total, break it down to a region, meet an impossible preview,
// take the sheet out and bring it back, and submit; an executive puts it in force with a reason.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { demo } from "./demo.mjs";
import { DESKTOP, PHONE } from "./support.mjs";

let company;

before(async () => {
  company = await demo();
}, { timeout: 300_000 });

after(() => company?.stop());

/** Opens a page afresh, as pictures and checks leave traces in one. A refused form is no trouble. */
async function sound(page, path, name) {
  page.troubles = page.troubles.filter((trouble) => !/status of 422/.test(trouble));
  await page.goto(`${company.address}${path}`);
  await company.sound(page, name);
}

/** Follows the first line of the grid to the sheet of its unit. */
async function goInto(page) {
  const link = page.locator(".grid tbody a").first();
  const name = (await link.textContent()).trim();
  await link.click();
  await page.waitForSelector(`h1:has-text("${name}")`);
}

test("operations make the plan of 2027, break it down and submit it", { timeout: 240_000 }, async () => {
  const page = await company.signedIn("X000002");
  await page.goto(`${company.address}/plans`);
  await page.click("main details.disclosure summary");
  await page.fill("[name=name]", "2027 基准方案");
  await page.click("button:has-text('新建计划')");
  await page.waitForSelector("text=已新建计划");

  await page.fill("[name=amount]", "36000");
  await page.fill("[name=floor]", "33000");
  await page.selectOption("[name=by]", "season");
  await page.click("button:has-text('保存目标')");
  await page.waitForSelector("text=已设定年度目标");
  const december = page.locator(".grid thead tr:nth-child(2) td").nth(15);
  assert.notEqual((await december.textContent()).trim(), "0", "a season by months that are over");

  await page.click("#spread details summary");
  const regions = [0, 1, 2, 3];
  for (const at of regions) await page.fill(`[name=max-${at}]`, "1000");
  await page.click("button:has-text('预览分配结果')");
  await page.waitForSelector("#preview .note.bad");
  assert.match(await page.textContent("#preview"), /4 人上限合计 4000 万，差 32000 万/);
  assert.equal(await page.inputValue("[name=max-0]"), "1000", "what was typed is kept");
  for (const at of regions) await page.fill(`[name=max-${at}]`, "");
  await page.click("button:has-text('预览分配结果')");
  await page.waitForSelector("#preview table");
  await page.click("button:has-text('保存这次分配')");
  await page.waitForSelector("text=已分解到");

  await goInto(page);
  await page.click("#below button");
  await page.waitForSelector("text=/已分解 \\d+ 个单位/");
  await goInto(page);
  assert.match(await page.textContent("h1"), /组/);
  assert.match(await page.textContent(".balance"), /每个月的下级合计都与目标一致/);
  await page.click("a:has-text('编辑各月')");
  await page.waitForSelector("[name=cell-0-0]");
  await page.fill("[name=cell-0-0]", "1");
  await page.waitForSelector(".grid thead tr:nth-child(3) .under");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.name), "cell-1-0", "Enter goes down");
  await page.keyboard.press("ArrowUp");
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "1\t1,234.5\r\n2万\tx\r\n");
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  assert.equal(await page.inputValue("[name=cell-0-1]"), "1,234.5", "a block is pasted from its first cell");
  assert.equal(await page.inputValue("[name=cell-1-0]"), "2万");
  assert.ok(await page.locator("[name=cell-1-1][data-wrong]").count(), "what cannot be read is marked");
  await page.keyboard.press("Control+z");
  assert.notEqual(await page.inputValue("[name=cell-1-0]"), "2万", "one step back");
  await page.click("button:has-text('保存各月')");
  await page.waitForSelector(".error-summary");
  assert.equal(await page.inputValue("[name=cell-0-0]"), "1");

  await page.goto(`${company.address}/plans/2027`);
  await page.click("summary:has-text('导出')");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("a:has-text('Excel 工作簿')")]);
  const sheet = join(company.folder, "sheet.xlsx");
  await download.saveAs(sheet);
  await page.goto(`${company.address}/plans/2027/import`);
  await page.setInputFiles("#file", sheet);
  await page.click("main form button.primary");
  await page.waitForSelector("text=文件与现有目标一致");

  await page.click("button:has-text('提交评审')");
  await page.waitForSelector("text=已提交评审");
  await sound(page, "/plans/2027", "plans-review");
});

test("an executive puts it in force with a reason", { timeout: 120_000 }, async () => {
  const director = await company.signedIn("E000001");
  await director.goto(`${company.address}/plans/2027`);
  assert.equal(await director.locator("button:has-text('使计划生效')").count(), 0);
  const executive = await company.signedIn("X000001");
  await executive.goto(`${company.address}/plans/2027`);
  await executive.click("button:has-text('使计划生效')");
  await executive.waitForSelector(".error-summary");
  await executive.fill("#way form:has(button:has-text('使计划生效')) [name=reason]", "华南一季度前完成分解");
  await executive.click("button:has-text('使计划生效')");
  await executive.waitForSelector("text=计划已生效");
  assert.match(await executive.textContent("#way"), /华南一季度前完成分解/);
});

for (const [name, account, options] of [
  ["plans-director", "E000001", { viewport: DESKTOP }],
  ["plans-director-dark", "E000001", { viewport: DESKTOP, scheme: "dark" }],
  ["plans-director-english", "E000001", { viewport: DESKTOP, language: "en" }],
  ["plans-manager", "E000002", { viewport: DESKTOP }],
  ["plans-leader-phone", "E000004", { viewport: PHONE }],
]) {
  test(`the list and a plan are sound: ${name}`, { timeout: 120_000 }, async () => {
    const page = await company.signedIn(account, options);
    await sound(page, "/plans", `${name}-list`);
    await sound(page, "/plans/2026", `${name}-plan`);
  });
}
