// The sources panel: opens a citation in its letter, and leads back to where it was selected.
"use strict";

(() => {
  let opener = null;
  let family = [];
  let leaving = false; // an entry of the browser's history that this script takes away itself
  let opening = 0; // the last one asked for is shown, whichever comes first

  const part = (id) => document.getElementById(id);

  function citationsBeside(link) {
    const turn = link.dataset.turn ? part(`turn-${link.dataset.turn}`) : link.closest(".exchange");
    const seen = new Set();
    const kind = link.matches(".near") ? "a.near" : "a.cite[data-number]";
    const links = [...(turn || document).querySelectorAll(kind)];
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
    const mine = ++opening;
    const body = await bodyOf(link);
    if (mine !== opening) return;
    opener = from || link;
    family = citationsBeside(link);
    part("place-body").innerHTML = body;
    const kind = link.matches(".near") ? "Near place" : "Source";
    part("place-title").textContent = `${kind} ${link.dataset.number} of ${family.length}`;
    part("place-asked").textContent = earlierQuestion(link);
    // Said once, where it stays in sight while the letter is read.
    part("place-about").replaceChildren(...part("place-body").querySelectorAll(".about > *"));
    part("place").hidden = false;
    part("panel-empty").hidden = true;
    beBackable();
    mark(link);
    turnButtons(link);
    showQuote();
    part("place-title").focus({ preventScroll: true });
  }

  function earlierQuestion(link) {
    const earlier = link.closest("#earlier .exchange");
    if (!earlier) return "";
    const asked = earlier.querySelector(".question").lastChild.textContent.trim();
    return `For your earlier question: ${asked.length > 120 ? `${asked.slice(0, 120)} …` : asked}`;
  }

  function mark(link) {
    unmark();
    document.querySelectorAll(`#columns a[data-number="${CSS.escape(link.dataset.number)}"]`).forEach((a) => {
      if (a.href === link.href) a.setAttribute("aria-current", "true");
    });
  }

  function unmark() {
    document.querySelectorAll("#columns a[aria-current]").forEach((a) => a.removeAttribute("aria-current"));
  }

  function turnButtons(link) {
    const at = family.findIndex((a) => a.dataset.number === link.dataset.number);
    for (const [id, neighbour] of [["place-previous", family[at - 1]], ["place-next", family[at + 1]]]) {
      part(id).disabled = !neighbour;
      part(id).onclick = neighbour ? () => open(neighbour, opener) : null;
    }
  }

  function isSheet() {
    return getComputedStyle(part("place")).position === "fixed";
  }

  // On a phone the sheet covers the page: Back closes it, and does not leave the page.
  function beBackable() {
    if (isSheet() && !history.state?.sheet) history.pushState({ sheet: true }, "");
  }

  function leaveHistory() {
    if (!history.state?.sheet || leaving) return;
    leaving = true;
    history.back();
  }

  addEventListener("popstate", () => {
    const shown = part("place") && !part("place").hidden;
    if (leaving && shown) beBackable(); // another source was opened meanwhile
    else if (!leaving && !history.state?.sheet) closeAndGoBack();
    leaving = false;
  });

  // Scrolls only what holds the letter, never the page: the panel, or on a phone the sheet.
  function showQuote() {
    const quote = part("place-body").querySelector("mark");
    const holder = isSheet() ? part("place") : part("panel");
    holder.scrollTop = 0;
    if (!quote) return;
    const below = quote.getBoundingClientRect().bottom - holder.getBoundingClientRect().bottom;
    if (below > -48) holder.scrollTop = below + 96;
  }

  function close() {
    opening += 1;
    if (!part("place") || part("place").hidden) return;
    part("place").hidden = true;
    part("panel-empty").hidden = false;
    unmark();
    leaveHistory();
  }

  // An answer that grew meanwhile has the same source in a new link.
  function goBack() {
    const same = [...document.querySelectorAll("#columns a[data-number]")].find((a) => a.href === opener?.href);
    const back = opener?.isConnected ? opener : same;
    if (back) back.focus();
  }

  function closeAndGoBack() {
    const open = part("place") && !part("place").hidden;
    close();
    if (open) goBack();
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("#place-close")) return closeAndGoBack();
    const link = event.target.closest("a.cite[data-number], a.near[data-number]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(link);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeAndGoBack();
  });

  // What is open belongs to the question before.
  document.addEventListener("another-question", close);
})();
