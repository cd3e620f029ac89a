// Loads the app: shows how far it is, checks what it fetched, and says so when the app cannot run.
//
// Its own <script> element says what to load: `data-app` the JavaScript module, `data-wasm` the
// first WebAssembly module, and in a bundle `data-integrity` (the hash of that module) and
// `data-bytes` (its size). A classic script, because only these know their own element.
//
// Afterwards it stays for two things: `nymbleFailed(reason)`, which the app calls when it cannot go on, and
// keeping the page true while a browser translates it.
(() => {
  "use strict";

  const { app, wasm, integrity, bytes } = document.currentScript.dataset;
  // Kept, because the app takes it out of the page and it may have to come back.
  const boot = document.getElementById("boot");
  const element = (id) => boot.querySelector(`#${id}`);
  element("boot-stuck").remove();

  /** Under this the tab keeps which release it was that the page was loaded again for. */
  const RELOADED = "nymble.reloaded-page";

  // The only sentences outside locales/: they must be there when nothing else is.
  const GERMAN = /^de\b/i.test(navigator.language || "");
  const TEXT = GERMAN
    ? {
        loading: "Wird geladen …",
        again: "Erneut versuchen",
        oldTitle: "Dieser Browser ist zu alt",
        oldText:
          "Der Shop braucht WebAssembly. Bitte nehmen Sie eine aktuelle Version von Chrome, Edge, Firefox oder Safari.",
        failedTitle: "Der Shop konnte nicht geladen werden",
        failedText: "Bitte prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.",
        updatedTitle: "Der Shop wurde aktualisiert",
        updatedText: "Bitte laden Sie die Seite neu.",
        crashedTitle: "Etwas ist schiefgegangen",
        crashedText: "Die Seite kann so nicht weiterarbeiten. Bitte laden Sie sie neu.",
      }
    : {
        loading: "Loading…",
        again: "Try again",
        oldTitle: "This browser is too old",
        oldText:
          "The shop needs WebAssembly. Please use a current version of Chrome, Edge, Firefox or Safari.",
        failedTitle: "The shop could not be loaded",
        failedText: "Please check your connection and try again.",
        updatedTitle: "The shop was updated",
        updatedText: "Please load the page again.",
        crashedTitle: "Something went wrong",
        crashedText: "The page cannot go on like this. Please load it again.",
      };

  /** Replaces the progress by a page that says what is wrong. */
  function fail(title, text, detail) {
    if (!boot.isConnected) document.body.replaceChildren(boot);
    boot.querySelector(".boot-progress").hidden = true;
    element("boot-failure-title").textContent = title;
    element("boot-failure-text").textContent = text;
    element("boot-detail").textContent = detail;
    const again = element("boot-again");
    again.textContent = TEXT.again;
    again.onclick = () => location.reload();
    element("boot-failure").hidden = false;
    document.title = title;
  }

  /** The app's last word: `crashed`, or a part of the bundle that could not be loaded. */
  globalThis.nymbleFailed = (reason) => {
    if (reason === "crashed") fail(TEXT.crashedTitle, TEXT.crashedText, "");
    else fail(TEXT.failedTitle, TEXT.failedText, reason);
  };

  /**
   * What the app cannot do without, and this browser lacks. The newest things it uses are asked for: a browser that
   * has them has the older ones. WebAssembly may be forbidden in any.
   */
  function missing() {
    const needs = {
      WebAssembly: self.WebAssembly && WebAssembly.instantiateStreaming,
      "AbortSignal.any": self.AbortSignal && AbortSignal.any,
      "light-dark()": self.CSS && CSS.supports("color", "light-dark(red, blue)"),
    };
    return Object.keys(needs).filter((name) => !needs[name]);
  }

  /** Counts the bytes of an answer while they arrive. */
  async function read(response) {
    const meter = element("boot-meter");
    const total = Number(bytes) || 0;
    const parts = [];
    let seen = 0;
    for (const reader = response.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      seen += value.length;
      if (total) meter.value = Math.min(seen / total, 1);
    }
    return new Blob(parts).arrayBuffer();
  }

  /** Whether the bytes are those of this release (`sha256-…`). */
  async function matches(buffer) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", buffer));
    return `sha256-${btoa(String.fromCharCode(...digest))}` === integrity;
  }

  /** The first module. */
  async function fetchModule() {
    // The browser's own check holds the answer back until it is complete, which leaves nothing to
    // count; so the hash is compared here, except where only the browser can compute it.
    const own = !integrity || Boolean(globalThis.crypto && crypto.subtle);
    const response = await fetch(wasm, {
      credentials: "same-origin",
      ...(own ? {} : { integrity }),
    });
    if (!response.ok) throw new Error(`${wasm}: HTTP ${response.status}`);
    const buffer = await read(response);
    if (integrity && own && !(await matches(buffer))) {
      throw new Error(`${wasm}: not the file of this release`);
    }
    return buffer;
  }

  /**
   * Keeps the page true while a browser (or an extension) translates it.
   *
   * A translator takes a text out of the page and puts an element with other words in its place. The app goes on
   * writing into the text it made, which nobody sees any more, and reckons from its place, which it has lost. So such
   * a text goes back to its place, empty, before its translation. As soon as the app writes into it, moves it or takes
   * it away, the translation goes, and with it those of the same block, because words wander between them. Then the
   * page shows what the app says, and the translator may translate that.
   */
  function bearTranslation() {
    const { TEXT_NODE, ELEMENT_NODE } = Node;
    /** Text -> what it says, and the nodes that stand for it. */
    const translated = new WeakMap();
    /** Translations, and text -> what it said when a translation of it was refused. */
    const standing = new WeakSet();
    const refused = new WeakMap();
    const isForeign = (node) => node && node.nodeName === "FONT" && !standing.has(node);
    const digits = (text) => (text.match(/\d/g) || []).sort().join("");

    /** Shows the text itself again: what it said, or what the app has just written into it. */
    const restore = (text, words = translated.get(text).words) => {
      const { nodes } = translated.get(text);
      translated.delete(text);
      for (const node of nodes) node.remove();
      if (text.data !== words) text.data = words;
    };

    /** Shows all texts again that were translated together with what stands in `parent`. */
    const restoreAround = (parent) => {
      let block = parent;
      while (block && /^(inline|contents)$/.test(getComputedStyle(block).display)) {
        block = block.parentElement;
      }
      if (!block) return;
      const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      const found = [];
      while (texts.nextNode()) if (translated.has(texts.currentNode)) found.push(texts.currentNode);
      for (const text of found) restore(text);
    };

    /** Puts a text back before the nodes that have taken its place; `late` when it was written since. */
    const putBack = (text, parent, nodes, late) => {
      parent.insertBefore(text, nodes[0]);
      const known = translated.get(text);
      const words = text.data;
      const shown = nodes.map((node) => node.textContent).join("");
      if (known) {
        known.nodes.push(...nodes);
      } else if (late || (digits(words) !== digits(shown) && refused.get(text) !== words)) {
        // Other numbers: it is the translation of an earlier text. Refused once, so that a translator that says
        // "one" for "1" is not asked without end.
        refused.set(text, words);
        for (const node of nodes) node.remove();
        return;
      } else {
        translated.set(text, { words, nodes });
        text.data = "";
        observer.observe(text, { characterData: true });
      }
      for (const node of nodes) standing.add(node);
    };

    /** A change of what is in an element; `next` is the change after it. */
    const replaced = (record, next, written) => {
      const { target, addedNodes, removedNodes, previousSibling, nextSibling } = record;
      const texts = [...removedNodes].filter((node) => node.nodeType === TEXT_NODE);
      for (const text of texts) {
        // Moved by the app, or put back by the translator itself.
        if (text.isConnected) {
          if (translated.has(text)) restore(text);
          continue;
        }
        const here = (node) => node.parentNode === target;
        let nodes = texts.length === removedNodes.length ? [...addedNodes].filter(here) : [];
        if (!nodes.some((node) => node.nodeType === ELEMENT_NODE)) {
          // Or in two steps.
          const near = [nextSibling, previousSibling, next && next.addedNodes[0]];
          nodes = near.filter((node) => isForeign(node) && here(node)).slice(0, 1);
        }
        if (nodes.length) {
          putBack(text, target, nodes, written.has(text));
        } else if (translated.has(text)) {
          // The app has taken it away.
          restore(text);
          restoreAround(target);
        }
      }
    };

    /** Whether something other than the app changes the page: nothing of the app's is such an element. */
    const isTranslator = ({ addedNodes, removedNodes }) =>
      [...addedNodes].some(
        (node) =>
          node.nodeName === "FONT" ||
          (node.nodeType === ELEMENT_NODE && removedNodes[0] && removedNodes[0].nodeType === TEXT_NODE),
      );

    /**
     * Puts comments back, which the app reckons from and some translators drop. What the app takes away itself goes
     * together with something else, or something new comes in its place.
     */
    const anchor = (records) => {
      const [lost, gone, busy] = [[], new Set(), new Set()];
      for (const { target, addedNodes, removedNodes, previousSibling, nextSibling } of records) {
        const changes = (node) => node.nodeName === "FONT" || busy.add(target);
        for (const node of addedNodes) gone.has(node) || changes(node);
        for (const node of removedNodes) {
          gone.add(node);
          if (node.isConnected) continue;
          if (node.nodeType === 8) lost.unshift([node, target, previousSibling, nextSibling]);
          else changes(node);
        }
      }
      for (const [node, target, before, after] of lost) {
        const here = (other) => other && other.parentNode === target;
        if (busy.has(target)) continue;
        target.insertBefore(node, here(after) ? after : here(before) ? before.nextSibling : null);
      }
    };

    let watches = false;
    const watch = (more) =>
      observer.observe(document.body, { childList: true, subtree: true, ...more });
    const observer = new MutationObserver((records) => {
      watches ||= records.some(isTranslator);
      if (watches) {
        watch({ characterData: true });
        const written = new Set();
        for (const { type, target } of records) if (type === "characterData") written.add(target);
        const blocks = new Set();
        for (const text of written) {
          if (!translated.has(text)) continue;
          restore(text, text.data);
          blocks.add(text.parentElement);
        }
        records.forEach((record, place) => replaced(record, records[place + 1], written));
        blocks.forEach(restoreAround);
      }
      anchor(records);
      // What was done here is no news.
      observer.takeRecords();
    });
    watch();
  }

  async function start() {
    element("boot-text").textContent = TEXT.loading;
    if (GERMAN) document.documentElement.lang = "de";
    const lacking = missing();
    if (lacking.length > 0) {
      fail(TEXT.oldTitle, TEXT.oldText, lacking.join(", "));
      return;
    }
    bearTranslation();
    const [module, module_or_path] = await Promise.all([import(app), fetchModule()]);
    await module.default({ module_or_path });
    // Only a bundle: in development files change under the same names. Whatever goes wrong with it, the shop runs.
    if (integrity) keepAtHand().catch(() => {});
  }

  /** Lets a worker keep what the page has loaded, so that it can be loaded again without a connection. */
  async function keepAtHand() {
    if (!navigator.serviceWorker) return;
    await navigator.serviceWorker.register("/service-worker.js", { updateViaCache: "none" });
    const { active } = await navigator.serviceWorker.ready;
    const tell = (list) => active.postMessage(list.getEntries().map((entry) => entry.name));
    new PerformanceObserver(tell).observe({ type: "resource", buffered: true });
  }

  /** Whether the host serves another release than the one that this page names: the page was an old one. */
  async function isReplaced() {
    if (!integrity) return false;
    const answer = await fetch("/", { cache: "no-store" });
    const page = answer.ok ? await answer.text() : "";
    return page.includes("nymble-assets") && !page.includes(app);
  }

  /** Loads the page again, once for each release; whether it does. */
  function reloads() {
    // A browser may keep nothing: then the buyer is asked, as it might go on for ever.
    try {
      if (sessionStorage.getItem(RELOADED) === app) return false;
      sessionStorage.setItem(RELOADED, app);
    } catch {
      return false;
    }
    location.reload();
    return true;
  }

  start().catch(async (error) => {
    console.error(error);
    if (await isReplaced().catch(() => false)) {
      if (!reloads()) fail(TEXT.updatedTitle, TEXT.updatedText, "");
      return;
    }
    fail(TEXT.failedTitle, TEXT.failedText, String((error && error.message) || error));
  });
})();
