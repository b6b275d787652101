// Shows a question only while the answer that calls for it is given. Without it every question is there, with its hint.
(() => {
  const box = (control) =>
    (/^(radio|checkbox)$/.test(control.type) && control.closest("fieldset")) || control.closest(".ds-field");

  function given(form, name) {
    const controls = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)].filter((each) => !box(each)?.hidden);
    const choice = (each) => /^(radio|checkbox)$/.test(each.type);
    return controls.filter((each) => !choice(each) || each.checked).map((each) => each.value);
  }

  function refresh(form) {
    for (const hint of form.querySelectorAll("[data-when-hint]")) hint.hidden = true;
    for (const control of form.querySelectorAll("[data-when]")) {
      const wanted = JSON.parse(control.dataset.whenValues);
      const shown = given(form, control.dataset.when).some((value) => wanted.includes(value));
      const around = box(control);
      if (around) around.hidden = !shown;
    }
  }

  document.addEventListener("change", (event) => {
    if (event.target.form?.querySelector("[data-when]")) refresh(event.target.form);
  });

  const all = (root) => root.querySelectorAll("form").forEach(refresh);
  document.addEventListener("htmx:load", (event) => {
    const form = event.target.closest?.("form");
    form ? refresh(form) : all(event.target);
  });
  all(document);
})();
