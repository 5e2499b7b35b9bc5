import { randomBytes } from "node:crypto";
import { connect as connectHttp2, constants } from "node:http2";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { MessagingLimits } from "../../../service/rocketmq-grpc/limits.ts";
import { type MessagingListener, startMessagingListener } from "../../../service/rocketmq-grpc/listener.ts";
import { Reading } from "../../../service/rocketmq-grpc/reading.ts";
import { enums } from "../../../service/rocketmq-grpc/wire/generated/enums.ts";
import { serviceMethods } from "../../../service/rocketmq-grpc/wire/wire.ts";
import { MemoryBackend } from "../../support/messaging/memory-backend.ts";
import { codeOf, firstOf, RawClient } from "../../support/messaging/raw-client.ts";

const MIB = 1024 * 1024;
const orders = { name: "orders" };
const producer = { settings: { clientType: enums.ClientType.PRODUCER, publishing: { topics: [orders] } } };

let backend: MemoryBackend;
let listener: MessagingListener;
let logged: string[];
const toClose: { close(): void }[] = [];

beforeEach(() => {
  backend = new MemoryBackend();
  backend.declareTopic("orders");
  backend.declareGroup("billing");
  logged = [];
});

afterEach(async () => {
  for (const one of toClose.splice(0)) one.close();
  await listener.close();
});

async function start(limits: Partial<MessagingLimits> = {}): Promise<RawClient> {
  const log = (
    _level: string,
    event: string,
    { reason }: Readonly<Record<string, string | number | undefined>>,
  ) => void logged.push(`${event} ${reason}`);
  listener = await startMessagingListener({ backend, namespace: "rmq-cn-1", limits, log });
  return client("raw-1");
}

function client(clientId: string): RawClient {
  const raw = new RawClient(listener.port, { clientId });
  toClose.push(raw);
  return raw;
}

async function socket(): Promise<Socket> {
  const one = connect(listener.port, "127.0.0.1");
  one.on("error", () => {});
  // What is not read keeps the end from being seen.
  one.resume();
  toClose.push({ close: () => one.destroy() });
  await new Promise((resolve) => one.once("connect", resolve));
  return one;
}

const closed = (one: Socket) => new Promise((resolve) => one.once("close", resolve));
const isServing = async (raw: RawClient) =>
  expect(codeOf(await raw.call("QueryRoute", { topic: orders }))).toBe("OK");

/** The frames of one call, as far as they are given. */
function rawCall(name: string, headers: Record<string, string> = {}) {
  const session = connectHttp2(`http://127.0.0.1:${listener.port}`);
  session.on("error", () => {});
  toClose.push({ close: () => session.destroy() });
  const stream = session.request({
    [constants.HTTP2_HEADER_METHOD]: "POST",
    [constants.HTTP2_HEADER_PATH]: serviceMethods()[name]?.path ?? name,
    "content-type": "application/grpc",
    te: "trailers",
    "x-mq-client-id": "raw-2",
    ...headers,
  });
  stream.on("error", () => {});
  return stream;
}

