// A client that searched for the largest time that there is was cut off, again and again: the number is rounded up when it is
// read, and could not be written into the answer. And one that sent a request byte by byte took dozens of times its size.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { Frames } from "../../../service/kafka/wire/frames.ts";
import { Reader } from "../../../service/kafka/wire/reader.ts";
import { Writer } from "../../../service/kafka/wire/writer.ts";
import { listenerForTest } from "../../support/kafka/listener.ts";
import { apiNamed, framed, RawClient, requestFrame } from "../../support/kafka/raw-client.ts";

const LARGEST = 2n ** 63n - 1n;

it("the largest time is answered with the end of the log", async () => {
  const { listener, topic } = await listenerForTest();
  topic.append(["a", "b"]);
  const client = await new RawClient(listener.port).login();
  const api = apiNamed("ListOffsets");
  const mark = 0x1122_3344_5566;
  const request = requestFrame(api, 5, {
    topics: [{ name: "changes", partitions: [{ partitionIndex: 0, timestamp: mark }] }],
  });
  const wanted = Buffer.alloc(8);
  wanted.writeBigInt64BE(BigInt(mark));
  request.writeBigInt64BE(LARGEST, request.indexOf(wanted));
  const from = new Reader(await client.raw(request));
  from.int32();
  const [answered] = api.answer.decode(from, 5).topics as [{ partitions: [{ offset: number }] }];
  expect(answered.partitions[0]).toMatchObject({ errorCode: 0, offset: 2 });
});

it("every 64-bit number that is read can be written", () => {
  for (const value of [LARGEST, LARGEST - 1n, 2n ** 53n + 1n, 0n, -1n, -(2n ** 63n)]) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(value);
    const to = new Writer();
    to.int64(new Reader(bytes).int64());
    const written = Buffer.concat(to.finish()).readBigInt64BE();
    expect(Number(written)).toBe(Number(value));
  }
});

it("a request that comes byte by byte takes little more memory than it has bytes", () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const memory = () => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const bytes = 512 * 1024;
  const whole = framed(Buffer.alloc(bytes, 7));
  const frames = new Frames(() => bytes);
  const before = memory();
  for (const byte of whole.subarray(0, -1)) frames.push(Buffer.from([byte]));
  expect(frames.next()).toBeUndefined();
  expect(memory() - before).toBeLessThan(8 * bytes);
  frames.push(whole.subarray(-1));
  expect(frames.next()).toEqual(whole.subarray(4));
});
