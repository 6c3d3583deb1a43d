/* What every page does beyond HTML. Everything here is a comfort: without it all links and forms still work. */
"use strict";

(() => {
  const body = document.body;

  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = body.dataset.csrf;
  });

  /* Menus: one open at a time; Esc and a click elsewhere close. */
  const menus = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  /* Dialogs: data-dialog="id" opens, data-close closes; the browser keeps the focus inside and gives it back. */
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.dialog);
      if (dialog && !dialog.open) {
        event.preventDefault();
        dialog.showModal();
      }
      return;
    }
    const closer = event.target.closest("[data-close]");
    if (closer) closer.closest("dialog")?.close();
  });

  /* A form is sent once: a second press within ten seconds is swallowed, and never the only one after "back". */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-again")) return;
    const now = Date.now();
    if (now - Number(form.dataset.sentAt || 0) < 10000) event.preventDefault();
    else form.dataset.sentAt = String(now);
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent-at]")) delete form.dataset.sentAt;
  });

  /* Passwords: data-reveal="id" shows what is typed. */
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-reveal]");
    if (!button) return;
    const input = document.getElementById(button.dataset.reveal);
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.textContent = shown ? button.dataset.show : button.dataset.hide;
    button.setAttribute("aria-pressed", String(!shown));
  });

  /* A file that is too large is refused before it travels. */
  document.addEventListener("change", (event) => {
    const input = event.target;
    const limit = Number(input.dataset.limitBytes || 0);
    if (input.type !== "file" || !limit) return;
    const large = [...input.files].some((file) => file.size > limit);
    input.setCustomValidity(large ? input.dataset.limitWords : "");
    if (large) input.reportValidity();
  });

  /* A button that may not be pressed says why; it is never dead. */
  document.addEventListener("click", (event) => {
    const button = event.target.closest('[aria-disabled="true"]');
    if (button) event.preventDefault();
  });

  /* Tabs over sections of one page: without this they are links that jump. */
  const choose = (list, tab) => {
    for (const other of list.querySelectorAll('[role="tab"]')) {
      const chosen = other === tab;
      other.setAttribute("aria-selected", String(chosen));
      other.tabIndex = chosen ? 0 : -1;
      document.querySelector(other.hash).hidden = !chosen;
    }
  };
  const prepareTabs = (root) => {
    for (const list of root.querySelectorAll("[data-tabs]:not([role])")) {
      const tabs = [...list.querySelectorAll('a[href^="#"]')];
      list.setAttribute("role", "tablist");
      for (const tab of tabs) {
        tab.setAttribute("role", "tab");
        tab.removeAttribute("aria-current");
        tab.setAttribute("aria-controls", tab.hash.slice(1));
        const panel = document.querySelector(tab.hash);
        panel.setAttribute("role", "tabpanel");
        panel.tabIndex = 0;
      }
      const wanted = tabs.find((tab) => tab.hash === location.hash) || tabs[0];
      if (wanted) choose(list, wanted);
    }
  };
  document.addEventListener("click", (event) => {
    const tab = event.target.closest('[role="tab"]');
    if (!tab || !tab.hash) return;
    event.preventDefault();
    choose(tab.closest("[data-tabs]"), tab);
  });
  /* A link into a folded tab opens it first: findings point at the very material. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]:not([role="tab"])');
    const target = link && link.hash.length > 1 && document.getElementById(link.hash.slice(1));
    const panel = target && target.closest('[role="tabpanel"]');
    const tab = panel && document.querySelector(`[role="tab"][href="#${panel.id}"]`);
    if (tab) choose(tab.closest("[data-tabs]"), tab);
  });
  document.addEventListener("keydown", (event) => {
    const tab = event.target.closest && event.target.closest('[role="tab"]');
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!tab || !step) return;
    const tabs = [...tab.closest("[data-tabs]").querySelectorAll('[role="tab"]')];
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    choose(tab.closest("[data-tabs]"), next);
    next.focus();
  });

  /* What a refused submit has to say takes the focus. */
  const greet = (root) => {
    prepareTabs(root);
    const summary = root.querySelector("[data-error-summary]");
    if (summary) summary.focus();
    const wide = root.querySelectorAll("[data-print]");
    for (const button of wide) button.hidden = false;
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
  document.addEventListener("htmx:load", (event) => greet(event.detail.elt));
  greet(document);
})();
