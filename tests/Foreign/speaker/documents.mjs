// The signed documents of the protocol: their spelling, their members and bounds. Nothing here believes anything.
import { createHash, createPublicKey, sign as signBytes, verify as verifyBytes } from "node:crypto";
import { Malformed, Members, NoInteger, parse } from "./json.mjs";

export class Refused extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const sha256 = (data) => createHash("sha256").update(data).digest();
export const digestOf = (text) => sha256(text).toString("hex");
const number = (bytes) => BigInt(`0x${bytes.toString("hex")}`);

function decode(text) {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new Refused("jws.malformed");
  const bytes = Buffer.from(text, "base64url");
  if (bytes.toString("base64url") !== text) throw new Refused("jws.malformed");
  return bytes;
}

export const keyIdOf = (jwk) =>
  sha256(`{"crv":"P-256","kty":"EC","x":"${jwk.x}","y":"${jwk.y}"}`).toString("base64url");

function keyOf(jwk) {
  try {
    return createPublicKey({ key: { kty: "EC", crv: "P-256", x: jwk.x, y: jwk.y }, format: "jwk" });
  } catch {
    return null;
  }
}

const must = (holds) => {
  if (!holds) throw new Malformed("bounds");
};
const text = (most, least = 0) => (value) => {
  must(typeof value === "string" && value.length <= most && value.length >= least);
  must(!/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/.test(value) && value.isWellFormed());
  return value;
};
const line = (most) => (value) => {
  text(most, 1)(value);
  must(value === value.normalize("NFC") && value === value.trim() && !/\s\s|[\t\r\n\u00ad\u200b\ufeff]/.test(value));
  return value;
};
const matching = (pattern) => (value) => (must(typeof value === "string" && pattern.test(value)), value);
const uuid = matching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const digest = matching(/^[0-9a-f]{64}$/);
const kid = matching(/^[A-Za-z0-9_-]{43}$/);
const nonce = matching(/^[A-Za-z0-9_-]{16,64}$/);
const word = matching(/^[a-z0-9-]{1,40}$/);
const whole = (least = -(2 ** 53), most = 2 ** 53) => (value) =>
  (must(value !== NoInteger && Number.isSafeInteger(value) && value >= least && value <= most), value);
const moment = whole(0, 253_402_300_799_999);
const bool = (value) => (must(typeof value === "boolean"), value);
const oneOf = (...words) => (value) => (must(words.includes(value)), value);
const list = (each, most, least = 0) => (value) => {
  must(Array.isArray(value) && value.length <= most && value.length >= least);
  return value.map((one) => each(one ?? undefined));
};
const maybe = (check) => Object.assign((value) => check(value), { optional: true });
const shape = (members) => (value) => {
  must(value instanceof Members);
  const read = {};
  for (const [name, check] of Object.entries(members)) {
    const found = value.get(name);
    if (found === undefined) must(check.optional);
    else read[name] = check(found);
  }
  return read;
};
const jwk = (value) => {
  const read = shape({ kty: oneOf("EC"), crv: oneOf("P-256"), x: kid, y: kid })(value);
  must(keyOf(read));
  return read;
};
const known = (...words) => (value) => list(word, 16)(value).filter((one) => words.includes(one));
const classes = ["ordinary", "priority", "emergency"];
const units = list(uuid, 200);
const args = (value) => {
  must(value instanceof Members);
  return shape({
    level: maybe(whole()),
    horn: maybe(whole()),
    on: maybe(bool),
    minutes: maybe(whole()),
    package: maybe(text(64)),
    server: maybe(text(300)),
  })(value);
};

const item = {
  id: uuid,
  broadcast: uuid,
  release: digest,
  class: oneOf(...classes),
  start: moment,
  until: moment,
  now: maybe(bool),
  volume: maybe(whole(0, 100)),
  resume: maybe(bool),
  content: maybe(word),
};
const head = shape({ module: word, number: whole(1), hash: digest });

