// Checks the code of a referral in the browser, with the keys this page brought along. docs/verification.md says
// what a code is; joldama.referrals.code is the same judgement on the server, in the same order.

const known = JSON.parse(document.getElementById("known").textContent);
const EPOCH_DAY = 86_400_000;
const LONGEST = 2000;
const [KIND, VALID_UNTIL, INITIALS, LAST_DIGITS] = [1, 2, 3, 4];
const utf8 = new TextEncoder();

async function judge(typed) {
  const text = typed.trim();
  if (text.length > LONGEST || !text.startsWith(known.start)) return { finding: "not_ours" };
  const [asked, digits] = halved(text.slice(known.start.length), "#");
  const named = namedIn(asked);
  const message = messageOf(digits);
  if (!named || !message) return { finding: "damaged" };
  const key = known.keys.find((one) => one.kid === hex(message.key));
  if (!key) return { finding: "unknown_key", named };
  if (!(await isSigned(message, key, named))) return { finding: "forged", named };
  const told = toldIn(message.payload);
  if (!told) return { finding: "not_ours" };
  if (key.withdrawn || (key.until !== null && named.day > key.until)) return { finding: "retired_key", named };
  return { finding: "genuine", named, told };
}

function halved(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function namedIn(asked) {
  const found = /^n=([^&=]+)&d=([^&=]+)&c=([^&=]+)$/.exec(asked);
  if (!found || !/^(?:[^%]|%[0-9A-Fa-f]{2})+$/.test(asked)) return null;
  try {
    const [number, day, code] = found.slice(1).map(decodeURIComponent);
    return isDay(day) ? { number, day, code } : null;
  } catch {
    return null; // not UTF-8
  }
}

function isDay(text) {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) || text < "0001") return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}

// A COSE_Sign1 message in the one form in which it is written: every byte of its frame is known beforehand.
function messageOf(digits) {
  if (!/^[1-9][0-9]{0,999}$/.test(digits)) return null;
  const bytes = bytesOf(BigInt(digits).toString(16));
  const rest = reader(bytes);
  if (!rest.takes(0xd2, 0x84, 0x49, 0xa2, 0x01, 0x26, 0x04, 0x44)) return null;
  const key = rest.next(4);
  if (!key || !rest.takes(0xa0)) return null;
  const payload = rest.bytesOfType(2);
  if (!payload || !rest.takes(0x58, 0x40)) return null;
  const signature = rest.next(64);
  if (!signature || rest.left() > 0) return null;
  return { key, payload, signature, head: bytes.slice(3, 12) };
}

async function isSigned(message, key, named) {
  const beside = utf8.encode(`${named.number}\n${named.day}\n${named.code}`);
  const signed = joined([
    [0x84],
    framed(3, utf8.encode("Signature1")),
    framed(2, message.head),
    framed(2, beside),
    framed(2, message.payload),
  ]);
  const jwk = { kty: "EC", crv: "P-256", x: key.x, y: key.y };
  const half = await crypto.subtle.importKey("jwk", jwk, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, half, message.signature, signed);
}

// The payload: a map from whole numbers, in ascending order, to whole numbers and texts. Anything else is no referral.
function toldIn(payload) {
  const rest = reader(payload);
  const count = rest.lengthOfType(5);
  const told = new Map();
  let latest = -1;
  for (let each = 0; count !== null && each < count; each += 1) {
    const name = rest.lengthOfType(0);
    const value = rest.isType(3) ? textOf(rest.bytesOfType(3)) : rest.lengthOfType(0);
    if (name === null || name <= latest || value === null) return null;
    told.set(name, value);
    latest = name;
  }
  if (count === null || rest.left() > 0 || latest > LAST_DIGITS || told.has(0)) return null;
  const [kind, until] = [told.get(KIND), told.get(VALID_UNTIL)];
  const [initials, digits] = [told.get(INITIALS), told.get(LAST_DIGITS)];
  const isRead =
    isWhole(kind, 1, known.kinds.length) &&
    (until === undefined || isWhole(until, 0, 99_999)) &&
    typeof initials === "string" &&
    typeof digits === "string" &&
    /^[0-9]{4}$/.test(digits);
  if (!isRead) return null;
  const lastDay = until === undefined ? null : new Date(until * EPOCH_DAY).toISOString().slice(0, 10);
  return { kind: known.kinds[kind - 1], lastDay, initials, digits };
}

