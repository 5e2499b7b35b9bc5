import avsc, { type Schema } from "avsc";

/** The published schema of a record, written from its tables; the order of fields, enums and unions counts. */
const SOURCE_TYPES =
  "MySQL Oracle SQLServer PostgreSQL MongoDB Redis DB2 PPAS DRDS HBASE HDFS FILE OTHER".split(" ");
const OPERATIONS =
  "INSERT UPDATE DELETE DDL BEGIN COMMIT ROLLBACK ABORT HEARTBEAT CHECKPOINT COMMAND FILL FINISH CONTROL RDB NOOP INIT".split(
    " ",
  );

const record = (name: string, fields: Record<string, unknown>): Schema =>
  ({
    type: "record",
    name,
    fields: Object.entries(fields).map(([field, type]) => ({ name: field, type })),
  }) as Schema;

const optional = (type: unknown) => ["null", type];

const VALUES = [
  "null",
  record("Integer", { precision: "int", value: "string" }),
  record("Character", { charset: "string", value: "bytes" }),
  record("Decimal", { value: "string", precision: "int", scale: "int" }),
  record("Float", { value: "double", precision: "int", scale: "int" }),
  record("Timestamp", { timestamp: "long", millis: "int" }),
  record("DateTime", {
    year: optional("int"),
    month: optional("int"),
    day: optional("int"),
    hour: optional("int"),
    minute: optional("int"),
    second: optional("int"),
    millis: optional("int"),
  }),
  record("TimestampWithTimeZone", { value: "DateTime", timezone: "string" }),
  record("BinaryGeometry", { type: "string", value: "bytes" }),
  record("TextGeometry", { type: "string", value: "string" }),
  record("BinaryObject", { type: "string", value: "bytes" }),
  record("TextObject", { type: "string", value: "string" }),
  { type: "enum", name: "EmptyObject", symbols: ["NULL", "NONE"] },
];

export const recordType = avsc.Type.forSchema(
  {
    ...(record("Record", {
      version: "int",
      id: "long",
      sourceTimestamp: "long",
      sourcePosition: "string",
      safeSourcePosition: "string",
      sourceTxid: "string",
      source: record("Source", {
        sourceType: { type: "enum", name: "SourceType", symbols: SOURCE_TYPES },
        version: "string",
      }),
      operation: { type: "enum", name: "Operation", symbols: OPERATIONS },
      objectName: optional("string"),
      processTimestamps: optional({ type: "array", items: "long" }),
      tags: { type: "map", values: "string" },
      fields: [
        "null",
        "string",
        { type: "array", items: record("Field", { name: "string", dataTypeNumber: "int" }) },
      ],
      beforeImages: ["null", "string", { type: "array", items: VALUES }],
      // The values were named above, so that the second list names them again.
      afterImages: ["null", "string", { type: "array", items: VALUES.map(nameOf) }],
      bornTimestamp: "long",
    }) as object),
    namespace: "com.alibaba.dts.formats.avro",
  } as Schema,
  { wrapUnions: true },
);

function nameOf(schema: unknown): string {
  return typeof schema === "string" ? schema : (schema as { name: string }).name;
}

/** A value as it stands in an image: nothing, or one branch with its name. */
export type ImageValue = null | Readonly<Record<string, unknown>>;

export interface DecodedRecord {
  readonly id: number;
  readonly sourceTimestamp: number;
  readonly sourcePosition: string;
  readonly safeSourcePosition: string;
  readonly sourceTxid: string;
  readonly source: { readonly sourceType: string; readonly version: string };
  readonly operation: string;
  readonly objectName: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly fields: readonly { readonly name: string; readonly dataTypeNumber: number }[];
  /** By column; of a DDL the statement. */
  readonly before: readonly ImageValue[] | undefined;
  readonly after: readonly ImageValue[] | undefined;
  readonly statement: string | undefined;
  readonly bornTimestamp: number;
}

type Images = { readonly array?: ImageValue[]; readonly string?: string } | null;

const NAMESPACE = "com.alibaba.dts.formats.avro.";

/** Decodes one record, which must end where its bytes end. */
export function decodeRecord(bytes: Uint8Array): DecodedRecord {
  const raw = recordType.fromBuffer(Buffer.from(bytes)) as Record<string, unknown>;
  const image = (union: Images) => union?.array?.map(short);
  const after = raw.afterImages as Images;
  return {
    ...(raw as unknown as DecodedRecord),
    objectName: (raw.objectName as { string: string } | null)?.string,
    tags: raw.tags as Record<string, string>,
    fields: (raw.fields as { array: DecodedRecord["fields"] } | null)?.array ?? [],
    before: image(raw.beforeImages as Images),
    after: image(after),
    statement: after?.string,
  };
}

/** Without the namespace of the branch, which is the same everywhere. */
function short(value: ImageValue): ImageValue {
  if (value === null) return null;
  const [name, inner] = Object.entries(value)[0] as [string, unknown];
  return { [name.replace(NAMESPACE, "")]: inner };
}
