// Brings the marked words of a letter into view, and prints.
"use strict";

addEventListener("DOMContentLoaded", () => {
  const quote = document.getElementById("quote");
  if (quote) quote.scrollIntoView({ block: "center" });
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});
