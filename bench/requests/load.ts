/**
 * The load generator, a process of its own: signs requests ahead of time, then keeps one of them in flight on
 * each of its keep-alive connections. Bare sockets, so that it stays cheaper than the server it measures.
 */
import { connect, type Socket } from "node:net";
import { percentile } from "../harness/figures.ts";
import { type Call, type Scheme, signedRequest } from "./sign.ts";

export interface LoadOrder {
  readonly scheme: Scheme;
  readonly call: Call;
  readonly clients: number;
  /** Requests signed ahead; the round ends when they are used up, unless they are sent again. */
  readonly requestsMax: number;
  /** For the floor, which looks at no nonce: send the same requests again and again. */
  readonly sendAgain: boolean;
  readonly warmUpMs: number;
  readonly measureMs: number;
}

export interface LoadReport {
  readonly requestsPerSecond: number;
  readonly requests: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Size of the last answer's body in bytes. */
  readonly bodyBytes: number;
}

interface Tally {
  readonly latenciesMs: Float64Array;
  count: number;
  bodyBytes: number;
}

/** Latencies kept of one round. */
const SAMPLES_MAX = 500_000;
const END_OF_HEAD = Buffer.from("\r\n\r\n");

export async function runLoad(order: LoadOrder): Promise<LoadReport> {
  const requests = Array.from({ length: order.requestsMax }, () => signedRequest(order.scheme, order.call));
  const tally: Tally = { latenciesMs: new Float64Array(SAMPLES_MAX), count: 0, bodyBytes: 0 };
  let next = 0;
  const measureFrom = performance.now() + order.warmUpMs;
  const endAt = measureFrom + order.measureMs;
  let lastAt = measureFrom;
  const take = (): Buffer | undefined => {
    if (performance.now() >= endAt || tally.count >= SAMPLES_MAX) return undefined;
    if (order.sendAgain && next === requests.length) next = 0;
    return requests[next++];
  };
  const answered = (latencyMs: number, bodyBytes: number): void => {
    const now = performance.now();
    if (now < measureFrom || tally.count >= SAMPLES_MAX) return;
    tally.latenciesMs[tally.count++] = latencyMs;
    tally.bodyBytes = bodyBytes;
    lastAt = now;
  };
  await Promise.all(Array.from({ length: order.clients }, () => client(order.call.port, take, answered)));
  if (tally.count === 0) throw new Error("no request was answered in the measured time");
  const latencies = tally.latenciesMs.subarray(0, tally.count);
  return {
    requestsPerSecond: (tally.count / (lastAt - measureFrom)) * 1000,
    requests: tally.count,
    p50Ms: percentile(latencies, 50),
    p99Ms: percentile(latencies, 99),
    bodyBytes: tally.bodyBytes,
  };
}

/** One connection, one request at a time, until `take` has no more. Any answer but 200 fails the run. */
function client(
  port: number,
  take: () => Buffer | undefined,
  answered: (latencyMs: number, bodyBytes: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let held: Buffer | undefined;
    let sentAt = 0;
    const send = (): void => {
      const request = take();
      if (!request) {
        socket.end();
        resolve();
        return;
      }
      sentAt = performance.now();
      socket.write(request);
    };
    socket.setTimeout(10_000, () => socket.destroy(new Error("no answer within 10 s")));
    socket.on("connect", send);
    socket.on("data", (piece) => {
      held = held ? Buffer.concat([held, piece]) : piece;
      const answer = readAnswer(held);
      if (!answer) return;
      if (answer.status !== 200) {
        socket.destroy(new Error(`answer ${answer.status}: ${held.toString("utf8").slice(0, 1_000)}`));
        return;
      }
      held = undefined;
      answered(performance.now() - sentAt, answer.bodyBytes);
      send();
    });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("the server closed the connection")));
  });
}

/** Undefined until the whole answer is there. Knows Content-Length and a chunked body. */
export function readAnswer(bytes: Buffer): { status: number; bodyBytes: number } | undefined {
  const headEnd = bytes.indexOf(END_OF_HEAD);
  if (headEnd < 0) return undefined;
  const head = bytes.toString("latin1", 0, headEnd);
  const status = Number(head.slice(9, 12));
  const bodyFrom = headEnd + END_OF_HEAD.length;
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) {
    return bytes.length - bodyFrom >= Number(length) ? { status, bodyBytes: Number(length) } : undefined;
  }
  if (!bytes.subarray(-7).equals(Buffer.from("\r\n0\r\n\r\n"))) return undefined;
  return { status, bodyBytes: bytes.length - bodyFrom };
}

if (import.meta.main) {
  process.once("message", (order: LoadOrder) => {
    runLoad(order).then(
      (report) => process.send?.({ report }, () => process.disconnect()),
      (error: Error) => process.send?.({ failed: error.message }, () => process.disconnect()),
    );
  });
}
