// Opens every sample page in both languages, both themes and on a phone, and fails on anything that `troubles` finds.
//   node e2e/pages.mjs http://127.0.0.1:8090 [--photos DIR] [--only TEXT]
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { DESKTOP, PHONE, launch, open, photograph, troubles } from "./support.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { photos: { type: "string" }, only: { type: "string", default: "" } },
});
const base = positionals[0] ?? "http://127.0.0.1:8090";
if (values.photos) mkdirSync(values.photos, { recursive: true });

const looks = [
  { name: "desktop", viewport: DESKTOP, lang: "zh-CN", theme: "light" },
  { name: "dark", viewport: DESKTOP, lang: "zh-CN", theme: "system", scheme: "dark" },
  { name: "english", viewport: DESKTOP, lang: "en", theme: "light" },
  { name: "phone", viewport: PHONE, lang: "zh-CN", theme: "light" },
  { name: "phone-english-dark", viewport: PHONE, lang: "en", theme: "dark" },
];

const browser = await launch();
const paths = (await (await fetch(`${base}/_ui/pages`)).json()).filter((path) => path.includes(values.only));
let wrong = 0;
for (const look of looks) {
  const page = await open(browser, look);
  for (const path of paths) {
    page.troubles.length = 0;
    const address = path === "/_ui" ? "/_ui" : `/_ui/pages${path}`;
    await page.goto(`${base}${address}?lang=${look.lang}&theme=${look.theme}`);
    for (const trouble of await troubles(page)) {
      wrong += 1;
      console.log(`${look.name} ${path}: ${trouble}`);
    }
    if (values.photos) {
      const name = path.slice(1).replaceAll("/", "-");
      await photograph(page, join(values.photos, `${name}.${look.name}.png`));
    }
  }
  await page.context().close();
}
await browser.close();
console.log(`${paths.length} pages, ${looks.length} looks, ${wrong} troubles`);
process.exit(wrong ? 1 : 0);
