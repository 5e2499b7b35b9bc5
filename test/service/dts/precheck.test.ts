import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningMariadb, startMariadb } from "../../../tools/mariadb.ts";
import { type RunningPostgres, startPostgres } from "../../../tools/postgres.ts";
import { mariadbNeed } from "../../support/mariadb.ts";
import { needs } from "../../support/needs.ts";
import { openRoom as openAnyRoom, type RoomBench } from "./support/room.ts";
import { until } from "./support/wait.ts";

/** What is looked at is the precheck alone: nothing is captured behind it. */
const openRoom = (options: Parameters<typeof openAnyRoom>[0] = {}) =>
  openAnyRoom({ ...options, rooms: { dts: { capture: false } } });

const SECRET = "S3cret-of-the-source";
const mariadb = await mariadbNeed();

interface Outcome {
  readonly status: string;
  readonly errorMessage: string | undefined;
  readonly items: {
    CheckItem: string;
    CheckResult: string;
    FailedReason?: string;
    CheckItemDescription: string;
  }[];
  readonly jobId: string;
}

/** Configures, starts, and waits until the precheck has ended one way or the other. */
async function check(
  room: RoomBench,
  source: Record<string, string>,
  DbList = '{"shop":{"name":"shop","all":true}}',
): Promise<Outcome> {
  const { JobId: jobId } = await room.call("CreateDtsInstance", { Type: "SUBSCRIBE", PayType: "PostPaid" });
  await room.call("ConfigureSubscription", {
    DtsJobId: jobId,
    DtsJobName: "orders",
    DbList,
    SubscriptionInstanceNetworkType: "classic",
    SourceEndpointInstanceType: "LocalInstance",
    SourceEndpointDatabaseName: "shop",
    ...source,
  });
  await room.call("StartDtsJob", { DtsJobId: jobId });
  const detail = await until(
    () => room.call("DescribeDtsJobDetail", { DtsJobId: jobId }),
    (answer) => ["Normal", "PrecheckFailed"].includes(String(answer.Status)),
  );
  const list = await room.call("DescribeDtsJobs", { DtsJobId: jobId, JobType: "SUBSCRIBE" });
  const [job] = list.DtsJobList as { PrecheckStatus: { Detail: Outcome["items"] } }[];
  return {
    jobId: String(jobId),
    status: String(detail.Status),
    errorMessage: detail.ErrorMessage as string | undefined,
    items: job?.PrecheckStatus.Detail ?? [],
  };
}

const failedItem = (outcome: Outcome) =>
  outcome.items.find((item) => item.CheckResult === "Failed")?.CheckItem;

