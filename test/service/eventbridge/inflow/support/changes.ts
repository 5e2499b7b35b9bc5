import { ChangeStream } from "../../../../../service/dts/records/change-stream.ts";
import { encodeTable } from "../../../../../service/dts/records/record.ts";
import { writeCharacter, writeInteger, writeNull } from "../../../../../service/dts/records/values.ts";
import {
  type Change,
  changesOf,
  type EventOrigin,
} from "../../../../../service/eventbridge/inflow/event/change-events.ts";
import type { LogEntry } from "../../../../../service/log/log.ts";

export const origin: EventOrigin = {
  accountId: "1",
  region: "cn-hangzhou",
  stream: "orders-to-queue",
  topic: "cn_hangzhou_shop_version2",
};

export const SECONDS = 1_700_000_000;

const table = encodeTable({
  names: ["shop", "public", "orders"],
  columns: [
    { name: "id", dataTypeNumber: 20 },
    { name: "name", dataTypeNumber: 25 },
  ],
  keys: { PRIMARY: ["id"] },
});

export interface OrderRow {
  readonly id: number | bigint;
  readonly name: string | Uint8Array | null;
  readonly charset?: string;
}

/** Rows of a table of two columns, one transaction each, as log entries. */
export function orderEntries(
  changes: readonly (
    | {
        readonly operation: "INSERT" | "UPDATE" | "DELETE";
        readonly before?: OrderRow;
        readonly after?: OrderRow;
      }
    | { readonly ddl: string }
  )[],
  nextOffset = 100,
): LogEntry[] {
  const entries: LogEntry[] = [];
  const stream = new ChangeStream({
    nextOffset,
    lastSeconds: 0,
    now: () => SECONDS * 1000 + 250,
    emit: (entry) => void entries.push(entry),
  });
  for (const [at, change] of changes.entries()) {
    const position = `0/${at}`;
    const source = { type: "PostgreSQL", version: "18" } as const;
    stream.begin({ seconds: SECONDS + at, position, safePosition: position, transactionId: "7", source });
    if ("ddl" in change) stream.ddl(["shop"], change.ddl);
    else {
      const { operation, before, after } = change;
      stream.row({ operation, table, before: before && imageOf(before), after: after && imageOf(after) });
    }
    stream.commit(Buffer.from(position));
    stream.flush();
  }
  return entries;
}

type ImageWriter = NonNullable<Parameters<ChangeStream["row"]>[0]["after"]>;

function imageOf({ id, name, charset = "UTF-8" }: OrderRow): ImageWriter {
  return (out) => {
    writeInteger(out, 8, String(id));
    if (name === null) writeNull(out);
    else writeCharacter(out, charset, name);
  };
}

/** What a task gets of entries. */
export function changesIn(entries: readonly LogEntry[], fromOffset = 0): Change[] {
  return entries.flatMap(({ payload }) => [...changesOf(payload, fromOffset, origin)]);
}

/** The events of changes, as JSON has them. */
export function eventsIn(entries: readonly LogEntry[]): Record<string, unknown>[] {
  return changesIn(entries).flatMap(({ event }) =>
    event === undefined ? [] : [JSON.parse(JSON.stringify(event)) as Record<string, unknown>],
  );
}
