import { afterEach, describe, expect, it } from "vitest";
import { OFFSETS_OF_A_LOG } from "../../../service/dts/engine/begin-capture.ts";
import { lifecycleOf } from "../../../service/dts/engine/lifecycle.ts";
import { dataReport } from "../../../service/dts/engine/plane/report.ts";
import { dtsStore } from "../../../service/dts/store.ts";
import { FakeThreads } from "./support/fake-threads.ts";
import { openRoom, type RoomBench } from "./support/room.ts";
import { groupOf, PASSWORD } from "./support/service.ts";
import { until } from "./support/wait.ts";

/* The states of a job whose source is captured, over a source and a listener that do what the test says. */

const rooms: RoomBench[] = [];
afterEach(() => {
  for (const room of rooms.splice(0)) room.close();
});

function bench(options: Parameters<typeof openRoom>[0] = {}) {
  const threads = new FakeThreads();
  const room = openRoom(options, threads.spawn);
  rooms.push(room);
  return { threads, source: threads.source, room };
}

/** Configured, and started behind the precheck, which would connect. */
async function starting(room: RoomBench, more: Record<string, unknown> = {}): Promise<string> {
  const { JobId } = await room.call("CreateDtsInstance", { Type: "SUBSCRIBE", PayType: "PostPaid" });
  await configure(room, String(JobId), more);
  enter(room, String(JobId));
  return String(JobId);
}

const configure = (room: RoomBench, DtsJobId: string, more: Record<string, unknown> = {}) =>
  room.call("ConfigureSubscription", {
    DtsJobId,
    DtsJobName: "orders",
    DbList: '{"shop":{"name":"shop","all":true}}',
    SubscriptionInstanceNetworkType: "classic",
    SourceEndpointEngineName: "PostgreSQL",
    SourceEndpointInstanceType: "LocalInstance",
    SourceEndpointIP: "127.0.0.1",
    SourceEndpointPort: "5432",
    SourceEndpointDatabaseName: "shop",
    SourceEndpointUserName: "reader",
    SourceEndpointPassword: "source-Secret-1",
    ...more,
  });

function enter({ kernel }: RoomBench, jobId: string): void {
  const job = dtsStore(kernel.store).job(jobId);
  if (job) lifecycleOf(kernel).enter(job, "Starting");
}

const detail = (room: RoomBench, DtsJobId: string) => room.call("DescribeDtsJobDetail", { DtsJobId });
const statusIs = (room: RoomBench, jobId: string, status: string) =>
  until(
    () => detail(room, jobId),
    (answer) => answer.Status === status,
  );
const log = (room: RoomBench, text: string) => room.log.filter((line) => line.includes(text));

async function running(options?: Parameters<typeof openRoom>[0]) {
  const all = bench(options);
  const jobId = await starting(all.room);
  await statusIs(all.room, jobId, "Normal");
  return { ...all, jobId };
}

async function groupFor(room: RoomBench, jobId: string, more: object = {}): Promise<string> {
  const { ConsumerGroupID } = await room.call("CreateConsumerChannel", groupOf(`dts${jobId}`, { ...more }));
  return String(ConsumerGroupID);
}

