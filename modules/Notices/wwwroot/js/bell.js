// The bell in the top bar and the number in the title, on every open page by one line to the server: the tab that holds the lock
// listens, and tells the others.
// @ts-check

const bell = document.querySelector("[data-bell]");
const title = document.title;
const channel = new BroadcastChannel("loa-notices");

/** @typedef {{ count: number, number: string, text: string }} Unread */

/** @param {Unread} unread */
function show({ count, number, text }) {
  for (const badge of document.querySelectorAll("[data-unread]")) {
    badge.textContent = number;
    badge.toggleAttribute("hidden", count === 0);
  }
  const words = document.querySelector("[data-unread-text]");
  // Said only when it differs, so that a reader hears no number twice.
  if (words && words.textContent !== text) words.textContent = text;
  document.title = count === 0 ? title : `(${number}) ${title}`;
}

let last = 0;

/** @param {Unread} unread */
function heard(unread) {
  show(unread);
  // A page that was just rendered shows what there is.
  if (last !== unread.count) document.dispatchEvent(new CustomEvent("loa:ring"));
  last = unread.count;
}

/** @param {string} url @returns {Promise<void>} ends when the server closed the line for good */
const listen = (url) =>
  new Promise((done) => {
    const source = new EventSource(url);
    source.onmessage = ({ data }) => {
      /** @type {Unread} */
      const unread = JSON.parse(data);
      heard(unread);
      channel.postMessage(unread);
    };
    source.onerror = () => source.readyState === EventSource.CLOSED && done();
    addEventListener("pagehide", () => (source.close(), done()), { once: true });
  });

if (bell instanceof HTMLElement && bell.dataset.bell) {
  const url = bell.dataset.bell;
  const now = document.querySelector("[data-unread]")?.textContent ?? "0";
  last = Number.parseInt(now, 10);
  show({ count: last, number: now, text: document.querySelector("[data-unread-text]")?.textContent ?? "" });
  channel.onmessage = ({ data }) => heard(data);
  // Without TLS a browser has no locks: each page that is looked at listens for itself.
  if (navigator.locks) void navigator.locks.request("loa-notices", () => listen(url));
  else void listen(url);
}
