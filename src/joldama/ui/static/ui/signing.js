// Has the document of this page signed by NCALayer and sends what it signed. The key never comes here.
// How it stands is said in words, and as `data-state` of the form.

import { ask } from "./ncalayer.js";

for (const form of document.querySelectorAll("form[data-ncalayer]")) {
  form.hidden = false;
  form.querySelector("[data-sign]").addEventListener("click", () => sign(form));
}

// A page taken from the browser's memory was left while it sent: it may be signed again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-state=signed]")) {
    form.querySelector(".signing__state").replaceChildren();
    offer(form);
  }
});

async function sign(form) {
  const request = JSON.parse(form.dataset.request);
  request.args.data = form.dataset.document;
  const stopping = new AbortController();
  form.querySelector("[data-sign]").disabled = true;
  const answer = await ask(form.dataset.ncalayer, request, {
    asked: () => {
      say(form, "waiting");
      form.querySelector(".signing__start").hidden = true;
      form.querySelector("[data-stop]").addEventListener("click", () => stopping.abort());
    },
    stop: stopping.signal,
  });
  say(form, answer.outcome);
  if (answer.outcome === "signed") {
    form.elements.cms.value = answer.cms;
    form.requestSubmit();
  } else {
    offer(form);
  }
}

function say(form, outcome) {
  const state = form.querySelector(".signing__state");
  state.replaceChildren(form.querySelector(`template[data-said="${outcome}"]`).content.cloneNode(true));
  form.dataset.state = outcome;
  state.focus();
}

function offer(form) {
  form.querySelector(".signing__start").hidden = false;
  form.querySelector("[data-sign]").disabled = false;
}
