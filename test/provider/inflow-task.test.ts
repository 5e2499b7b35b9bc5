import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type StreamDefinition, updateStream } from "../../provider/runtime/api/stream-definition.ts";
import { inflowTaskKind } from "../../provider/runtime/resources/inflow-task/index.ts";
import { until } from "../service/dts/support/wait.ts";
import { popCore } from "../service/rocketmq/support/service.ts";
import { startService, type TestService } from "../support/service.ts";
import { failureOf, runOn } from "./support/groups.ts";
import {
  actionsOf,
  createTask,
  deadLetterArn,
  deleteTask,
  type Ground,
  inflowGround,
  leftBy,
  PASSWORD,
  readTask,
  taskOn,
  tasksByHand,
  updateTask,
} from "./support/inflow.ts";
import { somebodyElse } from "./support/service.ts";

/* Inflow tasks against the real service, without the CLI: what it holds is looked at afterwards. */

let service: TestService;
let hand: ReturnType<typeof tasksByHand>;
let ground: Ground;

beforeAll(async () => {
  service = await startService();
  hand = tasksByHand(service);
});
afterAll(() => service.stop());
beforeEach(async () => {
  await service.admin("POST", "reset");
  ground = await inflowGround(service);
});

const whole = () =>
  taskOn(ground, {
    description: "orders to the queue",
    batch: { messages: 100, intervalSeconds: 3 },
    filter: { data: { operationType: ["INSERT", "UPDATE"] } },
    sink: {
      version: "5.x",
      instance: ground.queue,
      topic: "orders",
      body: { form: "dataExtraction", path: "$.data.afterImage" },
      properties: { form: "template", parameters: { id: "$.data.id" }, template: `{"ID":"\${id}"}` },
      key: { form: "fixedValue", value: "k" },
    },
    retryPolicy: "exponentialDecay",
    errorsTolerance: "ALL",
    deadLetterQueue: { arn: deadLetterArn(ground.queue) },
  });

describe("create", () => {
  it("MQ-17: makes the task as declared, starts it, and tells what the service tells", async () => {
    const made = await createTask(runOn(service), "t", whole());
    expect(made).toMatchObject({
      id: "t",
      props: { status: "RUNNING", accessMethod: "RDS", sourceInstanceId: "rm-1", problem: "", metrics: {} },
    });
    const record = await hand.api.stream("t");
    expect(record).toMatchObject({
      Status: "RUNNING",
      Description: "orders to the queue",
      RunOptions: {
        BatchWindow: { CountBasedWindow: 100, TimeBasedWindow: 3 },
        ErrorsTolerance: "ALL",
        RetryStrategy: { PushRetryStrategy: "EXPONENTIAL_DECAY_RETRY" },
        DeadLetterQueue: { Arn: deadLetterArn(ground.queue) },
      },
      Sink: {
        SinkRocketMQParameters: {
          InstanceType: { Value: "Cloud_5" },
          Body: { Form: "JSONPATH", Value: "$.data.afterImage" },
        },
      },
    });
    expect(JSON.parse(record.FilterPattern ?? "")).toEqual({ data: { operationType: ["INSERT", "UPDATE"] } });
  });

  it("is read back without a difference, and a second run changes nothing", async () => {
    const made = await createTask(runOn(service), "t", whole());
    const read = await readTask(runOn(service), made);
    expect(read.inputs).toEqual({ ...whole(), name: "t", state: "running" });
    const run = runOn(service);
    await updateTask(run, "t", { id: "t", props: read.props }, whole());
    expect(actionsOf(run)).not.toContain("UpdateEventStreaming");
  });

  it("paused it is made and not started", async () => {
    const made = await createTask(runOn(service), "t", taskOn(ground, { state: "paused" }));
    expect([made.props.status, await hand.names()]).toEqual(["READY", ["t READY"]]);
  });

  it("refuses a taken name, and takes it over with adoptExisting", async () => {
    await hand.run("t", ground);
    await hand.api.pause("t");
    expect(await failureOf(createTask(runOn(service), "t", whole()))).toMatch(
      /already has.*\[AlreadyExists\]$/,
    );
    const adopted = await createTask(runOn(service), "t", { ...whole(), adoptExisting: true });
    expect(adopted.props.status).toBe("RUNNING");
    expect((await hand.api.stream("t")).Description).toBe("orders to the queue");
  });

  it("a lost answer is settled by looking: one task, nobody else's", async () => {
    await service.admin("POST", "faults", { action: "CreateEventStreaming", kind: "drop", times: 1 });
    const made = await createTask(runOn(service), "t", whole());
    expect([made.props.status, await hand.names()]).toEqual(["RUNNING", ["t RUNNING"]]);
  });

  it("a start that fails gives the whole reason, keeps the task, and the next up mends it", async () => {
    const wrong = taskOn(ground, {
      sink: { version: "5.x", instance: ground.queue, topic: "nowhere" },
      source: {
        instance: ground.instance,
        groupId: ground.groupId,
        account: "billing",
        password: "Wrong-pw-1",
      },
    });
    const left = await leftBy(createTask(runOn(service), "t", wrong));
    expect(left.message).toMatch(
      /STARTING_FAILED.*Username and Password.*Topic names no topic.*\[TaskNotRunning\]$/s,
    );
    expect(left.message).not.toContain("Wrong-pw-1");
    expect(left).toMatchObject({
      id: "t",
      props: { status: "STARTING_FAILED", problem: expect.stringMatching(/Topic/) },
    });
    const mended = await updateTask(runOn(service), "t", left, taskOn(ground));
    expect(mended.props).toMatchObject({ status: "RUNNING", problem: "" });
  });

  it("a task on a group that another reads says who, and how to go on [DTS-2]", async () => {
    const run = runOn(service);
    await createTask(run, "one", taskOn(ground, { state: "paused" }));
    await hand.api.start("one");
    expect(await failureOf(createTask(runOn(service), "two", taskOn(ground)))).toContain('"rule":"DTS-2"');
    // As when the other one has started since the preview.
    const inputs = { name: "two", state: "running", ...taskOn(ground) };
    const { message } = await leftBy(
      inflowTaskKind.create(runOn(service), inputs).then(({ id, outs }) => ({ id, props: outs })),
    );
    expect(message).toMatch(/"two" cannot start.*one in cn-hangzhou is RUNNING.*destroy --target.*\[DTS-2\]/);
    expect(await hand.names()).toEqual(["one RUNNING", "two READY"]);
  });
});

