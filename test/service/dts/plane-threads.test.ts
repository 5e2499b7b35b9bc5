import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Thread } from "../../../service/core/threads/kept-thread.ts";
import { type ThreadKind, Threads } from "../../../service/dts/engine/plane/threads.ts";

/* When a thread that has ended is started again. */

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function bench() {
  const waits: Record<ThreadKind, number[]> = { log: [], capture: [] };
  const ends: Partial<Record<ThreadKind, (reason: string) => void>> = {};
  const threads = new Threads({
    spawn: (kind): Thread => ({
      port: answering(),
      onEnd: (listener) => void Object.assign(ends, { [kind]: listener }),
      terminate: async () => undefined,
    }),
    log: {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: (_event, fields) => void waits[fields?.thread as ThreadKind].push(Number(fields?.retryMs)),
    },
    logNeeds: {} as never,
    captureNeeds: {} as never,
    up: () => undefined,
    down: () => undefined,
  });
  const dies = async (kind: ThreadKind) => {
    ends[kind]?.("killed by the test");
    await vi.advanceTimersByTimeAsync(waits[kind].at(-1) ?? 0);
    await vi.advanceTimersByTimeAsync(1_000);
  };
  return { threads, waits, dies };
}

/** The other side of a line, which answers each question at once. */
function answering(): Thread["port"] {
  let hear: (message: unknown) => void = () => undefined;
  return {
    on(event: string, listener: (message: unknown) => void) {
      if (event === "message") hear = listener;
    },
    postMessage: (message) => {
      const { id } = message as { id?: number };
      if (id !== undefined)
        queueMicrotask(() => hear({ answerTo: id, value: { host: "127.0.0.1", port: 1 } }));
    },
  };
}

it.each(["log", "capture"] as const)(
  "a %s thread that dies as soon as it is up is waited for ever longer",
  async (kind) => {
    const { threads, waits, dies } = bench();
    threads.want();
    await vi.advanceTimersByTimeAsync(0);
    for (let times = 0; times < 5; times += 1) await dies(kind);
    for (const [at, waitMs] of waits[kind].entries()) {
      expect(waitMs).toBeGreaterThanOrEqual(250 * 2 ** at);
      expect(waitMs).toBeLessThanOrEqual(500 * 2 ** at);
    }
    await vi.advanceTimersByTimeAsync(60_000);
    await dies(kind);
    expect(waits[kind].at(-1)).toBeLessThanOrEqual(500);
    await threads.close();
  },
);

it("the end of a capture thread is no reason why nobody listens", async () => {
  const { threads, dies } = bench();
  threads.want();
  await vi.advanceTimersByTimeAsync(0);
  await dies("capture");
  expect(threads.log).toBeDefined();
  expect(threads.status()).toEqual({ restarts: 1 });
  await threads.close();
});
