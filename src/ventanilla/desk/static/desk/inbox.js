// The inbox: the row in hand is shown beside the list, marked rows bring up what can be done with them, and the list
// refreshes by itself without taking anything out of anybody's hands.
import "./filters.js";

const preview = document.getElementById("vista");
const list = document.getElementById("lista");
const marking = document.getElementById("marcados");
const query = marking.elements.volver.value;
const bulk = document.querySelector("[data-bulk]");
const KEPT = "ventanilla:bandeja";
const REFRESH = 30000;

const rows = () => [...list.querySelectorAll("[data-row]")];
const current = () => list.querySelector("[data-row][aria-selected=true]");
const row = (path) => rows().find((one) => one.dataset.preview === path);
const marks = () => [...list.querySelectorAll("input[name=caso]")];
const wide = matchMedia("(min-width: 1200px)");

// Beside the list -----------------------------------------------------------------------------------------------------

let hand = "";
let pressed = "";
let waiting;

/** Another row is in hand. What stands beside it is out of reach at once, so that no key does to one case what was
 * meant for another; who runs through the list is shown the one they stop at. */
function take(one, patience = 120) {
  if (!one || one.dataset.preview === hand) return;
  hand = one.dataset.preview;
  pressed = "";
  preview.inert = true;
  clearTimeout(waiting);
  waiting = setTimeout(show, patience, hand);
  keep();
}

async function show(path) {
  try {
    const answer = await fetch(path, { headers: { "HX-Request": "true" } });
    if (path !== hand) return;
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const drawn = await answer.text();
    if (path !== hand) return;
    preview.innerHTML = drawn;
    for (const field of preview.querySelectorAll("[data-list-query]")) field.value = query;
    preview.inert = false;
    if (pressed) preview.querySelector(`[data-key="${CSS.escape(pressed)}"]`)?.click();
  } catch {
    if (path === hand) hand = "";
  }
}

/** Take a row in hand as `keys.js` does. */
function select(one, { focus = false, patience = 0 } = {}) {
  if (!one) return;
  for (const other of rows()) other.setAttribute("aria-selected", String(other === one));
  if (focus) one.querySelector("[data-row-link]").focus({ preventScroll: true });
  take(one, patience);
}

document.addEventListener("ventanilla:row", (event) => take(event.target));
list.addEventListener("focusin", (event) => wide.matches && take(event.target.closest("[data-row]")));
list.addEventListener("click", (event) => {
  const one = event.target.closest("[data-row]");
  if (one && wide.matches && !event.target.closest("a, input")) select(one, { focus: true });
});

// A key meant for a case that is still on its way is remembered, and pressed when it is there.
document.addEventListener("keydown", (event) => {
  const away = event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input:not([type=checkbox]), textarea, select");
  if (away || document.documentElement.dataset.keys === "off" || document.querySelector("dialog[open]")) return;
  if (preview.inert && /^[a-z]$/.test(event.key) && !"jkx".includes(event.key)) pressed = event.key;
});

// Where one was is found again: after taking a case, or coming back from it. ---------------------------------------------

function keep() {
  const at = rows().findIndex((one) => one.dataset.preview === hand);
  sessionStorage.setItem(KEPT, JSON.stringify({ query, path: hand, at }));
}

function kept() {
  const told = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  return told?.query === query ? (row(told.path) ?? rows()[Math.min(told.at, rows().length - 1)]) : undefined;
}

if (wide.matches) select(kept() ?? rows()[0]);

// Marks ---------------------------------------------------------------------------------------------------------------

function count() {
  const marked = marks().filter((box) => box.checked).length;
  const all = list.querySelector("[data-mark-all]");
  if (all) {
    all.checked = marked > 0 && marked === marks().length;
    all.indeterminate = marked > 0 && !all.checked;
  }
  if (!bulk) return;
  bulk.hidden = marked === 0;
  const said = bulk.querySelector("[data-bulk-count]");
  said.textContent = marked === 1 ? said.dataset.one : said.dataset.many.replace("{n}", marked);
}

function markAll(on) {
  for (const box of marks()) box.checked = on;
  count();
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-mark-all]")) markAll(event.target.checked);
  else count();
});
bulk?.querySelector("[data-unmark]").addEventListener("click", () => markAll(false));
addEventListener("pageshow", count);
count();

document.querySelector("[data-print]")?.addEventListener("click", () => print());

// Refresh: never under somebody's marks or while a menu, a form or a help is open. ---------------------------------------

const busy = () => document.hidden || document.querySelector("#lista input:checked, dialog[open], details[open], .k-marked");

let last = "";
let turn = 0;

/** The list; with `whole`, and every fourth time, also the counts of the views. */
async function refresh(whole) {
  if (busy()) return;
  const all = whole || ++turn % 4 === 0;
  const headers = all ? {} : { "HX-Request": "true", "HX-Target": "lista" };
  const answer = await fetch(`${list.dataset.path}?${query}`, { headers }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const text = await answer.text();
  const page = all && new DOMParser().parseFromString(text, "text/html");
  const fresh = page ? page.getElementById("lista").innerHTML : text;
  if (busy()) return;
  if (page) document.querySelector(".k-tabs").innerHTML = page.querySelector(".k-tabs").innerHTML;
  if (fresh.trim() !== last) swap(fresh);
  last = fresh.trim();
}

/** Another list in the place of this one: the row in hand stays in hand, and the focus where it was. */
function swap(fresh) {
  const at = rows().indexOf(current());
  const held = current()?.dataset.preview;
  const onRow = document.activeElement.closest?.("[data-row]");
  const onBox = document.activeElement.matches("input[name=caso]");
  list.innerHTML = fresh;
  count();
  const again = held && (row(held) ?? rows()[Math.min(at, rows().length - 1)]);
  if (!again) return;
  for (const other of rows()) other.setAttribute("aria-selected", String(other === again));
  if (onRow) again.querySelector(onBox ? "input[name=caso]" : "[data-row-link]").focus({ preventScroll: true });
  take(again, 0);
}

setInterval(refresh, REFRESH, false);
document.addEventListener("visibilitychange", () => refresh(true));
