// Share and print. [data-share] shares the page (or data-share="/path"), else copies its address and says so;
// [data-print] prints. Both are hidden until a browser can do them.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share && !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const url = new URL(button.dataset.share || location.pathname, location.href).href;
    try {
      if (navigator.share) await navigator.share({ title: document.title, url });
      else {
        await navigator.clipboard.writeText(url);
        button.querySelector("[data-words]").textContent = button.dataset.copied;
      }
    } catch {
      // The person closed the sheet: nothing to say.
    }
  });
}
