// The three columns of Atender: what each choice opens, where Enter goes next, and the line that sums them up.
import { Picker } from "./picker.js";

export const form = document.getElementById("atencion");
export const field = (name) => form.elements[name];
export const script = document.getElementById("guion");
export const foreseen = document.getElementById("previsto");
export const pickers = {};
for (const input of form.querySelectorAll("[data-picker]")) pickers[input.name] = new Picker(input);

const NEW = ["name", "contact", "document"]; // what is told of somebody new
const card = document.getElementById("ficha");
const other = document.getElementById("otra");
const papers = form.querySelector("[data-document]");
const says = (name) => form.querySelector(`[data-says=${name}]`);
const put = (name, words) => (says(name).textContent = words);
const begin = says("what").textContent;
const done = (column, ok) => form.querySelector(`[data-column=${column}] .k-col`).toggleAttribute("data-ok", ok);
const chosen = () => pickers.kind_words.options.find((option) => option.dataset.value === field("kind").value);
const answered = (item) =>
  [...item.querySelectorAll("input, select, textarea")].some((e) => (/radio|checkbox/.test(e.type) ? e.checked : e.value));

/** The line over the buttons, the ticks of the columns, what is still to be asked. */
export function sum() {
  const kind = chosen();
  const fresh = other.hidden ? "" : field("name").value || field("contact").value;
  const name = card.querySelector("b")?.textContent ?? fresh;
  const where = field("spot").value || field("said").value.trim();
  put("what", kind?.dataset.text ?? begin);
  put("where", kind && where ? says("where").dataset.words.replace("%s", where) : "");
  put("who", name ? says("who").dataset.words.replace("%s", name) : "");
  done("who", Boolean(name) || field("identity").value === "anonymous");
  done("what", Boolean(kind));
  done("where", Boolean(where));
  sumQuestions();
}

function sumQuestions() {
  const hidden = "fieldset[hidden], .ds-field[hidden]";
  const asked = [...script.querySelectorAll("[data-asked]")].filter((item) => !item.querySelector(hidden));
  for (const item of asked) item.querySelector("[data-wanting]").hidden = answered(item);
  const wanting = asked.filter((item) => !answered(item)).length;
  const words = says("missing").dataset;
  put("missing", wanting > 1 ? words.many.replace("%s", wanting) : wanting ? words.one : "");
}

let timer;
/** Ask what would come of what is typed. */
export function foresee() {
  clearTimeout(timer);
  timer = setTimeout(() => htmx.trigger(foreseen, "prever"), 60);
}

const PICKED = {
  who(option) {
    const isNew = Boolean(option && "new" in option.dataset);
    card.replaceChildren();
    other.hidden = !isNew;
    for (const name of NEW) field(name).value = (isNew && option.dataset[name]) || "";
    if (isNew && option.dataset.document) papers.hidden = false;
    if (option) pickers.who.close();
    if (option?.dataset.path) htmx.ajax("GET", option.dataset.path, card).then(sum);
  },
  affected_who(option) {
    if (!option) return;
    pickers.affected_who.close();
    field("affected_who").value = option.dataset.text;
  },
  kind_words(option) {
    const path = option?.dataset.path ?? "";
    const button = form.querySelector("[data-files]");
    button.textContent = option && "stops" in option.dataset ? button.dataset.refers : button.dataset.files;
    papers.hidden = !(option && "needsDocument" in option.dataset) && !field("document").value;
    if (script.dataset.path === path) return;
    script.dataset.path = path;
    script.replaceChildren();
    if (path) htmx.ajax("GET", path, script).then(sum);
  },
  said() {},
};

form.addEventListener("ventanilla:picked", (event) => {
  PICKED[event.target.name](event.detail.option);
  sum();
  foresee();
});

const afterWho = (option) => (option && "new" in option.dataset ? (option.dataset.name ? "contact" : "name") : "description");
const NEXT = {
  who: (option) => field(afterWho(option)),
  affected_who: () => field("mood"),
  kind_words: () => script.querySelector("input:not([type=hidden]), textarea, select") ?? field("said"),
  said: () => field("hint"),
};
form.addEventListener("ventanilla:next", (event) => NEXT[event.target.name](event.detail.option)?.focus());

form.addEventListener("htmx:afterSwap", (event) => {
  if (event.target === foreseen) put("foreseen", foreseen.querySelector("[data-foreseen]")?.textContent ?? "");
});

/** What was told goes; who told it stays. */
export function clearMatter() {
  for (const name of ["description", "hint"]) field(name).value = "";
  for (const name of ["kind_words", "said", "affected_who"]) pickers[name].clear();
  for (const part of [script, foreseen]) part.replaceChildren();
  delete script.dataset.path;
  PICKED.kind_words(null);
  put("foreseen", "");
  form.dispatchEvent(new Event("input"));
  sum();
}

/** Who told it goes too. */
export function clearPerson() {
  pickers.who.clear();
  PICKED.who(null);
  papers.hidden = true;
  field("mood").value = "";
  form.querySelector("[name=identity][value=identified]").checked = true;
  form.dispatchEvent(new Event("input"));
  sum();
}

// What the draft brought back is shown, and looked for again.
addEventListener("load", () => {
  other.hidden = !(field("name").value || field("contact").value);
  papers.hidden = !field("document").value;
  for (const name of ["who", "kind_words", "said", "description"]) {
    if (field(name).value) htmx.trigger(field(name), "buscar");
  }
  sum();
});
