// Sets formulas: [[tex, display], …] on stdin becomes [{html} | {error}, …] on stdout.
import { readFileSync } from "node:fs";
import katex from "./katex.mjs";

const set = ([tex, displayMode]) => {
  try {
    // trust: a macro may neither load a picture nor link anywhere; the page shows nothing that nobody has checked.
    return { html: katex.renderToString(tex, { displayMode, throwOnError: true, strict: "ignore", trust: false }) };
  } catch (error) {
    return { error: error.message };
  }
};

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(set)));
