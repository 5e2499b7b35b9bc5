/* What a repeat, a restart and odd calls leave behind, and what the data plane's figures look like. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GroupActivity } from "../../../service/core/kit/ports.ts";
import { startService } from "../../support/service.ts";
import { until } from "../dts/support/wait.ts";
import {
  type Answer,
  dataOf,
  groupNames,
  order,
  popCore,
  type Queues,
  retry,
  runningInstance,
  startQueues,
  typedSdk,
} from "./support/service.ts";

let queues: Queues;
beforeAll(async () => {
  // The figures of a data plane are told by a test here.
  queues = await startQueues({ settings: { rooms: { rocketmq: { messages: false } } } });
});
afterAll(() => queues.stop());

const body = { deliveryOrderType: "Concurrently", consumeRetryPolicy: retry };
const countOf = async () =>
  ((await queues.roa("GET", "/instances")).data as { totalCount: number }).totalCount;

describe("buying an instance", () => {
  it("with one clientToken again and again buys one; with other wishes it is refused", async () => {
    const buy = (more: object = {}) =>
      queues.roa("POST", "/instances", { query: { clientToken: "once" }, body: { ...order, ...more } });
    const before = await countOf();
    const answers = await Promise.all([buy(), buy(), buy()]);
    expect(new Set(answers.map(({ data }) => data)).size).toBe(1);
    expect(await countOf()).toBe(before + 1);
    await expect(buy({ remark: "other" })).rejects.toMatchObject({ code: "IdempotentParameterMismatch" });
    await queues.roa("DELETE", `/instances/${answers[0]?.data}`);
    expect((await buy()).data).not.toBe(answers[0]?.data);
  });

  it.each([
    [{ seriesCode: "gold" }, "InvalidSeriesCode"],
    [{ paymentType: "Subscription" }, "MissingPeriod"],
    [{ networkInfo: { vpcInfo: {}, internetInfo: order.networkInfo.internetInfo } }, "MissingVpcId"],
    [{ networkInfo: undefined }, "MissingNetworkInfo"],
    [{ tags: [{ value: "v" }] }, "MissingKey"],
  ])("with %j is refused as %s, and nothing is stored", async (more, code) => {
    const before = await countOf();
    const raw = await queues
      .roa("POST", "/instances", { body: { ...order, ...more } })
      .catch((error) => error);
    expect(raw).toMatchObject({ code, statusCode: 400, message: expect.stringMatching(/./) });
    expect(await countOf()).toBe(before);
  });

  it("a prepaid one is not deleted", async () => {
    const id = await runningInstance(queues.roa, {
      paymentType: "Subscription",
      period: 1,
      periodUnit: "Year",
    });
    await expect(queues.roa("DELETE", `/instances/${id}`)).rejects.toMatchObject({
      code: "Instance.PaymentTypeNotSupport",
    });
    expect((await queues.roa("GET", `/instances/${id}`)).data).toMatchObject({ status: "RUNNING" });
  });
});

it("an instance that is being made takes no groups; a restart goes on making it", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "rocketmq-"));
  // Minutes for what takes half a second, so that nothing is ready before the restart.
  const service = await startService({ dataDir, settings: { waitScale: 1_000 } });
  try {
    const roa = popCore(service);
    const id = String((await roa("POST", "/instances", { body: order })).data);
    expect((await roa("GET", `/instances/${id}`)).data).toMatchObject({ status: "CREATING" });
    const group = `/instances/${id}/consumerGroups/a`;
    await expect(roa("POST", group, { body })).rejects.toMatchObject({ code: "Instance.StatusNotSupport" });
    const { data: account } = await roa("GET", `/instances/${id}/account`);
    await service.stop();
    const again = await startService({ dataDir });
    try {
      const next = popCore(again);
      await until(
        () => next("GET", `/instances/${id}`),
        ({ data }) => (data as Answer).status === "RUNNING",
      );
      expect((await next("GET", `/instances/${id}/account`)).data).toEqual(account);
      await next("POST", group, { body });
      expect(await groupNames(next, id)).toEqual(["a"]);
    } finally {
      await again.stop();
    }
  } finally {
    await service.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

it("what was answered is there after a kill", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "rocketmq-"));
  const service = await startService({ dataDir, asProcess: true, settings: { waitScale: 0 } });
  try {
    const roa = popCore(service);
    const id = await runningInstance(roa);
    const names = Array.from({ length: 20 }, (_, n) => `g${n}`);
    await Promise.all(names.map((name) => roa("POST", `/instances/${id}/consumerGroups/${name}`, { body })));
    await service.kill9();
    await service.restart();
    expect((await groupNames(popCore(service), id)).sort()).toEqual(names.sort());
    const { data } = await popCore(service)("GET", `/instances/${id}/consumerGroups/g0`);
    expect(data).toMatchObject({ consumeRetryPolicy: retry, deliveryOrderType: "Concurrently" });
  } finally {
    await service.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

it("deleting an instance takes everything of it", async () => {
  const { roa } = queues;
  const id = await runningInstance(roa);
  await roa("POST", `/instances/${id}/consumerGroups/a`, { body });
  await roa("POST", `/instances/${id}/topics/t`, { body: { messageType: "NORMAL" } });
  await roa("DELETE", `/instances/${id}`);
  for (const path of ["", "/topics", "/consumerGroups/a", "/account", "/ip/whitelists"]) {
    await expect(roa("GET", `/instances/${id}${path}`), path).rejects.toMatchObject({
      code: "Instance.NotFound",
    });
  }
  const left = queues.service.running?.kernel.store.all(
    "SELECT name FROM rocketmq_groups WHERE instance_id = ? UNION ALL SELECT username FROM rocketmq_accounts WHERE instance_id = ?",
    id,
    id,
  );
  expect(left).toEqual([]);
});

it("figures of the data plane are told as published", async () => {
  const { roa, service } = queues;
  const id = await runningInstance(roa);
  await roa("POST", `/instances/${id}/topics/t`, { body: { messageType: "NORMAL" } });
  await roa("POST", `/instances/${id}/consumerGroups/a`, { body });
  const activity: GroupActivity = {
    connectedClients: 1,
    accumulatedMessages: 7,
    consumedPerMinute: 60,
    lastConsumedAtMs: 5,
    clients: [{ clientId: "c", address: "10.0.0.1:5", connectedAtMs: 1, language: "JAVA", version: "5.0.7" }],
    topics: [
      {
        topic: "t",
        accumulatedMessages: 7,
        inflightMessages: 2,
        delaySeconds: 3,
        lastConsumedAtMs: 5,
        filter: "*",
        filterType: "TAG",
        consistent: true,
      },
    ],
  };
  const moved: unknown[] = [];
  const ports = service.running?.kernel.ports;
  ports?.add("activity", { activity: () => activity });
  ports?.provide("offsets", { reset: (...to) => void moved.push(to) });
  const at = `/instances/${id}/consumerGroups/a`;
  const get = async (action: string, path: string) => dataOf<unknown>(action, await roa("GET", path));
  const figures = { readyCount: 7, inflightCount: 2, deliveryDuration: 3, lastConsumeTimestamp: 5 };
  expect(await get("GetConsumerGroupLag", `${at}/lag`)).toMatchObject({
    totalLag: figures,
    topicLagMap: { t: figures },
  });
  expect(await get("ListConsumerConnections", `${at}/connections`)).toMatchObject({
    connections: [{ clientId: "c", language: "JAVA", version: "5.0.7", egressIp: "10.0.0.1" }],
  });
  const subscribed = {
    consumerGroupId: "a",
    topicName: "t",
    filterExpression: "*",
    subscriptionStatus: "ONLINE",
  };
  expect(await get("ListConsumerGroupSubscriptions", `${at}/subscriptions`)).toMatchObject([
    { ...subscribed, consistency: true, topicCreated: true },
  ]);
  expect(await get("GetConsumerGroupSubscription", `${at}/subscriptions/t`)).toMatchObject([
    { connectionDTO: { clientId: "c" }, subscriptionDTO: subscribed },
  ]);
  expect(await get("ListTopicSubscriptions", `/instances/${id}/topics/t/subscriptions`)).toMatchObject([
    { ...subscribed, consistency: "true" },
  ]);
  const reset = (members: object) => roa("PATCH", `${at}/consumeOffsets/t`, { body: members });
  await reset({ resetType: "LATEST_OFFSET" });
  await reset({ resetType: "SPECIFIED_TIME", resetTime: "1970-01-01 08:00:01" });
  const key = ["rocketmq", `${id}/a`, "t"];
  expect(moved).toEqual([
    [...key, undefined],
    [...key, 1000],
  ]);
  await expect(reset({ resetType: "SPECIFIED_TIME" })).rejects.toMatchObject({ code: "MissingResetTime" });
  for (const resetTime of ["yesterday", "2026-02-30 00:00:00"]) {
    await expect(reset({ resetType: "SPECIFIED_TIME", resetTime })).rejects.toMatchObject({
      code: "InvalidResetTime",
    });
  }
  expect(moved).toHaveLength(2);
});

it("a failure has the published members and the gateway's", async () => {
  const { roa } = queues;
  const id = await runningInstance(roa);
  const failure = await roa("POST", `/instances/${id}/topics/t`, { body: {} }).catch((error) => error);
  expect(failure).toMatchObject({ code: "MissingMessageType" });
  const typed = typedSdk(queues.service, true);
  const other = await typed.getTopic?.(id, "none").catch((error: unknown) => error);
  expect(other).toMatchObject({
    code: "Topic.NotFound",
    data: {
      code: "Topic.NotFound",
      Code: "Topic.NotFound",
      success: false,
      httpStatusCode: 404,
      dynamicCode: "TopicName",
      dynamicMessage: "topicName",
      HostId: expect.stringContaining("rocketmq."),
    },
  });
});
