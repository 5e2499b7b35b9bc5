import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MessageView } from "rocketmq-client-nodejs";
import { describe, expect, it, onTestFinished } from "vitest";
import type { MessageSenderCalls } from "../../../service/core/threads/data-lines.ts";
import { openLine } from "../../../service/core/threads/line.ts";
import { servedInstance } from "../../../service/rocketmq/engine/plane/specs.ts";
import { rocketmqStore } from "../../../service/rocketmq/store.ts";
import { NodeClients } from "../../support/messaging/node-clients.ts";
import { until } from "../dts/support/wait.ts";
import { type Answer, runningInstance, startQueues } from "./support/service.ts";
import { endpointOf, type MessageWorld, openMessageWorld, texts } from "./support/world.ts";

const QUICK = { timeout: 60_000 };
/** With a topic `orders` and a group `workers`. */
async function openWorld(options: Parameters<typeof openMessageWorld>[0] = {}): Promise<MessageWorld> {
  const world = await openMessageWorld(options);
  onTestFinished(() => world.close());
  await world.topic("orders");
  await world.group("workers");
  return world;
}

describe("messages of an instance", () => {
  it("go from an official producer to an official consumer, and the lag says how it is", QUICK, async () => {
    const world = await openWorld();
    const clients = await world.clients();
    const producer = await clients.producer({ topics: ["orders"] } as never);
    await producer.send({ topic: "orders", tag: "a", keys: ["k"], body: Buffer.from("one") });
    const subscriptions = new Map([["orders", "*"]]);
    const consumer = await clients.simpleConsumer({ consumerGroup: "workers", subscriptions });
    const [message] = await consumer.receive(1, 20_000);
    expect(texts([message as MessageView])).toEqual(["one"]);

    const lag = () => world.roa("GET", `${world.path}/consumerGroups/workers/lag`);
    const inflight = await until(lag, ({ data }) => totalOf(data).inflightCount === 1);
    expect(inflight.data).toMatchObject({ topicLagMap: { orders: { readyCount: 0, inflightCount: 1 } } });
    await consumer.ack(message as MessageView);
    await until(lag, ({ data }) => totalOf(data).inflightCount === 0);

    const { data } = await world.roa("GET", `${world.path}/consumerGroups/workers/connections`);
    expect(data).toMatchObject({ connections: [{ language: expect.any(String), egressIp: "127.0.0.1" }] });
    const subscribed = await world.roa("GET", `${world.path}/consumerGroups/workers/subscriptions`);
    expect(subscribed.data).toMatchObject([
      { topicName: "orders", filterExpression: "*", subscriptionStatus: "ONLINE", consistency: true },
    ]);
    await clients.close();
    await until(
      () => world.roa("GET", `${world.path}/consumerGroups/workers/connections`),
      (answer) => (answer.data as { connections: unknown[] }).connections.length === 0,
    );
  });

  it("go without an account on this machine, and nowhere else", QUICK, async () => {
    const world = await openWorld();
    const clients = new NodeClients(Number((await world.address()).split(":").at(-1)));
    onTestFinished(() => clients.close());
    const producer = await clients.producer({ topics: ["orders"] } as never);
    expect((await producer.send({ topic: "orders", body: Buffer.from("one") })).messageId).toBeTruthy();
    const { kernel } = world.service.running ?? {};
    const instance = kernel && rocketmqStore(kernel.store).instance(world.id);
    if (!instance) throw new Error("the service does not run in this process");
    const listeningOn = (host: string | undefined, all: string) => {
      const settings = { ...kernel.settings, host: all, rocketmq: { ...kernel.settings.rocketmq, host } };
      return servedInstance({ ...kernel, settings }, instance).spec.allowsAnonymous;
    };
    expect([listeningOn(undefined, "127.0.0.1"), listeningOn("::1", "0.0.0.0")]).toEqual([true, true]);
    expect([listeningOn("0.0.0.0", "127.0.0.1"), listeningOn(undefined, "::")]).toEqual([false, false]);
  });

  it("come from other rooms, and ResetConsumeOffset passes them over", QUICK, async () => {
    const world = await openWorld();
    await world.address();
    const port = await world.service.running?.kernel.ports.find("messages5")?.connect();
    if (!port) throw new Error("no room keeps messages");
    const line = openLine<MessageSenderCalls, Record<never, never>>(port, {});
    const send = (body: string, more: object = {}) =>
      line.ask("send", {
        instanceId: world.id,
        topic: "orders",
        messages: [{ body: Buffer.from(body), keys: [], properties: { from: "a row" }, ...more }],
      });
    await send("one");
    await expect(send("two", { messageGroup: "a" })).rejects.toMatchObject({ code: "MESSAGE_TYPE" });
    const consumer = await (await world.clients()).simpleConsumer({
      consumerGroup: "workers",
      subscriptions: new Map([["orders", "*"]]),
    });
    const [message] = await consumer.receive(1, 20_000);
    expect(texts([message as MessageView])).toEqual(["one"]);
    expect(message?.properties.get("from")).toBe("a row");

    await send("three");
    await world.roa("PATCH", `${world.path}/consumerGroups/workers/consumeOffsets/orders`, {
      body: { resetType: "LATEST_OFFSET" },
    });
    await send("four");
    expect(texts(await consumer.receive(8, 20_000))).toEqual(["four"]);
  });

  it("outlive the service, at the port at which they were", QUICK, async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "messages-"));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const world = await openWorld({ dataDir });
    const before = await world.address();
    const producer = await (await world.clients()).producer();
    await producer.send({ topic: "orders", body: Buffer.from("one") });
    await world.service.restart();
    expect(await world.address()).toBe(before);
    const consumer = await (await world.clients()).simpleConsumer({
      consumerGroup: "workers",
      subscriptions: new Map([["orders", "*"]]),
    });
    expect(texts(await consumer.receive(1, 20_000))).toEqual(["one"]);
  });

  it("are in the status, and gone with the instance", QUICK, async () => {
    const world = await openWorld();
    const address = await world.address();
    const producer = await (await world.clients()).producer();
    await producer.send({ topic: "orders", body: Buffer.from("one") });
    const status = await until(
      () => world.service.admin("GET", "status"),
      (answer) => JSON.stringify(answer).includes('"sent":1'),
    );
    expect((status.rooms as Answer).rocketmq).toMatchObject({
      messages: { running: true, restarts: 0 },
      listeners: [{ instanceId: world.id, address, topics: [{ topic: "orders", sent: 1, kept: 1 }] }],
    });
    await world.roa("DELETE", world.path);
    await until(
      () => isListening(Number(address.split(":").at(-1))),
      (answer) => !answer,
    );
  });

  it("are not kept where the settings say so", QUICK, async () => {
    const queues = await startQueues({ settings: { rooms: { rocketmq: { messages: false } } } });
    onTestFinished(() => queues.stop());
    const id = await runningInstance(queues.roa);
    expect(endpointOf(await queues.roa("GET", `/instances/${id}`))).toContain(".invalid");
    expect(queues.service.running?.kernel.ports.find("messages5")).toBeUndefined();
  });
});

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  return await once(socket, "connect")
    .then(
      () => true,
      () => false,
    )
    .finally(() => socket.destroy());
}

function totalOf(data: unknown): { readyCount: number; inflightCount: number } {
  return (data as { totalLag: { readyCount: number; inflightCount: number } }).totalLag;
}
