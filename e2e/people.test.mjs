// The first day of a company: an empty database, the first administrator by a one-time link of the command line,
// accounts, a security administrator who grants a post, and a new person who signs in by a one-time link.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { PHONE, launch, open, serve, troubles } from "./support.mjs";

const program = process.env.DACHENG ?? "target/debug/dacheng";
const PASSWORD = "长安一片月，万户捣衣声";
let browser, site, folder, database;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "dacheng-"));
  database = `sqlite:${join(folder, "people.db")}`;
  site = await serve(program, ["serve", "--database", database, "--listen", "127.0.0.1:0"]);
  browser = await launch();
}, { timeout: 60_000 });

after(async () => {
  await browser?.close();
  site?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

async function sound(page, name) {
  assert.deepEqual(await troubles(page), [], name);
}

async function signIn(login, options) {
  const page = await open(browser, options);
  await page.goto(`${site.address}/login`);
  await page.fill("[name=account]", login);
  await page.fill("[name=password]", PASSWORD);
  await page.click("main button");
  await page.waitForURL((url) => !url.pathname.startsWith("/login"));
  return page;
}

/** Sets the password of a one-time link. */
async function setUp(link, fields = {}) {
  const page = await open(browser);
  await page.goto(link);
  await sound(page, "setup");
  for (const [name, value] of Object.entries(fields)) await page.fill(`[name=${name}]`, value);
  await page.fill("[name=password]", PASSWORD);
  await page.fill("[name=repeat]", PASSWORD);
  await page.click("main button");
  await page.waitForURL(/\/login/);
  await page.context().close();
}

/** Makes an account and answers its one-time link. */
async function invite(page, name, account) {
  await page.goto(`${site.address}/settings/people/invite`);
  await page.fill("[name=name]", name);
  await page.fill("[name=account]", account);
  await page.click("main form button");
  await page.waitForSelector("[role=status] .formula");
  await sound(page, "invited");
  return page.textContent("[role=status] .formula");
}

/** Grants a post for the company. */
async function grant(page, name, role) {
  await page.goto(`${site.address}/settings/people`);
  await page.click(`main a:has-text("${name}")`);
  await page.waitForSelector("h1");
  await page.selectOption("[name=role]", role);
  await page.click("main button:has-text('授予岗位')");
  await page.waitForSelector("main .note.ok");
  await sound(page, "granted");
}

test("a company begins with one link of the command line", { timeout: 120_000 }, async () => {
  const printed = execFileSync(program, ["admin", "invite", "--site", site.address, "--database", database]);
  const link = printed.toString().match(/https?:\/\/\S+/)[0];
  await setUp(link, { company: "华辰智控", name: "杨喆", account: "yang" });
  const used = await fetch(link);
  assert.equal(used.status, 422, "a link works once");

  const admin = await signIn("yang");
  assert.match(admin.url(), /\/first-steps$/);
  await sound(admin, "first steps");
  await admin.goto(`${site.address}/settings`);
  await sound(admin, "settings");
  const security = await invite(admin, "陈安", "chen");
  const director = await invite(admin, "林远", "lin");
  assert.match(security, new RegExp(`^${site.address}/setup/`));
  await grant(admin, "陈安", "security_admin");

  await setUp(security);
  const guard = await signIn("chen");
  await grant(guard, "林远", "director");
  assert.equal(await guard.locator("main button:has-text('停用')").count(), 0, "who gives roles suspends nobody");

  await setUp(director);
  const newcomer = await signIn("lin", { viewport: PHONE });
  assert.match(newcomer.url(), /\/dashboard/);
  await sound(newcomer, "dashboard");
  await newcomer.goto(`${site.address}/settings/people`);
  assert.match(await newcomer.textContent("h1"), /找不到/);

  await guard.goto(`${site.address}/audit`);
  const trail = await guard.textContent("main");
  for (const said of ["授予岗位", "林远", "与记录时一致"]) assert.ok(trail.includes(said), said);
  await sound(guard, "audit");
});
