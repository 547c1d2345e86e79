// A ticket on a phone: once it is called, a chime and a shake where a touch has allowed them. While sound is
// on, the screen is asked to stay awake: a page that nobody sees hears nothing.

import { listen } from "./news.js";
import { announce, offer } from "./sound.js";

const SHAKE = [300, 150, 300, 150, 600]; // ms: shake, rest, shake …

const tools = document.querySelector("[data-sounds]");
offer(tools);
tools?.addEventListener("click", () => navigator.wakeLock?.request("screen").catch(() => {}));
listen(Date.parse(document.querySelector("[data-opened]").dataset.opened), (called) => {
  announce([]);
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(SHAKE);
  called.scrollIntoView({ block: "center" });
});
