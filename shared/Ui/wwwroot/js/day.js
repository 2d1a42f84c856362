// @ts-check
// A day as people here write it: 01/06/2024, whatever language the browser speaks.

/** @typedef {{ year: number, month: number, day: number }} Day */

/** @param {number} n */
const two = (n) => String(n).padStart(2, "0");

/** @param {Day} day */
export const shown = ({ year, month, day }) => `${two(day)}/${two(month)}/${String(year).padStart(4, "0")}`;

/** @param {Date} date @returns {Day} */
export const dayOf = (date) => ({ year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() });

/** Noon, so that no change of clocks moves it. @param {Day} day */
export const dateOf = ({ year, month, day }) => new Date(year, month - 1, day, 12);

/** Reads 1/6/2024, 01.06.2024, 1-6-24 and 01062024; null for what is no day. @param {string} text @returns {Day | null} */
export function read(text) {
  const parts =
    /^(\d{1,2})[\/.\-\s]+(\d{1,2})[\/.\-\s]+(\d{4}|\d{2})$/.exec(text.trim()) ?? /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(text.trim());
  if (!parts) return null;
  const year = Number(parts[3]) + (parts[3]?.length === 2 ? 2000 : 0);
  const day = { year, month: Number(parts[2]), day: Number(parts[1]) };
  return shown(dayOf(dateOf(day))) === shown(day) ? day : null;
}
