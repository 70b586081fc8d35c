// What the reader does in the box and its buttons; announcing, editing and asking again.

import { choice, settled } from "./choose.js";
import { does, watch } from "./conversation.js";
import { along } from "./keep.js";
import "./more.js";
import "./talks.js";

const live = document.createElement("div");
live.className = "visually-hidden";
live.setAttribute("role", "status");
live.setAttribute("aria-live", "polite");
live.id = "announcer";

let announced = "";
let turn = "";
let following = false;

function announce() {
  const exchange = document.querySelector("#current .exchange");
  const said = exchange ? `${exchange.id} ${exchange.dataset.announce}` : "";
  if (said === announced) return;
  announced = said;
  const now = exchange ? exchange.id : "";
  if (now !== turn) {
    turn = now;
    following = Boolean(exchange);
    document.dispatchEvent(new CustomEvent("another-question"));
  }
  live.textContent = exchange ? exchange.dataset.announce : "";
  // A short page cannot bring the question to the top until its answer is below it.
  if (exchange && following) exchange.scrollIntoView({ block: "start" });
}

function box() {
  return document.querySelector("#question textarea");
}

function put(text) {
  const area = box();
  area.value = text;
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function fill(text) {
  put(text);
  box().focus();
}

// Its place may come into the page after the box does.
function hint(text) {
  const place = document.getElementById("nothing-asked");
  if (place) place.textContent = text;
}

// What is in the box when it is told is what is asked: it may be edited while a lost connection
// is tried again.
let asking = false;
async function asked() {
  const nothing = !box().value.trim();
  hint(nothing ? "Type your question first." : "");
  if (!nothing && !asking) {
    asking = true;
    let question = "";
    await settled();
    await does("ask", () => {
      question = box().value;
      const mode = document.querySelector("#mode input:checked")?.value;
      return question.trim() && { question, before: along(), choice: choice(), mode };
    });
    asking = false;
    if (box().value === question) put("");
  }
}

function ask(text) {
  fill(text);
  asked();
}

for (const name of ["wheel", "touchmove", "keydown"]) {
  document.addEventListener(name, () => { following = false; }, { passive: true });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-ask], button[data-edit]");
  if (!button) return;
  if (button.dataset.ask !== undefined) ask(button.dataset.ask);
  else fill(button.dataset.edit);
});

document.addEventListener("ask-this", (event) => ask(event.detail));

document.addEventListener("click", (event) => {
  if (event.target.closest("#ask")) asked();
  if (event.target.closest("#stop")) does("stop", () => ({ before: along() }));
  if (event.target.closest("#new")) does("start-again");
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.target !== box()) return;
  event.preventDefault();
  asked();
});

document.addEventListener("input", (event) => { if (event.target === box()) hint(""); });

// Ready to type, but not on a phone, where it would open the keyboard over the page.
let ready = false;
function focusBox() {
  if (ready || !box()) return;
  ready = true;
  box().setAttribute("aria-describedby", "note");
  if (matchMedia("(pointer: fine) and (min-width: 901px)").matches) box().focus();
}

// On a phone what it opens would be below the screen.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("#how > button");
  if (opener) setTimeout(() => opener.parentElement.scrollIntoView({ block: "nearest" }), 250);
});

// Gradio's accordion does not say whether it is open.
function sayOpen() {
  const button = document.querySelector("#how > button");
  const content = document.querySelector("#how [data-testid=accordion-content]");
  if (!button || !content) return;
  const open = String(content.style.display !== "none");
  if (button.getAttribute("aria-expanded") !== open) button.setAttribute("aria-expanded", open);
}

if (document.body) document.body.append(live);
else addEventListener("DOMContentLoaded", () => document.body.append(live));

watch(() => {
  announce();
  sayOpen();
  focusBox();
}, ["style"]);
