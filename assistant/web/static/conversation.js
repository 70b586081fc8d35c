// Shows the newest state of the conversation that the server has told of, in whatever order it
// came, and follows the answer to the question that is under way.
"use strict";

(() => {
  const ROOT = document.currentScript.src.replace(/\/page-files\/.*/, ""); // the page may lie below a path
  const AGAIN_MS = 2000;
  const shown = { earlier: 0, current: 0, sources: 0 }; // the revision of each part
  const html = {};
  const heard = new WeakMap(); // Gradio patches what it shows, so a place keeps its element
  let followed = "";

  function show(told) {
    for (const part of Object.keys(shown)) {
      const place = document.getElementById(part);
      if (told[part] === undefined || told.revision <= shown[part] || !place) continue;
      shown[part] = told.revision;
      if (html[part] === told[part]) continue;
      html[part] = told[part];
      place.innerHTML = told[part];
    }
    const key = underWay();
    if (key && key !== followed) follow(key);
    if (!key) sayLost(false);
  }

  function underWay() {
    return document.querySelector("#current .exchange[data-done=no]")?.dataset.key || "";
  }

  // Every line is a state of the page; the last one has no answer under way.
  async function read(key) {
    const response = await fetch(`${ROOT}/answers/${encodeURIComponent(key)}`, { cache: "no-store" });
    const ours = response.headers.get("Content-Type") || "";
    // The server was started anew, or whoever asked is not signed in any more.
    if (!response.ok || !ours.startsWith("application/x-ndjson")) return location.reload();
    sayLost(false);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (rest + part.value).split("\n");
      rest = lines.pop();
      lines.forEach((line) => show(JSON.parse(line)));
    }
  }

  async function follow(key) {
    followed = key;
    while (underWay() === key) {
      try {
        await read(key);
      } catch {
        // said below
      }
      if (underWay() !== key) return;
      sayLost(true);
      await new Promise((done) => { setTimeout(done, AGAIN_MS); });
    }
  }

  function sayLost(lost) {
    const place = document.getElementById("lost");
    const words = lost ? "The connection was lost. Trying again every two seconds." : "";
    if (place && place.textContent !== words) place.textContent = words;
  }

  new MutationObserver(() => {
    for (const told of document.querySelectorAll(".told")) {
      if (heard.get(told) === told.textContent) continue;
      heard.set(told, told.textContent);
      show(JSON.parse(told.textContent));
    }
  }).observe(document.documentElement, { childList: true, characterData: true, subtree: true });
})();