describe("PostgreSQL", () => {
  let folder: string;
  let server: RunningPostgres;
  let room: RoomBench;
  const login = { user: "owner", password: SECRET, database: "shop" };
  const source = (more: Record<string, string> = {}) => ({
    SourceEndpointEngineName: "PostgreSQL",
    SourceEndpointIP: "127.0.0.1",
    SourceEndpointPort: String(server.port),
    SourceEndpointUserName: "owner",
    SourceEndpointPassword: SECRET,
    ...more,
  });
  const sql = async (text: string) => {
    const client = new pg.Client({ host: "127.0.0.1", port: server.port, ...login });
    await client.connect();
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "precheck-test-"));
    server = await startPostgres({
      ...login,
      dataDir: join(folder, "data"),
      keep: false,
      settings: { max_replication_slots: "1", fsync: "off" },
    });
    room = openRoom({ sourceInstances: { "pgm-1": { host: "127.0.0.1", port: server.port } } });
    await sql(`CREATE ROLE reader LOGIN PASSWORD '${SECRET}'`);
    await sql(`CREATE ROLE replica LOGIN REPLICATION PASSWORD '${SECRET}'`);
  });
  afterAll(async () => {
    room?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("passes a source that is ready, and shows what was looked at", async () => {
    const outcome = await check(room, source());
    expect(outcome).toMatchObject({ status: "Normal", errorMessage: undefined });
    expect(outcome.items.map((item) => item.CheckItem)).toEqual([
      "CHECK_CONN_SRC",
      "CHECK_DATABASE_SRC",
      "CHECK_WAL_LEVEL_SRC",
      "CHECK_PRIVILEGE_SRC",
      "CHECK_SLOT_SRC",
    ]);
  });

  it("connects to a source whose instance id the settings map", async () => {
    const { SourceEndpointIP: _, SourceEndpointPort: __, ...rest } = source();
    const mapped = { ...rest, SourceEndpointInstanceType: "RDS", SourceEndpointInstanceID: "pgm-1" };
    expect(await check(room, mapped)).toMatchObject({ status: "Normal" });
    const wrong = await check(room, { ...mapped, SourceEndpointPassword: "wrong-one" });
    expect(wrong.errorMessage).toMatch(/password authentication failed for user "owner"/);
  });

  it("fails with the reason for each thing that is wrong", async () => {
    const cases: [Record<string, string>, string | undefined, string, RegExp][] = [
      [
        { SourceEndpointPassword: "wrong-one" },
        undefined,
        "CHECK_CONN_SRC",
        /password authentication failed/,
      ],
      [
        { SourceEndpointDatabaseName: "nowhere" },
        undefined,
        "CHECK_DATABASE_SRC",
        /database "nowhere" does not exist/,
      ],
      [{}, '{"elsewhere":{"name":"elsewhere","all":true}}', "CHECK_DATABASE_SRC", /"elsewhere" is neither/],
      [
        { SourceEndpointUserName: "reader" },
        undefined,
        "CHECK_PRIVILEGE_SRC",
        /reader has neither REPLICATION/,
      ],
      [
        { SourceEndpointUserName: "replica" },
        undefined,
        "CHECK_PRIVILEGE_SRC",
        /replica lacks CREATE .* Run: GRANT CREATE ON DATABASE "shop" TO "replica"/,
      ],
    ];
    for (const [change, objects, item, reason] of cases) {
      const outcome = await check(room, source(change), objects);
      expect(outcome.status).toBe("PrecheckFailed");
      expect(failedItem(outcome)).toBe(item);
      expect(outcome.errorMessage).toMatch(reason);
    }
  });

  it("accepts objects that name schemas of the database", async () => {
    expect(await check(room, source(), '{"public":{"name":"public","all":true}}')).toMatchObject({
      status: "Normal",
    });
  });

  it("says when no replication slot is free, and passes once one is", async () => {
    await sql("SELECT pg_create_logical_replication_slot('taken', 'pgoutput')");
    const outcome = await check(room, source());
    expect(outcome.errorMessage).toMatch(/CHECK_SLOT_SRC: All 1 replication slots are in use/);
    const progress = await room.call("DescribePreCheckStatus", { DtsJobId: outcome.jobId, JobCode: "01" });
    expect(progress).toMatchObject({ State: "Failed", ErrorItem: 1, Code: "01" });
    await sql("SELECT pg_drop_replication_slot('taken')");
    await room.call("StartDtsJob", { DtsJobId: outcome.jobId });
    await until(
      () => room.call("DescribeDtsJobDetail", { DtsJobId: outcome.jobId }),
      (answer) => answer.Status === "Normal" && answer.ErrorMessage === undefined,
    );
  });

  it("never shows the source's password", async () => {
    const dump = JSON.stringify(room.kernel.store.all("SELECT * FROM dts_jobs")) + room.log.join("\n");
    expect(dump).not.toContain(SECRET);
    expect(dump).not.toContain("wrong-one");
  });
});

describe("a source that is not there", () => {
  it("fails with the reason, whatever the engine", async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, "127.0.0.1", resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    const room = openRoom();
    for (const engine of ["PostgreSQL", "MySQL", "PolarDB", "oracle"]) {
      const outcome = await check(room, {
        SourceEndpointEngineName: engine,
        SourceEndpointIP: "127.0.0.1",
        SourceEndpointPort: String(port),
        SourceEndpointUserName: "u",
      });
      expect(outcome.status).toBe("PrecheckFailed");
      expect(outcome.errorMessage).toMatch(/CHECK_CONN_SRC: .*ECONNREFUSED/);
    }
    room.close();
  });

  it("is not connected to where the settings or the service's rule forbid it", async () => {
    const inTheOpen = openRoom({ host: "0.0.0.0" });
    for (const [room, host, reason] of [
      [inTheOpen, "127.0.0.1", /is internal, .* outbound\.allow/],
      [inTheOpen, "2130706433", /is internal/],
      [openRoom(), "169.254.169.254", /are never connected to/],
    ] as const) {
      for (const engine of ["PostgreSQL", "MySQL", "oracle"]) {
        const outcome = await check(room, {
          SourceEndpointEngineName: engine,
          SourceEndpointIP: host,
          SourceEndpointPort: "5432",
          SourceEndpointUserName: "u",
        });
        expect(outcome.errorMessage).toMatch(reason);
      }
    }
    inTheOpen.close();
  });

  it("may say what it likes: of 20 MB of error text a thousand characters are kept, the password in none", async () => {
    const source = createServer((socket) => {
      // No TLS.
      socket.once("data", () => {
        socket.write("N");
        socket.once("data", refuse);
      });
      const refuse = () => {
        // A PostgreSQL error: fields of a letter and a text each, with the password across the place of the cut.
        const text = `M${"x".repeat(970)}${SECRET.repeat(10)}${"y".repeat(20_000_000)}\0`;
        const body = Buffer.from(`SFATAL\0C28000\0${text}\0`);
        const head = Buffer.alloc(5);
        head.write("E");
        head.writeInt32BE(body.length + 4, 1);
        socket.end(Buffer.concat([head, body]));
      };
      socket.on("error", () => undefined);
    });
    await new Promise<void>((resolve) => source.listen(0, "127.0.0.1", resolve));
    const room = openRoom();
    const outcome = await check(room, {
      SourceEndpointEngineName: "PostgreSQL",
      SourceEndpointIP: "127.0.0.1",
      SourceEndpointPort: String((source.address() as AddressInfo).port),
      SourceEndpointUserName: "u",
      SourceEndpointPassword: SECRET,
    });
    expect(outcome.status).toBe("PrecheckFailed");
    expect(outcome.errorMessage).toMatch(/Cannot log in at .*xxx/);
    expect(outcome.errorMessage?.length).toBeLessThan(1_200);
    expect(outcome.errorMessage).not.toContain(SECRET.slice(0, 5));
    const held = room.kernel.store.all<Record<string, unknown>>("SELECT * FROM dts_jobs");
    expect(JSON.stringify(held, (_, value) => (typeof value === "bigint" ? "" : value)).length).toBeLessThan(
      20_000,
    );
    room.close();
    await new Promise((resolve) => source.close(resolve));
  });

  it("passes as declared only when it is an instance id that the settings do not map", async () => {
    const room = openRoom();
    const outcome = await check(room, {
      SourceEndpointInstanceType: "RDS",
      SourceEndpointInstanceID: "rm-unmapped",
    });
    expect(outcome.status).toBe("Normal");
    expect(outcome.items).toHaveLength(1);
    expect(outcome.items[0]?.CheckItemDescription).toMatch(
      /Declared only: no address is known for rm-unmapped/,
    );
    room.close();
  });
});

