// @ts-check
// Below a field: the saved text and the officer's own as one, with what differs marked, and the choice between the two.

import { marked } from "./words-differ.js";

/**
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {string} saved
 */
export function compare(field, saved) {
  const mine = field.value;
  const place = field.closest("[data-field]") ?? field.parentElement;
  const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById("draft-differs"));
  const panel = /** @type {HTMLElement | null} */ (template?.content.firstElementChild?.cloneNode(true));
  if (!place || !panel) return;
  panel.querySelector("[data-differences]")?.append(...marked(saved, mine));
  const use = (/** @type {string} */ text) => () => {
    field.value = text;
    field.dispatchEvent(new CustomEvent("loa:chosen", { bubbles: true }));
    field.focus();
  };
  panel.querySelector("[data-use-saved]")?.addEventListener("click", use(saved));
  panel.querySelector("[data-use-mine]")?.addEventListener("click", use(mine));
  place.querySelector("[data-draft-differs]")?.remove();
  place.append(panel);
}
