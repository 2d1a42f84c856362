/* Prints the page: the button, and the moment that stands on the paper. Without it the browser's own menu prints. */
// @ts-check
document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-print]")) window.print();
});

addEventListener("beforeprint", () => {
  const moment = new Intl.DateTimeFormat("vi-VN", {
    timeZone: "Asia/Ho_Chi_Minh",
    day: "2-digit",
    month: "2-digit",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(new Date());
  const part = (/** @type {string} */ name) => moment.find((p) => p.type === name)?.value ?? "";
  const now = `${part("day")}/${part("month")}/${part("year")} ${part("hour")}:${part("minute")}`;
  for (const line of document.querySelectorAll("[data-printed]"))
    line.textContent = (line.getAttribute("data-printed") ?? "").replace("{0}", now);
});
