import type { Client } from "pg";
import { encodeTable, type TableHead } from "../../records/record.ts";
import type { RangeWriter } from "../../records/values.ts";
import type { CaptureJob } from "../capture.ts";
import { keysOf, resolveTypes } from "./catalog.ts";
import type { RelationMessage } from "./relation-message.ts";
import { writerOf } from "./value-writers.ts";

/** A tracked table, ready to write its rows. */
export interface Table {
  readonly schema: string;
  readonly name: string;
  readonly head: TableHead;
  readonly writers: readonly RangeWriter[];
  readonly isKey: readonly boolean[];
}

/** Makes what a table's rows are written with; the catalog is asked what the message does not tell. */
export async function tableOf(client: Client, job: CaptureJob, relation: RelationMessage): Promise<Table> {
  const types = await resolveTypes(client, relation);
  const keys = await keysOf(client, relation);
  const columns = relation.columns.map(({ name, typeOid, typmod, isKey }) => {
    const type = types.get(typeOid);
    if (type === undefined) throw new Error(`the type ${typeOid} of the column ${name} was not resolved`);
    return {
      name,
      dataTypeNumber: type.oid,
      writer: writerOf(type.as, type.typmod ?? typmod),
      // With the whole row as its identity every column is marked, though none is a key.
      isKey: isKey && relation.identity !== "f",
    };
  });
  const { schema, table: name } = relation;
  return {
    schema,
    name,
    head: encodeTable({ names: [job.database, schema, name], columns, keys }),
    writers: columns.map(({ writer }) => writer),
    isKey: columns.map((column) => column.isKey),
  };
}
