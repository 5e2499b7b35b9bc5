/** A table as pgoutput describes it before the first change of it, and again whenever that may have changed. */
export interface RelationMessage {
  readonly oid: number;
  readonly schema: string;
  readonly table: string;
  /** What UPDATE and DELETE tell of the row before: the key, nothing, all of it, an index's columns. */
  readonly identity: "d" | "n" | "f" | "i";
  readonly columns: readonly RelationColumn[];
}

interface RelationColumn {
  readonly name: string;
  /** Part of what identifies a row. */
  readonly isKey: boolean;
  readonly typeOid: number;
  readonly typmod: number;
}

/** OID 4, schema, table, identity 1, columns 2; each with flags 1, name, type 4, modifier 4. Names end with a zero. */
export function readRelation(bytes: Buffer, start: number): RelationMessage {
  const oid = bytes.readUInt32BE(start);
  let at = start + 4;
  const name = (): string => {
    const end = bytes.indexOf(0, at);
    const text = bytes.toString("utf8", at, end);
    at = end + 1;
    return text;
  };
  // The schema pg_catalog is sent as an empty name.
  const schema = name() || "pg_catalog";
  const table = name();
  const identity = String.fromCharCode(bytes[at] as number) as RelationMessage["identity"];
  const count = bytes.readUInt16BE(at + 1);
  at += 3;
  const columns: RelationColumn[] = [];
  for (let index = 0; index < count; index += 1) {
    const isKey = ((bytes[at] as number) & 1) === 1;
    at += 1;
    columns.push({
      name: name(),
      isKey,
      typeOid: bytes.readUInt32BE(at),
      typmod: bytes.readInt32BE(at + 4),
    });
    at += 8;
  }
  return { oid, schema, table, identity, columns };
}