describe("a job that is captured", () => {
  it("starts threads, is Normal when its source is read, and gives the address that answers", async () => {
    const { threads, source, room } = bench();
    expect(threads.started).toEqual([]);
    source.notes = ["DDL is not tracked: rights are missing"];
    const jobId = await starting(room);
    const normal = await statusIs(room, jobId, "Normal");
    expect(threads.started).toEqual(["log", "capture"]);
    expect(log(room, "DDL is not tracked: rights are missing")[0]).toContain("dts.note");
    expect(normal.SubscriptionHost).toMatchObject({
      PublicHost: "127.0.0.1:4711",
      VpcHost: "127.0.0.1:4711",
    });
    expect(source.jobs[0]).toMatchObject({
      user: "reader",
      password: "source-Secret-1",
      database: "shop",
      ddl: true,
    });
    expect(source.jobs[0]?.objects.hasTable("shop", "public", "orders")).toBe(true);
    // Not now, which is where the range ends as long as nothing is known of the log.
    const seconds = Math.floor(Date.now() / 1000) + 100;
    source.commit(seconds);
    const read = await until(
      () => detail(room, jobId),
      ({ EndTimestamp }) => Date.parse(String(EndTimestamp)) === seconds * 1000,
    );
    expect(Date.parse(String(read.BeginTimestamp))).toBe(1_000);
  });

  it("gives both addresses where clients come two ways", async () => {
    const { room } = bench({
      kafka: {
        host: undefined,
        port: 18_001,
        advertised: "tracking:18001",
        public: { port: 18_002, advertised: "localhost:18002" },
      },
    });
    const normal = await statusIs(room, await starting(room), "Normal");
    expect(normal.SubscriptionHost).toMatchObject({
      PublicHost: "localhost:18002",
      VpcHost: "tracking:18001",
      PrivateHost: "tracking:18001",
    });
  });

  it("whose source refuses is PrecheckFailed with the reason among the items, and may be started again", async () => {
    const { source, room } = bench();
    source.fail("prepare", "REFUSED", "there is no free replication slot");
    const jobId = await starting(room);
    const failed = await statusIs(room, jobId, "PrecheckFailed");
    expect(failed.ErrorMessage).toBe("there is no free replication slot");
    const list = await room.call("DescribeDtsJobs", { JobType: "SUBSCRIBE" });
    expect(JSON.stringify(list.DtsJobList)).toContain("CHECK_CAPTURE_SRC");
    source.trouble = {};
    enter(room, jobId);
    await statusIs(room, jobId, "Normal");
  });

  it("whose source is lost is Abnormal with the reason, and Normal again by itself", async () => {
    const { source, room, jobId } = await running();
    source.fail("read", "SOURCE_LOST", "the connection broke");
    expect(await statusIs(room, jobId, "Abnormal")).toMatchObject({ ErrorMessage: "the connection broke" });
    expect(log(room, "the connection broke")[0]).toMatch(/dts.job.*"to":"Abnormal"/);
    source.trouble = {};
    expect(await statusIs(room, jobId, "Normal")).not.toHaveProperty("ErrorMessage");
  });

  it("whose position is gone stays Abnormal, and a reset begins anew under another name", async () => {
    const { source, room, jobId } = await running();
    const [first] = source.jobs;
    source.fail("read", "POSITION_LOST", "the slot is gone; changes from 12:00 on are missing");
    const lost = await statusIs(room, jobId, "Abnormal");
    expect(lost.ErrorMessage).toContain("the slot is gone");
    source.trouble = {};
    await room.call("ResetDtsJob", { DtsJobId: jobId });
    await until(
      () => source.cleaned,
      (cleaned) => cleaned.length === 1,
    );
    expect(source.cleaned).toEqual([first?.jobId]);
    await configure(room, jobId);
    enter(room, jobId);
    await statusIs(room, jobId, "Normal");
    expect(source.jobs.at(-1)?.jobId).not.toBe(first?.jobId);
  });

  it("that is suspended is not read, stays readable, and does not come back by itself", async () => {
    const { source, threads, room, jobId } = await running();
    await room.call("SuspendDtsJob", { DtsJobId: jobId });
    await until(
      () => source.reading,
      (reading) => reading === 0,
    );
    const { SubscribeTopic } = await detail(room, jobId);
    expect(threads.backend?.topic(String(SubscribeTopic))).toBeDefined();
    expect(await detail(room, jobId)).toMatchObject({ Status: "Abnormal" });
    await room.call("StartDtsJob", { DtsJobId: jobId });
    await statusIs(room, jobId, "Normal");
    expect(source.reading).toBe(1);
  });

  it("that is Abnormal by itself can be suspended", async () => {
    const { source, room, jobId } = await running();
    source.fail("read", "SOURCE_LOST", "the connection broke");
    await statusIs(room, jobId, "Abnormal");
    await room.call("SuspendDtsJob", { DtsJobId: jobId });
    expect(await detail(room, jobId)).not.toHaveProperty("ErrorMessage");
    source.trouble = {};
    const attempts = source.jobs.length;
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect([source.jobs.length, source.reading]).toEqual([attempts, 0]);
  });

  it("reads on with changed objects and with a changed password", async () => {
    const { source, room, jobId } = await running();
    const DbList = '{"shop":{"name":"shop","all":false,"Table":{"orders":{"name":"orders","all":true}}}}';
    await room.call("ModifySubscription", { DtsJobId: jobId, DbList });
    expect(await detail(room, jobId)).toMatchObject({ Status: "Modifying" });
    await statusIs(room, jobId, "Normal");
    const { objects } = source.jobs.at(-1) ?? {};
    expect(objects?.hasTable("shop", "public", "orders")).toBe(true);
    expect(objects?.hasTable("shop", "public", "items")).toBe(false);
    await room.call("ModifyDtsJobPassword", {
      DtsJobId: jobId,
      Endpoint: "src",
      UserName: "reader",
      Password: "source-Secret-2",
    });
    await until(
      () => source.jobs.at(-1)?.password,
      (password) => password === "source-Secret-2",
    );
    await until(
      () => source.reading,
      (reading) => reading === 1,
    );
  });

  it("that is stopped has nothing in the source any more, and its log until it is deleted", async () => {
    const { source, threads, room, jobId } = await running();
    await room.call("StopDtsJob", { DtsJobId: jobId });
    await until(
      () => source.cleaned,
      (cleaned) => cleaned.length === 1,
    );
    expect(await threads.logs.list()).toHaveLength(1);
    await room.call("DeleteDtsJob", { DtsJobId: jobId });
    await until(
      () => threads.logs.list(),
      (names) => names.length === 0,
    );
  });
});

