// @ts-check
// Shows notices while no page is open, and opens the page when one is pressed. It keeps no page: what officers saw stays on the server.

// The checker knows pages, not workers.
const worker = /** @type {any} */ (self);

worker.addEventListener("install", () => void worker.skipWaiting());

worker.addEventListener("push", (/** @type {any} */ event) => {
  /** @type {{ title: string, body: string, url: string, tag: string, urgent: boolean }} */
  const said = event.data?.json();
  if (!said) return;
  event.waitUntil(
    worker.registration.showNotification(said.title, {
      body: said.body,
      tag: said.tag,
      requireInteraction: said.urgent,
      data: said.url,
    }),
  );
});

worker.addEventListener("notificationclick", (/** @type {any} */ event) => {
  event.notification.close();
  event.waitUntil(open(new URL(event.notification.data, worker.location.origin)));
});

/** @param {URL} url */
async function open(url) {
  if (url.origin !== worker.location.origin) return;
  /** @type {{ url: string, focus(): Promise<unknown> }[]} */
  const windows = await worker.clients.matchAll({ type: "window" });
  // A page on which somebody may be writing is left as it is.
  const same = windows.find((one) => new URL(one.url).pathname === url.pathname);
  await (same ? same.focus() : worker.clients.openWindow(url.href));
}
