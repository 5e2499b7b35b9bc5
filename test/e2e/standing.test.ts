import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Answer, type Caller, callerOf } from "../service/dts/support/clients.ts";
import { detailOf } from "../service/dts/support/service.ts";
import { until } from "../service/dts/support/wait.ts";
import { MariadbSource } from "../support/dts/mariadb-source.ts";
import { PostgresSource } from "../support/dts/postgres-source.ts";
import { capturedInstance, endpointOf } from "../support/dts/tracked.ts";
import { mariadbNeed } from "../support/mariadb.ts";
import { needs } from "../support/needs.ts";
import { startService, type TestService } from "../support/service.ts";

/* How far a real source was read, in its own words, and how far behind that is. */

/** Heartbeats come each second, and times are whole seconds. */
const IDLE_DELAY_MS_MAX = 4_000;

let folder: string;
let service: TestService;
let call: Caller;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "standing-"));
  service = await startService({ asProcess: true, dataDir: folder });
  call = callerOf("openapi-client V3", service.url);
});
afterAll(async () => {
  await service?.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Source = Pick<PostgresSource | MariadbSource, "end" | "orderOf"> & {
  sql(statement: string): Promise<unknown>;
};

const siteOf = (source: Source, { BinlogSite }: Answer) =>
  BinlogSite === undefined ? -1 : source.orderOf(String(BinlogSite));

/** Resolves to the detail of an instance once all is read that the source has now; never does it say more than there is. */
async function caughtUp(source: Source, instanceId: string): Promise<Answer> {
  const end = source.orderOf(await source.end());
  const detail = await until(
    () => detailOf(call, instanceId),
    (answer) => siteOf(source, answer) >= end,
  );
  expect(siteOf(source, detail)).toBeLessThanOrEqual(source.orderOf(await source.end()));
  return detail;
}

async function captureOf(instanceId: string): Promise<Record<string, unknown>> {
  const { rooms } = (await service.admin("GET", "status")) as {
    rooms: { dts: { captures: ({ instanceId: string } & Record<string, unknown>)[] } };
  };
  return rooms.dts.captures.find((one) => one.instanceId === instanceId) ?? {};
}

async function isTold(source: Source, instanceId: string, form: RegExp): Promise<void> {
  await source.sql("INSERT INTO orders VALUES (1, 'a')");
  const first = await caughtUp(source, instanceId);
  expect(first.BinlogSite).toMatch(form);
  await source.sql("UPDATE orders SET note = 'b'");
  const second = await caughtUp(source, instanceId);
  expect(siteOf(source, second)).toBeGreaterThan(siteOf(source, first));
  // Nothing is committed from now on: only heartbeats keep the delay small, and in a moment when the machine is busy not even they.
  await sleep(IDLE_DELAY_MS_MAX);
  const isSmall = (delay: unknown, unitMs: number) =>
    typeof delay === "number" && delay < IDLE_DELAY_MS_MAX / unitMs;
  await until(
    () => detailOf(call, instanceId),
    ({ Delay }) => isSmall(Delay, 1),
  );
  await until(
    () => call("DescribeDtsJobs", { JobType: "SUBSCRIBE", DtsInstanceId: instanceId }),
    ({ DtsJobList }) => isSmall((DtsJobList as [Answer])[0].Delay, 1000),
  );
  const capture = await until(
    () => captureOf(instanceId),
    ({ lagSeconds }) => isSmall(lagSeconds, 1000),
  );
  expect(capture.position).toMatch(form);
}

/** Of one that is suspended the delay is not told, and of one that cannot be reached it grows. */
async function staysWhere(
  source: Source,
  instanceId: string,
  stopSource: () => Promise<void>,
): Promise<void> {
  await call("SuspendDtsJob", { DtsInstanceId: instanceId });
  const suspended = await detailOf(call, instanceId);
  expect(suspended).not.toHaveProperty("Delay");
  const site = siteOf(source, suspended);
  expect(site).toBeGreaterThan(0);
  await service.kill9();
  await service.restart();
  await until(
    () => detailOf(call, instanceId),
    (answer) => siteOf(source, answer) >= site,
  );
  await call("StartDtsJob", { DtsInstanceId: instanceId });
  await until(
    () => detailOf(call, instanceId),
    ({ Status, Delay }) => Status === "Normal" && typeof Delay === "number" && Delay < IDLE_DELAY_MS_MAX,
  );
  await stopSource();
  const lost = await until(
    () => detailOf(call, instanceId),
    ({ Status }) => Status === "Abnormal",
  );
  await until(
    () => detailOf(call, instanceId),
    ({ Delay }) => Number(Delay) >= Number(lost.Delay) + 1_000,
  );
  expect(await detailOf(call, instanceId)).toMatchObject({ BinlogSite: lost.BinlogSite });
  await call("DeleteDtsJob", { DtsInstanceId: instanceId });
}

it("an LSN of PostgreSQL", async () => {
  const source = await PostgresSource.start();
  let isStopped = false;
  const stop = async () => {
    if (!isStopped) await source.stop();
    isStopped = true;
  };
  try {
    await source.sql("CREATE TABLE orders (id int PRIMARY KEY, note text)");
    const instanceId = await capturedInstance(call, endpointOf(source));
    await isTold(source, instanceId, /^[0-9A-F]+\/[0-9A-F]+$/);
    await staysWhere(source, instanceId, stop);
  } finally {
    await stop();
  }
});

needs(await mariadbNeed())("a file of MariaDB's binary log and the place in it, with the GTID", async () => {
  const source = await MariadbSource.start();
  let isStopped = false;
  const stop = async () => {
    if (!isStopped) await source.stop();
    isStopped = true;
  };
  try {
    const { user, password, port } = source.job("reader");
    await source.sql("CREATE TABLE orders (id int PRIMARY KEY, note text)");
    const instanceId = await capturedInstance(call, {
      SourceEndpointEngineName: "MariaDB",
      SourceEndpointPort: String(port),
      SourceEndpointDatabaseName: source.database,
      SourceEndpointUserName: user,
      SourceEndpointPassword: password,
    });
    await isTold(source, instanceId, /^[\w-]+\.\d{6}:\d+$/);
    const [row] = await source.sql("SELECT @@gtid_binlog_pos AS gtid");
    expect(await captureOf(instanceId)).toMatchObject({ position: await source.end(), gtid: row?.gtid });
    await source.sql("FLUSH BINARY LOGS", "INSERT INTO orders VALUES (2, 'in the next file')");
    await caughtUp(source, instanceId);
    await staysWhere(source, instanceId, stop);
  } finally {
    await stop();
  }
});
