/* The billing look-up, and the calls by which infrastructure tools keep an instance, in the tools' own order. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { BSS_ACTIONS } from "../../../contract/bss/index.ts";
import { bssRoom } from "../../../service/bss/index.ts";
import { rocketmqRoom } from "../../../service/rocketmq/index.ts";
import { misfits } from "../../support/misfits.ts";
import { shapesOf } from "../../support/shapes.ts";
import { clients } from "../core/support/clients.ts";
import { longNumbers } from "../core/support/long-numbers.ts";
import {
  type Answer,
  order,
  type Queues,
  runningInstance,
  startQueues,
} from "../rocketmq/support/service.ts";

const shapes = shapesOf(BSS_ACTIONS);
let queues: Queues;
beforeAll(async () => {
  queues = await startQueues({ rooms: [rocketmqRoom, bssRoom] });
});
afterAll(() => queues.stop());

async function bill(
  action: string,
  query: Record<string, string>,
  client = "pop-core POST",
): Promise<Answer> {
  const target = { endpoint: queues.service.endpoint, ...queues.service.key };
  const found = clients[client];
  if (!found) throw new Error(`no client ${client}`);
  const outcome = await found.rpc(target, { version: "2017-12-14", action, query });
  if (outcome.code !== undefined) throw Object.assign(new Error(outcome.message), outcome);
  const answer = longNumbers(outcome.body ?? {}, "OwnerId");
  expect(misfits(answer, shapes[action] ?? {}), action).toEqual([]);
  return outcome.body ?? {};
}

const listOf = (answer: Answer) => (answer.Data as { InstanceList: Answer[] }).InstanceList;

it("is read by every client, in every form", async () => {
  const id = await runningInstance(queues.roa);
  for (const client of Object.keys(clients)) {
    const found = await bill("QueryAvailableInstances", { InstanceIDs: id, ProductCode: "ons" }, client);
    expect(found, client).toMatchObject({ Success: true, Code: "Success" });
    expect(listOf(found)).toMatchObject([
      { InstanceID: id, RenewStatus: "ManualRenewal", RenewalDuration: 0, SubscriptionType: "PayAsYouGo" },
    ]);
  }
  expect(listOf(await bill("QueryAvailableInstances", { ProductCode: "rds" }))).toEqual([]);
  expect(listOf(await bill("QueryAvailableInstances", { InstanceIDs: "none" }))).toEqual([]);
});

it("SetRenewal sets all or none and says what is missing", async () => {
  const id = await runningInstance(queues.roa, {
    paymentType: "Subscription",
    period: 1,
    autoRenew: true,
    autoRenewPeriod: 3,
  });
  const read = async () => listOf(await bill("QueryAvailableInstances", { InstanceIDs: id }))[0];
  const before = { RenewStatus: "AutoRenewal", RenewalDuration: 3, RenewalDurationUnit: "M" };
  expect(await read()).toMatchObject({ ...before, SubscriptionType: "Subscription" });
  const call = (more: Record<string, string>) =>
    bill("SetRenewal", { InstanceIDs: id, ProductCode: "ons", RenewalStatus: "AutoRenewal", ...more });
  await expect(call({})).rejects.toMatchObject({ code: "MissingRenewalPeriod" });
  await expect(call({ RenewalPeriod: "1" })).rejects.toMatchObject({ code: "MissingRenewalPeriodUnit" });
  await expect(call({ RenewalPeriod: "5", RenewalPeriodUnit: "M" })).rejects.toMatchObject({
    code: "InvalidRenewalPeriod",
  });
  const all = { RenewalPeriod: "6", RenewalPeriodUnit: "M" };
  await expect(call({ ...all, InstanceIDs: `${id},none` })).rejects.toMatchObject({
    code: "Instance.NotFound",
  });
  expect(await read()).toMatchObject(before);
  await call(all);
  expect(await read()).toMatchObject({ ...before, RenewalDuration: 6 });
  // What is sent for another kind of renewal is kept too: clients read it back.
  await call({ ...all, RenewalStatus: "ManualRenewal" });
  expect(await read()).toMatchObject({
    RenewStatus: "ManualRenewal",
    RenewalDuration: 6,
    RenewalDurationUnit: "M",
  });
  await call({ RenewalStatus: "ManualRenewal" });
  expect(await read()).toMatchObject({ RenewStatus: "ManualRenewal", RenewalDuration: 0 });
});

it("an infrastructure tool creates, reads, changes, reads and destroys an instance", async () => {
  const { roa } = queues;
  // As the tool sends it: empty texts, no token, lists that are empty.
  const id = await runningInstance(roa, {
    ...order,
    networkInfo: {
      vpcInfo: { vpcId: "vpc-1", vSwitches: [{ vSwitchId: "vsw-1" }] },
      internetInfo: {
        internetSpec: "enable",
        flowOutType: "payByBandwidth",
        flowOutBandwidth: 5,
        ipWhitelist: [],
      },
    },
    tags: [{ key: "Created", value: "TF" }],
  });
  const at = `/instances/${id}`;
  const read = async () => {
    const { data } = await roa("GET", at);
    const account = await roa("GET", `${at}/account`);
    expect(account.data).toMatchObject({ accountStatus: "ENABLE", password: expect.stringMatching(/./) });
    const [billed] = listOf(await bill("QueryAvailableInstances", { InstanceIDs: id, ProductCode: "ons" }));
    const { data: addresses } = await roa("GET", `${at}/ip/whitelists`);
    return { ...(data as Answer), billed, ipWhitelists: (addresses as Answer).ipWhitelists };
  };
  expect(await read()).toMatchObject({
    status: "RUNNING",
    paymentType: "PayAsYouGo",
    aclInfo: { aclTypes: ["default"], defaultVpcAuthFree: true },
    networkInfo: { internetInfo: { flowOutBandwidth: 5 }, endpoints: [{}, { endpointType: "TCP_INTERNET" }] },
    productInfo: { msgProcessSpec: "rmq.s2.2xlarge", sendReceiveRatio: 0.5 },
    software: { maintainTime: "02:00-06:00" },
    tags: [{ key: "Created", value: "TF" }],
    billed: { InstanceID: id },
    ipWhitelists: [],
  });
  await roa("PATCH", at, {
    body: {
      instanceId: id,
      remark: "",
      productInfo: { traceOn: true },
      networkInfo: { internetInfo: {} },
      aclInfo: {},
    },
  });
  await roa("PATCH", `${at}/software/config`, { body: { instanceId: id, maintainTime: "03:00-07:00" } });
  await roa("POST", `${at}/ip/whitelist`, {
    body: { instanceId: id, ipWhitelists: ["10.0.0.1", "10.0.0.2"] },
  });
  await roa("DELETE", `${at}/ip/whitelist`, { query: { instanceId: id, ipWhitelists: "10.0.0.1,10.0.0.2" } });
  await roa("POST", `${at}/ip/whitelist`, { body: { instanceId: id, ipWhitelists: ["10.0.0.3"] } });
  const type = { regionId: "cn-hangzhou", resourceType: "instance" };
  const indexed = { ...type, "resourceId.1": id, "tag.1.key": "For", "tag.1.value": "test" };
  await roa("POST", "/resourceTag/create", { query: indexed });
  await roa("DELETE", "/resourceTag/delete", {
    query: { ...type, resourceId: `["${id}"]`, tagKey: '["Created"]' },
  });
  expect(await read()).toMatchObject({
    remark: "",
    productInfo: { traceOn: true, msgProcessSpec: "rmq.s2.2xlarge" },
    software: { maintainTime: "03:00-07:00" },
    tags: [{ key: "For", value: "test" }],
    ipWhitelists: ["10.0.0.3"],
  });
  await roa("DELETE", at);
  await expect(roa("GET", at)).rejects.toMatchObject({ code: "Instance.NotFound", statusCode: 404 });
  expect(listOf(await bill("QueryAvailableInstances", { InstanceIDs: id }))).toEqual([]);
});

it("an infrastructure tool keeps a topic and a group", async () => {
  const { roa } = queues;
  const id = await runningInstance(roa);
  const topic = `/instances/${id}/topics/orders`;
  const group = `/instances/${id}/consumerGroups/GID_orders`;
  await roa("POST", topic, { body: { messageType: "NORMAL", remark: "r", maxSendTps: 1500 } });
  await roa("PATCH", topic, { body: { remark: "changed", maxSendTps: 1000 } });
  expect((await roa("GET", topic)).data).toMatchObject({ remark: "changed", maxSendTps: 1000 });
  const consumeRetryPolicy = { maxRetryTimes: 10, retryPolicy: "DefaultRetryPolicy" };
  await roa("POST", group, {
    body: { remark: "r", deliveryOrderType: "Concurrently", consumeRetryPolicy, maxReceiveTps: 0 },
  });
  const made = (await roa("GET", group)).data as Answer;
  expect(made).toMatchObject({ remark: "r", deliveryOrderType: "Concurrently", consumeRetryPolicy });
  expect(made).not.toHaveProperty("maxReceiveTps");
  expect(made.consumeRetryPolicy).not.toHaveProperty("fixedIntervalRetryTime");
  await roa("PATCH", group, {
    body: {
      remark: "changed",
      deliveryOrderType: "Orderly",
      consumeRetryPolicy: {
        maxRetryTimes: 20,
        retryPolicy: "FixedRetryPolicy",
        deadLetterTargetTopic: "orders",
      },
    },
  });
  expect((await roa("GET", group)).data).toMatchObject({
    remark: "changed",
    deliveryOrderType: "Orderly",
    consumeRetryPolicy: {
      maxRetryTimes: 20,
      retryPolicy: "FixedRetryPolicy",
      deadLetterTargetTopic: "orders",
    },
  });
  for (const path of [group, topic]) {
    await roa("DELETE", path);
    await expect(roa("GET", path)).rejects.toMatchObject({ statusCode: 404 });
    await expect(roa("DELETE", path)).rejects.toMatchObject({ statusCode: 404 });
  }
});