describe("where a capture stands", () => {
  const listed = async (room: RoomBench, DtsJobId: string) => {
    const list = await room.call("DescribeDtsJobs", { JobType: "SUBSCRIBE", DtsJobId });
    return (list.DtsJobList as [Record<string, unknown>])[0];
  };
  const standsAt = (room: RoomBench, jobId: string, lsn: string) =>
    until(
      () => detail(room, jobId),
      ({ BinlogSite }) => BinlogSite === lsn,
    );

  it("is told in the source's words, with the delay: ms in the detail, seconds in the list", async () => {
    const { source, room, jobId } = await running();
    const before = Math.floor(Date.now() / 1000) - 5;
    source.commit(before - 1);
    source.commit(before);
    const read = await standsAt(room, jobId, "0/2");
    expect(read.Delay).toBeGreaterThanOrEqual(5_000);
    expect(read.Delay).toBeLessThan(60_000);
    room.clock.move(3_600_000);
    const later = Number((await detail(room, jobId)).Delay);
    expect(later).toBeGreaterThanOrEqual(3_605_000);
    const line = await listed(room, jobId);
    expect(line.Delay).toBeGreaterThanOrEqual(Math.floor(later / 1000));
    expect(line.Delay).toBeLessThan(3_660);
    expect(line).not.toHaveProperty("BinlogSite");
    const { captures } = dataReport(room.kernel) as { captures: object[] };
    expect(captures).toMatchObject([{ position: "0/2", lagSeconds: expect.any(Number) }]);
  });

  it("has a delay of 0 where the source's clock is ahead", async () => {
    const { source, room, jobId } = await running();
    source.commit(Math.floor(Date.now() / 1000) + 600);
    expect(await standsAt(room, jobId, "0/1")).toMatchObject({ Delay: 0 });
    expect(await listed(room, jobId)).toMatchObject({ Delay: 0 });
  });

  it("has a delay that grows while the source is lost, and none while it is not read", async () => {
    const { source, room, jobId } = await running();
    source.commit();
    await standsAt(room, jobId, "0/1");
    source.fail("read", "SOURCE_LOST", "the connection broke");
    await statusIs(room, jobId, "Abnormal");
    room.clock.move(60_000);
    expect((await detail(room, jobId)).Delay).toBeGreaterThanOrEqual(60_000);
    await room.call("SuspendDtsJob", { DtsJobId: jobId });
    const suspended = await detail(room, jobId);
    expect(suspended).toMatchObject({ BinlogSite: "0/1" });
    expect(suspended).not.toHaveProperty("Delay");
    expect(await listed(room, jobId)).not.toHaveProperty("Delay");
    const { captures } = dataReport(room.kernel) as { captures: object[] };
    expect(captures).toMatchObject([{ position: "0/1" }]);
    expect(captures[0]).not.toHaveProperty("lagSeconds");
  });

  it("is not told of what is not captured, nor after a reset", async () => {
    const { room, jobId } = await running();
    await standsAt(room, jobId, "0/0");
    await room.call("StopDtsJob", { DtsJobId: jobId });
    expect(await detail(room, jobId)).toMatchObject({ BinlogSite: "0/0" });
    const other = await room.call("CreateDtsInstance", { Type: "SUBSCRIBE", PayType: "PostPaid" });
    await configure(room, String(other.JobId), { SourceEndpointEngineName: "Oracle" });
    enter(room, String(other.JobId));
    const declared = await statusIs(room, String(other.JobId), "Normal");
    for (const field of ["BinlogSite", "Delay"]) expect(declared).not.toHaveProperty(field);
    const third = await starting(room);
    await standsAt(room, third, "0/0");
    await room.call("ResetDtsJob", { DtsJobId: third });
    expect(await detail(room, third)).not.toHaveProperty("BinlogSite");
  });
});

