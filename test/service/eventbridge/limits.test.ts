import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { INFLOW_REGIONS } from "../../../contract/limits/eventbridge.ts";
import { eventbridgeStore } from "../../../service/eventbridge/store.ts";
import {
  type Caller,
  type EventbridgeService,
  FUNCTION_ARN,
  group,
  type Refused,
  read,
  startEventbridge,
  started,
  stream,
  withSink,
  withSource,
} from "./support/service.ts";

let bridge: EventbridgeService;
let call: Caller;
beforeAll(async () => {
  bridge = await startEventbridge();
  call = bridge.call;
});
afterAll(() => bridge.stop());
beforeEach(async () => {
  bridge.groups.clear();
  bridge.groups.set(group.groupId, group);
  await bridge.service.admin("POST", "reset");
});

type More = Record<string, unknown>;
const held = async () =>
  ((await bridge.service.admin("GET", "snapshot")).rooms as { eventbridge: unknown }).eventbridge;

/** Refused at create and at update with the code and the rule's id, and nothing stored; the nearest is accepted. */
async function refuses(more: More, said: string, rule: string, nearest: More): Promise<void> {
  await call("CreateEventStreaming", stream("present"));
  const before = await held();
  for (const [action, name] of [
    ["CreateEventStreaming", "fresh"],
    ["UpdateEventStreaming", "present"],
  ] as const) {
    const error = await call(action, stream(name, more)).then(
      (answer) => Promise.reject(new Error(`was accepted: ${JSON.stringify(answer)}`)),
      (refused: Refused) => refused,
    );
    expect(error.code, action).toBe("InvalidArgument");
    expect(error.message, action).toContain(said);
    expect(error.message.trimEnd().replace(/\.$/, ""), action).toMatch(new RegExp(`\\[${rule}\\]$`));
    expect(await held(), action).toEqual(before);
  }
  await call("CreateEventStreaming", stream("fresh", nearest));
  await call("UpdateEventStreaming", stream("present", nearest));
}

const batch = (more: object) => ({ RunOptions: { BatchWindow: more } });
const part = (name: string, Form: string, Value?: string, Template?: string) => ({
  Sink: withSink({ [name]: { Form, Value, Template } }),
});
const at = (name: string) => `Sink.SinkRocketMQParameters.${name}`;

