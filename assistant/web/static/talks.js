// The list of conversations: opens, sifts and renames them, and deletes them at once; until it closes,
// the page holds what it deleted, so that each deletion can be undone.

import { backAgain, beBackable } from "./back.js";
import { current, forget } from "./keep.js";
import { onServer, talks } from "./store.js";

const STATES = [".talk", ".talk-renaming", ".talk-deleted"];
const part = (id) => document.getElementById(id);
const rows = (which = "li") => [...(part("talks-list")?.querySelectorAll(which) || [])];
const gone = new Map();
let deleting = Promise.resolve();
const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short" });

function say(words) {
  part("talks-said").textContent = words;
}

function turn(row, state, focused) {
  for (const one of STATES) row.querySelector(one).hidden = one !== state;
  const place = focused && row.querySelector(focused);
  place?.focus();
  place?.select?.(); // a title is typed over
}

function entitle(row, title) {
  row.querySelector("a").textContent = title;
  row.querySelector("input").value = title;
  row.querySelector(".talk-gone").textContent = title;
  for (const button of row.querySelectorAll("[data-label]")) button.setAttribute("aria-label", `${button.dataset.label} “${title}”`);
}

function made(one) {
  const row = part("talk-row").content.cloneNode(true).firstElementChild;
  row.dataset.id = one.id;
  row.dataset.words = one.questions.join(" ").toLowerCase();
  row.querySelector("a").href = `?conversation=${encodeURIComponent(one.id)}`;
  if (one.id === current()) row.querySelector("a").setAttribute("aria-current", "true");
  row.querySelector(".quiet").textContent = `last asked ${day.format(new Date(one.at))}`;
  entitle(row, one.title);
  return row;
}

function sift() {
  const words = part("talks-sift").value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const row of rows()) {
    const text = `${row.querySelector(".talk p").textContent.toLowerCase()} ${row.dataset.words}`;
    row.hidden = !words.every((word) => text.includes(word));
  }
  const shown = rows("li:not([hidden])").length;
  say(rows().length ? `${shown} of ${rows().length} shown` : "None are kept.");
  part("talks-all").disabled = !shown;
}

async function open() {
  let held = [];
  let problem = "";
  await deleting;
  try {
    held = await talks.list();
  } catch {
    problem = onServer ? "Your conversations could not be listed. Reload the page and try again." : "This browser keeps nothing for this page, so there are none to list.";
  }
  part("talks-list").replaceChildren(...held.map(made));
  part("talks-sift").value = "";
  sift();
  if (problem) say(problem);
  part("talks").showModal();
  beBackable();
  part("talks").scrollTop = 0;
  part("talks-title").focus();
}

async function rename(row) {
  const title = row.querySelector("input").value.trim();
  if (!title) return say("Type a title first.");
  try {
    await talks.rename(row.dataset.id, title);
  } catch {
    return say("This could not be renamed. Reload the page and try again.");
  }
  entitle(row, title);
  say("Renamed.");
  turn(row, ".talk", "[data-talk-rename]");
}

async function remove(those) {
  const ids = those.map((row) => row.dataset.id);
  const open = those.find((row) => row.dataset.id === current());
  say("Deleting…");
  const emptied = open && forget();
  if (onServer) await emptied; // an answer that is under way would be kept once more
  try {
    for (const one of await talks.remove(ids)) gone.set(one.id, one);
  } catch {
    return say("This could not be deleted. Reload the page and try again.");
  }
  if (open) open.dataset.open = "";
  open?.querySelector("a").removeAttribute("aria-current");
  those.forEach((row) => turn(row, ".talk-deleted"));
  those[0].querySelector("[data-talk-undo]").focus();
  say("Deleted. You can undo this until you close this list.");
}

async function restore(row) {
  try {
    await talks.restore(gone.get(row.dataset.id));
  } catch {
    return say("This could not be brought back. Try again.");
  }
  gone.delete(row.dataset.id);
  turn(row, ".talk", "[data-talk-delete]");
  say("Brought back.");
}

function deletes(those) {
  if (those.length) deleting = deleting.then(() => remove(those));
}

document.addEventListener("click", (event) => {
  const row = event.target.closest("#talks-list li");
  const is = (which) => event.target.closest(which);
  if (is("#talks-open")) open();
  if (is("#talks-list a[aria-current]")) event.preventDefault(); // it is open already
  if (is("#talks-close, #talks-list a[aria-current]")) part("talks").close();
  if (is("#talks-all")) deletes(rows("li:not([hidden]):has(.talk-deleted[hidden])"));
  if (is("[data-talk-rename]")) turn(row, ".talk-renaming", "input");
  if (is("[data-talk-cancel]")) turn(row, ".talk", "[data-talk-rename]");
  if (is("[data-talk-delete]")) deletes([row]);
  if (is("[data-talk-undo]")) restore(row);
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches(".talk-renaming")) return;
  event.preventDefault();
  rename(event.target.closest("li"));
});

document.addEventListener("input", (event) => {
  if (event.target.id === "talks-sift") sift();
});

// A dialog's closing does not bubble.
document.addEventListener("close", (event) => {
  if (event.target.id !== "talks") return;
  const again = part("talks-list").querySelector("li[data-open]:has(.talk-deleted[hidden]) a");
  gone.clear();
  part("talks-list").replaceChildren();
  part("talks-open").focus();
  if (again) backAgain().then(() => location.assign(again.href)); // it was open, deleted and brought back
}, true);
