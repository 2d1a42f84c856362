// @ts-check
// A reader who has not chosen sees the console as light as his device is set, before anything is drawn.
{
  const { dataset } = document.documentElement;
  if (dataset.theme === "system") {
    const night = matchMedia("(prefers-color-scheme: dark)");
    const follow = () => (dataset.bsTheme = night.matches ? "dark" : "light");
    follow();
    night.addEventListener("change", follow);
  }
}

// On a slow line a page is seen before its scripts are there. What is pressed or typed meanwhile is kept and done once they
// are: a question is asked, a document signed, a search made, as if the line had been fast. The one script that the page waits for.
{
  /** The last press counts. @type {(() => void) | undefined} */
  let press;
  /** @type {Set<EventTarget>} */
  const changed = new Set();

  /** @param {Event} event @param {() => void} again */
  const keep = (event, again) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    press = again;
  };

  /** @param {Event} event */
  const submitted = (event) => {
    const { target: form, submitter } = /** @type {SubmitEvent} */ (event);
    if (form instanceof HTMLFormElement) keep(event, () => form.requestSubmit(submitter));
  };

  /** @param {Event} event */
  const clicked = (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    // The browser itself opens the menu.
    if (button?.type === "button" && !button.hasAttribute("popovertarget")) keep(event, () => button.click());
  };

  /** @param {Event} event */
  const typed = (event) => event.target && changed.add(event.target);

  const kinds = { submit: submitted, click: clicked, input: typed, change: typed };
  for (const [kind, listener] of Object.entries(kinds)) document.addEventListener(kind, listener, { capture: true });

  document.addEventListener("DOMContentLoaded", () =>
    // After all who wait for this moment too.
    setTimeout(() => {
      for (const [kind, listener] of Object.entries(kinds)) document.removeEventListener(kind, listener, { capture: true });
      for (const field of changed) for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
      press?.();
    }),
  );
}