const kinds = {
  "loa-delegation": [
    {
      id: uuid,
      kid,
      jwk,
      name: text(300, 1),
      kinds: known("release", "timetable", "command", "placement", "package", "relay", "live"),
      classes: known(...classes),
      units,
      nbf: moment,
      exp: moment,
      stations: maybe(list(word, 64)),
    },
    (d) => keyIdOf(d.jwk) === d.kid,
  ],
  "loa-root": [{ version: whole(1), kid, jwk, at: moment, exp: moment }, (d) => keyIdOf(d.jwk) === d.kid && d.exp > d.at],
  "loa-revocations": [
    { version: whole(1), at: moment, kids: list(kid, 250), delegations: list(uuid, 250) },
    (d) => d.kids.length + d.delegations.length <= 250,
  ],
  "loa-release": [
    {
      id: uuid,
      bulletin: uuid,
      title: text(300),
      digest,
      length: whole(1, 536_870_912),
      duration_ms: whole(1),
      class: oneOf(...classes),
      units,
      nbf: moment,
      exp: moment,
      pieces: maybe(list(digest, 64)),
    },
    (d) => !d.pieces || d.pieces.length === Math.ceil(d.length / 262_144),
  ],
  "loa-stream": [
    {
      id: uuid,
      title: text(300),
      jwk,
      class: oneOf(...classes),
      units,
      start: moment,
      nbf: moment,
      exp: moment,
      station: maybe(word),
    },
    () => true,
  ],
  "loa-placement": [
    { id: uuid, speaker: uuid, kid, version: whole(1), path: list(uuid, 16, 1), at: moment },
    () => true,
  ],
  "loa-timetable": [
    {
      speaker: uuid,
      version: whole(1),
      at: moment,
      from: moment,
      to: moment,
      items: list((value) => {
        const read = shape(item)(value);
        must(read.until >= read.start);
        return read;
      }, 700),
      base: maybe(whole(1)),
      drop: maybe(list(uuid, 700)),
      volumes: maybe(list(shape({ from: whole(0, 1439), level: whole(0, 100) }), 48)),
      filler: maybe(list(digest, 16)),
    },
    (d) => (d.base === undefined ? d.drop === undefined : d.base < d.version),
  ],
  "loa-command": [
    { id: uuid, speaker: uuid, name: text(40, 1), args, nonce, iat: moment, exp: moment },
    () => true,
  ],
  "loa-package": [
    {
      id: uuid,
      kind: oneOf("software", "configuration"),
      version: whole(1),
      label: text(64, 1),
      models: list(text(64, 1), 20),
      units,
      digest,
      length: whole(1, 268_435_456),
      nbf: moment,
      exp: moment,
    },
    () => true,
  ],
  "loa-time": [{ speaker: uuid, nonce, received_us: whole(1), answered_us: whole(1) }, (d) => d.answered_us >= d.received_us],
  "loa-ack": [
    {
      speaker: uuid,
      seq: whole(0),
      hash: text(64),
      at: moment,
      nonce: maybe(nonce),
      refused: maybe(shape({ seq: whole(1), reason: text(64, 1) })),
      head: maybe(head),
    },
    (d) => (d.seq === 0 ? d.hash === "" : digest(d.hash)),
  ],
  "loa-record": [
    {
      speaker: uuid,
      seq: whole(1),
      prev: text(64),
      at: moment,
      kind: oneOf("play", "refusal", "local", "head"),
      item: maybe(uuid),
      broadcast: maybe(uuid),
      bulletin: maybe(uuid),
      digest: maybe(digest),
      planned: maybe(moment),
      start: maybe(moment),
      end: maybe(moment),
      outcome: maybe(oneOf("played", "interrupted", "missed", "failed", "refused")),
      subject: maybe(oneOf("timetable", "command", "placement", "revocations", "document", "package", "time")),
      reason: maybe(text(64)),
      detail: maybe(text(300)),
      source: maybe(word),
      head: maybe(head),
    },
    (d) => (d.seq === 1 ? d.prev === "" : digest(d.prev)),
  ],
  "loa-proof": [
    { speaker: uuid, server: text(253, 1), nonce, protocol: maybe(whole(1, 1000)) },
    () => true,
  ],
  "loa-enrolment": [
    {
      serial: line(64),
      model: line(64),
      firmware: line(64),
      horns: whole(1, 64),
      jwk: shape({ kty: oneOf("EC"), crv: oneOf("P-256"), x: kid, y: kid }),
      at: moment,
      protocol: maybe(whole(1, 1000)),
      seal: maybe(kid),
      vendor: maybe(line(60)),
      can: maybe(list(word, 64)),
    },
    (d) => d.seal !== undefined || (d.protocol ?? 1) < 2,
  ],
};

