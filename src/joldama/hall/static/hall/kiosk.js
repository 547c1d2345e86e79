// The kiosk of a hall. A tap gives one ticket whatever happens to the line: the key of the form is kept until the
// ticket has stood on the screen. A page nobody touches goes back to the beginning; a touch keeps it.

import { within } from "../ui/within.js";

const page = document.querySelector("[data-kiosk]");
const form = document.querySelector("[data-take]");
const warning = document.getElementById("returns");
const PENDING = "kiosk.pending";
const PATIENCE = 10_000; // milliseconds until an answer counts as lost
const WARNS = 10; // seconds before a page closes
let touched = performance.now();
let isLeaving = false;

if ("shown" in page.dataset) localStorage.removeItem(PENDING);
if (form) {
  form.addEventListener("submit", take);
  resume(localStorage.getItem(PENDING));
}
for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => (touched = performance.now()));
document.querySelector("[data-done]")?.addEventListener("click", (event) => {
  event.preventDefault();
  toStart();
});
setInterval(tick, 1000);

async function take(event) {
  event.preventDefault();
  if (isLeaving) return;
  isLeaving = true;
  show("no-connection", false);
  localStorage.setItem(PENDING, form.elements.key.value);
  const sent = { method: "POST", body: new FormData(form), signal: within(PATIENCE) };
  const answer = await fetch(form.action, sent).catch(() => null);
  if (answer?.ok) return location.replace(answer.url);
  if (answer && answer.status < 500) return location.replace(page.dataset.kiosk);
  setTimeout(askAgain, 500); // after page.js has closed the form
}

function askAgain() {
  isLeaving = false;
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("button")) button.disabled = false;
  show("no-connection", true);
  form.querySelector("button").focus();
}

// A ticket that was given and perhaps never shown: the power or the line went in between.
async function resume(key) {
  if (!key) return;
  const asked = `${page.dataset.given}${key}/`;
  const answer = await fetch(asked, { signal: within(PATIENCE) }).catch(() => null);
  if (!answer || answer.status >= 500 || isLeaving) return;
  localStorage.removeItem(PENDING);
  if (answer.ok) location.replace(answer.url);
}

function tick() {
  const left = Number(page.dataset.return) - Math.floor((performance.now() - touched) / 1000);
  const warns = "warns" in page.dataset && left <= WARNS && left > 0;
  if (warning && warning.hidden === warns) warning.hidden = !warns;
  if (warns) warning.querySelector("[data-left]").textContent = left;
  if (left <= 0) toStart();
}

// Leaves only for a page that is there: a server that is starting anew leaves the kiosk as it stands.
async function toStart() {
  if (isLeaving) return;
  isLeaving = true;
  touched = performance.now();
  const start = page.dataset.kiosk;
  const answer = await fetch(start, { signal: within(PATIENCE) }).catch(() => null);
  if (answer?.ok) return location.replace(start);
  isLeaving = false;
  show("offline", true);
}

function show(id, isShown) {
  const part = document.getElementById(id);
  if (part) part.hidden = !isShown;
}
