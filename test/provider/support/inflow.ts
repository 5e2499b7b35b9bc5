import { withRule } from "../../../contract/validation/refusal.ts";
import { EventbridgeApi } from "../../../provider/runtime/api/eventbridge.ts";
import type { ApiRequest } from "../../../provider/runtime/api/request.ts";
import { createStream } from "../../../provider/runtime/api/stream-definition.ts";
import { listTasksShared } from "../../../provider/runtime/observe/tasks.ts";
import type { CheckResult, KnownIdentity, Properties } from "../../../provider/runtime/resource.ts";
import { inflowTaskKind as kind } from "../../../provider/runtime/resources/inflow-task/index.ts";
import { popCore, runningInstance } from "../../service/rocketmq/support/service.ts";
import type { TestService } from "../../support/service.ts";
import { type Kept, type Run, runOn } from "./groups.ts";
import { somebodyElse } from "./service.ts";

export const INFLOW_REGION = "cn-hangzhou";
/** The ARN of a topic that `queueWithTopic` has made in a RocketMQ 5.x instance. */
export function deadLetterArn(queue: string, topic = "dead-letters"): string {
  return `acs:mq:${INFLOW_REGION}:1:/instances/${queue}/topic/${topic}`;
}

/** Of the groups that `somebodyElse` makes. */
export const PASSWORD = "Somebody-pw-1";

export interface Ground {
  readonly instance: string;
  readonly groupId: string;
  /** Id of the RocketMQ instance, which has the topic `orders`. */
  readonly queue: string;
}

/** An instance with the group `billing`, and a RocketMQ 5.x instance with the topics `orders` and `dead-letters`. */
export async function inflowGround(service: TestService): Promise<Ground> {
  const hand = somebodyElse(service);
  const instance = await hand.makeInstance("orders");
  const groupId = await hand.makeGroup(instance, "billing");
  return { instance, groupId, queue: await queueWithTopic(service) };
}

export async function queueWithTopic(service: TestService, topic = "orders"): Promise<string> {
  const roa = popCore(service);
  const queue = await runningInstance(roa);
  for (const name of [topic, "dead-letters"])
    await roa("POST", `/instances/${queue}/topics/${name}`, { body: { messageType: "NORMAL" } });
  return queue;
}

export function taskOn(ground: Ground, more: Properties = {}): Properties {
  const { instance, groupId, queue } = ground;
  return {
    region: INFLOW_REGION,
    source: { instance, groupId, account: "billing", password: PASSWORD },
    sink: { version: "5.x", instance: queue, topic: "orders" },
    ...more,
  };
}

export function taskIdentity(name: string, more: Partial<KnownIdentity> = {}): KnownIdentity {
  const self = `urn:pulumi:dev::test::pulumi-nodejs:dynamic/changetracking:InflowTask::${name}`;
  return {
    self,
    logicalName: name,
    scope: undefined,
    declared: [],
    engine: undefined,
    region: undefined,
    ...more,
  };
}

export function checkTask(
  run: Run,
  name: string,
  inputs: Properties,
  olds: Properties = {},
  more: Partial<KnownIdentity> = {},
): Promise<CheckResult> {
  return kind.check(run, taskIdentity(name, more), olds, inputs);
}

/** The reasons of the failures, each behind its property. */
export async function refusals(...check: Parameters<typeof checkTask>): Promise<string[]> {
  return (await checkTask(...check)).failures.map(
    ({ property, reason, rule }) => `${property.trim()}: ${withRule(reason, rule)}`,
  );
}

async function checked(run: Run, name: string, inputs: Properties, olds: Properties = {}) {
  const result = await checkTask(run, name, inputs, olds);
  if (result.failures.length > 0) throw new Error(JSON.stringify(result.failures));
  run.memory.rememberUrn("InflowTask", result.inputs, taskIdentity(name).self ?? "");
  return result.inputs;
}

export async function createTask(run: Run, name: string, inputs: Properties): Promise<Kept> {
  const { id, outs } = await kind.create(run, await checked(run, name, inputs));
  return { id, props: outs };
}

/** Updates as the engine does: nothing when the diff says so; fails when it would replace. */
export async function updateTask(run: Run, name: string, kept: Kept, inputs: Properties): Promise<Kept> {
  const news = await checked(run, name, inputs, kept.props);
  const diff = await kind.diff(kept.props, news);
  if (diff.replaces.length > 0) throw new Error(`replaces ${diff.replaces.join(", ")}`);
  return diff.changes ? { id: kept.id, props: await kind.update(run, kept.id, kept.props, news) } : kept;
}

/** What a create or an update left in the state when it threw. */
export async function leftBy(work: Promise<Kept>): Promise<Kept & { readonly message: string }> {
  const error = await work.then(
    () => new Error("no error"),
    (thrown: Error & Partial<{ id: string; properties: Properties }>) => thrown,
  );
  const { id = "", properties = {} } = error as { id?: string; properties?: Properties };
  return { id, props: properties, message: error.message };
}

export async function readTask(run: Run, { id, props }: Kept) {
  return kind.read(run, id, props);
}

export function deleteTask(run: Run, { id, props }: Kept): Promise<void> {
  return kind.delete(run, id, props);
}

/** EventBridge as somebody else sees and uses it. */
export function tasksByHand(service: TestService) {
  const api = new EventbridgeApi(runOn(service).api, INFLOW_REGION);
  return {
    api,
    names: async () =>
      (await listTasksShared(runOn(service), INFLOW_REGION)).map((one) => `${one.name} ${one.status}`),
    /** A task of somebody else's on a group, started. */
    run: async (name: string, { instance, groupId, queue }: Ground, password = PASSWORD) => {
      const part = (Value: string) => ({ Form: "CONSTANT", Value });
      await createStream(api, {
        EventStreamingName: name,
        Description: "",
        FilterPattern: "{}",
        Source: {
          SourceDTSParameters: { Sid: groupId, TaskId: instance, Username: "billing", Password: password },
        },
        Sink: {
          SinkRocketMQParameters: {
            InstanceId: part(queue),
            Topic: part("orders"),
            Body: { Form: "ORIGINAL" },
          },
        },
        RunOptions: {},
        Transforms: [],
      });
      await api.start(name);
      for (let looks = 0; looks < 3_000; looks += 1) {
        if ((await api.stream(name)).Status !== "STARTING") return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}

/** The actions that a run has called. */
export function actionsOf(run: { readonly calls: readonly ApiRequest[] }): string[] {
  return run.calls.map((call) => call.action);
}
