// @ts-check
// A text that was changed, with what differs from the text before marked (ChangedText.razor).

import { marked } from "./words-differ.js";

function markAll() {
  for (const text of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-before]"))) {
    text.replaceChildren(...marked(text.dataset.before ?? "", text.textContent ?? ""));
    text.removeAttribute("data-before");
  }
}

document.addEventListener("htmx:after:process", markAll);
markAll();
