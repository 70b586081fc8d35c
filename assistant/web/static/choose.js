// Which sources are asked: always said above the question, taken off by one click, chosen in a
// form of its own. The choice is pairs of a name and a value; the server says what they are called.

import { beBackable } from "./back.js";
import { ROOT, heard, watch } from "./conversation.js";

const KEY = "inspection-letters-sources";
let picked = []; // [name, value, label]
let begun = false;
let anew = false; // a new conversation was begun and is not there yet
let settling = Promise.resolve(); // choices are made in the order the reader makes them

const part = (id) => document.getElementById(id);
const pairs = () => picked.map(([name, value]) => [name, value]);

function stored() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) || "[]");
  } catch {
    return [];
  }
}

function store() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(pairs()));
  } catch {
    // A browser that keeps nothing asks everything after a reload, and says so.
  }
}

// What is sent along with a question, once what was chosen before it is settled.
export const settled = () => settling;
export const choice = () => (picked.length ? JSON.stringify(pairs()) : "");

function chip([name, value, label]) {
  const item = document.createElement("li");
  item.className = "chip";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "chip-remove";
  button.textContent = "×";
  button.setAttribute("aria-label", `Do not restrict to: ${label}`);
  button.addEventListener("click", () => {
    choose(() => pairs().filter(([n, v]) => n !== name || v !== value));
    part("asking-choose").focus();
  });
  item.append(`${label} `, button);
  return item;
}

function show(documents, held) {
  const what = `${held} document${held === 1 ? "" : "s"}`;
  part("asking-said").textContent = picked.length ? `${documents} of ${what}` : `all ${what}`;
  part("asking-chips").replaceChildren(...picked.map(chip));
  part("asking-chips").hidden = !picked.length;
  sayKept(false);
}

function choose(wanted) {
  settling = settling.then(() => settle(typeof wanted === "function" ? wanted() : wanted));
  return settling;
}

async function settle(wanted) {
  const told = await heard(`sources/chosen?choice=${encodeURIComponent(JSON.stringify(wanted))}`);
  if (!told) return;
  picked = told.picked;
  store();
  show(told.documents, told.held);
}

async function open() {
  const response = await fetch(`${ROOT}/sources`).catch(() => null);
  part("choose-body").innerHTML = response && response.ok ? await response.text() : "<p>The sources could not be listed. Reload the page and try again.</p>";
  const form = part("choose-form");
  for (const [name, value] of form ? picked : []) {
    for (const field of form.elements[name] ? [form.elements[name]].flatMap((f) => (f.length && !f.options ? [...f] : [f])) : []) {
      if (field.type === "checkbox") field.checked ||= field.value === value;
      else field.value = value;
    }
  }
  part("choose").showModal();
  beBackable();
  part("choose").scrollTop = 0;
  part("choose-title").focus();
}

function close() {
  part("choose").close();
  part("asking-choose").focus();
}

function sift(field) {
  const words = field.value.toLowerCase();
  for (const item of field.closest("fieldset").querySelectorAll(".boxes li")) {
    item.hidden = !item.textContent.toLowerCase().includes(words) && !item.querySelector(":checked");
  }
}

// A new conversation keeps the choice, and says so from when it is there until it is asked of.
function sayKept(kept) {
  part("asking-kept").hidden = !kept;
  part("asking-kept-said").textContent = kept ? "Your choice of sources still holds." : "";
}

document.addEventListener("another-question", () => {
  if (!document.querySelector("#current .exchange")) return;
  anew = false;
  sayKept(false);
});

document.addEventListener("submit", (event) => {
  if (event.target.id !== "choose-form") return;
  event.preventDefault();
  choose([...new FormData(event.target)].filter(([, value]) => value));
  close();
});

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-sift]")) sift(event.target);
});

document.addEventListener("click", (event) => {
  const target = event.target;
  if (target.closest("#asking-choose")) return open();
  if (target.closest("#new")) anew = picked.length > 0;
  if (target.closest("[data-choose-close]")) return close();
  if (target.closest("[data-choose-all]")) {
    choose([]);
    return close();
  }
  const letter = target.closest("[data-choose-document]");
  if (letter) {
    choose([["document", letter.dataset.chooseDocument]]);
    part("place-close").click();
    document.querySelector("#question textarea").focus();
  }
  const widen = target.closest("[data-widen]");
  if (widen) {
    choose([]);
    document.dispatchEvent(new CustomEvent("ask-this", { detail: widen.dataset.widen }));
  }
});

// A letter's or an authority's own page leads here with what it is about.
function led() {
  const address = new URL(location.href);
  const wanted = ["document", "authority"].flatMap((name) => address.searchParams.getAll(name).map((value) => [name, value]));
  if (!wanted.length) return stored();
  for (const [name] of wanted) address.searchParams.delete(name);
  history.replaceState(history.state, "", address.pathname + address.search);
  return wanted;
}

watch(() => {
  if (!anew || !document.querySelector("#current .empty")) return;
  anew = false;
  sayKept(true);
});

watch(() => {
  if (begun || !part("asking-bar")) return;
  begun = true;
  choose(led());
});