describe("MariaDB", () => {
  const test = needs(mariadb);
  let folder: string;
  let server: RunningMariadb | undefined;
  let room: RoomBench;

  beforeAll(async () => {
    room = openRoom();
    folder = mkdtempSync(join(tmpdir(), "precheck-test-"));
    if (!mariadb.available) return;
    server = await startMariadb({
      dataDir: join(folder, "data"),
      user: "owner",
      password: SECRET,
      database: "shop",
      keep: false,
    });
    await server.run(`CREATE USER tracker@'%' IDENTIFIED BY '${SECRET}'`);
    await server.run("GRANT SELECT ON shop.* TO tracker@'%'");
    await server.run(`CREATE USER replica@'%' IDENTIFIED BY '${SECRET}'`);
    await server.run("GRANT SELECT, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO replica@'%'");
  });
  afterAll(async () => {
    room.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const source = (more: Record<string, string> = {}) => ({
    SourceEndpointEngineName: "MySQL",
    SourceEndpointIP: "127.0.0.1",
    SourceEndpointPort: String(server?.port),
    SourceEndpointUserName: "replica",
    SourceEndpointPassword: SECRET,
    ...more,
  });

  test("passes a source that is ready, and names what is wrong with others", async () => {
    const ready = await check(room, source());
    expect(ready.status).toBe("Normal");
    expect(ready.items.map((item) => item.CheckItem)).toEqual([
      "CHECK_CONN_SRC",
      "CHECK_DATABASE_SRC",
      "CHECK_BINLOG_MODE_SRC",
      "CHECK_BINLOG_ROW_IMAGE_SRC",
      "CHECK_PRIVILEGE_SRC",
    ]);
    expect((await check(room, source({ SourceEndpointPassword: "wrong-one" }))).errorMessage).toMatch(
      /CHECK_CONN_SRC: .*Access denied for user 'replica'/,
    );
    expect((await check(room, source({ SourceEndpointDatabaseName: "nowhere" }))).errorMessage).toMatch(
      /CHECK_DATABASE_SRC: The database "nowhere" does not exist/,
    );
    expect((await check(room, source({ SourceEndpointUserName: "tracker" }))).errorMessage).toMatch(
      /CHECK_PRIVILEGE_SRC: The account tracker lacks REPLICATION SLAVE and REPLICATION CLIENT/,
    );
    await server?.run("GRANT REPLICATION SLAVE ON *.* TO tracker@'%'");
    expect((await check(room, source({ SourceEndpointUserName: "tracker" }))).errorMessage).toMatch(
      /tracker lacks REPLICATION CLIENT\. Run: GRANT .* TO 'tracker'@'%'/,
    );
    await server?.run("SET GLOBAL binlog_row_image = 'MINIMAL'");
    expect((await check(room, source())).errorMessage).toMatch(
      /CHECK_BINLOG_ROW_IMAGE_SRC: binlog_row_image is MINIMAL/,
    );
    await server?.run("SET GLOBAL binlog_format = 'STATEMENT'");
    expect((await check(room, source())).errorMessage).toMatch(
      /CHECK_BINLOG_MODE_SRC: .*binlog_format is STATEMENT.*Run: SET GLOBAL binlog_format/,
    );
  });
});
