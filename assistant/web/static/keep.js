// Keeps this tab's conversation for some days, in this browser or on the server, brings it back, and
// saves it as a file.

import { ROOT, does, unguessable, watch } from "./conversation.js";
import { days, onServer, questions, read, titled, write } from "./store.js";

const TALK = "inspection-letters-talk";
const TYPED = "inspection-letters-typed";
const MAX_CHARS = 800000;
const ALONG_CHARS = 300000;
let mine = ""; // what the conversation is kept by; empty where it is not kept (yet)
let named = ""; // what the address says of it
let wanted = ""; // what was to be brought back
let base = ""; // what this tab last read or wrote of it in the browser's store
let last = "";
let asked = 0; // questions shown
let lately;
let brought = false;
let forgotten = false; // what is still shown was deleted
let typed = remembered(TYPED);

// A question that is still being answered is kept too: the page may be gone before its answer.
function exchanges(within, which = "template.kept") {
  return [...within.querySelectorAll(which)].map((t) => t.content.textContent);
}

function listed(items, most = MAX_CHARS) {
  const some = [...items];
  while (some.length > 1 && some.join().length > most) some.shift();
  return `[${some.join(",")}]`;
}

function say(words) {
  const place = document.getElementById("unkept");
  if (place && place.textContent !== words) place.textContent = words;
}

// This tab alone remembers its own, so that no two are in one by chance.
function remembered(key) {
  try {
    return sessionStorage.getItem(key) || "";
  } catch {
    return ""; // a browser that keeps nothing starts anew
  }
}

function remember(key, value) {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing lets it go.
  }
}

// The address names it too, so that it can be reloaded and found again.
function name(id) {
  mine = id;
  if (id === named || !days) return;
  named = id;
  remember(TALK, id);
  address();
  if (onServer) lately = id;
}

function address() {
  history.replaceState(history.state, "", `${ROOT}/${named ? `?conversation=${encodeURIComponent(named)}` : ""}`);
}

// What is open over the page has an entry of its own, and another may have been named meanwhile.
addEventListener("popstate", () => { if (brought && days) address(); });

// Another tab may have gone on with the same one: what it kept stays, and this gets its own key.
function store(items) {
  const text = items.length ? listed(items) : "";
  if (text === last) return;
  const held = questions(base).length;
  const opened = !last && items.length <= held;
  last = text;
  lately = text && listed(items, ALONG_CHARS);
  if (!days || !text) return;
  if (opened) {
    if (items.length < held) base = ""; // what cannot be shown any more stays where it is
    name(mine);
    return;
  }
  try {
    const kept = mine ? read(mine) : null;
    const id = kept && kept.text === base ? mine : unguessable();
    const gone = write({ id, title: kept?.title || titled(questions(text)[0]), text });
    base = text;
    name(id);
    if (gone.length) say(`To make room in this browser, the oldest was deleted: ${gone.map((title) => `“${title}”`).join(", ")}.`);
  } catch {
    say("This conversation is not kept: this browser has no room for it, or keeps nothing for this page. Save what you need as Word or Markdown.");
  }
}

function keep() {
  const conversation = document.getElementById("conversation");
  if (!conversation) return;
  const shown = conversation.querySelectorAll(".exchange");
  if (shown.length !== asked) say("");
  if (!shown.length && asked) {
    last = base = lately = "";
    name("");
    forgotten = false;
  }
  asked = shown.length;
  if (forgotten) return;
  if (asked && onServer) name(shown[0].dataset.talk);
  if (asked && !onServer) store(exchanges(conversation));
}

function before() {
  if (!days) return "";
  wanted = new URLSearchParams(location.search).get("conversation") || remembered(TALK);
  if (onServer) return wanted;
  try {
    base = (wanted && read(wanted)?.text) || "";
    if (base) mine = wanted;
  } catch {
    // A browser that keeps nothing still shows everything.
  }
  return base;
}

// The conversation that is kept of what is shown, empty where none is.
export const current = () => mine;

// Lets go of what is shown, which is kept no more; resolves when the server has let go of it too.
export function forget() {
  forgotten = asked > 0;
  base = lately = "";
  name("");
  return does("start-again");
}

// What is sent along with a question, in case the server does not know of it (any more).
export const along = () => lately ??= before();

// Also without anything to bring back: what is held may have changed since the page was made.
function bringBack() {
  if (brought || !document.querySelector("#current .empty")) return;
  brought = true;
  does("bring-back", () => ({ before: along() })).then(() => {
    if (!wanted || document.querySelector("#conversation .exchange")) return;
    base = lately = ""; // what cannot be read stays where it is
    named = wanted;
    name("");
    if (!document.querySelector("#aside:not(:empty)")) say("That conversation is not kept here any more.");
  });
}

// What was typed and not asked yet: the page reloads by itself when a lost server is back.
addEventListener("pagehide", () => remember(TYPED, document.querySelector("#question textarea")?.value || ""));

function typedBefore() {
  const area = document.querySelector("#question textarea");
  if (!area || typed === "") return;
  const text = typed;
  typed = "";
  if (area.value) return;
  area.value = text;
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

async function save(button) {
  const within = "all" in button.dataset ? document.getElementById("conversation") : button.closest(".exchange");
  const kind = button.dataset.export;
  const said = button.parentElement.querySelector(".copied");
  const response = await fetch(`${ROOT}/export/${kind}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: listed(exchanges(within, "template.kept:not(.asked)")),
  }).catch(() => null);
  if (!response || !response.ok) {
    said.textContent = "This could not be saved.";
    return;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = kind === "word" ? "inspection-letters.docx" : "inspection-letters.md";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  said.textContent = "Saved to your downloads.";
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-export]");
  if (button) save(button);
});

watch(() => {
  typedBefore();
  bringBack();
  keep();
});
