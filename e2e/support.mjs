// A browser for tests: starts Chromium, opens a page and says what is wrong with it. Journeys import this.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** Starts a server and waits for the address that it prints; `stop` ends it, and resolves once it has ended. */
export function serve(command, words, options = {}) {
  const child = spawn(command, words, { stdio: ["ignore", "pipe", "inherit"], ...options });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = () => {
    child.kill();
    return ended;
  };
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${command} ended with ${code} before it printed an address`)));
    let printed = "";
    child.stdout.on("data", (bytes) => {
      printed += bytes;
      const address = printed.match(/https?:\/\/\S+/)?.[0];
      if (address) resolve({ address, stop });
    });
  });
}

/** A headless browser; the executable is Debian's unless CHROMIUM names another. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
}

/**
 * A page that keeps what went wrong in `page.troubles`: console errors, failed requests, refused policies.
 * `scheme` is the system's colour scheme, `phone` a viewport of 390 px at two device pixels, `scripts: false` a
 * browser without JavaScript.
 */
export async function open(browser, { viewport = DESKTOP, scheme = "light", scripts = true, locale = "zh-CN" } = {}) {
  const phone = viewport.width < 600;
  const context = await browser.newContext({
    viewport,
    colorScheme: scheme,
    javaScriptEnabled: scripts,
    deviceScaleFactor: phone ? 2 : 1,
    hasTouch: phone,
    isMobile: phone,
    locale,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.troubles = [];
  page.on("console", (message) => message.type() === "error" && page.troubles.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => page.troubles.push(`script: ${error.message}`));
  // An icon that was still on its way when the page was left is no trouble.
  page.on("requestfailed", (request) => /favicon/.test(request.url()) || page.troubles.push(`request: ${request.url()}`));
  if (scripts) {
    await page.exposeFunction("reportPolicy", (text) => page.troubles.push(`policy: ${text}`));
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        window.reportPolicy(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
      });
    });
  }
  return page;
}

/** Rules of WCAG 2.0 to 2.2 A and AA and the best practices, as sentences that name rule and element. */
export async function accessibility(page) {
  // As tall as the page, so that the bars of a phone cover nothing that could be scrolled free.
  const viewport = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ ...viewport, height: Math.max(height, viewport.height) });
  // The page's policy forbids injected script elements; evaluate runs outside of it.
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    return (await window.axe.run(document, { runOnly: { type: "tag", values: tags } })).violations;
  });
  await page.setViewportSize(viewport);
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `axe ${id}: ${help}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`));
}

/** Elements that stick out of the viewport sideways; scrollable boxes may hold wide content. */
export function overflow(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = [...document.body.querySelectorAll("*")].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.right > width + 1 && !element.closest(".scroll, .grid-frame, .unseen");
    });
    return wide.slice(0, 5).map((element) => `overflow: ${element.outerHTML.slice(0, 120)}`)
      .concat(wide.length ? [] : ["overflow: the document is wider than the screen"]);
  });
}

/** Everything that is wrong with the page as it stands. */
export async function troubles(page) {
  return [...page.troubles, ...(await accessibility(page)), ...(await overflow(page))];
}

/** A picture of the whole page. */
export function photograph(page, path) {
  return page.screenshot({ path, fullPage: true });
}
