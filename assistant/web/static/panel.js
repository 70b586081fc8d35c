// The sources panel: opens a citation in its letter, and leads back to where it was selected.
"use strict";

(() => {
  let opener = null;
  let family = [];

  const part = (id) => document.getElementById(id);

  function citationsBeside(link) {
    const turn = link.dataset.turn ? part(`turn-${link.dataset.turn}`) : link.closest(".exchange");
    const seen = new Set();
    const links = [...(turn || document).querySelectorAll("a.cite[data-number]")];
    const once = links.filter((a) => !seen.has(a.dataset.number) && seen.add(a.dataset.number));
    return once.sort((a, b) => a.dataset.number - b.dataset.number);
  }

  function placeAddress(link) {
    const address = new URL(link.href);
    return `${address.pathname}/place${address.search}`;
  }

  async function bodyOf(link) {
    try {
      const response = await fetch(placeAddress(link));
      if (response.ok) return await response.text();
    } catch {
      // said below
    }
    return "<p>This place could not be opened. Reload the page and try again.</p>";
  }

  async function open(link, from) {
    opener = from || link;
    family = citationsBeside(link);
    const body = await bodyOf(link);
    part("place-body").innerHTML = body;
    part("place-title").textContent = `Source ${link.dataset.number} of ${family.length}`;
    part("place-name").textContent = link.getAttribute("aria-label").replace(/^[^:]*: /, "");
    part("place-about").textContent = part("place-body").querySelector("[data-about]")?.dataset.about || "";
    part("place").hidden = false;
    part("panel-empty").hidden = true;
    mark(link);
    turnButtons(link);
    showQuote();
    part("place-title").focus({ preventScroll: true });
  }

  function mark(link) {
    document.querySelectorAll("a.cite[aria-current]").forEach((a) => a.removeAttribute("aria-current"));
    document.querySelectorAll(`a.cite[data-number="${CSS.escape(link.dataset.number)}"]`).forEach((a) => {
      if (a.href === link.href) a.setAttribute("aria-current", "true");
    });
  }

  function turnButtons(link) {
    const at = family.findIndex((a) => a.dataset.number === link.dataset.number);
    for (const [id, neighbour] of [["place-previous", family[at - 1]], ["place-next", family[at + 1]]]) {
      part(id).disabled = !neighbour;
      part(id).onclick = neighbour ? () => open(neighbour, opener) : null;
    }
  }

  // Scrolls only what holds the letter, never the page: the panel, or on a phone the sheet.
  function showQuote() {
    const quote = part("place-body").querySelector("mark");
    const sheet = getComputedStyle(part("place")).position === "fixed";
    const holder = sheet ? part("place") : part("panel");
    holder.scrollTop = 0;
    if (!quote) return;
    const below = quote.getBoundingClientRect().bottom - holder.getBoundingClientRect().bottom;
    if (below > -48) holder.scrollTop = below + 96;
  }

  function close() {
    if (!part("place") || part("place").hidden) return;
    part("place").hidden = true;
    part("panel-empty").hidden = false;
    document.querySelectorAll("a.cite[aria-current]").forEach((a) => a.removeAttribute("aria-current"));
    if (opener && opener.isConnected) opener.focus();
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("#place-close")) return close();
    const link = event.target.closest("a.cite[data-number]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(link);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
})();
