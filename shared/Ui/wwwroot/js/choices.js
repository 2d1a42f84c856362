// @ts-check
// Searches the answers of a long select; without a script the select holds them all.

import { plain } from "./plain.js";

const most = 8;

/** All answers of a select that is searched. @type {WeakMap<HTMLSelectElement, HTMLOptionElement[]>} */
const answers = new WeakMap();

/** @param {Element} box @returns {HTMLSelectElement | null} */
const selectOf = (box) =>
  /** @type {HTMLSelectElement | null} */ (document.getElementById(box.getAttribute("data-choice-search") ?? ""));

/** @param {string} words */
const wordsOf = (words) => plain(words).split(/\s+/).filter(Boolean);

/** @param {HTMLOptionElement} option @param {string[]} wanted */
const holds = (option, wanted) => option.value !== "" && wanted.every((word) => plain(option.text).includes(word));

/** @param {HTMLSelectElement} select @param {string} words */
function narrow(select, words) {
  const all = answers.get(select) ?? [...select.options];
  answers.set(select, all);
  const wanted = wordsOf(words);
  const chosen = select.value;
  const found = all.filter((option) => option.value === "" || option.value === chosen || holds(option, wanted));
  select.replaceChildren(...found);
  select.value = chosen;
  // What is found is seen at once.
  if (wanted.length > 0) select.size = Math.min(most, Math.max(2, found.length));
  else select.removeAttribute("size");
}

/** Something was chosen: the search is over. @param {HTMLSelectElement} select */
function rest(select) {
  const box = /** @type {HTMLInputElement | null} */ (document.querySelector(`[data-choice-search="${select.id}"]`));
  if (box) box.value = "";
  narrow(select, "");
}

/** @param {Event} event @returns {HTMLInputElement | null} */
const boxIn = ({ target }) =>
  target instanceof HTMLInputElement && target.matches("[data-choice-search]") ? target : null;

// A search is no answer of the form.
document.addEventListener(
  "input",
  (event) => {
    const box = boxIn(event);
    const select = box && selectOf(box);
    if (!box || !select) return;
    event.stopPropagation();
    narrow(select, box.value);
  },
  { capture: true },
);

document.addEventListener(
  "change",
  (event) => {
    if (boxIn(event)) event.stopPropagation();
    else if (event.target instanceof HTMLSelectElement && answers.has(event.target)) rest(event.target);
  },
  { capture: true },
);

// Enter takes the first that was found; it does not send the form.
document.addEventListener("keydown", (event) => {
  const box = boxIn(event);
  const select = box && selectOf(box);
  if (!box || !select || (event.key !== "Enter" && event.key !== "ArrowDown")) return;
  event.preventDefault();
  if (event.key === "Enter") {
    const first = [...select.options].find((option) => holds(option, wordsOf(box.value)));
    if (first) choose(select, first);
  }
  select.focus();
});

/** @param {HTMLSelectElement} select @param {HTMLOptionElement} option */
function choose(select, option) {
  select.value = option.value;
  for (const name of ["input", "change"]) select.dispatchEvent(new Event(name, { bubbles: true }));
}

/** @param {ParentNode} part */
function prepare(part) {
  for (const box of part.querySelectorAll(/** @type {"input"} */ ("[data-choice-search][hidden]"))) box.hidden = false;
}

document.addEventListener("htmx:after:process", (event) => prepare(/** @type {Element} */ (event.target)));
prepare(document);
