// ¿Cómo va?: type, Enter, read aloud, Enter. The field finds; in the list 1-9 and the arrows choose, Enter notes the
// contact and clears for the next call, Escape goes back to the field. No key is pressed twice for the same thing.
const form = document.getElementById("llamada");
const field = form.elements.typed;
const cases = document.getElementById("casos");
const told = document.getElementById("dicho");
const empty = told.innerHTML;
let asking = false; // an answer is under way
let wanted = false; // the list has the focus, or gets it when it comes
let path = ""; // of the case in sight
let figure = ""; // pressed before the list came
let noting = false; // Enter was pressed before the words came

const list = () => cases.querySelector("[role=listbox]");
const options = () => [...cases.querySelectorAll("[role=option]")];
const current = () => cases.querySelector("[aria-selected=true]");

function choose(option) {
  if (!option) return;
  for (const other of options()) other.setAttribute("aria-selected", String(other === option));
  list().setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
  if (option.dataset.path === path) return;
  path = told.dataset.awaits = option.dataset.path;
  htmx.ajax("GET", option.dataset.path, told);
}

told.addEventListener("htmx:afterSettle", (event) => {
  if (event.target !== told || event.detail.pathInfo.requestPath !== told.dataset.awaits) return;
  delete told.dataset.awaits;
  if (noting) note();
});

function note() {
  noting = "awaits" in told.dataset;
  if (!noting) told.querySelector("[data-note]")?.click();
}

function toList() {
  wanted = true;
  list()?.focus();
}

function clear() {
  field.value = "";
  cases.replaceChildren();
  told.innerHTML = empty;
  wanted = noting = false;
  path = figure = "";
  delete told.dataset.awaits;
  field.focus();
}

field.addEventListener("focus", () => (wanted = false));
field.addEventListener("input", () => {
  wanted = false;
  asking = field.value.trim().length > 2;
  document.getElementById("anotado").textContent = "";
});
field.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.failed) asking = false;
});
cases.addEventListener("htmx:afterSwap", () => {
  asking = false;
  if (!list()) {
    told.innerHTML = empty;
    path = "";
    return;
  }
  const held = options().find((option) => wanted && option.dataset.path === path);
  choose(options()[figure ? Number(figure) - 1 : -1] ?? held ?? options()[0]);
  figure = "";
  if (wanted) list().focus();
});

cases.addEventListener("click", (event) => {
  choose(event.target.closest("[role=option]"));
  toList();
});

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("keydown", (event) => {
  const inList = event.target === list();
  if (event.key === "Enter" && event.target === field) {
    event.preventDefault();
    toList();
    if (asking) htmx.trigger(field, "buscar");
  } else if (event.target === field && wanted && asking && /^[1-9]$/.test(event.key)) {
    event.preventDefault();
    figure = event.key;
  } else if (event.key === "Enter" && (inList || event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    note();
  } else if (event.target === field && event.key === "ArrowDown" && list()) {
    event.preventDefault();
    toList();
  } else if (event.key === "Escape" && event.target !== field) {
    field.focus();
    field.select();
  } else if (inList) move(event);
});

function move(event) {
  const all = options();
  const at = all.indexOf(current());
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  const chosen = /^[1-9]$/.test(event.key) && !event.ctrlKey && !event.altKey ? Number(event.key) - 1 : to;
  if (chosen === undefined) return;
  event.preventDefault();
  choose(all[Math.min(Math.max(chosen, 0), all.length - 1)]);
}

form.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status !== 422) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
});
form.addEventListener("htmx:afterRequest", (event) => {
  if (event.target.matches("[data-note]") && event.detail.xhr.status === 200) {
    document.getElementById("problemas").replaceChildren();
    clear();
  }
});
