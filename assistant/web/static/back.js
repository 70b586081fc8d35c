// On a phone a dialog covers the page: Back closes it, and does not leave the page. The sheet that
// shows a source does the same in panel.js.

const wide = matchMedia("(min-width: 901px)");

// For a dialog that was just opened.
export function beBackable() {
  if (!wide.matches && !history.state?.dialog) history.pushState({ ...history.state, dialog: true }, "");
}

// Resolves when what a dialog that closes put into the browser's history is gone.
export function backAgain() {
  if (!history.state?.dialog) return Promise.resolve();
  return new Promise((done) => { addEventListener("popstate", done, { once: true }); });
}

// A dialog's closing does not bubble.
document.addEventListener("close", () => { if (history.state?.dialog) history.back(); }, true);

addEventListener("popstate", () => {
  if (!history.state?.dialog) document.querySelector("dialog[open]")?.close();
});
