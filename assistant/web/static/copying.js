// Copies an answer, a quote with its reference, or a link, and says so.
"use strict";

(() => {
  const SHOWN_MS = 3000;
  const live = document.createElement("div");
  live.className = "visually-hidden";
  live.setAttribute("role", "status");
  live.id = "copy-said";
  addEventListener("DOMContentLoaded", () => document.body.append(live));
  if (document.body) document.body.append(live);

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      area.className = "visually-hidden";
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  }

  function textOf(button) {
    if (button.dataset.copyText !== undefined) return button.dataset.copyText;
    if (button.dataset.copyLink !== undefined) return new URL(button.dataset.copyLink, location.origin).href;
    return button.closest(".exchange").querySelector(".copy-text").content.textContent;
  }

  // On the button itself too, where no place beside it says so.
  function say(button, words) {
    const place = button.parentElement.querySelector(".copied");
    if (place) {
      place.textContent = words;
      return;
    }
    live.textContent = "";
    setTimeout(() => { live.textContent = words; }, 50);
    button.dataset.label ??= button.textContent;
    button.textContent = words;
    setTimeout(() => { button.textContent = button.dataset.label; }, SHOWN_MS);
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy], button[data-copy-link], button[data-copy-text]");
    if (!button) return;
    const done = await copy(textOf(button));
    say(button, done ? "Copied." : "Your browser did not allow copying.");
    button.focus();
  });
})();
