import { expect, it } from "vitest";
import type { Line } from "../../../../service/core/threads/line.ts";
import { openSink } from "../../../../service/dts/threads/capture-sink.ts";
import type { LogWriterCalls } from "../../../../service/dts/threads/messages.ts";
import type { LogEntry } from "../../../../service/log/log.ts";

const source = { type: "PostgreSQL", version: "18" } as const;

/** A sink over a log whose appends are durable when the test says so. */
function heldSink() {
  const appended: LogEntry[] = [];
  const settle: (() => void)[] = [];
  const log = {
    ask: (_: string, { entries }: { entries: LogEntry[] }) => {
      appended.push(...entries);
      return new Promise<void>((resolve) => settle.push(resolve));
    },
  } as unknown as Line<LogWriterCalls>;
  const sink = openSink({
    captureId: "c1",
    log,
    opened: { position: new Uint8Array(0), nextOffset: 0, lastSeconds: 0 },
    now: () => 1_700_000_000_000,
    largeRow: () => undefined,
    failed: () => undefined,
  });
  return { sink, appended, settle };
}

function begin({ sink }: ReturnType<typeof heldSink>): void {
  sink.stream.begin({
    seconds: 1_700_000_000,
    position: "0/1",
    safePosition: "0/1",
    transactionId: "1",
    source,
  });
}

function transaction(held: ReturnType<typeof heldSink>): void {
  begin(held);
  held.sink.stream.commit(Uint8Array.of(1));
  held.sink.flush();
}

it("hands on at once what comes alone; what comes while an entry is on its way shares the next", async () => {
  const held = heldSink();
  transaction(held);
  expect(held.appended.map((entry) => entry.recordCount)).toEqual([2]);
  transaction(held);
  transaction(held);
  expect(held.appended).toHaveLength(1);
  held.settle[0]?.();
  await new Promise(setImmediate);
  expect(held.appended.map((entry) => entry.recordCount)).toEqual([2, 4]);
});

it("waits for the end of a transaction that is open when the way is free", async () => {
  const held = heldSink();
  transaction(held);
  begin(held);
  held.settle[0]?.();
  await new Promise(setImmediate);
  expect(held.appended).toHaveLength(1);
  held.sink.stream.commit(Uint8Array.of(2));
  held.sink.flush();
  expect(held.appended.map((entry) => entry.complete)).toEqual([true, true]);
});
