// Asks each second how the phone stands: goes on by itself once it has signed, counts the time that is left, and
// changes the part when a phone has opened the document or the code is over.

const EACH = 1000;
const part = document.querySelector("#qr[data-code]");
let asking = part && setInterval(ask, EACH);

async function ask() {
  if (document.hidden) return;
  const answer = await fetch(part.dataset.code).catch(() => null);
  if (!asking || !answer || answer.status >= 500) return;
  const now = answer.ok ? await answer.json() : { state: "gone" };
  if (now.state === "signed") {
    stop();
    part.querySelector("[data-go-on]").requestSubmit();
    return;
  }
  const isRefused = Boolean(part.querySelector(".banner"));
  if (now.state !== part.dataset.state || Boolean(now.fault) !== isRefused) await change();
  if (asking) count(now.seconds);
}

async function change() {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok) return;
  if (answer.redirected) {
    stop();
    location.assign(answer.url);
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
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
  if (!fresh.dataset.code) stop();
  else Object.assign(part.dataset, { code: fresh.dataset.code, state: fresh.dataset.state });
  if (held && !part.contains(document.activeElement)) part.querySelector("button")?.focus();
}

function count(seconds) {
  const left = part.querySelector("[data-left]");
  if (!left || seconds === undefined) return;
  left.hidden = false;
  const rest = String(seconds % 60).padStart(2, "0");
  left.querySelector("span").textContent = `${Math.floor(seconds / 60)}:${rest}`;
}

function stop() {
  clearInterval(asking);
  asking = null;
}
