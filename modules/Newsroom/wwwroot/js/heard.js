// @ts-check
// Whoever signs is told when he has not heard the whole sound: stretches that were skipped were not heard.

// The end of a sound is told a little late, and a pause may cut off a breath.
const slackSeconds = 1;

const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-bulletin]"));

/** @param {HTMLAudioElement} audio */
function isHeard(audio) {
  let seconds = 0;
  for (let i = 0; i < audio.played.length; i++) seconds += audio.played.end(i) - audio.played.start(i);
  return audio.duration > 0 && seconds >= audio.duration - slackSeconds;
}

/** The button that signs may come, go and be asked anew while the page is open. */
function look() {
  const button = /** @type {HTMLElement | null | undefined} */ (place?.querySelector("[data-confirm-heard]"));
  const audio = place?.querySelector("audio");
  if (!place || !button || !audio) return;
  // Of this officer, this bulletin and this very state of it; while the window is open.
  const seen = /** @type {HTMLInputElement | null | undefined} */ (button.closest("form")?.querySelector("[name=seen]"));
  const key = `loa-heard:${document.body.dataset.officer}:${place.dataset.bulletin}:${seen?.value}`;
  if (isHeard(audio)) sessionStorage.setItem(key, "1");
  if (sessionStorage.getItem(key) && button.dataset.confirm !== button.dataset.confirmHeard)
    button.dataset.confirm = button.dataset.confirmHeard;
}

if (place) {
  for (const kind of ["timeupdate", "ended", "pause"]) place.addEventListener(kind, look, { capture: true });
  const watched = { subtree: true, childList: true, attributes: true, attributeFilter: ["data-confirm", "value"] };
  new MutationObserver(look).observe(place, watched);
  look();
}
