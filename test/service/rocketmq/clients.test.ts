/*
 * Every action by the official SDK with its models (both of its ways of signing) and by the older core client. Each
 * answer is held against the published fields and types.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROCKETMQ_ACTIONS } from "../../../contract/rocketmq/index.ts";
import { rocketmqRoom } from "../../../service/rocketmq/index.ts";
import { until } from "../dts/support/wait.ts";
import {
  type Answer,
  dataOf,
  order,
  popCore,
  type Queues,
  retry,
  runningInstance,
  sdk,
  startQueues,
  typedSdk,
} from "./support/service.ts";

let queues: Queues;
beforeAll(async () => {
  queues = await startQueues();
});
afterAll(() => queues.stop());

/** Calls an action by its published name: path parameters in order, then query or body. */
type Do = (action: string, path: string[], more?: Record<string, unknown>) => Promise<unknown>;

/** Actions whose parameters the SDK and the metadata put into the query. */
const QUERY_ACTIONS = /^(Get|List|Delete|Tag|Untag|ChangeResourceGroup|UpdateInstanceAccount$)/;

function typedDo(v2: boolean, called: Set<string>): Do {
  const client = typedSdk(queues.service, v2);
  return async (action, path, more) => {
    called.add(action);
    const method = action.charAt(0).toLowerCase() + action.slice(1);
    const Request = sdk[`${action}Request`];
    const request = Request && new Request(inBody(action, more ?? {}, Request));
    const { body } = (await client[method]?.(...path, ...(request ? [request] : []))) ?? { body: {} };
    // The models keep their members under the published names.
    return dataOf(action, JSON.parse(JSON.stringify(body)));
  };
}

/** Nested members have model classes of their own; plain objects are converted by the SDK's constructors. */
function inBody(
  action: string,
  members: Record<string, unknown>,
  Request: { types(): Record<string, unknown> },
) {
  const types = Request.types();
  expect(
    Object.keys(members).filter((name) => !(name in types)),
    action,
  ).toEqual([]);
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [name, modelled(types[name], value)]),
  );
}

function modelled(type: unknown, value: unknown): unknown {
  if (typeof type === "function" && "types" in type && typeof value === "object" && value !== null) {
    const Model = type as unknown as { new (members: object): object; types(): Record<string, unknown> };
    const types = Model.types();
    return new Model(
      Object.fromEntries(Object.entries(value).map(([name, one]) => [name, modelled(types[name], one)])),
    );
  }
  const itemType = (type as { itemType?: unknown } | undefined)?.itemType;
  return Array.isArray(value) && itemType ? value.map((one) => modelled(itemType, one)) : value;
}

function popDo(called: Set<string>): Do {
  const roa = popCore(queues.service);
  const routes = new Map(rocketmqRoom.actions.map(({ name, route }) => [name, route]));
  return async (action, path, more) => {
    called.add(action);
    const { method = "", path: template = "" } = routes.get(action) ?? {};
    const left = [...path];
    const filled = template.replace(/\{\w+\}/g, () => encodeURIComponent(left.shift() ?? ""));
    const inQuery = QUERY_ACTIONS.test(action) && more !== undefined;
    const query = inQuery ? indexed(more) : {};
    return dataOf(action, await roa(method, filled, { query, ...(inQuery || !more ? {} : { body: more }) }));
  };
}

/** Lists in the query as repeated parameters. */
function indexed(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) =>
      Array.isArray(value) ? value.map((one, i) => [`${name}.${i + 1}`, one]) : [[name, value]],
    ),
  );
}

const forms: [string, (called: Set<string>) => Do][] = [
  ["SDK, V3", (called) => typedDo(false, called)],
  ["SDK, v2 mode", (called) => typedDo(true, called)],
  ["pop-core ROA", popDo],
];

it("UpdateInstanceSoftware, which no SDK knows, sets the maintenance time", async () => {
  const call = popDo(new Set());
  const id = await runningInstance(queues.roa);
  await call("UpdateInstanceSoftware", [id], { maintainTime: "03:00-07:00" });
  expect(await call("GetInstance", [id])).toMatchObject({ software: { maintainTime: "03:00-07:00" } });
});

