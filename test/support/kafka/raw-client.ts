import { connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import type { Api } from "../../../service/kafka/apis/api.ts";
import { apis } from "../../../service/kafka/apis/apis.ts";
import { Frames } from "../../../service/kafka/wire/frames.ts";
import { readTags } from "../../../service/kafka/wire/message.ts";
import { Reader } from "../../../service/kafka/wire/reader.ts";
import { Writer } from "../../../service/kafka/wire/writer.ts";

export type Values = Readonly<Record<string, unknown>>;

const FRAME_BYTES_MAX = 256 * 1024 * 1024;
const API_VERSIONS = 18;

export function apiNamed(name: string): Api {
  const found = apis.find((one) => one.name === name);
  if (!found) throw new Error(`no API is called ${name}`);
  return found;
}

/** A request frame as a client sends it, length included. */
export function requestFrame(
  api: Api,
  version: number,
  request: Values,
  head: { id?: number; clientId?: string } = {},
): Buffer {
  const to = new Writer();
  to.int16(api.key);
  to.int16(version);
  to.int32(head.id ?? 1);
  to.string(head.clientId ?? "raw", false);
  if (version >= api.flexibleFrom) to.uvarint(0);
  api.request.encode(to, version, request);
  return framed(Buffer.concat(to.finish()));
}

export function framed(body: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length);
  return Buffer.concat([length, body]);
}

/** Speaks the protocol request by request, with nothing done by itself. */
export class RawClient {
  readonly socket: Socket;
  readonly #frames = new Frames(() => FRAME_BYTES_MAX);
  readonly #waiting: { resolve: (frame: Buffer) => void; reject: (error: Error) => void }[] = [];
  readonly clientId: string;
  readonly closed: Promise<void>;
  #id = 0;

  constructor(port: number, clientId = "raw") {
    this.clientId = clientId;
    this.socket = connect(port, "127.0.0.1");
    this.socket.on("error", () => {});
    this.socket.on("data", (piece) => {
      this.#frames.push(piece as Buffer);
      for (let frame = this.#frames.next(); frame; frame = this.#frames.next()) {
        this.#waiting.shift()?.resolve(frame);
      }
    });
    this.closed = new Promise((resolve) => {
      this.socket.on("close", () => {
        for (const one of this.#waiting.splice(0)) one.reject(new Error("closed"));
        resolve();
      });
    });
    onTestFinished(() => void this.socket.destroy());
  }

  /** Sends bytes as they are and resolves with the next frame. Rejects with "closed". */
  raw(bytes: Uint8Array): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      if (this.socket.destroyed) return reject(new Error("closed"));
      this.#waiting.push({ resolve, reject });
      this.socket.write(bytes);
    });
  }

  async call(name: string, version: number, request: Values = {}): Promise<Values> {
    const api = apiNamed(name);
    this.#id += 1;
    const id = this.#id;
    const from = new Reader(
      await this.raw(requestFrame(api, version, request, { id, clientId: this.clientId })),
    );
    const answeredId = from.int32();
    if (answeredId !== id) throw new Error(`answer ${answeredId} came for request ${id}`);
    if (version >= api.flexibleFrom && api.key !== API_VERSIONS) readTags(from);
    const answer = api.answer.decode(from, version);
    if (from.remaining > 0)
      throw new Error(`${from.remaining} bytes behind the answer of ${name} ${version}`);
    return answer;
  }

  async login(user = "reader-g1", password = "Secret-123"): Promise<this> {
    await this.call("SaslHandshake", 1, { mechanism: "PLAIN" });
    const answer = await this.call("SaslAuthenticate", 1, {
      authBytes: Buffer.from(`\0${user}\0${password}`),
    });
    if (answer.errorCode !== 0) throw new Error(`refused with ${answer.errorCode}`);
    return this;
  }

  /** One fetch of the topic; the values of the one partition. */
  async fetch(
    offset: number,
    options: {
      topic?: string;
      version?: number;
      waitMs?: number;
      bytesMax?: number;
      minBytes?: number;
    } = {},
  ) {
    const { topic = "changes", version = 11, waitMs = 0, bytesMax = 1_000_000, minBytes = 1 } = options;
    const answer = await this.call("Fetch", version, {
      maxWaitMs: waitMs,
      minBytes,
      maxBytes: bytesMax,
      topics: [
        {
          topic,
          partitions: [{ partition: 0, fetchOffset: offset, partitionMaxBytes: bytesMax }],
        },
      ],
    });
    return partitionOf(answer);
  }

  commit(offset: number, options: { memberId?: string; generationId?: number; metadata?: string } = {}) {
    const { memberId = "", generationId = -1, metadata = "" } = options;
    const partitions = [{ partitionIndex: 0, committedOffset: offset, committedMetadata: metadata }];
    const request = { groupId: "g1", memberId, generationId, topics: [{ name: "changes", partitions }] };
    return this.call("OffsetCommit", 3, request).then((answer) => {
      const [topic] = answer.topics as [{ partitions: [{ errorCode: number }] }];
      return topic.partitions[0].errorCode;
    });
  }

  join(options: Values = {}, version = 5): Promise<Values> {
    return this.call("JoinGroup", version, {
      groupId: "g1",
      sessionTimeoutMs: 10_000,
      rebalanceTimeoutMs: 10_000,
      memberId: "",
      protocolType: "consumer",
      protocols: [{ name: "range", metadata: Buffer.from("m") }],
      ...options,
    });
  }
}

interface FetchedPartition {
  readonly errorCode: number;
  readonly highWatermark: number;
  readonly logStartOffset: number;
  /** All batches, one behind the other. */
  readonly records: Buffer;
}

function partitionOf(answer: Values): FetchedPartition {
  const [topic] = answer.responses as [{ partitions: [Values & { records: Uint8Array[] | null }] }];
  const [partition] = topic.partitions;
  return { ...partition, records: Buffer.concat(partition.records ?? []) } as unknown as FetchedPartition;
}
