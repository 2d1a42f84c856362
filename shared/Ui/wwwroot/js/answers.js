// @ts-check
// What the server answers to htmx when it did not do what was asked: told in words, and what was typed stays.

import { toast } from "./toast.js";

/** @typedef {{ detail?: string, title?: string, code?: string, errors?: Record<string, string[]> }} Problem */

const words = document.getElementById("toasts")?.dataset ?? {};

document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = event.detail;
  const response = ctx.response?.raw;
  if (!response || response.status < 400) return;
  // Nothing of it goes into the page.
  event.preventDefault();
  if (response.status === 401) return signIn();
  void explain(response, ctx.sourceElement);
});

document.addEventListener("htmx:error", (event) => {
  const { error } = event.detail;
  console.error(error);
  // fetch says TypeError when it reached nobody.
  toast((error instanceof TypeError ? words.offline : words.broken) ?? "", "bad");
});

document.addEventListener("submit", (event) => {
  if (event.target instanceof HTMLFormElement) forget(event.target);
});

/** Officers come back to the page they were on. */
function signIn() {
  location.assign(`${words.signIn}?next=${encodeURIComponent(location.pathname + location.search)}&expired=true`);
}

/**
 * @param {Response} response
 * @param {Element} source
 */
async function explain(response, source) {
  const isProblem = response.headers.get("Content-Type")?.includes("json");
  const problem = /** @type {Problem} */ (isProblem ? await response.json() : {});
  const text = problem.detail ?? words.broken ?? "";
  // By its id the administrator finds in the log what broke.
  toast(response.status < 500 ? text : `${text} ${words.request} ${response.headers.get("X-Request-Id")}`, "bad");
  const form = source.closest("form");
  if (form && problem.errors) mark(form, problem.errors);
}

/**
 * @param {HTMLFormElement} form
 * @param {Record<string, string[]>} errors
 */
function mark(form, errors) {
  /** @type {HTMLElement | null} */
  let first = null;
  for (const [name, texts] of Object.entries(errors))
    for (const field of form.querySelectorAll("[data-field]")) {
      if (field.getAttribute("data-field")?.toLowerCase() !== name.toLowerCase()) continue;
      const input = /** @type {HTMLElement | null} */ (field.querySelector("input, select, textarea"));
      const error = field.querySelector(".invalid-feedback");
      if (!input || !error) continue;
      input.classList.add("is-invalid");
      input.setAttribute("aria-invalid", "true");
      error.textContent = texts.join(" ");
      first ??= input;
    }
  first?.focus();
}

/** @param {HTMLFormElement} form */
function forget(form) {
  for (const input of form.querySelectorAll(".is-invalid")) {
    input.classList.remove("is-invalid");
    input.removeAttribute("aria-invalid");
  }
  for (const error of form.querySelectorAll(".invalid-feedback")) error.textContent = "";
}
