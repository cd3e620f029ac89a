// The sandbox's own page: calls /_sandbox/… and shows what came back.
const $ = (id) => document.getElementById(id);

function say(text) {
  $("said").textContent = text;
}

async function call(method, path, body) {
  const response = await fetch(`/_sandbox/${path}`, {
    method,
    headers: body ? { "content-type": "application/json" } : {},
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  const value = text ? JSON.parse(text) : null;
  if (!response.ok) {
    const reasons = (value?.errors ?? []).map((error) => error.reason);
    throw new Error([value?.detail ?? value?.title, ...reasons].filter(Boolean).join(" "));
  }
  return value;
}

// What a button does; a refusal is said, not thrown away.
function does(work) {
  return async (event) => {
    event.preventDefault();
    try {
      await work(event);
    } catch (error) {
      say(error.message);
    }
  };
}

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

async function copyToken(clientId) {
  const { accessToken } = await call("POST", "tokens", { clientId });
  $("token").value = accessToken;
  try {
    await navigator.clipboard.writeText(accessToken);
    say(`A token of ${clientId} is on the clipboard.`);
  } catch {
    $("token").select();
    say(`A token of ${clientId} is below, selected.`);
  }
}

function spelled(fault) {
  const { id, method = "any", route, effect, count, ...rest } = fault;
  const more = Object.entries(rest)
    .filter(([name, value]) => !(name === "skip" && value === 0))
    .map(([name, value]) => `${name}=${value}`);
  return [method, route, effect, ...more, count ? `${count}×` : "until switched off"].join(" ");
}

function shownFault(fault) {
  const item = element("li", `${spelled(fault)} `);
  const button = element("button", "Switch off");
  button.type = "button";
  button.setAttribute("aria-label", `Switch off ${spelled(fault)}`);
  button.addEventListener("click", does(async () => {
    await call("DELETE", `faults/${fault.id}`).finally(showFaults);
    say("The fault is off.");
  }));
  item.append(button);
  return item;
}

async function showFaults() {
  const faults = await call("GET", "faults");
  $("faults").replaceChildren(
    ...(faults.length ? faults.map(shownFault) : [element("li", "None is on.")]),
  );
  $("clear-faults").disabled = faults.length === 0;
}

async function showRequests() {
  const requests = (await call("GET", "requests")).reverse().slice(0, 50);
  const rows = requests.map((request) => {
    const row = document.createElement("tr");
    const address = element("td", "");
    address.append(element("b", request.method, request.method.toLowerCase()), ` ${request.path}`);
    if (request.query) address.append(`?${request.query}`);
    row.append(
      element("td", request.at.slice(11, 19)),
      address,
      element("td", request.status, request.status >= 400 ? "bad" : ""),
      element("td", request.milliseconds),
    );
    return row;
  });
  $("requests").replaceChildren(...rows);
  if (!rows.length) {
    const row = document.createElement("tr");
    const cell = element("td", "None yet.");
    cell.colSpan = 4;
    row.append(cell);
    $("requests").append(row);
  }
}

async function listRoutes() {
  const { paths } = await call("GET", "openapi.json");
  $("routes").replaceChildren(
    ...Object.keys(paths).map((path) => Object.assign(document.createElement("option"), { value: path })),
  );
}

for (const button of document.querySelectorAll("button[data-token]")) {
  button.addEventListener("click", does(() => copyToken(button.dataset.token)));
}
$("fault").addEventListener("submit", does(async (event) => {
  const given = [...new FormData(event.target)].filter(([, value]) => value !== "");
  const numbers = ["status", "delayMs", "count"];
  await call("POST", "faults", Object.fromEntries(
    given.map(([name, value]) => [name, numbers.includes(name) ? Number(value) : value]),
  ));
  await showFaults();
  say("The fault is on.");
}));
$("clear-faults").addEventListener("click", does(async () => {
  await call("DELETE", "faults");
  await showFaults();
  say("All faults are off.");
}));
$("refresh").addEventListener("click", does(showRequests));
$("clear-requests").addEventListener("click", does(async () => {
  await call("DELETE", "requests");
  await showRequests();
}));
$("reset").addEventListener("click", () => $("confirm").showModal());
$("confirm").addEventListener("close", does(async () => {
  if ($("confirm").returnValue !== "yes") return;
  say("Filling the database…");
  await call("POST", "reset");
  await Promise.all([showFaults(), showRequests()]);
  say("The sandbox is as new.");
}));

setInterval(() => {
  if (!document.hidden) showRequests().catch(() => {});
}, 3000);
does(() => Promise.all([showFaults(), showRequests(), listRoutes()]))(new Event("load"));
