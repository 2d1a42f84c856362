// @ts-check
// The sound drawn by the server: play, see where it is, move in it.

const stepSeconds = 5;

/** @param {EventTarget | null} at */
const figureOf = (at) => (at instanceof Element ? at.closest("[data-waveform]") : null);

/** @param {Element} figure */
const audioOf = (figure) => /** @type {HTMLAudioElement} */ (figure.querySelector("audio"));

/** @param {Element} figure */
const sliderOf = (figure) => /** @type {HTMLElement} */ (figure.querySelector("[data-seek]"));

/** The server's own measure: the browser may not know the length before it has loaded. @param {Element} figure */
const lengthOf = (figure) => Number(sliderOf(figure).getAttribute("aria-valuemax"));

/** @param {number} seconds */
function clock(seconds) {
  const whole = Math.floor(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** @param {Element} figure */
function draw(figure) {
  const audio = audioOf(figure);
  const slider = sliderOf(figure);
  const length = lengthOf(figure);
  const now = Math.min(audio.currentTime, length);
  const width = slider.querySelector("svg")?.viewBox.baseVal.width ?? 0;
  figure.querySelector("[data-played]")?.setAttribute("width", String(length > 0 ? (now / length) * width : 0));
  slider.setAttribute("aria-valuenow", now.toFixed(1));
  const total = slider.getAttribute("aria-valuetext") ?? "";
  slider.setAttribute("aria-valuetext", total.replace(/^\S+/, clock(now)));
  const shown = figure.querySelector("[data-now]");
  if (shown) shown.textContent = clock(now);
}

/** @param {Element} figure */
function label(figure) {
  const button = /** @type {HTMLElement} */ (figure.querySelector("[data-play]"));
  const playing = !audioOf(figure).paused;
  figure.toggleAttribute("data-playing", playing);
  button.setAttribute("aria-label", (playing ? button.dataset.pauseText : button.dataset.playText) ?? "");
}

/** @param {Element} figure */
function toggle(figure) {
  const audio = audioOf(figure);
  if (!audio.paused) return audio.pause();
  // One voice at a time.
  for (const other of document.querySelectorAll("audio")) if (other !== audio) other.pause();
  audio.play().catch((/** @type {Error} */ error) => {
    if (error.name !== "AbortError")
      document.dispatchEvent(
        new CustomEvent("loa:toast", { detail: { text: document.getElementById("toasts")?.dataset.offline, tone: "bad" } }),
      );
  });
}

/**
 * @param {Element} figure
 * @param {number} seconds
 */
function seek(figure, seconds) {
  const audio = audioOf(figure);
  const to = Math.min(Math.max(seconds, 0), lengthOf(figure));
  if (audio.readyState > 0) audio.currentTime = to;
  else {
    audio.addEventListener("loadedmetadata", () => (audio.currentTime = to), { once: true });
    audio.preload = "metadata";
    audio.load();
  }
}

document.addEventListener("click", (event) => {
  const figure = figureOf(event.target);
  if (!figure || !(event.target instanceof Element)) return;
  if (event.target.closest("[data-play]")) toggle(figure);
  const slider = event.target.closest("[data-seek]");
  if (!slider) return;
  const { left, width } = slider.getBoundingClientRect();
  seek(figure, ((event.clientX - left) / width) * lengthOf(figure));
});

document.addEventListener("keydown", (event) => {
  const figure = figureOf(event.target);
  if (!figure || event.target !== sliderOf(figure)) return;
  const now = audioOf(figure).currentTime;
  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowRight: () => seek(figure, now + stepSeconds),
    ArrowUp: () => seek(figure, now + stepSeconds),
    ArrowLeft: () => seek(figure, now - stepSeconds),
    ArrowDown: () => seek(figure, now - stepSeconds),
    Home: () => seek(figure, 0),
    End: () => seek(figure, lengthOf(figure)),
    " ": () => toggle(figure),
    Enter: () => toggle(figure),
  };
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// These do not bubble, but they can be caught on the way down.
for (const type of ["timeupdate", "seeking", "loadedmetadata"])
  document.addEventListener(type, (event) => withFigure(event, draw), { capture: true });
for (const type of ["play", "pause", "ended"])
  document.addEventListener(type, (event) => withFigure(event, label), { capture: true });

/**
 * @param {Event} event
 * @param {(figure: Element) => void} act
 */
function withFigure(event, act) {
  const figure = figureOf(event.target);
  if (figure && event.target === audioOf(figure)) act(figure);
}
