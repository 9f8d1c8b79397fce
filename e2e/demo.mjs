// The demo company in a folder of its own, and a browser: what most journeys begin with.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch, open, photograph, serve, troubles } from "./support.mjs";

const program = process.env.DACHENG ?? "target/debug/dacheng";
/** The folder for pictures; without it none are made. */
export const pictures = process.env.PICTURES;

/** Makes and serves the company; `words` are further options of `dacheng demo`. */
export async function demo(...words) {
  const folder = mkdtempSync(join(tmpdir(), "dacheng-"));
  const site = await serve(program, ["demo", "--dir", folder, "--listen", "127.0.0.1:0", ...words]);
  const browser = await launch();
  if (pictures) mkdirSync(pictures, { recursive: true });
  const { address } = site;

  /** A page of somebody who just signed in, in a language. */
  async function signedIn(account, { language, ...options } = {}) {
    const page = await open(browser, options);
    if (language) await page.context().addCookies([{ name: "lang", value: language, url: address }]);
    await page.goto(`${address}/login`);
    await page.fill("[name=account]", account);
    await page.fill("[name=password]", "dacheng-demo-2026");
    await page.click("main button, form button");
    await page.waitForURL((at) => !at.pathname.startsWith("/login"), { waitUntil: "networkidle" });
    return page;
  }

  /** Nothing is wrong with the page as it stands; its picture, where pictures are made. */
  async function sound(page, name) {
    assert.deepEqual(await troubles(page), [], name);
    if (pictures) await photograph(page, join(pictures, `${name}.png`));
  }

  async function stop() {
    await browser.close();
    site.stop();
    rmSync(folder, { recursive: true, force: true });
  }

  return { address, folder, browser, signedIn, sound, stop };
}
