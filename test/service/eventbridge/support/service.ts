import { expect } from "vitest";
import { EVENTBRIDGE_ACTIONS } from "../../../../contract/eventbridge/index.ts";
import type { Kernel } from "../../../../service/core/kit/kernel.ts";
import type { Ports, QueuePort, TrackingGroup } from "../../../../service/core/kit/ports.ts";
import type { ProductRoom } from "../../../../service/core/kit/product-room.ts";
import { eventbridgeRoom } from "../../../../service/eventbridge/index.ts";
import { misfits } from "../../../support/misfits.ts";
import { type StartOptions, startService, type TestService } from "../../../support/service.ts";
import { shapesOf } from "../../../support/shapes.ts";
import { clients } from "../../core/support/clients.ts";

const shapes = shapesOf(EVENTBRIDGE_ACTIONS);

export type Answer = Record<string, unknown>;
export type Caller = (action: string, params?: Record<string, string>) => Promise<Answer>;

/** A refused call, whichever way its client tells it. */
export class Refused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** An official client, called generically. Each answer is held against the published fields and types. */
export function callerOf(name: string, service: TestService, where: "query" | "body" = "query"): Caller {
  const client = clients[name];
  if (!client) throw new Error(`no client ${name}`);
  const target = { endpoint: service.endpoint, ...service.key };
  return async (action, params = {}) => {
    const outcome = await client.rpc(target, { version: "2020-04-01", action, [where]: params });
    const { body } = outcome;
    if (!body) throw new Refused(String(outcome.code), String(outcome.message));
    if (body.Success !== true) {
      expect(body).toMatchObject({ Success: false, RequestId: expect.stringMatching(/^[0-9A-F-]{36}$/) });
      expect(body.Message).not.toBe("");
      throw new Refused(String(body.Code), String(body.Message));
    }
    expect(misfits(body, shapes[action] ?? {}), action).toEqual([]);
    expect(body.Code).toBe("Success");
    return body;
  };
}

export const PASSWORD = "Pass-word-9";

/** A group of a task that runs; its data range is 1000 to 2000. */
export const group: TrackingGroup = {
  groupId: "dtsgroup1",
  groupName: "billing",
  userName: "billing_1",
  instanceId: "dtsi03e3zty16i",
  jobId: "i03e3zty16i",
  region: "cn-hangzhou",
  status: "Normal",
  topic: "cn_hangzhou_rm_1_shop_version2",
  beginSeconds: 1000,
  endSeconds: 2000,
};

/** What the other rooms hold; tests change it. */
export interface Surroundings {
  readonly groups: Map<string, TrackingGroup>;
}

function surroundingRoom({ groups }: Surroundings, offer: (ports: Ports) => void): ProductRoom {
  const queues = (id: string, version: "4.x" | "5.x"): QueuePort => ({
    instance: (instanceId) =>
      instanceId === id ? { instanceId, version, region: "cn-hangzhou" } : undefined,
    topic: (instanceId, topic) =>
      instanceId === id && ["orders", "audit"].includes(topic)
        ? { instanceId, topic, version, messageType: "NORMAL" }
        : undefined,
  });
  return {
    ...eventbridgeRoom,
    name: "around",
    version: "2000-01-01",
    actions: [],
    migrations: [],
    seed: () => undefined,
    status: () => ({}),
    open(kernel) {
      kernel.ports.provide("tracking", {
        group: (id) => groups.get(id),
        authenticate: (id, user, given) => groups.get(id)?.userName === user && given === PASSWORD,
      });
      kernel.ports.provide("queues5", queues("rmq-cn-5", "5.x"));
      kernel.ports.provide("queues4", queues("MQ_INST_4", "4.x"));
      offer(kernel.ports);
      return { close() {} };
    },
  };
}

export interface EventbridgeService extends Surroundings {
  readonly service: TestService;
  readonly kernel: Kernel;
  readonly call: Caller;
  stop(): Promise<void>;
}

export const FUNCTION_ARN = "acs:fc:cn-hangzhou:1:services/clean.LATEST/functions/mask";

/** The real server with this room, in this process; the other rooms are played. */
export async function startEventbridge(
  options: Omit<StartOptions, "rooms" | "asProcess"> = {},
  /** What moves data, for example. */
  offer: (ports: Ports) => void = () => undefined,
): Promise<EventbridgeService> {
  const groups = new Map([[group.groupId, group]]);
  const service = await startService({
    ...options,
    rooms: [surroundingRoom({ groups }, offer), eventbridgeRoom],
    settings: {
      rooms: { eventbridge: { functions: { [FUNCTION_ARN]: "http://127.0.0.1:9/mask" } } },
      ...options.settings,
    },
  });
  return {
    service,
    groups,
    get kernel() {
      if (!service.running) throw new Error("the service runs in this process");
      return service.running.kernel;
    },
    call: callerOf("openapi-client V3", service),
    stop: () => service.stop(),
  };
}

const fixed = (Value: string) => ({ Form: "CONSTANT", Value });

export const source = {
  SourceDTSParameters: {
    TaskId: group.instanceId,
    Sid: group.groupId,
    Topic: group.topic,
    Username: group.userName,
    Password: PASSWORD,
    InitCheckPoint: "1500",
  },
};
export const sink = {
  SinkRocketMQParameters: {
    InstanceId: fixed("rmq-cn-5"),
    InstanceType: fixed("Cloud_5"),
    Topic: fixed("orders"),
    Body: { Form: "JSONPATH", Value: "$.data.body" },
  },
};

/** Changes members of the one object inside a source or sink. */
export const withSource = (more: object) => ({
  SourceDTSParameters: { ...source.SourceDTSParameters, ...more },
});
export const withSink = (more: object) => ({
  SinkRocketMQParameters: { ...sink.SinkRocketMQParameters, ...more },
});

/** A stream that breaks no rule, with what is given changed; objects become JSON text. */
export function stream(name: string, more: Record<string, unknown> = {}): Record<string, string> {
  const whole = { EventStreamingName: name, FilterPattern: "{}", Source: source, Sink: sink, ...more };
  return Object.fromEntries(
    Object.entries(whole)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

export interface Read {
  readonly Status: string;
  readonly DetailedStatus: { readonly Extensions?: { readonly ErrorMessage: string } };
  readonly [field: string]: unknown;
}

export async function read(call: Caller, name: string): Promise<Read> {
  return (await call("GetEventStreaming", { EventStreamingName: name })).Data as Read;
}

/** Starts a stream and waits until STARTING is over; bounded. */
export async function started(call: Caller, name: string): Promise<Read> {
  await call("StartEventStreaming", { EventStreamingName: name });
  for (let poll = 0; poll < 12_000; poll += 1) {
    const now = await read(call, name);
    if (now.Status !== "STARTING") return now;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`${name} stays in STARTING`);
}
