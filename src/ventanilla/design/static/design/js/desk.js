// What every page of the desk loads: menus, send once, and saying aloud what htmx could not do.
import "./disclosure.js";
import "./once.js";

const say = (words) => {
  const live = document.getElementById("anuncio");
  if (live && words) live.textContent = words;
};

// The server's own page of an error is not swapped into a piece of this one; its words are said instead.
document.addEventListener("htmx:responseError", (event) => say(document.body.dataset.failed + " (" + event.detail.xhr.status + ")"));
document.addEventListener("htmx:sendError", () => say(document.body.dataset.offline));
document.addEventListener("ventanilla:say", (event) => say(event.detail.value ?? event.detail));
