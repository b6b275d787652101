// The running clock of an attention: <span data-clock="2026-11-25T16:24:00Z"> counts from that moment (or from now);
// "stopped" stands at 00:00 until a script writes a moment there.
// It tells the time only to who looks: no live region, it would speak every second.
for (const clock of document.querySelectorAll("[data-clock]")) {
  const opened = Date.now();
  const show = () => {
    const began = clock.dataset.clock === "stopped" ? Date.now() : Date.parse(clock.dataset.clock) || opened;
    const seconds = Math.max(0, Math.floor((Date.now() - began) / 1000));
    const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
    if (seconds >= 3600) parts.unshift(Math.floor(seconds / 3600));
    clock.textContent = parts.map((part) => String(part).padStart(2, "0")).join(":");
  };
  show();
  setInterval(show, 1000);
}
