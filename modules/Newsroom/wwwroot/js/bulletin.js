// @ts-check
// The bulletin as the server has it: what the desk kept in the browser for it is no longer needed.

const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-bulletin]"));

for (const desk of ["new", place?.dataset.bulletin]) {
  const key = `loa-desk:${desk}`;
  const text = localStorage.getItem(key);
  if (!text || !place) continue;
  const kept = JSON.parse(text);
  const arrived = desk === "new" ? kept.fields.id === place.dataset.bulletin : (kept.seen ?? kept.expected) < Number(place.dataset.acts);
  if (arrived) localStorage.removeItem(key);
}
