// Looks out for another's move (the register's answer, the head's signature, the sealed document) and then shows
// what is next without a reload: what was typed stays, and the focus unless it stood on what has changed. Asks who
// waits as well. A case is opened anew only when it has changed: each opening is a look at its person.

const SECONDS = 2;
const SECONDS_OF_QUEUE = 10;
const PARTS = ["turn-next", "turn-decision", "turn-papers", "turn-register"];
const next = document.querySelector("[data-turn]");
const queue = document.querySelector("[data-queue]");
const looking = next ? setInterval(look, SECONDS * 1000) : 0;
if (queue) setInterval(askQueue, SECONDS_OF_QUEUE * 1000);

async function look() {
  const turn = await asked(next.dataset.turn);
  if (turn === null || turn === document.getElementById("turn-next").dataset.now) return;
  const page = parsed(await asked(location.href));
  if (!page) return;
  for (const id of PARTS) {
    const fresh = page.getElementById(id);
    if (fresh) document.getElementById(id).replaceWith(fresh);
  }
  if (!document.querySelector("[data-turn]")) clearInterval(looking);
}

async function askQueue() {
  const fresh = parsed(await asked(queue.dataset.queue))?.getElementById("queue");
  if (fresh && !queue.contains(document.activeElement)) document.getElementById("queue").replaceWith(fresh);
}

async function asked(address) {
  if (document.hidden) return null;
  const answer = await fetch(address).catch(() => null);
  return answer?.ok && !answer.redirected ? answer.text() : null;
}

function parsed(text) {
  return text === null ? null : new DOMParser().parseFromString(text, "text/html");
}
