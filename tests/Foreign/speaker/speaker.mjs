// A speaker of another maker, written from docs/protocols/speaker.md alone:
// node speaker.mjs --server URL --data FOLDER --serial NUMBER [--packet BYTES]
import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import mqtt from "mqtt";
import { Chain, Nonces } from "./chain.mjs";
import { Deck } from "./deck.mjs";
import { Refused, digestOf, read, sign } from "./documents.mjs";
import { CAN, enrol } from "./enrol.mjs";
import { Records } from "./records.mjs";
import { Store } from "./store.mjs";

const { values: given } = parseArgs({
  options: {
    server: { type: "string" },
    data: { type: "string" },
    serial: { type: "string" },
    packet: { type: "string", default: "4194304" },
  },
});
const MOST_CHANGES = 32;
const store = new Store(given.data);
const me = await enrol(given.server, given.serial, store);

let offset = 0;
const now = () => Math.round(Date.now() + offset);
const records = new Records(store, me, now);
const told = new Set();
const chain = new Chain(me.root);
for (const root of store.state.roots) chain.follow(root);
for (const delegation of store.state.delegations) chain.learn(delegation);
if (store.state.revocations) chain.revoke(store.state.revocations);
let place = read(store.state.placement, "loa-placement").document;
const nonces = new Nonces(store.state.nonces?.seen, store.state.nonces?.floor);
let client = null;
let nonce = "";
const deck = new Deck(store, records, now, (item, state, reason) =>
  say("progress", { at: now(), items: [{ item, state, reason }] }),
);
records.send = (record) => say("record", { record });
deck.media = store.state.media ?? `${given.server}/air/media/`;

function say(topic, message, qos = 1) {
  if (client?.connected) client.publish(`loa/${me.speaker}/out/${topic}`, JSON.stringify(message), { qos });
}
const state = () =>
  say("state", {
    online: true,
    at: now(),
    timetable: version(),
    placement: place.version,
    revocations: chain.revocations?.version ?? 0,
    root: chain.root.kid,
    firmware: "1.0.0",
    volume: store.state.volume,
    playing: deck.playing,
    records: records.last,
    storage_free: 1_000_000_000,
    can: CAN,
    nonce,
  });

function refuse(subject, reason, document) {
  const name = `${reason} ${digestOf(document)}`;
  if (told.has(name)) return;
  told.add(name);
  records.write({ kind: "refusal", subject, reason });
}

