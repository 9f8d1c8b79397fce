// Every sample page in both languages, both themes and on a phone; and how the pages behave in a browser.
//   GALLERY=http://127.0.0.1:8090 uses a running gallery, else one is built and started.
//   PHOTOS=DIR keeps a picture of each page; ONLY=TEXT looks at the pages whose path holds the text.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { DESKTOP, PHONE, launch, open, photograph, serve, troubles } from "./support.mjs";

const LOOKS = [
  { name: "desktop", viewport: DESKTOP, lang: "zh-CN", theme: "light" },
  { name: "dark", viewport: DESKTOP, lang: "zh-CN", theme: "system", scheme: "dark" },
  { name: "english", viewport: DESKTOP, lang: "en", theme: "light" },
  { name: "phone", viewport: PHONE, lang: "zh-CN", theme: "light" },
  { name: "phone-english-dark", viewport: PHONE, lang: "en", theme: "dark" },
];
const photos = process.env.PHOTOS;
let browser;
let gallery;
let base;

before(async () => {
  if (photos) mkdirSync(photos, { recursive: true });
  gallery = process.env.GALLERY
    ? { address: process.env.GALLERY, stop() {} }
    : await serve("cargo", ["run", "--quiet", "-p", "dacheng-web", "--example", "gallery", "--features", "gallery",
        "--", "127.0.0.1:0"]);
  base = new URL(gallery.address).origin;
  browser = await launch();
});

after(async () => {
  await browser?.close();
  gallery?.stop();
});

describe("every page is clean", { concurrency: 2 }, () => {
  for (const look of LOOKS) {
    test(`on ${look.name}`, async () => {
      const paths = await (await fetch(`${base}/_ui/pages`)).json();
      const page = await open(browser, look);
      const found = [];
      for (const path of paths.filter((path) => path.includes(process.env.ONLY ?? ""))) {
        await page.goto("about:blank"); // What the page before still asked for is broken off, which is no trouble.
        page.troubles.length = 0;
        const address = path === "/_ui" ? "/_ui" : `/_ui/pages${path}`;
        await page.goto(`${base}${address}?lang=${look.lang}&theme=${look.theme}`);
        found.push(...(await troubles(page)).map((trouble) => `${path}: ${trouble}`));
        if (photos) await photograph(page, join(photos, `${path.slice(1).replaceAll("/", "-")}.${look.name}.png`));
      }
      await page.context().close();
      assert.deepEqual(found, []);
    });
  }
});

/** Opens a sample page under its real address, so that links and forms lead to other samples. */
async function visit(path, options, answers = {}) {
  const page = await open(browser, options);
  await page.route((url) => url.origin === base && !/^\/(_ui|static)/.test(url.pathname), async (route) => {
    const { pathname } = new URL(route.request().url());
    const method = route.request().method();
    const { status, sample } = answers[`${method} ${pathname}`] ?? { status: 200, sample: pathname };
    const body = await (await fetch(`${base}/_ui/pages${sample}`)).text();
    await route.fulfill({ status, contentType: "text/html; charset=utf-8", body });
  });
  await page.goto(base + path);
  return page;
}

test("without scripts the menus and the phone's navigation open", async () => {
  const page = await visit("/dashboard", { viewport: PHONE, scripts: false });
  const navigation = page.getByRole("navigation", { name: "主导航" });
  assert.equal(await navigation.isVisible(), false);
  await page.getByLabel("打开菜单").click();
  assert.equal(await navigation.isVisible(), true);
  await page.getByLabel("关闭菜单").click();
  assert.equal(await navigation.isVisible(), false);
  await page.locator("header details.menu summary").click();
  assert.equal(await page.getByRole("button", { name: "退出登录" }).isVisible(), true);
  await page.context().close();
});

