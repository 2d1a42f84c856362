// The bell in the top bar and the number in the title: the page's stream rings, the bell asks how many there are. Of the tabs
// that nobody sees, one listens for all.
// @ts-check

// Not all pages of a province ask in the same moment.
const spreadMs = 500;

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

let asking = false;
let again = false;

/** @param {string} url */
async function ask(url) {
  again = true;
  if (asking) return;
  asking = true;
  try {
    while (again) {
      await new Promise((done) => setTimeout(done, Math.random() * spreadMs));
      again = false;
      const answer = await fetch(url, { cache: "no-store" });
      // Who is signed in no longer is told by whatever he does next.
      if (!answer.ok) break;
      const unread = await answer.json();
      show(unread);
      channel.postMessage(unread);
    }
  } catch (error) {
    // fetch says TypeError when it reached nobody; the stream opens again, and then it is asked anew.
    if (!(error instanceof TypeError)) throw error;
  } finally {
    asking = false;
  }
}

if (bell instanceof HTMLElement && bell.dataset.bell) {
  const url = bell.dataset.bell;
  const topics = (bell.dataset.rungFor ?? "").split(" ");
  const now = document.querySelector("[data-unread]")?.textContent ?? "0";
  show({ count: Number.parseInt(now, 10), number: now, text: document.querySelector("[data-unread-text]")?.textContent ?? "" });
  channel.onmessage = ({ data }) => show(data);
  document.addEventListener("loa:rang", (event) => {
    const { detail } = /** @type {CustomEvent<string[]>} */ (event);
    if (detail.some((topic) => topics.includes(topic))) void ask(url);
  });
  // Without TLS a browser has no locks: only a tab that is looked at listens.
  void navigator.locks?.request("loa-notices", () => {
    bell.dataset.rungHidden = "";
    document.dispatchEvent(new CustomEvent("loa:listen"));
    // Until this page is gone.
    return new Promise(() => {});
  });
}
