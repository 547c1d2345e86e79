// Keeps what carries data-live (its seconds) as it stands at the server, without a reload.
//
// The script's data-live-stream is where changes are heard of at once (docs/live.md). A board is brought its
// parts; any other page is woken, and fetches itself. Where nothing streams, the page asks every data-live
// seconds. A part that has the focus waits; a page nobody sees hears nothing and catches up when it is seen.

import { within } from "./within.js";

const CALM = 15_000; // ms between two looks of a page that is woken: clocks go on though no line changes
const SILENCE = 40_000; // ms without a word (a beat comes every 15 s) after which a stream counts as broken
const FIRST_PAUSE = 1_000; // ms before a broken stream is tried again; doubles up to the longest
const LONGEST_PAUSE = 60_000;
const PROVED = 10_000; // ms a stream has to live before the pauses begin anew
const PATIENCE = 10_000; // ms for the server's answer

const address = document.querySelector("[data-live-stream]")?.dataset.liveStream;
const parts = () => [...document.querySelectorAll("[data-live]")];
const period = Math.min(...parts().map((part) => Number(part.dataset.live))) * 1_000;
const root = document.documentElement;

let latest = Date.now() - performance.now(); // when what is shown was last known to stand so
let stream = null;
let heardOf = false; // the stream has said something
let isBrought = false; // the stream brings the parts; nothing has to be asked
let failures = 0;
let isAsking = false;
let isWanted = false;
let asking, silence, retrying;
const waiting = new Map(); // parts that have the focus, by id: as they will stand

if (parts().length) {
  connect();
  plan();
  setInterval(tellAge, 1_000);
  document.addEventListener("visibilitychange", seen);
  document.addEventListener("focusout", () => setTimeout(settle));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", (event) => event.persisted && seen());
}

// -- asking ---------------------------------------------------------------------------------------------------

function plan(delay = heardOf ? Math.max(period, CALM) : period) {
  clearTimeout(asking);
  if (!isBrought && parts().length) asking = setTimeout(ask, delay);
}

async function ask() {
  isWanted = isAsking || document.hidden;
  if (isWanted) return;
  isAsking = true;
  clearTimeout(asking);
  const began = Date.now();
  const page = await fetch(location.href, { signal: within(PATIENCE) })
    .then((answer) => (answer.ok && !answer.redirected ? answer.text() : null))
    .catch(() => null);
  isAsking = false;
  if (page !== null) {
    const fresh = new DOMParser().parseFromString(page, "text/html");
    show((id) => fresh.getElementById(id));
    latest = Math.max(latest, began);
  }
  if (isWanted && !document.hidden) ask();
  else plan();
}

// -- being told -----------------------------------------------------------------------------------------------

function connect() {
  clearTimeout(retrying);
  if (!address || stream || document.hidden) return;
  const began = Date.now();
  stream = new EventSource(`${address}?age=${Math.max(0, Math.round(began - latest))}`);
  stream.onerror = broken;
  const on = (name, act) =>
    stream.addEventListener(name, (event) => {
      heard(began);
      act(JSON.parse(event.data));
    });
  on("beat", (age) => age !== null && (latest = Math.max(latest, Date.now() - age * 1_000)));
  on("changed", (within) => (isAsking ? (isWanted = true) : plan(Math.random() * within)));
  on("parts", (sources) => {
    if (!isBrought) clearTimeout(asking);
    isBrought = true;
    const parser = new DOMParser();
    show((id) => sources[id] && parser.parseFromString(sources[id], "text/html").getElementById(id));
  });
}

function heard(began) {
  clearTimeout(silence);
  silence = setTimeout(broken, SILENCE);
  if (Date.now() - began > PROVED) failures = 0;
  if (heardOf) return;
  heardOf = true;
  tellAge();
  plan();
}

function broken() {
  disconnect();
  tellAge();
  plan();
  const pause = Math.min(FIRST_PAUSE * 2 ** failures++, LONGEST_PAUSE);
  retrying = setTimeout(connect, pause * (0.5 + Math.random()));
}

function disconnect() {
  clearTimeout(silence);
  clearTimeout(retrying);
  stream?.close();
  stream = null;
  heardOf = isBrought = false;
}

function seen() {
  if (document.hidden) disconnect();
  else ask().then(connect);
}

// -- showing --------------------------------------------------------------------------------------------------

function show(fresh) {
  const ids = [];
  for (const shown of parts()) {
    const next = fresh(shown.id);
    if (!next) continue;
    waiting.delete(shown.id);
    keepOpen(shown, next);
    if (shown.isEqualNode(next)) continue;
    if (shown.contains(document.activeElement)) waiting.set(shown.id, next);
    else ids.push(replace(shown, next));
  }
  if (ids.length) document.dispatchEvent(new CustomEvent("live:changed", { detail: { ids } }));
}

function settle() {
  if (waiting.size) show((id) => waiting.get(id));
}

function replace(shown, next) {
  const [left, top] = [scrollX, scrollY];
  const scrolled = scrollers(shown).map((box) => [box.scrollLeft, box.scrollTop]);
  for (const { name } of [...shown.attributes]) if (!next.hasAttribute(name)) shown.removeAttribute(name);
  for (const { name, value } of next.attributes) shown.setAttribute(name, value);
  shown.replaceChildren(...next.childNodes);
  scrollers(shown).forEach((box, at) => scrolled[at] && box.scrollTo(...scrolled[at]));
  if (scrollX !== left || scrollY !== top) scrollTo({ left, top, behavior: "instant" });
  return shown.id;
}

function keepOpen(shown, next) {
  for (const { id } of shown.querySelectorAll("details[id][open]")) {
    next.querySelector(`details#${CSS.escape(id)}`)?.setAttribute("open", "");
  }
}

function scrollers(part) {
  return [...part.querySelectorAll(".scroll")];
}

// Says how old it is what is shown, in the element with data-live-stale (the seconds that are still fresh).
function tellAge() {
  const age = Math.max(0, Date.now() - latest);
  const note = document.querySelector("[data-live-stale]");
  const fresh = Number(note?.dataset.liveStale ?? 30) * 1_000;
  root.dataset.liveState = age > Math.max(fresh, 3 * period) ? "stale" : heardOf ? "stream" : "asking";
  if (!note || document.hidden) return;
  note.hidden = root.dataset.liveState !== "stale";
  const seconds = Math.floor(age / 1_000);
  const told = note.querySelector("[data-live-age]");
  if (told) told.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
