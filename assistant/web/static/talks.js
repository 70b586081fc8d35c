// The list of conversations: opens, sifts and renames them, and deletes them when it closes, so that
// until then each deletion can be undone.

import { does } from "./conversation.js";
import { current } from "./keep.js";
import { talks } from "./store.js";

const STATES = [".talk", ".talk-renaming", ".talk-deleted"];
const part = (id) => document.getElementById(id);
const rows = (which = "li") => [...(part("talks-list")?.querySelectorAll(which) || [])];
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
    problem = "Your conversations could not be listed. Reload the page and try again.";
  }
  part("talks-list").replaceChildren(...held.map(made));
  part("talks-sift").value = "";
  sift();
  if (problem) say(problem);
  part("talks").showModal();
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

async function deleteThose() {
  const gone = rows("li:has(.talk-deleted:not([hidden]))").map((row) => row.dataset.id);
  part("talks-list")?.replaceChildren();
  if (!gone.length) return;
  if (gone.includes(current())) does("start-again");
  try {
    await talks.remove(gone);
  } catch {
    part("unkept").textContent = "What you deleted could not be deleted. Open the list and try again.";
  }
}

document.addEventListener("click", (event) => {
  const row = event.target.closest("#talks-list li");
  const is = (which) => event.target.closest(which);
  if (is("#talks-open")) open();
  if (is("#talks-list a[aria-current]")) event.preventDefault(); // it is open already
  if (is("#talks-close, #talks-list a[aria-current]")) part("talks").close();
  if (is("#talks-all")) {
    rows("li:not([hidden])").forEach((one) => turn(one, ".talk-deleted"));
    rows("li:not([hidden]) [data-talk-undo]")[0].focus();
    say("Deleted when you close this list.");
  }
  if (is("[data-talk-rename]")) turn(row, ".talk-renaming", "input");
  if (is("[data-talk-cancel]")) turn(row, ".talk", "[data-talk-rename]");
  if (is("[data-talk-delete]")) turn(row, ".talk-deleted", "[data-talk-undo]");
  if (is("[data-talk-undo]")) turn(row, ".talk", "[data-talk-delete]");
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches(".talk-renaming")) return;
  event.preventDefault();
  rename(event.target.closest("li"));
});

document.addEventListener("input", (event) => {
  if (event.target.id === "talks-sift") sift();
});

// Neither a dialog's closing nor a page's bubbles.
document.addEventListener("close", (event) => {
  if (event.target.id !== "talks") return;
  deleting = deleteThose();
  part("talks-open").focus();
}, true);
addEventListener("pagehide", deleteThose);
