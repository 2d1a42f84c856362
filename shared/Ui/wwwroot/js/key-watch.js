// @ts-check
/* On the first page: says that the key made in this browser is gone, before somebody needs it at night. */
import { canHoldKeys, lostKey } from "./keys.js";

const notice = /** @type {HTMLElement | null} */ (document.querySelector("[data-key-lost]"));
if (notice && canHoldKeys() && (await lostKey())) notice.hidden = false;
