// @ts-check
// Where this browser keeps what an officer typed: by officer, by the form's case, and by window, so that two windows do not
// write over each other. Whoever signs in next has another id and sees nothing of it.

/** @typedef {{ value: string, base: string }} KeptField what was typed, and what the server's page said there */
/** @typedef {{ at: number, id?: string, fields: Record<string, KeptField> }} Draft */

const officer = document.body.dataset.officer;
const mine = `loa-draft:${officer}:`;

/** Pages where nobody is signed in keep nothing. */
export const keeps = officer !== undefined;

/** This window, as long as it lives, whatever page it shows. One that was duplicated holds the id of a page that nobody left. */
function windowId() {
  const before = sessionStorage.getItem("loa-left");
  sessionStorage.removeItem("loa-left");
  const id = before ?? crypto.getRandomValues(new Uint32Array(2)).join("-");
  addEventListener("pagehide", () => sessionStorage.setItem("loa-left", id));
  return id;
}

const thisWindow = windowId();

/** @param {string} place */
export const ownKey = (place) => `${mine}${place}#${thisWindow}`;

/** @param {string} key @returns {Draft | undefined} */
export function find(key) {
  const text = localStorage.getItem(key);
  return text === null ? undefined : JSON.parse(text);
}

/** What other windows keep for this place, the newest first. @param {string} place */
export const others = (place) =>
  keys(`${mine}${place}#`)
    .filter((key) => key !== ownKey(place))
    .map((key) => ({ key, draft: /** @type {Draft} */ (find(key)) }))
    .sort((a, b) => b.draft.at - a.draft.at);

/** @param {string} key @param {Draft} draft */
export function keep(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // A browser that keeps nothing still sends; the page itself loses nothing on an error.
  }
}

/** @param {string} key */
export const drop = (key) => localStorage.removeItem(key);

/** Who signs out leaves nothing behind on a shared computer. */
export const dropAll = () => keys(mine).forEach(drop);

/** @param {string} start */
const keys = (start) => Object.keys(localStorage).filter((key) => key.startsWith(start));

// Kept before drafts bore the officer's id: whose they are is not known, so they are shown to nobody.
keys("loa-desk:").forEach(drop);
