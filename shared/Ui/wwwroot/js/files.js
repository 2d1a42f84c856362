// @ts-check
// A file is chosen in the language of the page: a browser's own field speaks the browser's. The field lies over it unseen, and is
// pressed, focused and dropped upon as ever; without a script it is seen.

document.addEventListener("change", (event) => {
  const input = event.target;
  if (input instanceof HTMLInputElement && input.type === "file") tell(input);
});

/** @param {HTMLInputElement} input */
function tell(input) {
  const said = /** @type {HTMLElement | null} */ (input.parentElement?.querySelector("[data-file-name]"));
  if (said) said.textContent = Array.from(input.files ?? [], (file) => file.name).join(", ") || (said.dataset.fileName ?? "");
}

/** @param {ParentNode} part */
function prepare(part) {
  for (const said of part.querySelectorAll(/** @type {"span"} */ (".input-file-said[hidden]"))) {
    said.hidden = false;
    const input = said.parentElement?.querySelector("input");
    if (input) tell(input);
  }
}

document.addEventListener("htmx:after:process", (event) => prepare(/** @type {Element} */ (event.target)));
prepare(document);
