import { expect, it } from "vitest";
import type { Line } from "../../../../service/core/threads/line.ts";
import { type Capture, CaptureError } from "../../../../service/dts/capture/capture.ts";
import { CaptureRunner } from "../../../../service/dts/threads/capture-runner.ts";
import type { CaptureOrder, CaptureState, LogWriterCalls } from "../../../../service/dts/threads/messages.ts";

const source = { type: "MySQL", version: "11" } as const;
const opened = { position: new Uint8Array(0), nextOffset: 0, lastSeconds: 0 };

interface Held {
  readonly open?: Promise<unknown>;
  readonly append?: Promise<void>;
  /** That the log holds. */
  readonly position?: Uint8Array;
}

function runnerOver(capture: Partial<Capture>, { open = Promise.resolve(), append, position }: Held = {}) {
  const states: CaptureState[] = [];
  let made = 0;
  const log = {
    ask: (name: string) =>
      name === "open" ? open.then(() => ({ ...opened, ...(position && { position }) })) : append,
    onClose: () => () => undefined,
  } as unknown as Line<LogWriterCalls>;
  const runner = new CaptureRunner({
    order: { captureId: "c1", mayBegin: true } as CaptureOrder,
    captureOf: async () => {
      made += 1;
      const prepare = async () => ({ position: Uint8Array.of(1), notes: [] });
      return { prepare, read: async () => undefined, cleanUp: async () => undefined, ...capture };
    },
    log: () => log,
    tell: (state) => void states.push(state),
    largeRow: () => undefined,
    now: Date.now,
    random: () => 0,
  });
  return { runner, states, made: () => made };
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));

/* What a MySQL capture learned of rows that were taken back was forgotten with each attempt, so that it never got past them. */
it("tries again with the capture that failed, which knows why", async () => {
  let attempts = 0;
  const { runner, states, made } = runnerOver(
    {
      read: async (_from, _sink, signal) => {
        attempts += 1;
        if (attempts === 1) throw new CaptureError("SOURCE_LOST", "to be read again without some rows");
        await untilAborted(signal);
      },
    },
    { position: Uint8Array.of(7) },
  );
  await expect.poll(() => states.map(({ kind }) => kind), { timeout: 3_000 }).toEqual(["trouble", "running"]);
  await runner.stop();
  expect([attempts, made()]).toEqual([2, 1]);
});

/* "Normal" was told while the place where a new log begins was not durable: after a kill it began later, with a gap. */
it.each([
  ["at once", 0],
  ["late, as from a source that is slow to log in", 300],
])("does not tell that it runs before the place where it began is durable, handed on %s", async (_, ms) => {
  let settle = () => {};
  const append = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const read: Capture["read"] = async (_from, { stream }, signal) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    const head = { seconds: 1, position: "f:4", safePosition: "f:4", transactionId: "", source };
    stream.heartbeat(head, Uint8Array.of(1));
    await untilAborted(signal);
  };
  const { runner, states } = runnerOver({ read }, { append });
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(states).toEqual([]);
  settle();
  await expect.poll(() => states).toEqual([{ kind: "running", notes: [] }]);
  await runner.stop();
});

/* A log that opened late let a capture that was stopped and cleaned up make its slot again, which nobody would drop. */
it("makes nothing in the source when it was stopped while the log opened", async () => {
  let settle = () => {};
  const open = new Promise<void>((resolve) => {
    settle = resolve;
  });
  let prepared = 0;
  const prepare = async () => {
    prepared += 1;
    return { position: Uint8Array.of(1), notes: [] };
  };
  const { runner } = runnerOver({ prepare }, { open });
  const stopped = runner.stop();
  settle();
  await stopped;
  expect(prepared).toBe(0);
});

/* A restart looked anew for a place to begin: it was refused, or made a slot that nobody would read. */
it("tells which position is stored before anything is made in the source, and reads from it", async () => {
  const given: unknown[] = [];
  const { runner } = runnerOver(
    {
      prepare: async (_signal, from) => {
        given.push(from);
        return { position: Uint8Array.of(1), notes: [] };
      },
      read: async (from, _sink, signal) => {
        given.push(from);
        await untilAborted(signal);
      },
    },
    { position: Uint8Array.of(7) },
  );
  await expect.poll(() => given).toEqual([Uint8Array.of(7), Uint8Array.of(7)]);
  await runner.stop();
});
