// A responsibility letter from the board to the last signature, on either engine, and its pages in every look.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { companyOn, engines } from "./demo.mjs";
import { DESKTOP, PHONE } from "./support.mjs";

for (const engine of engines) describe(`responsibility letters on ${engine}`, { concurrency: 1 }, () => {
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

  /** The addresses of the letters in a state. */
  const letters = (page, state) => page.evaluate(async (state) => {
    const answer = await fetch(`/api/v1/letters?plan=2026&state=${state}&limit=1000`);
    return (await answer.json()).items.map((own) => own.number);
  }, state);

  test("a member signs on a phone what waits in the inbox", { timeout: 120_000 }, async () => {
    const page = await at("E000047", "/inbox", { viewport: PHONE });
    await page.click("main a:has-text('签署本人责任书')");
    await page.waitForURL(/\/letters\/ZR-/);
    await company.sound(page, `letter-${engine.toLowerCase()}-sign-phone`);
    await page.check("#sign [name=read]");
    await page.click("#sign button.primary");
    await page.waitForSelector("[role=alert]");
    assert.match(await page.textContent("[role=alert]"), /请先勾选/);
    await page.check("#sign [name=read]");
    await page.check("#sign [name=agree]");
    await page.click("#sign button.primary");
    await page.getByText("已签署。").first().waitFor();
    assert.match(await page.textContent("h1"), /待上级签署/);
    await page.context().close();
  });

  test("operations change a returned letter, and who signs sees what changed", { timeout: 120_000 }, async () => {
    const page = await at("X000002", "/letters?state=returned");
    const [number] = await letters(page, "returned");
    await page.click("main table a");
    await page.waitForURL(new RegExp(`/letters/${number}`));
    await page.click("a:has-text('修改为新版本')");
    await page.waitForSelector("#weight-0");
    await page.fill("#weight-0", "50");
    await page.fill("#weight-1", "40");
    await page.click("main form button.primary");
    await page.getByText("草稿已保存。").first().waitFor();
    await page.click("form[action$='/issue'] button.primary");
    await page.waitForSelector("[role=alert]");
    assert.match(await page.textContent("[role=alert]"), /90\.00%/, "the weights are said before it goes out");
    await page.click("a:has-text('编辑草稿')");
    await page.waitForSelector("#weight-1");
    await page.fill("#weight-1", "50");
    await page.click("main form button.primary");
    await page.getByText("草稿已保存。").first().waitFor();
    await page.click("form[action$='/issue'] button.primary");
    await page.getByText("已签发 1 份。").first().waitFor();
    await page.click("a:has-text('与第 1 版对比')");
    await page.waitForURL(/compare\?from=1&to=2/);
    assert.match(await page.textContent("main"), /权重/);
    page.troubles = page.troubles.filter((trouble) => !/422/.test(trouble)); // That answer was asked for.
    await company.sound(page, `letter-${engine.toLowerCase()}-compare`);
    await page.context().close();
  });

  test("a printed letter is known by its code, a forged one is not", { timeout: 120_000 }, async () => {
    const page = await at("E000013", "/letters");
    const [number] = await letters(page, "in_force");
    const digest = await page.evaluate(async (number) => (await (await fetch(`/api/v1/letters/${number}`)).json()).digest, number);
    await page.goto(`${company.address}/verify`, { waitUntil: "networkidle" });
    await page.fill("[name=no]", number);
    await page.fill("[name=code]", digest.slice(0, 32).replace(/(.{4})/g, "$1 "));
    await page.click("main form button.primary");
    await page.getByText("内容一致").first().waitFor();
    await company.sound(page, `letter-${engine.toLowerCase()}-verify`);
    await page.fill("[name=code]", `0${digest.slice(1, 32)}`.replace(/^./, (first) => (digest[0] === first ? "1" : first)));
    await page.click("main form button.primary");
    await page.getByText("没有内容与此编号").first().waitFor();
    await page.context().close();
  });

  for (const [name, options] of [
    ["desktop", { viewport: DESKTOP }],
    ["dark", { viewport: DESKTOP, scheme: "dark" }],
    ["phone", { viewport: PHONE }],
    ["en", { viewport: DESKTOP, language: "en" }],
  ]) {
    test(`the pages of letters are sound: ${name}`, { timeout: 120_000 }, async () => {
      const page = await at("X000002", "/letters", options);
      await company.sound(page, `letters-${name}-board`);
      const [signed] = await letters(page, "in_force");
      for (const [address, picture] of [
        [`/letters/${signed}`, "one"],
        [`/letters/${signed}/edit`, "edit"],
        ["/letters/template", "template"],
        ["/letters?state=overdue", "overdue"],
        ["/inbox", "inbox"],
      ]) {
        await page.goto(`${company.address}${address}`, { waitUntil: "networkidle" });
        await company.sound(page, `letters-${name}-${picture}`);
      }
      await page.context().close();
    });
  }
});
