import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type MessagingListener, startMessagingListener } from "../../../service/rocketmq-grpc/listener.ts";
import { enums } from "../../../service/rocketmq-grpc/wire/generated/enums.ts";
import { MemoryBackend } from "../../support/messaging/memory-backend.ts";
import { codeOf, firstOf, RawClient } from "../../support/messaging/raw-client.ts";

const { ClientType, FilterType, Language } = enums;

let backend: MemoryBackend;
let listener: MessagingListener;
let client: RawClient;
/** Added to the clock of the listener. */
let laterMs: number;

beforeEach(async () => {
  backend = new MemoryBackend();
  backend.declareTopic("orders");
  backend.declareGroup("billing", { maxRetries: 3, retryMs: [10_000, 30_000] });
  backend.declareGroup("steps", { isOrdered: true });
  laterMs = 0;
  listener = await startMessagingListener({
    backend,
    namespace: "rmq-cn-1",
    limits: { comeBackMsMax: 300 },
    now: () => Date.now() + laterMs,
  });
  client = new RawClient(listener.port);
});

afterEach(async () => {
  client.close();
  await listener.close();
});

const userAgent = { language: Language.GOLANG, version: "5.1.2" };
const consumer = (group = "billing", clientType: number = ClientType.SIMPLE_CONSUMER) => ({
  settings: {
    clientType,
    userAgent,
    subscription: {
      group: { name: group },
      subscriptions: [
        { topic: { name: "orders" }, expression: { type: FilterType.SQL, expression: "a = 'b'" } },
      ],
    },
  },
});
const producer = {
  settings: { clientType: ClientType.PRODUCER, userAgent, publishing: { topics: [{ name: "orders" }] } },
};

async function open(settings: object, clientId = "raw-1") {
  const stream = client.telemetry({ clientId });
  stream.on("error", () => {});
  stream.write(settings);
  return { stream, answer: await firstOf(stream) };
}

describe("settings", () => {
  it("of a consumer are answered with what the group says", async () => {
    const { answer } = await open(consumer());
    expect(codeOf(answer)).toBe("OK");
    expect(answer.settings).toMatchObject({
      backoffPolicy: {
        maxAttempts: 4,
        customizedBackoff: { next: [{ seconds: { low: 10 } }, { seconds: { low: 30 } }] },
      },
      subscription: { fifo: false, receiveBatchSize: 32, group: { name: "billing" } },
      metric: {},
    });
    expect((await open(consumer("steps"), "raw-2")).answer.settings).toMatchObject({
      subscription: { fifo: true },
    });
  });

  it("of a producer are answered with the largest body", async () => {
    const { answer } = await open(producer);
    expect(answer.settings).toMatchObject({
      publishing: { maxBodySize: 4_194_304, validateMessageType: true, topics: [{ name: "orders" }] },
      backoffPolicy: { maxAttempts: 3, exponentialBackoff: { multiplier: 2 } },
    });
  });

  it.each([
    ["of an unknown group", consumer("nobody"), "CONSUMER_GROUP_NOT_FOUND", 5],
    ["of a pull consumer", consumer("billing", ClientType.PULL_CONSUMER), "UNRECOGNIZED_CLIENT_TYPE", 3],
    ["of neither kind", { settings: {} }, "BAD_REQUEST", 3],
  ])("%s are refused, and the stream ends so", async (_name, settings, code, status) => {
    const stream = client.telemetry();
    const ended = new Promise<{ code?: number }>((resolve) => stream.once("error", resolve));
    stream.write(settings);
    expect(codeOf(await firstOf(stream))).toBe(code);
    expect((await ended).code).toBe(status);
    expect(backend.present).toEqual([]);
  });

  it("too large to be settings end the stream", async () => {
    const stream = client.telemetry();
    stream.write({ verifyMessageResult: { nonce: "n".repeat(300_000) } });
    await expect(firstOf(stream)).rejects.toMatchObject({ code: 8 });
  });
});

