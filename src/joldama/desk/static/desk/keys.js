// Keys of the desk, bound by the place of the key, whatever the layout: digits choose inside a group,
// Enter does the next step where nothing else wants it (with Ctrl from a text as well), the function keys press
// what carries them, F1 leads to the list of keys. A key that is held down acts once.

const WANTS_ENTER = "a, button, input, select, textarea, summary, iframe";

// Work begins where it is to be done, unless something has to be read first.
if (!document.querySelector("[role=alert]")) {
  const work = document.querySelector("[data-focus]");
  (work?.querySelector("input:checked") ?? work?.querySelector("input:not([type=hidden]), textarea"))?.focus();
}

addEventListener("keydown", (event) => {
  if (event.repeat) return;
  if (event.code === "Enter" && event.ctrlKey) return goOn(event);
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.code === "F1") {
    event.preventDefault();
    document.getElementById("keys")?.focus();
    return;
  }
  const pressed = document.querySelector(`[data-key="${event.code}"]`);
  if (pressed && event.code.startsWith("F")) {
    event.preventDefault();
    pressed.click();
    return;
  }
  if (event.key === "Enter" && !document.activeElement.matches(WANTS_ENTER)) return goOn(event);
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  if (digit) choose(event, Number(digit[1]));
});

function goOn(event) {
  event.preventDefault();
  document.querySelector(".nextup .btn--main")?.click();
}

function choose(event, number) {
  const focused = document.activeElement;
  if (!focused.matches("input[type=radio], input[type=checkbox]")) return;
  const option = focused.closest("[data-keys]")?.querySelectorAll("input")[number - 1];
  if (!option) return;
  event.preventDefault();
  option.focus();
  option.click();
}
