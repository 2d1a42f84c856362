// @ts-check
// Two keys for those who work without a mouse: ? opens the help of this page, / goes to its search. Never while somebody types.

document.addEventListener("keydown", (event) => {
  const { target } = event;
  const types = target instanceof HTMLElement && (target.isContentEditable || target.matches("input, select, textarea"));
  if (types || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const help = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-help]"));
  const search = /** @type {HTMLInputElement | null} */ (document.querySelector("main input[type=search]"));
  if (event.key === "?" && help) location.assign(help.href);
  else if (event.key === "/" && search) {
    event.preventDefault();
    search.focus();
  }
});
