// Menus and dialogs. `details[data-disclosure]` closes on Escape (focus returns) and on a click outside;
// `[data-opens="id"]` opens the dialog of that id, `[data-closes]` inside closes it.
const open = () => document.querySelectorAll("details[data-disclosure][open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  event.target.closest("[data-closes]")?.closest("dialog")?.close();
});
