// Very many idle speakers from another process: node crowd.mjs PORT COUNT. Says "ready" when all have subscribed and
// leaves when its input ends.
import { connect } from "node:net";

const [port, count] = process.argv.slice(2).map(Number);
const text = (value) => {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
};
const packet = (type, ...parts) => {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? [body.length] : [(body.length & 127) | 128, body.length >> 7];
  return Buffer.concat([Buffer.from([type, ...length]), body]);
};
const id = (n) => `018f0000-0000-7000-8000-${String(n).padStart(12, "0")}`;

// CONNECT with a kept session, a will on the own state, user name and password.
const hello = (n) =>
  packet(
    0x10,
    text("MQTT"),
    Buffer.from([5, 0xc4 | 0x08, 0, 60, 5, 0x11, 0, 1, 0x51, 0x80]),
    text(id(n)),
    Buffer.from([0]),
    text(`loa/${id(n)}/out/state`),
    text('{"gone":true}'),
    text("loa"),
    text("thành"),
  );
const wish = (n) => packet(0x82, Buffer.from([0, 1, 0]), text(`loa/${id(n)}/in/#`), Buffer.from([1]));

const join = (n) =>
  new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => socket.write(hello(n)));
    socket.on("error", reject);
    let answers = 0;
    socket.on("data", (bytes) => {
      if (answers++ === 0) socket.write(wish(n));
      else resolve(bytes);
    });
  });

for (let n = 0; n < count; n += 100)
  await Promise.all(Array.from({ length: Math.min(100, count - n) }, (_, k) => join(n + k)));
console.log("ready");
process.stdin.on("end", () => process.exit(0)).resume();
