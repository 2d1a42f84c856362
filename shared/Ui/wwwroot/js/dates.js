// @ts-check
// Dates and times are typed as words of figures: the signs between them come by themselves, what is none is told at once.

import "./calendar.js";
import { read, shown } from "./day.js";

const typed = "[data-date], [data-time]";

/** @param {string} text @returns {string | null} */
function readTime(text) {
  const parts = /^(\d{1,2})[:.hg](\d{2})$/i.exec(text.trim()) ?? /^(\d{2})(\d{2})$/.exec(text.trim());
  if (!parts || Number(parts[1]) > 23 || Number(parts[2]) > 59) return null;
  return `${parts[1]?.padStart(2, "0")}:${parts[2]}`;
}

/** @param {HTMLInputElement} input @returns {string | null} */
function tidied(input) {
  if (input.matches("[data-time]")) return readTime(input.value);
  const day = read(input.value);
  return day && shown(day);
}

/** @param {HTMLInputElement} input @param {string} fault */
function tell(input, fault) {
  input.setCustomValidity(fault);
  input.classList.toggle("is-invalid", fault !== "");
  if (fault) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  const place = input.closest("[data-field]")?.querySelector(".invalid-feedback");
  if (place) place.textContent = fault;
}

// A small keyboard of figures has no slash.
document.addEventListener("input", (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || !input.matches(typed)) return;
  if (input.validity.customError) tell(input, "");
  const adds = event instanceof InputEvent && event.inputType.startsWith("insert");
  if (adds && input.matches("[data-date]") && /^(\d{2}|\d{2}\/\d{2})$/.test(input.value)) input.value += "/";
  else if (adds && input.matches("[data-time]") && /^\d{2}$/.test(input.value)) input.value += ":";
});

// Before whoever would ask the server for it.
document.addEventListener(
  "change",
  (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !input.matches(typed)) return;
    const text = input.value.trim() === "" ? "" : tidied(input);
    if (text !== null) input.value = text;
    tell(input, text === null ? input.dataset.date || input.dataset.time || "" : "");
    if (text === null || (text === "" && input.required)) event.stopImmediatePropagation();
  },
  { capture: true },
);
