// Atender: Ctrl + Enter files what the three columns hold; the receipt shows, the person stays, the next matter begins.
// Each matter has a key of its own, so that whatever happens on the way it is filed once.
import { clearMatter, clearPerson, field, foresee, form, pickers, script, sum } from "./columns.js";

const KEY = "ventanilla.attend.key";
const READING_MS = 1000; // a second press in haste takes no receipt away before it was read
const clock = document.getElementById("reloj");
const receipts = document.getElementById("recibos");
const problems = document.getElementById("problemas");
let filedAt = 0;
let matter = 0; // which of this page; answers that come late belong to one that is gone
let hearing = false; // words are typed whose types have not come yet

// The key outlives a reload: what was sent and never answered is not filed again.
const renew = () => sessionStorage.setItem(KEY, crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`.slice(0, 36));
if (!sessionStorage.getItem(KEY)) renew();

// Enter goes on to what comes next; only Ctrl + Enter files.
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    if (!event.repeat) file();
  } else if (!event.defaultPrevented && event.target.matches("input")) {
    event.preventDefault();
    goOn(event.target);
  }
});

function goOn(from) {
  if (/^(name|contact)$/.test(from.name)) return field(field("contact").value ? "description" : "contact").focus();
  const stops = (e) => e.offsetParent && (e === from || e.type !== "radio" || (e.name !== from.name && isStop(e)));
  const all = [...form.querySelectorAll("input:not([type=hidden]), textarea, select, .k-file button")].filter(stops);
  all[all.indexOf(from) + 1]?.focus();
}

/** Of a group of radios, the one where Tab would stop. */
function isStop(radio) {
  const group = [...form.querySelectorAll(`[name="${CSS.escape(radio.name)}"]`)];
  return radio === (group.find((each) => each.checked) ?? group[0]);
}

const isEmpty = () => !["description", "kind", "kind_words", "said"].some((name) => field(name).value.trim());

/** File what is typed; with nothing typed and something filed, the next person comes. */
function file() {
  if (!isEmpty() || !receipts.children.length) form.requestSubmit(form.querySelector("button[type=submit]:not([name])"));
  else if (Date.now() - filedAt > READING_MS) next();
}

function next() {
  renew();
  matter += 1;
  problems.replaceChildren();
  receipts.replaceChildren();
  clearMatter();
  clearPerson();
  clock.dataset.clock = "stopped";
  field("who").focus();
}

const files = (element) => element === form || element.matches("[data-joins]");

form.addEventListener("htmx:configRequest", (event) => {
  if (event.target !== form) return;
  event.detail.parameters.set("key", sessionStorage.getItem(KEY));
  // Words are under way that the type in sight doesn't know yet: the server tells by all of them.
  if (hearing && !pickers.kind_words.byHand) event.detail.parameters.delete("kind");
});

document.addEventListener("htmx:beforeSend", (event) => (event.detail.xhr.matter = matter));
form.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.matter !== matter) event.detail.shouldSwap = false;
  // A 422 says what is wrong; its words are shown and nothing typed is touched.
  else if (xhr.status === 422) Object.assign(event.detail, { shouldSwap: true, isError: false });
});

form.addEventListener("htmx:afterRequest", (event) => {
  if (event.target === field("description")) hearing = false;
  if (event.detail.xhr.status !== 200 || !files(event.target)) return;
  filedAt = Date.now();
  matter += 1;
  renew();
  problems.replaceChildren();
  clearMatter();
  field("description").focus();
});

// Nothing typed is lost where the system can't be reached: it says so, and the same key files it once.
function warn() {
  const box = document.createElement("div");
  box.className = "ds-alert";
  box.dataset.color = "warning";
  box.setAttribute("role", "alert");
  box.textContent = form.dataset.unsent;
  problems.replaceChildren(box);
}
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  form.addEventListener(name, (event) => files(event.target) && warn());
}

form.addEventListener("input", (event) => {
  if (clock.dataset.clock === "stopped" && event.isTrusted) clock.dataset.clock = new Date().toISOString();
  if (event.target === field("description")) hearing = true;
  sum();
});
form.addEventListener("change", (event) => {
  const answers = event.target.name.startsWith("q-");
  // Once a question is answered its type stands, whatever else is heard.
  if (answers && script.dataset.path) pickers.kind_words.byHand = true;
  if (answers || /^(identity|channel)$/.test(event.target.name)) foresee();
  sum();
});
form.addEventListener("reset", () => setTimeout(next));

form.addEventListener("click", (event) => {
  if (event.target.closest("[data-next]")) next();
  if (event.target.closest("[data-unpick]")) {
    pickers.who.unpick();
    htmx.trigger(field("who"), "buscar");
    field("who").focus();
  }
  const button = event.target.closest("[data-print]");
  if (button) printOne(button.closest(".k-receipt"));
});

function printOne(receipt) {
  const paper = receipt.querySelector(".k-paper");
  receipt.dataset.printing = "";
  paper.hidden = false;
  print();
  paper.hidden = true;
  delete receipt.dataset.printing;
}