describe("clients", () => {
  it("are told with what they say of themselves, once", async () => {
    let told = 0;
    backend.clients = (present) => {
      told += 1;
      backend.present = present;
    };
    const { stream } = await open(consumer());
    stream.write(consumer());
    await firstOf(stream);
    expect(backend.present).toEqual([
      {
        clientId: "raw-1",
        kind: "SIMPLE_CONSUMER",
        group: "billing",
        language: "GOLANG",
        version: "5.1.2",
        address: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
        connectedAtMs: expect.any(Number),
        subscriptions: [{ topic: "orders", type: "SQL92", expression: "a = 'b'" }],
      },
    ]);
    expect(told).toBe(1);
  });

  it("are gone when they say so", async () => {
    await open(producer);
    expect(codeOf(await client.call("NotifyClientTermination", {}))).toBe("OK");
    expect(backend.present).toEqual([]);
    expect(codeOf(await client.call("Heartbeat", {}))).toBe("UNRECOGNIZED_CLIENT_TYPE");
  });

  it("are gone when their stream has ended and they do not come back", async () => {
    const { stream } = await open(producer);
    stream.cancel();
    expect(backend.present).toHaveLength(1);
    await expect.poll(() => backend.present).toEqual([]);
  });

  it("are there when they come back in time", async () => {
    const { stream } = await open(producer);
    stream.cancel();
    await open(producer);
    laterMs = 2_000;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(backend.present).toHaveLength(1);
  });

  it("are gone when no heartbeat comes, and may come again", async () => {
    const { stream } = await open(producer);
    const ended = new Promise((resolve) => stream.once("end", resolve));
    laterMs = 40_000;
    expect(codeOf(await client.call("Heartbeat", {}))).toBe("OK");
    laterMs = 80_000;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(backend.present).toHaveLength(1);
    laterMs = 130_000;
    await ended;
    expect(backend.present).toEqual([]);
    await open(producer);
    expect(backend.present).toHaveLength(1);
  });

  it("get a heartbeat refused when their group is no more", async () => {
    await open(consumer());
    backend.groups.delete("billing");
    expect(codeOf(await client.call("Heartbeat", { group: { name: "billing" } }))).toBe(
      "CONSUMER_GROUP_NOT_FOUND",
    );
  });

  it("that have gone receive nothing any more", async () => {
    await open(consumer());
    const receiving = client.stream("ReceiveMessage", {
      group: { name: "billing" },
      messageQueue: { topic: { name: "orders" } },
      batchSize: 1,
      invisibleDuration: { seconds: 30 },
    });
    await expect.poll(() => backend.wishes.length).toBe(1);
    const startedAtMs = Date.now();
    await client.call("NotifyClientTermination", {});
    expect((await receiving).map(codeOf)).toEqual(["MESSAGE_NOT_FOUND", undefined]);
    expect(Date.now() - startedAtMs).toBeLessThan(5_000);
  });
});

describe("the place that clients are told", () => {
  const places = (answer: { [field: string]: unknown }) =>
    (answer.messageQueues as { broker: { endpoints: object } }[])[0]?.broker.endpoints;
  const endpoints = (host: string, port: number) => ({ addresses: [{ host, port }] });

  it("is the one by which they have come", async () => {
    const topic = { name: "orders" };
    const answer = await client.call("QueryRoute", { topic, endpoints: endpoints("messages.local", 8_081) });
    expect(places(answer)).toMatchObject({ scheme: 3, ...endpoints("messages.local", 8_081) });
    expect(answer.messageQueues).toHaveLength(4);
    expect(places(await client.call("QueryRoute", { topic }))).toMatchObject({
      scheme: 1,
      ...endpoints("127.0.0.1", listener.port),
    });
    const odd = { topic, endpoints: endpoints("x", 70_000) };
    expect(places(await client.call("QueryRoute", odd))).toMatchObject(endpoints("127.0.0.1", listener.port));
  });
});

describe("a client whose account is switched off", () => {
  const ann = { username: "ann", password: "secret" };
  beforeEach(() => {
    backend.allowsAnonymous = false;
    backend.secrets.set("ann", "secret");
  });

  it("loses its stream of commands", async () => {
    const stream = client.telemetry(ann);
    stream.on("error", () => {});
    stream.write(producer);
    expect(codeOf(await firstOf(stream))).toBe("OK");
    const last = firstOf(stream);
    backend.secrets.delete("ann");
    expect(codeOf(await last)).toBe("UNAUTHORIZED");
  });

  it("gets nothing of what comes while it waits, and others get it", async () => {
    const waiting = new RawClient(listener.port, ann);
    const receive = (from: RawClient) =>
      from.stream("ReceiveMessage", {
        group: { name: "billing" },
        messageQueue: { topic: { name: "orders" } },
        batchSize: 1,
        invisibleDuration: { seconds: 30 },
        longPollingTimeout: { seconds: 5 },
      });
    const answers = receive(waiting);
    await new Promise((resolve) => setTimeout(resolve, 200));
    backend.secrets.set("ann", "another");
    const other = new RawClient(listener.port, { username: "ann", password: "another" });
    const systemProperties = { messageId: "id-1" };
    await other.call("SendMessage", {
      messages: [{ topic: { name: "orders" }, body: Buffer.from("x"), systemProperties }],
    });
    expect((await answers).map(codeOf)).toEqual(["UNAUTHORIZED"]);
    expect((await receive(other)).filter(({ message }) => message)).toHaveLength(1);
    waiting.close();
    other.close();
  });
});
