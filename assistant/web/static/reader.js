// Brings the marked words of a letter into view.
"use strict";

addEventListener("DOMContentLoaded", () => {
  const quote = document.getElementById("quote");
  if (quote) quote.scrollIntoView({ block: "center" });
});
