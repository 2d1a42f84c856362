// @ts-check
// Approval: the browser fetches the exact words, signs them with the officer's own key, and only then sends the form.

// @ts-ignore The key script is served beside us; its address without fingerprint is always the newest.
import { findKey, signJws, thumbprint } from "/files/ui/newest/js/keys.js";

/** Forms whose release is signed and may pass once. */
const signed = new WeakSet();

/** @param {string | undefined} text */
const tell = (text) =>
  document.dispatchEvent(new CustomEvent("loa:toast", { detail: { text: text ?? "", tone: "bad" } }));

/** @param {HTMLFormElement} form */
async function termsFor(form) {
  const query = new URLSearchParams();
  for (const unit of new FormData(form).getAll("units")) query.append("units", String(unit));
  const answer = await fetch(`${form.dataset.sign}?${query}`, { headers: { Accept: "application/json" } });
  if (answer.ok) return answer.text();
  const problem = await answer.json();
  throw new Error(problem.detail);
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} button
 */
async function sign(form, button) {
  button?.toggleAttribute("disabled", true);
  try {
    // The delegated key lies in another browser, or nowhere yet.
    const holds = (await findKey()) && form.dataset.keys?.split(" ").includes(await thumbprint());
    if (!holds) return location.assign(form.dataset.keysPage ?? "/keys");
    const release = /** @type {HTMLInputElement} */ (form.elements.namedItem("release"));
    release.value = await signJws("loa-release", await termsFor(form));
    signed.add(form);
    button?.toggleAttribute("disabled", false);
    form.requestSubmit();
  } catch (error) {
    console.error(error);
    const words = document.getElementById("toasts")?.dataset;
    tell(error instanceof TypeError ? words?.offline : /** @type {Error} */ (error).message);
  } finally {
    button?.toggleAttribute("disabled", false);
  }
}

// Before htmx and the browser see it, after the question was answered with yes.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-sign]") || event.defaultPrevented) return;
    if (signed.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void sign(form, event.submitter);
  },
  { capture: true },
);
