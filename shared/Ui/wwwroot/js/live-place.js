// @ts-check
// Puts what changed in a living part of the page in its place, around whoever uses it: the focus, what is marked and unfolded
// and what was typed stay. What was sent gives way to what the server says after.

/** @type {import("htmx.org").Htmx} */
const htmx = /** @type {any} */ (window).htmx;

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */

/** Fields whose form was sent as they stand. @type {WeakSet<Element>} */
const sent = new WeakSet();

/** @param {Field} field */
function saved(field) {
  if (field instanceof HTMLSelectElement) return [...field.options].map((o) => `${o.value}${o.defaultSelected ? "*" : ""}`).join();
  return field.type === "checkbox" || field.type === "radio" ? `${field instanceof HTMLInputElement && field.defaultChecked}` : field.defaultValue;
}

/** @param {Field} field */
function isTyped(field) {
  if (field instanceof HTMLSelectElement) {
    const chosen = [...field.options].find((o) => o.defaultSelected) ?? field.options[0];
    return field.value !== chosen?.value;
  }
  if (field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type)) return field.checked !== field.defaultChecked;
  return field.type !== "hidden" && field.type !== "file" && field.value !== field.defaultValue;
}

/** @param {Element} part */
function typedIn(part) {
  const fields = /** @type {NodeListOf<Field>} */ (part.querySelectorAll("input, textarea, select"));
  return [...fields].filter(isTyped).map((field) => {
    const [value, checked, before] = [field.value, field instanceof HTMLInputElement && field.checked, saved(field)];
    return () => {
      if (!field.isConnected || (sent.has(field) && saved(field) !== before)) return;
      field.value = value;
      if (field instanceof HTMLInputElement) field.checked = checked;
    };
  });
}

/**
 * @param {string} html One living part.
 * @param {Map<Element, unknown>} before The parts that were there when it was asked for.
 * @returns {Promise<Element | undefined>} The part as it is in the page; nothing when it is there no longer.
 */
export async function place(html, before) {
  const id = new DOMParser().parseFromString(html, "text/html").body.firstElementChild?.id;
  const part = id ? document.getElementById(id) : null;
  // A search or another page has put another in its place meanwhile.
  if (!part || !before.has(part)) return undefined;
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const typed = typedIn(part);
  await htmx.swap({ text: html, target: part, sourceElement: part, swap: "outerMorph" });
  for (const restore of typed) restore();
  if (focused && !part.contains(document.activeElement)) keepFocus(focused, part);
  return part;
}

/** What had the focus is gone or moved: it stays as near as can be. @param {Element} focused @param {HTMLElement} part */
function keepFocus(focused, part) {
  if (focused instanceof HTMLElement && focused.isConnected) focused.focus({ preventScroll: true });
  if (part.contains(document.activeElement)) return;
  part.tabIndex = -1;
  part.focus({ preventScroll: true });
}

document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = event.detail;
  const form = ctx.sourceElement.closest?.("form");
  if (!form || ctx.request.method.toUpperCase() === "GET" || !ctx.response?.raw.ok) return;
  for (const field of form.elements) sent.add(field);
});

document.addEventListener("input", ({ target }) => {
  if (target instanceof Element) sent.delete(target);
});
