// The article: choosing a card lights its words, choosing its words lights the card; letters grow and shrink in place.

const reading = document.querySelector("[data-reading]");
const cards = [...reading.querySelectorAll("[data-event]")];

function light(number) {
  for (const word of reading.querySelectorAll("[data-e]")) {
    word.classList.toggle("lit", word.dataset.e.split(" ").includes(number));
  }
  for (const card of cards) {
    const chosen = card.dataset.event === number;
    card.classList.toggle("lit", chosen);
    const link = card.querySelector(".card-link");
    if (chosen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function gently() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

function chooseCard(card, link) {
  light(card.dataset.event);
  const word = document.getElementById(decodeURIComponent(new URL(link.href).hash.slice(1)));
  word?.scrollIntoView({ block: "center", behavior: gently() });
  history.replaceState(null, "", link.href);
}

function chooseWord(link) {
  const card = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!card) return;
  light(card.dataset.event);
  card.scrollIntoView({ block: "nearest", behavior: gently() });
  card.querySelector(".card-link").focus({ preventScroll: true });
}

reading.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || !getSelection().isCollapsed) return;
  const link = event.target.closest("a.card-link");
  if (link) {
    event.preventDefault();
    chooseCard(link.closest("[data-event]"), link);
    return;
  }
  const word = event.target.closest("a.to-card");
  if (word) {
    event.preventDefault();
    chooseWord(word);
    return;
  }
  const card = event.target.closest("[data-event]");
  if (card && !event.target.closest("a, button, summary")) chooseCard(card, card.querySelector(".card-link"));
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") light("");
});

const SMALLEST = -2;
const LARGEST = 4;
const YEAR = 365 * 24 * 3600;

for (const link of reading.querySelectorAll("[data-size]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const now = Number(reading.className.match(/size-(-?\d)/)?.[1] ?? 0);
    const size = Math.min(LARGEST, Math.max(SMALLEST, now + Number(link.dataset.size)));
    reading.classList.replace(`size-${now}`, `size-${size}`);
    document.cookie = `waqai_size=${size}; path=/; max-age=${YEAR}; samesite=lax`;
  });
}
