// @ts-check
// Which answers of a form are kept: those of every form in which somebody writes words. Secrets, files and boxes are not.

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */

const worded = "textarea, input[type=text]:not([data-date], [data-time]), input[type=email], input[type=tel], input[type=url]";
const chosen = "select, input[type=number], [data-date], [data-time]";

/** @param {Element} field @returns {field is HTMLInputElement | HTMLTextAreaElement} */
export const isWorded = (field) => field.matches(worded);

/** @param {HTMLFormElement} form */
export const holdsWords = (form) => form.method === "post" && form.querySelector(worded) !== null;

/** @param {HTMLFormElement} form @returns {Field[]} */
export const fieldsOf = (form) =>
  [...form.elements].filter(/** @returns {field is Field} */ (field) => field.matches(`${worded}, ${chosen}`) && field.getAttribute("name") !== null);

/** What the server's page said. @param {Field} field */
export const savedIn = (field) =>
  field instanceof HTMLSelectElement
    ? ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value ?? ""
    : field.defaultValue;

/** The form's act and what it is about; not what a page makes anew each time. @param {HTMLFormElement} form */
export function placeOf(form) {
  const fresh = form.hasAttribute("data-draft-new") ? "id" : "";
  const about = [...form.querySelectorAll("input[type=hidden]:not([data-sign])")]
    .map((input) => /** @type {HTMLInputElement} */ (input))
    .filter((input) => input.name.toLowerCase() !== "seen" && input.name !== fresh)
    .map((input) => `${input.name}=${input.value}`);
  return [form.getAttribute("action"), ...about].join("&");
}

/** @param {HTMLFormElement} form @param {string} name @returns {HTMLInputElement | null} */
export const hidden = (form, name) => form.querySelector(`input[type=hidden][name="${name}" i]`);
