// @ts-check
// A button with data-confirm asks before its form is sent; without JavaScript the server's own rules are the guard.

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

/** @param {HTMLElement} button */
function ask(button) {
  if (!dialog) return;
  const yes = /** @type {HTMLButtonElement} */ (dialog.querySelector("[data-yes]"));
  const title = /** @type {HTMLElement} */ (dialog.querySelector("#confirm-title"));
  const question = /** @type {HTMLElement} */ (dialog.querySelector("#confirm-question"));
  title.textContent = button.dataset.confirmTitle ?? "";
  question.textContent = questionOf(button);
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
  try {
    const answer = await fetch(button.dataset.confirmFrom ?? "", {
      method: "POST",
      body: new FormData(button.form),
      signal: AbortSignal.timeout(5_000),
    });
    if (answer.ok) question.textContent = await answer.text();
  } catch {
    // The act itself will say what is the matter.
  }
  yes.disabled = false;
}

/** The browser gives the focus back to the button by itself. @param {HTMLElement} button */
function decide(button) {
  if (dialog?.returnValue !== "yes" || !(button instanceof HTMLButtonElement) || !button.form) return;
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
    ask(button);
  },
  { capture: true },
);

dialog?.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close("no");
});
