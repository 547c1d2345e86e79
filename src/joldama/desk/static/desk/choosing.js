// Openings are found beneath the question, without leaving the case, while one types: nothing of the draft is lost.
// Arrows go through what was found, Enter chooses. Without this script the question is sent with the draft, and the
// page comes back with both.

const find = document.getElementById("find");
const found = document.getElementById("found");
const silent = document.getElementById("find-silent");
const words = find.querySelector("input[type=search]");
const search = find.querySelector("button");
const PAUSE = 300; // milliseconds after a letter
let waiting = 0;
let latest = 0;

words.dataset.key = "F3";
words.addEventListener("click", (event) => {
  if (!event.detail) words.focus(); // pressed by its key
});
search.type = "button";
search.addEventListener("click", look);
find.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, PAUSE);
});
find.addEventListener("keydown", step);
found.addEventListener("keydown", step);
found.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-opening]");
  if (!link) return;
  event.preventDefault();
  choose(link.dataset.opening);
});

async function look() {
  clearTimeout(waiting);
  const turn = ++latest;
  found.setAttribute("aria-busy", "true");
  const typed = [...find.querySelectorAll("input, select")].map((field) => [field.name, field.value]);
  const answer = await fetch(`${find.dataset.choose}?${new URLSearchParams(typed)}`).catch(() => null);
  const page = answer && !answer.redirected && (answer.ok || answer.status === 422) ? await answer.text() : null;
  if (turn !== latest) return;
  found.removeAttribute("aria-busy");
  silent.hidden = page !== null;
  if (page === null) return;
  const told = new DOMParser().parseFromString(page, "text/html");
  const faults = told.querySelectorAll(".errors");
  found.replaceChildren(...faults, ...told.getElementById("found").childNodes);
}

// What was typed of the draft goes along, and comes back with what the opening says.
function choose(opening) {
  const draft = document.getElementById("f");
  const button = document.createElement("button");
  Object.assign(button, { name: "chosen", value: opening, formAction: found.dataset.fill, formNoValidate: true, hidden: true });
  draft.append(button);
  draft.requestSubmit(button);
}

function step(event) {
  if (event.key === "Enter" && event.target.matches("input")) {
    event.preventDefault(); // the question, not the draft
    return look();
  }
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by || event.target.matches("select")) return;
  const choices = [...found.querySelectorAll("a[data-opening], button")];
  const at = choices.indexOf(document.activeElement);
  const next = at + by < 0 ? words : choices[at + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
