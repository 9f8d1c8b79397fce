// The demo company in a folder of its own, and a browser: what most journeys begin with.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { launch, open, photograph, serve, troubles } from "./support.mjs";

/** The program under test. */
export const program = resolve(process.env.DACHENG ?? "target/debug/dacheng");
/** The folder for pictures; without it none are made. */
export const pictures = process.env.PICTURES;

/** A company that is made already, to begin from a copy of it; without it each journey makes its own. */
const made = process.env.DEMO_DIR;

const postgres = process.env.DACHENG_TEST_POSTGRES;
/** The engines on which a journey can be made. */
export const engines = postgres ? ["SQLite", "PostgreSQL"] : ["SQLite"];
if (!postgres) console.error("DACHENG_TEST_POSTGRES is not set: the journeys are made on SQLite alone");

/** The demo company in a database of an engine, made once and brought there by a backup. */
export function databaseOf(engine, folder) {
  const dacheng = (...words) => execFileSync(program, words, { cwd: folder, stdio: "pipe" });
  if (made) cpSync(made, folder, { recursive: true });
  else dacheng("demo", "--no-serve", "--dir", folder);
  if (engine === "SQLite") return { url: `sqlite:${join(folder, "demo.db")}`, drop: () => {} };
  const schema = `journey_${process.pid}`;
  const psql = (statement) => execFileSync("psql", [postgres, "-qc", statement], { stdio: "pipe" });
  psql(`create schema ${schema}`);
  const url = `${postgres}?options=-csearch_path%3D${schema}`;
  dacheng("backup", join(folder, "demo.backup"), "--database", `sqlite:${join(folder, "demo.db")}`);
  dacheng("restore", join(folder, "demo.backup"), "--database", url);
  return { url, drop: () => psql(`drop schema ${schema} cascade`) };
}

/** The company in a database of an engine, served on its day. */
export async function companyOn(engine) {
  const folder = mkdtempSync(join(tmpdir(), "dacheng-"));
  const database = databaseOf(engine, folder);
  const site = await serve(program, ["serve", "--database", database.url, "--listen", "127.0.0.1:0", "--today", "2026-11-23",
    "--log", "error"], { cwd: folder });
  const browser = await launch();
  const { address } = site;

  async function stop() {
    await browser.close();
    await site.stop();
    database.drop();
    rmSync(folder, { recursive: true, force: true });
  }

  return { address, ...visits(browser, address), stop };
}

/** Makes and serves the company; `words` are further options of `dacheng demo`. */
export async function demo(...words) {
  const folder = mkdtempSync(join(tmpdir(), "dacheng-"));
  if (made) cpSync(made, folder, { recursive: true });
  const site = await serve(program, ["demo", "--dir", folder, "--listen", "127.0.0.1:0", ...words]);
  const browser = await launch();
  const { address } = site;

  async function stop() {
    await browser.close();
    site.stop();
    rmSync(folder, { recursive: true, force: true });
  }

  return { address, folder, browser, ...visits(browser, address), stop };
}

/** What people of the company do at an address. */
export function visits(browser, address) {
  if (pictures) mkdirSync(pictures, { recursive: true });

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

  return { signedIn, sound };
}
