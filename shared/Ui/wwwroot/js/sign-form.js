// @ts-check
// A form whose document the officer signs: the browser gets the exact words, signs them with his own key, and only then sends the form.

import { findKey, signMany, thumbprint } from "./keys.js";
import { pageOwner } from "./page-owner.js";

/** Forms whose document is signed and may pass once. */
const signed = new WeakSet();

/** @param {string | undefined} text */
const tell = (text) =>
  document.dispatchEvent(new CustomEvent("loa:toast", { detail: { text: text ?? "", tone: "bad" } }));

// The delegated key lies in another browser, or nowhere yet.
/** @param {HTMLInputElement} input */
async function holdsKey({ dataset: { keys } }) {
  if (!(await findKey())) return false;
  return keys === undefined || keys.split(" ").includes(await thumbprint());
}

/** What the form says, as the server reads it from a program. @param {HTMLFormElement} form @param {string} without */
function asJson(form, without) {
  /** @type {Record<string, FormDataEntryValue | number | boolean>} */
  const fields = {};
  for (const [name, value] of new FormData(form)) if (value !== "" && name !== without) fields[name] = value;
  if (fields.Seen) fields.Seen = Number(fields.Seen);
  if (fields.Replace) fields.Replace = fields.Replace === "true";
  return JSON.stringify(fields);
}

/** A document of a known type is fetched, for the units that are chosen. @param {HTMLFormElement} form */
function unitsOf(form) {
  const query = new URLSearchParams();
  for (const unit of new FormData(form).getAll("units")) query.append("units", String(unit));
  return query;
}

/** Without a type the server is told the form, and answers with type and documents. @param {HTMLFormElement} form @param {HTMLInputElement} input @returns {Promise<{ typ: string, payloads: string[] }>} */
async function wordsFor(form, input) {
  const { sign = "", typ } = input.dataset;
  const json = "application/json";
  const answer = typ
    ? await fetch(`${sign}?${unitsOf(form)}`, { headers: { accept: json } })
    : await fetch(sign, { method: "POST", headers: { "content-type": json, accept: json, ...pageOwner() }, body: asJson(form, input.name) });
  if (!answer.ok) throw new Error((await answer.json()).detail);
  return typ ? { typ, payloads: [await answer.text()] } : answer.json();
}

/** @param {HTMLFormElement} form @param {HTMLInputElement} input @param {HTMLElement | null} button */
async function sign(form, input, button) {
  button?.toggleAttribute("disabled", true);
  try {
    if (!(await holdsKey(input))) {
      if (input.dataset.noKey) tell(input.dataset.noKey);
      return location.assign(`/keys?kind=${input.dataset.kind}&next=${encodeURIComponent(location.pathname + location.search)}`);
    }
    const { typ, payloads } = await wordsFor(form, input);
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
    const input = /** @type {HTMLInputElement | null} */ (form.querySelector("input[data-sign]"));
    if (!input || signed.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void sign(form, input, event.submitter);
  },
  { capture: true },
);
