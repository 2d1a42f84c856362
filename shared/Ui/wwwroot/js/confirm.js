// @ts-check
// A button with data-confirm asks before its form is sent; without JavaScript the server's own rules are the guard.
// data-confirm-from: the server words the question. data-confirm-if: the server says too whether there is anything to ask.

import { pageOwner } from "./page-owner.js";

const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("confirm"));

/** The button that was answered "yes" and may pass this once. @type {HTMLElement | null} */
let agreed = null;

/** A number that is too low asks a question of its own. @param {HTMLElement} button */
function isLow(button) {
  const { confirmField, confirmBelow } = button.dataset;
  if (!confirmField || !(button instanceof HTMLButtonElement)) return false;
  const field = button.form?.elements.namedItem(confirmField);
  return field instanceof HTMLInputElement && field.value !== "" && Number(field.value) < Number(confirmBelow);
}

/** @param {HTMLElement} button */
const questionOf = (button) => (isLow(button) ? button.dataset.confirmLow : button.dataset.confirm) ?? "";

/** Buttons whose question is on its way. @type {WeakSet<HTMLElement>} */
const considered = new WeakSet();

/** @param {HTMLElement} button @param {string} [words] */
function ask(button, words) {
  if (!dialog) return;
  const yes = /** @type {HTMLButtonElement} */ (dialog.querySelector("[data-yes]"));
  const title = /** @type {HTMLElement} */ (dialog.querySelector("#confirm-title"));
  const question = /** @type {HTMLElement} */ (dialog.querySelector("#confirm-question"));
  title.textContent = button.dataset.confirmTitle ?? "";
  question.textContent = words ?? questionOf(button);
  yes.textContent = button.dataset.confirmYes ?? "";
  yes.className = isLow(button) || button.dataset.confirmTone === "tone-act" ? "btn btn-danger" : "btn btn-primary";
  yes.disabled = false;
  if (button.dataset.confirmFrom && !isLow(button)) void refine(button, question, yes);
  dialog.returnValue = "no";
  dialog.addEventListener("close", () => decide(button), { once: true });
  dialog.showModal();
}

/**
 * The server says what will happen with what is chosen now; without its answer the usual question stands.
 * @param {HTMLElement} button
 * @param {HTMLElement} question
 * @param {HTMLButtonElement} yes
 */
async function refine(button, question, yes) {
  if (!(button instanceof HTMLButtonElement) || !button.form) return;
  yes.disabled = true;
  question.textContent = (await serverSays(button.dataset.confirmFrom ?? "", button.form)) || question.textContent;
  yes.disabled = false;
}

/** The server's question, empty when it has none; undefined without an answer. @param {string} url @param {HTMLFormElement} form */
async function serverSays(url, form) {
  try {
    const answer = await fetch(url, { method: "POST", headers: pageOwner(), body: new FormData(form), signal: AbortSignal.timeout(5_000) });
    if (answer.ok) return await answer.text();
    // What is refused or wrong is told by the act itself, beside its field.
    return answer.status < 500 ? "" : undefined;
  } catch {
    return undefined;
  }
}

/** @param {HTMLElement} button */
async function consider(button) {
  if (!(button instanceof HTMLButtonElement) || !button.form || considered.has(button)) return;
  considered.add(button);
  const words = await serverSays(button.dataset.confirmIf ?? "", button.form);
  considered.delete(button);
  if (words === "") send(button);
  else ask(button, words);
}

/** The browser gives the focus back to the button by itself. @param {HTMLElement} button */
function decide(button) {
  if (dialog?.returnValue === "yes") send(button);
}

/** @param {HTMLElement} button */
function send(button) {
  if (!(button instanceof HTMLButtonElement) || !button.form) return;
  agreed = button;
  button.form.requestSubmit(button);
  agreed = null;
}

// Before htmx and the browser see it.
document.addEventListener(
  "submit",
  (event) => {
    const button = event.submitter;
    if (!button || button === agreed || questionOf(button) === "") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (button.dataset.confirmIf) void consider(button);
    else ask(button);
  },
  { capture: true },
);

dialog?.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close("no");
});