/** Size, shape, type, version and bounds of a document; its signature is not looked at. */
export function read(compact, type) {
  const longest = type === "loa-timetable" ? 262_144 : 16_384;
  if (typeof compact !== "string" || compact.length > longest) throw new Refused("document.size");
  const parts = compact.split(".");
  if (parts.length !== 3) throw new Refused("jws.malformed");
  const [header, payload, signature] = parts.map(decode);
  const spelled = /^\{"alg":"([^"]*)"/.exec(header.toString("latin1"));
  if (spelled && spelled[1] !== "ES256") throw new Refused("jws.algorithm");
  const named = /^\{"alg":"ES256","typ":"([a-z-]{1,40})","kid":"([A-Za-z0-9_-]{43})"\}$/.exec(header.toString("latin1"));
  if (!named || signature.length !== 64) throw new Refused("jws.malformed");
  if (named[1] !== type) throw new Refused("document.type");
  try {
    const members = parse(payload);
    if (!(members instanceof Members)) throw new Malformed("object");
    const v = members.first("v");
    if (v !== undefined && !Number.isSafeInteger(v)) throw new Malformed("v");
    if (v !== 1) throw new Refused("document.version");
    const [bounds, holds] = kinds[type];
    const document = shape({ v: whole(), ...bounds })(members);
    must(holds(document));
    return { document, compact, kid: named[2], digest: digestOf(compact), signed: `${parts[0]}.${parts[1]}`, signature };
  } catch (error) {
    if (error instanceof Malformed) throw new Refused("jws.malformed");
    throw error;
  }
}

export const isSignedBy = (one, jwk) => signs(one.signature, Buffer.from(one.signed), jwk);

function signs(signature, signed, jwk) {
  const [r, s] = [number(signature.subarray(0, 32)), number(signature.subarray(32))];
  if (r < 1n || r >= ORDER || s < 1n || s > (ORDER - 1n) / 2n) return false;
  const key = keyOf(jwk);
  return key !== null && verifyBytes("sha256", signed, { key, dsaEncoding: "ieee-p1363" }, signature);
}

/** A group of a stream (§2a): where it belongs and its packets; null when it is none of this stream's. */
export function readGroup(bytes, stream) {
  if (bytes.length < 92 || bytes.length > 16_384 || bytes[0] !== 1 || bytes[1] > 1 || bytes[3] !== 0) return null;
  const [isLast, count] = [bytes[1] === 1, bytes[2]];
  const place = bytes.readBigInt64BE(20);
  if (count > 50 || (count === 0 && !isLast) || place < 0n || place > 2n ** 53n || bytes.length < 92 + 2 * count) return null;
  const packets = [];
  let at = 28 + 2 * count;
  for (let i = 0; i < count; i++) {
    const length = bytes.readUInt16BE(28 + 2 * i);
    if (length < 1 || length > 1275) return null;
    packets.push(bytes.subarray(at, at + length));
    at += length;
  }
  if (bytes.length !== at + 64 || bytes.toString("hex", 4, 20) !== stream.id.replaceAll("-", "")) return null;
  return signs(bytes.subarray(at), bytes.subarray(0, at), stream.jwk) ? { place: Number(place), isLast, packets } : null;
}

/** Whether a text, or the same with its other signature, has this digest. */
export function isNamed(compact, name) {
  if (digestOf(compact) === name) return true;
  const parts = compact.split(".");
  const signature = Buffer.from(parts[2], "base64url");
  const other = (ORDER - number(signature.subarray(32))).toString(16).padStart(64, "0");
  parts[2] = Buffer.concat([signature.subarray(0, 32), Buffer.from(other, "hex")]).toString("base64url");
  return digestOf(parts.join(".")) === name;
}

export function sign(type, payload, key, kid) {
  const header = Buffer.from(`{"alg":"ES256","typ":"${type}","kid":"${kid}"}`).toString("base64url");
  const signed = `${header}.${Buffer.from(JSON.stringify({ v: 1, ...payload })).toString("base64url")}`;
  const signature = signBytes("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" });
  const s = number(signature.subarray(32));
  if (s > (ORDER - 1n) / 2n)
    Buffer.from((ORDER - s).toString(16).padStart(64, "0"), "hex").copy(signature, 32);
  return `${signed}.${signature.toString("base64url")}`;
}
