// Shrinks WebAssembly modules as `wasm-opt -Os --strip-target-features` does, many in one process: a program of its
// own takes longer to start than most of these modules take to shrink.
//
// Arguments: the folder `node_modules`, then pairs of an input and an output file, which are done in their order.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [packages, ...files] = process.argv.slice(2);
const { default: binaryen } = await import(pathToFileURL(join(packages, "binaryen", "index.js")));

binaryen.setOptimizeLevel(2);
binaryen.setShrinkLevel(1);
for (let at = 0; at < files.length; at += 2) {
  const [input, output] = [files[at], files[at + 1]];
  const module = binaryen.readBinary(readFileSync(input));
  module.optimize();
  module.runPasses(["strip-target-features"]);
  writeFileSync(output, module.emitBinary());
  module.dispose();
  console.log(input);
}
