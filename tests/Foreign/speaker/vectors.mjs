// Judges every vector beside the protocol by the document alone: node vectors.mjs FOLDER
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Chain, Nonces, link } from "./chain.mjs";
import { Refused, isSignedBy, keyIdOf, read, readGroup } from "./documents.mjs";
import { share } from "./loudness.mjs";
import { comesFirst, interrupts } from "./precedence.mjs";

const folder = process.argv[2];
const open = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const file = open("vectors.json");
const speaker = file.keys.speaker;
const that = (holds, reason) => {
  if (!holds) throw new Refused(reason);
};

function judge(vector) {
  const chain = new Chain(file.keys.root.jwk);
  for (const root of vector.roots ?? []) chain.follow(root);
  for (const delegation of vector.delegations) chain.learn(delegation);
  if (vector.revocations) chain.revoke(vector.revocations);
  const { document, path, now } = vector;
  const head = { seq: vector.head_seq ?? 0, hash: vector.head_hash ?? "" };
  const held = vector.held_placement ? read(vector.held_placement, "loa-placement").document : null;
  const seen = (vector.seen_nonces ?? []).map((nonce) => [nonce, now + 300_000]);
  const item = { release: vector.item_release, class: vector.item_class, content: vector.item_content };
  const checks = {
    delegation: () => chain.learn(document),
    root: () => chain.follow(document),
    revocations: () => chain.revoke(document, now),
    release: () => chain.release(document, path, now),
    stream: () => chain.stream(document, path, now, vector.item_release && item),
    group: () => (readGroup(Buffer.from(document, "base64url"), read(vector.stream, "loa-stream").document) ? "ok" : "no"),
    item: () => chain.item(item, document, path, now),
    timetable: () => chain.timetable(document, file.speaker, path, vector.held_version, now),
    command: () => chain.command(document, file.speaker, path, new Nonces(seen, vector.nonce_floor ?? 0), now),
    placement: () => chain.placement(document, file.speaker, speaker.kid, held, now),
    package: () => chain.package(document, vector.package_named, path, file.model, vector.held_version ?? 0, now),
    time: () => chain.time(document, file.speaker, path, file.nonce),
    ack: () => chain.ack(document, file.speaker, path, now),
    record: () => void link(document, file.speaker, speaker.jwk, head),
    chain: () => link(document, file.speaker, speaker.jwk, head),
    proof: () => {
      const one = read(document, "loa-proof");
      that(one.kid === speaker.kid && one.document.speaker === file.speaker, "key.unknown");
      that(isSignedBy(one, speaker.jwk), "jws.signature");
      that(one.document.server === file.server && one.document.nonce === file.nonce, "document.expired");
    },
    enrolment: () => {
      const one = read(document, "loa-enrolment");
      that(one.kid === keyIdOf(one.document.jwk), "key.unknown");
      that(isSignedBy(one, one.document.jwk), "jws.signature");
    },
  };
  try {
    const found = checks[vector.verify]();
    return typeof found === "string" ? found : "ok";
  } catch (error) {
    if (error instanceof Refused) return error.reason;
    throw error;
  }
}

let wrong = 0;
const check = (name, found, due) => {
  if (found === due) return;
  wrong++;
  console.log(`${name}: ${found}, due is ${due}`);
};
for (const vector of file.vectors) check(`${vector.verify} ${vector.name}`, judge(vector), vector.expect);
const loud = open("horn-shares.json");
for (const one of loud) check(JSON.stringify(one), Math.abs(share(one) - one.share) < 1e-9, true);
const orders = open("precedence.json");
for (const { name, order, interrupts: cuts } of orders) {
  const sorted = [...order].reverse().sort(comesFirst);
  check(name, sorted.map((item) => item.id).join(), order.map((item) => item.id).join());
  check(name, interrupts(order[0].class, order[1].class), cuts);
}
const all = file.vectors.length + loud.length + orders.length;
console.log(`${all - wrong} of ${all}`);
process.exit(wrong === 0 ? 0 : 1);
