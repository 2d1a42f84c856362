// @ts-check
// No word that an officer typed is lost: it stays in this browser until the server has recorded the act.

import { compare } from "./draft-differs.js";
import { fieldsOf, hidden, holdsWords, isWorded, placeOf, savedIn } from "./draft-fields.js";
import { drop, dropAll, find, keep, keeps, others, ownKey } from "./draft-store.js";
import { toast } from "./toast.js";

/** @typedef {import("./draft-fields.js").Field} Field */
/** @typedef {import("./draft-store.js").Draft} Draft */

/** What the page said when the officer began, when it says something else by now. @type {WeakMap<Field, string>} */
const bases = new WeakMap();

/** Drafts of windows that were closed, shown again in this one. @type {WeakMap<HTMLFormElement, string[]>} */
const adopted = new WeakMap();

/** @type {WeakSet<HTMLFormElement>} */
const known = new WeakSet();

const words = () => document.getElementById("draft-differs")?.dataset ?? {};

/** @param {Field} field */
const baseOf = (field) => bases.get(field) ?? savedIn(field);

/** @param {Event} event */
function typed({ target }) {
  const form = target instanceof Element ? target.closest("form") : null;
  if (form && holdsWords(form)) note(form);
}

/** @param {HTMLFormElement} form */
function note(form) {
  const key = ownKey(placeOf(form));
  const changed = fieldsOf(form).filter((field) => field.value !== baseOf(field));
  if (changed.length === 0) return drop(key);
  const fields = Object.fromEntries(changed.map((field) => [field.name, { value: field.value, base: baseOf(field) }]));
  const id = form.hasAttribute("data-draft-new") ? hidden(form, "id")?.value : undefined;
  keep(key, { at: Date.now(), fields, ...(id && { id }) });
  if (id) history.replaceState({ ...history.state, draft: id }, "");
}

/** @param {HTMLFormElement} form @param {Draft} draft */
function bringBack(form, draft) {
  const id = hidden(form, "id");
  if (draft.id && id) id.value = draft.id;
  let text = "";
  for (const field of fieldsOf(form)) {
    const kept = draft.fields[field.name];
    if (!kept || kept.value === savedIn(field)) continue;
    const isMoved = savedIn(field) !== kept.base;
    if (isMoved && !isWorded(field)) continue;
    bases.set(field, kept.base);
    if (isWorded(field) && field.value !== savedIn(field) && field.value !== kept.value) {
      // Typed before the scripts were there: it stays, and so does what was kept.
      compare(field, kept.value);
      continue;
    }
    field.value = kept.value;
    text ||= words().kept ?? "";
    if (!isMoved || !isWorded(field)) continue;
    compare(field, savedIn(field));
    text = words().differs ?? "";
  }
  if (text) toast(text);
}

/** @param {HTMLFormElement} form */
function meet(form) {
  if (known.has(form) || !holdsWords(form)) return;
  known.add(form);
  const place = placeOf(form);
  const own = find(ownKey(place));
  const isNew = form.hasAttribute("data-draft-new");
  if (own) {
    bringBack(form, own);
    if (isNew) note(form);
  } else if (isNew) void begin(form, place);
  else {
    const [other] = others(place);
    if (!other) return;
    adopted.set(form, [other.key]);
    bringBack(form, other.draft);
  }
}

/** A new one: where "back" led to one that was saved meanwhile, that one is changed. @param {HTMLFormElement} form @param {string} place */
async function begin(form, place) {
  for (const { key, draft } of others(place)) offer(form, key, draft);
  const before = history.state?.draft;
  if (!before) return;
  const saved = `${form.getAttribute("action")}/${before}`;
  const answer = await fetch(`${saved}/edit`, { headers: { accept: "text/html" } });
  if (answer.ok) location.replace(`${saved}/edit`);
  else if (answer.status !== 404 && answer.status !== 401) location.replace(saved);
}

/** @param {HTMLFormElement} form @param {string} key @param {Draft} draft */
function offer(form, key, draft) {
  const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById("draft-offer"));
  const card = /** @type {HTMLElement | null} */ (template?.content.firstElementChild?.cloneNode(true));
  const text = card?.querySelector("[data-text]");
  if (!card || !text) return;
  const [first] = Object.values(draft.fields).map((field) => field.value.trim()).filter((value) => value !== "");
  text.textContent = (text.textContent ?? "").replace("{0}", (first ?? "").slice(0, 80));
  card.querySelector("button")?.addEventListener("click", () => {
    adopted.set(form, [...(adopted.get(form) ?? []), key]);
    bringBack(form, draft);
    note(form);
    for (const field of fieldsOf(form)) field.dispatchEvent(new CustomEvent("loa:chosen", { bubbles: true }));
    card.remove();
  });
  form.before(card);
}

/** Somebody was faster: his text beside the officer's own, and whoever saves now has seen both. @param {HTMLFormElement} form */
async function meetOther(form) {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = [...page.forms].find((other) => other.getAttribute("action") === form.getAttribute("action"));
  if (!now) return;
  let differs = false;
  for (const field of fieldsOf(form).filter(isWorded)) {
    const saved = fieldsOf(now).find((other) => other.name === field.name);
    if (!saved || savedIn(saved) === baseOf(field) || savedIn(saved) === field.value) continue;
    compare(field, savedIn(saved));
    differs = true;
  }
  const [seen, latest] = [hidden(form, "seen"), hidden(now, "seen")];
  if (differs && seen && latest) seen.value = latest.value;
}

/** @param {HTMLFormElement} form */
function recorded(form) {
  const action = form.getAttribute("action") ?? "";
  if (action.startsWith("/sign-out")) return dropAll();
  if (!holdsWords(form)) return;
  for (const key of [ownKey(placeOf(form)), ...(adopted.get(form) ?? [])]) drop(key);
}

const meetAll = () => [...document.forms].forEach(meet);

if (keeps) {
  for (const kind of ["input", "change", "loa:chosen"]) document.addEventListener(kind, typed);
  document.addEventListener("htmx:before:response", (event) => {
    const { ctx } = event.detail;
    const status = ctx.response?.raw?.status ?? 0;
    const form = ctx.sourceElement;
    if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
    if (status >= 200 && status < 400) recorded(form);
    if (status === 409 && holdsWords(form)) void meetOther(form);
  });
  document.addEventListener("submit", (event) => {
    if (event.target instanceof HTMLFormElement && event.target.matches(".sign-out")) dropAll();
  });
  document.addEventListener("htmx:after:process", meetAll);
  meetAll();
}

// A page that the browser itself kept may be somebody's who has signed out since.
addEventListener("pageshow", (event) => event.persisted && location.reload());