describe("a delete", () => {
  it("succeeds without the source, says what is left, and sees to it when the source is back", async () => {
    const { source, threads, room, jobId } = await running();
    source.fail("cleanUp", "SOURCE_LOST", "may still hold the slot x. To remove it, run: drop x");
    await room.call("DeleteDtsJob", { DtsJobId: jobId });
    await until(
      () => log(room, "dts.leftBehind"),
      (lines) => lines.length > 0,
    );
    expect(log(room, "dts.leftBehind")[0]).toContain("To remove it, run: drop x");
    expect(await threads.logs.list()).toEqual([]);
    const status = JSON.stringify(lifecycleOf(room.kernel).plane.cleanups.left());
    expect(status).toContain("may still hold the slot x");
    room.crash();
    source.trouble = {};
    room.clock.move(60_000);
    room.reopen();
    await until(
      () => source.cleaned,
      (cleaned) => cleaned.length === 1,
    );
    await until(
      () => dtsStore(room.kernel.store).cleanups(),
      (left) => left.length === 0,
    );
  });
});

describe("a service that ends", () => {
  it("and keeps nothing leaves nothing in its sources, and tells what it could not remove", async () => {
    const { source, room } = await running({ dataFolder: undefined });
    const captureId = String(source.jobs.at(-1)?.jobId);
    room.crash();
    await until(
      () => source.cleaned,
      (cleaned) => cleaned.includes(captureId),
    );
    const other = await running({ dataFolder: undefined });
    other.source.fail("cleanUp", "SOURCE_LOST", "may still hold the slot x. To remove it, run: drop x");
    other.room.crash();
    await until(
      () => log(other.room, "dts.leftBehind"),
      ([line]) => line?.includes("To remove it, run: drop x") === true,
    );
  });

  it("and keeps its data leaves in its sources what it goes on with", async () => {
    const { source, room, jobId } = await running();
    room.crash();
    room.reopen();
    await statusIs(room, jobId, "Normal");
    expect(source.cleaned).toEqual([]);
  });
});

describe("threads", () => {
  it.each(["log", "capture"] as const)(
    "a %s thread that dies is started again, and captures go on",
    async (kind) => {
      const { source, threads, room, jobId } = await running();
      threads.kill(kind);
      await until(
        () => log(room, '"to":"Abnormal"'),
        (lines) => lines.length === 1,
      );
      await until(
        () => threads.started,
        (started) => started.filter((one) => one === kind).length === 2,
      );
      await statusIs(room, jobId, "Normal");
      const before = (await detail(room, jobId)).EndTimestamp;
      await until(
        () => source.reading,
        (reading) => reading > 0,
      );
      await until(
        () => {
          source.commit(Math.floor(Date.now() / 1000) + 5);
          return detail(room, jobId);
        },
        ({ EndTimestamp }) => EndTimestamp !== before,
      );
      expect(log(room, "dts.threadEnded")[0]).toContain("killed by the test");
    },
  );

  it("a port that is taken is the reason that the job shows, until it is free", async () => {
    const { threads, room } = bench();
    threads.listenFailure = "cannot listen on 127.0.0.1:18001: it is in use";
    const jobId = await starting(room);
    expect(await statusIs(room, jobId, "Abnormal")).toMatchObject({ ErrorMessage: threads.listenFailure });
    threads.listenFailure = undefined;
    await statusIs(room, jobId, "Normal");
  });

  it("a job goes on when the room is opened again, and one whose log is gone says so", async () => {
    const { source, threads, room, jobId } = await running();
    room.crash();
    room.reopen();
    await until(
      () => source.jobs.length,
      (count) => count >= 2,
    );
    await statusIs(room, jobId, "Normal");
    const [first] = source.jobs;
    room.crash();
    await threads.logs.remove(String(first?.jobId));
    room.reopen();
    expect((await statusIs(room, jobId, "Abnormal")).ErrorMessage).toMatch(/log of this task is not there/);
    // At once: the slot would keep what nobody reads for as long as nobody starts the task.
    await until(
      () => source.cleaned,
      (cleaned) => cleaned.includes(String(first?.jobId)),
    );
    await room.call("StartDtsJob", { DtsJobId: jobId });
    await statusIs(room, jobId, "Normal");
    expect(source.jobs.some((one) => one.jobId !== first?.jobId)).toBe(true);
  });
});

