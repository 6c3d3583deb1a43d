/* form[data-autosave="address"]: each field is saved when it loses the focus, and the words stay when the network is gone.
   The answer is JSON: {"saved_at": "10:32"}, or {"error": "…"} for the field. The sentences come from the page:
   data-words-saved="Saved {time}", data-words-failed="Not saved: …". They are written into [data-saved]. */
"use strict";

(() => {
  const forms = new WeakMap();

  const say = (form, words, failed) => {
    for (const place of document.querySelectorAll(`[data-saved="${form.id}"]`)) {
      place.querySelector("[data-saved-words]").textContent = words;
      place.classList.toggle("saved-failed", failed);
      place.hidden = false;
    }
  };

  const save = async (form, field) => {
    const data = new FormData();
    for (const [name, value] of new FormData(form)) if (name === field.name) data.append(name, value);
    if (!data.has(field.name)) data.append(field.name, "");
    data.append("field", field.name);
    for (const extra of form.querySelectorAll("input[type=hidden]:not([name=csrfmiddlewaretoken])")) {
      if (extra.name !== field.name) data.append(extra.name, extra.value);
    }
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: data,
        headers: { "X-CSRFToken": document.body.dataset.csrf, "X-Autosave": "1", Accept: "application/json" },
        credentials: "same-origin",
        keepalive: true, // whoever leaves the page at once has still saved
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const told = await answer.json();
      if (told.error) return say(form, told.error, true);
      forms.get(form).delete(field.name);
      return say(form, form.dataset.wordsSaved.replace("{time}", told.saved_at), false);
    } catch {
      return say(form, form.dataset.wordsFailed, true);
    }
  };

  const touched = (event) => {
    const form = event.target.form;
    if (!form || !form.dataset.autosave || !event.target.name || event.target.type === "file") return;
    if (!forms.has(form)) forms.set(form, new Set());
    forms.get(form).add(event.target.name);
  };

  const leave = (event) => {
    const field = event.target;
    const form = field.form;
    if (form && forms.get(form)?.has(field.name)) save(form, field);
  };

  document.addEventListener("input", touched);
  document.addEventListener("change", touched);
  document.addEventListener("focusout", leave);

  /* A long opinion is saved while it is being written, too. */
  let pause;
  document.addEventListener("input", (event) => {
    if (!event.target.matches("form[data-autosave] textarea")) return;
    clearTimeout(pause);
    pause = setTimeout(() => leave(event), 1500);
  });

  document.addEventListener("submit", (event) => {
    forms.get(event.target)?.clear();
  });
  window.addEventListener("beforeunload", (event) => {
    for (const form of document.querySelectorAll("form[data-autosave]")) {
      if (forms.get(form)?.size) event.preventDefault();
    }
  });
  /* Coming back after the network was gone: what was not saved is sent again. */
  window.addEventListener("online", () => {
    for (const form of document.querySelectorAll("form[data-autosave]")) {
      for (const name of forms.get(form) || []) if (form.elements[name]) save(form, form.elements[name]);
    }
  });
})();
