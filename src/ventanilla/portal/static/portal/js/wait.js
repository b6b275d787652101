// Looks every now and then whether what the page waits for is there, and shows the page again when it is.
const WAIT_MS = 1500;
const MOST = 80;

async function look(times) {
  const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  if (answer?.ok && !(await answer.text()).includes("data-waiting")) return location.reload();
  if (times < MOST) setTimeout(() => look(times + 1), WAIT_MS);
}

if (document.querySelector("[data-waiting]")) setTimeout(() => look(0), WAIT_MS);
