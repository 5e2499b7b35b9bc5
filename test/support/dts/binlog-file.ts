import type { CaptureJob } from "../../../service/dts/capture/capture.ts";
import type { CatalogTable } from "../../../service/dts/capture/mysql/catalog.ts";
import { BinlogEvent, eventEnd, readEvent } from "../../../service/dts/capture/mysql/events.ts";
import { tableOf } from "../../../service/dts/capture/mysql/tables.ts";
import { Transactions } from "../../../service/dts/capture/mysql/transactions.ts";
import { Undone } from "../../../service/dts/capture/mysql/undone.ts";
import { CollectingLog } from "./collecting-sink.ts";
import type { DecodedRecord } from "./record-schema.ts";

const MAGIC_BYTES = 4;
const NO_CATALOG: CatalogTable = { columns: [], hidden: [], keys: {} };
const COLLATIONS = new Map([
  [8, "latin1"],
  [33, "utf8mb3"],
  [45, "utf8mb4"],
  [63, "binary"],
  [255, "utf8mb4"],
]);

/** What would come of a binary log's file, read as a server would send it; `catalog` stands in for the source's. */
export function recordsOfFile(
  bytes: Buffer,
  { catalog = NO_CATALOG, undone = new Undone() }: { catalog?: CatalogTable; undone?: Undone } = {},
): DecodedRecord[] {
  const log = new CollectingLog();
  const sink = log.sink();
  const charsetOf = (collation: number) => COLLATIONS.get(collation);
  const event = new BinlogEvent();
  const transactions: Transactions = new Transactions({
    job: {
      objects: { hasTable: () => true, hasSchema: () => true },
      dml: true,
      ddl: true,
    } as unknown as CaptureJob,
    sink,
    from: { server: "x", file: "binlog.000001", position: MAGIC_BYTES, gtid: "", seconds: 0, notBefore: 0 },
    source: { type: "MySQL", version: "8.0" },
    undone,
    charsetOf,
    onTable: (map) => transactions.define(map.id, tableOf(map, catalog, charsetOf)),
    onPayload: (events) => {
      for (let at = 0; at < events.length; ) {
        const end = eventEnd(events, at);
        readEvent(events, at, end, undefined, event).isArtificial = true;
        transactions.take(event);
        at = end;
      }
    },
  });
  for (let at = MAGIC_BYTES; at < bytes.length; ) {
    const end = eventEnd(bytes, at);
    transactions.take(readEvent(bytes, at, end, transactions.format, event));
    at = end;
  }
  if (!sink.stream.isOpen) sink.stream.flush();
  return log.records();
}
