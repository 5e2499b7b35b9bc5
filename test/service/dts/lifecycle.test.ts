import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { openRoom, type RoomBench } from "./support/room.ts";
import { until } from "./support/wait.ts";

const benches: RoomBench[] = [];
afterEach(() => {
  for (const bench of benches.splice(0)) bench.close();
});

function bench(options: Parameters<typeof openRoom>[0] = {}): RoomBench {
  const opened = openRoom(options);
  benches.push(opened);
  return opened;
}

const source = { SourceEndpointInstanceType: "RDS", SourceEndpointInstanceID: "rm-1" };

async function configured(room: RoomBench, more: Record<string, unknown> = source): Promise<string> {
  const { JobId } = await room.call("CreateDtsInstance", { Type: "SUBSCRIBE", PayType: "PostPaid" });
  await room.call("ConfigureSubscription", {
    DtsJobId: JobId,
    DtsJobName: "orders",
    DbList: '{"shop":{"name":"shop","all":true}}',
    SubscriptionInstanceNetworkType: "classic",
    ...more,
  });
  return String(JobId);
}

/** A source that accepts connections and never says a word. */
async function silentServer() {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    source: {
      SourceEndpointInstanceType: "LocalInstance",
      SourceEndpointEngineName: "PostgreSQL",
      SourceEndpointIP: "127.0.0.1",
      SourceEndpointPort: String((server.address() as AddressInfo).port),
      SourceEndpointUserName: "u",
      SourceEndpointPassword: "p",
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

const detail = (room: RoomBench, DtsJobId: string) => room.call("DescribeDtsJobDetail", { DtsJobId });
const statusIs = (room: RoomBench, jobId: string, status: string) =>
  until(
    () => detail(room, jobId),
    (answer) => answer.Status === status,
  );

describe("states", () => {
  it("go from NotConfigured over NotStarted and Prechecking to Normal", async () => {
    const room = bench();
    const { JobId } = await room.call("CreateDtsInstance", { Type: "SUBSCRIBE", PayType: "PostPaid" });
    expect(await detail(room, String(JobId))).toMatchObject({ Status: "NotConfigured" });
    const jobId = await configured(room);
    expect(await detail(room, jobId)).toMatchObject({ Status: "NotStarted" });
    await room.call("StartDtsJob", { DtsJobId: jobId });
    await statusIs(room, jobId, "Normal");
    const passed = room.log.flatMap((line) => {
      const entry = JSON.parse(line) as { event: string; jobId: string; to: string };
      return entry.event === "dts.job" && entry.jobId === jobId ? [entry.to] : [];
    });
    expect(passed).toEqual(["NotStarted", "Prechecking", "Starting", "Normal"]);
  });

  it("suspend to Abnormal and resume without a second precheck", async () => {
    const room = bench();
    const jobId = await configured(room);
    await room.call("StartDtsJob", { DtsJobId: jobId });
    await statusIs(room, jobId, "Normal");
    await room.call("SuspendDtsJob", { DtsJobId: jobId });
    expect(await detail(room, jobId)).toMatchObject({ Status: "Abnormal" });
    await room.call("StartDtsJob", { DtsJobId: jobId });
    expect(await detail(room, jobId)).toMatchObject({ Status: "Starting" });
    await statusIs(room, jobId, "Normal");
  });

  it("modify: a running task is Modifying, then Normal", async () => {
    const room = bench();
    const jobId = await configured(room);
    await room.call("StartDtsJob", { DtsJobId: jobId });
    await statusIs(room, jobId, "Normal");
    const DbList = '{"shop":{"name":"shop","all":false,"Table":{"t":{"name":"t","all":true}}}}';
    await room.call("ModifySubscription", { DtsJobId: jobId, DbList, SubscriptionDataTypeDDL: "false" });
    expect(await detail(room, jobId)).toMatchObject({ Status: "Modifying" });
    await expect(room.call("SuspendDtsJob", { DtsJobId: jobId })).rejects.toMatchObject({
      code: "OperationDenied.JobStatusModifying",
    });
    expect(await statusIs(room, jobId, "Normal")).toMatchObject({
      DbObject: DbList,
      SubscriptionDataType: { Ddl: false, Dml: true },
    });
  });

  it("refuse what they do not allow, and repeat without harm what has been done", async () => {
    const room = bench();
    const { JobId } = await room.call("CreateDtsInstance", { Type: "SUBSCRIBE", PayType: "PostPaid" });
    for (const action of ["StartDtsJob", "SuspendDtsJob", "StopDtsJob"]) {
      await expect(room.call(action, { DtsJobId: JobId })).rejects.toMatchObject({
        code: "OperationDenied.JobStatus",
      });
    }
    await room.call("ResetDtsJob", { DtsJobId: JobId });
    const jobId = await configured(room);
    await room.call("StartDtsJob", { DtsJobId: jobId });
    await room.call("StartDtsJob", { DtsJobId: jobId });
    await statusIs(room, jobId, "Normal");
    await room.call("StartDtsJob", { DtsJobId: jobId });
    expect(await detail(room, jobId)).toMatchObject({ Status: "Normal" });
    await room.call("StopDtsJob", { DtsJobId: jobId });
    await room.call("StopDtsJob", { DtsJobId: jobId });
    expect(await detail(room, jobId)).toMatchObject({ Status: "Finished", FinishTime: expect.any(String) });
    await expect(room.call("StartDtsJob", { DtsJobId: jobId })).rejects.toMatchObject({
      code: "OperationDenied.JobStatus",
    });
  });

  it("reset takes configuration and groups away and keeps the ids", async () => {
    const room = bench();
    const jobId = await configured(room);
    await room.call("StartDtsJob", { DtsJobId: jobId });
    await statusIs(room, jobId, "Normal");
    const group = { ConsumerGroupName: "g", ConsumerGroupUserName: "u", ConsumerGroupPassword: "Secret12" };
    await room.call("CreateConsumerChannel", { DtsJobId: jobId, ...group });
    await room.call("ResetDtsJob", { DtsJobId: jobId });
    expect(await detail(room, jobId)).toMatchObject({
      Status: "NotConfigured",
      DbObject: "{}",
      Reserved: "{}",
      SubscribeTopic: "",
    });
    expect(await detail(room, jobId)).not.toHaveProperty("BeginTimestamp");
    expect(await room.call("DescribeConsumerChannel", { DtsJobId: jobId })).toMatchObject({
      TotalRecordCount: 0,
    });
  });

  it("starts by itself when the reserved parameters say so", async () => {
    const room = bench();
    const jobId = await configured(room, { ...source, Reserve: '{"autoStartModulesAfterConfig":"auto"}' });
    await statusIs(room, jobId, "Normal");
  });
});

describe("a crash", () => {
  it.each(["Starting", "Modifying"])("in %s is taken up again", async (status) => {
    // A long wait scale holds the job in its state until the crash.
    const room = bench({ waitScale: 1_000 });
    const jobId = await configured(room);
    await room.call("StartDtsJob", { DtsJobId: jobId });
    await statusIs(room, jobId, "Starting");
    if (status === "Modifying") {
      room.clock.move(3_600_000);
      await statusIs(room, jobId, "Normal");
      await room.call("ModifySubscription", { DtsJobId: jobId, SubscriptionDataTypeDDL: "false" });
    }
    room.crash();
    expect(room.kernel.store.get("SELECT status FROM dts_jobs WHERE job_id = ?", jobId)).toEqual({ status });
    room.reopen();
    room.clock.move(7_200_000);
    await statusIs(room, jobId, "Normal");
  });

  it("in Prechecking is taken up again", async () => {
    const silent = await silentServer();
    const room = bench();
    const jobId = await configured(room, silent.source);
    await room.call("StartDtsJob", { DtsJobId: jobId });
    room.crash();
    silent.close();
    expect(await detail(room, jobId)).toMatchObject({ Status: "Prechecking" });
    room.reopen();
    await statusIs(room, jobId, "PrecheckFailed");
  });

  it("of a reset job lets no late precheck touch it", async () => {
    const silent = await silentServer();
    const room = bench();
    const jobId = await configured(room, silent.source);
    await room.call("StartDtsJob", { DtsJobId: jobId });
    await room.call("ResetDtsJob", { DtsJobId: jobId });
    const again = await configured(room, silent.source);
    await room.call("StartDtsJob", { DtsJobId: again });
    // The second one's precheck has run into its bound, so the first one's has too.
    const failed = await statusIs(room, again, "PrecheckFailed");
    expect(failed.ErrorMessage).toMatch(/CHECK_CONN_SRC: No answer from 127\.0\.0\.1/);
    expect(await detail(room, jobId)).toMatchObject({ Status: "NotConfigured" });
    silent.close();
  });
});

describe("the data range", () => {
  it("begins when the task first ran, or where it was asked to start, and stands still while suspended", async () => {
    const room = bench();
    const jobId = await configured(room);
    expect(await detail(room, jobId)).not.toHaveProperty("BeginTimestamp");
    await room.call("StartDtsJob", { DtsJobId: jobId });
    const first = await statusIs(room, jobId, "Normal");
    room.clock.move(60_000);
    const later = await detail(room, jobId);
    expect(later.BeginTimestamp).toBe(first.BeginTimestamp);
    expect(
      Date.parse(String(later.EndTimestamp)) - Date.parse(String(first.EndTimestamp)),
    ).toBeGreaterThanOrEqual(59_000);
    await room.call("SuspendDtsJob", { DtsJobId: jobId });
    const stopped = await detail(room, jobId);
    room.clock.move(120_000);
    expect((await detail(room, jobId)).EndTimestamp).toBe(stopped.EndTimestamp);

    const asked = await configured(room, { ...source, Checkpoint: "1616902385" });
    await room.call("StartDtsJob", { DtsJobId: asked });
    expect(await statusIs(room, asked, "Normal")).toMatchObject({
      BeginTimestamp: "2021-03-28T03:33:05Z",
      Checkpoint: 1616902385,
    });
  });

  it("bounds ModifyConsumptionTimestamp", async () => {
    const room = bench();
    const jobId = await configured(room, { ...source, Checkpoint: "1616902385" });
    const set = (ConsumptionTimestamp: string) =>
      room.call("ModifyConsumptionTimestamp", {
        SubscriptionInstanceId: `dts${jobId}`,
        ConsumptionTimestamp,
      });
    await expect(set("2021-03-28T03:33:05Z")).rejects.toMatchObject({ code: "InvalidConsumptionTimestamp" });
    await room.call("StartDtsJob", { DtsJobId: jobId });
    await statusIs(room, jobId, "Normal");
    await expect(set("2021-03-28T03:33:04Z")).rejects.toMatchObject({ code: "InvalidConsumptionTimestamp" });
    await expect(set("yesterday")).rejects.toMatchObject({ code: "InvalidConsumptionTimestamp" });
    expect(await detail(room, jobId)).not.toHaveProperty("ConsumptionCheckpoint");
    await set("2021-03-28T03:33:05Z");
    expect(await detail(room, jobId)).toMatchObject({ ConsumptionCheckpoint: "2021-03-28T03:33:05Z" });
  });
});
