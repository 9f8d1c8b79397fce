// A planning round as a company passes it, on either engine: the past is read, the market noted, the total proposed and taken,
// checked by SMART, tied to an objective, broken down to everybody, reviewed, and put in force: then each sees their own.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { companyOn, engines } from "./demo.mjs";
import { PHONE } from "./support.mjs";

/** The amount a term of a list stands beside. */
const beside = (page, term) => page.locator(`dl div:has(dt:text-is("${term}")) dd`).first().innerText();

for (const engine of engines) describe(`a planning round on ${engine}`, { concurrency: 1 }, () => {
  let company;

  before(async () => {
    company = await companyOn(engine);
  }, { timeout: 300_000 });

  after(() => company?.stop());

  /** Somebody who signed in, on a page. */
  async function at(account, path, options) {
    const page = await company.signedIn(account, options);
    await page.goto(`${company.address}${path}`, { waitUntil: "networkidle" });
    return page;
  }

  /** Nothing is wrong with a page, opened afresh. */
  async function sound(page, name) {
    page.troubles = page.troubles.filter((trouble) => !/^request:/.test(trouble));
    await page.goto(page.url(), { waitUntil: "networkidle" });
    await company.sound(page, `round-${engine.toLowerCase()}-${name}`);
  }

  test("marketing notes what the market will do, with source and date", { timeout: 120_000 }, async () => {
    const page = await at("X000003", "/analysis/notes");
    await page.fill("[name=subject]", "华东自动化市场");
    await page.fill("[name=date]", "2026-11-20");
    await page.fill("[name=growth]", "7.5");
    await page.fill("[name=year]", "2027");
    await page.fill("[name=source]", "行业协会 2026-11 报告");
    await page.click("#new button.primary");
    await page.waitForURL(/\/analysis\/notes\/|\/analysis\/notes$/);
    await page.goto(`${company.address}/analysis`, { waitUntil: "networkidle" });
    assert.match(await page.textContent("main"), /华东自动化市场/);
    await sound(page, "analysis");
    await page.context().close();
  });

  test("operations begin a plan and take the proposal, in which one factor is theirs", { timeout: 120_000 }, async () => {
    const page = await at("X000002", "/forecast?grain=year");
    assert.match(await page.textContent("main"), /P50/);
    await page.goto(`${company.address}/plans`);
    await page.click("main details.disclosure summary");
    await page.fill("[name=name]", "2027 进取方案");
    await page.click("button:has-text('新建计划')");
    await page.waitForSelector("text=已新建计划");
    await page.click("a:has-text('目标建议')");
    await page.waitForSelector("#factors");
    const before = await beside(page, "目标值");
    await page.fill("[name=own]", "6");
    await page.fill("[name=own_reason]", "两个新产品全年在售");
    await page.click("#factors button.primary");
    await page.waitForSelector("td:has-text('两个新产品全年在售')");
    const target = (await beside(page, "目标值")).split("元")[0];
    assert.notEqual(target, before.split("元")[0], "the factor moves the number");
    await sound(page, "proposal");
    await page.click("button:has-text('采用为计划总量')");
    await page.waitForURL(/\/plans\/2027\?/);
    assert.match(await page.textContent("main .balance"), new RegExp(target.trim().replace(".", "\\.")), "the total is the proposal's");
    await page.context().close();
  });

  test("the sentence of the total is checked, and an objective carries it", { timeout: 120_000 }, async () => {
    const page = await at("X000002", `/plans/2027/smart?q=${encodeURIComponent("2027 年销售额达 2.2 亿元")}`);
    await page.waitForSelector("#smart-found .badge");
    assert.ok(await page.locator("#smart-found .badge").count() >= 5, await page.textContent("#smart-found"));
    await page.goto(`${company.address}/objectives`);
    await page.click("main details.disclosure summary");
    await page.fill("[name=code]", "S27");
    await page.fill("[name=name]", "新产品占三成");
    await page.selectOption("[name=year]", "2027");
    await page.fill("[name=owner]", "E000001");
    await page.click("button.primary");
    await page.waitForURL(/\/objectives\/S27/);
    const choice = page.locator("[name=target] option", { hasText: /销售额 · 全公司 · 2027 ·/ }).first();
    await page.selectOption("[name=target]", await choice.getAttribute("value"));
    await page.click("form[action$='/link'] button");
    await page.waitForSelector("td a:text-is('2027')");
    await page.context().close();
  });

  test("it is broken down to everybody, and everybody is covered", { timeout: 120_000 }, async () => {
    const page = await at("X000002", "/plans/2027");
    await page.click("#below button");
    await page.waitForSelector("text=/已分解 \\d+ 个单位/");
    assert.match(await page.textContent(".balance"), /每个月的下级合计都与目标一致/);
    await page.click("button:has-text('提交评审')");
    await page.waitForSelector("text=已提交评审");
    await sound(page, "review");
    await page.context().close();
  });

  test("an executive puts it in force", { timeout: 120_000 }, async () => {
    const page = await at("X000001", "/plans/2027");
    const [, covered, people] = (await page.textContent("#coverage")).match(/(\d+) \/ (\d+) 人目标齐全/);
    assert.ok(Number(people) >= 60 && covered === people, "everybody carries one");
    await page.click("button:has-text('使计划生效')");
    await page.waitForSelector("text=计划已生效");
    await page.context().close();
  });

  test("each sees their own: the regions sum to the company, a salesperson sees one line", { timeout: 120_000 }, async () => {
    const director = await at("E000001", "/targets?p=2027");
    await sound(director, "targets");
    const [whole, ...regions] = await director.evaluate((owners) => Promise.all(owners.map(async (owner) => {
      const answer = await fetch(`/api/v1/attainment?metric=revenue&period=2027&owner=${owner}`);
      return (await answer.json()).total.target;
    })), ["HQ", "R0001", "R0002", "R0003", "R0004"]);
    const fen = (yuan) => Math.round(Number(yuan) * 100);
    assert.ok(fen(whole) > 0);
    assert.equal(regions.map(fen).reduce((sum, own) => sum + own, 0), fen(whole));
    const seller = await at("E000013", "/me/targets?p=2027", { viewport: PHONE });
    assert.match(await seller.textContent("main"), /2027/);
    await sound(seller, "seller-phone");
  });
});
