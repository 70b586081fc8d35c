// Asks whether an answer was useful and why, and sends what the reader says.
"use strict";

(() => {
  const ROOT = document.currentScript.src.replace(/\/page-files\/.*/, ""); // the page may lie below a path
  function form(exchange) {
    return exchange.querySelector(".why-form");
  }

  function expand(exchange, pressed) {
    for (const button of exchange.querySelectorAll("button[data-useful]")) {
      button.setAttribute("aria-expanded", String(button === pressed));
    }
  }

  function ask(button) {
    const exchange = button.closest(".exchange");
    form(exchange)?.remove();
    const useful = button.dataset.useful === "yes";
    const copy = exchange.querySelector("template.why").content.cloneNode(true);
    copy.querySelector("form").dataset.useful = button.dataset.useful;
    if (useful) copy.querySelector(".faults").remove();
    exchange.querySelector(".verdict").after(copy);
    expand(exchange, button);
    form(exchange).querySelector("input, textarea").focus();
  }

  function close(exchange) {
    const button = exchange.querySelector("button[aria-expanded=true]");
    form(exchange)?.remove();
    expand(exchange, null);
    button?.focus();
  }

  async function send(sent) {
    const exchange = sent.closest(".exchange");
    const said = new FormData(sent);
    const response = await fetch(`${ROOT}/feedback`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        useful: sent.dataset.useful === "yes",
        reason: said.get("reason"),
        comment: said.get("comment"),
        exchange: JSON.parse(exchange.querySelector("template.kept").content.textContent),
      }),
    }).catch(() => null);
    const done = response && response.ok;
    if (done) close(exchange);
    exchange.querySelector(".judged").textContent = done ? "Thank you. It was kept." : "This could not be sent. Try again in a minute.";
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-useful]");
    if (button) ask(button);
    else if (event.target.closest("button[data-cancel]")) close(event.target.closest(".exchange"));
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".why-form")) return;
    event.preventDefault();
    send(event.target);
  });
})();
