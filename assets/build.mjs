// Builds the browser's files into assets/dist: content-hashed names, gzip and brotli beside each, one manifest. Lays the fonts of
// paper (crates/paper) into assets/fonts, as they are: whole, because names hold letters that no subset has.
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, "..", "node_modules");
const dist = join(here, "dist");
const fonts = join(here, "fonts");
// The fonts of paper: package, folder, file.
const FONTS = [
  ["noto-serif-sc", "400Regular", "NotoSerifSC_400Regular.ttf"],
  ["noto-serif-sc", "700Bold", "NotoSerifSC_700Bold.ttf"],
  ["noto-sans-sc", "400Regular", "NotoSansSC_400Regular.ttf"],
  ["noto-emoji", "400Regular", "NotoEmoji_400Regular.ttf"],
];
// What one page loads: every page has the same style sheet and scripts (design guide: 40 KB gzip).
const BUDGET_BYTES = 40 * 1024;
const BROWSERS = ["chrome108", "safari16.4", "firefox115"];

/** `system-dark.css`: the dark tokens again, for people who follow their system. Written once, in dark.css. */
const systemDark = {
  name: "system-dark",
  setup(bundle) {
    bundle.onResolve({ filter: /^system-dark\.css$/ }, () => ({ path: "system-dark.css", namespace: "made" }));
    bundle.onLoad({ filter: /.*/, namespace: "made" }, () => {
      const dark = readFileSync(join(here, "css", "dark.css"), "utf8");
      const contents = dark
        .replace("@media screen", "@media screen and (prefers-color-scheme: dark)")
        .replace(":root[data-theme=dark]", ":root:not([data-theme])");
      return { contents, loader: "css" };
    });
  },
};

async function bundle(entry) {
  const made = await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: [...BROWSERS, "es2020"],
    legalComments: "none",
    plugins: [systemDark],
  });
  return made.outputFiles[0].contents;
}

/** One `<symbol>` per line of icons.txt, from the outline set. */
function sprite() {
  const names = readFileSync(join(here, "icons.txt"), "utf8").split("\n").filter(Boolean);
  const symbols = names.map((name) => {
    const source = readFileSync(join(packages, "@tabler", "icons", "icons", "outline", `${name}.svg`), "utf8");
    const shapes = source.slice(source.indexOf(">", source.indexOf("<svg")) + 1, source.lastIndexOf("</svg>"));
    return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replace(/\s*\n\s*/g, "")}</symbol>`;
  });
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);
}

function htmx() {
  const source = readFileSync(join(packages, "htmx.org", "dist", "htmx.min.js"), "utf8");
  return Buffer.from(source.replace(/\/\/# sourceMappingURL=.*$/m, ""));
}

const files = {
  "app.css": await bundle("css/app.css"),
  "app.js": await bundle("js/app.js"),
  "htmx.js": htmx(),
  "icons.svg": sprite(),
  "favicon.svg": readFileSync(join(here, "favicon.svg")),
};

mkdirSync(dist, { recursive: true });
for (const old of readdirSync(dist)) rmSync(join(dist, old));
const manifest = {};
let loaded = 0;
for (const [name, bytes] of Object.entries(files)) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  const hashed = `${basename(name, extname(name))}.${hash}${extname(name)}`;
  const gzip = gzipSync(bytes, { level: 9 });
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  manifest[name] = hashed;
  writeFileSync(join(dist, hashed), bytes);
  writeFileSync(join(dist, `${hashed}.gz`), gzip);
  writeFileSync(join(dist, `${hashed}.br`), brotli);
  if (/\.(css|js)$/.test(name)) loaded += gzip.length;
  console.log(`${hashed.padEnd(26)} ${bytes.length} bytes, gzip ${gzip.length}`);
}
writeFileSync(join(dist, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");
console.log(`A page loads ${loaded} bytes of script and style (gzip); ${BUDGET_BYTES} are allowed.`);
if (loaded > BUDGET_BYTES) process.exit(1);

/** A font that is there already is left as it is: cargo builds anew what rests on a file that was written. */
mkdirSync(fonts, { recursive: true });
for (const [family, weight, name] of FONTS) {
  const [from, to] = [join(packages, "@expo-google-fonts", family, weight, name), join(fonts, name)];
  if (!existsSync(to) || statSync(from).size !== statSync(to).size) copyFileSync(from, to);
}
