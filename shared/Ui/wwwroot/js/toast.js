// @ts-check
// Short words in the corner. Others say: document.dispatchEvent(new CustomEvent("loa:toast", { detail: { text, tone } })).

const passesAfterMs = 7000;

/**
 * @param {string} text
 * @param {"good" | "bad"} tone
 */
export function toast(text, tone = "good") {
  const place = document.getElementById("toasts");
  const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById(`toast-${tone}`));
  const card = /** @type {HTMLElement | null} */ (template?.content.firstElementChild?.cloneNode(true));
  const words = card?.querySelector("[data-text]");
  if (!place || !card || !words) return;
  words.textContent = text;
  // The same trouble told twice is told once.
  for (const other of place.children)
    if (other.querySelector("[data-text]")?.textContent === text) other.remove();
  place.append(card);
  pass(card);
}

/** A toast under the pointer or holding the focus waits until it is left. @param {Element} card */
function pass(card) {
  if (card.getAttribute("data-toast") !== "passes") return;
  setTimeout(() => (card.matches(":hover, :focus-within") ? pass(card) : card.remove()), passesAfterMs);
}

document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-close]"))
    event.target.closest("[data-toast]")?.remove();
});

document.addEventListener("loa:toast", (event) => {
  const { text, tone } = /** @type {CustomEvent<{ text: string, tone?: "good" | "bad" }>} */ (event).detail;
  toast(text, tone);
});

for (const card of document.querySelectorAll("#toasts > [data-toast]")) pass(card);
