import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { SERVICE_BUNDLES } from "../../tools/build/targets.ts";
import { build } from "../../tools/build.ts";
import { type Caller, callerOf } from "../service/dts/support/clients.ts";
import { detailOf } from "../service/dts/support/service.ts";
import { until } from "../service/dts/support/wait.ts";
import { consume } from "../support/dts/consumer.ts";
import { MariadbSource } from "../support/dts/mariadb-source.ts";
import { PostgresSource } from "../support/dts/postgres-source.ts";
import { capturedInstance, endpointOf, makeGroup } from "../support/dts/tracked.ts";
import { mariadbNeed } from "../support/mariadb.ts";
import { needs } from "../support/needs.ts";
import { startService, type TestService } from "../support/service.ts";

/* Rows of a real PostgreSQL, through the service as it is shipped, to a Kafka client: all of an instance's life. */

let folder: string;
let source: PostgresSource;
let service: TestService;
let call: Caller;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "changes-"));
  [source] = await Promise.all([PostgresSource.start(), build({ only: [...SERVICE_BUNDLES] })]);
  await source.sql("CREATE TABLE orders (id int PRIMARY KEY, note text)");
  await source.sql("ALTER TABLE orders REPLICA IDENTITY FULL");
  service = await startService({ asProcess: true, isBundle: true, dataDir: folder });
  call = callerOf("openapi-client V3", service.url);
});
afterAll(async () => {
  await service?.stop();
  await source?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const status = (instanceId: string, wanted: string) =>
  until(
    () => detailOf(call, instanceId),
    (detail) => detail.Status === wanted,
  );

const channel = async (instanceId: string) => {
  const { ConsumerChannels } = await call("DescribeConsumerChannel", { DtsInstanceId: instanceId });
  return (ConsumerChannels as [Record<string, unknown>])[0];
};

it("what is committed is read, through suspend, kill -9 and delete", async () => {
  const instanceId = await capturedInstance(call, endpointOf(source));
  const group = await makeGroup(call, instanceId, "billing");
  expect(group.broker).toMatch(/^127\.0\.0\.1:\d+$/);
  expect(await channel(instanceId)).toMatchObject({ UnconsumedData: -1, MessageDelay: -1 });

  await source.sql(
    "BEGIN; INSERT INTO orders VALUES (1, 'a'), (2, 'b'); UPDATE orders SET note = 'c' WHERE id = 1; COMMIT",
  );
  await source.sql("DELETE FROM orders WHERE id = 2");
  const first = await consume(group);
  await until(
    () => first.records.length,
    (count) => count >= 8,
  );
  expect(first.rows()).toEqual(["INSERT 1", "INSERT 2", "UPDATE 1", "DELETE 2"]);
  expect(first.records.map(({ operation }) => operation)).toEqual([
    "BEGIN",
    "INSERT",
    "INSERT",
    "UPDATE",
    "COMMIT",
    "BEGIN",
    "DELETE",
    "COMMIT",
  ]);
  const read = await until(
    () => channel(instanceId),
    (one) => Number(one.UnconsumedData) >= 0 && one.ConsumptionCheckpoint !== "",
  );
  expect(Number(read.MessageDelay)).toBeLessThan(60);
  const detail = await detailOf(call, instanceId);
  expect(detail.ConsumptionClient).toMatch(/^127\.0\.0\.1:\d+:test-reader$/);

  await call("SuspendDtsJob", { DtsInstanceId: instanceId });
  await source.sql("INSERT INTO orders VALUES (3, 'while suspended')");
  await call("StartDtsJob", { DtsInstanceId: instanceId });
  await status(instanceId, "Normal");
  await until(first.rows, (rows) => rows.includes("INSERT 3"));
  await first.stop();

  await source.sql("INSERT INTO orders VALUES (4, 'before the kill')");
  await service.kill9();
  await source.sql("INSERT INTO orders VALUES (5, 'while it is down')");
  await service.restart();
  await source.sql("INSERT INTO orders VALUES (6, 'after it')");
  const again = {
    ...group,
    broker: await until(
      () => brokerOf(instanceId),
      (broker) => !broker.includes("invalid"),
    ),
  };
  const second = await consume(again, false);
  await until(second.rows, (rows) => rows.includes("INSERT 6"));
  const rows = [...new Set(second.rows())];
  expect(rows.slice(rows.indexOf("INSERT 4"))).toEqual(["INSERT 4", "INSERT 5", "INSERT 6"]);
  await second.stop();

  await call("DeleteDtsJob", { DtsInstanceId: instanceId });
  expect(
    await until(
      () => source.leftovers(),
      (names) => names.length === 0,
    ),
  ).toEqual([]);
  await expect(detailOf(call, instanceId)).rejects.toMatchObject({ code: "Forbidden.InstanceNotFound" });
});

it("a snapshot names the logs that it leaves out, and a reset leaves nothing in the source", async () => {
  const instanceId = await capturedInstance(call, endpointOf(source));
  await until(
    () => detailOf(call, instanceId),
    ({ BeginTimestamp }) => BeginTimestamp !== undefined,
  );
  expect(await source.leftovers()).not.toEqual([]);
  const snapshot = await service.admin("GET", "snapshot");
  expect(snapshot.leftOut).toEqual([expect.stringContaining(`the log of ${instanceId}`)]);
  await service.admin("POST", "reset");
  await until(
    () => source.leftovers(),
    (names) => names.length === 0,
  );
  await service.admin("POST", "restore", snapshot);
  const lost = await status(instanceId, "Abnormal");
  expect(lost.ErrorMessage).toContain("not part of a snapshot");
  await call("StartDtsJob", { DtsInstanceId: instanceId });
  await status(instanceId, "Normal");
  expect(JSON.stringify(await service.admin("GET", "status"))).toContain('"state":"running"');
  await call("DeleteDtsJob", { DtsInstanceId: instanceId });
  await until(
    () => source.leftovers(),
    (names) => names.length === 0,
  );
});

needs(await mariadbNeed())("rows of MariaDB are read too", async () => {
  const mariadb = await MariadbSource.start();
  try {
    const { user, password, port } = mariadb.job("reader");
    await mariadb.sql("CREATE TABLE orders (id int PRIMARY KEY, note text)");
    const instanceId = await capturedInstance(call, {
      SourceEndpointEngineName: "MariaDB",
      SourceEndpointPort: String(port),
      SourceEndpointDatabaseName: mariadb.database,
      SourceEndpointUserName: user,
      SourceEndpointPassword: password,
    });
    const reader = await consume(await makeGroup(call, instanceId, "billing"));
    await mariadb.sql(
      "INSERT INTO orders VALUES (1, 'a')",
      "UPDATE orders SET note = 'b'",
      "DELETE FROM orders",
    );
    await until(reader.rows, (rows) => rows.length >= 3);
    expect(reader.rows()).toEqual(["INSERT 1", "UPDATE 1", "DELETE 1"]);
    await reader.stop();
    await call("DeleteDtsJob", { DtsInstanceId: instanceId });
  } finally {
    await mariadb.stop();
  }
});

async function brokerOf(instanceId: string): Promise<string> {
  const { SubscriptionHost } = await detailOf(call, instanceId);
  return (SubscriptionHost as { PublicHost: string }).PublicHost;
}
