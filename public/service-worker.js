// Keeps the shop at hand without a connection: its page, its settings, and the parts of this release that were used.
//
// The page starts it and tells it what it has loaded (boot/boot.js). It sees no answer of the API, keeps no address a
// buyer visited, and passes on what is not the shop's own file.
"use strict";

/** Page and settings, as they were answered last. */
const PAGE = "page";
const PAGE_FILES = ["/config.json", "/favicon.svg"];
/** The folder of a release, which is named after its contents: its files never change. */
const RELEASE = /^\/(pkg-[0-9a-f]+)\//;
/** The files of its release that a page names. */
const NAMED = /\/pkg-[0-9a-f]+\/[\w./-]+/g;
/**
 * So long a slow connection may take before what is kept is used instead, in milliseconds. The page that is kept is whole
 * with its files; the settings may have been changed since, so they are waited for longer.
 */
const PATIENCE_MS = { "/": 5000 };
const LONG_PATIENCE_MS = 10000;
/** Marks an answer that was kept: its `Date` is not the time now. */
const KEPT = "X-Nymble-Kept";

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => event.waitUntil(keep(event.data).catch(() => {})));

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const release = RELEASE.exec(url.pathname);
  if (release) event.respondWith(ofRelease(request, release[1]));
  else if (request.mode === "navigate") event.respondWith(latest(event, "/"));
  else if (PAGE_FILES.includes(url.pathname)) event.respondWith(latest(event, url.pathname));
});

/** What is kept under `name`; nothing in a browser that refuses to keep anything. */
async function opened(name) {
  try {
    return await caches.open(name);
  } catch {
    return undefined;
  }
}

/** A kept answer, marked as one. */
async function keptAnswer(path) {
  const cache = await opened(PAGE);
  const kept = await cache?.match(path, { ignoreVary: true }).catch(() => undefined);
  if (!kept) return undefined;
  const headers = new Headers(kept.headers);
  headers.set(KEPT, "yes");
  return new Response(kept.body, { status: kept.status, statusText: kept.statusText, headers });
}

/** A file of a release: the one that is kept, else from the network, and then it is kept. */
async function ofRelease(request, release) {
  const cache = await opened(release);
  const kept = await cache?.match(request.url, { ignoreVary: true }).catch(() => undefined);
  if (kept) return kept;
  const answer = await fetch(request);
  if (cache && isFile(answer)) await cache.put(request.url, answer.clone()).catch(() => {});
  return answer;
}

/** The page or a file beside it: from the network, and what is kept when that fails or takes too long. */
async function latest(event, path) {
  const fresh = fetch(event.request);
  // Taken up also when it comes too late for this visit: the next one has it.
  event.waitUntil(fresh.then((answer) => takeUp(path, answer.clone())).catch(() => {}));
  const kept = await keptAnswer(path);
  if (!kept) return fresh;
  const usable = fresh.then((answer) => (isAway(answer, path) ? kept : answer));
  const slow = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS[path] ?? LONG_PATIENCE_MS, kept));
  return Promise.race([usable, slow]).catch(() => kept);
}

/** Whether an answer says that the host is out of order, or is another's: a notice, a sign-in to the network. */
function isAway(answer, path) {
  return answer.status >= 500 || answer.status === 408 || answer.status === 429 || (path !== "/" && answer.ok && !isFile(answer));
}

/** Replaces what is kept by an answer that came from the network. */
async function takeUp(path, answer) {
  const cache = await opened(PAGE);
  if (!cache) return;
  if (path !== "/") {
    if (isFile(answer)) await cache.put(path, answer);
    return;
  }
  const kept = await cache.match("/");
  // The first page is kept once it runs: then it is known which files it needs.
  if (!kept || !answer.ok) return;
  const text = await answer.clone().text();
  const release = RELEASE.exec((text.match(NAMED) || [""])[0]);
  if (!release) return;
  // Page and files go together: a page whose files are not here would not start without a connection.
  if (!(await kept.text()).includes(release[1])) await keepFiles(text.match(NAMED), release[1]);
  await cache.put("/", answer);
}

/** Keeps files of a release that are not kept yet; fails when one of them cannot be had. */
async function keepFiles(addresses, release) {
  const cache = await caches.open(release);
  for (const address of new Set(addresses)) {
    if (await cache.match(address, { ignoreVary: true })) continue;
    const answer = await fetch(address);
    if (!isFile(answer)) throw new Error(address);
    await cache.put(address, answer);
  }
}

/** What a page says it has loaded: its release's files, and with them page and settings. */
async function keep(addresses) {
  const releases = new Set();
  for (const address of addresses) {
    const { origin, pathname } = new URL(address);
    const release = origin === location.origin && RELEASE.exec(pathname);
    if (!release) continue;
    releases.add(release[1]);
    await keepFiles([address], release[1]).catch(() => {});
  }
  for (const release of releases) await keepPage(release);
}

/** Page and settings, once: when the files of the release that the page names are kept. Older releases go. */
async function keepPage(release) {
  const cache = await caches.open(PAGE);
  const kept = await cache.match("/");
  if (kept && (await kept.text()).includes(release)) return;
  const page = await fetch("/", { cache: "no-cache" }).catch(() => undefined);
  if (!page || !page.ok || !(await page.clone().text()).includes(release)) return;
  await cache.put("/", page);
  for (const path of PAGE_FILES) {
    const answer = await fetch(path, { cache: "no-cache" }).catch(() => undefined);
    if (answer && isFile(answer)) await cache.put(path, answer);
  }
  const releases = (await caches.keys()).filter((name) => name.startsWith("pkg-"));
  // A tab of the release before may still be open.
  for (const old of releases.slice(0, -2)) await caches.delete(old);
}

/** Whether an answer is the file asked for, and not the page that some hosts send for what is missing. */
function isFile(answer) {
  return answer.ok && !(answer.headers.get("content-type") || "").includes("text/html");
}
