// @ts-check
// The writing desk: counts what is typed, and plays what is read aloud sentence by sentence while the rest is still read.

const text = /** @type {HTMLTextAreaElement | null} */ (document.querySelector("[data-desk] [data-counted]"));

/** @param {HTMLTextAreaElement} text */
function count(text) {
  const place = document.getElementById(text.dataset.counted ?? "");
  if (!place) return;
  const number = (/** @type {number} */ n) => n.toLocaleString(document.documentElement.lang);
  place.textContent = (place.dataset.text ?? "")
    .replace("{0}", number(text.value.length))
    .replace("{1}", number(text.maxLength));
}

if (text) {
  count(text);
  for (const kind of ["input", "loa:chosen"]) text.addEventListener(kind, () => count(text));
}

/** Marks the next place where the text has this word, to be typed over. @param {string} word */
function markWord(word) {
  if (!text) return;
  const alone = new RegExp(`(?<![\\p{L}\\p{N}])${word.replace(/[$()*+.?[\\\]^{|}/]/g, "\\$&")}(?!\\p{L})`, "gu");
  const places = Array.from(text.value.matchAll(alone), (found) => found.index);
  const at = places.find((place) => place >= text.selectionEnd) ?? places[0];
  if (at === undefined) return;
  text.focus();
  text.setSelectionRange(at, at + word.length);
}

document.addEventListener("click", ({ target }) => {
  const mark = target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest("[data-mark]")) : null;
  if (mark) markWord(mark.dataset.mark ?? "");
});

// One for all sentences: a phone lets only that play later which began to play under the finger.
const audio = new Audio();
/** Whether it plays nothing so far, only so that it may play later. */
let isOpening = false;

/** The sentence that is played or comes next. */
let at = -1;
/** Whether the next follows by itself. */
let goesOn = false;
/** The silence between two sentences, while it lasts. */
let pause = 0;
/** The sentence at which the keyboard is. */
let focused = -1;

/** Sentences fetched before their turn, by their addresses: on a slow line, too, only the silence lies between two. */
const fetched = /** @type {Map<string, string>} */ (new Map());

/** @returns {HTMLButtonElement[]} */
const sentences = () => Array.from(document.querySelectorAll("[data-heard] .sentence-play"));

function stop() {
  clearTimeout(pause);
  pause = 0;
  goesOn = false;
  at = -1;
  audio.pause();
  mark();
}

function mark() {
  for (const [n, button] of sentences().entries())
    if (n === at) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
}

async function fetchNext() {
  const url = goesOn ? sentences()[at + 1]?.dataset.sentence : "";
  if (!url || fetched.has(url)) return;
  fetched.set(url, url);
  const answer = await fetch(url).catch(() => null);
  // What did not come is asked for again by the player, who tells of it.
  if (answer?.ok) fetched.set(url, URL.createObjectURL(await answer.blob()));
}

/** Plays the sentence at hand; one that is not read yet is played when it comes. */
function play() {
  pause = 0;
  mark();
  const button = sentences()[at];
  const url = button?.dataset.sentence;
  if (!url) return;
  for (const other of document.querySelectorAll("audio")) other.pause();
  isOpening = false;
  audio.src = fetched.get(url) ?? url;
  void fetchNext();
  audio.play().catch((/** @type {Error} */ error) => {
    // Without leave of the browser nothing is lost: each sentence can be pressed.
    if (error.name !== "AbortError") stop();
  });
}

audio.addEventListener("ended", () => {
  if (isOpening) return;
  const silence = Number(sentences()[at]?.dataset.silence ?? 0);
  at++;
  if (!goesOn || at >= sentences().length) return stop();
  pause = window.setTimeout(play, silence);
});

// The player of the whole has the word now.
document.addEventListener(
  "play",
  (event) => {
    if (event.target !== audio) stop();
  },
  { capture: true },
);

document.addEventListener("click", ({ target }) => {
  if (!(target instanceof Element)) return;
  const listen = /** @type {HTMLElement | null} */ (target.closest("[data-listen]"));
  if (listen) {
    stop();
    isOpening = true;
    audio.src = listen.dataset.listen ?? "";
    void audio.play().catch(() => {});
    goesOn = true;
    at = 0;
    return;
  }
  const button = /** @type {HTMLButtonElement | null} */ (target.closest(".sentence-play"));
  if (!button) return;
  const n = sentences().indexOf(button);
  const isStopped = n === at && !audio.paused;
  stop();
  if (isStopped) return;
  at = n;
  play();
});

document.addEventListener("focusin", ({ target }) => {
  focused = target instanceof HTMLButtonElement ? sentences().indexOf(target) : -1;
});

document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") stop();
});

// Each answer brings the list anew; what is being played goes on, and what was waited for begins.
const heard = document.querySelector("[data-heard]");
if (heard)
  new MutationObserver(() => {
    mark();
    if (document.activeElement === document.body) sentences()[focused]?.focus();
    if (at >= 0 && pause === 0 && (audio.paused || audio.ended || isOpening)) play();
    else if (at >= 0) void fetchNext();
  }).observe(heard, { childList: true, subtree: true });

// When the rest cannot be had, that is said where it was waited for.
document.addEventListener("htmx:before:response", ({ detail: { ctx } }) => {
  if ((ctx.response?.raw?.status ?? 0) >= 400) lose(ctx.sourceElement);
});
document.addEventListener("htmx:error", ({ detail: { ctx } }) => lose(ctx?.sourceElement));

/** @param {Element | undefined} source */
function lose(source) {
  const going = source?.closest?.('[data-speech="going"]');
  going?.querySelector(".progress-line")?.remove();
  going?.querySelector("[data-lost]")?.removeAttribute("hidden");
}
