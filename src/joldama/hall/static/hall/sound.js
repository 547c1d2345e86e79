// The sound of a hall: a chime of our own making, and sentences read aloud by voices the machine has.
//
// Browsers let nothing sound before a touch, so a button offers it. A screen that nobody touches can be told
// by its address (?sound=1&voice=1), where its browser was set up to play by itself. Voice is off otherwise.

const NOTES = [[784, 0], [659, 0.3], [523, 0.6]]; // Hz, seconds after the beginning
const FADES = 1.2; // seconds until a note is gone
const LOUD = 0.3;
const CHIMED = 1_600; // ms until the words may begin
const BREATH = 700; // ms between the languages
const LONGEST = 20_000; // ms after which a voice that never ends is given up
const LANGUAGES = ["kk", "ru"];

const wished = new URLSearchParams(location.search);
let audio = null;
let speaks = false;
let turn = Promise.resolve();

export function offer(tools) {
  if (!tools) return;
  const sound = tools.querySelector("[data-sound]");
  const voice = tools.querySelector("[data-voice]");
  tools.hidden = false;
  sound.addEventListener("click", async () => {
    await (isOn() ? audio.suspend() : begin());
    told();
  });
  voice?.addEventListener("click", async () => {
    speaks = !speaks;
    if (speaks && !isOn()) await begin();
    told();
  });
  globalThis.speechSynthesis?.addEventListener?.("voiceschanged", told);
  if (wished.has("sound")) begin().then(told);
  speaks = wished.has("voice");
  told();

  function told() {
    if (voice) voice.hidden = !LANGUAGES.some(voiceOf);
    show(sound, isOn());
    if (voice) show(voice, speaks);
    document.documentElement.dataset.sound = isOn() ? "on" : "off";
  }
}

// Says sentences, each { language, text }, one announcement after the other.
export function announce(said) {
  turn = turn.then(async () => {
    if (!isOn()) return;
    chime();
    await pause(CHIMED);
    if (!speaks) return;
    for (const { language, text } of said.filter(({ language }) => LANGUAGES.includes(language))) {
      await speak(language, text);
      await pause(BREATH);
    }
  });
}

async function begin() {
  audio ??= new AudioContext();
  await Promise.race([audio.resume(), pause(500)]);
  if (isOn()) chime();
}

function isOn() {
  return audio?.state === "running";
}

function chime() {
  document.documentElement.dataset.chimes = Number(document.documentElement.dataset.chimes ?? 0) + 1;
  for (const [note, after] of NOTES) {
    const begins = audio.currentTime + after;
    const tone = new OscillatorNode(audio, { type: "sine", frequency: note });
    const loud = new GainNode(audio, { gain: 0 });
    loud.gain.setValueAtTime(0, begins);
    loud.gain.linearRampToValueAtTime(LOUD, begins + 0.02);
    loud.gain.exponentialRampToValueAtTime(0.001, begins + FADES);
    tone.connect(loud).connect(audio.destination);
    tone.start(begins);
    tone.stop(begins + FADES);
  }
}

function speak(language, text) {
  const voice = voiceOf(language);
  if (!voice) return Promise.resolve();
  const spoken = new Promise((done) => {
    const words = new SpeechSynthesisUtterance(text);
    words.voice = voice;
    words.lang = voice.lang;
    words.onend = words.onerror = done;
    speechSynthesis.speak(words);
  });
  return Promise.race([spoken, pause(LONGEST)]);
}

function voiceOf(language) {
  return globalThis.speechSynthesis?.getVoices().find((voice) => voice.lang.toLowerCase().startsWith(language));
}

function show(button, isOn) {
  button.querySelector("[data-on]").hidden = !isOn;
  button.querySelector("[data-off]").hidden = isOn;
}

function pause(length) {
  return new Promise((done) => setTimeout(done, length));
}
