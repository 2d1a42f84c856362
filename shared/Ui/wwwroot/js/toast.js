// @ts-check
// Short words atop the content. Others say: document.dispatchEvent(new CustomEvent("loa:toast", { detail: { text, tone } })).

const place = document.getElementById("toasts");

/**
 * @param {string} text
 * @param {"good" | "bad"} tone
 * @returns {HTMLElement | null}
 */
export function toast(text, tone = "good") {
  const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById(`toast-${tone}`));
  const card = /** @type {HTMLElement | null} */ (template?.content.firstElementChild?.cloneNode(true));
  const words = card?.querySelector("[data-text]");
  if (!place || !card || !words) return null;
  words.textContent = text;
  // The same trouble told twice is told once.
  for (const other of [...place.children])
    if (other.querySelector("[data-text]")?.textContent === text) other.remove();
  makeRoom(() => place.append(card));
  return card;
}

/** What is seen moves down below the word instead of under it. @param {() => void} act */
function makeRoom(act) {
  const root = document.documentElement;
  root.style.overflowAnchor = "none";
  act();
  requestAnimationFrame(() => root.style.removeProperty("overflow-anchor"));
}

document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-close]"))
    event.target.closest("[data-toast]")?.remove();
});

// Who acts again has read what was said of the act before.
document.addEventListener("submit", () => place?.replaceChildren());

document.addEventListener("loa:toast", (event) => {
  const { text, tone } = /** @type {CustomEvent<{ text: string, tone?: "good" | "bad" }>} */ (event).detail;
  toast(text, tone);
});

// What else sticks to the top of the window stays below it.
if (place)
  new ResizeObserver(() =>
    document.documentElement.style.setProperty("--toasts-height", `${place.offsetHeight}px`),
  ).observe(place);
