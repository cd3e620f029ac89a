// Loads the parts of the app that are not in its first module. The names in capitals are filled in by
// xtask/src/dist/packs.rs.
//
// The frame and the first page come as packs: modules whose custom sections are the modules they are made of. Of every
// further page only the missing parts are fetched, each for itself; parts.json tells which ones those are.
import { initSync } from "./app.js";

/** The hashes of the packs and of parts.json. */
const HASHES = NYMBLE_HASHES;

/** The parts of pages that are here. */
const here = new Set();
/** The packs and pages that are here or on their way. */
const asked = new Map();
/** Pages come one after another: what one brings, the next need not fetch. */
let turn = Promise.resolve();

let shared;
/** What the first module shares with the others. */
function imports() {
  if (!shared) {
    const { NYMBLE_SHARED } = initSync(undefined, undefined);
    shared = { __wasm_split: { NYMBLE_SHARED } };
  }
  return shared;
}

function file(name, integrity) {
  return fetch(new URL(name, import.meta.url), { integrity });
}

/** Does something once; a failure is forgotten, so that the next try is a real one. */
function once(name, work) {
  if (!asked.has(name)) {
    const result = work();
    asked.set(name, result);
    result.catch(() => asked.delete(name));
  }
  return asked.get(name);
}

/** All parts of a pack; their names. */
async function unpack(name) {
  const address = `pack_${name}.wasm`;
  const pack = await WebAssembly.compileStreaming(file(address, HASHES[address]));
  const section = (name) => WebAssembly.Module.customSections(pack, name)[0];
  const parts = new TextDecoder().decode(section("parts")).split("\n");
  await Promise.all(parts.map((part) => WebAssembly.instantiate(section(part), imports())));
  return parts;
}

/** The parts of a page that are missing. */
async function complete(name) {
  const list = await once("list", async () => (await file("parts.json", HASHES["parts.json"])).json());
  const missing = list.parts[name].filter((part) => !here.has(part));
  const fetchPart = async (part) => {
    await WebAssembly.instantiateStreaming(file(`${part}.wasm`, list.hashes[part]), imports());
    here.add(part);
  };
  await Promise.all(missing.map(fetchPart));
}

function frame() {
  return once("frame", () => unpack("frame"));
}

function page(name) {
  return once(name, () => {
    const bring = async () => {
      if (here.size > 0) await complete(name);
      else for (const part of await unpack(name)) here.add(part);
    };
    const brought = turn.then(bring);
    turn = brought.catch(() => {});
    return brought;
  });
}

/** The function by which the first module asks for a page: it is called back, and told whether the page came. */
function loader(name) {
  return async (callback, data) => {
    let came = true;
    try {
      await (name === "frame" ? frame() : Promise.all([frame(), page(name)]));
    } catch (error) {
      console.error(error);
      came = false;
    }
    imports().__wasm_split.__indirect_function_table.get(callback)(data, came);
  };
}
