// @ts-check
// A speaker's place: the browser fetches the exact words, signs them with the technician's own key, and only then sends the form.

// @ts-ignore The key script is served beside us; its address without fingerprint is always the newest.
import { findKey, signMany } from "/files/ui/newest/js/keys.js";

/** Forms whose places are signed and may pass once. */
const signed = new WeakSet();

/** @param {string | undefined} text */
const tell = (text) =>
  document.dispatchEvent(new CustomEvent("loa:toast", { detail: { text: text ?? "", tone: "bad" } }));

/** @param {HTMLFormElement} form @param {string} url @returns {Promise<{ typ: string, payloads: string[] }>} */
async function textsFor(form, url) {
  /** @type {Record<string, FormDataEntryValue>} */
  const fields = {};
  for (const [name, value] of new FormData(form)) if (value !== "") fields[name] = value === "true" ? /** @type {any} */ (true) : value;
  delete fields.Placements;
  if (fields.Replace === "false") delete fields.Replace;
  if (fields.Seen) fields.Seen = /** @type {any} */ (Number(fields.Seen));
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(fields),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.detail);
  return body;
}

/** @param {HTMLFormElement} form @param {HTMLInputElement} input @param {HTMLElement | null} button */
async function sign(form, input, button) {
  button?.toggleAttribute("disabled", true);
  try {
    if (!(await findKey())) {
      tell(input.dataset.noKey);
      return location.assign(`${input.dataset.keysPage}?next=${encodeURIComponent(location.pathname + location.search)}`);
    }
    const { typ, payloads } = await textsFor(form, input.dataset.place ?? "");
    input.value = (await signMany(typ, payloads)).join("\n");
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
    if (!(form instanceof HTMLFormElement) || event.defaultPrevented) return;
    const input = /** @type {HTMLInputElement | null} */ (form.querySelector("input[data-place]"));
    if (!input || signed.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void sign(form, input, event.submitter);
  },
  { capture: true },
);
