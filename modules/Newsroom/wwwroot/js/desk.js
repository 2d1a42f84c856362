// @ts-check
// The writing desk: counts what is typed, tells how long it will sound, and keeps it in the browser until the server has it.

// "expected" is what pages before called "seen": what they kept is brought back too.
/** @typedef {{ seen: number, expected?: number, fields: Record<string, string> }} Kept */

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-desk]"));
const key = `loa-desk:${form?.dataset.desk}`;
const keptFields = ["id", "title", "text", "voice", "class", "unit"];

/** @param {HTMLTextAreaElement} text */
function count(text) {
  const place = document.getElementById(text.dataset.counted ?? "");
  if (!place) return;
  const number = (/** @type {number} */ n) => n.toLocaleString(document.documentElement.lang);
  const seconds = Math.ceil(text.value.trim().length / Number(place.dataset.perSecond));
  const length = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  place.textContent = (place.dataset.text ?? "")
    .replace("{0}", number(text.value.length))
    .replace("{1}", number(text.maxLength))
    .replace("{2}", length);
}

/** @param {string} name */
const inputOf = (name) => /** @type {HTMLInputElement | null} */ (form?.elements.namedItem(name) ?? null);

const seen = () => Number(inputOf("seen")?.value ?? 0);

function keep() {
  /** @type {Kept} */
  const kept = { seen: seen(), fields: {} };
  for (const name of keptFields) {
    const input = inputOf(name);
    if (input) kept.fields[name] = input.value;
  }
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing still sends; the page itself loses nothing on an error.
  }
}

/** Brings back what was typed before the page was lost, unless the bulletin moved on meanwhile. */
function bringBack() {
  const text = localStorage.getItem(key);
  if (!text || !form) return;
  /** @type {Kept} */
  const kept = JSON.parse(text);
  if ((kept.seen ?? kept.expected) !== seen()) return localStorage.removeItem(key);
  let differs = false;
  for (const name of keptFields) {
    const input = inputOf(name);
    const value = kept.fields[name];
    if (!input || value === undefined || input.value === value) continue;
    input.value = value;
    differs ||= name !== "id";
  }
  if (differs)
    document.dispatchEvent(new CustomEvent("loa:toast", { detail: { text: form.dataset.kept, tone: "good" } }));
}

if (form) {
  bringBack();
  const text = /** @type {HTMLTextAreaElement} */ (form.querySelector("[data-counted]"));
  count(text);
  form.addEventListener("input", () => {
    count(text);
    keep();
  });
}