describe.each(forms)("%s", (_name, open) => {
  it("calls every published action, from purchase to release", async () => {
    const called = new Set<string>();
    const call = open(called);
    const id = String(
      await call("CreateInstance", [], { ...order, instanceName: "orders", clientToken: `t-${_name}` }),
    );
    expect(id).toMatch(/^rmq-cn-[a-z0-9]{11}$/);
    await until(
      () => call("GetInstance", [id]) as Promise<Answer>,
      ({ status }) => status === "RUNNING",
    );
    await topicsAndGroups(call, id);
    await instanceItself(call, id);
    await access(call, id);
    expect(await call("ListRegions", [])).toContainEqual(
      expect.objectContaining({ regionId: "cn-hangzhou", supportRocketmqV5: true }),
    );
    expect(await call("ListAvailableZones", [])).toContainEqual(
      expect.objectContaining({ zoneId: "cn-hangzhou-b" }),
    );
    expect(await call("DeleteTopic", [id, "orders"])).toBe(true);
    expect(await call("DeleteInstance", [id])).toBe(true);
    await expect(call("GetInstance", [id])).rejects.toMatchObject({ code: "Instance.NotFound" });
    const missing = ROCKETMQ_ACTIONS.map(({ name }) => name).filter((name) => !called.has(name));
    expect(missing).toEqual(["UpdateInstanceSoftware"]);
  });
});

async function topicsAndGroups(call: Do, id: string): Promise<void> {
  await call("CreateTopic", [id, "orders"], { messageType: "FIFO", remark: "r", maxSendTps: 1500 });
  await call("UpdateTopic", [id, "orders"], { remark: "changed" });
  expect(await call("GetTopic", [id, "orders"])).toMatchObject({
    topicName: "orders",
    messageType: "FIFO",
    remark: "changed",
    maxSendTps: 1500,
  });
  const found = await call("ListTopics", [id], { messageTypes: ["FIFO"], filter: "ord", pageSize: 10 });
  expect(found).toMatchObject({
    totalCount: 1,
    pageNumber: 1,
    pageSize: 10,
    list: [{ topicName: "orders" }],
  });
  expect(await call("ListTopics", [id], { messageTypes: ["DELAY"] })).toMatchObject({ list: [] });
  expect(await call("ListTopicSubscriptions", [id, "orders"])).toEqual([]);

  const group = "GID%x";
  const policy = { ...retry, deadLetterTargetTopic: "orders" };
  expect(
    await call("CreateConsumerGroup", [id, group], {
      deliveryOrderType: "Orderly",
      consumeRetryPolicy: policy,
      remark: "first",
      maxReceiveTps: 300,
    }),
  ).toBe(true);
  await until(
    () => call("GetConsumerGroup", [id, group]) as Promise<Answer>,
    ({ status }) => status === "RUNNING",
  );
  await call("UpdateConsumerGroup", [id, group], { consumeRetryPolicy: retry, remark: "second" });
  expect(await call("GetConsumerGroup", [id, group])).toMatchObject({
    consumerGroupId: group,
    instanceId: id,
    regionId: "cn-hangzhou",
    deliveryOrderType: "Orderly",
    consumeRetryPolicy: retry,
    remark: "second",
    maxReceiveTps: 300,
    createTime: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
  });
  const listed = await call("ListConsumerGroups", [id], { filter: "GID", pageNumber: 1, pageSize: 1 });
  expect(listed).toMatchObject({ totalCount: 1, pageSize: 10, list: [{ consumerGroupId: group }] });
  expect(await call("GetConsumerGroupLag", [id, group], { topicName: "orders" })).toMatchObject({
    totalLag: { readyCount: 0, inflightCount: 0, deliveryDuration: 0 },
    topicLagMap: {},
  });
  expect(await call("ListConsumerConnections", [id, group], {})).toMatchObject({ connections: [] });
  expect(await call("ListConsumerGroupSubscriptions", [id, group], {})).toEqual([]);
  expect(await call("GetConsumerGroupSubscription", [id, group, "orders"])).toEqual([]);
  await call("ResetConsumeOffset", [id, group, "orders"], { resetType: "LATEST_OFFSET" });
  const resetTime = "2026-11-01 10:00:00";
  await call("ResetConsumeOffset", [id, group, "orders"], { resetType: "SPECIFIED_TIME", resetTime });
  expect(await call("DeleteConsumerGroup", [id, group])).toBe(true);
  await expect(call("GetConsumerGroup", [id, group])).rejects.toMatchObject({
    code: "ConsumerGroup.NotFound",
  });
}