describe("what a task is made of", () => {
  it("MQ-1 service: a group in another region", async () => {
    bridge.groups.set("far", { ...group, groupId: "far", region: "cn-zhangjiakou" });
    bridge.groups.set("near", { ...group, groupId: "near", region: "cn-hongkong" });
    await refuses({ Source: withSource({ Sid: "far" }) }, 'got "cn-zhangjiakou"', "MQ-1", {
      Source: withSource({ Sid: "near" }),
    });
    expect(INFLOW_REGIONS).toHaveLength(8);
  });

  it.each([
    [0, 1],
    [10_001, 10_000],
    [1.5, 2],
  ])("MQ-2 service: %s messages in a batch", async (wrong, right) => {
    const said = `RunOptions.BatchWindow.CountBasedWindow must be a whole number from 1 to 10000 messages, got ${wrong}`;
    await refuses(batch({ CountBasedWindow: wrong }), said, "MQ-2", batch({ CountBasedWindow: right }));
  });

  it.each([
    [-1, 0],
    [16, 15],
    [0.5, 1],
  ])("MQ-3 service: an interval of %s", async (wrong, right) => {
    const said = `RunOptions.BatchWindow.TimeBasedWindow must be a whole number from 0 to 15 seconds, got ${wrong}`;
    await refuses(batch({ TimeBasedWindow: wrong }), said, "MQ-3", batch({ TimeBasedWindow: right }));
  });

  it.each([
    ["before the range", 999, 1000],
    ["behind the range", "2001", 2000],
  ])("MQ-4 service: an offset %s", async (_, wrong, right) => {
    const said = `InitCheckPoint must lie in the data range 1000 to 2000 (seconds since the epoch), got ${wrong}`;
    await refuses({ Source: withSource({ InitCheckPoint: wrong }) }, said, "MQ-4", {
      Source: withSource({ InitCheckPoint: right }),
    });
  });

  it.each([["2022-06-21 00:00:00"], [1500.5], [-1], [253_402_300_800]])(
    "MQ-4 service: %s is no offset",
    async (wrong) => {
      await refuses({ Source: withSource({ InitCheckPoint: wrong }) }, "seconds since the epoch", "MQ-4", {
        Source: withSource({ InitCheckPoint: 1500 }),
      });
    },
  );

  it("MQ-4 MQ-5 service: after the first consumption the offset is stored and not judged", async () => {
    await call("CreateEventStreaming", stream("old"));
    const store = eventbridgeStore(bridge.kernel.store);
    const present = store.stream("cn-hangzhou", "old");
    if (!present) throw new Error("not stored");
    store.updateStream({ ...present, firstConsumedAtMs: 1 });
    const Source = withSource({ InitCheckPoint: "5" });
    await call("UpdateEventStreaming", stream("old", { Source }));
    expect((await read(call, "old")).Source).toEqual(Source);
    expect((await started(call, "old")).Status).toBe("RUNNING");
    bridge.groups.set("other", { ...group, groupId: "other" });
    await expect(
      call(
        "UpdateEventStreaming",
        stream("old", { Source: withSource({ Sid: "other", InitCheckPoint: 5 }) }),
      ),
    ).rejects.toMatchObject({ code: "InvalidArgument" });
  });

  it.each(["Cloud_6", "SelfBuilt", "cloud_5", "2"])("MQ-7 service: sink version %s", async (wrong) => {
    const said = `${at("InstanceType")}.Value must be Cloud_4 (RocketMQ 4.x) or Cloud_5 (RocketMQ 5.x), got "${wrong}"`;
    await refuses(
      part("InstanceType", "CONSTANT", wrong),
      said,
      "MQ-7",
      part("InstanceType", "CONSTANT", "Cloud_4"),
    );
  });

  it("MQ-8 service: message body of another form", async () => {
    await refuses(
      part("Body", "RAW"),
      `${at("Body")}.Form must be ORIGINAL`,
      "MQ-8",
      part("Body", "ORIGINAL"),
    );
  });

  it("MQ-9 service: fixed or complete properties", async () => {
    const said = `${at("Properties")}.Form must be JSONPATH (Data Extraction) or TEMPLATE (Template), got "CONSTANT"`;
    await refuses(
      part("Properties", "CONSTANT", "x"),
      said,
      "MQ-9",
      part("Properties", "JSONPATH", "$.data"),
    );
    await expect(call("CreateEventStreaming", stream("c", part("Properties", "ORIGINAL")))).rejects.toThrow(
      "[MQ-9]",
    );
  });

  it.each(["Keys", "Tags"])("MQ-10 service: %s as complete data", async (name) => {
    await refuses(
      part(name, "ORIGINAL"),
      `${at(name)}.Form must be JSONPATH`,
      "MQ-10",
      part(name, "CONSTANT", "a"),
    );
  });

  it.each<[string, More, string, More]>([
    [
      "no path",
      part("Body", "JSONPATH", "data"),
      `${at("Body")}.Value must be a JSONPath`,
      part("Body", "JSONPATH", "$.data"),
    ],
    [
      "an empty fixed value",
      part("Keys", "CONSTANT", ""),
      `${at("Keys")}.Value is required`,
      part("Keys", "CONSTANT", "k"),
    ],
    [
      "a variable that is not declared",
      part("Tags", "TEMPLATE", '{"a":"$.a"}', `\${b}`),
      `${at("Tags")}.Template uses \${b}, which is not declared`,
      part("Tags", "TEMPLATE", '{"a":"$.a"}', `\${a}`),
    ],
    [
      "no fixed topic",
      part("Topic", "CONSTANT"),
      `${at("Topic")}.Value is required`,
      part("Topic", "CONSTANT", "t"),
    ],
  ])("MQ-11 service: %s", (_, wrong, said, right) => refuses(wrong, said, "MQ-11", right));

  it("MQ-12 service: an event pattern that is not valid, named by its key", async () => {
    await refuses(
      { FilterPattern: '{"data":{"n":[{"prefixx":"a"}]}}' },
      "FilterPattern at data.n[0].prefixx",
      "MQ-12",
      { FilterPattern: '{"data":{"n":[{"prefix":"a"}]}}' },
    );
    const tried = { Event: "{}", EventPattern: '{"a":1}' };
    await expect(call("TestEventPattern", tried)).rejects.toMatchObject({ code: "InvalidArgument" });
  });

  const letters = (Arn: string) => ({ RunOptions: { DeadLetterQueue: { Arn } } });
  it.each<[string, More, string, More]>([
    [
      "an unknown retry policy",
      { RunOptions: { RetryStrategy: { PushRetryStrategy: "NEVER" } } },
      "RetryStrategy.PushRetryStrategy must be one of BACKOFF_RETRY",
      { RunOptions: { RetryStrategy: { PushRetryStrategy: "EXPONENTIALDECAY_RETRY" } } },
    ],
    [
      "an unknown tolerance",
      { RunOptions: { ErrorsTolerance: "SOME" } },
      "ErrorsTolerance must be one of ALL, NONE",
      { RunOptions: { ErrorsTolerance: "NONE" } },
    ],
    [
      "a dead-letter queue of another kind",
      letters("acs:ram::1:role/x"),
      "DeadLetterQueue.Arn must be the ARN of an MNS queue",
      letters("acs:mns:cn-hangzhou:1:/queues/dead"),
    ],
    [
      "a dead-letter queue that is the sink",
      letters("acs:mq:cn-hangzhou:1:/instances/rmq-cn-5/topic/orders"),
      "DeadLetterQueue.Arn must not be the sink itself (orders of rmq-cn-5)",
      letters("acs:mq:cn-hangzhou:1:/instances/rmq-cn-5/topic/audit"),
    ],
  ])("MQ-14 service: %s", (_, wrong, said, right) => refuses(wrong, said, "MQ-14", right));

  it("MQ-15 service: no function, or an unknown invocation type", async () => {
    await refuses(
      { Transforms: [{ Arn: "acs:oss:cn-hangzhou:1:x" }] },
      "Transforms.1.Arn must be the ARN of a function",
      "MQ-15",
      { Transforms: [{ Arn: FUNCTION_ARN }] },
    );
    const sink = (Value: string) => ({ SinkFcParameters: { InvocationType: { Form: "CONSTANT", Value } } });
    const wrong = call("CreateEventStreaming", stream("w", { Sink: sink("Later") }));
    await expect(wrong).rejects.toThrow(/must be one of Sync, Async, got "Later" \[MQ-15\]/);
    await call("CreateEventStreaming", stream("w", { Sink: sink("Async") })).catch(() => undefined);
    expect(eventbridgeStore(bridge.kernel.store).stream("cn-hangzhou", "w")?.status).toBe("READY");
  });
});

