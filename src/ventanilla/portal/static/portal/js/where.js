// The step that asks where. A point of the map or of the phone is told back in words; a place chosen from the list is shown
// on the map. Markup: portal/report/donde.html. Without this the words alone are looked up by the server.
const form = document.querySelector("[data-where]");
const [lon, lat, source] = ["lon", "lat", "source"].map((name) => form.elements[name]);
const understood = form.querySelector("[data-understood]");
const say = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

async function tell() {
  const body = new URLSearchParams({ lon: lon.value, lat: lat.value, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  try {
    const answer = await fetch(form.dataset.where, { method: "POST", body });
    if (answer.ok) understood.innerHTML = await answer.text();
  } catch {
    // The point goes with the form all the same; the page after says where it is.
  }
}

function pointed(by) {
  source.value = by;
  form.querySelector("[data-candidates]")?.remove();
  tell();
}

function unpoint() {
  for (const input of [lon, lat, source]) input.value = "";
  understood.replaceChildren();
}

form.addEventListener("ventanilla:picked", () => pointed("map"));
form.addEventListener("ventanilla:place", () => pointed("my_location"));

form.addEventListener("ventanilla:chosen", ({ detail }) => {
  unpoint();
  form.querySelector("[data-candidates]")?.remove();
  const [east, north] = (detail.value ?? "").split(",").map(Number);
  if (!Number.isFinite(north)) return;
  const card = form.querySelector("template").content.firstElementChild.cloneNode(true);
  card.querySelector("b").textContent = detail.text;
  card.querySelector("span").textContent = detail.more ?? "";
  understood.append(card);
  say("ventanilla:place", { lon: east, lat: north });
});

understood.addEventListener("click", (event) => {
  if (!event.target.closest("[data-unpoint]")) return;
  unpoint();
  say("ventanilla:unplace");
  form.elements.said.focus();
});