function isWhole(value, least, most) {
  return Number.isInteger(value) && least <= value && value <= most;
}

function textOf(bytes) {
  try {
    return bytes && new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

// Reads CBOR (RFC 8949) of the kinds that are used here, in its shortest form only.
function reader(bytes) {
  let at = 0;
  const next = (count) => (at + count <= bytes.length ? bytes.slice(at, (at += count)) : null);
  const isType = (type) => at < bytes.length && bytes[at] >> 5 === type;
  const lengthOfType = (type) => {
    if (!isType(type)) return null;
    const short = bytes[at] & 31;
    at += 1;
    if (short < 24) return short;
    const size = { 24: 1, 25: 2, 26: 4 }[short];
    const long = size ? next(size) : null;
    if (!long) return null;
    const value = long.reduce((sum, byte) => sum * 256 + byte, 0);
    return value >= { 1: 24, 2: 256, 4: 65_536 }[size] ? value : null;
  };
  return {
    next,
    isType,
    lengthOfType,
    left: () => bytes.length - at,
    takes: (...wanted) => wanted.every((byte) => bytes[at] === byte && (at += 1)),
    bytesOfType: (type) => {
      const count = lengthOfType(type);
      return count === null ? null : next(count);
    },
  };
}

function framed(type, bytes) {
  const count = bytes.length;
  const head = count < 24 ? [count] : count < 256 ? [24, count] : [25, count >> 8, count & 255];
  return joined([[(type << 5) | head[0], ...head.slice(1)], bytes]);
}

function joined(parts) {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function bytesOf(text) {
  return Uint8Array.from((text.length % 2 ? `0${text}` : text).match(/../g), (pair) => parseInt(pair, 16));
}

function hex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The page.

const form = document.getElementById("ask");
const typed = document.getElementById("text");
const answer = document.getElementById("answer");

function show(finding, judged = {}) {
  for (const each of answer.querySelectorAll("[data-finding]")) each.hidden = each.dataset.finding !== finding;
  const { named, told } = judged;
  if (finding === "genuine") {
    const over = told.lastDay !== null && told.lastDay < today();
    fill({ number: named.number, issued: written(named.day), kind: told.kind });
    fill({ until: told.lastDay && written(told.lastDay), initials: told.initials, digits: told.digits });
    for (const each of answer.querySelectorAll("[data-over]")) each.hidden = !over;
  }
  const asked = named ? new URLSearchParams({ n: named.number, d: named.day, c: named.code }) : "";
  for (const link of answer.querySelectorAll("a[data-online]")) link.href = `${known.start}${asked}`;
  answer.dataset.found = finding;
  answer.querySelector("[data-finding]:not([hidden]) h2").focus();
}

function fill(values) {
  for (const [name, value] of Object.entries(values)) {
    const place = answer.querySelector(`[data-told="${name}"]`);
    place.textContent = value ?? "";
    place.closest("[data-row]").hidden = value === null;
  }
}

function written(day) {
  return day.split("-").reverse().join(".");
}

function today() {
  const at = new Date(Date.now() + known.ahead * 1000); // in a demonstration it is another day than outside
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!globalThis.crypto?.subtle) return show("cannot");
  delete answer.dataset.found;
  const judged = await judge(typed.value);
  show(judged.finding, judged);
});

// A scanner types the text and ends it with Enter, also into a field of several lines.
typed.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey) return;
  event.preventDefault();
  form.querySelector("button").click();
});

document.getElementById("old").hidden = today() <= known.fresh_until;
form.hidden = false;
const keep = document.getElementById("keep");
if (location.protocol !== "file:") keep.hidden = false;
