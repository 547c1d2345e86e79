// Opens the demo signer's window in the page, where a person's own NCALayer would open one on his screen.

for (const place of document.querySelectorAll("[data-window]")) {
  const form = place.closest("form");
  new MutationObserver(() => show(place, form.dataset.state)).observe(form, { attributeFilter: ["data-state"] });
}

function show(place, state) {
  place.replaceChildren();
  if (state !== "waiting") return;
  const frame = document.createElement("iframe");
  frame.className = "signer";
  frame.title = place.dataset.title;
  frame.src = place.dataset.window;
  place.append(frame);
  frame.focus();
}
