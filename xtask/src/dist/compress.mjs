// Compresses files as small as it goes: it is done once, not per visitor.
//
// Arguments: the folder `node_modules` (not needed), `br` or `gz`, then pairs of an input and an output file.

import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [, form, ...files] = process.argv.slice(2);
const packed = {
  br: (bytes) =>
    brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        // The largest window that every browser takes.
        [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gz: (bytes) => gzipSync(bytes, { level: 9 }),
}[form];

for (let at = 0; at < files.length; at += 2) {
  writeFileSync(files[at + 1], packed(readFileSync(files[at])));
}
