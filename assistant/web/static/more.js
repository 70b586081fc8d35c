// Says while there is more of the conversation below the edge at which it is cut (chat.css shows it).

import { watch } from "./conversation.js";

const NEAR_PX = 8;
const root = document.documentElement;
let due = false;

function look() {
  due = false;
  const composer = document.getElementById("composer");
  const last = document.getElementById("exchanges");
  if (!composer || !last) return;
  const edge = composer.getBoundingClientRect();
  const more = last.getBoundingClientRect().bottom > edge.top + NEAR_PX;
  const above = `${Math.floor(innerHeight - edge.top)}px`;
  if (more && root.style.getPropertyValue("--edge") !== above) root.style.setProperty("--edge", above);
  if (more !== root.hasAttribute("data-more")) root.toggleAttribute("data-more", more);
}

function soon() {
  if (!due) requestAnimationFrame(look);
  due = true;
}

// What scrolls and what is unfolded does not bubble.
for (const name of ["scroll", "toggle"]) document.addEventListener(name, soon, { capture: true, passive: true });
addEventListener("resize", soon);
watch(soon);
