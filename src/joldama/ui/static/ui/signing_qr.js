// Asks each second how the phone stands: goes on by itself once it has signed, counts the time that is left, and
// changes the part when a phone has opened the document or the code is over. One question at a time: an answer that
// comes late would lead away from the page that a later one has already led to.

import { within } from "./within.js";

const EACH = 1000;
const PATIENCE = 10_000;
const part = document.querySelector("#qr[data-code]");
let asking = part && setInterval(ask, EACH);
let isUnderWay = false;

async function ask() {
  if (document.hidden || isUnderWay) return;
  isUnderWay = true;
  await look();
  isUnderWay = false;
}

async function look() {
  const answer = await fetched(part.dataset.code);
  if (!answer || answer.status >= 500) return;
  const now = answer.ok ? JSON.parse(answer.text) : { state: "gone" };
  if (now.state === "signed") {
    goOn();
    return;
  }
  const isRefused = Boolean(part.querySelector(".banner"));
  if (now.state !== part.dataset.state || Boolean(now.fault) !== isRefused) await change();
  if (asking) count(now.seconds);
}

async function change() {
  const answer = await fetched(location.href);
  if (!answer?.ok) return;
  if (answer.redirected) {
    stop();
    location.assign(answer.url);
    return;
  }
  const page = new DOMParser().parseFromString(answer.text, "text/html");
  const fresh = page.querySelector("#qr");
  if (!fresh) {
    location.reload();
    return;
  }
  const held = part.contains(document.activeElement);
  part.querySelectorAll(".qr__part, .qr__state").forEach((shown, place) => {
    const other = fresh.querySelectorAll(".qr__part, .qr__state")[place];
    if (!shown.isEqualNode(other)) shown.replaceChildren(...other.childNodes);
  });
  if (fresh.dataset.code) Object.assign(part.dataset, { code: fresh.dataset.code, state: fresh.dataset.state });
  else if (part.querySelector("[data-go-on]")) goOn();
  else stop();
  if (held && !part.contains(document.activeElement)) part.querySelector("button")?.focus();
}

function count(seconds) {
  const left = part.querySelector("[data-left]");
  if (!left || seconds === undefined) return;
  left.hidden = false;
  const rest = String(seconds % 60).padStart(2, "0");
  left.querySelector("span").textContent = `${Math.floor(seconds / 60)}:${rest}`;
}

function goOn() {
  stop();
  part.querySelector("[data-go-on] button").click();
}

async function fetched(address) {
  try {
    const answer = await fetch(address, { signal: within(PATIENCE) });
    const { ok, status, redirected, url } = answer;
    return { ok, status, redirected, url, text: await answer.text() };
  } catch {
    return null; // the network is asked again
  }
}

function stop() {
  clearInterval(asking);
  asking = null;
}
