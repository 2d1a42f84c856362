// Enrolment (§5): a key of its own, a sealed nonce, a code in two halves, a place that is believed by the root it came with.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { Chain } from "./chain.mjs";
import { keyIdOf, sign } from "./documents.mjs";

const SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
export const CAN = ["volume", "stop", "next", "pause", "resume", "identify", "self-test"];

export function keysOf(store) {
  if (!store.state.key)
    store.keep({
      key: generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "pem", type: "pkcs8" }),
    });
  const key = createPrivateKey(store.state.key);
  const { kty, crv, x, y } = createPublicKey(key).export({ format: "jwk" });
  const jwk = { kty, crv, x, y };
  return { key, jwk, kid: keyIdOf(jwk) };
}

function claimSigns(root, speaker, code, nonce) {
  let number = createHash("sha256").update(`loa-claim ${root} ${speaker} ${code} ${nonce}`).digest().readBigUInt64BE();
  let signs = "";
  for (let i = 0; i < 4; i++) {
    signs = SIGNS[Number(number % 31n)] + signs;
    number /= 31n;
  }
  return signs;
}

async function ask(url, body) {
  const answer = await fetch(url, body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  if (answer.status === 429) await pause(1000 * Number(answer.headers.get("retry-after") ?? 5) * (0.5 + Math.random()));
  return { status: answer.status, body: answer.ok ? await answer.json() : null };
}

export async function enrol(server, serial, store) {
  const own = keysOf(store);
  while (!store.state.identity) {
    const nonce = randomBytes(32).toString("base64url");
    const enrolment = sign(
      "loa-enrolment",
      {
        serial,
        model: "loa-foreign",
        firmware: "1.0.0",
        horns: 2,
        jwk: own.jwk,
        at: Date.now(),
        protocol: 3,
        seal: createHash("sha256").update(nonce).digest("base64url"),
        vendor: "Foreign",
        can: CAN,
      },
      own.key,
      own.kid,
    );
    const { status, body: opened } = await ask(`${server}/air/enrolments`, { enrolment });
    if (status !== 201) {
      await pause(2000);
      continue;
    }
    const url = `${server}/air/enrolments/${opened.id}`;
    let answer = await ask(url);
    if (answer.body?.state === "waiting") {
      answer = await ask(url, { nonce });
      console.log(`claim code ${opened.code}-${claimSigns(keyIdOf(opened.root), own.kid, opened.code, nonce)}`);
    }
    for (let wait = 500; answer.status !== 404 && answer.body?.state === "waiting"; wait = Math.min(wait * 1.3, 60_000)) {
      await pause(wait);
      answer = await ask(url);
    }
    if (answer.body?.state !== "claimed") continue;
    const { speaker, placement, delegations } = answer.body;
    const chain = new Chain(opened.root);
    for (const delegation of delegations) chain.learn(delegation);
    chain.placement(placement, speaker, own.kid, null, Date.now());
    store.keep({
      identity: { speaker, server: opened.server, mqtt: opened.mqtt, root: opened.root },
      placement,
      delegations,
    });
  }
  return { ...own, ...store.state.identity };
}
