// A list that stays in sight under the field it answers: arrows move, Enter picks, typing on takes the choice back.
// The field is a combobox (ARIA 1.2); htmx asks and fills the list that its aria-controls names.
//   data-fills="id"      input that takes the picked option's data-value
//   data-picker="auto"   the first option counts as picked until another is
//   data-picker="sure"   the first one does where the answer marks it data-sure
// "ventanilla:picked" is dispatched from the field with the option (null: taken back) and whether a hand did it.
export class Picker {
  constructor(input) {
    this.input = input;
    this.list = document.getElementById(input.getAttribute("aria-controls"));
    this.fills = document.getElementById(input.dataset.fills);
    this.at = -1;
    this.byHand = false;
    this.awaiting = false;
    this.live = document.getElementById("anuncio");
    input.addEventListener("input", () => this.retyped());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("htmx:beforeRequest", () => (this.asking = true));
    input.addEventListener("htmx:afterRequest", (event) => this.answered(event.detail.failed));
    this.list.addEventListener("htmx:beforeSwap", (event) => this.guard(event));
    this.list.addEventListener("htmx:afterSwap", () => this.arrived());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.pick(event.target.closest("[role=option]"), true));
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  /** Typing on: what was picked by hand no longer holds, and an Enter pressed now waits for the answer. */
  retyped() {
    this.asking = Boolean(this.input.value.trim());
    if ((this.fills.value || this.byHand) && this.input.dataset.picker !== "auto") this.unpick();
    this.byHand = false;
    if (!this.input.value.trim() && this.input.dataset.picker !== "auto") this.close();
  }

  answered(failed) {
    if (!failed) return;
    this.asking = false;
    this.awaiting = false;
  }

  /** What a hand picked stands, whatever another field hears meanwhile. */
  guard(event) {
    const own = event.detail.requestConfig.elt === this.input;
    if (this.byHand && (!own || !this.input.dataset.picker)) event.detail.shouldSwap = false;
  }

  arrived() {
    this.asking = false;
    const options = this.options;
    options.forEach((option, index) => (option.id = `${this.list.id}-${index}`));
    this.list.hidden = !options.length;
    this.input.setAttribute("aria-expanded", String(Boolean(options.length)));
    this.live.textContent = options.length ? this.input.dataset.some.replace("%s", options.length) : "";
    const held = options.findIndex((option) => this.fills.value && option.dataset.value === this.fills.value);
    this.light(this.byHand && held >= 0 ? held : options.length ? 0 : -1);
    if (this.awaiting) return this.enter();
    if (this.byHand) return;
    if (this.input.dataset.picker === "auto") this.pick(options[0] ?? null, false);
    if (this.input.dataset.picker === "sure" && options[0] && "sure" in options[0].dataset) this.pick(options[0], false);
  }

  light(index) {
    this.at = index;
    this.options.forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    const lit = this.options[index];
    if (lit) this.input.setAttribute("aria-activedescendant", lit.id);
    else this.input.removeAttribute("aria-activedescendant");
    lit?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = this.options.length;
    if (step && count && !this.list.hidden) {
      event.preventDefault();
      this.light((this.at + step + count) % count);
      this.moved = true;
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (this.asking) this.hurry();
      else this.enter();
    } else if (event.key === "Tab" && !event.shiftKey && this.moved && !this.list.hidden) {
      this.pick(this.options[this.at], true);
    }
  }

  /** Enter before the answer came: ask at once, and pick when it is there. */
  hurry() {
    this.awaiting = true;
    htmx.trigger(this.input, "buscar");
  }

  /** Enter: picks what is lit; with nothing to pick it only goes on. */
  enter() {
    this.awaiting = false;
    const lit = this.list.hidden ? null : this.options[this.at];
    if (lit) this.pick(lit, true);
    this.input.dispatchEvent(new CustomEvent("ventanilla:next", { bubbles: true, detail: { option: lit ?? null } }));
  }

  pick(option, byHand) {
    if (byHand && !option) return;
    this.byHand = byHand;
    this.moved = false;
    const value = option?.dataset.value ?? "";
    const changed = value !== this.fills.value || byHand;
    this.fills.value = value;
    if (option) this.light(this.options.indexOf(option));
    if (changed) this.tell(option, byHand);
  }

  unpick() {
    this.fills.value = "";
    this.byHand = false;
    this.tell(null, true);
  }

  close() {
    this.list.replaceChildren();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.light(-1);
  }

  clear() {
    this.input.value = "";
    this.fills.value = "";
    this.byHand = this.awaiting = this.asking = this.moved = false;
    this.close();
  }

  tell(option, byHand) {
    const told = new CustomEvent("ventanilla:picked", { bubbles: true, detail: { option, byHand } });
    this.input.dispatchEvent(told);
  }
}