describe("running tasks", () => {
  it("DTS-2 service: a second running task on one group", async () => {
    await call("CreateEventStreaming", stream("one"));
    await call("CreateEventStreaming", stream("two"));
    expect((await started(call, "one")).Status).toBe("RUNNING");
    const before = await held();
    await expect(call("StartEventStreaming", { EventStreamingName: "two" })).rejects.toMatchObject({
      code: "ConsumerGroupInUse",
      message: expect.stringMatching(/one in cn-hangzhou is RUNNING on dtsgroup1.*\[DTS-2\]/),
    });
    expect(await held()).toEqual(before);
    await call("PauseEventStreaming", { EventStreamingName: "one" });
    expect((await started(call, "two")).Status).toBe("RUNNING");
    bridge.groups.set("free", { ...group, groupId: "free" });
    await call("UpdateEventStreaming", stream("one", { Source: withSource({ Sid: "free" }) }));
    expect((await started(call, "one")).Status).toBe("RUNNING");
    await expect(call("UpdateEventStreaming", stream("one"))).rejects.toThrow("[DTS-2]");
  });

  it("MQ-13 service: states, and an edit that keeps them", async () => {
    const named = { EventStreamingName: "task" };
    await call("CreateEventStreaming", stream("task"));
    await call("UpdateEventStreaming", stream("task", { Description: "edited" }));
    expect(await read(call, "task")).toMatchObject({ Status: "READY", Description: "edited" });
    expect((await started(call, "task")).Status).toBe("RUNNING");
    await call("StartEventStreaming", named);
    expect((await read(call, "task")).Status).toBe("RUNNING");
    await call("UpdateEventStreaming", stream("task", { FilterPattern: '{"source":["acs.dts"]}' }));
    expect(await read(call, "task")).toMatchObject({ Status: "RUNNING", Description: "edited" });
    await call("PauseEventStreaming", named);
    await call("PauseEventStreaming", named);
    await call("UpdateEventStreaming", stream("task"));
    expect((await read(call, "task")).Status).toBe("PAUSED");
    expect((await started(call, "task")).Status).toBe("RUNNING");
    await call("UpdateEventStreaming", stream("task", part("Topic", "CONSTANT", "gone")));
    expect(await read(call, "task")).toMatchObject({
      Status: "RUNNING_FAILED",
      DetailedStatus: {
        Extensions: { ErrorMessage: expect.stringContaining('Topic names no topic of rmq-cn-5, got "gone"') },
      },
    });
    await call("DeleteEventStreaming", named);
  });

  const wrongStarts: [string, More, string][] = [
    [
      "a group that is not there",
      { Source: withSource({ Sid: "none" }) },
      'Source.SourceDTSParameters.Sid names no consumer group, got "none"',
    ],
    ["another account", { Source: withSource({ Username: "other" }) }, "Username and Password are not those"],
    [
      "another password",
      { Source: withSource({ Password: "Wrong-pass-7" }) },
      "Username and Password are not those",
    ],
    [
      "another task",
      { Source: withSource({ TaskId: "dtsother" }) },
      "TaskId must be the tracking task of the group (dtsi03e3zty16i)",
    ],
    [
      "another topic of the source",
      { Source: withSource({ Topic: "t" }) },
      "Topic must be that of the tracking task",
    ],
    [
      "an instance that is not there",
      part("InstanceId", "CONSTANT", "rmq-none"),
      'InstanceId names no RocketMQ instance, got "rmq-none"',
    ],
    [
      "a topic that is not there",
      part("Topic", "CONSTANT", "none"),
      'Topic names no topic of rmq-cn-5, got "none"',
    ],
    [
      "a function without a URL",
      { Transforms: [{ Arn: "acs:fc:cn-hangzhou:1:functions/other" }] },
      "Transforms[0].Arn names no function that is configured",
    ],
    [
      "another source",
      { Source: { SourceMNSParameters: {} } },
      "Source: only SourceDTSParameters can run here, got SourceMNSParameters",
    ],
  ];
  it.each(wrongStarts)("a start with %s fails and says so, and is mended", async (_, more, said) => {
    await call("CreateEventStreaming", stream("task", more)).catch(() => undefined);
    await call("StartEventStreaming", { EventStreamingName: "task" });
    const store = eventbridgeStore(bridge.kernel.store);
    await expect.poll(() => store.stream("cn-hangzhou", "task")?.status).toBe("STARTING_FAILED");
    expect(store.stream("cn-hangzhou", "task")?.failure).toContain(said);
    expect(JSON.stringify(store.stream("cn-hangzhou", "task"))).not.toContain("Wrong-pass-7");
    await call("UpdateEventStreaming", stream("task", { Transforms: [{ Arn: FUNCTION_ARN }] }));
    expect(await started(call, "task")).toMatchObject({ Status: "RUNNING", DetailedStatus: {} });
  });

  it("MQ-7 service: a start on an instance of the other series", async () => {
    await call("CreateEventStreaming", stream("task", part("InstanceId", "CONSTANT", "MQ_INST_4")));
    const failed = await started(call, "task");
    expect(failed.Status).toBe("STARTING_FAILED");
    expect(failed.DetailedStatus.Extensions?.ErrorMessage).toContain(
      "MQ_INST_4 is RocketMQ 4.x (Cloud_4), got Cloud_5 [MQ-7]",
    );
  });

  it("MQ-4 service: a start after the data range has moved on", async () => {
    await call("CreateEventStreaming", stream("task"));
    bridge.groups.set(group.groupId, { ...group, beginSeconds: 1600 });
    const failed = await started(call, "task");
    expect(failed.DetailedStatus.Extensions?.ErrorMessage).toMatch(/data range 1600 to 2000.*\[MQ-4\]/);
  });
});

