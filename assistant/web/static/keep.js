// Keeps the conversation for some days, in this browser or on the server, brings it back, and
// saves it as a file.

import { ROOT, does, watch } from "./conversation.js";

const KEY = "inspection-letters-conversation";
const TYPED = "inspection-letters-typed";
const MAX_CHARS = 800000;
const ALONG_CHARS = 300000;
const { keeping, keepDays } = document.querySelector("script[data-keeping]").dataset;
const onServer = keeping === "server";
const days = Number(keepDays);
let last = "";
let lately;
let brought = false;
let asked = false;
let typed = "";

// A question that is still being answered is kept too: the page may be gone before its answer.
function exchanges(within, which = "template.kept") {
  return [...within.querySelectorAll(which)].map((t) => t.content.textContent);
}

function listed(items, most = MAX_CHARS) {
  const some = [...items];
  while (some.length > 1 && some.join().length > most) some.shift();
  return `[${some.join(",")}]`;
}

// With a login the server keeps it; the address names it, so that reloading brings it back.
function name(conversation) {
  const talk = conversation.querySelector(".exchange")?.dataset.talk || "";
  if (talk === last || (!talk && !asked)) return;
  last = talk;
  asked = Boolean(talk);
  history.replaceState(history.state, "", `${ROOT}/${talk ? `?conversation=${encodeURIComponent(talk)}` : ""}`);
  lately = talk;
}

function store(conversation) {
  const items = exchanges(conversation);
  const text = items.length ? listed(items) : "";
  if (text === last) return;
  last = text;
  lately = text && listed(items, ALONG_CHARS);
  if (!days) return;
  try {
    if (text) localStorage.setItem(KEY, JSON.stringify({ at: Date.now(), text }));
    else if (!conversation.querySelector(".exchange")) localStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing still shows everything.
  }
}

function keep() {
  const conversation = document.getElementById("conversation");
  if (!conversation) return;
  if (onServer) name(conversation);
  else store(conversation);
}

function before() {
  if (onServer) return new URLSearchParams(location.search).get("conversation") || "";
  try {
    const { at, text } = JSON.parse(localStorage.getItem(KEY) || "{}");
    if (at > Date.now() - days * 86400000 && typeof text === "string") return text;
    localStorage.removeItem(KEY); // its days are over
    return "";
  } catch {
    return "";
  }
}

// What is sent along with a question, in case the server does not know of it (any more).
export const along = () => lately ??= before();

// Also without anything to bring back: what is held may have changed since the page was made.
function bringBack() {
  if (brought || !document.querySelector("#current .empty")) return;
  brought = true;
  if (onServer) last = along();
  does("bring-back", () => ({ before: along() }));
}

// What was typed and not asked yet: the page reloads by itself when a lost server is back.
addEventListener("pagehide", () => {
  try {
    sessionStorage.setItem(TYPED, document.querySelector("#question textarea")?.value || "");
  } catch {
    // A browser that keeps nothing lets it go.
  }
});

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

try {
  typed = sessionStorage.getItem(TYPED) || "";
} catch {
  // A browser that keeps nothing starts with an empty box.
}

watch(() => {
  typedBefore();
  bringBack();
  keep();
});
