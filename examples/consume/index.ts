import { decodeRecord, type Row } from "change-tracking-records";
import { Kafka, logLevel } from "kafkajs";
import { readSettings } from "./settings.ts";

const { brokers, topic, account, groupId, password } = readSettings();

const kafka = new Kafka({
  brokers: [brokers],
  sasl: { mechanism: "plain", username: `${account}-${groupId}`, password },
  logLevel: logLevel.WARN,
});
const consumer = kafka.consumer({ groupId });
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => consumer.disconnect());

// After what cannot be mended by trying again, such as a second client of the group, kafkajs only stops reading.
consumer.on(consumer.events.CRASH, ({ payload }) => {
  if (!payload.restart) process.exitCode = 1;
});

await consumer.connect();
await consumer.subscribe({ topic, fromBeginning: true });
await consumer.run({
  async eachMessage({ message }) {
    if (!message.value) return;
    const { operation, schema, table, before, after, statement } = decodeRecord(message.value);
    if (operation === "DDL") console.log(`DDL ${statement}`);
    if (before || after) console.log(`${operation} ${schema}.${table} ${row(before)} -> ${row(after)}`);
  },
});

function row(image: Row | undefined): string {
  if (!image) return "(no row)";
  return Object.entries(image)
    .map(([column, value]) => `${column}=${value}`)
    .join(" ");
}
