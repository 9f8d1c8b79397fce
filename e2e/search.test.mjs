// Search by keyboard alone: Ctrl K, pinyin, arrows, Enter; the page without scripts; single keys and how to switch them off.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { demo } from "./demo.mjs";
import { DESKTOP, PHONE, open } from "./support.mjs";

let company;

before(async () => {
  company = await demo();
}, { timeout: 300_000 });

after(() => company?.stop());

const chosen = (page) => page.locator("[data-finder] [role=option][aria-selected=true]");

for (const [name, options] of [
  ["search", { viewport: DESKTOP }],
  ["search-dark", { viewport: DESKTOP, scheme: "dark" }],
  ["search-phone", { viewport: PHONE }],
  ["search-en", { viewport: DESKTOP, language: "en" }],
]) {
  test(`a person is found by pinyin and opened with Enter: ${name}`, async () => {
    const page = await company.signedIn("E000001", options);
    await page.keyboard.press("Control+k");
    const box = page.locator("[data-finder] [role=combobox]");
    assert.equal(await box.evaluate((element) => element === document.activeElement), true);
    await page.keyboard.type("li");
    await chosen(page).waitFor();
    await company.sound(page, `${name}-several`);
    // The first is chosen; down and up go through all of them, round the end.
    const first = await chosen(page).getAttribute("id");
    await page.keyboard.press("ArrowDown");
    assert.notEqual(await chosen(page).getAttribute("id"), first);
    assert.equal(await box.getAttribute("aria-activedescendant"), await chosen(page).getAttribute("id"));
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    const last = page.locator("[data-finder] [role=option]").last();
    assert.equal(await chosen(page).getAttribute("id"), await last.getAttribute("id"));
    await page.keyboard.type("zhe");
    await page.locator("[data-finder] [role=option]", { hasText: "李喆" }).first().waitFor();
    await page.waitForFunction(() => document.querySelector("[data-finder] [role=status]").textContent.includes("lizhe"));
    assert.equal(await chosen(page).locator("b").textContent(), "李喆");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/targets\/T0001\/people\/E\d+$/, { waitUntil: "networkidle" });
    assert.match(await page.textContent("main h1"), /李喆/);
  });

  test(`the page of what was found, of nothing and of an address that is not there: ${name}`, async () => {
    const page = await company.signedIn("E000001", options);
    for (const [address, picture] of [["/search", "begin"], ["/search?q=lw", "page"], ["/search?q=xyzzy", "nothing"]]) {
      await page.goto(company.address + address, { waitUntil: "networkidle" });
      await company.sound(page, `${name}-${picture}`);
    }
    const answer = await page.goto(`${company.address}/targets/NOWHERE`, { waitUntil: "networkidle" });
    assert.equal(answer.status(), 404);
    page.troubles = page.troubles.filter((trouble) => !trouble.includes("404"));
    await company.sound(page, `${name}-404`);
    await page.locator("main input[name=q]").fill("hddq");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/search\?q=hddq/, { waitUntil: "networkidle" });
    await page.locator("main .found a[href='/targets/R0001']").click();
    await page.waitForURL(/\/targets\/R0001/);
  });
}

test("Escape leaves the dialog and the focus goes back; Enter before the answer leads to the page", async () => {
  const page = await company.signedIn("E000001", { viewport: DESKTOP });
  const entry = page.locator("[data-find]");
  await entry.focus();
  await page.keyboard.press("Enter");
  await page.locator("[data-finder][open]").waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("[data-finder][open]").count(), 0);
  assert.equal(await entry.evaluate((element) => element === document.activeElement), true);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("yj");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\?q=yj|\/alerts\/\d+/);
});

test("? shows the shortcuts, g and a letter lead to rooms, and both can be switched off", async () => {
  const page = await company.signedIn("E000001", { viewport: DESKTOP });
  await page.keyboard.press("?");
  await page.locator("[data-shortcuts][open]").waitFor();
  await company.sound(page, "search-shortcuts");
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await page.waitForURL(/\/targets$/, { waitUntil: "networkidle" });
  await page.keyboard.press("?");
  await page.locator("[data-single-keys]").uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await page.keyboard.press("g");
  await page.keyboard.press("d");
  await page.keyboard.press("Control+k");
  await page.locator("[data-finder][open]").waitFor();
  assert.equal(await page.locator("[data-shortcuts][open]").count(), 0);
  assert.match(page.url(), /\/targets$/);
});

test("a salesperson finds themselves and nobody else, also without scripts", async () => {
  const page = await open(company.browser, { viewport: PHONE, scripts: false });
  await page.goto(`${company.address}/login`);
  const account = "E000013";
  await page.fill("[name=account]", account);
  await page.fill("[name=password]", "dacheng-demo-2026");
  await page.click("main button, form button");
  await page.waitForURL((at) => !at.pathname.startsWith("/login"));
  await page.locator("[data-find]").click();
  await page.waitForURL(/\/search$/);
  for (const [typed, found] of [["李喆", true], ["吴堃", false], ["华东大区", false]]) {
    await page.locator("main input[name=q]").fill(typed);
    await page.locator("main form[role=search] button").click();
    await page.waitForURL(/q=/);
    assert.equal((await page.locator("main .found a").count()) > 0, found, typed);
  }
});
