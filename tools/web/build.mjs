// Puts what the Python package needs of npm's packages into the folder given: KaTeX, its style sheet and its fonts.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const katex = join(import.meta.dirname, "node_modules", "katex", "dist");
const target = join(process.argv[2], "katex");
mkdirSync(join(target, "fonts"), { recursive: true });
for (const font of readdirSync(join(katex, "fonts"))) {
  if (font.endsWith(".woff2")) copyFileSync(join(katex, "fonts", font), join(target, "fonts", font));
}
// Every browser that runs the site reads woff2; the other two forms would be twice the bytes for nobody.
const css = readFileSync(join(katex, "katex.min.css"), "utf8");
writeFileSync(join(target, "katex.css"), css.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[a-z]+"\)/g, ""));
copyFileSync(join(katex, "katex.mjs"), join(target, "katex.mjs"));
copyFileSync(join(import.meta.dirname, "typeset.mjs"), join(target, "typeset.mjs"));
