// Keys of the desk, bound by the place of the key, whatever the layout: digits choose inside a group,
// Enter does the next step where nothing else has the focus, F8 and F9 press what carries them, F1 leads
// to the list of keys.

addEventListener("keydown", (event) => {
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
  if (event.key === "Enter" && document.activeElement === document.body) {
    document.querySelector(".nextup .btn--main")?.click();
    return;
  }
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  if (digit) choose(event, Number(digit[1]));
});

function choose(event, number) {
  const focused = document.activeElement;
  if (!focused.matches("input[type=radio], input[type=checkbox]")) return;
  const option = focused.closest("[data-keys]")?.querySelectorAll("input")[number - 1];
  if (!option) return;
  event.preventDefault();
  option.focus();
  option.click();
}
