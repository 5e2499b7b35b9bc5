import { randomBytes } from "node:crypto";
import { Server } from "node:net";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { startKafkaListener } from "../../../service/kafka/listener.ts";
import { listenerForTest } from "../../support/kafka/listener.ts";
import { oneGroup } from "../../support/kafka/memory-backend.ts";
import { apiNamed, framed, RawClient, requestFrame } from "../../support/kafka/raw-client.ts";

const LONG_MS = 20_000;

describe("a client that misbehaves", () => {
  it("connects and goes without a word: nothing is written to the log but a trace", async () => {
    const { listener, lines } = await listenerForTest();
    const client = new RawClient(listener.port);
    await new Promise((resolve) => client.socket.once("connect", resolve));
    client.socket.end();
    await client.closed;
    await expect.poll(() => lines.length).toBe(1);
    expect(lines[0]).toContain('"level":"debug"');
  });

  it("is cut off when it does not log in, and when it is idle", async () => {
    const silent = await listenerForTest({ loginMsMax: 50 });
    await new RawClient(silent.listener.port).closed;
    const idle = await listenerForTest({ idleMsMax: 1_000 });
    const client = await new RawClient(idle.listener.port).login();
    await client.closed;
    expect(idle.lines.at(-1)).toContain('"reason":"idle"');
  });

  it("is cut off for a frame that is too large; before the login less is taken", async () => {
    const { listener, lines } = await listenerForTest({ requestBytesMax: 10_000, loginBytesMax: 1_000 });
    const early = new RawClient(listener.port);
    await expect(early.raw(framed(Buffer.alloc(1_001)))).rejects.toThrow("closed");
    const client = await new RawClient(listener.port).login();
    const topics = [{ name: "x".repeat(9_000) }];
    expect((await client.call("Metadata", 9, { topics })).topics).toMatchObject([{ errorCode: 29 }]);
    await expect(client.raw(framed(Buffer.alloc(10_001)))).rejects.toThrow("closed");
    const negative = new RawClient(listener.port);
    await expect(negative.raw(Buffer.from("ffffffff", "hex"))).rejects.toThrow("closed");
    expect(lines.filter((line) => line.includes("kafka.request-refused"))).toHaveLength(3);
  });

  it("sends its requests byte by byte, or many at once", async () => {
    const { listener } = await listenerForTest({ requestsAheadMax: 3 });
    const client = await new RawClient(listener.port).login();
    const frame = requestFrame(apiNamed("Heartbeat"), 4, { groupId: "g1" });
    const [first, ...rest] = frame;
    const answered = client.raw(Buffer.from([first as number]));
    for (const byte of rest) client.socket.write(Buffer.from([byte]));
    expect((await answered).length).toBeGreaterThan(0);
    const all = await Promise.all(Array.from({ length: 200 }, () => client.raw(frame)));
    expect(all).toHaveLength(200);
  });

  it("does not read: it is cut off, and others are served", async () => {
    const { listener, topic, lines } = await listenerForTest({
      stalledMsMax: 300,
      unreadBytesMax: 8_000_000,
    });
    topic.append([randomBytes(16_000_000)]);
    const slow = await new RawClient(listener.port).login();
    slow.socket.pause();
    const fetched = slow.fetch(0).catch((error: Error) => error.message);
    const other = await new RawClient(listener.port, "other").login("reader-g2", "Secret-456");
    expect((await other.fetch(0, { waitMs: LONG_MS })).records.length).toBeGreaterThan(16_000_000);
    await expect.poll(() => lines.join()).toContain("the client does not read");
    slow.socket.resume();
    expect(await fetched).toBe("closed");
  });

  /* Each counted as what it had asked for, so that several rows of 100 MB were in memory at once. */
  it("asks for little and finds large rows: as large as they are they are read one after the other", async () => {
    const limits = { stalledMsMax: 60_000, unreadBytesMax: 40_000_000 };
    const { listener, topic } = await listenerForTest(limits);
    topic.append([randomBytes(30_000_000)]);
    const read = vi.spyOn(topic, "read");
    const large = () => read.mock.calls.filter(([, bytesMax]) => bytesMax > 30_000_000).length;
    const slow = await new RawClient(listener.port).login();
    slow.socket.pause();
    const first = slow.fetch(0, { bytesMax: 1_000 });
    await expect.poll(large).toBe(1);
    const other = await new RawClient(listener.port, "other").login("reader-g2", "Secret-456");
    const second = other.fetch(0, { bytesMax: 1_000 });
    await expect.poll(() => read.mock.calls.length).toBe(3);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(large()).toBe(1);
    slow.socket.resume();
    for (const fetched of [first, second]) expect((await fetched).records.length).toBeGreaterThan(30_000_000);
    expect(large()).toBe(2);
  });

  /* One that took a little now and then never stood still, and held its bytes for as long as it liked. */
  it("reads a little now and then: it is cut off when its answer is overdue, and one that is fast enough is not", async () => {
    const limits = { stalledMsMax: 3_000, takenBytesPerSecondMin: 64_000_000 };
    const { listener, topic, lines } = await listenerForTest(limits);
    topic.append([randomBytes(64_000_000)]);
    const quick = await new RawClient(listener.port, "quick").login("reader-g2", "Secret-456");
    expect((await quick.fetch(0)).records.length).toBeGreaterThan(64_000_000);
    const slow = await new RawClient(listener.port).login();
    slow.socket.on("data", () => void slow.socket.pause());
    const sips = setInterval(() => slow.socket.resume(), 10);
    await expect(slow.fetch(0)).rejects.toThrow("closed");
    clearInterval(sips);
    expect(lines.at(-1)).toContain("the client reads too slowly");
  });

  /* Ten thousand commits of one partition fit into a request, each a write of its own on the main thread. */
  it("names one partition many times in a request: it is seen to once", async () => {
    const { listener, backend, topic } = await listenerForTest();
    const client = await new RawClient(listener.port).login();
    const commit = vi.spyOn(backend, "commit");
    const find = vi.spyOn(topic, "find");
    const partitions = [7, 8, 9].map((at) => ({ partitionIndex: 0, committedOffset: at, timestamp: at }));
    const topics = [{ name: topic.name, partitions }];
    const answers = { topics: [{ partitions: [{ errorCode: 0 }, { errorCode: 42 }, { errorCode: 42 }] }] };
    expect(await client.call("OffsetCommit", 2, { groupId: "g1", topics })).toMatchObject(answers);
    expect(await client.call("ListOffsets", 1, { topics })).toMatchObject(answers);
    expect([commit.mock.calls.length, find.mock.calls.length]).toEqual([1, 1]);
  });

  it("opens connections without end: the oldest that have not logged in go first", async () => {
    const { listener } = await listenerForTest({
      loginsMax: 2,
      connectionsMax: 4,
      connectionsPerGroupMax: 2,
    });
    const one = await new RawClient(listener.port).login();
    await new RawClient(listener.port).login();
    await expect(new RawClient(listener.port).login()).rejects.toThrow("refused with 58");
    const idle = [1, 2, 3, 4, 5].map(() => new RawClient(listener.port));
    await Promise.all(idle.slice(0, 3).map(({ closed }) => closed));
    expect((await one.call("Metadata", 1, { topics: null })).topics).toHaveLength(1);
  });
});

