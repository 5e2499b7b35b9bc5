import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { until } from "../service/dts/support/wait.ts";
import { consume, type RunningConsumer, type TestGroup } from "../support/dts/consumer.ts";
import { startTracked, type Tracked } from "../support/dts/tracked.ts";
import { RawClient } from "../support/kafka/raw-client.ts";

/* What the documents say of those who read: through a real database, the service and its listener. */

const TOPIC_AUTHORIZATION_FAILED = 29;
const GROUP_MAX_SIZE_REACHED = 81;
const MEGABYTE = 1024 * 1024;

let tracked: Tracked;
let consumers: RunningConsumer[] = [];

beforeAll(async () => {
  tracked = await startTracked([
    "CREATE TABLE orders (id int PRIMARY KEY, note text)",
    "ALTER TABLE orders REPLICA IDENTITY FULL",
    "CREATE TABLE documents (id int PRIMARY KEY, body text)",
  ]);
});
afterEach(async () => {
  for (const one of consumers) await one.stop();
  consumers = [];
});
afterAll(() => tracked?.stop());

async function reading(group: TestGroup): Promise<RunningConsumer> {
  const consumer = await consume(group);
  consumers.push(consumer);
  return consumer;
}

interface CaptureStatus {
  readonly largeRows: readonly { table: string; rows: number; bytesMax: number }[];
  readonly groups: readonly { groupId: string; clients: readonly object[]; refusedClients: number }[];
}

async function captureStatus(): Promise<CaptureStatus> {
  const { rooms } = (await tracked.service.admin("GET", "status")) as {
    rooms: { dts: { captures: [CaptureStatus] } };
  };
  return rooms.dts.captures[0];
}

const groupStatus = async ({ groupId }: TestGroup) =>
  (await captureStatus()).groups.find((one) => one.groupId === groupId);

/** Speaks the protocol by hand, as a client that assigns the partition to itself. */
function client(group: TestGroup, clientId: string): Promise<RawClient> {
  const port = Number(group.broker.split(":").at(-1));
  return new RawClient(port, clientId).login(`${group.account}-${group.groupId}`, group.password);
}

const fetchOnce = (reader: RawClient, { topic }: TestGroup) =>
  reader.fetch(0, { topic, waitMs: 100, bytesMax: MEGABYTE });

describe("DTS-2 runtime: a second client of a group is refused while the first one lives", () => {
  it("in SUBSCRIBE mode, and the first reads on", async () => {
    const group = await tracked.group("subscribed");
    const first = await reading(group);
    await tracked.source.sql("INSERT INTO orders VALUES (1, 'a')");
    await until(first.rows, (rows) => rows.includes("INSERT 1"));
    const second = await client(group, "second");
    const joined = await second.join({ groupId: group.groupId });
    expect(joined.errorCode).toBe(GROUP_MAX_SIZE_REACHED);
    expect((await fetchOnce(second, group)).errorCode).toBe(TOPIC_AUTHORIZATION_FAILED);
    await tracked.source.sql("INSERT INTO orders VALUES (2, 'b')");
    await until(first.rows, (rows) => rows.includes("INSERT 2"));
    const status = await until(
      () => groupStatus(group),
      (one) => (one?.refusedClients ?? 0) >= 2,
    );
    expect(status?.clients).toHaveLength(1);
  });

  it("in ASSIGN mode, until the first has gone", async () => {
    const group = await tracked.group("assigned");
    const first = await client(group, "first");
    expect((await fetchOnce(first, group)).errorCode).toBe(0);
    const second = await client(group, "second");
    expect((await fetchOnce(second, group)).errorCode).toBe(TOPIC_AUTHORIZATION_FAILED);
    expect((await fetchOnce(first, group)).errorCode).toBe(0);
    first.socket.destroy();
    await until(
      async () => (await fetchOnce(second, group)).errorCode,
      (code) => code === 0,
    );
  });
});

it("DTS-8 runtime: a row of 17 MB is delivered whole, and the status names its table and size", async () => {
  const consumer = await reading(await tracked.group("large"));
  await tracked.source.sql("INSERT INTO documents VALUES (900, repeat('0123456789abcdef', 17 * 65536))");
  await until(
    consumer.rows,
    (rows) => rows.includes("INSERT 900") && consumer.records.at(-1)?.operation === "COMMIT",
  );
  const row = consumer.records.find(({ table }) => table === "documents")?.after;
  expect(row?.body).toHaveLength(17 * MEGABYTE);
  expect(row?.body === "0123456789abcdef".repeat(17 * 65536)).toBe(true);
  const [large] = (await captureStatus()).largeRows;
  expect(large).toMatchObject({ table: expect.stringMatching(/documents/), rows: 1 });
  expect(large?.bytesMax).toBeGreaterThan(17 * MEGABYTE);
});

it("DTS-9 runtime: who begins anew at an older time reads the same records with the same ids, and loses none", async () => {
  const group = await tracked.group("moved");
  const ids = Array.from({ length: 20 }, (_, index) => 100 + index);
  const startMs = Date.now();
  const first = await reading(group);
  for (const id of ids) await tracked.source.sql(`INSERT INTO orders VALUES (${id}, 'first')`);
  await until(first.rows, (rows) => rows.includes(`INSERT ${ids.at(-1)}`));
  await first.stop();
  await tracked.source.sql("INSERT INTO orders VALUES (200, 'while nobody reads')");

  await tracked.call("ModifyConsumptionTimestamp", {
    RegionId: "cn-hangzhou",
    SubscriptionInstanceId: tracked.instanceId,
    ConsumptionTimestamp: `${new Date(startMs).toISOString().slice(0, 19)}Z`,
  });
  const second = await reading(group);
  await until(second.rows, (rows) => rows.includes("INSERT 200"));
  const inserts = (consumer: RunningConsumer) =>
    consumer.records
      .filter(({ operation, table }) => operation === "INSERT" && table === "orders")
      .map(({ id, after }) => `${id} ${after?.id}`);
  const before = inserts(first).filter((line) => ids.some((id) => line.endsWith(` ${id}`)));
  expect(before).toHaveLength(ids.length);
  expect(inserts(second)).toEqual(expect.arrayContaining(before));
  const order = inserts(second).map((line) => Number(line.split(" ")[0]));
  expect(order).toEqual(order.toSorted((one, other) => one - other));
});
