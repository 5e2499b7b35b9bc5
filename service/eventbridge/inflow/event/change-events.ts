import { decodeWith } from "../../../../records/decode-record.ts";
import { RecordError } from "../../../../records/index.ts";
import { valuesOf } from "../../../kafka/batch-values.ts";
import { CharacterValue } from "./column-values.ts";
import { rowKey } from "./row-key.ts";
import { type DecodedRecord, userRecord } from "./user-record.ts";

/** Whose changes they are. */
export interface EventOrigin {
  readonly accountId: string;
  readonly region: string;
  /** Of the event stream. */
  readonly stream: string;
  /** Of the change tracking task. */
  readonly topic: string;
}

/** A record of a topic as far as a task has to do with it. */
export interface Change {
  readonly offset: number;
  /** Commit time, seconds since the epoch. */
  readonly seconds: number;
  /** Of the record. */
  readonly bytes: number;
  /** Undefined for what is not forwarded, such as the bounds of transactions. */
  readonly event: object | undefined;
  /** See `rowKey`. */
  readonly key: string;
}

const FORWARDED: readonly string[] = ["INSERT", "UPDATE", "DELETE", "DDL"];
const makeText = (charset: string, bytes: Uint8Array) => new CharacterValue(charset, bytes);

/** All records of a batch from the offset on. Throws a RecordError or a RangeError for what is no batch of change records. */
export function* changesOf(payload: Uint8Array, fromOffset: number, origin: EventOrigin): Generator<Change> {
  for (const { offset, value } of valuesOf(payload)) {
    if (offset < fromOffset) continue;
    const record = decoded(value, offset);
    const isForwarded = FORWARDED.includes(record.operation);
    yield {
      offset,
      seconds: record.seconds,
      bytes: value.length,
      event: isForwarded ? changeEvent(record, offset, origin) : undefined,
      key: isForwarded ? rowKey(record) : "",
    };
  }
}

function decoded(value: Uint8Array, offset: number): DecodedRecord {
  try {
    return decodeWith(value, makeText);
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    throw new RecordError(error.code, `the record at offset ${offset}: ${error.message}`, { cause: error });
  }
}

/** The CloudEvents envelope; the same for the same record, whenever it is read. */
function changeEvent(record: DecodedRecord, offset: number, origin: EventOrigin): object {
  const { accountId, region, stream, topic } = origin;
  const data = userRecord(record, offset, topic);
  return {
    id: `${topic}-0-${offset}`,
    source: "acs.dts",
    specversion: "1.0",
    type: "dts:ConnectRecord",
    datacontenttype: "application/json;charset=utf-8",
    time: new Date(record.seconds * 1000).toISOString(),
    subject: `acs:dts:${region}:${accountId}:${topic}`,
    data,
    aliyunaccountid: accountId,
    aliyunregionid: region,
    aliyuneventbusname: stream,
    aliyunpublishtime: new Date(record.madeAtMs || record.seconds * 1000).toISOString(),
  };
}
