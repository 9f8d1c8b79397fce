// Sales operations bring in a file: a bad row is told with its place, the mended file is checked, confirmed, written
// and undone; a large file shows how far it is.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { DESKTOP, PHONE, launch, open, photograph, serve, troubles } from "./support.mjs";

const program = process.env.DACHENG ?? "target/debug/dacheng";
const pictures = process.env.PICTURES;
const password = "长安一片月，万户捣衣声";
const rows = Number(process.env.ROWS ?? 200_000);
let browser, site, folder;

function dacheng(...words) {
  return execFileSync(program, [...words, "--lang", "zh", "--today", "2026-11-23", "--database",
    `sqlite:${folder}/test.db`], { encoding: "utf8" });
}

function file(name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "dacheng-"));
  dacheng("company", "--name", "华辰智控");
  dacheng("import", "units", file("units.csv", "unit,name,parent,leader\nALL,华辰智控,,d1\n"));
  dacheng("import", "members", file("members.csv", "member,name,unit,position\nd1,林远,ALL,director\n" +
    "s1,李喆,ALL,specialist\no1,韩运营,ALL,sales_operations\n"));
  dacheng("import", "customers", file("customers.csv", "customer,name\nc1,云帆贸易\n"));
  dacheng("admin", "members", "--password", password);
  site = await serve(program, ["serve", "--listen", "127.0.0.1:0", "--today", "2026-11-23", "--database",
    `sqlite:${folder}/test.db`]);
  browser = await launch();
  if (pictures) mkdirSync(pictures, { recursive: true });
}, { timeout: 300_000 });

after(async () => {
  await browser?.close();
  site?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

async function signedIn(login, { language, ...options } = {}) {
  const page = await open(browser, options);
  if (language) await page.context().addCookies([{ name: "lang", value: language, url: site.address }]);
  await page.goto(`${site.address}/`);
  await page.fill("[name=account]", login);
  await page.fill("[name=password]", password);
  await page.click("main button, form button");
  await page.waitForURL((at) => !at.pathname.startsWith("/login"));
  await page.waitForLoadState("networkidle");
  return page;
}

async function sound(page, name) {
  assert.deepEqual(await troubles(page), [], name);
  if (pictures) await photograph(page, join(pictures, `${name}.png`));
}

async function send(page, path, kind = "orders") {
  await page.goto(`${site.address}/imports/new?kind=${kind}`);
  await page.setInputFiles("#file", path);
  await page.click("form.form button.primary");
  await page.waitForURL(/\/imports\/\d+$/);
}

const header = "order,customer,member,date,amount,status\n";

test("a bad row is told, the mended file counts, and is undone", async () => {
  const page = await signedIn("o1");
  await page.click("a[href='/imports']");
  await page.waitForURL(/\/imports$/);
  await sound(page, "imports-list");
  await page.goto(`${site.address}/imports/new?kind=orders`);
  await sound(page, "imports-new");
  await page.click("form.form button.primary");
  await page.waitForSelector("[role=alert]");
  assert.match(await page.textContent("[role=alert]"), /请选择要导入的文件/);
  page.troubles.length = 0; // The browser reports the refused form in its console.

  await send(page, file("订单.csv", `${header}N1,c1,s1,2026-11-20,1.2.3,normal\nN2,c1,s1,2026-11-20,5.00,normal\n`));
  await page.waitForSelector("text=有错误，未写入");
  const bad = await page.locator("table tbody tr").first().innerText();
  for (const part of ["订单.csv", "2", "amount", "1.2.3", "不是数字"]) assert.ok(bad.includes(part), `${part}: ${bad}`);
  await sound(page, "imports-refused");

  await send(page, file("订单.csv", `${header}N1,c1,s1,2026-11-20,123.00,normal\nN2,c1,s1,2026-11-20,5.00,normal\n`));
  await page.waitForSelector("button:has-text('导入 2 行订单')");
  assert.match(await page.textContent("main"), /128\.00/);
  await sound(page, "imports-checked");
  await page.click("button:has-text('导入 2 行订单')");
  await page.waitForSelector("text=已导入，目标达成和看板已更新。");
  await sound(page, "imports-done");
  await page.click("button:has-text('撤销这次导入')");
  await page.waitForSelector("text=不再计入");
  await sound(page, "imports-undone");
});

test("a large file shows how far it is, and others are not kept waiting", async () => {
  const page = await signedIn("o1");
  const lines = Array.from({ length: rows }, (_, at) => `L${at},c1,s1,2026-10-${10 + (at % 20)},1.00,normal\n`);
  await send(page, file("large.csv", header + lines.join("")));
  const seen = new Set(); // How far it is, in thousandths. A fast machine may show a single step of the check.
  const other = await signedIn("d1");
  const watch = async (until) => {
    for (;;) {
      const value = await page.locator("progress").getAttribute("value", { timeout: 500 }).catch(() => null);
      if (value) seen.add(value);
      if (await page.locator(until).count()) return;
      const begun = performance.now();
      await other.goto(`${site.address}/dashboard`);
      assert.ok(performance.now() - begun < 10_000, "a page waits for an import");
    }
  };
  await watch("button:has-text('行订单')");
  if (pictures) await photograph(page, join(pictures, "imports-large-checked.png"));
  await page.click("button:has-text('行订单')");
  await watch("text=已导入，目标达成和看板已更新。");
  assert.ok([...seen].some((value) => value > 0 && value < 1000), `progress was seen at ${[...seen]}`);
}, { timeout: 600_000 });

test("without JavaScript the same pages lead through", async () => {
  const page = await signedIn("o1", { scripts: false });
  await send(page, file("plain.csv", `${header}P1,c1,s1,2026-11-20,1.00,normal\n`));
  for (let tries = 0; tries < 50 && !(await page.locator("button:has-text('导入 1 行订单')").count()); tries += 1) {
    await page.goto(page.url());
  }
  await page.click("button:has-text('导入 1 行订单')");
  for (let tries = 0; tries < 50 && !(await page.locator("text=已导入").count()); tries += 1) {
    await page.goto(page.url());
  }
  assert.match(await page.textContent("main"), /已导入/);
});

for (const [name, options] of [
  ["dark", { viewport: DESKTOP, scheme: "dark" }],
  ["phone", { viewport: PHONE }],
  ["en", { viewport: DESKTOP, language: "en" }],
]) {
  test(`the pages are sound: ${name}`, async () => {
    const page = await signedIn("o1", options);
    for (const path of ["/imports", "/imports/new?kind=customers", "/imports/new?kind=calendar"]) {
      await page.goto(site.address + path);
      await sound(page, `imports${path.replaceAll(/\W/g, "-")}-${name}`);
    }
    await page.goto(`${site.address}/imports`);
    const links = await page.locator("tbody a").evaluateAll((all) => all.map((link) => link.href));
    for (const link of links.slice(0, 8)) {
      await page.goto(link);
      await sound(page, `imports-${link.split("/").at(-1)}-${name}`);
    }
  });
}
