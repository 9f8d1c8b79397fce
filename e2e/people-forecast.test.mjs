// What people say a month will come to: a salesperson says it on a phone, the leader says otherwise beside it, the director
// reads the roll-up and whose pipeline is too thin.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { companyOn, engines } from "./demo.mjs";
import { DESKTOP, PHONE } from "./support.mjs";

for (const engine of engines) describe(`people's forecast on ${engine}`, { concurrency: 1 }, () => {
  let company;

  before(async () => {
    company = await companyOn(engine);
  }, { timeout: 300_000 });

  after(() => company?.stop());

  async function sound(page, name) {
    // A navigation may leave a request of the page before behind; what is refused on purpose is answered with 422 and 404.
    page.troubles = page.troubles.filter((trouble) => !/^request:|status of 4/.test(trouble));
    await company.sound(page, name);
  }

  /** The amount of a figure below a name, in fen. */
  function figure(page, name) {
    return page.locator("main dl div", { hasText: name }).locator("data").first().getAttribute("value");
  }

  test("a salesperson says on a phone what will come, a leader says otherwise, the director sees both", async () => {
    const phone = await company.signedIn("E000013", { viewport: PHONE });
    await phone.goto(`${company.address}/inbox`);
    await sound(phone, "people-forecast-inbox");
    await phone.locator("a[href='/forecast/people/E000013']").first().click();
    await phone.waitForURL(/\/forecast\/people\/E000013/);
    // Last week's numbers stand there; a best case below the commitment is refused and nothing typed is lost.
    assert.notEqual(await phone.inputValue("[name=month-commit]"), "");
    await phone.fill("[name=month-commit]", "38.5");
    await phone.fill("[name=month-best]", "30");
    await phone.click("main form button.primary");
    await phone.waitForSelector(".error-summary");
    assert.equal(await phone.inputValue("[name=month-commit]"), "38.5");
    await sound(phone, "people-forecast-refused");
    // What the check of the page left behind is not swapped into the next one.
    await phone.goto(`${company.address}/forecast/people/E000013`);
    await phone.fill("[name=month-commit]", "38.5");
    await phone.fill("[name=month-best]", "42");
    await phone.fill("[name=note]", "两家在走合同");
    await phone.click("main form button.primary");
    await phone.waitForSelector("[role=status]");
    assert.equal(await phone.inputValue("[name=month-commit]"), "38.5");
    await sound(phone, "people-forecast-said");
    await phone.goto(`${company.address}/inbox`);
    assert.equal(await phone.locator("a[href='/forecast/people/E000013']").count(), 0, "it waits no longer");
    // Somebody else's page is not there for them.
    assert.equal((await phone.goto(`${company.address}/forecast/people/E000019`)).status(), 404);

    const leader = await company.signedIn("E000004", { viewport: DESKTOP });
    await leader.goto(`${company.address}/forecast/people?org=T0001`);
    await sound(leader, "people-forecast-team");
    await leader.locator("main th a[href^='/forecast/people/E000013']").click();
    await leader.waitForURL(/E000013/);
    assert.equal(await leader.locator("[name=month-commit]").count(), 0, "a leader does not say it for somebody");
    await leader.fill("[name=amount]", "33");
    await leader.click("main form button.primary");
    await leader.waitForSelector(".error-summary");
    await leader.fill("[name=reason]", "最大的一单要到下月");
    await leader.click("main form button.primary");
    await leader.waitForSelector("[role=status]");
    assert.equal(await figure(leader, "承诺"), "38500000");
    assert.equal(await figure(leader, "主管判断"), "33000000");
    await sound(leader, "people-forecast-judged");

    const director = await company.signedIn("E000001", { viewport: DESKTOP });
    await director.goto(`${company.address}/forecast?m=revenue`);
    await sound(director, "people-forecast-door");
    await director.locator("main .acts a[href^='/forecast/people']").click();
    await director.waitForURL(/\/forecast\/people\?/);
    await sound(director, "people-forecast-company");
    const [commit, judged] = [await figure(director, "承诺"), await figure(director, "主管判断后")];
    assert.notEqual(commit, judged);
    const rows = await director.locator("main tbody tr").count();
    const sums = await director.locator("main tbody tr td.strong data").evaluateAll((all) =>
      all.reduce((sum, data) => sum + Number(data.value), 0));
    assert.ok(rows >= 4);
    assert.equal(String(sums), commit, "the regions add up to the company");
    await director.goto(`${company.address}/forecast/people?org=T0001`);
    assert.match(await director.textContent("main table"), /最大的一单要到下月/);
  });

  test("the director reads whose pipeline is too thin, and which opportunities count", async () => {
    for (const [name, options] of [
      ["coverage", { viewport: DESKTOP }],
      ["coverage-dark", { viewport: DESKTOP, scheme: "dark" }],
      ["coverage-phone", { viewport: PHONE }],
      ["coverage-en", { viewport: DESKTOP, language: "en" }],
    ]) {
      const page = await company.signedIn("E000001", options);
      await page.goto(`${company.address}/forecast/coverage?p=2026-11&by=members&red=1`);
      const ratios = await page.locator("main table").first().locator("tbody td.strong").allTextContents();
      const numbers = ratios.map((text) => Number.parseFloat(text));
      assert.ok(numbers.length > 5 && numbers.every((ratio) => ratio < 3), `${name}: ${ratios}`);
      assert.deepEqual(numbers, [...numbers].sort((one, other) => one - other), "the worst first");
      await sound(page, name);
      await page.goto(`${company.address}/forecast/coverage?person=E000019`);
      await page.waitForSelector("#opportunities");
      await sound(page, `${name}-person`);
      await page.goto(`${company.address}/forecast/people?of=quarter`);
      await sound(page, `${name}-people`);
    }
  });

  test("sales operations settle what a stage weighs, and coverage follows", async () => {
    const page = await company.signedIn("X000002");
    await page.goto(`${company.address}/settings/pipeline`);
    await sound(page, "pipeline-settings");
    await page.fill("[name=stages]", "报价 = 55\n方案 三十");
    await page.click("main form button.primary");
    await page.waitForSelector(".error-summary");
    await page.fill("[name=stages]", "报价 = 55\n方案 = 30");
    await page.fill("[name=red]", "2.5");
    await page.click("main form button.primary");
    await page.waitForSelector("[role=status]");
    await page.goto(`${company.address}/forecast/coverage?p=2026-11`);
    assert.match(await page.textContent("main"), /55\.0%/);
    assert.match(await page.textContent("main"), /2\.50 倍/);
  });

  test("without scripts a salesperson says it all the same", async () => {
    const page = await company.signedIn("E000020", { viewport: PHONE, scripts: false });
    await page.goto(`${company.address}/forecast/people`);
    await page.waitForURL(/\/forecast\/people\/E000020/);
    for (const [name, amount] of [["month-commit", "30"], ["month-best", "35"], ["quarter-commit", "90"], ["quarter-best", "99"]]) {
      await page.fill(`[name=${name}]`, amount);
    }
    await page.click("main form button.primary");
    await page.waitForURL(/\/forecast\/people\/E000020/);
    assert.equal(await page.inputValue("[name=month-commit]"), "30");
  });
});
