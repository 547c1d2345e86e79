// Tells what is new on a page that keeps itself fresh: every element with data-speak (its mark) and data-at
// (its moment) that came after the page was opened, once.

const heard = new Set();

export function listen(since, tell) {
  new MutationObserver(look).observe(document.body, {
    attributeFilter: ["data-speak"],
    childList: true,
    subtree: true,
  });
  look();

  function look() {
    const news = [...document.querySelectorAll("[data-speak]")].filter(isNew).sort(byMoment);
    for (const one of news) {
      heard.add(one.dataset.speak);
      tell(one, sentences(one));
    }
  }

  function isNew(one) {
    return !heard.has(one.dataset.speak) && Date.parse(one.dataset.at) > since;
  }
}

function byMoment(one, other) {
  return Date.parse(one.dataset.at) - Date.parse(other.dataset.at);
}

function sentences(one) {
  return [...one.querySelectorAll("[lang]")].map((said) => ({
    language: said.lang,
    text: said.textContent.trim(),
  }));
}
