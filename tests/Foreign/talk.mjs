// A foreign client comes in by one of four ways, says something at each quality, and prints what comes back:
// node talk.mjs URL VERSION [CA-FILE]
import { readFileSync } from "node:fs";
import mqtt from "mqtt";

const [url, version, authority] = process.argv.slice(2);
const client = mqtt.connect(url, {
  clientId: "foreign",
  protocolVersion: Number(version),
  username: "loa",
  password: "thành",
  clean: true,
  reconnectPeriod: 0,
  connectTimeout: 10_000,
  ca: authority ? readFileSync(authority) : undefined,
  properties: version === "5" ? { topicAliasMaximum: 4 } : undefined,
  will: { topic: "will", payload: "gone", qos: 1, retain: true },
});

const fail = (error) => {
  console.error(String(error?.message ?? error));
  process.exit(1);
};
client.on("error", fail);
client.on("close", () => fail("closed too early"));

const wanted = 4;
let heard = 0;
client.on("message", (topic, payload, packet) => {
  const kind = packet.properties?.contentType ?? "-";
  console.log(`${topic}|${packet.qos}|${packet.retain ? "retained" : "live"}|${payload.length}|${kind}`);
  if (++heard < wanted) return;
  client.removeAllListeners("close");
  client.end(false, {}, () => process.exit(0));
});

client.on("connect", async () => {
  try {
    const properties = version === "5" ? { contentType: "text/plain", userProperties: { xã: "Tân Khai" } } : {};
    await client.publishAsync("echo/kept", "kept", { qos: 1, retain: true, properties });
    await client.subscribeAsync("echo/#", { qos: 2 });
    await client.publishAsync("echo/0", "không", { qos: 0, properties });
    await client.publishAsync("echo/1", "x".repeat(30_000), { qos: 1, properties });
    await client.publishAsync("echo/2", "hai", { qos: 2, properties });
  } catch (error) {
    fail(error);
  }
});
