// What every page of the portal loads: menus, send once, and the service worker for the page without connection.
import "./disclosure.js";
import "./once.js";

const worker = document.querySelector("script[data-worker]")?.dataset.worker;
if (worker && "serviceWorker" in navigator && isSecureContext) {
  addEventListener("load", () => navigator.serviceWorker.register(worker, { scope: "/" }).catch(() => undefined));
}
