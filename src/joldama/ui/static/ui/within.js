// Gives a question up after some time. AbortSignal.timeout does the same, in browsers younger than many a phone.

export function within(milliseconds) {
  const limit = new AbortController();
  setTimeout(() => limit.abort(), milliseconds);
  return limit.signal;
}
