// @ts-check
/* The page of one's own signing keys: shows the key of this device, makes it, and asks the root for a delegation. */
// @ts-ignore The key script is served beside us; its address without fingerprint is always the newest.
import { canHoldKeys, findKey, isKept, lostKey, officerId, publicJwk, signJws, thumbprint } from "/files/ui/newest/js/keys.js";
// @ts-ignore
import { pageOwner } from "/files/ui/newest/js/page-owner.js";

const panel = /** @type {HTMLElement | null} */ (document.querySelector("[data-keys]"));
const loaded = performance.now();
const NEXT = "loa-keys-next";

if (panel) {
  const ask = /** @type {HTMLButtonElement | null} */ (panel.querySelector("[data-key-ask]"));
  ask?.addEventListener("click", () => attempt(panel, ask));
  show(panel).catch(() => say(panel, "failed"));
}

/** @param {HTMLElement} panel */
async function show(panel) {
  const ask = /** @type {HTMLButtonElement | null} */ (panel.querySelector("[data-key-ask]"));
  if (!canHoldKeys()) {
    if (ask) ask.disabled = true;
    return say(panel, "noCrypto");
  }
  wanted();
  say(panel, "looking");
  const lost = await lostKey();
  if (lost) return say(panel, "lost", panel.dataset.lost?.replace("{0}", lost.slice(0, 12) + "…"));
  if (!(await findKey())) return say(panel, "none");
  const kid = await thumbprint();
  say(panel, "ready");
  const shown = panel.querySelector("[data-key-id]");
  if (shown) shown.textContent = kid;
  const kept = panel.querySelector("[data-key-kept]");
  if (kept) kept.textContent = panel.dataset[(await isKept()) ? "kept" : "notKept"] ?? "";
  const rows = [...document.querySelectorAll(/** @type {"code"} */ ("[data-kid]"))].filter((row) => row.dataset.kid === kid);
  const good = rows.some((row) => row.dataset.standing === "InForce");
  // Only what is neither granted nor asked for can be asked for.
  const covered = new Set(
    rows.filter((row) => /^(InForce|Asked)$/.test(row.dataset.standing ?? "")).flatMap((row) => words(row.dataset.kinds)),
  );
  for (const box of boxesOf(panel)) if (covered.has(box.value)) [box.checked, box.disabled] = [false, true];
  if (ask) ask.hidden = words(panel.dataset.offers).every((kind) => covered.has(kind));
  if (good) ask?.classList.remove("btn-primary");
  const onward = /** @type {HTMLAnchorElement | null} */ (panel.querySelector("[data-key-next]"));
  const next = wanted();
  if (!onward || !next || !good) return;
  onward.href = next;
  onward.hidden = false;
  onward.addEventListener("click", () => sessionStorage.removeItem(NEXT));
}

/** @param {string | undefined} text */
const words = (text) => (text ?? "").split(" ").filter(Boolean);

/** @param {HTMLElement} panel */
const boxesOf = (panel) => [...panel.querySelectorAll(/** @type {"input"} */ ("[data-key-kind]"))];

/** The page that sent the officer here, remembered until his key is good. @returns {string | null} */
function wanted() {
  const asked = new URLSearchParams(location.search).get("next");
  if (asked && new URL(asked, location.origin).origin === location.origin) sessionStorage.setItem(NEXT, asked);
  return sessionStorage.getItem(NEXT);
}

/** @param {HTMLElement} panel @param {HTMLButtonElement} button */
async function attempt(panel, button) {
  const boxes = boxesOf(panel);
  const kinds = boxes.filter((box) => box.checked).map((box) => box.value);
  if (boxes.length > 0 && kinds.length === 0) return say(panel, "choose");
  button.disabled = true;
  try {
    const answer = await send(panel, kinds);
    if (answer.ok) return location.reload();
    const problem = await answer.json();
    say(panel, "failed", problem.detail);
  } catch {
    // Private windows and full disks refuse to keep a key; the officer is told and may try again.
    say(panel, "failed");
  }
  button.disabled = false;
}

/** @param {HTMLElement} panel @param {string[]} kinds */
async function send(panel, kinds) {
  const jwk = await publicJwk();
  // By the server's clock: the one on this desk may be wrong.
  const at = Number(panel.dataset.at) + Math.round(performance.now() - loaded);
  const proof = await signJws("loa-key-proof", JSON.stringify({ v: 1, officer: await officerId(), at }));
  return fetch("/keys", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json", ...pageOwner() },
    body: JSON.stringify(kinds.length > 0 ? { jwk, proof, kinds } : { jwk, proof }),
  });
}

/** @param {HTMLElement} panel @param {string} state @param {string} [text] */
function say(panel, state, text) {
  const line = panel.querySelector("[data-key-state]");
  if (line) line.textContent = text ?? panel.dataset[state] ?? "";
}
