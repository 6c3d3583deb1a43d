/* 上会台: 1 2 3 4 press the results, H goes to who steps out; a result that needs words asks for them first.
   Without this all buttons, links and forms still work. */
"use strict";

(() => {
  const desk = () => document.getElementById("desk");
  const busy = () => document.querySelector("#desk :is(.htmx-request, .htmx-swapping), #desk.htmx-swapping") !== null;
  let pending = null;

  const sum = () => {
    const told = document.querySelector("#desk .votes-sum");
    if (!told) return;
    const votes = ["agree", "against", "abstain"].map((name) => Number(document.getElementById(`id_${name}`).value));
    const fits = votes.reduce((all, one) => all + one, 0) === Number(told.dataset.present);
    told.textContent = fits ? told.dataset.fits : told.dataset.differs;
    told.classList.toggle("votes-fit", fits);
    told.classList.toggle("votes-differ", !fits);
  };

  /* Press a result once the fields it needs are filled; else go to the first empty one and remember it. */
  const press = (button) => {
    const needs = (button.dataset.needs || "").split(" ").filter(Boolean);
    const empty = needs.map((id) => document.getElementById(id)).find((field) => !field.value.trim());
    pending = empty ? button.dataset.press : null;
    if (empty) empty.focus();
    else button.click();
  };
  const button_of = (key) => desk()?.querySelector(`[data-press="${CSS.escape(key)}"]`);

  document.addEventListener("keydown", (event) => {
    if (!desk() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return;
    const field = event.target;
    if (event.key === "Enter" && pending && !event.shiftKey && field.matches("[data-needed]")) {
      event.preventDefault();
      const button = button_of(pending);
      if (button) press(button);
      return;
    }
    if (document.body.dataset.keys === "off" || /^(INPUT|TEXTAREA|SELECT)$/.test(field.tagName)) return;
    const button = button_of(event.key);
    if (button) {
      event.preventDefault();
      if (!busy()) press(button);
    } else if (event.key.toLowerCase() === "h") {
      (desk().querySelector("[data-hinted]") || desk().querySelector("[data-recuse]"))?.focus();
      event.preventDefault();
    }
  });

  /* A refused result comes back with its sentence and with everything that was typed. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id !== "desk" || event.detail.xhr.status !== 422) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });
  const failed = (event) => {
    if (event.detail.target?.id !== "desk") return;
    const told = document.getElementById("desk-saved");
    told.textContent = told.dataset.failed;
    told.classList.add("saved-failed");
  };
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:timeout", failed);
  document.addEventListener("htmx:afterSwap", () => {
    if (!desk()) return;
    pending = null;
    sum();
    /* The focus goes to the question, never back into a field, where the next key would be typed. */
    if (!desk().querySelector("[data-error-summary]")) document.getElementById("item-title").focus();
    document.querySelector("#desk .agenda-link[aria-current]")?.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("input", (event) => {
    if (event.target.closest("#desk .votes")) sum();
  });
  sum();
})();
