// Small comforts that nothing depends on: one sending per form, focus on the first fault.

for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    // After the browser has read the pressed button's value.
    setTimeout(() => {
      for (const button of form.querySelectorAll("button:not([type=button])")) button.disabled = true;
    });
  });
}

// A page taken from the browser's memory may be sent again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button[disabled]")) button.disabled = false;
  }
});

document.querySelector(".errors")?.focus();

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// A paper that was asked for prints by itself, once: opened again, the same address only shows it.
if (document.querySelector("[data-print-now]")) {
  const shown = new URL(location.href);
  shown.searchParams.delete("print");
  history.replaceState(null, "", shown);
  document.fonts.ready.then(() => print());
}
