// @ts-check
// Each request of a page bears an id (W3C Trace Context) by which it is followed through the server to the speakers, and whose page it is.

import { pageOwner } from "./page-owner.js";

document.addEventListener("htmx:config:request", (event) => {
  event.detail.ctx.request.headers.traceparent = `00-${hex(16)}-${hex(8)}-00`;
  Object.assign(event.detail.ctx.request.headers, pageOwner());
});

/** @param {number} bytes */
function hex(bytes) {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(random, (one) => one.toString(16).padStart(2, "0")).join("");
}
