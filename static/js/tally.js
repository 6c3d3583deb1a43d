/* form[data-tally]: says while one types whether the counted papers add up; the sentences come from the form. */
"use strict";

(() => {
  const GRADES = ["excellent", "competent", "basically_competent", "not_competent"];

  const look = (form) => {
    const count = (name) => {
      const text = form.querySelector(`[data-count="${name}"]`).value.trim();
      return text === "" ? NaN : Number(text);
    };
    const place = form.querySelector("[data-tally-words]");
    const [issued, returned, valid] = ["issued", "returned", "valid"].map(count);
    const sum = GRADES.map(count).reduce((all, one) => all + one, 0);
    let words = "";
    if (returned > issued) words = form.dataset.returned;
    else if (valid > returned) words = form.dataset.valid;
    else if (!Number.isNaN(sum) && !Number.isNaN(valid) && sum !== valid) {
      words = form.dataset.sum.replace("{sum}", sum).replace("{valid}", valid);
    }
    const whole = ![issued, returned, valid, sum].some(Number.isNaN);
    place.textContent = words || (whole ? form.dataset.addsUp : "");
    place.className = `mb-0 ${words ? "wrong" : "right"}`;
  };

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-tally]");
    if (form) look(form);
  });
})();
