import { afterAll, beforeAll, expect, it } from "vitest";
import { findAll } from "../../../provider/export/found.ts";
import { createStream } from "../../../provider/runtime/api/stream-definition.ts";
import { startService, type TestService } from "../../support/service.ts";
import { cmsByHand } from "../support/alerts.ts";
import { runOn } from "../support/groups.ts";
import { inflowGround, tasksByHand } from "../support/inflow.ts";

/* An account holds streams and alert rules of everybody: what no definition can say is left out and told. */

let service: TestService;
beforeAll(async () => {
  const rooms = { cms: { otherNamespaces: ["acs_ecs_dashboard"] } };
  service = await startService({ settings: { rooms } });
});
afterAll(() => service?.stop());

it("streams from elsewhere and rules of other products are left out", async () => {
  const ground = await inflowGround(service);
  const tasks = tasksByHand(service);
  await tasks.run("to-queue", ground);
  const part = (Value: string) => ({ Form: "CONSTANT", Value });
  await createStream(tasks.api, {
    EventStreamingName: "from-a-queue",
    Description: "",
    FilterPattern: "{}",
    Source: { SourceMNSParameters: { QueueName: "q", RegionId: "cn-hangzhou", IsBase64Decode: true } },
    Sink: {
      SinkRocketMQParameters: {
        InstanceId: part(ground.queue),
        Topic: part("orders"),
        Body: { Form: "ORIGINAL" },
      },
    },
    RunOptions: {},
    Transforms: [],
  } as unknown as Parameters<typeof createStream>[1]);
  const cms = cmsByHand(service);
  await cms.contacts("on-call");
  await cms.put("lag", { Resources: `[{"instanceId":"${ground.queue}","groupId":"GID_billing"}]` });
  await cms.put("cpu", { Namespace: "acs_ecs_dashboard", MetricName: "CPUUtilization" });

  const { tasks: found, alerts, leftOut } = await findAll(runOn(service), "cn-hangzhou");
  expect([found.map(({ id }) => id), alerts.map(({ id }) => id)]).toEqual([["to-queue"], ["lag"]]);
  expect(leftOut).toEqual([
    "the event stream from-a-queue is no inflow task from change tracking to RocketMQ",
    "1 alert rule of other products",
  ]);
});
