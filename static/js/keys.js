/* Keys of docs/screens.md. Single keys are silent while something is being typed and where a person switched them off. */
"use strict";

(() => {
  const typing = (element) =>
    element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) || element.closest("dialog[open]");

  /* J and K: the link marked data-next or data-previous, else the next or previous row of the list. */
  const walk = (step) => {
    const link = document.querySelector(step > 0 ? "[data-next]" : "[data-previous]");
    if (link) return link.click();
    const rows = [...document.querySelectorAll("[data-row]")];
    const at = rows.findIndex((row) => row.hasAttribute("aria-current"));
    const row = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    if (!row) return undefined;
    for (const other of rows) other.removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
    row.scrollIntoView({ block: "nearest" });
    return row.querySelector("a, button")?.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === "Escape" && event.target.matches("[data-opinion]")) {
      event.target.blur();
      return;
    }
    if (document.body.dataset.keys === "off" || typing(event.target)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "j" || key === "k") walk(key === "j" ? 1 : -1);
    else if (key === "o") document.querySelector("[data-opinion]")?.focus();
    else if (key === "/") (document.getElementById("search") || document.querySelector("[type=search]"))?.focus();
    else if (key === "?") document.getElementById("keys")?.showModal();
    else {
      /* Letters and figures only move to the button that carries them; Enter presses it. */
      const button = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
      if (!button) return;
      button.focus();
    }
    event.preventDefault();
  });
})();
