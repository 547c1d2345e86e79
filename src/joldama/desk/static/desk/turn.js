// Looks out for another's move (the register's answer, the head's signature, the sealed document) and then shows
// what is next without a reload: what was typed stays, and the focus unless it stood on what has changed.

const next = document.querySelector("[data-turn]");
const SECONDS = 2;
const PARTS = ["turn-next", "turn-decision", "turn-papers", "turn-register"];
let timer = next ? setInterval(look, SECONDS * 1000) : 0;

async function look() {
  if (document.hidden) return;
  const shown = document.getElementById("turn-next");
  const answer = await fetch(next.dataset.turn).catch(() => null);
  if (!answer?.ok || answer.redirected || (await answer.text()) === shown.dataset.now) return;
  await renew();
}

async function renew() {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of PARTS) {
    const fresh = page.getElementById(id);
    if (fresh) document.getElementById(id).replaceWith(fresh);
  }
  if (!document.querySelector("[data-turn]")) clearInterval(timer);
}
