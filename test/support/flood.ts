import { connect, type Socket } from "node:net";

/** One answer of a connection on which several requests were sent one behind the other. */
export interface FloodAnswer {
  readonly status: number;
  readonly body: string;
}

export interface FloodConnection {
  /**
   * Sends the requests in one write and waits for as many answers, or until the other side closes. `late` when the
   * bound was reached first.
   */
  exchange(requests: readonly Buffer[]): Promise<{ answers: FloodAnswer[]; late: boolean }>;
  /** Sends a little more of what was begun. */
  trickle(bytes: Buffer): void;
  /** Sends and goes away without reading. */
  abandon(bytes: Buffer): void;
  /** Sends, closes the own side, and waits until the other side has closed too. */
  finish(bytes: Buffer): Promise<{ answers: FloodAnswer[]; late: boolean }>;
  readonly closed: boolean;
  destroy(): void;
}

const WAIT_MS_MAX = 60_000;

export async function openFlood(port: number): Promise<FloodConnection> {
  const socket = connect(port, "127.0.0.1");
  const reader = answersOf(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  socket.on("error", () => undefined);
  return {
    get closed() {
      return reader.closed();
    },
    exchange(requests) {
      const got = reader.take(requests.length);
      socket.write(Buffer.concat(requests));
      return got;
    },
    trickle(bytes) {
      socket.write(bytes);
    },
    abandon(bytes) {
      socket.write(bytes, () => socket.destroy());
    },
    finish(bytes) {
      const got = reader.take(Number.POSITIVE_INFINITY);
      socket.end(bytes);
      return got;
    },
    destroy: () => socket.destroy(),
  };
}

/** Cuts what arrives into answers by their Content-Length, which this service always sends. */
function answersOf(socket: Socket) {
  let pending: Buffer = Buffer.alloc(0);
  let answers: FloodAnswer[] = [];
  let closed = false;
  let wake: () => void = () => undefined;

  function cut(): void {
    for (;;) {
      const end = pending.indexOf("\r\n\r\n");
      if (end < 0) return;
      const head = pending.subarray(0, end).toString("latin1");
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0);
      // Node's own refusals (no Host, an unknown Expect) have an empty body in chunks.
      const emptyChunks = /\r\ntransfer-encoding: chunked/i.test(head) ? "0\r\n\r\n".length : 0;
      const declared = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? emptyChunks);
      const length = status === 100 ? 0 : declared;
      if (pending.length < end + 4 + length) return;
      const body = pending.subarray(end + 4, end + 4 + length).toString("utf8");
      if (status !== 100) answers.push({ status, body });
      pending = pending.subarray(end + 4 + length);
    }
  }

  socket.on("data", (chunk: Buffer) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    cut();
    wake();
  });
  socket.on("close", () => {
    closed = true;
    wake();
  });
  return {
    closed: () => closed,
    take(count: number): Promise<{ answers: FloodAnswer[]; late: boolean }> {
      return new Promise((resolve) => {
        const done = (late: boolean) => {
          clearTimeout(timer);
          wake = () => undefined;
          const got = answers;
          answers = [];
          resolve({ answers: got, late });
        };
        const timer = setTimeout(() => done(true), WAIT_MS_MAX);
        wake = () => {
          if (closed || answers.length >= count) done(false);
        };
        wake();
      });
    },
  };
}
