// A combobox (ARIA 1.2, list autocomplete) over an input that also works alone. Markup: design/_combobox.html.
//   data-autocomplete="/path"  answers ?q=… with <li role="option" data-value data-path> (design/_options.html)
//   data-by="post"             asks by POST with the form's CSRF token: for words that may be about somebody
//   data-fills="id"            input that takes the chosen data-value (emptied again when the text changes)
// An option with data-path leads there; otherwise its text goes into the input and "ventanilla:chosen" is
// dispatched with the option's data as detail.
const WAIT_MS = 160;

class Combobox {
  constructor(input) {
    this.input = input;
    this.box = input.closest(".v-combo");
    this.list = this.box.querySelector("[role=listbox]");
    this.live = this.box.querySelector("[aria-live]");
    this.fills = document.getElementById(input.dataset.fills);
    this.at = -1;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.id);
    input.setAttribute("autocomplete", "off");
    this.close();
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), 120));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  later() {
    if (this.fills) this.fills.value = "";
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT_MS);
  }

  async ask() {
    const words = this.input.value.trim();
    this.request?.abort();
    if (words.length < Number(this.input.dataset.least ?? 2)) return this.close();
    this.request = new AbortController();
    try {
      const answer = await this.answer(words);
      if (answer.ok) this.show(await answer.text());
    } catch {
      this.close(); // Without an answer the field goes on as a plain one.
    }
  }

  answer(words) {
    const url = new URL(this.input.dataset.autocomplete, location.href);
    const asked = { signal: this.request.signal, headers: { "X-Requested-With": "fetch" } };
    if (this.input.dataset.by === "post") {
      const token = this.input.form.querySelector("[name=csrfmiddlewaretoken]").value;
      return fetch(url, { ...asked, method: "POST", body: new URLSearchParams({ q: words, csrfmiddlewaretoken: token }) });
    }
    url.searchParams.set("q", words);
    return fetch(url, asked);
  }

  show(html) {
    this.list.innerHTML = html;
    this.at = -1;
    const options = this.options;
    options.forEach((option, index) => (option.id = `${this.list.id}-${index}`));
    this.list.hidden = !options.length;
    this.input.setAttribute("aria-expanded", String(Boolean(options.length)));
    this.input.removeAttribute("aria-activedescendant");
    const words = options.length ? this.box.dataset.some : this.box.dataset.none;
    this.live.textContent = (words ?? "").replace("%s", options.length);
  }

  close() {
    this.list.hidden = true;
    this.at = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  move(step) {
    const options = this.options;
    if (this.list.hidden || !options.length) return this.ask();
    this.at = (this.at + step + options.length + (this.at < 0 && step < 0 ? 1 : 0)) % options.length;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === this.at)));
    this.input.setAttribute("aria-activedescendant", options[this.at].id);
    options[this.at].scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      this.move(steps[event.key]);
    } else if (event.key === "Enter" && !this.list.hidden && this.at >= 0) {
      event.preventDefault();
      this.choose(this.options[this.at]);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.stopPropagation();
      this.close();
    }
  }

  choose(option) {
    if (!option) return;
    if (option.dataset.path) return location.assign(option.dataset.path);
    this.input.value = option.dataset.text ?? option.textContent.trim();
    if (this.fills) this.fills.value = option.dataset.value ?? "";
    this.close();
    this.input.dispatchEvent(new CustomEvent("ventanilla:chosen", { bubbles: true, detail: { ...option.dataset } }));
  }
}

const start = (root) => {
  for (const input of root.querySelectorAll("[data-autocomplete]:not([role=combobox])")) new Combobox(input);
};
start(document);
document.addEventListener("htmx:load", (event) => start(event.target));