async function instanceItself(call: Do, id: string): Promise<void> {
  await call("UpdateInstance", [id], {
    instanceName: "renamed",
    productInfo: { messageRetentionTime: 96 },
    aclInfo: { aclTypes: ["default", "apache_acl"], defaultVpcAuthFree: false },
  });
  const type = { resourceType: "instance", regionId: "cn-hangzhou" };
  await call("TagResources", [], {
    ...type,
    resourceId: JSON.stringify([id]),
    tag: JSON.stringify([
      { key: "k", value: "v" },
      { key: "other", value: "" },
    ]),
  });
  const tags = await call("ListTagResources", [], { ...type, resourceId: JSON.stringify([id]) });
  expect(tags).toMatchObject({ tagResources: [{ tagKey: "k", tagValue: "v" }, { tagKey: "other" }] });
  await call("UntagResources", [], { ...type, resourceId: JSON.stringify([id]), tagKey: '["other"]' });
  await call("ChangeResourceGroup", [], { ...type, resourceId: id, resourceGroupId: "rg-2" });
  expect(await call("GetInstance", [id])).toMatchObject({
    instanceName: "renamed",
    resourceGroupId: "rg-2",
    tags: [{ key: "k", value: "v" }],
    productInfo: { ...order.productInfo, messageRetentionTime: 96 },
    aclInfo: { defaultVpcAuthFree: false, aclTypes: ["default", "apache_acl"] },
    networkInfo: { vpcInfo: { vpcId: "vpc-1" }, endpoints: [{ endpointType: "TCP_VPC" }] },
  });
  const wanted = { seriesCodes: ["standard"], tags: '[{"key":"k"}]', filter: "renam" };
  expect(await call("ListInstances", [], wanted)).toMatchObject({
    totalCount: 1,
    list: [{ instanceId: id }],
  });
  expect(await call("ListInstances", [], { tags: '[{"key":"none"}]' })).toMatchObject({ totalCount: 0 });
  await until(
    () => call("GetInstance", [id]) as Promise<Answer>,
    ({ status }) => status === "RUNNING",
  );
}

async function access(call: Do, id: string): Promise<void> {
  expect(await call("GetInstanceAccount", [id], {})).toMatchObject({ accountStatus: "ENABLE" });
  await call("CreateInstanceAccount", [id], { username: "app", password: "secret-1" });
  await call("UpdateInstanceAccount", [id, "app"], { password: "secret-2", accountStatus: "DISABLE" });
  expect(await call("GetInstanceAccount", [id], { username: "app" })).toMatchObject({
    username: "app",
    password: "secret-2",
    accountStatus: "DISABLE",
  });
  const accounts = await call("ListInstanceAccount", [id], { accountType: "CUSTOM" });
  expect(accounts).toMatchObject({ totalCount: 1, list: [{ username: "app" }] });
  const right = { resourceType: "Topic", resourceName: "orders" };
  await call("CreateInstanceAcl", [id, "app"], { ...right, actions: ["Pub"], decision: "Allow" });
  await call("UpdateInstanceAcl", [id, "app"], { ...right, actions: ["Pub", "Sub"], decision: "Allow" });
  expect(await call("GetInstanceAcl", [id, "app"], right)).toMatchObject({ actions: ["Pub", "Sub"] });
  expect(await call("ListInstanceAcl", [id], { filter: "app" })).toMatchObject({ totalCount: 1 });
  await call("DeleteInstanceAcl", [id, "app"], right);
  await call("DeleteInstanceAccount", [id, "app"]);
  await expect(call("GetInstanceAccount", [id], { username: "app" })).rejects.toMatchObject({
    code: "InstanceAccount.NotExisted",
  });
  await call("CreateInstanceIpWhitelist", [id], { ipWhitelists: ["10.0.0.0/8", "192.168.0.1", "::1"] });
  const some = { ipWhitelists: ["10.0.0.0/8"] };
  expect(await call("GetInstanceIpWhitelist", [id], some)).toMatchObject(some);
  expect(await call("ListInstanceIpWhitelist", [id], { pageSize: 2 })).toMatchObject({ totalCount: 3 });
  await call("DeleteInstanceIpWhitelist", [id], { ipWhitelists: ["10.0.0.0/8", "::1"] });
  await call("DeleteInstanceIpWhitelist", [id], { ipWhitelist: "192.168.0.1" });
  expect(await call("GetInstanceIpWhitelist", [id], {})).toMatchObject({ ipWhitelists: [] });
}
