// Half-typed answers stay on this device until they are sent: <form data-draft="report-where">. A note says what was
// restored and offers to forget it (design/_draft.html). Nothing that was already answered is overwritten.
// Not kept: files, passwords, hidden inputs, [data-draft-skip]. Forgotten after a day (phones are lent), and when a page
// says it arrived: <meta name="draft-done" content="report"> forgets every draft whose name begins so, and so does sending
// <form data-draft-forget="report">.
const DAY_MS = 24 * 60 * 60 * 1000;
const PREFIX = "ventanilla.draft.";
const KEPT = "input:not([type=hidden], [type=password], [type=file], [type=submit], [data-draft-skip]), textarea:not([data-draft-skip]), select:not([data-draft-skip])";

const storage = (() => {
  try {
    localStorage.setItem(PREFIX, "1");
    localStorage.removeItem(PREFIX);
    return localStorage;
  } catch {
    return null; // Private windows may refuse; the form works as ever.
  }
})();

function forget(beginning) {
  for (const key of Object.keys(storage)) if (key.startsWith(PREFIX + beginning)) storage.removeItem(key);
}

function read(key) {
  try {
    const held = JSON.parse(storage.getItem(key));
    return held && Date.now() - held.at < DAY_MS ? held.answers : null;
  } catch {
    return null;
  }
}

const ticked = (field) => ["radio", "checkbox"].includes(field.type);
const named = (form) => [...form.querySelectorAll(KEPT)].filter((field) => field.name);

function save(form, key) {
  const answers = named(form).flatMap((field) => {
    if (ticked(field)) return field.checked ? [[field.name, field.value]] : [];
    return field.value ? [[field.name, field.value]] : [];
  });
  try {
    storage.setItem(key, JSON.stringify({ at: Date.now(), answers }));
  } catch {
    // Full: better to go on typing than to stop for it.
  }
}

function restore(form, answers) {
  const fields = named(form);
  const touched = new Set(fields.filter((f) => (ticked(f) ? f.checked : f.tagName !== "SELECT" && f.value)).map((f) => f.name));
  let count = 0;
  for (const [name, value] of answers) {
    if (touched.has(name)) continue;
    const field = fields.find((f) => f.name === name && (!ticked(f) || f.value === value));
    if (!field || (!ticked(field) && field.value === value)) continue;
    if (ticked(field)) field.checked = true;
    else field.value = value;
    count += 1;
  }
  return count;
}

function start(form) {
  const key = PREFIX + form.dataset.draft;
  const note = form.querySelector("[data-draft-note]");
  const answers = read(key);
  if (answers && restore(form, answers) && note) {
    note.hidden = false;
    note.querySelector("button").addEventListener("click", () => {
      storage.removeItem(key);
      form.reset();
      note.hidden = true;
    });
  }
  let waiting = 0;
  const now = () => {
    clearTimeout(waiting);
    if (waiting) save(form, key);
    waiting = 0;
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(now, 300);
  });
  // A page that is closed at once takes the last thing typed along.
  addEventListener("pagehide", now);
}

if (storage) {
  document.querySelectorAll("meta[name=draft-done]").forEach((meta) => forget(meta.content));
  document.querySelectorAll("form[data-draft]").forEach(start);
  document.querySelectorAll("form[data-draft-forget]").forEach((form) => {
    form.addEventListener("submit", () => forget(form.dataset.draftForget));
  });
}
