// @ts-check
// What the server answers to htmx when it did not do what was asked: told in words, and what was typed stays.

import { toast } from "./toast.js";

/** @typedef {{ detail?: string, title?: string, code?: string, member?: string, errors?: Record<string, string[]> }} Problem */
/** @typedef {{ input: HTMLElement, text: string }} Fault */

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
export function signIn() {
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
  const card = toast(response.status < 500 ? text : `${text} ${words.request} ${response.headers.get("X-Request-Id")}`, "bad");
  const form = source.closest("form");
  const faults = form ? mark(form, problem.errors ?? (problem.member ? { [problem.member]: [text] } : {})) : [];
  if (card && faults.length > 1) list(card, faults);
  else faults[0]?.input.focus();
}

/** All that is wrong, each leading to its field. @param {HTMLElement} card @param {Fault[]} faults */
function list(card, faults) {
  const all = document.createElement("ul");
  for (const { input, text } of faults) {
    const link = document.createElement("a");
    link.href = `#${input.id}`;
    link.textContent = text;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      input.focus();
    });
    const item = document.createElement("li");
    item.append(link);
    all.append(item);
  }
  card.querySelector("[data-text]")?.replaceChildren(all);
  card.focus();
}

/**
 * @param {HTMLFormElement} form
 * @param {Record<string, string[]>} errors
 * @returns {Fault[]}
 */
function mark(form, errors) {
  const faults = [];
  for (const field of form.querySelectorAll("[data-field]")) {
    const name = field.getAttribute("data-field")?.toLowerCase();
    const [, texts] = Object.entries(errors).find(([key]) => key.toLowerCase() === name) ?? [];
    const input = /** @type {HTMLElement | null} */ (field.querySelector("input[name], select, textarea"));
    const error = field.querySelector(".invalid-feedback");
    if (!texts || !input || !error) continue;
    input.classList.add("is-invalid");
    input.setAttribute("aria-invalid", "true");
    error.textContent = texts.join(" ");
    faults.push({ input, text: texts.join(" ") });
  }
  return faults;
}

/** @param {HTMLFormElement} form */
function forget(form) {
  for (const input of form.querySelectorAll(".is-invalid")) {
    input.classList.remove("is-invalid");
    input.removeAttribute("aria-invalid");
  }
  for (const error of form.querySelectorAll(".invalid-feedback")) error.textContent = "";
}