function learn(delegations = []) {
  for (const delegation of delegations)
    try {
      chain.learn(delegation);
      if (!store.state.delegations.includes(delegation))
        store.keep({ delegations: [...store.state.delegations, delegation] });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
}

let unbased = false;
const version = () => (unbased || store.state.parts.length === 0 ? 0 : read(store.state.parts.at(-1), "loa-timetable").document.version);

/** Judges all that is held again, and puts it in force. */
function adopt() {
  let joined = null;
  for (const part of store.state.parts) {
    let timetable;
    try {
      timetable = chain.timetable(part, me.speaker, place.path, null, now());
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refuse("timetable", error.reason, part);
      return deck.replace([]);
    }
    const gone = new Set([...(timetable.drop ?? []), ...timetable.items.map((item) => item.id)]);
    const before = timetable.base === undefined ? [] : joined.filter((item) => !gone.has(item.id));
    joined = [...before, ...timetable.items];
  }
  const good = [];
  for (const item of joined ?? []) {
    if (deck.isClosed(item.id)) continue;
    try {
      const moment = Math.max(item.start, now());
      good.push([item, chain.item(item, store.state.releases[item.release], place.path, moment)]);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      deck.refuse(item, error.reason);
    }
  }
  deck.replace(good);
}

const takes = {
  timetable({ delegations, releases, timetable, media }) {
    learn(delegations);
    if (store.state.parts.includes(timetable)) return;
    const held = store.state.parts.length ? read(store.state.parts.at(-1), "loa-timetable").document.version : null;
    try {
      const document = chain.timetable(timetable, me.speaker, place.path, held ?? 0, now());
      const isChange = document.base !== undefined;
      if (isChange && (held === null || store.state.parts.length > MOST_CHANGES)) throw new Refused("timetable.base");
      if (media) deck.media = new URL(media, given.server).href;
      unbased = false;
      store.keep({
        parts: isChange ? [...store.state.parts, timetable] : [timetable],
        releases: { ...store.state.releases, ...Object.fromEntries(releases.map((one) => [digestOf(one), one])) },
        media: deck.media,
      });
      adopt();
      state();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.reason !== "timetable.base") return refuse("timetable", error.reason, timetable);
      unbased = true;
      state();
    }
  },
  command({ delegations, command: compact }, again) {
    learn(delegations);
    const known = store.state.receipts?.[digestOf(compact)];
    if (again && known) return say("receipt", known);
    let command;
    try {
      command = chain.command(compact, me.speaker, place.path, nonces, now());
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refuse("command", error.reason, compact + (error.reason === "command.replayed" ? now() : ""));
      try {
        const { id } = read(compact, "loa-command").document;
        if (error.reason !== "command.replayed") say("receipt", { command: id, state: "refused", at: now(), reason: error.reason });
      } catch {
        return;
      }
      return;
    }
    store.keep({ nonces: nonces.note });
    const receipt = { command: command.id, at: now(), ...carryOut(command) };
    store.keep({ receipts: { ...store.state.receipts, [digestOf(compact)]: receipt } });
    say("receipt", receipt);
    state();
  },
  placement({ delegations, placement }) {
    learn(delegations);
    if (store.state.placement === placement) return;
    try {
      place = chain.placement(placement, me.speaker, me.kid, place, now());
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return refuse("placement", error.reason, placement);
    }
    store.keep({ placement });
    adopt();
    state();
  },
  revocations({ revocations }) {
    if (store.state.revocations === revocations) return;
    try {
      chain.revoke(revocations, now());
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return refuse("revocations", error.reason, revocations);
    }
    store.keep({ revocations });
    adopt();
    state();
  },
  root({ roots }) {
    for (const root of roots.slice(store.state.roots.length))
      try {
        chain.follow(root);
        store.keep({ roots: [...store.state.roots, root] });
        state();
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
      }
  },
  ack({ ack, delegations }) {
    learn(delegations);
    if (!ack) return;
    try {
      const document = chain.ack(ack, me.speaker, place.path, now());
      records.acknowledge(document, document.nonce === nonce);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  },
};

function carryOut({ name, args }) {
  const done = (found) => ({ state: "done", found });
  if (!CAN.includes(name)) return { state: "failed", reason: "unsupported" };
  if (name === "volume") {
    if (args.horn > 2) return { state: "failed", reason: "horn.unknown" };
    store.keep({ volume: args.level });
    return done({ volume: args.level });
  }
  if (name === "pause") deck.pause(args.minutes);
  if (name === "resume") deck.resume();
  if (["pause", "resume"].includes(name)) return done({ paused: deck.isPaused });
  if (["stop", "next"].includes(name))
    return deck.stop(name === "stop" ? "stopped" : "skipped") ? done({}) : { state: "failed", reason: "silent" };
  return done(name === "self-test" ? { checks: [{ name: "clock", good: true }] } : {});
}

/** One connection, until it ends: proof, time, state, then whatever comes. */
async function connect() {
  const challenge = await fetch(`${given.server}/air/challenges`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ speaker: me.speaker }),
  });
  const proof = { speaker: me.speaker, server: me.server, nonce: (await challenge.json()).nonce, protocol: 3 };
  client = mqtt.connect(`mqtt://${me.mqtt}`, {
    clientId: me.speaker,
    username: me.speaker,
    password: sign("loa-proof", proof, me.key, me.kid),
    protocolVersion: 5,
    clean: false,
    keepalive: 29,
    reconnectPeriod: 0,
    properties: { sessionExpiryInterval: 86_400, maximumPacketSize: Number(given.packet) },
    will: { topic: `loa/${me.speaker}/out/state`, payload: '{"online":false}', qos: 1 },
  });
  const waiting = [];
  let asked = null;
  client.on("error", () => client.end(true));
  client.on("message", (topic, payload, packet) => {
    const kind = topic.split("/").at(-1);
    let message;
    try {
      message = JSON.parse(payload.toString());
    } catch {
      return refuse("document", "jws.malformed", payload.toString("base64"));
    }
    if (kind === "time" && asked) return time(message);
    // Before the time is known nothing is judged by it, but the root and what it signed.
    if (asked && kind !== "root") return void waiting.push([kind, message, packet.dup]);
    takes[kind]?.(message, packet.dup);
  });
  function time({ time: compact, delegations }) {
    learn(delegations);
    try {
      const answer = chain.time(compact, me.speaker, place.path, asked.nonce);
      const t4 = Date.now();
      offset = (answer.received_us / 1000 - asked.at + (answer.answered_us / 1000 - t4)) / 2;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return;
    }
    asked = null;
    for (const [kind, message, again] of waiting.splice(0)) takes[kind]?.(message, again);
  }
  await new Promise((ended) => {
    client.on("close", ended);
    client.on("connect", () => {
      nonce = randomBytes(32).toString("base64url");
      asked = { nonce: randomBytes(32).toString("base64url"), at: Date.now() };
      client.subscribe(`loa/${me.speaker}/in/+`, { qos: 1 });
      say("time", { nonce: asked.nonce, delegations: true }, 0);
      state();
      say("health", { at: now(), mains: true, more: [{ name: "door", value: "shut" }] }, 0);
    });
  });
}

adopt();
for (let wait = 300; ; wait = Math.min(wait * 1.5, 10_000)) {
  try {
    await connect();
    wait = 200;
  } catch {
    // The server is away; it is looked for again.
  }
  await pause(wait);
}