describe("odd requests", () => {
  it.each<[string, More, string]>([
    [
      "two sources",
      { Source: { ...withSource({}), SourceMNSParameters: {} } },
      "Source must hold exactly one source, got 2",
    ],
    ["no source", { Source: {} }, "Source must hold exactly one source, got 0"],
    [
      "an unknown source",
      { Source: { SourceXParameters: {} } },
      'Source must hold a published source, got "SourceXParameters"',
    ],
    ["no sink", { Sink: {} }, "Sink must hold exactly one sink, got 0"],
    ["no JSON", { Sink: "{" }, "Sink must be valid JSON text"],
    ["a list", { Sink: "[]" }, "Sink must be a JSON object"],
    ["no group", { Source: { SourceDTSParameters: {} } }, "Source.SourceDTSParameters.Sid must be the id"],
    ["no tasks", { RunOptions: { MaximumTasks: 0 } }, "RunOptions.MaximumTasks must be at least 1"],
  ])("%s", async (_, more, said) => {
    await expect(call("CreateEventStreaming", stream("odd", more))).rejects.toMatchObject({
      code: "InvalidArgument",
      message: expect.stringContaining(said),
    });
  });

  it("pages through a list", async () => {
    for (const name of ["a1", "a2", "a3", "b1"]) await call("CreateEventStreaming", stream(name));
    const first = (await call("ListEventStreamings", { NamePrefix: "a", Limit: "2" })).Data as More;
    expect(first).toMatchObject({ Total: 3, NextToken: "2" });
    const rest = { NamePrefix: "a", Limit: "2", NextToken: String(first.NextToken) };
    const second = (await call("ListEventStreamings", rest)).Data as { EventStreamings: More[] };
    expect(second.EventStreamings.map((one) => one.EventStreamingName)).toEqual(["a3"]);
    expect(second).not.toHaveProperty("NextToken");
    await expect(call("ListEventStreamings", { Limit: "101" })).rejects.toMatchObject({
      code: "InvalidArgument",
    });
    const SinkArn = "acs:mq:cn-hangzhou:1:/instances/rmq-cn-5/topic/orders";
    expect((await call("ListEventStreamings", { SinkArn })).Data).toMatchObject({ Total: 4 });
  });

  it("refuses tags on what is not there", async () => {
    const tag = { ResourceType: "eventstreaming", "ResourceId.1": "none", "Tag.1.Key": "a" };
    await expect(call("TagResources", tag)).rejects.toMatchObject({ code: "ResourceNotExist" });
  });
});
