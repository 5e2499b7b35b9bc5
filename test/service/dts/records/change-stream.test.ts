import { expect, it } from "vitest";
import { ChangeStream } from "../../../../service/dts/records/change-stream.ts";
import { encodeTable, type TransactionHead } from "../../../../service/dts/records/record.ts";
import { writeInteger, writeTextObject } from "../../../../service/dts/records/values.ts";
import type { LogEntry } from "../../../../service/log/log.ts";
import { recordsOf } from "../../../support/dts/collecting-sink.ts";

const table = encodeTable({
  names: ["db", "schema", "t"],
  columns: [
    { name: "id", dataTypeNumber: 23 },
    { name: "doc", dataTypeNumber: 114 },
  ],
  keys: {},
});

function stream(nextOffset = 0, lastSeconds = 0) {
  const entries: LogEntry[] = [];
  const changes = new ChangeStream({
    nextOffset,
    lastSeconds,
    now: () => 1_700_000_000_000,
    emit: (entry) => entries.push(entry),
  });
  const transaction = (seconds: number, rows: number, bytes = 10) => {
    changes.begin(head(seconds));
    for (let row = 0; row < rows; row += 1) insert(changes, row, bytes);
    changes.commit(Uint8Array.of(seconds));
  };
  return { changes, entries, transaction };
}

const head = (seconds: number): TransactionHead => ({
  seconds,
  position: "0/1",
  safePosition: "0/1",
  transactionId: String(seconds),
  source: { type: "PostgreSQL", version: "18" },
});

const insert = (changes: ChangeStream, row: number, bytes: number) =>
  changes.row({
    operation: "INSERT",
    table,
    after: (out) => {
      writeInteger(out, 4, String(row));
      writeTextObject(out, "JSON", "x".repeat(bytes));
    },
  });

const shape = (entries: LogEntry[]) =>
  entries.map((one) => [one.baseOffset, one.recordCount, one.complete, one.firstSeconds, [...one.position]]);

it("transactions of one second share an entry; the id of a record is its offset", () => {
  const { changes, entries, transaction } = stream(100);
  transaction(5, 2);
  transaction(5, 1);
  transaction(6, 1);
  changes.flush();
  expect(shape(entries)).toEqual([
    [100, 7, true, 5, [5]],
    [107, 3, true, 6, [6]],
  ]);
  const records = entries.flatMap(recordsOf);
  expect(records.map(({ id }) => id)).toEqual([100, 101, 102, 103, 104, 105, 106, 107, 108, 109]);
  expect(records.map(({ operation }) => operation).join(" ")).toBe(
    "BEGIN INSERT INSERT COMMIT BEGIN INSERT COMMIT BEGIN INSERT COMMIT",
  );
});

it("a large transaction goes on as it comes, in entries that only the last one completes", () => {
  const { changes, entries, transaction } = stream();
  transaction(5, 1);
  transaction(5, 100, 10_000);
  changes.flush();
  expect(entries.length).toBeGreaterThan(3);
  expect(entries.every((entry) => entry.payload.length <= 300_000)).toBe(true);
  expect(entries.map(({ complete }) => complete)).toEqual([...entries.slice(1).map(() => false), true]);
  expect(entries.slice(0, -1).every(({ position }) => position.length === 0)).toBe(true);
  expect(entries.flatMap(recordsOf)).toHaveLength(105);
});

it("an entry that ends where a transaction ended is complete, however the next one begins", () => {
  const { entries, transaction, changes } = stream();
  for (let count = 0; count < 300; count += 1) transaction(5, 1, 2_000);
  changes.flush();
  let open = false;
  for (const entry of entries) {
    for (const { operation } of recordsOf(entry))
      open = operation !== "COMMIT" && (open || operation === "BEGIN");
    expect(entry.complete).toBe(!open);
  }
});

it("times never go back, behind those of the log neither", () => {
  const { changes, entries, transaction } = stream(0, 50);
  transaction(40, 1);
  transaction(60, 1);
  transaction(55, 1);
  changes.heartbeat(head(58), Uint8Array.of(9));
  expect(changes.lastSeconds).toBe(60);
  expect(shape(entries).map(([, , , seconds]) => seconds)).toEqual([50, 60]);
  expect(entries.at(-1)?.position).toEqual(Uint8Array.of(9));
});

it("clients skip records of 48 bytes and less: none is so short", () => {
  const { changes, entries } = stream();
  const shortest = { ...head(1_000_000_000), transactionId: "", source: { type: "MySQL", version: "8" } };
  changes.heartbeat(shortest as TransactionHead, new Uint8Array(0));
  const [entry] = entries as [LogEntry];
  // Batch header 61, record head 6, header count 1.
  expect(entry.payload.length - 61 - 7).toBeGreaterThan(48);
});

it("DDL holds its statement; a heartbeat inside a transaction is a mistake", () => {
  const { changes, entries } = stream();
  changes.begin(head(1));
  changes.ddl(["db", "s", "t"], "ALTER TABLE t ADD c int");
  expect(() => changes.heartbeat(head(1), new Uint8Array(0))).toThrow(/inside a transaction/);
  changes.commit(new Uint8Array(1));
  changes.flush();
  const [, ddl] = entries.flatMap(recordsOf);
  expect(ddl).toMatchObject({ objectName: "db.s.t", statement: "ALTER TABLE t ADD c int", fields: [] });
});

it("a row of 20 MB is an entry of its own, and its memory is given back", () => {
  const { changes, entries } = stream();
  changes.begin(head(1));
  expect(insert(changes, 1, 20_000_000)).toBeGreaterThan(20_000_000);
  insert(changes, 2, 10);
  changes.commit(new Uint8Array(1));
  changes.flush();
  expect(entries.map(({ recordCount }) => recordCount)).toEqual([1, 1, 2]);
  expect(entries.every(({ payload }) => payload.buffer.byteLength === payload.length)).toBe(true);
});
