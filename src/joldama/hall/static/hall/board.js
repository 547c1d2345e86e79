// The board of a hall: its clock goes on, a new call gets its rings, chime and words, and a board that is not
// fresh any more says of which moment it is.

import { listen } from "./news.js";
import { announce, offer } from "./sound.js";

const RINGS = 3_800; // ms that the three rings take

const clock = document.querySelector("[data-clock]");
const stale = document.querySelector("[data-live-stale]");
const opened = Date.parse(clock.dateTime);
const began = performance.now();
let calming;

offer(document.querySelector("[data-sounds]"));
listen(opened, (one, said) => {
  if (one.closest("#said, #calls")) ring();
  announce(said);
});
setInterval(tick, 1_000);
new MutationObserver(age).observe(stale, { attributeFilter: ["hidden"] });

function tick() {
  clock.textContent = wall(opened + performance.now() - began);
}

function age() {
  if (stale.hidden) return;
  const since = opened + performance.now() - began - Number(stale.dataset.liveStale) * 1_000;
  stale.querySelector("[data-moment]").textContent = wall(since);
}

function ring() {
  clearTimeout(calming);
  document.body.classList.remove("is-calling");
  requestAnimationFrame(() => document.body.classList.add("is-calling"));
  calming = setTimeout(() => document.body.classList.remove("is-calling"), RINGS);
}

// Writes a moment as the wall clock of the place shows it, whatever the zone of this machine.
function wall(moment) {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(clock.dateTime);
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1);
  const local = new Date(moment + offset * 60_000);
  return [local.getUTCHours(), local.getUTCMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
}
