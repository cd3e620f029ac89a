// Shortens style sheets and scripts, as they are in the folder.
//
// Arguments: the folder `node_modules`, then files, each of which is replaced by its shorter form.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [packages, ...files] = process.argv.slice(2);
const require = createRequire(join(packages, "minify.cjs"));
const { transform } = require("lightningcss");
const { transformSync } = require("esbuild");

for (const file of files) {
  const text = readFileSync(file);
  const shorter = file.endsWith(".css")
    ? transform({ filename: file, code: text, minify: true }).code
    : // Browsers that lack what a script uses are told so by boot.js: nothing is rewritten for older ones.
      transformSync(text.toString(), { minify: true, legalComments: "none", target: "esnext" }).code;
  writeFileSync(file, shorter);
}
