import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openFileLogs } from "../../../../service/log/file-logs.ts";
import type { LogEntry, LogRange, LogStore } from "../../../../service/log/log.ts";
import { openMemoryLogs } from "../../../../service/log/memory-logs.ts";

/** A store under test with a clock of its own. */
export interface TestStore {
  readonly store: LogStore;
  /** Closes it and opens what it left; the store in memory stays the one it is. */
  reopen(): Promise<LogStore>;
  readonly clock: { seconds: number };
  readonly folder: string | undefined;
  remove(): Promise<void>;
}

export interface TestBounds {
  readonly bytesMax?: number;
  readonly ageSecondsMax?: number;
  readonly segmentBytes?: number;
  readonly tailBytes?: number;
}

export type StoreKind = "file" | "memory";

export async function openTestStore(kind: StoreKind, bounds: TestBounds = {}): Promise<TestStore> {
  const clock = { seconds: 1_700_000_000 };
  const options = {
    retention: { bytesMax: bounds.bytesMax ?? 1e9, ageSecondsMax: bounds.ageSecondsMax ?? 1e9 },
    segmentBytes: bounds.segmentBytes ?? 2_000,
    tailBytes: bounds.tailBytes ?? 1_000,
    nowSeconds: () => clock.seconds,
  };
  if (kind === "memory") {
    const store = openMemoryLogs(options);
    const reopen = async () => store;
    return { store, reopen, clock, folder: undefined, remove: () => store.close() };
  }
  const folder = mkdtempSync(join(tmpdir(), "logs-"));
  let store = await openFileLogs(folder, options);
  return {
    get store() {
      return store;
    },
    async reopen() {
      await store.close();
      store = await openFileLogs(folder, options);
      return store;
    },
    clock,
    folder,
    async remove() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface EntryShape {
  readonly records?: number;
  readonly complete?: boolean;
  readonly seconds?: number;
  readonly lastSeconds?: number;
  readonly bytes?: number;
  readonly position?: string;
}

/** The next entry of a log that stands like this; its payload and position tell its offset. */
export function entryAt(offset: number, shape: EntryShape = {}): LogEntry {
  const seconds = shape.seconds ?? 1_000;
  return {
    baseOffset: offset,
    recordCount: shape.records ?? 1,
    firstSeconds: seconds,
    lastSeconds: shape.lastSeconds ?? seconds,
    position: Buffer.from(shape.position ?? `at ${offset}`),
    complete: shape.complete ?? true,
    payload: payloadFor(offset, shape.bytes ?? 100),
  };
}

export function payloadFor(offset: number, bytes: number): Uint8Array {
  return Buffer.alloc(bytes, `${offset}|`);
}

export function entriesFrom({ nextOffset }: LogRange, shapes: readonly EntryShape[]): LogEntry[] {
  let offset = nextOffset;
  return shapes.map((shape) => {
    const entry = entryAt(offset, shape);
    offset += entry.recordCount;
    return entry;
  });
}

export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}
