// Keeps what carries data-live (its seconds) as it stands at the server: asks for the same page anew and
// changes the parts that differ. Nothing is changed under a finger: a part that has the focus waits.

const part = document.querySelector("[data-live]");
if (part) setInterval(refresh, Number(part.dataset.live) * 1000);

async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const shown of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(shown.id);
    if (!fresh || shown.isEqualNode(fresh) || shown.contains(document.activeElement)) continue;
    shown.replaceChildren(...fresh.childNodes);
  }
}
