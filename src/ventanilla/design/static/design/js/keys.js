// Single-key shortcuts of a list: j k move, x ticks, / searches, ? shows the help (a dialog with data-keys-help), and any
// other letter presses the button or link with data-key="letter", first in the current row, then on the page, unless it
// is inert: what is about to change is not pressed.
// Off where <html data-keys="off"> (WCAG 2.1.4), while someone types, and with Ctrl, Alt or Meta held.
//   [data-rows] holds [data-row]s, each with a [data-row-link] that takes the focus; the current one has aria-selected.
const typing = (element) => element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
const rows = () => [...document.querySelectorAll("[data-rows] [data-row]")];
const current = () => document.querySelector("[data-rows] [data-row][aria-selected=true]");

function select(row) {
  if (!row) return;
  for (const other of rows()) other.setAttribute("aria-selected", String(other === row));
  const link = row.querySelector("[data-row-link]");
  link?.focus();
  row.scrollIntoView({ block: "nearest" });
  row.dispatchEvent(new CustomEvent("ventanilla:row", { bubbles: true }));
}

function move(step) {
  const all = rows();
  const at = all.indexOf(current());
  select(all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)]);
}

function press(letter) {
  const wanted = `[data-key="${CSS.escape(letter)}"]:not([inert] *)`;
  const target = current()?.querySelector(wanted) ?? document.querySelector(wanted);
  target?.click();
  return Boolean(target);
}

const ACTIONS = {
  j: () => move(1),
  k: () => move(-1),
  x: () => current()?.querySelector("input[type=checkbox]")?.click(),
  "/": () => document.querySelector("[data-key-search]")?.focus(),
  "?": () => document.querySelector("dialog[data-keys-help]")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (document.documentElement.dataset.keys === "off") return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || event.isComposing) return;
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const action = ACTIONS[event.key];
  if (action) {
    event.preventDefault();
    action();
  } else if (/^[a-z0-9]$/.test(event.key) && press(event.key)) {
    event.preventDefault();
  }
});

// A row clicked becomes the current one, so that keys go on from there.
document.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-rows] [data-row]");
  if (row && row !== current()) for (const other of rows()) other.setAttribute("aria-selected", String(other === row));
});