describe("update", () => {
  it("pauses and starts again in place, and an edit keeps the run state", async () => {
    let kept = await createTask(runOn(service), "t", whole());
    kept = await updateTask(runOn(service), "t", kept, { ...whole(), state: "paused" });
    expect(kept.props.status).toBe("PAUSED");
    kept = await updateTask(runOn(service), "t", kept, { ...whole(), state: "paused", description: "other" });
    expect([kept.props.status, (await hand.api.stream("t")).Description]).toEqual(["PAUSED", "other"]);
    kept = await updateTask(runOn(service), "t", kept, { ...whole(), description: "again" });
    expect([kept.props.status, (await hand.api.stream("t")).Description]).toEqual(["RUNNING", "again"]);
    kept = await updateTask(runOn(service), "t", kept, taskOn(ground));
    expect(await hand.api.stream("t")).toMatchObject({ Status: "RUNNING", RunOptions: {} });
    expect((await hand.api.stream("t")).Description ?? "").toBe("");
  });

  it("an edit of a task that somebody has paused keeps it so; after a refresh it is started", async () => {
    let kept = await createTask(runOn(service), "t", whole());
    await hand.api.pause("t");
    const run = runOn(service);
    kept = await updateTask(run, "t", kept, { ...whole(), description: "edited" });
    expect(kept.props.status).toBe("PAUSED");
    expect(run.said.join()).toMatch(/somebody has paused it.*\[MQ-13\]/);
    const read = await readTask(runOn(service), kept);
    expect(read.inputs).toMatchObject({ state: "paused" });
    kept = await updateTask(runOn(service), "t", { id: "t", props: read.props }, whole());
    expect(kept.props.status).toBe("RUNNING");
  });

  it("a task that has lost its topic is seen by refresh; the next up says why, and starts it when it is back", async () => {
    const made = await createTask(runOn(service), "t", taskOn(ground));
    const roa = popCore(service);
    const topic = `/instances/${ground.queue}/topics/orders`;
    await roa("DELETE", topic);
    const lost = await until(
      () => readTask(runOn(service), made),
      (one) => one.props.status === "RUNNING_FAILED",
    );
    expect(lost.props.problem).toContain("Topic names no topic of");
    expect(lost.inputs).toMatchObject({ state: "running" });
    await expect(updateTask(runOn(service), "t", lost, taskOn(ground))).rejects.toThrow(
      "Topic names no topic",
    );
    await roa("POST", topic, { body: { messageType: "NORMAL" } });
    const back = await updateTask(runOn(service), "t", lost, taskOn(ground));
    expect(back.props).toMatchObject({ status: "RUNNING", problem: "" });
    expect(await updateTask(runOn(service), "t", back, taskOn(ground))).toBe(back);
  });

  it("a new password of the group reaches a running task", async () => {
    const kept = await createTask(runOn(service), "t", taskOn(ground));
    await somebodyElse(service).api.modifyGroup({
      DtsInstanceId: ground.instance,
      ConsumerGroupId: ground.groupId,
      ConsumerGroupPassword: "Other-pw-22",
    });
    const source = { instance: ground.instance, groupId: ground.groupId, account: "billing" };
    const next = await updateTask(
      runOn(service),
      "t",
      kept,
      taskOn(ground, { source: { ...source, password: "Other-pw-22" } }),
    );
    expect(next.props.status).toBe("RUNNING");
    const failed = await leftBy(
      updateTask(runOn(service), "t", next, taskOn(ground, { source: { ...source, password: PASSWORD } })),
    );
    expect(failed.message).toMatch(/RUNNING_FAILED.*Username and Password/);
    expect(failed.props.status).toBe("RUNNING_FAILED");
  });

  it("a change by hand comes back as inputs and is set again", async () => {
    const kept = await createTask(runOn(service), "t", whole());
    const record = await hand.api.stream("t");
    await updateStream(hand.api, {
      EventStreamingName: "t",
      Description: "by hand",
      FilterPattern: '{"data":{"operationType":["DELETE"]}}',
      Source: record.Source as StreamDefinition["Source"],
      Sink: {
        SinkRocketMQParameters: {
          ...record.Sink?.SinkRocketMQParameters,
          InstanceId: { Form: "CONSTANT", Value: ground.queue },
          Topic: { Form: "CONSTANT", Value: "orders" },
          Body: { Form: "TEMPLATE", Value: '{"a":"$.data.id"}', Template: `\${a}` },
        },
      },
      RunOptions: { BatchWindow: { CountBasedWindow: 7 } },
      Transforms: [],
    });
    const read = await readTask(runOn(service), kept);
    expect(read.inputs).toMatchObject({
      description: "by hand",
      filter: { data: { operationType: ["DELETE"] } },
      batch: { messages: 7 },
      sink: { body: { form: "template", parameters: { a: "$.data.id" }, template: `\${a}` } },
    });
    expect(read.inputs).not.toHaveProperty("retryPolicy");
    await updateTask(runOn(service), "t", { id: "t", props: read.props }, whole());
    expect((await readTask(runOn(service), kept)).inputs).toEqual({
      ...whole(),
      name: "t",
      state: "running",
    });
  });
});

describe("delete", () => {
  it("a task that somebody runs is seen by get, without its password", async () => {
    await hand.run("theirs", ground);
    const read = await readTask(runOn(service), { id: "theirs", props: { region: "cn-hangzhou" } });
    expect(read).toMatchObject({
      id: "theirs",
      props: {
        status: "RUNNING",
        accessMethod: "RDS",
        source: { groupId: ground.groupId, account: "billing" },
      },
      inputs: { sink: { version: "5.x", topic: "orders", body: { form: "completeData" } } },
    });
    expect(JSON.stringify(read)).not.toContain(PASSWORD);
  });

  it("pauses, then deletes; a second delete and a task that is gone succeed", async () => {
    const made = await createTask(runOn(service), "t", taskOn(ground));
    const run = runOn(service);
    await deleteTask(run, made);
    expect(actionsOf(run).filter((action) => /Pause|Delete/.test(action))).toEqual([
      "PauseEventStreaming",
      "DeleteEventStreaming",
    ]);
    await deleteTask(runOn(service), made);
    expect(await hand.names()).toEqual([]);
    expect((await readTask(runOn(service), made)).id).toBe("");
  });
});
