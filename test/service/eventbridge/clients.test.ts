import { createServer } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { EVENTBRIDGE_ACTIONS } from "../../../contract/eventbridge/index.ts";
import { clients } from "../core/support/clients.ts";
import {
  type Caller,
  callerOf,
  type EventbridgeService,
  PASSWORD,
  Refused,
  read,
  sink,
  source,
  startEventbridge,
  started,
  stream,
} from "./support/service.ts";

let bridge: EventbridgeService;
const database = createServer((socket) => socket.end());
beforeAll(async () => {
  bridge = await startEventbridge();
  await new Promise<void>((resolve) => database.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  database.close();
  await bridge.stop();
});
beforeEach(async () => void (await bridge.service.admin("POST", "reset")));

const runOptions = {
  MaximumTasks: 2,
  ErrorsTolerance: "ALL",
  RetryStrategy: { PushRetryStrategy: "BACKOFFRETRY" },
  DeadLetterQueue: { Arn: "acs:mq:cn-hangzhou:1:/instances/rmq-cn-5/topic/audit" },
  BatchWindow: { CountBasedWindow: 100, TimeBasedWindow: 3 },
};
const PATTERN = '{ "data": {"operationType": ["INSERT"]} }';

async function wholeLife(call: Caller): Promise<void> {
  const name = "订单 inflow";
  const named = { EventStreamingName: name };
  const made = await call(
    "CreateEventStreaming",
    stream(name, { Description: "a & b", FilterPattern: PATTERN, RunOptions: runOptions, Transforms: [] }),
  );
  expect(made.Data).toEqual({
    EventStreamingARN: expect.stringMatching(/^acs:eventbridge:cn-hangzhou:\d+:eventstreaming\/订单 inflow$/),
  });
  const put = {
    EventStreamingName: name,
    Description: "a & b",
    FilterPattern: PATTERN,
    Source: source,
    Sink: sink,
    RunOptions: runOptions,
    Transforms: [],
  };
  expect(await read(call, name)).toEqual({ ...put, Status: "READY", DetailedStatus: {} });
  expect((await started(call, name)).Status).toBe("RUNNING");
  await call("UpdateEventStreaming", stream(name, { FilterPattern: "" }));
  expect(await read(call, name)).toEqual({
    ...put,
    FilterPattern: "",
    Status: "RUNNING",
    DetailedStatus: {
      Extensions: {
        ErrorCode: "RUNNING",
        ErrorMessage: expect.stringContaining("not moved by the local service"),
      },
    },
  });
  expect((await call("ListEventStreamings", { NamePrefix: "订" })).Data).toEqual({
    EventStreamings: [{ ...put, FilterPattern: "", Status: "RUNNING" }],
    Total: 1,
  });
  await call("PauseEventStreaming", named);
  expect((await read(call, name)).Status).toBe("PAUSED");
  await tags(call, name);
  const event = '{"data":{"operationType":"INSERT"}}';
  expect((await call("TestEventPattern", { Event: event, EventPattern: PATTERN })).Data).toEqual({
    Result: true,
  });
  const { port } = database.address() as { port: number };
  const mysql = JSON.stringify({ HostName: "127.0.0.1", Port: port, User: "u", Password: PASSWORD });
  expect((await call("TestEventSourceConfig", { SourceMySQLParameters: mysql })).Data).toEqual([
    {
      CheckItem: "CHECK_CONNECTION",
      ErrorMsg: "Connection established successfully.",
      IsSucceed: "true",
    },
  ]);
  await call("DeleteEventStreaming", named);
  await expect(read(call, name)).rejects.toMatchObject({ code: "EventStreamingNotExisted" });
}

async function tags(call: Caller, name: string): Promise<void> {
  const resource = { ResourceType: "eventstreaming", "ResourceId.1": name };
  await call("TagResources", { ...resource, "Tag.1.Key": "team", "Tag.1.Value": "a", "Tag.2.Key": "x" });
  await call("UntagResources", { ...resource, "TagKey.1": "x" });
  const { TagResources } = await call("ListTagResources", resource);
  const row = { ResourceId: name, ResourceType: "eventstreaming", TagKey: "team", TagValue: "a" };
  expect(TagResources).toEqual({ TagResource: [row] });
  const found = await call("ListEventStreamings", { "Tags.1.Key": "team", "Tags.1.Value": "a" });
  expect(found.Data).toMatchObject({ Total: 1 });
  const other = await call("ListEventStreamings", { "Tags.1.Key": "team", "Tags.1.Value": "b" });
  expect(other.Data).toEqual({ EventStreamings: [], Total: 0 });
}

describe.each(Object.keys(clients))("%s", (name) => {
  it.each(["query", "body"] as const)("calls every action with its parameters in the %s", async (where) => {
    const called = new Set<string>();
    const call = callerOf(name, bridge.service, where);
    await wholeLife((action, params) => {
      called.add(action);
      return call(action, params);
    });
    expect(EVENTBRIDGE_ACTIONS.map((action) => action.name).filter((one) => !called.has(one))).toEqual([]);
  });

  it("reads a business failure as one", async () => {
    const call = callerOf(name, bridge.service);
    for (const action of ["StartEventStreaming", "PauseEventStreaming", "DeleteEventStreaming"]) {
      const refused = await call(action, { EventStreamingName: "none" }).catch((error: unknown) => error);
      expect(refused, action).toBeInstanceOf(Refused);
      expect(refused).toMatchObject({ code: "EventStreamingNotExisted" });
      expect((refused as Refused).message).toContain("The event streaming [none] not existed!");
    }
    await call("CreateEventStreaming", stream("twice"));
    await expect(call("CreateEventStreaming", stream("twice"))).rejects.toMatchObject({
      code: "EventStreamingAlreadyExist",
      message: expect.stringContaining("The name [twice] of event streaming in request is already exist!"),
    });
    await expect(call("CreateEventStreaming", stream("bare", { Source: undefined }))).rejects.toMatchObject({
      code: "MissingSource",
    });
  });
});
