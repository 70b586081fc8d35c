// Keeps the conversation for some days, in this browser or on the server, brings it back, and
// saves it as a file.
"use strict";

(() => {
  const ROOT = document.currentScript.src.replace(/\/page-files\/.*/, ""); // the page may lie below a path
  const KEY = "inspection-letters-conversation";
  const TYPED = "inspection-letters-typed";
  const MAX_CHARS = 800000;
  const TOLD_CHARS = 300000; // sent along with a question, in case the server has lost the rest
  let last = "";
  let brought = false;
  let asked = false;

  function terms() {
    const { keeping, keepDays } = document.querySelector("#header .site").dataset;
    return { onServer: keeping === "server", days: Number(keepDays) };
  }

  // A question that is still being answered is kept too: the page may be gone before its answer.
  function exchanges(within, which = "template.kept") {
    return [...within.querySelectorAll(which)].map((t) => t.content.textContent);
  }

  function listed(items, most = MAX_CHARS) {
    const some = [...items];
    while (some.length > 1 && some.join().length > most) some.shift();
    return `[${some.join(",")}]`;
  }

  function tell(text) {
    const area = document.querySelector("#kept-before textarea");
    area.value = text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // With a login the server keeps it; the address names it, so that reloading brings it back.
  function name(conversation) {
    const talk = conversation.querySelector(".exchange")?.dataset.talk || "";
    if (talk === last || (!talk && !asked)) return;
    last = talk;
    asked = Boolean(talk);
    history.replaceState(history.state, "", `${ROOT}/${talk ? `?conversation=${encodeURIComponent(talk)}` : ""}`);
    tell(talk);
  }

  function store(conversation, days) {
    const items = exchanges(conversation);
    const text = items.length ? listed(items) : "";
    if (text === last) return;
    last = text;
    tell(text && listed(items, TOLD_CHARS));
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
    const { onServer, days } = terms();
    if (onServer) name(conversation);
    else store(conversation, days);
  }

  function before() {
    const { onServer, days } = terms();
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

  // Also without anything to bring back: what is held may have changed since the page was made.
  function bringBack() {
    const area = document.querySelector("#kept-before textarea");
    const button = document.getElementById("bring-back");
    if (!area || !button || !document.querySelector("#current .empty")) return;
    brought = true;
    typedBefore();
    const text = before();
    last = terms().onServer ? text : "";
    if (text) tell(text);
    setTimeout(() => button.click(), 100); // Gradio reads the box on its next tick.
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
    let text = "";
    try {
      text = sessionStorage.getItem(TYPED) || "";
    } catch {
      return;
    }
    const area = document.querySelector("#question textarea");
    if (!text || area.value) return;
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

  new MutationObserver(() => {
    if (!brought) bringBack();
    else keep();
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
