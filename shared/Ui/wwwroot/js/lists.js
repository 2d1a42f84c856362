/* The way back leads to a list as it was left: narrowed, sorted, on its page. Remembered in this tab only, for one officer. */
// @ts-check
const place = (/** @type {string} */ path) => `list:${document.body.dataset.officer}:${path}`;

addEventListener("pagehide", () => {
  if (document.getElementById("list-filters")) sessionStorage.setItem(place(location.pathname), location.search);
});

document.addEventListener(
  "click",
  (event) => {
    const back = event.target instanceof Element ? event.target.closest("a.page-back") : null;
    if (!(back instanceof HTMLAnchorElement) || back.search) return;
    back.search = sessionStorage.getItem(place(back.pathname)) ?? "";
  },
  true,
);
