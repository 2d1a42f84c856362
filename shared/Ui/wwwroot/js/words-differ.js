// @ts-check
// Which words two texts do not share.

/** @typedef {{ text: string, in: "both" | "first" | "second" }} Piece */

const tags = { first: "del", second: "ins", both: "span" };

// Beyond this a table of all pairs would hold up the page.
const mostPairs = 4_000_000;

/** @param {string} text */
const wordsOf = (text) => text.match(/\s+|\S+/gu) ?? [];

/**
 * The two texts as one row of pieces: what both have, and what only one of them has.
 * @param {string} first
 * @param {string} second
 * @returns {Piece[]}
 */
function differ(first, second) {
  const [a, b] = [wordsOf(first), wordsOf(second)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  return [
    { text: a.slice(0, start).join(""), in: "both" },
    ...(left.length * right.length > mostPairs ? apart(left, right) : paired(left, right)),
    { text: a.slice(a.length - end).join(""), in: "both" },
  ];
}

/** @param {string[]} a @param {string[]} b @returns {Piece[]} */
const apart = (a, b) => [
  { text: a.join(""), in: "first" },
  { text: b.join(""), in: "second" },
];

/** By the longest row of words that both have. @param {string[]} a @param {string[]} b @returns {Piece[]} */
function paired(a, b) {
  const width = b.length + 1;
  const shared = new Uint32Array((a.length + 1) * width);
  const at = (/** @type {number} */ i, /** @type {number} */ j) => shared[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      shared[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));

  /** @type {Piece[]} */
  const pieces = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      pieces.push({ text: a[i++] ?? "", in: "both" });
      j++;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) pieces.push({ text: a[i++] ?? "", in: "first" });
    else pieces.push({ text: b[j++] ?? "", in: "second" });
  }
  return pieces;
}

/** The two texts as one, with what differs marked. @param {string} first @param {string} second */
export const marked = (first, second) =>
  differ(first, second)
    .filter((piece) => piece.text !== "")
    .map((piece) => Object.assign(document.createElement(tags[piece.in]), { textContent: piece.text }));
