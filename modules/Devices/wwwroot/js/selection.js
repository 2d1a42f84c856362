// @ts-check
// The list of speakers: what is ticked stays ticked, so the list does not renew itself meanwhile; nothing ticked sends nobody.

/** @returns {NodeListOf<HTMLInputElement>} */
const ticked = () => document.querySelectorAll('input[form="selection"][name="ids"]:checked');

// Only the renewal by itself: a search or another page is what the officer asked for.
document.addEventListener("loa:renew", (event) => {
  if (ticked().length > 0) event.preventDefault();
});

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-selection]") || ticked().length > 0) return;
    event.preventDefault();
    // Nothing is sent: whoever takes away what was said before an act would take away this as well.
    event.stopPropagation();
    const text = form.querySelector("[data-none]")?.getAttribute("data-none") ?? "";
    document.dispatchEvent(new CustomEvent("loa:toast", { detail: { text, tone: "bad" } }));
  },
  { capture: true },
);
