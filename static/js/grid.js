/* The grid of letters: arrows move from cell to cell, E goes to the reply of the column; Enter opens the cell's link. */
"use strict";

(() => {
  const table = document.querySelector("[data-grid]");
  if (!table) return;
  const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const typing = (element) => /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
  const at = (row, column) => table.rows[row]?.cells[column]?.querySelector("a, .cell");
  let row = 1;
  let column = 1;

  table.addEventListener("focusin", (event) => {
    const cell = event.target.closest("td, th");
    row = cell.parentElement.rowIndex;
    column = cell.cellIndex;
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const inside = table.contains(document.activeElement);
    if (moves[event.key] && (inside || document.activeElement === document.body)) {
      const [down, right] = inside ? moves[event.key] : [0, 0];
      const target = at(row + down, column + right);
      if (!target) return;
      target.focus();
      event.preventDefault();
    } else if (event.key.toLowerCase() === "e" && document.body.dataset.keys !== "off" && !typing(event.target)) {
      table.rows[0].cells[column]?.querySelector("[data-column]")?.click();
      event.preventDefault();
    }
  });

  document.querySelector("#entry select")?.focus({ preventScroll: true });
})();
