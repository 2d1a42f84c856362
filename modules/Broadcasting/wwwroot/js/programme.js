// @ts-check
// The editor of programmes: what is chosen moves to the top in the order in which it is heard, and its length is told.

const list = /** @type {HTMLElement | null} */ (document.querySelector("[data-programme-items]"));

/** @param {Element} row */
const isChosen = (row) => !!(/** @type {HTMLInputElement | null} */ (row.querySelector("[name=items]"))?.checked);

/** @param {number} seconds */
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, "0")}`;

/** @param {HTMLElement} items */
function tell(items) {
  const told = /** @type {HTMLElement | null} */ (document.querySelector("[data-programme-length]"));
  const gap = /** @type {HTMLInputElement | null} */ (items.closest("form")?.querySelector("[name=gap]"));
  const chosen = [...items.children].filter(isChosen);
  const sound = chosen.reduce((sum, row) => sum + Number(/** @type {HTMLElement} */ (row).dataset.seconds), 0);
  const whole = sound + Number(gap?.value) * Math.max(0, chosen.length - 1);
  if (told) told.textContent = chosen.length ? `${told.dataset.programmeLength} ${clock(whole)} (${chosen.length})` : "";
  for (const row of items.children) row.classList.toggle("is-chosen", isChosen(row));
}

/** @param {HTMLElement} items */
function begin(items) {
  for (const row of items.children) {
    const up = document.createElement("button");
    up.type = "button";
    up.className = "btn programme-up";
    up.textContent = "↑";
    up.setAttribute("aria-label", `${items.dataset.up}: ${row.querySelector(".form-check-label")?.firstChild?.textContent?.trim()}`);
    up.addEventListener("click", () => {
      if (row.previousElementSibling) items.insertBefore(row, row.previousElementSibling);
      up.focus();
      tell(items);
    });
    row.append(up);
  }
  items.closest("form")?.addEventListener("input", (event) => {
    const box = /** @type {HTMLInputElement} */ (event.target);
    const row = box.closest("li");
    if (box.name === "items" && row && box.checked) {
      // Behind those chosen before it.
      const first = [...items.children].find((other) => other !== row && !isChosen(other));
      items.insertBefore(row, first ?? null);
    }
    tell(items);
  });
  tell(items);
}

if (list) begin(list);
