import { PRODUCTS } from "../../contract/products.ts";
import { call } from "../requests/prepare.ts";

const START_MS_MAX = 30_000;
const POLL_MS = 50;

export interface TaskWish {
  readonly name: string;
  /** Of the change tracking instance. */
  readonly tracking: string;
  readonly groupId: string;
  readonly account: string;
  readonly password: string;
  /** Of the RocketMQ instance. */
  readonly queues: string;
  readonly topic: string;
  /** Names a function of the service's settings. */
  readonly functionArn?: string;
}

const constant = (Value: string) => ({ Form: "CONSTANT", Value });
/** Begins with the time at which the row was written. */
const BODY = { Form: "JSONPATH", Value: "$.data.afterImage.row.note" };

/** Makes an inflow task that sends each row's text to a topic. It does not run yet. */
export async function makeTask(endpoint: string, wish: TaskWish): Promise<void> {
  const source = {
    SourceDTSParameters: {
      TaskId: wish.tracking,
      Sid: wish.groupId,
      Username: wish.account,
      Password: wish.password,
    },
  };
  const sink = {
    SinkRocketMQParameters: { InstanceId: constant(wish.queues), Topic: constant(wish.topic), Body: BODY },
  };
  const transforms = wish.functionArn === undefined ? [] : [{ Arn: wish.functionArn }];
  await bridge(endpoint, "CreateEventStreaming", {
    EventStreamingName: wish.name,
    FilterPattern: "{}",
    Source: JSON.stringify(source),
    Sink: JSON.stringify(sink),
    Transforms: JSON.stringify(transforms),
    RunOptions: JSON.stringify({ ErrorsTolerance: "ALL" }),
  });
}

/** Resolves when the task runs. */
export async function startTask(endpoint: string, name: string): Promise<void> {
  await bridge(endpoint, "StartEventStreaming", { EventStreamingName: name });
  const deadline = performance.now() + START_MS_MAX;
  let said: { Status?: unknown; DetailedStatus?: unknown } = {};
  while (performance.now() < deadline) {
    said = (await bridge(endpoint, "GetEventStreaming", { EventStreamingName: name })).Data as typeof said;
    if (said.Status === "RUNNING") return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`the task ${name} does not run but is ${JSON.stringify(said)}`);
}

export async function deleteTask(endpoint: string, name: string): Promise<void> {
  await bridge(endpoint, "DeleteEventStreaming", { EventStreamingName: name });
}

function bridge(endpoint: string, action: string, parameters: Record<string, string>) {
  return call(endpoint, action, parameters, PRODUCTS.eventbridge.version);
}
