// @ts-check
// Signing a package: the browser fetches its exact words, signs them with the officer's own key, and only then sends the form.

// @ts-ignore The key script is served beside us; its address without fingerprint is always the newest.
import { findKey, signJws, thumbprint } from "/files/ui/newest/js/keys.js";

/** Forms whose package is signed and may pass once. */
const signed = new WeakSet();

/** @param {string | undefined} text */
const tell = (text) =>
  document.dispatchEvent(new CustomEvent("loa:toast", { detail: { text: text ?? "", tone: "bad" } }));

/** @param {HTMLFormElement} form */
async function words(form) {
  const answer = await fetch(form.dataset.signPackage ?? "", { headers: { Accept: "application/json" } });
  if (answer.ok) return answer.text();
  throw new Error((await answer.json()).detail);
}

/** @param {HTMLFormElement} form */
async function sign(form) {
  try {
    // The delegated key lies in another browser, or nowhere yet.
    const holds = (await findKey()) && form.dataset.keys?.split(" ").includes(await thumbprint());
    if (!holds) return location.assign(form.dataset.keysPage ?? "/keys");
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("Package"));
    field.value = await signJws("loa-package", await words(form));
    signed.add(form);
    form.requestSubmit();
  } catch (error) {
    console.error(error);
    const texts = document.getElementById("toasts")?.dataset;
    tell(error instanceof TypeError ? texts?.offline : /** @type {Error} */ (error).message);
  }
}

// Before htmx and the browser see it.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-sign-package]") || event.defaultPrevented) return;
    if (signed.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void sign(form);
  },
  { capture: true },
);
