// "Usar mi ubicación". Markup: design/_locate.html. The button is hidden until a browser can do it; what is found is
// written into the inputs data-lon and data-lat (ids), said in the status beside it, and announced to a map on the page
// by "ventanilla:place" {lon, lat, accuracy}.
const DIGITS = 6;

function start(button) {
  if (!("geolocation" in navigator) || !isSecureContext) return;
  const status = button.parentElement.querySelector("[role=status]");
  const done = () => button.removeAttribute("aria-busy");
  const found = ({ coords }) => {
    done();
    document.getElementById(button.dataset.lon).value = coords.longitude.toFixed(DIGITS);
    document.getElementById(button.dataset.lat).value = coords.latitude.toFixed(DIGITS);
    status.textContent = button.dataset.found.replace("%s", Math.max(1, Math.round(coords.accuracy)));
    const detail = { lon: coords.longitude, lat: coords.latitude, accuracy: coords.accuracy };
    button.dispatchEvent(new CustomEvent("ventanilla:place", { bubbles: true, detail }));
  };
  const failed = (error) => {
    done();
    status.textContent = error.code === error.PERMISSION_DENIED ? button.dataset.denied : button.dataset.failed;
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    button.setAttribute("aria-busy", "true");
    status.textContent = button.dataset.searching;
    navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: 15000, maximumAge: 30000 });
  });
}

document.querySelectorAll("[data-locate]").forEach(start);
