// @ts-check
/*
 * The officer's signing key: made in this browser, not extractable, kept in IndexedDB, one per officer,
 * because several officers of a commune share a computer. Documents are signed here, never on the server.
 */

/** @typedef {{ kty: "EC", crv: "P-256", x: string, y: string }} PublicJwk */

const DATABASE = "loa-keys";
const STORE = "keys";
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" };

// Of P-256.
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** @type {Promise<string> | undefined} */
let officer;

/** Whether this browser can make and keep keys (a secure context: https, or this very machine). */
export const canHoldKeys = () => globalThis.crypto?.subtle !== undefined && globalThis.indexedDB !== undefined;

/** The id of the officer who is signed in. @returns {Promise<string>} */
export function officerId() {
  officer ??= fetch("/api/me", { headers: { accept: "application/json" } }).then(async (answer) => {
    if (!answer.ok) throw new Error(`/api/me: ${answer.status}`);
    return (await answer.json()).officerId;
  });
  return officer;
}

/** The officer's key on this device, if there is one. @returns {Promise<CryptoKeyPair | undefined>} */
export const findKey = async () => inStore("readonly", await officerId(), (store, id) => store.get(id));

/** The officer's key on this device; made when there is none. @returns {Promise<CryptoKeyPair>} */
export async function ensureKey() {
  const held = await findKey();
  if (held) return held;
  const made = /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey(ALGORITHM, false, ["sign", "verify"]));
  await inStore("readwrite", await officerId(), (store, id) => store.add(made, id));
  // Without this a browser short of space may drop the key; what it answered is told by isKept.
  await navigator.storage?.persist?.();
  return made;
}

/** Whether the browser promised to keep the key; it is asked again each time, because the answer changes with use. */
export const isKept = async () =>
  (await navigator.storage?.persisted?.()) === true || (await navigator.storage?.persist?.()) === true;

/**
 * The key that was made in this browser and is gone: the server's cookie outlives what pages store.
 * @returns {Promise<string | undefined>}
 */
export async function lostKey() {
  const name = `loa-key-${await officerId()}=`;
  const kid = document.cookie
    .split("; ")
    .find((cookie) => cookie.startsWith(name))
    ?.slice(name.length);
  return kid && !(await findKey()) ? kid : undefined;
}

/** The public half, as the server and the speakers know it. @returns {Promise<PublicJwk>} */
export async function publicJwk() {
  const { publicKey } = await ensureKey();
  const { x = "", y = "" } = await crypto.subtle.exportKey("jwk", publicKey);
  return { kty: "EC", crv: "P-256", x, y };
}

/** The key's name: RFC 7638 thumbprint. @returns {Promise<string>} */
export async function thumbprint() {
  const { crv, kty, x, y } = await publicJwk();
  return base64Url(await crypto.subtle.digest("SHA-256", utf8(JSON.stringify({ crv, kty, x, y }))));
}

/**
 * Signs exactly this payload as JWS compact, ES256.
 * @param {string} typ for example "loa-release"
 * @param {string} payloadJson the payload's text, signed byte for byte
 * @returns {Promise<string>}
 */
export async function signJws(typ, payloadJson) {
  const [signed = ""] = await signMany(typ, [payloadJson]);
  return signed;
}

/**
 * Signs many payloads of one kind with one look for the key.
 * @param {string} typ
 * @param {string[]} payloads
 * @returns {Promise<string[]>}
 */
export async function signMany(typ, payloads) {
  const { privateKey } = await ensureKey();
  // The one spelling of the header that readers accept.
  const header = base64Url(utf8(JSON.stringify({ alg: "ES256", typ, kid: await thumbprint() })));
  const signed = [];
  for (const payload of payloads) {
    const draft = `${header}.${base64Url(utf8(payload))}`;
    const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, privateKey, utf8(draft));
    signed.push(`${draft}.${base64Url(low(new Uint8Array(signature)))}`);
  }
  return signed;
}

/**
 * Of s and n − s, which verify alike, readers take only the smaller: a document has one name.
 * @param {Uint8Array} signature r, then s
 */
function low(signature) {
  const s = signature.subarray(32).reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
  if (s <= ORDER / 2n) return signature;
  const digits = (ORDER - s).toString(16).padStart(64, "0");
  const lower = signature.slice();
  for (let i = 0; i < 32; i++) lower[32 + i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  return lower;
}

/** @param {string} text */
const utf8 = (text) => new TextEncoder().encode(text);

/** @param {ArrayBuffer | Uint8Array} bytes */
function base64Url(bytes) {
  const letters = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * @param {IDBTransactionMode} mode
 * @param {string} id
 * @param {(store: IDBObjectStore, id: string) => IDBRequest} ask
 * @returns {Promise<any>}
 */
async function inStore(mode, id, ask) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = ask(transaction.objectStore(STORE), id);
      // What is kept counts only when the transaction is through.
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** @returns {Promise<IDBDatabase>} */
const open = () =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
