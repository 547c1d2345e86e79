// Asks the person's signing program to sign the document of this page, and sends what it signed.
// The program shows the document in a frame of its own and asks; the key never comes here.

const POLL = 500;

for (const form of document.querySelectorAll("form.signing")) {
  const start = form.querySelector(".signing__start");
  if (!start) continue;
  start.hidden = false;
  start.querySelector("[data-sign]").addEventListener("click", () => sign(form, start));
}

async function sign(form, start) {
  const { signer, token, title, iin, bin, language } = form.dataset;
  const headers = { "Content-Type": "application/json", "X-Signer-Token": token };
  start.hidden = true;
  try {
    const asked = await fetch(`${signer}/requests`, {
      method: "POST",
      headers,
      body: JSON.stringify({ title, document: form.dataset.document, iin, bin, language }),
    });
    if (!asked.ok) throw new Error("refused");
    const { id, url } = await asked.json();
    say(form, "waiting");
    const frame = show(form, url);
    const answer = await answered(`${signer}/requests/${id}`, headers);
    frame.remove();
    if (answer.state === "signed") {
      form.elements.cms.value = answer.cms;
      form.requestSubmit();
      return;
    }
    say(form, "cancelled");
  } catch {
    form.querySelector("iframe")?.remove();
    say(form, "off");
  }
  start.hidden = false;
}

function show(form, url) {
  const frame = document.createElement("iframe");
  frame.className = "signer";
  frame.title = form.dataset.title;
  frame.src = url;
  form.querySelector(".signing__state").after(frame);
  frame.focus();
  return frame;
}

async function answered(url, headers) {
  for (;;) {
    await new Promise((done) => setTimeout(done, POLL));
    const response = await fetch(url, { headers });
    if (!response.ok) throw new Error("gone");
    const answer = await response.json();
    if (answer.state !== "waiting") return answer;
  }
}

function say(form, name) {
  const state = form.querySelector(".signing__state");
  state.replaceChildren(form.querySelector(`template[data-said="${name}"]`).content.cloneNode(true));
}