describe("groups", () => {
  /* Offsets began with 0 again: a client that went on where it was, or remembered ids, left out what the new log began with. */
  it("of a log that was lost begin with the first record of the new one, which has none of the old one's offsets", async () => {
    const { source, threads, room, jobId } = await running();
    const groupId = await groupFor(room, jobId);
    const other = { ConsumerGroupName: "idle", ConsumerGroupUserName: "idle_1" };
    const idle = await groupFor(room, jobId, other);
    const topic = String((await detail(room, jobId)).SubscribeTopic);
    const served = () => threads.backend?.topic(topic);
    source.commit();
    await until(served, (one) => one?.endOffset === 3);
    await threads.backend?.commit(groupId, topic, { offset: 2, metadata: "1700000000" });
    room.crash();
    await threads.logs.remove(String(source.jobs[0]?.jobId));
    room.reopen();
    await statusIs(room, jobId, "Abnormal");
    await room.call("StartDtsJob", { DtsJobId: jobId });
    await statusIs(room, jobId, "Normal");
    source.commit();
    await until(served, (one) => one?.endOffset === OFFSETS_OF_A_LOG + 3);
    expect(served()?.startOffset).toBe(OFFSETS_OF_A_LOG);
    const committed = () => threads.backend?.committed(groupId, topic);
    expect(await committed()).toEqual({ offset: OFFSETS_OF_A_LOG, metadata: "" });
    expect(await threads.backend?.committed(idle, topic)).toBeUndefined();
    await threads.backend?.commit(groupId, topic, { offset: 3, metadata: "" });
    expect(await committed()).toEqual({ offset: OFFSETS_OF_A_LOG, metadata: "" });
    await threads.backend?.commit(groupId, topic, { offset: OFFSETS_OF_A_LOG + 2, metadata: "" });
    expect(await committed()).toEqual({ offset: OFFSETS_OF_A_LOG + 2, metadata: "" });
  });

  it("log in by account and id, commit durably, and move with ModifyConsumptionTimestamp", async () => {
    const { source, threads, room, jobId } = await running();
    const groupId = await groupFor(room, jobId);
    const { SubscribeTopic } = await detail(room, jobId);
    const topic = String(SubscribeTopic);
    const backend = threads.backend;
    if (!backend) throw new Error("nothing listens");
    expect(await backend.authenticate(`billing_1-${groupId}`, PASSWORD)).toEqual({
      user: `billing_1-${groupId}`,
      groupId,
      topic,
    });
    for (const [user, password] of [
      [`billing_1-${groupId}`, "Wrong-pw-1"],
      [`other-${groupId}`, PASSWORD],
      ["billing_1", PASSWORD],
    ] as const) {
      expect(await backend.authenticate(user, password)).toBeUndefined();
    }
    const seconds = Math.floor(Date.now() / 1000) - 100;
    for (const later of [0, 10, 20]) source.commit(seconds + later);
    await until(
      () => backend.topic(topic)?.endOffset,
      (end) => end === 7,
    );
    await backend.commit(groupId, topic, { offset: 5, metadata: "" });
    expect(await backend.committed(groupId, topic)).toEqual({ offset: 5, metadata: "" });
    backend.observe(groupId, {
      clients: [{ clientId: "c", address: "127.0.0.1:5", connectedAtMs: 1, mode: "SUBSCRIBE" }],
      refused: 1,
    });
    const channel = async () =>
      ((await room.call("DescribeConsumerChannel", { DtsJobId: jobId })).ConsumerChannels as [object])[0];
    await until(channel, (one) => "UnconsumedData" in one && one.UnconsumedData === 2);
    expect(await channel()).toMatchObject({
      MessageDelay: 10,
      ConsumptionCheckpoint: `${new Date((seconds + 10) * 1000).toISOString().slice(0, 19)}Z`,
    });
    await room.call("ModifyConsumptionTimestamp", {
      SubscriptionInstanceId: `dts${jobId}`,
      ConsumptionTimestamp: `${new Date((seconds + 20) * 1000).toISOString().slice(0, 19)}Z`,
    });
    expect(await backend.committed(groupId, topic)).toEqual({ offset: 5, metadata: String(seconds + 20) });
    await room.call("DeleteConsumerChannel", { DtsJobId: jobId, ConsumerGroupId: groupId });
    await until(
      () => threads.disconnected,
      (groups) => groups.includes(groupId),
    );
    expect(await backend.authenticate(`billing_1-${groupId}`, PASSWORD)).toBeUndefined();
    expect(await backend.committed(groupId, topic)).toBeUndefined();
    const { consumption } = lifecycleOf(room.kernel).plane;
    const other = await groupFor(room, jobId);
    for (const one of [groupId, other]) backend.observe(one, { clients: [], refused: 2 });
    await until(
      () => consumption.sessionOf(other)?.refused,
      (refused) => refused === 2,
    );
    expect(consumption.sessionOf(groupId)).toBeUndefined();
  });
});
