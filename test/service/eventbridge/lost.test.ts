/* Why: a stream whose group or topic was deleted went on as RUNNING, and nobody learned that nothing arrives. */
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { startService, type TestService } from "../../support/service.ts";
import { type Caller as DtsCaller, callerOf as dtsCallerOf } from "../dts/support/clients.ts";
import { groupOf, PASSWORD, runningInstance as runningTracking } from "../dts/support/service.ts";
import { until } from "../dts/support/wait.ts";
import { popCore, type Roa, runningInstance } from "../rocketmq/support/service.ts";
import { type Caller, callerOf, read, started, stream, withSink } from "./support/service.ts";

let service: TestService;
let call: Caller;
let dts: DtsCaller;
let roa: Roa;
let tracking: string;
let groupId: string;
let queue: string;
beforeAll(async () => {
  service = await startService({ settings: { waitScale: 0 } });
  call = callerOf("openapi-client V3", service);
  dts = dtsCallerOf("openapi-client V3", service.url);
  roa = popCore(service);
});
afterAll(() => service.stop());

const topic = (name: string) => `/instances/${queue}/topics/${name}`;
const makeTopic = (name: string) => roa("POST", topic(name), { body: { messageType: "NORMAL" } });

/** A stream that runs between things of its own, with a dead-letter topic. */
beforeEach(async () => {
  await service.admin("POST", "reset");
  tracking = (await runningTracking(dts)).instanceId;
  const wanted = groupOf(tracking);
  groupId = String((await dts("CreateConsumerChannel", wanted)).ConsumerGroupID);
  queue = await runningInstance(roa);
  for (const name of ["orders", "dead", "spare"]) await makeTopic(name);
  const SourceDTSParameters = {
    TaskId: tracking,
    Sid: groupId,
    Username: wanted.ConsumerGroupUserName,
    Password: PASSWORD,
  };
  const Sink = withSink({ InstanceId: { Form: "CONSTANT", Value: queue } });
  const RunOptions = { DeadLetterQueue: { Arn: `acs:mq:cn-hangzhou:1:/instances/${queue}/topic/dead` } };
  await call("CreateEventStreaming", stream("s", { Source: { SourceDTSParameters }, Sink, RunOptions }));
  expect((await started(call, "s")).Status).toBe("RUNNING");
});

const failed = async (reason: string) => {
  const seen = await until(
    () => read(call, "s"),
    (one) => one.Status === "RUNNING_FAILED",
  );
  expect(seen.DetailedStatus.Extensions).toMatchObject({
    ErrorCode: "RUNNING_FAILED",
    ErrorMessage: expect.stringContaining(reason),
  });
};
const job = () => ({ DtsInstanceId: tracking });

it("fails with its reason when its group is deleted", async () => {
  await dts("DeleteConsumerChannel", { ...job(), ConsumerGroupId: groupId });
  await failed("Sid names no consumer group any more");
});

it.each(["DeleteDtsJob", "ResetDtsJob"])("fails when its source goes by %s", async (action) => {
  await dts(action, job());
  await failed("Sid names no consumer group any more");
});

it("fails when its source has ended for good, and not while it is suspended or modified", async () => {
  await dts("SuspendDtsJob", job());
  await roa("DELETE", topic("spare"));
  expect((await read(call, "s")).Status).toBe("RUNNING");
  await dts("StopDtsJob", job());
  await failed("has ended (Finished)");
});

it("fails when its topic is deleted, and runs again when it is back and started", async () => {
  await roa("DELETE", topic("orders"));
  await failed("Topic names no topic of");
  await makeTopic("orders");
  expect((await read(call, "s")).Status).toBe("RUNNING_FAILED");
  expect(await started(call, "s")).toMatchObject({ Status: "RUNNING", DetailedStatus: {} });
});

it("runs again by itself when its topic is back", async () => {
  await roa("DELETE", topic("orders"));
  await failed("Topic names no topic of");
  await makeTopic("orders");
  await expect.poll(async () => (await read(call, "s")).Status, { timeout: 10_000 }).toBe("RUNNING");
});

it("fails when its dead-letter topic or its queue's instance is deleted", async () => {
  await roa("DELETE", topic("dead"));
  await failed("DeadLetterQueue.Arn: Topic names no topic");
  await makeTopic("dead");
  await started(call, "s");
  await roa("DELETE", `/instances/${queue}`);
  await failed("InstanceId names no RocketMQ instance any more");
});

it("is told of what went while the service was closed", async () => {
  const snapshot = (await service.admin("GET", "snapshot")) as {
    rooms: { rocketmq: { tables: Record<string, { rows: unknown[] }> } };
  };
  const topics = snapshot.rooms.rocketmq.tables.rocketmq_topics;
  if (topics) topics.rows = [];
  await service.admin("POST", "restore", snapshot);
  await failed("Topic names no topic of");
});
