// @ts-check
// Keeps an open page as things are: the server rings, the page asks for its living parts, and only what differs is put in
// place. While nobody rings it asks from time to time; while nobody looks it rests.

import { signIn } from "./answers.js";
import { place } from "./live-place.js";
import { afford, gap, refill } from "./live-budget.js";
import { toast } from "./toast.js";

// A stream may break unseen, and some things change by time alone.
const quietMs = 30_000;
const quietWithoutStreamMs = 10_000;
const streamAgainMs = 60_000;

/** By the element, so that one that a search brought is asked for whole. @type {WeakMap<Element, string>} */
const tags = new WeakMap();

/** @type {EventSource | undefined} */
let stream;
let topics = "";
let streams = false;
let refusedAt = -streamAgainMs;
let rang = false;
let asking = false;
let askedAt = Date.now();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @returns {HTMLElement[]} */
const parts = () => [...document.querySelectorAll("[data-live]")].filter((part) => part instanceof HTMLElement);

/** @param {string} name */
const given = (name) => parts().map((part) => Number(part.dataset[name])).filter((value) => value > 0);

/** Somebody rang: as soon as the pace allows. */
function ring() {
  rang = true;
  plan();
}

function plan() {
  clearTimeout(timer);
  if (document.hidden || asking || parts().length === 0) return;
  const pace = Math.max(gap(), ...given("livePace").map((s) => s * 1000));
  const quiet = Math.min(streams ? quietMs : quietWithoutStreamMs, ...given("liveEvery").map((s) => s * 1000));
  const turns = given("liveTurn").filter((at) => at > askedAt);
  const due = Math.min(...turns, askedAt + Math.max(quiet, pace), rang ? askedAt + pace : Infinity);
  timer = setTimeout(renew, Math.max(0, due - Date.now()));
}

async function renew() {
  if (asking) return;
  [asking, rang, askedAt] = [true, false, Date.now()];
  try {
    if (document.dispatchEvent(new CustomEvent("loa:renew", { cancelable: true }))) await ask();
  } catch (error) {
    // fetch says TypeError when it reached nobody.
    if (!(error instanceof TypeError)) throw error;
    toast(document.getElementById("toasts")?.dataset.offline ?? "", "bad");
  } finally {
    asking = false;
    listen();
    plan();
  }
}

async function ask() {
  const asked = location.href;
  const before = new Map(parts().map((part) => [part, tags.get(part)]));
  const held = [...before.values()].filter((tag) => tag !== undefined);
  const answer = await fetch(asked, {
    headers: { "Loa-Live": "1", "HX-Request": "true", "If-None-Match": held.map((tag) => `"${tag}"`).join(", ") },
    cache: "no-store",
  });
  if (answer.status === 401) return signIn();
  // It is his no longer, or there no longer: the page that says so is the server's.
  if (answer.status === 403 || answer.status === 404) return location.reload();
  const text = answer.ok ? await answer.text() : "";
  afford(asked, text.length);
  if (location.href !== asked) return;
  const [, ...pieces] = text.split(/<!--live:(\w+)-->/);
  for (let i = 0; i + 1 < pieces.length; i += 2) {
    const part = await place(pieces[i + 1] ?? "", before);
    if (part) tags.set(part, pieces[i] ?? "");
  }
}

/** @param {Iterable<Element>} elements @param {"live" | "rungFor"} name */
const topicsOf = (elements, name) =>
  [...elements].flatMap((element) => (element instanceof HTMLElement && element.dataset[name]?.split(" ")) || []);

/** What asks for itself when it is rung for; in a tab that nobody sees only what says so. */
const alone = () => document.querySelectorAll(document.hidden ? "[data-rung-for][data-rung-hidden]" : "[data-rung-for]");

/** One stream for all that the page shows; in a tab that nobody sees its parts rest. */
function listen() {
  const wanted = [...new Set([...topicsOf(document.hidden ? [] : parts(), "live"), ...topicsOf(alone(), "rungFor")])].sort().join(" ");
  if (wanted === topics && (stream || Date.now() < refusedAt + streamAgainMs)) return;
  stream?.close();
  [stream, streams, topics] = [undefined, false, wanted];
  if (!wanted) return;
  stream = new EventSource(`/live/events?${new URLSearchParams(wanted.split(" ").map((topic) => ["of", topic]))}`);
  stream.onmessage = ({ data }) => {
    streams = true;
    // What changed while nobody listened is not known: it may be anything.
    heard(data === "open" ? wanted.split(" ") : data.split(" ").slice(1));
  };
  stream.onerror = ({ target }) => {
    streams = false;
    if (target instanceof EventSource && target.readyState === EventSource.CLOSED && target === stream) {
      [stream, refusedAt] = [undefined, Date.now()];
      setTimeout(listen, streamAgainMs + 1000);
      heard(topicsOf(alone(), "rungFor"));
    }
    plan();
  };
}

/** @param {string[]} rung Topics. */
function heard(rung) {
  document.dispatchEvent(new CustomEvent("loa:rang", { detail: rung }));
  if (topicsOf(parts(), "live").some((topic) => rung.includes(topic))) ring();
}

document.addEventListener("visibilitychange", () => {
  listen();
  if (document.hidden) clearTimeout(timer);
  else ring();
});

// What somebody did himself is to be seen at once, and is no looking on.
document.addEventListener("htmx:after:request", (event) => {
  if (event.detail.ctx.request.method.toUpperCase() === "GET") return;
  refill();
  ring();
});

document.addEventListener("htmx:after:swap", () => {
  listen();
  plan();
});

document.addEventListener("loa:ring", ring);
document.addEventListener("loa:listen", listen);

listen();
plan();
