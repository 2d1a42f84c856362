// @ts-check
// The writing desk: counts what is typed and tells how long it will sound.

const text = /** @type {HTMLTextAreaElement | null} */ (document.querySelector("[data-desk] [data-counted]"));

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

if (text) {
  count(text);
  for (const kind of ["input", "loa:chosen"]) text.addEventListener(kind, () => count(text));
}