describe("the listener", () => {
  it("disconnects a group, and closes with clients that wait", async () => {
    const { listener } = await listenerForTest();
    const one = await new RawClient(listener.port).login();
    const two = await new RawClient(listener.port, "other").login("reader-g2", "Secret-456");
    const waiting = one.fetch(0, { waitMs: LONG_MS });
    const refused = expect(waiting).rejects.toThrow("closed");
    expect(listener.disconnect("g1")).toBe(1);
    await refused;
    expect(listener.sessions("g1").clients).toEqual([]);
    const also = expect(two.fetch(0, { waitMs: LONG_MS })).rejects.toThrow("closed");
    await listener.close();
    await also;
  });

  it("forgets a group that there is no more, and tells nobody of its clients", async () => {
    const { listener, backend } = await listenerForTest();
    const one = await new RawClient(listener.port).login();
    await one.fetch(0, { waitMs: 0 });
    expect(listener.sessions("g1").clients).toHaveLength(1);
    const told = backend.observed.length;
    listener.forget("g1");
    await one.closed;
    expect(listener.sessions("g1")).toEqual({ clients: [], refused: 0 });
    expect(backend.observed).toHaveLength(told);
  });

  it("tells the backend who reads, once for each change", async () => {
    const { listener, backend, topic } = await listenerForTest();
    topic.append(["a"]);
    const client = new RawClient(listener.port);
    await client.call("ApiVersions", 3, { clientSoftwareName: "some client", clientSoftwareVersion: "1.0" });
    await client.login();
    await client.fetch(0);
    client.socket.destroy();
    await expect.poll(() => backend.observed.length).toBe(3);
    const [came, read, left] = backend.observed.map(({ session }) => session);
    expect(came?.clients).toMatchObject([
      { clientId: "raw", mode: "ASSIGN", software: "some_client", version: "1.0" },
    ]);
    expect(read).toMatchObject({ fetchedOffset: 1, clients: [{}] });
    expect(left).toMatchObject({ fetchedOffset: 1, clients: [] });
  });

  it("says where clients are to connect, if that is another place", async () => {
    const { backend } = oneGroup();
    const advertised = { host: "broker.example", port: 9 };
    const listener = await startKafkaListener({ backend, clusterId: "c", advertised });
    const client = await new RawClient(listener.port).login();
    expect((await client.call("Metadata", 9, { topics: null })).brokers).toMatchObject([advertised]);
    await listener.close();
  });

  it("tells the clients of a second port another place, and knows a group's clients of both", async () => {
    const { backend, topic } = oneGroup();
    const inside = { host: "tracking", port: 18_001 };
    const outside = { host: "localhost", port: 18_002 };
    const listener = await startKafkaListener({
      backend,
      clusterId: "c",
      advertised: inside,
      public: { port: 0, advertised: outside },
    });
    onTestFinished(() => listener.close());
    topic.append(["a"]);
    const first = await new RawClient(listener.port).login();
    const second = await new RawClient(Number(listener.publicPort)).login();
    const brokersOf = async (client: RawClient) =>
      (await client.call("Metadata", 9, { topics: null })).brokers;
    expect(await brokersOf(first)).toMatchObject([inside]);
    expect(await brokersOf(second)).toMatchObject([outside]);
    const coordinator = await second.call("FindCoordinator", 3, { key: "g1", keyType: 0 });
    expect(coordinator).toMatchObject(outside);
    await second.fetch(0);
    expect(listener.sessions("g1").clients).toHaveLength(1);
    expect(listener.disconnect("g1")).toBe(2);
    await Promise.all([first.closed, second.closed]);
  });

  it("listens nowhere when its second port is taken", async () => {
    const { listener, backend } = await listenerForTest();
    const listen = vi.spyOn(Server.prototype, "listen");
    const again = startKafkaListener({ backend, clusterId: "c", public: { port: listener.port } });
    await expect(again).rejects.toMatchObject({ code: "LISTEN_FAILED" });
    expect((listen.mock.contexts as Server[]).map((server) => server.listening)).toEqual([false, false]);
    listen.mockRestore();
  });

  /* The second connection that could not be taken, for want of file handles, ended the thread with all its logs. */
  it("goes on when connections cannot be taken", async () => {
    const listen = vi.spyOn(Server.prototype, "listen");
    const { listener, lines } = await listenerForTest();
    const server = listen.mock.contexts[0] as Server;
    listen.mockRestore();
    for (const _ of [1, 2, 3]) server.emit("error", new Error("accept EMFILE"));
    expect(lines.filter((line) => line.includes("accept EMFILE"))).toHaveLength(3);
    await new RawClient(listener.port).login();
  });

  it("fails plainly on a port that is taken", async () => {
    const { listener, backend } = await listenerForTest();
    const again = startKafkaListener({ backend, clusterId: "c", port: listener.port });
    await expect(again).rejects.toMatchObject({
      code: "LISTEN_FAILED",
      message: expect.stringContaining("another port"),
    });
  });
});

