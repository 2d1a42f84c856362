// @ts-check
// Lets this browser show notices while no page is open; who signed in here last is whom it tells.

const part = document.querySelector("[data-push]");
const start = document.querySelector("[data-push-start]");
const end = document.querySelector("[data-push-end]");
const canShow = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/** @param {string} url @param {unknown} body */
async function post(url, body) {
  const { officer } = document.body.dataset;
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...(officer ? { "loa-officer": officer } : {}) },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
}

/** @param {PushSubscription} subscription */
function tell(subscription) {
  const { endpoint, keys } = subscription.toJSON();
  return post("/notices/push", { endpoint, p256dh: keys?.p256dh, auth: keys?.auth });
}

const held = async () => (await (await navigator.serviceWorker.getRegistration("/"))?.pushManager.getSubscription()) ?? null;

/** @param {"on" | "off" | "never" | "refused" | "failed"} how */
function show(how) {
  if (!(part instanceof HTMLElement)) return;
  const state = part.querySelector("[data-push-state]");
  if (state) state.textContent = part.dataset[how] ?? "";
  start?.toggleAttribute("hidden", how !== "off" && how !== "failed");
  end?.toggleAttribute("hidden", how !== "on");
}

async function turnOn() {
  if ((await Notification.requestPermission()) !== "granted") return show("refused");
  await navigator.serviceWorker.register("/worker.js");
  const registration = await navigator.serviceWorker.ready;
  const { key } = await (await fetch("/api/notices/push")).json();
  try {
    await tell(await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
  } catch (error) {
    // The service of the browser's maker is out of reach, or a private window has none.
    if (!(error instanceof DOMException)) throw error;
    return show("failed");
  }
  show("on");
}

async function turnOff() {
  const subscription = await held();
  if (subscription) {
    await post("/notices/push/end", { endpoint: subscription.endpoint });
    await subscription.unsubscribe();
  }
  show("off");
}

async function look() {
  if (!canShow) return show("never");
  if (Notification.permission === "denied") return show("refused");
  const subscription = await held();
  show(subscription ? "on" : "off");
  // Once in each window: it is this session's now.
  const whose = document.body.dataset.officer ?? "";
  if (!subscription || sessionStorage.getItem("loa-push") === whose) return;
  await tell(subscription);
  sessionStorage.setItem("loa-push", whose);
}

start?.addEventListener("click", turnOn);
end?.addEventListener("click", turnOff);
void look();