test("a link of the navigation loads without a reload, and back returns", async () => {
  const page = await visit("/dashboard");
  await page.evaluate(() => {
    window.kept = true;
    scrollTo(0, 600);
  });
  await page.getByRole("link", { name: "目标总览" }).click();
  await page.getByRole("heading", { level: 1, name: "目标总览" }).waitFor();
  assert.equal(await page.evaluate(() => window.kept), true);
  assert.equal(new URL(page.url()).pathname, "/targets");
  assert.match(await page.title(), /目标总览/);
  assert.deepEqual(await page.evaluate(() => [scrollY, document.activeElement.id]), [0, "main"]);
  assert.equal(await page.getByRole("navigation", { name: "主导航" }).locator("[aria-current=page]").innerText(), "目标总览");
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "销售目标达成" }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/dashboard");
  assert.deepEqual(page.troubles, []);
  await page.context().close();
});

test("a refused form comes back with the focus on what is wrong, under the old address", async () => {
  const refused = { "POST /plans/2027/targets": { status: 422, sample: "/plans/2027/wrong" } };
  const page = await visit("/plans/2027", {}, refused);
  await page.getByRole("button", { name: "保存目标" }).click();
  await page.getByRole("link", { name: "目标值最多两位小数" }).waitFor();
  const focused = await page.evaluate(() => document.activeElement.getAttribute("class"));
  assert.equal(focused, "error-summary");
  assert.equal(new URL(page.url()).pathname, "/plans/2027");
  await page.context().close();
});

test("a conflict shows mine and theirs, with the focus on it", async () => {
  const conflict = { "POST /plans/2027/targets": { status: 409, sample: "/plans/2027/stale" } };
  const page = await visit("/plans/2027", {}, conflict);
  await page.getByRole("button", { name: "保存目标" }).click();
  await page.getByRole("button", { name: "用我的覆盖保存" }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "conflict");
  await page.context().close();
});

test("a chart is read with the arrow keys", async () => {
  const page = await visit("/dashboard");
  const chart = page.getByRole("img", { name: /11月累计销售额/ });
  await page.locator("body").press("Tab");
  await chart.focus();
  await chart.press("ArrowLeft");
  const tip = chart.locator(".tip");
  assert.match(await tip.innerText(), /11-20 · 第 15 \/ 21 个工作日/);
  await chart.press("End");
  assert.match(await tip.innerText(), /11-30/);
  await chart.press("Escape");
  assert.equal(await tip.isVisible(), false);
  await page.context().close();
});

test("a menu closes on Escape and on a click elsewhere", async () => {
  const page = await visit("/dashboard");
  const menu = page.locator("header details.menu");
  await menu.locator("summary").click();
  await page.keyboard.press("Escape");
  assert.equal(await menu.evaluate((element) => element.open), false);
  assert.equal(await menu.evaluate((element) => document.activeElement === element.querySelector("summary")), true);
  await menu.locator("summary").click();
  await page.getByRole("heading", { level: 1 }).click();
  assert.equal(await menu.evaluate((element) => element.open), false);
  await page.context().close();
});

test("a running import asks for its progress again", async () => {
  const page = await visit("/imports/running");
  const asked = await page.waitForRequest((request) => request.url().endsWith("/_ui/pages/imports/running"));
  assert.equal(asked.headers()["hx-request-type"], "full");
  await page.context().close();
});

test("a button that was pressed says so and cannot be pressed twice", async () => {
  const page = await visit("/plans/2027");
  let sent = 0;
  await page.route("**/plans/2027/targets", async (route) => {
    sent += 1;
    await page.getByRole("button", { name: "保存中…" }).waitFor();
    await route.fulfill({ status: 204 });
  });
  await page.getByRole("button", { name: "保存目标" }).dblclick();
  await page.getByRole("button", { name: "保存目标" }).waitFor();
  assert.equal(sent, 1);
  await page.context().close();
});

test("paper is white and has no navigation, whatever the theme", async () => {
  const page = await visit("/dashboard", { scheme: "dark" });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.equal(await page.getByRole("navigation", { name: "主导航" }).isVisible(), false);
  const text = await page.locator("h1").evaluate((element) => getComputedStyle(element).color);
  assert.equal(text, "rgb(26, 34, 51)");
  await page.context().close();
});
