// An own metric from its definition to the dashboard: operations define it, marketing enters its values on a phone, the director sees
// and explains it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { companyOn, engines } from "./demo.mjs";
import { DESKTOP, PHONE } from "./support.mjs";

for (const engine of engines) describe(`own metrics on ${engine}`, { concurrency: 1 }, () => {
  let company;

  before(async () => {
    company = await companyOn(engine);
  }, { timeout: 300_000 });

  after(() => company?.stop());

  test("a metric is defined, entered on a phone and explained on the dashboard", async () => {
    const operations = await company.signedIn("X000002");
    await operations.goto(`${company.address}/settings/metrics/new?kind=entered_sum`, { waitUntil: "networkidle" });
    await operations.fill("[name=zh]", "新品体验会");
    await operations.fill("[name=en]", "Product days");
    await operations.fill("[name=code]", "product_days");
    await operations.fill("[name=word-zh]", "场");
    await operations.selectOption("[name=post]", "marketing");
    await operations.selectOption("[name=carried]", "teams");
    await operations.fill("[name=from]", "2026-10");
    await operations.click("main form button.primary");
    await operations.waitForURL((at) => at.pathname === "/settings/metrics");
    assert.match(await operations.textContent("main"), /新品体验会/);
    await operations.context().close();

    const reporter = await company.signedIn("X000003", { viewport: PHONE });
    await reporter.goto(`${company.address}/inbox`, { waitUntil: "networkidle" });
    await reporter.click("main a[href*='/values/product_days']");
    await reporter.waitForURL(/\/values\/product_days\?month=2026-10/);
    await company.sound(reporter, "own-metrics-phone");
    const fields = reporter.locator("main input[name^='value.']");
    const teams = await fields.count();
    for (let place = 0; place < teams; place += 1) await fields.nth(place).fill("2");
    await reporter.click("main form button.primary");
    await reporter.getByText(`已填报 ${teams} 项`).first().waitFor();
    await reporter.goto(`${company.address}/inbox`, { waitUntil: "networkidle" });
    assert.doesNotMatch(await reporter.textContent("main"), /新品体验会/, "nothing waits any more");
    await reporter.context().close();

    const director = await company.signedIn("E000001");
    await director.goto(`${company.address}/dashboard?m=product_days&p=2026-10`, { waitUntil: "networkidle" });
    assert.match(await director.textContent("main"), /新品体验会/);
    await company.sound(director, "own-metrics-dashboard");
    await director.goto(`${company.address}/explain?m=product_days&p=2026-10`, { waitUntil: "networkidle" });
    const said = await director.textContent("main");
    assert.match(said, new RegExp(String(2 * teams)));
    assert.match(said, /由市场按月为每个团队填报/);
    await company.sound(director, "own-metrics-explain");
    await director.context().close();
  });

  for (const [name, options] of [
    ["desktop", { viewport: DESKTOP }],
    ["dark", { viewport: DESKTOP, scheme: "dark" }],
    ["phone", { viewport: PHONE }],
    ["en", { viewport: DESKTOP, language: "en" }],
  ]) {
    test(`the pages of own metrics and of targets by owner are sound: ${name}`, async () => {
      const page = await company.signedIn("X000002", options);
      for (const [address, picture] of [
        ["/settings/metrics", "all"],
        ["/settings/metrics/new?kind=sum", "sum"],
        ["/settings/metrics/new?kind=ratio", "ratio"],
        ["/settings/metrics/channel_events", "one"],
        ["/values", "values"],
        ["/values/channel_events?month=2026-11", "sheet"],
        ["/plans/2026/owners?at=HQ&metric=conversion_rate", "owners"],
        ["/plans/2027-A/owners?at=HQ&metric=conversion_rate", "owners-draft"],
        ["/plans/2026/owners?at=R0001&metric=channel_events", "averages"],
      ]) {
        await page.goto(`${company.address}${address}`, { waitUntil: "networkidle" });
        await company.sound(page, `own-metrics-${name}-${picture}`);
      }
      await page.context().close();
    });
  }
});
