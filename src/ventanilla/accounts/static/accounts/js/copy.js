// [data-copy="#id"] copies the text of that element and says so in place of its own words. Hidden where it can't.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim());
    button.querySelector("[data-words]").textContent = button.dataset.copied;
  });
}
