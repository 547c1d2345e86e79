// Lets the result clock run on: seconds in the text, another sentence from 20, 25 and 30 minutes on.
// It stops where reception closes; what it says was written by the server. What ends soon ([data-ends-in], seconds)
// counts down, also where it came onto the page later; over, it gives way to the note that follows it.

const LEFT = /\d+:\d\d/;

for (const clock of document.querySelectorAll("[data-clock]")) {
  if (clock.dataset.stopsIn !== undefined) run(clock);
}

const ends = new WeakMap();
if (document.querySelector("[data-ends-in], [data-turn]")) setInterval(countDown, 1000);

function countDown() {
  for (const card of document.querySelectorAll("[data-ends-in]:not([hidden])")) {
    if (!ends.has(card)) ends.set(card, performance.now() + Number(card.dataset.endsIn) * 1000);
    const seconds = Math.ceil((ends.get(card) - performance.now()) / 1000);
    if (seconds > 0) tell(card.querySelector("[role=timer]"), seconds);
    else giveWay(card);
  }
}

function giveWay(card) {
  const note = card.nextElementSibling;
  const stood = card.contains(document.activeElement);
  card.hidden = true;
  note.hidden = false;
  if (stood) note.focus();
}

function run(clock) {
  const began = performance.now();
  const elapsed = Number(clock.dataset.elapsed);
  const stopsIn = Number(clock.dataset.stopsIn);
  const meter = clock.querySelector("meter");
  const shown = clock.querySelector("[data-time]");
  const said = clock.querySelector("[data-said]");
  const ahead = [...clock.querySelectorAll("template")];
  const timer = setInterval(() => {
    const passed = Math.min((performance.now() - began) / 1000, stopsIn);
    const seconds = Math.floor(elapsed + passed);
    shown.textContent = written(seconds);
    meter.value = Math.min(seconds / 60, meter.max);
    while (ahead.length && seconds >= Number(ahead[0].dataset.from)) enter(clock, said, ahead.shift());
    tell(said.lastElementChild, Math.abs(meter.max * 60 - seconds));
    if (passed >= stopsIn) clearInterval(timer);
  }, 1000);
}

function enter(clock, said, sentence) {
  clock.classList.replace(`clock--${clock.dataset.state}`, `clock--${sentence.dataset.state}`);
  clock.dataset.state = sentence.dataset.state;
  said.replaceChildren(sentence.content.cloneNode(true));
  clock.querySelector("[data-aloud]").textContent = said.lastElementChild.textContent;
}

function tell(sentence, seconds) {
  sentence.textContent = sentence.textContent.replace(LEFT, written(seconds));
}

function written(seconds) {
  return `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
}
