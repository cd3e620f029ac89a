// Keeps the shop at hand without a connection: page, settings, and the parts that were used, as told by boot/boot.js.
// It sees no answer of the API, and keeps no address.
"use strict";

const PAGE = "page";
const PAGE_FILES = ["/config.json", "/favicon.svg"];
/** The folder of a release: its files never change. */
const RELEASE = /^\/(pkg-[0-9a-f]+)\//;
const NAMED = /\/pkg-[0-9a-f]+\/[\w./-]+/g;
/** So long a slow line may take. Settings may have changed since: they get longer. */
const PATIENCE_MS = { "/": 5000 };
const LONG_PATIENCE_MS = 10000;
/** Marks what was kept: its `Date` is not the time now. */
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

/** Nothing in a browser that refuses. */
async function opened(name) {
  try {
    return await caches.open(name);
  } catch {
    return undefined;
  }
}

async function keptAnswer(path) {
  const cache = await opened(PAGE);
  const kept = await cache?.match(path, { ignoreVary: true }).catch(() => undefined);
  if (!kept) return undefined;
  const headers = new Headers(kept.headers);
  headers.set(KEPT, "yes");
  return new Response(kept.body, { status: kept.status, statusText: kept.statusText, headers });
}

async function ofRelease(request, release) {
  const cache = await opened(release);
  const kept = await cache?.match(request.url, { ignoreVary: true }).catch(() => undefined);
  if (kept) return kept;
  const answer = await fetch(request);
  if (cache && isFile(answer)) await cache.put(request.url, answer.clone()).catch(() => {});
  return answer;
}

/** From the network; what is kept when that fails or takes too long. */
async function latest(event, path) {
  const fresh = fetch(event.request);
  // Also when it comes too late: the next visit has it.
  event.waitUntil(fresh.then((answer) => takeUp(path, answer.clone())).catch(() => {}));
  const kept = await keptAnswer(path);
  if (!kept) return fresh;
  const usable = fresh.then((answer) => (isAway(answer, path) ? kept : answer));
  const slow = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS[path] ?? LONG_PATIENCE_MS, kept));
  return Promise.race([usable, slow]).catch(() => kept);
}

/** Whether the host is out of order, or the answer is another's: a notice, a sign-in to the network. */
function isAway(answer, path) {
  return answer.status >= 500 || answer.status === 408 || answer.status === 429 || (path !== "/" && answer.ok && !isFile(answer));
}

async function takeUp(path, answer) {
  const cache = await opened(PAGE);
  if (!cache) return;
  if (path !== "/") {
    if (isFile(answer)) await cache.put(path, answer);
    return;
  }
  const kept = await cache.match("/");
  // The first page is kept once it runs.
  if (!kept || !answer.ok) return;
  const text = await answer.clone().text();
  const release = RELEASE.exec((text.match(NAMED) || [""])[0]);
  if (!release) return;
  // A page whose files are not here would not start.
  if (!(await kept.text()).includes(release[1])) await keepFiles(text.match(NAMED), release[1]);
  await cache.put("/", answer);
}

/** Keeps files of a release; fails when one cannot be had. */
async function keepFiles(addresses, release) {
  const cache = await caches.open(release);
  for (const address of new Set(addresses)) {
    if (await cache.match(address, { ignoreVary: true })) continue;
    const answer = await fetch(address);
    if (!isFile(answer)) throw new Error(address);
    await cache.put(address, answer);
  }
}

/** What a page says it has loaded. */
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

/** Page and settings, once its files are kept. Older releases go. */
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

/** Whether it is a file, and not the page that some hosts send for what is missing. */
function isFile(answer) {
  return answer.ok && !(answer.headers.get("content-type") || "").includes("text/html");
}
