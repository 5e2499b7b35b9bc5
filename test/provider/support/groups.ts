import { setTimeout as delay } from "node:timers/promises";
import { IotApi } from "../../../provider/runtime/api/iot.ts";
import type { ApiRequest } from "../../../provider/runtime/api/request.ts";
import { openApiTransport } from "../../../provider/runtime/api/transport.ts";
import type { EngineLog } from "../../../provider/runtime/host/engine.ts";
import { makeSession, type Session } from "../../../provider/runtime/host/session.ts";
import { readSettings } from "../../../provider/runtime/host/settings.ts";
import type { TakenOver } from "../../../provider/runtime/ownership/taken-over.ts";
import type { Unfinished } from "../../../provider/runtime/ownership/unfinished.ts";
import type { KnownIdentity, Properties } from "../../../provider/runtime/resource.ts";
import { consumerGroupKind as kind } from "../../../provider/runtime/resources/consumer-group/index.ts";
import { groupNamed, relationOf } from "../../../provider/runtime/resources/consumer-group/iot/observe.ts";
import type { TestService } from "../../support/service.ts";

export const REGION = "cn-shanghai";

export interface Run extends Session {
  readonly said: string[];
  readonly calls: ApiRequest[];
}

/** One run of the provider against a real service: what one `pulumi` command's host process is. Waits are short. */
export function runOn(
  service: TestService,
  more: { unfinished?: Unfinished; takenOver?: TakenOver } = {},
): Run {
  const said: string[] = [];
  const calls: ApiRequest[] = [];
  const say = (severity: string) => (message: string) => said.push(`${severity}: ${message}`);
  const log: EngineLog = { warn: say("warn"), info: say("info"), progress: say("progress") };
  const read = (key: string) => (key === "changetracking:endpoint" ? service.url : undefined);
  const real = openApiTransport(readSettings(read, {}));
  const transport = {
    send: (request: ApiRequest) => {
      calls.push(request);
      return real.send(request);
    },
  };
  let skippedMs = 0;
  const clock = {
    nowMs: () => Date.now() + skippedMs,
    sleep: async (waitMs: number) => {
      skippedMs += waitMs;
      await delay(2);
    },
    random: () => 0.5,
  };
  return { ...makeSession({ read, environment: {}, transport, clock, log, ...more }), said, calls };
}

export function identityOf(name: string, more: Partial<KnownIdentity> = {}): KnownIdentity {
  const self = `urn:pulumi:dev::test::pulumi-nodejs:dynamic/changetracking:ConsumerGroup::${name}`;
  const nothing = { scope: undefined, declared: [], engine: undefined, region: undefined };
  return { self, logicalName: name, ...nothing, ...more };
}

/** A resource as the engine keeps it. */
export interface Kept {
  readonly id: string;
  readonly props: Properties;
}

/** Checks as the engine does before a create or an update; returns the checked inputs. */
export async function checked(
  run: Run,
  name: string,
  inputs: Properties,
  olds: Properties = {},
): Promise<Properties> {
  const identity = identityOf(name);
  const result = await kind.check(run, identity, olds, inputs);
  if (result.failures.length > 0) throw new Error(JSON.stringify(result.failures));
  run.memory.rememberUrn("ConsumerGroup", result.inputs, identity.self ?? "");
  return result.inputs;
}

export async function create(run: Run, name: string, inputs: Properties): Promise<Kept> {
  const { id, outs } = await kind.create(run, await checked(run, name, inputs));
  return { id, props: outs };
}

/** Updates as the engine does: nothing when the diff says so; fails when it would replace. */
export async function update(run: Run, name: string, kept: Kept, inputs: Properties): Promise<Kept> {
  const news = await checked(run, name, inputs, kept.props);
  const diff = await kind.diff(kept.props, news);
  if (diff.replaces.length > 0) throw new Error(`replaces ${diff.replaces.join(", ")}`);
  return diff.changes ? { id: kept.id, props: await kind.update(run, kept.id, kept.props, news) } : kept;
}

export async function refresh(run: Run, { id, props }: Kept): Promise<Kept> {
  const result = await kind.read(run, id, props);
  return { id: result.id, props: result.props };
}

export function remove(run: Run, { id, props }: Kept): Promise<void> {
  return kind.delete(run, id, props);
}

