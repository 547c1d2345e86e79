// Speaks with NCALayer, the program on the person's own computer that holds the key: it greets, is asked once,
// answers once. Nothing here knows a page.

const PATIENCE = 8000; // milliseconds for the greeting; the answer may take as long as the person does

// Gives { outcome, cms }: signed (with the message in PEM), cancelled, off (nobody there), closed (gone before
// it answered), failed (the program reports an error), strange (no answer of NCALayer's). `asked` is called
// when the person has the question before him; `stop` is the signal of somebody who waits no longer.
export function ask(address, request, { asked, stop }) {
  return new Promise((told) => {
    const socket = opened(address);
    if (!socket) return told({ outcome: "off" });
    let hasGreeted = false;
    const end = (answer) => {
      clearTimeout(late);
      told(answer);
      socket.close();
    };
    const late = setTimeout(() => end({ outcome: "off" }), PATIENCE);
    stop.addEventListener("abort", () => end({ outcome: "cancelled" }));
    socket.addEventListener("close", () => end({ outcome: hasGreeted ? "closed" : "off" }));
    socket.addEventListener("message", ({ data }) => {
      const said = parsed(data);
      if (hasGreeted) return end(understood(said));
      if (typeof said?.result?.version !== "string") return end({ outcome: "strange" });
      hasGreeted = true;
      clearTimeout(late);
      socket.send(JSON.stringify(request));
      asked();
    });
  });
}

function opened(address) {
  try {
    return new WebSocket(address);
  } catch {
    return null; // an address that is none, or that the page may not reach
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function understood(said) {
  if (said?.status === false && said.code) return { outcome: "failed" };
  if (said?.status !== true || typeof said.body !== "object" || said.body === null) return { outcome: "strange" };
  if (!("result" in said.body)) return { outcome: "cancelled" };
  const cms = Array.isArray(said.body.result) ? said.body.result[0] : said.body.result;
  const isCms = typeof cms === "string" && cms.startsWith("-----BEGIN CMS-----");
  return isCms ? { outcome: "signed", cms } : { outcome: "strange" };
}