describe("faults for tests", () => {
  it("catch the next request, or all until they are taken back", async () => {
    const { listener, topic } = await listenerForTest();
    topic.append(["a"]);
    const client = await new RawClient(listener.port).login();
    listener.intercept("Heartbeat", ({ request }) =>
      request.groupId === "g1" ? { answer: { errorCode: 27 } } : undefined,
    );
    expect((await client.call("Heartbeat", 4, { groupId: "g2" })).errorCode).toBe(30);
    expect((await client.call("Heartbeat", 4, { groupId: "g1" })).errorCode).toBe(27);
    expect((await client.call("Heartbeat", 4, { groupId: "g1" })).errorCode).toBe(25);
    const end = listener.intercept("Metadata", () => ({ answer: { controllerId: 7 } }), { keep: true });
    for (const _ of [1, 2]) expect((await client.call("Metadata", 9, {})).controllerId).toBe(7);
    end();
    expect((await client.call("Metadata", 9, {})).controllerId).toBe(0);
    expect(() => listener.intercept("Nothing", () => undefined)).toThrow("no API is called Nothing");
  });

  it("do the work and lose the answer", async () => {
    const { listener, backend } = await listenerForTest();
    const client = await new RawClient(listener.port).login();
    listener.intercept("OffsetCommit", () => ({ close: "afterwards" }));
    await expect(client.commit(5)).rejects.toThrow("closed");
    expect(backend.positions.get("g1 changes")?.offset).toBe(5);
    const again = await new RawClient(listener.port).login();
    listener.intercept("OffsetCommit", () => ({ close: "before" }));
    await expect(again.commit(6)).rejects.toThrow("closed");
    expect(backend.positions.get("g1 changes")?.offset).toBe(5);
  });
});