describe("a client that is none", () => {
  it("neither ends the listener nor keeps others out", async () => {
    const raw = await start();
    for (let at = 0; at < 20; at += 1) {
      const one = await socket();
      one.write(at % 2 === 0 ? randomBytes(5_000) : "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      if (at % 3 === 0) one.resetAndDestroy();
    }
    await isServing(raw);
  });

  it("gets no more connections than there are for one address", async () => {
    await start({ connectionsPerAddressMax: 3 });
    const sockets = await Promise.all([socket(), socket(), socket()]);
    await closed(await socket());
    expect(logged.join()).toContain("too many connections are open");
    sockets[0]?.destroy();
    const raw = client("raw-3");
    const route = () => raw.call("QueryRoute", { topic: orders }).then(codeOf, () => "none");
    await expect.poll(route).toBe("OK");
  });

  it("is closed when it calls nothing", async () => {
    const raw = await start({ firstCallMsMax: 300, idleMsMax: 60_000 });
    await isServing(raw);
    await closed(await socket());
    expect(logged).toHaveLength(1);
    await isServing(raw);
  });

  it("sends what is no message, or no call", async () => {
    const raw = await start();
    const stream = rawCall("QueryRoute");
    stream.end(Buffer.from([0, 0, 0, 0, 4, 0xff, 0xff, 0xff, 0xff]));
    const trailers = await new Promise<Record<string, unknown>>((resolve) =>
      stream.once("response", resolve),
    );
    expect(trailers["grpc-status"]).toBe("13");
    rawCall("/nothing/Here").end();
    await isServing(raw);
  });

  it("sends a request that is too large", async () => {
    const raw = await start();
    const message = { topic: orders, body: Buffer.alloc(5 * MIB), systemProperties: { messageId: "id" } };
    await expect(raw.call("SendMessage", { messages: [message] })).rejects.toMatchObject({ code: 8 });
    await expect(raw.call("QueryRoute", { topic: { name: "n".repeat(300_000) } })).rejects.toMatchObject({
      code: 8,
    });
  });

  it("sends a request that never ends", async () => {
    const raw = await start({ readMsMax: 300 });
    const stream = rawCall("SendMessage");
    stream.write(Buffer.from([0, 0, 16, 0, 0, 1, 2, 3]));
    await new Promise((resolve) => stream.once("close", resolve));
    expect(logged.join()).toContain("a request took more than 300 ms");
    await isServing(raw);
  });

  it("is not read before it is known", async () => {
    backend.allowsAnonymous = false;
    await start({ readMsMax: 300 });
    const stream = rawCall("SendMessage");
    stream.write(Buffer.from([0, 0, 16, 0, 0]));
    await new Promise((resolve) => stream.once("data", resolve));
    expect(logged).toEqual([]);
  });
});

describe("a client that wants too much", () => {
  const receive = {
    group: { name: "billing" },
    messageQueue: { topic: orders },
    batchSize: 32,
    invisibleDuration: { seconds: 30 },
  };

  it("waits with a bounded number of receives", async () => {
    const raw = await start({ waitingPerClientMax: 2 });
    const waiting = [1, 2].map(() => raw.stream("ReceiveMessage", receive, 1_500));
    await expect.poll(() => backend.wishes.length).toBe(2);
    expect((await raw.stream("ReceiveMessage", receive)).map(codeOf)).toEqual(["TOO_MANY_REQUESTS"]);
    const other = client("raw-9").stream("ReceiveMessage", receive, 500);
    expect((await other).map(codeOf)[0]).toBe("MESSAGE_NOT_FOUND");
    await Promise.all(waiting);
    const later = await raw.stream("ReceiveMessage", { ...receive, longPollingTimeout: {} });
    expect(later.map(codeOf)[0]).toBe("MESSAGE_NOT_FOUND");
  });

  it("is one of a bounded number of clients", async () => {
    await start({ clientsMax: 1 });
    for (const [at, code] of ["OK", "TOO_MANY_REQUESTS"].entries()) {
      const stream = client(`raw-${at}`).telemetry();
      stream.on("error", () => {});
      stream.write(producer);
      expect(codeOf(await firstOf(stream))).toBe(code);
    }
  });

  it("takes nothing: its connection is dropped, and what it did not get is given back", async () => {
    const raw = await start({ stalledMsMax: 300 });
    for (let at = 0; at < 8; at += 1) {
      const message = { topic: orders, body: Buffer.alloc(MIB), systemProperties: { messageId: `id-${at}` } };
      await raw.call("SendMessage", { messages: [message] });
    }
    const { requestSerialize } = serviceMethods().ReceiveMessage ?? {};
    const request = requestSerialize?.(receive) ?? Buffer.alloc(0);
    const head = Buffer.alloc(5);
    head.writeUInt32BE(request.length, 1);
    const stream = rawCall("ReceiveMessage");
    stream.pause();
    stream.end(Buffer.concat([head, request]));
    await expect.poll(() => logged.join()).toContain("an answer was not taken for 300 ms");
    await expect.poll(() => backend.hidden.length).toBeGreaterThanOrEqual(6);
    expect(new Set(backend.hidden.map(({ invisibleMs }) => invisibleMs))).toEqual(new Set([1_000]));
    await isServing(raw);
  });
});

describe("requests that come in", () => {
  it("take turns: those of one address do not keep out another", async () => {
    await start();
    const reading = new Reading({ readingMax: 3, readingPerHostMax: 2 });
    const begun: string[] = [];
    const enter = (host: string) =>
      reading.enter(host).then((leave) => {
        begun.push(host);
        return leave;
      });
    const first = enter("a");
    await Promise.all([first, enter("a")]);
    const late = [enter("a"), enter("b"), enter("b")];
    await late[1];
    expect(begun).toEqual(["a", "a", "b"]);
    const leave = await first;
    leave();
    leave();
    await late[0];
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toEqual(["a", "a", "b", "a"]);
  });
});
