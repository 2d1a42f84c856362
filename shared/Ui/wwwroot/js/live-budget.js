// @ts-check
// What renewing a page may cost: a burst when much happens, and a megabyte an hour however much happens.

const bytesASecond = 150;
const burst = 350_000;
const leastGapMs = 500;
const headersOfAnAnswer = 1_600;

let left = burst;
let leftAt = Date.now();
let usualCost = headersOfAnAnswer;

function now() {
  const at = Date.now();
  left = Math.min(burst, left + (Math.max(0, at - leftAt) / 1000) * bytesASecond);
  leftAt = at;
  return left;
}

/** An answer came: what it weighed on the line. @param {string} url @param {number} length */
export function afford(url, length) {
  const seen = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByName(url.split("#")[0] ?? url, "resource"));
  // Some browsers do not say; packed in haste it is less than half.
  const cost = seen.at(-1)?.transferSize || headersOfAnAnswer + length / 2.5;
  performance.clearResourceTimings();
  left = now() - cost;
  // One that brought nothing does not say what the next will bring.
  usualCost = Math.max(cost, usualCost * 0.8);
}

/** An officer acted: he is to see what comes of it. */
export function refill() {
  left = Math.min(burst, now() + burst / 8);
}

/** So long after one renewal the next: the less is left, the longer. */
export function gap() {
  const used = 1 - now() / burst;
  return Math.max(leastGapMs, ((1000 * usualCost) / bytesASecond) * used * used);
}
