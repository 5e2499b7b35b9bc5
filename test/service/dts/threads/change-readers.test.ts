import { setTimeout as sleep } from "node:timers/promises";
import { MessageChannel } from "node:worker_threads";
import { describe, expect, it, onTestFinished } from "vitest";
import type { ChangeReaderCalls } from "../../../../service/core/threads/data-lines.ts";
import { type Line, openLine } from "../../../../service/core/threads/line.ts";
import { serveReader } from "../../../../service/dts/threads/change-readers.ts";
import { valuesOf } from "../../../../service/kafka/batch-values.ts";
import { listenerForTest } from "../../../support/kafka/listener.ts";
import { RawClient } from "../../../support/kafka/raw-client.ts";

/* A reader inside the process beside real Kafka clients of the same listener. */

async function bench() {
  const { listener, backend, topic } = await listenerForTest();
  const reader = (): Line<ChangeReaderCalls> => {
    const { port1, port2 } = new MessageChannel();
    serveReader(port1, async () => ({
      backend,
      hold: (groupId, client) => listener.hold(groupId, client),
      topicOf: async (groupId) => (groupId === "g1" ? "changes" : undefined),
      shown: async () => undefined,
    }));
    onTestFinished(() => port2.close());
    return openLine<ChangeReaderCalls, Record<never, never>>(port2, {});
  };
  return { listener, backend, topic, reader };
}

const claim = (line: Line<ChangeReaderCalls>, client = "inflow task a") =>
  line.ask("claim", { groupId: "g1", client });
const read = (line: Line<ChangeReaderCalls>, fromOffset: number, more: object = {}) =>
  line.ask("read", { groupId: "g1", fromOffset, bytesMax: 1024, waitMsMax: 0, ...more });
const textsOf = (payloads: readonly Uint8Array[]) =>
  payloads.flatMap((payload) => [...valuesOf(payload)].map(({ value }) => Buffer.from(value).toString()));

describe("DTS-2 runtime: a group has one client", () => {
  it("so a Kafka client is refused while a reader has the group, however seldom that reads", async () => {
    const { listener, topic, reader } = await bench();
    topic.append(["a"]);
    const line = reader();
    await claim(line);
    const client = await new RawClient(listener.port).login();
    expect((await client.fetch(0)).errorCode).toBe(29);
    expect((await client.join({}, 7)).errorCode).toBe(81);
    expect(listener.sessions("g1").clients).toMatchObject([{ clientId: "inflow task a" }]);
    await line.ask("release", { groupId: "g1" });
    expect((await client.fetch(0)).errorCode).toBe(0);
  });

  it("and so a reader is refused while a Kafka client or another reader has it", async () => {
    const { listener, topic, reader } = await bench();
    topic.append(["a"]);
    const client = await new RawClient(listener.port).login();
    expect((await client.fetch(0)).errorCode).toBe(0);
    const line = reader();
    await expect(claim(line)).rejects.toMatchObject({ code: "GROUP_IN_USE" });
    client.socket.destroy();
    await expect
      .poll(() =>
        claim(line).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    const other = reader();
    await expect(claim(other)).rejects.toMatchObject({ code: "GROUP_IN_USE" });
    line.close("the thread ends");
    await expect(read(line, 0)).rejects.toMatchObject({ code: "CLOSED" });
  });

  it("a claim ends with its line", async () => {
    const { reader } = await bench();
    const { port1, port2 } = new MessageChannel();
    const { backend, listener } = await bench();
    serveReader(port1, async () => ({
      backend,
      hold: (groupId, client) => listener.hold(groupId, client),
      topicOf: async () => "changes",
      shown: async () => undefined,
    }));
    const line = openLine<ChangeReaderCalls, Record<never, never>>(port2, {});
    await claim(line);
    expect(listener.sessions("g1").clients).toHaveLength(1);
    port2.close();
    await expect.poll(() => listener.sessions("g1").clients.length).toBe(0);
    await claim(reader());
  });
});

it("reads from an offset on, always one batch, and waits for the first", async () => {
  const { topic, reader } = await bench();
  topic.append(["a", "b"]);
  topic.append(["x".repeat(5000)]);
  const line = reader();
  expect(await claim(line)).toEqual({ topic: "changes", committed: undefined, startOffset: 0, endOffset: 3 });
  const first = await read(line, 1);
  expect(textsOf(first.payloads)).toEqual(["a", "b"]);
  expect(first).toMatchObject({ nextOffset: 2, endOffset: 3 });
  expect(textsOf((await read(line, 2)).payloads)).toEqual(["x".repeat(5000)]);
  expect(await read(line, 3)).toEqual({ nextOffset: 3, endOffset: 3, payloads: [] });
  const waiting = read(line, 3, { waitMsMax: 5_000 });
  await sleep(20);
  topic.append(["late"]);
  expect(textsOf((await waiting).payloads)).toEqual(["late"]);
});

it("goes on from what was committed, and finds a second", async () => {
  const { topic, reader, backend } = await bench();
  topic.append(["a"], 1_700_000_000);
  topic.append(["b"], 1_700_000_005);
  const line = reader();
  await claim(line);
  expect(await line.ask("seek", { groupId: "g1", seconds: 1_700_000_003 })).toEqual({ offset: 1 });
  expect(await line.ask("seek", { groupId: "g1", seconds: 1_800_000_000 })).toEqual({ offset: 2 });
  await line.ask("commit", { groupId: "g1", offset: 1, metadata: "1700000000" });
  expect(backend.positions.get("g1 changes")).toEqual({ offset: 1, metadata: "1700000000" });
  line.tell("release", { groupId: "g1" });
  expect(await claim(line)).toMatchObject({ committed: { offset: 1, metadata: "1700000000" } });
});

it("refuses what is not kept, not claimed, or not there", async () => {
  const { listener, topic, reader } = await bench();
  topic.append(["a"]);
  topic.append(["b"]);
  topic.trim(1);
  const line = reader();
  await expect(read(line, 0)).rejects.toMatchObject({ code: "NOT_CLAIMED" });
  await expect(line.ask("claim", { groupId: "g9", client: "x" })).rejects.toMatchObject({ code: "NO_GROUP" });
  await claim(line);
  await expect(read(line, 0)).rejects.toMatchObject({ code: "OUT_OF_RANGE" });
  await expect(read(line, 9)).rejects.toMatchObject({ code: "OUT_OF_RANGE" });
  listener.forget("g1");
  await expect(read(line, 1)).rejects.toMatchObject({ code: "NOT_CLAIMED" });
});
