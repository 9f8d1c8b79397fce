// Scenarios: a plan is copied, changed, compared, merged, and one of them comes into force while the others are archived.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { companyOn, engines } from "./demo.mjs";
import { DESKTOP, PHONE } from "./support.mjs";

const SIDE = "/plans/compare?plan=2027-A&plan=2027-B&plan=2027-C&metric=revenue&open=HQ,R0001,T0001";

for (const engine of engines) describe(`scenarios on ${engine}`, { concurrency: 1 }, () => {
  let company;

  before(async () => {
    company = await companyOn(engine);
  }, { timeout: 300_000 });

  after(() => company?.stop());

  for (const [name, options] of [
    ["scenarios", { viewport: DESKTOP }],
    ["scenarios-dark", { viewport: DESKTOP, scheme: "dark" }],
    ["scenarios-phone", { viewport: PHONE }],
    ["scenarios-en", { viewport: DESKTOP, language: "en" }],
  ]) {
    test(`the pages are sound: ${name}`, async () => {
      const page = await company.signedIn("X000002", options);
      for (const [address, picture] of [
        [SIDE, "side"],
        ["/plans/2026/copy", "copy"],
        ["/plans/merge?from=2027-C&into=2027-A&owner=unit:R0002&metric=revenue", "merge"],
        ["/plans/2027-B", "copied"],
      ]) {
        await page.goto(company.address + address, { waitUntil: "networkidle" });
        await company.sound(page, `${name}-${picture}`);
      }
      await page.context().close();
    });
  }

  /** The target of a node in each column of the comparison, in fen. */
  async function amounts(page, name) {
    const row = page.locator("tbody tr", { has: page.locator("th", { hasText: name }) }).first();
    return row.locator("td b data").evaluateAll((all) => all.map((own) => Number(own.value)));
  }

  test("copy, change, compare, merge and choose", async () => {
    const page = await company.signedIn("X000002");

    // The base is copied with 5 % more; looking first changes nothing.
    await page.goto(`${company.address}/plans/2027-A/copy`, { waitUntil: "networkidle" });
    await page.fill("#name", "2027 冲刺方案");
    await page.fill("#code", "2027-D");
    await page.fill("#growth-revenue", "5");
    await page.click("button[value=check]");
    await page.locator("#result", { hasText: "246,750,000.00" }).waitFor();
    await page.click("button[value=copy]");
    await page.waitForURL(/\/plans\/2027-D/);
    assert.match(await page.textContent("main"), /复制自 2027 基准方案（2027-A）/);

    // One of its months is changed, with the difference declared.
    await page.goto(`${company.address}/plans/2027-D?at=R0002&edit=all`, { waitUntil: "networkidle" });
    const cell = page.locator("#cells input[name^='cell-0-']").first();
    await cell.fill("100");
    await page.locator("input[name=difference][value=declare]").check();
    await page.locator("#cells button.primary").click();
    await page.locator("text=已保存").first().waitFor();

    // It stands beside the base.
    await page.goto(`${company.address}/plans/compare?plan=2027-A&plan=2027-D&metric=revenue`, { waitUntil: "networkidle" });
    await company.sound(page, "scenarios-beside");
    const [base, sprint] = await amounts(page, "华辰智控");
    assert.deepEqual([base, sprint], [23_500_000_000, 24_675_000_000]);
    assert.match(await page.textContent("main"), /概率可信吗/);

    // The south of the sprint is taken into the base; the company's total follows.
    const before = await amounts(page, "华南大区");
    await page.locator("tbody tr", { hasText: "华南大区" }).locator("a.button").click();
    await page.waitForURL(/\/plans\/merge/);
    await page.selectOption("#from", "2027-D");
    await page.selectOption("#into", "2027-A");
    await page.click("main form[method=get] button");
    await page.locator("#changes", { hasText: "华南大区" }).waitFor();
    await company.sound(page, "scenarios-to-merge");
    await page.click("#changes form button.primary");
    await page.waitForURL(/\/plans\/2027-A/);
    assert.match(await page.textContent("main"), /合并到/);
    await page.goto(`${company.address}/plans/compare?plan=2027-A&plan=2027-D&metric=revenue`, { waitUntil: "networkidle" });
    assert.deepEqual(await amounts(page, "华南大区"), [before[1], before[1]]);
    assert.deepEqual((await amounts(page, "华辰智控"))[0], base + before[1] - before[0]);

    // It is submitted, and put in force by who approves; the others are archived, as was told.
    await page.locator("a.button", { hasText: "选定此方案" }).first().click();
    await page.waitForURL(/\/plans\/2027-A#way/);
    await page.locator("form[action$='/submit'] button").click();
    await page.locator("form[action$='/return']").waitFor();
    await page.context().close();

    const executive = await company.signedIn("X000001");
    await executive.goto(`${company.address}/plans/2027-A#way`, { waitUntil: "networkidle" });
    const force = executive.locator("form[action$='/force']");
    assert.match(await force.textContent(), /2027 冲刺方案、2027 挑战方案、2027 保守方案/);
    await company.sound(executive, "scenarios-to-choose");
    if (await force.locator("[name=reason]").count()) await force.locator("[name=reason]").fill("支持岗位不承担销售指标");
    await force.locator("button").click();
    await executive.waitForSelector("text=计划已生效");
    await executive.goto(`${company.address}/plans`, { waitUntil: "networkidle" });
    const state = (name) => executive.locator("tbody tr", { hasText: name }).textContent();
    assert.match(await state("2027-A"), /生效/);
    for (const code of ["2027-B", "2027-C", "2027-D"]) assert.match(await state(code), /归档/);
    await executive.context().close();

    // What was not chosen is still there, and may come back.
    const again = await company.signedIn("X000002");
    await again.goto(`${company.address}/plans/2027-D`, { waitUntil: "networkidle" });
    await company.sound(again, "scenarios-archived");
    await again.locator("form[action$='/restore'] button").click();
    await again.locator("form[action$='/submit']").waitFor();
    await again.context().close();
  });
});
