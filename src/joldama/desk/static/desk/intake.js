// While the form is filled in: what was typed is kept at the server, and what speaks against the document is
// said as soon as it was read off. Earlier cases are found without leaving the page. Nothing depends on it.

const form = document.getElementById("f");
const PAUSE = 400; // milliseconds after a change
let waiting = 0;

form.addEventListener("change", soon);
form.querySelector("[data-look-up]").addEventListener("click", lookUp);
if ("kept" in form.dataset) soon();

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(tell, PAUSE);
}

async function tell() {
  if (form.dataset.sent) return;
  const said = await asked(form.dataset.typed);
  if (!said) return;
  for (const id of ["seen-document", "seen-iin"]) {
    const fresh = said.getElementById(id);
    const shown = document.getElementById(id);
    if (fresh && fresh.textContent !== shown.textContent) shown.replaceChildren(...fresh.childNodes);
  }
}

async function lookUp(event) {
  event.preventDefault();
  const said = await asked(event.currentTarget.getAttribute("formaction"), true);
  if (!said) return;
  document.getElementById("found").replaceChildren(...said.getElementById("found").childNodes);
  document.getElementById("iin-fault")?.remove();
  const fault = said.getElementById("iin-fault");
  if (fault) document.getElementById("seen-iin").after(fault);
  for (const known of said.querySelectorAll("#f input[type=text]")) {
    const field = form.elements[known.name];
    if (field && !field.value) field.value = known.value;
  }
  soon();
}

// A refused look-up is an answer as well; one that leads to signing in again is left to the next sending.
async function asked(address, isAnyAnswer = false) {
  const answer = await fetch(address, { method: "POST", body: new URLSearchParams(new FormData(form)) }).catch(() => null);
  if (!answer || answer.redirected || !(answer.ok || (isAnyAnswer && answer.status === 422))) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}
