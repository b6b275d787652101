// The page of a case for the printer: its button prints, where there is a script to do so.
const button = document.querySelector("[data-prints]");
button.hidden = false;
button.addEventListener("click", () => window.print());
