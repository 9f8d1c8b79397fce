// What comes out of the printer: the page without what is pressed, whole at the right edge, white, its heads on every sheet.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { demo } from "./demo.mjs";

/** What is between the margins of A4 at 96 pixels an inch. */
const PORTRAIT = 703;
const LANDSCAPE = 1032;

const PAGES = {
  E000001: ["/dashboard", "/targets", "/targets/R0001?p=2026-10", "/targets/HQ/ranking?p=2026-10", "/alerts", "/alerts/9",
    "/plans", "/plans/2026", "/analysis", "/analysis/notes", "/forecast", "/objectives", "/objectives/S1", "/rubrics", "/rubrics/1",
    "/closes", "/closes/2026-10", "/inbox", "/explain?p=2026-10", "/search?q=hua", "/notifications", "/help", "/help/words"],
  X000002: ["/plans/2026?at=R0001", "/plans/2027-A/proposal", "/plans/2027-A/smart?q=2027%20年销售额达%202.2%20亿元", "/imports",
    "/imports/new", "/settings", "/settings/calendar", "/settings/rules", "/settings/company", "/settings/metrics"],
  E000004: ["/dashboard", "/me", "/me/targets", "/me/delegation"],
  secadmin: ["/settings/people", "/settings/org", "/settings/roles", "/audit"],
};
const WIDE = /^\/(dashboard|analysis$|plans\/|settings\/roles)/;

let company;

before(async () => {
  company = await demo();
}, { timeout: 300_000 });

after(() => company?.stop());

/** A text without its spaces, which a PDF does not have: only places. */
const close = (text) => text.replace(/\s/g, "");

/** The text of a PDF, a sheet at a time. */
function sheets(pdf) {
  const text = execFileSync("pdftotext", ["-layout", "-", "-"], { input: pdf }).toString();
  return text.split("\f").slice(0, -1).map(close);
}

/** Whether a PDF lies on its long side. */
function lies(pdf) {
  const size = execFileSync("pdfinfo", ["-"], { input: pdf }).toString().match(/Page size:\s+([\d.]+) x ([\d.]+)/);
  return Number(size[1]) > Number(size[2]);
}

/** Goes to a page and looks at it as the printer does. */
async function asPrinted(page, address) {
  await page.emulateMedia({ media: "screen" });
  const answer = await page.goto(company.address + address, { waitUntil: "networkidle" });
  assert.equal(answer.status(), 200, address);
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: WIDE.test(address) ? LANDSCAPE : PORTRAIT, height: 1000 });
}

/** What is drawn and should not be: beyond the right edge, or there to be pressed. */
function outOfPlace(page) {
  return page.evaluate(() => {
    const drawn = (element) => element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })
      && element.getBoundingClientRect().width > 0 && !element.closest(".unseen, details:not([open]) > :not(summary)");
    const width = document.documentElement.clientWidth;
    const all = [...document.body.querySelectorAll("*")].filter(drawn);
    const cut = all.filter((element) => element.getBoundingClientRect().right > width + 1);
    const pressed = all.filter((element) => element.matches(
      ".side, .tabs, .find, .bell, button, .button, .export, .menu .pane, .page-bar, textarea, input[type=file], nav.pager a"));
    return [...cut.map((element) => `cut: ${element.outerHTML.slice(0, 120)}`),
      ...pressed.map((element) => `pressed: ${element.outerHTML.slice(0, 120)}`)].slice(0, 5);
  });
}

for (const language of ["zh-CN", "en"]) {
  for (const [account, addresses] of Object.entries(PAGES)) {
    test(`the pages of ${account} in ${language} are whole on paper`, { timeout: 300_000 }, async () => {
      const page = await company.signedIn(account, { language });
      for (const address of addresses) {
        await asPrinted(page, address);
        assert.deepEqual(await outOfPlace(page), [], `${account} ${address}`);
        assert.ok(await page.locator("main h1").isVisible(), address);
      }
      await page.context().close();
    });
  }
}

test("a dashboard lies on its side and says whose it is, its figures and who printed it", { timeout: 120_000 }, async () => {
  const page = await company.signedIn("E000001");
  await asPrinted(page, "/dashboard");
  const shown = await page.locator("h1, .kpi .figure strong").allInnerTexts();
  const pdf = await page.pdf({ preferCSSPageSize: true });
  assert.ok(lies(pdf));
  const [first] = sheets(pdf);
  assert.ok(shown.length >= 4, `${shown}`);
  for (const said of [...shown, "华辰智控", "林远", "2026-11-23"]) assert.ok(first.includes(close(said)), `${said}: ${first}`);
  for (const said of ["导出", "退出登录", "Ctrl K"]) assert.ok(!first.includes(close(said)), said);
  await asPrinted(page, "/alerts");
  assert.ok(!lies(await page.pdf({ preferCSSPageSize: true })), "a list stands");
});

test("the head of a long table stands on every sheet", { timeout: 120_000 }, async () => {
  const page = await company.signedIn("secadmin");
  await asPrinted(page, "/settings/people");
  const heads = await page.locator("main thead th").allInnerTexts();
  const text = sheets(await page.pdf({ preferCSSPageSize: true }));
  assert.ok(text.length > 1 && heads.length > 3, `${text.length} sheets`);
  for (const [place, sheet] of text.entries()) {
    for (const head of heads) assert.ok(sheet.includes(close(head)), `${head} on sheet ${place + 1}: ${sheet}`);
    assert.ok(sheet.includes(`${place + 1}/${text.length}`), `the number of sheet ${place + 1}`);
  }
});

test("what is filtered is said on paper", { timeout: 120_000 }, async () => {
  const page = await company.signedIn("auditor");
  await asPrinted(page, "/audit?who=secadmin&from=2026-11-01");
  const [first] = sheets(await page.pdf({ preferCSSPageSize: true }));
  const fields = page.locator("form[role=search] .field:visible");
  assert.equal(await fields.count(), 2, "of five fields the two that are filled in");
  assert.match(first, /secadmin[\s\S]*2026/);
  await asPrinted(page, "/alerts?show=yellow");
  assert.equal(await page.locator(".chips a:visible").count(), 1);
});

test("paper is white in the dark", { timeout: 120_000 }, async () => {
  const page = await company.signedIn("E000001", { scheme: "dark" });
  for (const theme of [undefined, "dark"]) {
    await asPrinted(page, "/dashboard");
    if (theme) await page.evaluate((theme) => { document.documentElement.dataset.theme = theme; }, theme);
    const colours = await page.evaluate(() => {
      const of = (element, name) => getComputedStyle(element)[name];
      const link = document.querySelector("main td a, main th a");
      return { page: of(document.body, "backgroundColor"), card: of(document.querySelector(".card"), "backgroundColor"),
        text: of(document.body, "color"), link: of(link, "color"), around: of(link.parentElement, "color"), line: of(link, "textDecorationLine") };
    });
    assert.deepEqual({ page: colours.page, card: colours.card, line: colours.line },
      { page: "rgb(255, 255, 255)", card: "rgb(255, 255, 255)", line: "none" });
    assert.equal(colours.link, colours.around, "a link is text on paper");
    const dark = colours.text.match(/\d+/g).reduce((sum, part) => sum + Number(part), 0);
    assert.ok(dark < 200, `dark ink: ${colours.text}`);
  }
});