/** What an error says, or that there was none. */
export async function failureOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "no error",
    (error: Error) => error.message,
  );
}

/** IoT Platform as somebody else sees and uses it. */
export function iotByHand(service: TestService, region = REGION) {
  const run = runOn(service);
  const place = { region };
  const api = new IotApi(run.api, place);
  const call = (action: string, parameters: Properties) =>
    run.api.call<Record<string, unknown>>(
      { product: "iot", region, action, parameters: { RegionId: region, ...parameters } },
      { repeat: "once" },
    );
  return {
    api,
    call,
    product: async (ProductName: string) =>
      String((await call("CreateProduct", { ProductName, NodeType: 0 })).ProductKey),
    group: async (name: string) => (await api.createGroup(name)).GroupId ?? "",
    idOf: async (name: string) => (await groupNamed(api, name))?.GroupId,
    /** Group ids on the product's subscription; undefined when there is none. */
    groupsOf: async (productKey: string) => (await relationOf(api, productKey))?.groupIds,
    typesOf: async (productKey: string) => (await relationOf(api, productKey))?.messageTypes,
    subscribe: (productKey: string, groupId: string) =>
      api.createRelation(productKey, groupId, { DeviceDataFlag: true }),
    join: (productKey: string, groupId: string) => api.addGroup(productKey, groupId),
  };
}

/** RocketMQ 5.x as somebody else sees and uses it. */
export function queuesByHand(service: TestService) {
  const run = runOn(service);
  const region = "cn-hangzhou";
  const send = async (action: string, method: string, path: string, body?: Properties) => {
    const call = {
      product: "rocketmq",
      region,
      action,
      route: { method, path },
      ...(body ? { body } : {}),
    } as const;
    return (await run.api.call<{ data: unknown }>(call, { repeat: "once" })).data;
  };
  const groupPath = (instance: string, name: string) =>
    `/instances/${instance}/consumerGroups/${encodeURIComponent(name)}`;
  const ons = (action: string, parameters: Properties) =>
    run.api.call<Record<string, unknown>>({ product: "ons", region, action, parameters }, { repeat: "once" });
  return {
    ons,
    instance4: async (InstanceName: string) => {
      const { Data } = await ons("OnsInstanceCreate", { InstanceName });
      return String((Data as { InstanceId?: string } | undefined)?.InstanceId);
    },
    groups4: async (InstanceId: string) => {
      const { Data } = await ons("OnsGroupList", { InstanceId });
      const listed = (Data as { SubscribeInfoDo?: { GroupId: string }[] } | undefined)?.SubscribeInfoDo ?? [];
      return listed.map((one) => one.GroupId);
    },
    instance5: async () => {
      const data = await send("CreateInstance", "POST", "/instances", {
        serviceCode: "rmq",
        seriesCode: "standard",
        subSeriesCode: "single_node",
        paymentType: "PayAsYouGo",
        networkInfo: {
          vpcInfo: { vpcId: "vpc-1", vSwitches: [{ vSwitchId: "vsw-1" }] },
          internetInfo: { internetSpec: "disable", flowOutType: "uninvolved" },
        },
      });
      const id = String(data);
      for (let looks = 0; looks < 12_000; looks += 1) {
        const { status } = (await send("GetInstance", "GET", `/instances/${id}`)) as { status: string };
        if (status === "RUNNING") return id;
        await delay(5);
      }
      throw new Error(`instance ${id} did not become RUNNING`);
    },
    topic5: (instance: string, name: string) =>
      send("CreateTopic", "POST", `/instances/${instance}/topics/${name}`, { messageType: "NORMAL" }),
    group5: async (instance: string, name: string) =>
      (await send("GetConsumerGroup", "GET", groupPath(instance, name)).catch(() => undefined)) as
        | (Properties & { consumeRetryPolicy?: Properties })
        | undefined,
    makeGroup5: (instance: string, name: string) =>
      send("CreateConsumerGroup", "POST", groupPath(instance, name), {
        deliveryOrderType: "Concurrently",
        consumeRetryPolicy: { retryPolicy: "DefaultRetryPolicy", maxRetryTimes: 16 },
      }),
    changeGroup5: (instance: string, name: string, change: Properties) =>
      send("UpdateConsumerGroup", "PATCH", groupPath(instance, name), change),
  };
}
