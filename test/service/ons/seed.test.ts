import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { onsRoom } from "../../../service/ons/index.ts";
import { rocketmqRoom } from "../../../service/rocketmq/index.ts";
import { startService } from "../../support/service.ts";
import { clients } from "../core/support/clients.ts";
import { popCore } from "../rocketmq/support/service.ts";
import { callerOf, groupNames } from "./support/service.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "queues-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const start = (text: string) => {
  const seedPath = join(folder, "seed.yaml");
  writeFileSync(seedPath, text);
  return startService({ rooms: [rocketmqRoom, onsRoom], settings: { seedPath } });
};

it("a seed file makes instances with topics and groups, ready to use, under ids that programs can name", async () => {
  const service = await start(`
rocketmq:
  instances:
    - id: rmq-cn-local
      name: orders
      tags: { team: shop }
      topics: [{ name: orders }, { name: DLQ }]
      groups:
        - { name: GID_a, deliveryOrder: Orderly, retry: { retryPolicy: FixedRetryPolicy, fixedIntervalRetryTime: 5, deadLetterTargetTopic: DLQ } }
        - { name: GID_b }
ons:
  instances:
    - { id: MQ_INST_1_local, name: older, namespace: false, topics: [{ name: orders, messageType: 5 }], groups: [{ name: GID_a }] }
`);
  try {
    const roa = popCore(service);
    expect((await roa("GET", "/instances/rmq-cn-local")).data).toMatchObject({
      status: "RUNNING",
      topicCount: 2,
      groupCount: 2,
      tags: [{ key: "team", value: "shop" }],
    });
    expect((await roa("GET", "/instances/rmq-cn-local/consumerGroups/GID_a")).data).toMatchObject({
      deliveryOrderType: "Orderly",
      consumeRetryPolicy: { maxRetryTimes: 16, fixedIntervalRetryTime: 5, deadLetterTargetTopic: "DLQ" },
    });
    const client = clients["pop-core POST"];
    if (!client) throw new Error("no client");
    expect(await groupNames(callerOf(service, client), "MQ_INST_1_local")).toEqual(["GID_a"]);
  } finally {
    await service.stop();
  }
});

it.each([
  [
    "rocketmq: { instances: [{ name: a, groups: [{ name: 'a b' }] }] }",
    /rocketmq\.instances\[0\]\.groups\[0\]\.name: .*\[RMQ-2\]/,
  ],
  [
    "rocketmq: { instances: [{ name: a, groups: [{ name: a }, { name: a }] }] }",
    /rocketmq\.instances\[0\] \(a\): .*\[RMQ-1\]/,
  ],
  [
    "ons: { instances: [{ name: older, groups: [{ name: a }] }] }",
    /ons\.instances\[0\]\.groups\[0\]\.name: .*\[RMQ-2\]/,
  ],
])("%s is refused with its place", async (text, message) => {
  await expect(start(text)).rejects.toThrow(message);
});
