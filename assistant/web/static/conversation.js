// Tells the server what the reader does, shows the newest state of the conversation that it has
// told of, in whatever order it came, and follows the answer to the question that is under way.

export const unguessable = () => [...crypto.getRandomValues(new Uint8Array(24))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const NAME = unguessable();
export const ROOT = import.meta.url.replace(/\/page-files\/.*/, ""); // the page may lie below a path
const AGAIN_MS = 2000;
const shown = { earlier: 0, current: 0, sources: 0, aside: 0 }; // the revision of each part
const html = {};
let followed = "";
let done = Promise.resolve(); // what the reader does is told in the order it is done

// `what` is done with what `told` returns at each try; with nothing, it is not done any more.
export function does(what, told = () => ({})) {
  done = done.then(() => tell(what, told)).catch(console.error);
  return done;
}

async function tell(what, told) {
  const answer = await heard(`page/${what}`, () => {
    const body = told();
    return body && {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ page: NAME, ...body }),
    };
  });
  if (answer) show(answer);
}

// What the server answers, asked until it does or `asked` has no more to ask; nothing if it refuses.
export async function heard(path, asked = () => ({})) {
  for (let request = asked(); request; request = asked()) {
    const response = await fetch(`${ROOT}/${path}`, request).catch(() => null);
    const kind = response?.headers.get("Content-Type") || "";
    if (response?.ok && kind.startsWith("application/json")) {
      sayLost(false);
      return response.json();
    }
    // Whoever asked is not signed in any more.
    if (response && (response.ok || response.status === 401)) return location.reload();
    if (response && response.status < 500) return say("The server refused this. Reload the page and try again.");
    sayLost(true);
    await new Promise((again) => { setTimeout(again, AGAIN_MS); });
  }
  return sayLost(false);
}

function show(told) {
  for (const part of Object.keys(shown)) {
    const place = document.getElementById(part);
    if (told[part] === undefined || told.revision <= shown[part] || !place) continue;
    shown[part] = told.revision;
    if (html[part] === told[part]) continue;
    html[part] = told[part];
    place.innerHTML = told[part];
  }
  document.documentElement.dataset.told = told.revision;
  const key = underWay();
  if (key && key !== followed) follow(key);
  if (!key) sayLost(false);
}

function underWay() {
  return document.querySelector("#current .exchange[data-done=no]")?.dataset.key || "";
}

// Every line is a state of the page; the last one has no answer under way.
async function read(key) {
  const response = await fetch(`${ROOT}/answers/${encodeURIComponent(key)}`, { cache: "no-store" });
  const ours = response.headers.get("Content-Type") || "";
  // The server was started anew, or whoever asked is not signed in any more.
  if (!response.ok || !ours.startsWith("application/x-ndjson")) return location.reload();
  sayLost(false);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split("\n");
    rest = lines.pop();
    lines.forEach((line) => show(JSON.parse(line)));
  }
}

async function follow(key) {
  followed = key;
  while (underWay() === key) {
    try {
      await read(key);
    } catch {
      // said below
    }
    if (underWay() !== key) return;
    sayLost(true);
    await new Promise((done) => { setTimeout(done, AGAIN_MS); });
  }
}

function sayLost(lost) {
  say(lost ? "The connection was lost. Trying again every two seconds." : "");
}

function say(words) {
  const place = document.getElementById("lost");
  if (place && place.textContent !== words) place.textContent = words;
}

// Gradio puts the page's parts, and these scripts, into it in any order.
export function watch(look, attributes = []) {
  const options = { childList: true, subtree: true };
  if (attributes.length) Object.assign(options, { attributes: true, attributeFilter: attributes });
  new MutationObserver(look).observe(document.documentElement, options);
  look();
}

document.addEventListener("told", (event) => show(event.detail));
