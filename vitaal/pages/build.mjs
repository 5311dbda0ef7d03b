// Bundles and fingerprints what the browser loads into vitaal/pages/static/, with a manifest that
// vitaal/pages/assets.py reads: logical name -> file. Icons are written as one file that Python puts inline.
// The fonts of PDFs are copied beside them with their licences, for vitaal/pages/typeset.py.
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = join(here, "static");
const packages = join(here, "../../node_modules");
const phosphor = join(packages, "@phosphor-icons/core/assets");

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: [
    { in: "styles/index.css", out: "vitaal" },
    { in: "styles/dark.css", out: "dark" },
    { in: "scripts/vitaal.js", out: "vitaal" },
    { in: "scripts/icon.svg", out: "icon" },
  ],
  outdir: out,
  bundle: true,
  minify: true,
  metafile: true,
  target: ["chrome111", "firefox113", "safari16.4"],
  format: "esm",
  legalComments: "none",
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file", ".svg": "copy" },
});

const manifest = {};
for (const file of Object.keys(metafile.outputs)) {
  const name = basename(file);
  const logical = name.replace(/-[A-Z0-9]{8}(\.\w+)$/, "$1");
  manifest[logical] = relative(out, join(here, file));
}
await writeFile(join(out, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");

const names = (await readFile(join(here, "icons.txt"), "utf8")).split("\n").map((line) => line.trim());
const icons = {};
for (const name of names.filter((line) => line && !line.startsWith("#"))) {
  for (const [weight, suffix] of [["regular", ""], ["fill", "-fill"]]) {
    const svg = await readFile(join(phosphor, weight, `${name}${suffix}.svg`), "utf8");
    icons[name + suffix] = svg.match(/<svg[^>]*>(.*)<\/svg>/s)[1];
  }
}
await writeFile(join(out, "icons.json"), JSON.stringify(icons) + "\n");

const fonts = join(out, "fonts");
await mkdir(fonts);
for (const [family, name, weights] of [
  ["figtree", "Figtree", ["400Regular", "600SemiBold", "700Bold"]],
  ["noto-emoji", "NotoEmoji", ["400Regular"]],
]) {
  const from = join(packages, "@expo-google-fonts", family);
  await copyFile(join(from, "LICENSE_FONT"), join(fonts, `${name}.OFL.txt`));
  for (const weight of weights) {
    await copyFile(join(from, weight, `${name}_${weight}.ttf`), join(fonts, `${name}_${weight}.ttf`));
  }
}
console.log(`Built ${Object.keys(manifest).length} files and ${Object.keys(icons).length / 2} icons in vitaal/pages/static`);
