// Sorts and sifts the table of documents.
"use strict";

addEventListener("DOMContentLoaded", () => {
  const body = document.querySelector("#held tbody");
  if (!body) return;
  const rows = [...body.rows];
  const collator = new Intl.Collator("en-GB", { numeric: true });
  const key = (row, column) => row.cells[column].dataset.key ?? row.cells[column].textContent.trim();

  document.querySelectorAll("#held th").forEach((head, column) => {
    head.firstElementChild.addEventListener("click", () => {
      const rising = head.getAttribute("aria-sort") !== "ascending";
      document.querySelectorAll("#held th").forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", rising ? "ascending" : "descending");
      rows.sort((a, b) => collator.compare(key(a, column), key(b, column)) * (rising ? 1 : -1));
      body.append(...rows);
    });
  });

  document.getElementById("sift").addEventListener("input", (event) => {
    const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    for (const row of rows) {
      row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
      if (!row.hidden) left += 1;
    }
    document.getElementById("sifted").textContent = `${left} of ${rows.length} shown`;
  });
});
