// @ts-check
// The tree on which units are chosen: a chosen unit holds all below it, so the form sends only the topmost.

import { plain } from "./plain.js";

/** @param {Element} tree @returns {HTMLInputElement[]} */
const boxesOf = (tree) => [...tree.querySelectorAll(/** @type {"input"} */ (".unit-list input[type=checkbox]"))];

/** @param {Element} item @returns {HTMLInputElement | null} */
const boxOf = (item) => item.querySelector(":scope > .unit-row input[type=checkbox]");

/** @param {Element} box @returns {Element | null} */
const parentItem = (box) => box.closest("li")?.parentElement?.closest("li[data-unit-name]") ?? null;

/** @param {Element} item @returns {HTMLInputElement[]} */
const childBoxes = (item) => [...item.querySelectorAll(":scope > ul > li")].map(boxOf).filter((box) => box !== null);

/** Chosen, and nothing above it is. @param {HTMLInputElement} box */
const isTopmost = (box) => {
  const above = parentItem(box);
  return box.checked && !(above && boxOf(above)?.checked);
};

/** @param {HTMLInputElement} box */
function spread(box) {
  for (const below of box.closest("li")?.querySelectorAll(/** @type {"input"} */ ("ul input[type=checkbox]")) ?? []) {
    below.checked = box.checked;
    below.indeterminate = false;
  }
  for (let item = parentItem(box); item; item = parentItem(item)) settle(item);
}

/** A unit is chosen when all directly below it are, half chosen when some are. @param {Element} item */
function settle(item) {
  const box = boxOf(item);
  const below = childBoxes(item);
  if (!box || below.length === 0) return;
  box.checked = below.every((b) => b.checked);
  box.indeterminate = !box.checked && below.some((b) => b.checked || b.indeterminate);
}

/** @param {Element} tree */
function tell(tree) {
  const top = boxesOf(tree).filter(isTopmost);
  const count = top.reduce((sum, box) => sum + Number(box.dataset.count), 0);
  const place = tree.querySelector("[data-unit-chosen]");
  const text = tree.getAttribute("data-chosen") ?? "";
  const number = (/** @type {number} */ n) => n.toLocaleString(document.documentElement.lang);
  if (place) place.textContent = text.replace("{0}", number(top.length)).replace("{1}", number(count));
}

/**
 * @param {Element} item
 * @param {boolean} open
 */
function fold(item, open) {
  const list = item.querySelector(":scope > ul");
  list?.toggleAttribute("hidden", !open);
  item.querySelector(":scope > .unit-row [data-unit-fold]")?.setAttribute("aria-expanded", String(open));
}

/**
 * Shows the units whose name holds the words, with what lies above and below them.
 * @param {Element} tree
 * @param {string} words
 */
function search(tree, words) {
  const wanted = plain(words);
  let any = false;
  for (const item of tree.querySelectorAll("li[data-unit-name]")) item.toggleAttribute("hidden", wanted !== "");
  for (const item of tree.querySelectorAll("li[data-unit-name]")) {
    if (!plain(item.getAttribute("data-unit-name") ?? "").includes(wanted)) continue;
    any = true;
    item.removeAttribute("hidden");
    for (const below of item.querySelectorAll("li")) below.removeAttribute("hidden");
    for (let above = item.parentElement?.closest("li"); above; above = above.parentElement?.closest("li")) {
      above.removeAttribute("hidden");
      if (wanted) fold(above, true);
    }
  }
  tree.querySelector("[data-unit-none]")?.toggleAttribute("hidden", any);
}

/** What the server marked stands for all below it. @param {ParentNode} root */
function prepare(root) {
  for (const tree of root.querySelectorAll("[data-unit-tree]:not([data-ready])")) {
    tree.setAttribute("data-ready", "");
    for (const box of boxesOf(tree)) if (box.checked) spread(box);
    tell(tree);
  }
}

document.addEventListener("change", (event) => {
  const box = event.target;
  const tree = box instanceof HTMLInputElement && box.type === "checkbox" ? box.closest("[data-unit-tree]") : null;
  if (!tree) return;
  spread(/** @type {HTMLInputElement} */ (box));
  tell(tree);
});

document.addEventListener("input", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || !box.matches("[data-unit-search]")) return;
  // A search inside a form is not an answer of the form.
  event.stopPropagation();
  const tree = box.closest("[data-unit-tree]");
  if (tree) search(tree, box.value);
}, { capture: true });

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-unit-fold]") : null;
  const item = button?.closest("li");
  if (button && item) fold(item, button.getAttribute("aria-expanded") !== "true");
});

document.addEventListener("keydown", (event) => {
  const at = event.target;
  const tree = at instanceof HTMLElement ? at.closest("[data-unit-tree]") : null;
  if (!tree || !(at instanceof HTMLElement)) return;
  if (at.matches("[data-unit-search]")) {
    // Enter looks for a unit here; it does not send the form.
    if (event.key === "Enter") event.preventDefault();
    if (event.key !== "ArrowDown") return;
  }
  const item = at.closest("li");
  if (event.key === "ArrowRight" && item) fold(item, true);
  else if (event.key === "ArrowLeft" && item) fold(item, false);
  else if (event.key === "ArrowDown" || event.key === "ArrowUp") move(tree, at, event.key === "ArrowDown" ? 1 : -1);
  else return;
  event.preventDefault();
});

/**
 * @param {Element} tree
 * @param {Element} at
 * @param {1 | -1} by
 */
function move(tree, at, by) {
  const seen = boxesOf(tree).filter((box) => box.checkVisibility());
  const here = at.closest("li");
  const index = here ? seen.findIndex((box) => box.closest("li") === here) : -1;
  seen[Math.max(index + by, 0)]?.focus();
}

document.addEventListener("formdata", (event) => {
  for (const tree of event.target instanceof Element ? event.target.querySelectorAll("[data-unit-tree]") : []) {
    const boxes = boxesOf(tree);
    const name = boxes[0]?.name;
    if (!name) continue;
    event.formData.delete(name);
    for (const box of boxes) if (isTopmost(box)) event.formData.append(name, box.value);
  }
}, { capture: true });

document.addEventListener("htmx:after:process", (event) => prepare(/** @type {Element} */ (event.target)));
prepare(document);
