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
/** So long a slow connection may take before the page that is kept is shown instead, in milliseconds. */
const PATIENCE_MS = 5000;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => event.waitUntil(keep(event.data).catch(() => {})));

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const release = RELEASE.exec(url.pathname);
  if (release) event.respondWith(ofRelease(event, release[1]));
  else if (request.mode === "navigate") event.respondWith(latest(request, "/"));
  else if (PAGE_FILES.includes(url.pathname)) event.respondWith(latest(request, url.pathname));
});

/** A file of a release: the one that is kept, else from the network, and then it is kept. */
async function ofRelease({ request }, release) {
  // A browser may refuse to keep anything; then all comes from the network.
  const cache = await caches.open(release).catch(() => undefined);
  const kept = await cache?.match(request.url, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (cache && isFile(answer)) await cache.put(request.url, answer.clone()).catch(() => {});
  return answer;
}

/** The page or a file beside it: from the network, and what is kept when that fails or takes too long. */
async function latest(request, path) {
  const answer = fetch(request);
  // What goes wrong is told below, where it is waited for.
  answer.catch(() => {});
  const kept = await caches.match(path, { cacheName: PAGE, ignoreVary: true }).catch(() => undefined);
  if (!kept) return answer;
  const slow = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, kept));
  return Promise.race([answer, slow]).catch(() => kept);
}

/** What a page says it has loaded: its release's files, and with them page and settings. */
async function keep(addresses) {
  const releases = new Set();
  for (const address of addresses) {
    const { origin, pathname } = new URL(address);
    const release = origin === location.origin && RELEASE.exec(pathname);
    if (!release) continue;
    releases.add(release[1]);
    const cache = await caches.open(release[1]);
    if (await cache.match(address, { ignoreVary: true })) continue;
    const answer = await fetch(address).catch(() => undefined);
    if (answer && isFile(answer)) await cache.put(address, answer).catch(() => {});
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
  await cache.addAll(PAGE_FILES).catch(() => {});
  const releases = (await caches.keys()).filter((name) => name.startsWith("pkg-"));
  // A tab of the release before may still be open.
  for (const old of releases.slice(0, -2)) await caches.delete(old);
}

/** Whether an answer is the file asked for, and not the page that some hosts send for what is missing. */
function isFile(answer) {
  return answer.ok && !(answer.headers.get("content-type") || "").includes("text/html");
}
