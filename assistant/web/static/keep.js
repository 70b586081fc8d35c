// Keeps the conversation in this browser for 30 days, brings it back, and saves it as a file.
"use strict";

(() => {
  const KEY = "inspection-letters-conversation";
  const DAYS = 30;
  const MAX_CHARS = 800000;
  let last = "";

  function finished(within) {
    return [...within.querySelectorAll("template.kept")].map((t) => t.content.textContent);
  }

  function listed(items) {
    while (items.length > 1 && items.join().length > MAX_CHARS) items.shift();
    return `[${items.join(",")}]`;
  }

  function keep() {
    const conversation = document.getElementById("conversation");
    if (!conversation || !brought) return;
    const items = finished(conversation);
    const text = items.length ? listed(items) : "";
    if (text === last) return;
    last = text;
    try {
      if (text) localStorage.setItem(KEY, JSON.stringify({ at: Date.now(), text }));
      else if (!conversation.querySelector(".exchange")) localStorage.removeItem(KEY);
    } catch {
      // A browser that keeps nothing still shows everything.
    }
  }

  function before() {
    try {
      const { at, text } = JSON.parse(localStorage.getItem(KEY) || "{}");
      return at > Date.now() - DAYS * 86400000 && typeof text === "string" ? text : "";
    } catch {
      return "";
    }
  }

  let brought = false;

  function bringBack() {
    const area = document.querySelector("#kept-before textarea");
    const button = document.getElementById("bring-back");
    if (!area || !button || !document.querySelector("#current .empty")) return;
    const text = before();
    brought = true;
    if (!text) return;
    area.value = text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => button.click(), 100); // Gradio reads the box on its next tick.
  }

  async function save(button) {
    const within = "all" in button.dataset ? document.getElementById("conversation") : button.closest(".exchange");
    const kind = button.dataset.export;
    const said = button.parentElement.querySelector(".copied");
    const response = await fetch(`/export/${kind}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: listed(finished(within)),
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

  new MutationObserver(() => {
    if (!brought) bringBack();
    else keep();
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
