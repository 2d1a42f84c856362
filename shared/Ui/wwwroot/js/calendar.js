// @ts-check
// A month to choose a day from, in the page's language; the arrow keys walk from day to day.

import { dateOf, dayOf, read, shown } from "./day.js";

/** @typedef {import("./day.js").Day} Day */

const language = document.documentElement.lang;
const monthName = new Intl.DateTimeFormat(language, { month: "long", year: "numeric" });
const longDay = new Intl.DateTimeFormat(language, { dateStyle: "full" });
const weekday = new Intl.DateTimeFormat(language, { weekday: "short" });
const steps = /** @type {Record<string, number>} */ ({ ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 });

/** The button beside the date that is chosen now. @type {HTMLButtonElement | null} */
let opener = null;

const calendar = document.createElement("div");
calendar.id = "calendar";
calendar.popover = "auto";
calendar.setAttribute("role", "dialog");
document.body.append(calendar);

/** @param {HTMLButtonElement} button */
const inputOf = (button) => /** @type {HTMLInputElement} */ (button.parentElement?.querySelector("[data-date]"));

/** @param {Day} day @param {number} by */
const later = (day, by) => dayOf(dateOf({ ...day, day: day.day + by }));

/** The same day of another month, or its last. @param {Day} day @param {number} by @returns {Day} */
function inMonth(day, by) {
  const first = dayOf(dateOf({ year: day.year, month: day.month + by, day: 1 }));
  const last = dayOf(dateOf({ year: first.year, month: first.month + 1, day: 0 })).day;
  return { ...first, day: Math.min(day.day, last) };
}

/** @param {string} text @param {string} label @param {() => void} act */
function buttonOf(text, label, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  if (label) button.setAttribute("aria-label", label);
  button.addEventListener("click", act);
  return button;
}

/** @param {Day} at */
function draw(at) {
  const words = opener?.dataset ?? {};
  const head = document.createElement("div");
  head.className = "calendar-head";
  const title = document.createElement("span");
  title.setAttribute("aria-live", "polite");
  title.textContent = monthName.format(dateOf(at));
  head.append(
    buttonOf("‹", words.previous ?? "", () => draw(inMonth(at, -1))),
    title,
    buttonOf("›", words.next ?? "", () => draw(inMonth(at, 1))),
  );
  calendar.replaceChildren(head, monthOf(at), buttonOf(words.today ?? "", "", () => choose(dayOf(new Date()))));
  calendar.setAttribute("aria-label", title.textContent);
  calendar.querySelector("table")?.setAttribute("aria-label", title.textContent);
  /** @type {HTMLElement | null} */ (calendar.querySelector("td button[tabindex='0']"))?.focus();
}

/** @param {Day} at */
function monthOf(at) {
  const table = document.createElement("table");
  table.setAttribute("role", "grid");
  const first = dateOf({ ...at, day: 1 });
  // Weeks begin on Monday.
  let day = later(dayOf(first), -((first.getDay() + 6) % 7));
  const heads = table.createTHead().insertRow();
  for (let i = 0; i < 7; i++) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = weekday.format(dateOf(later(day, i)));
    heads.append(cell);
  }
  const body = table.createTBody();
  do {
    const week = body.insertRow();
    for (let i = 0; i < 7; i++, day = later(day, 1)) {
      const cell = week.insertCell();
      if (day.month === at.month) cell.append(cellOf(day, at, cell));
    }
  } while (day.month === at.month);
  return table;
}

/** @param {Day} day @param {Day} at @param {HTMLElement} cell */
function cellOf(day, at, cell) {
  const button = buttonOf(String(day.day), longDay.format(dateOf(day)), () => choose(day));
  button.tabIndex = day.day === at.day ? 0 : -1;
  button.dataset.day = shown(day);
  if (shown(day) === shown(dayOf(new Date()))) button.setAttribute("aria-current", "date");
  cell.setAttribute("aria-selected", String(opener !== null && inputOf(opener).value === shown(day)));
  return button;
}

/** @param {Day} day */
function choose(day) {
  if (!opener) return;
  const input = inputOf(opener);
  input.value = shown(day);
  calendar.hidePopover();
  for (const name of ["input", "change"]) input.dispatchEvent(new Event(name, { bubbles: true }));
  input.focus();
}

calendar.addEventListener("keydown", (event) => {
  const at = event.target instanceof HTMLElement ? read(event.target.dataset.day ?? "") : null;
  if (!at) return;
  const by = steps[event.key];
  if (by !== undefined) draw(later(at, by));
  else if (event.key === "PageUp" || event.key === "PageDown") draw(inMonth(at, event.key === "PageUp" ? -1 : 1));
  else return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-calendar]") : null;
  if (!(button instanceof HTMLButtonElement)) return;
  opener = button;
  calendar.showPopover();
  draw(read(inputOf(button).value) ?? dayOf(new Date()));
  const { left, bottom, top } = inputOf(button).getBoundingClientRect();
  const { offsetWidth, offsetHeight } = calendar;
  calendar.style.left = `${Math.max(8, Math.min(left, innerWidth - offsetWidth - 8))}px`;
  calendar.style.top = `${bottom + offsetHeight > innerHeight ? Math.max(8, top - offsetHeight) : bottom + 4}px`;
});

/** @param {ParentNode} part */
function prepare(part) {
  for (const button of part.querySelectorAll(/** @type {"button"} */ ("[data-calendar][hidden]"))) button.hidden = false;
}

document.addEventListener("htmx:after:process", (event) => prepare(/** @type {Element} */ (event.target)));
prepare(document);
