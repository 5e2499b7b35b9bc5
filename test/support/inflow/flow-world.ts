import { join } from "node:path";
import { queueOfArn } from "../../../contract/limits/eventbridge.ts";
import { defaultOptions } from "../../../service/core/settings/service-options.ts";
import { callerOf as trackingCaller } from "../../service/dts/support/clients.ts";
import { until } from "../../service/dts/support/wait.ts";
import { type Caller, callerOf, stream } from "../../service/eventbridge/support/service.ts";
import { popCore, type Roa, runningInstance } from "../../service/rocketmq/support/service.ts";
import { ReaderProcess } from "../dts/fire/reader-process.ts";
import type { PostgresSource } from "../dts/postgres-source.ts";
import { capturedInstance, endpointOf, makeGroup } from "../dts/tracked.ts";
import { lowPort } from "../low-port.ts";
import { startService, type TestService } from "../service.ts";
import type { MessageReaderOrder } from "./message-reader.ts";
import { ORDER_PATTERN } from "./order-work.ts";

const FUNCTIONS = {
  routing: "acs:fc:cn-hangzhou:1:functions/routing",
  plain: "acs:fc:cn-hangzhou:1:functions/plain",
};
/** Of the readers' groups: no number of kills uses them up. */
const CONSUME_RETRY = { retryPolicy: "FixedRetryPolicy", maxRetryTimes: 1_000, fixedIntervalRetryTime: 10 };
const program = join(import.meta.dirname, "message-reader.ts");

interface TaskWish {
  readonly name: string;
  readonly way: keyof typeof FUNCTIONS;
  /** A topic that takes what fails; without one the task tolerates no error. */
  readonly deadLetters?: string;
  /** At most, and so long (seconds). */
  readonly batch: readonly [messages: number, seconds: number];
}

/** The service as it is shipped, in a process of its own, over a captured source and with a RocketMQ instance. */
export class FlowWorld {
  readonly service: TestService;
  readonly queues: Roa;
  readonly streams: Caller;
  readonly #folder: string;
  #instance = "";
  #queue = "";
  #reader: Omit<MessageReaderOrder, "groups" | "file" | "trace"> | undefined;

  private constructor(service: TestService, folder: string) {
    this.service = service;
    this.#folder = folder;
    this.queues = popCore(service);
    this.streams = callerOf("openapi-client V3", service);
  }

  static async start(source: PostgresSource, functionUrl: string, folder: string): Promise<FlowWorld> {
    const functions = {
      [FUNCTIONS.routing]: `${functionUrl}/routing`,
      [FUNCTIONS.plain]: `${functionUrl}/plain`,
    };
    const service = await startService({
      asProcess: true,
      isBundle: true,
      dataDir: join(folder, "data"),
      settings: {
        kafka: { ...defaultOptions.kafka, port: await lowPort() },
        rocketmq: { ...defaultOptions.rocketmq, port: await lowPort() },
        rooms: { eventbridge: { functions } },
        waitScale: 0.001,
        testClock: false,
        logLevel: "info",
      },
    });
    const world = new FlowWorld(service, folder);
    world.#instance = await capturedInstance(
      trackingCaller("openapi-client V3", service.url),
      endpointOf(source),
    );
    world.#queue = await runningInstance(world.queues);
    return world;
  }

  /** With a group of its name that reads it, in order where the topic is in order. */
  async topic(name: string, messageType: "FIFO" | "NORMAL"): Promise<void> {
    const path = `/instances/${this.#queue}`;
    await this.queues("POST", `${path}/topics/${name}`, { body: { messageType } });
    await this.queues("POST", `${path}/consumerGroups/group-${name}`, {
      body: {
        deliveryOrderType: messageType === "FIFO" ? "Orderly" : "Concurrently",
        consumeRetryPolicy: CONSUME_RETRY,
      },
    });
  }

  /** A task from a group of its own to the topic of its name; it runs when this resolves. */
  async task({ name, way, deadLetters, batch: [messages, seconds] }: TaskWish): Promise<void> {
    const call = trackingCaller("openapi-client V3", this.service.url);
    const { topic, groupId, account, password } = await makeGroup(call, this.#instance, name);
    const fixed = (Value: string) => ({ Form: "CONSTANT", Value });
    const arn = `acs:mq:cn-hangzhou:1:/instances/${this.#queue}/topic/${deadLetters}`;
    const wish = {
      FilterPattern: ORDER_PATTERN,
      Source: {
        SourceDTSParameters: {
          TaskId: this.#instance,
          Sid: groupId,
          Topic: topic,
          Username: account,
          Password: password,
        },
      },
      Sink: {
        SinkRocketMQParameters: {
          InstanceId: fixed(this.#queue),
          InstanceType: fixed("Cloud_5"),
          Topic: fixed(name),
          Body: { Form: "ORIGINAL" },
        },
      },
      Transforms: [{ Arn: FUNCTIONS[way] }],
      RunOptions: {
        BatchWindow: { CountBasedWindow: messages, TimeBasedWindow: seconds },
        RetryStrategy: { PushRetryStrategy: "BACKOFF_RETRY" },
        ErrorsTolerance: deadLetters === undefined ? "NONE" : "ALL",
        ...(deadLetters !== undefined && queueOfArn(arn) ? { DeadLetterQueue: { Arn: arn } } : {}),
      },
    };
    await this.streams("CreateEventStreaming", stream(name, wish));
    await this.streams("StartEventStreaming", { EventStreamingName: name });
  }

  /** A process that reads these topics. */
  async reader(name: string, topics: readonly string[]): Promise<ReaderProcess> {
    this.#reader ??= await this.#access();
    const order: MessageReaderOrder = {
      ...this.#reader,
      groups: Object.fromEntries(topics.map((topic) => [topic, `group-${topic}`])),
      file: join(this.#folder, `${name}.txt`),
      trace: join(this.#folder, `${name}-trace.txt`),
    };
    const reader = new ReaderProcess(program, order);
    reader.start();
    return reader;
  }

  async #access() {
    const path = `/instances/${this.#queue}`;
    const endpoints = await until(
      async () => endpointIn(await this.queues("GET", path)),
      (one) => one !== "" && !one.includes(".invalid"),
    );
    const { data } = await this.queues("GET", `${path}/account`);
    const { username, password } = data as { username: string; password: string };
    return { endpoints, accessKey: username, accessSecret: password };
  }
}

function endpointIn({ data }: Record<string, unknown>): string {
  const { networkInfo } = data as { networkInfo: { endpoints: { endpointUrl: string }[] } };
  return networkInfo.endpoints[0]?.endpointUrl ?? "";
}
