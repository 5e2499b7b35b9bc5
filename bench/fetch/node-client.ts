/** A process of its own: reads a topic with @platformatic/kafka and prints `pass seconds records bytes` for each pass. */
import { Consumer, MessagesStreamModes } from "@platformatic/kafka";
import type { FetchTarget } from "./clients.ts";

const { brokers, topic, group, login, records, passes } = JSON.parse(process.argv[2] ?? "") as FetchTarget & {
  readonly passes: number;
};

for (let pass = 0; pass < passes; pass += 1) {
  const consumer = new Consumer({
    clientId: "bench",
    groupId: group,
    bootstrapBrokers: [brokers],
    ...(login ? { sasl: { mechanism: "PLAIN", username: login.user, password: login.password } } : {}),
  });
  const stream = await consumer.consume({
    topics: [topic],
    mode: MessagesStreamModes.EARLIEST,
    autocommit: false,
    // As Apache Kafka's own client asks for.
    maxBytes: 50 * 1024 * 1024,
    maxBytesPerPartition: 1024 * 1024,
    maxWaitTime: 500,
  });
  let count = 0;
  let bytes = 0;
  let begin = 0;
  for await (const { value } of stream) {
    // From the first record on: joining the group is no part of it.
    if (count === 0) begin = performance.now();
    count += 1;
    bytes += value?.length ?? 0;
    if (count >= records) break;
  }
  const seconds = (performance.now() - begin) / 1000;
  await stream.close();
  await consumer.close(true);
  process.stdout.write(`pass ${seconds} ${count} ${bytes}\n`);
}
