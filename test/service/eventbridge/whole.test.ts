/* The real rooms together: a group of change tracking, a topic of RocketMQ 5.x, and the task between them. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { startService, type TestService } from "../../support/service.ts";
import { callerOf as dtsCallerOf } from "../dts/support/clients.ts";
import { groupOf, runningInstance as runningTracking } from "../dts/support/service.ts";
import { popCore, runningInstance } from "../rocketmq/support/service.ts";
import { type Caller, callerOf, read, started, stream, withSink } from "./support/service.ts";

let service: TestService;
let call: Caller;
beforeAll(async () => {
  service = await startService({ settings: { waitScale: 0 } });
  call = callerOf("openapi-client V3", service);
});
afterAll(() => service.stop());

it("starts between real instances, notices a new password, and is mended by an update", async () => {
  const dts = dtsCallerOf("openapi-client V3", service.url);
  const { instanceId: tracking } = await runningTracking(dts);
  const wanted = groupOf(tracking);
  const { ConsumerGroupID: groupId } = await dts("CreateConsumerChannel", wanted);
  const roa = popCore(service);
  const queue = await runningInstance(roa);
  await roa("POST", `/instances/${queue}/topics/orders`, { body: { messageType: "NORMAL" } });

  const source = (Password: string) => ({
    SourceDTSParameters: {
      TaskId: tracking,
      Sid: String(groupId),
      Username: wanted.ConsumerGroupUserName,
      Password,
      InitCheckPoint: String(Math.floor(Date.now() / 1000) + 5),
    },
  });
  const Sink = withSink({ InstanceId: { Form: "CONSTANT", Value: queue } });
  const wrong = stream("real", { Source: source("Pass-word-9"), Sink });
  // The offset lies beyond what has been tracked.
  await expect(call("CreateEventStreaming", wrong)).rejects.toThrow("[MQ-4]");
  const fitting = (Password: string) => {
    const { InitCheckPoint: _, ...rest } = source(Password).SourceDTSParameters;
    return stream("real", { Source: { SourceDTSParameters: rest }, Sink });
  };
  await call("CreateEventStreaming", fitting("Pass-word-9"));
  expect(await started(call, "real")).toMatchObject({ Status: "RUNNING", DetailedStatus: {} });

  await call("PauseEventStreaming", { EventStreamingName: "real" });
  await dts("ModifyConsumerChannel", {
    ...wanted,
    ConsumerGroupId: String(groupId),
    ConsumerGroupPassword: "New-word-10",
  });
  expect((await started(call, "real")).DetailedStatus.Extensions?.ErrorMessage).toContain(
    'Username and Password are not those of the consumer group "billing"',
  );
  await call("UpdateEventStreaming", fitting("New-word-10"));
  expect((await started(call, "real")).Status).toBe("RUNNING");

  await dts("DeleteConsumerChannel", { DtsInstanceId: tracking, ConsumerGroupId: String(groupId) });
  await call("UpdateEventStreaming", fitting("New-word-10"));
  expect(await read(call, "real")).toMatchObject({
    Status: "RUNNING_FAILED",
    DetailedStatus: { Extensions: { ErrorMessage: expect.stringContaining("names no consumer group") } },
  });
});
