import type { ObjectType } from "../../records/values.ts";

/** How the values of a type are written in a record. */
export type Mapping =
  | { readonly value: "Integer"; readonly precision: number }
  | { readonly value: "Decimal" }
  | { readonly value: "Float"; readonly precision: number }
  | { readonly value: "Character" }
  | { readonly value: "BinaryObject"; readonly type: ObjectType }
  | { readonly value: "TextObject"; readonly type: ObjectType }
  | { readonly value: "TextGeometry"; readonly type: string }
  | { readonly value: "Boolean" }
  | { readonly value: "DateTime"; readonly parts: "date" | "time" | "both" }
  | { readonly value: "TimestampWithTimeZone"; readonly parts: "time" | "both" };

interface PostgresType {
  /** The type's fixed number; also `dataTypeNumber` of its columns. */
  readonly oid: number;
  readonly name: string;
  readonly as: Mapping;
  readonly note?: string;
}

const text: Mapping = { value: "TextObject", type: "XTYPE" };
const NO_NUMBER =
  "NaN and infinite values are TextObject XTYPE with PostgreSQL's text: official clients fail on such a Decimal";
const NO_DATE =
  "infinity and -infinity are TextObject XTYPE; year 44 BC is -44; years beyond 9999 as they are";

/** Every built-in type that a column can have. Its docs, and the decoding, are made from this. */
export const POSTGRES_TYPES: readonly PostgresType[] = [
  { oid: 21, name: "smallint", as: { value: "Integer", precision: 2 } },
  { oid: 23, name: "integer", as: { value: "Integer", precision: 4 } },
  { oid: 20, name: "bigint", as: { value: "Integer", precision: 8 } },
  { oid: 26, name: "oid", as: { value: "Integer", precision: 4 }, note: "unsigned" },
  { oid: 1700, name: "numeric", as: { value: "Decimal" }, note: NO_NUMBER },
  { oid: 700, name: "real", as: { value: "Float", precision: 24 }, note: "NaN and infinite values too" },
  {
    oid: 701,
    name: "double precision",
    as: { value: "Float", precision: 53 },
    note: "NaN and infinite values too",
  },
  { oid: 790, name: "money", as: text, note: "as the server's lc_monetary writes it" },
  { oid: 16, name: "boolean", as: { value: "Boolean" }, note: "true or false" },
  { oid: 25, name: "text", as: { value: "Character" } },
  { oid: 1043, name: "character varying", as: { value: "Character" } },
  { oid: 1042, name: "character", as: { value: "Character" }, note: "padded with blanks, as stored" },
  { oid: 18, name: '"char"', as: { value: "Character" } },
  { oid: 19, name: "name", as: { value: "Character" } },
  { oid: 17, name: "bytea", as: { value: "BinaryObject", type: "BYTEA" } },
  { oid: 114, name: "json", as: { value: "TextObject", type: "JSON" } },
  { oid: 3802, name: "jsonb", as: { value: "TextObject", type: "JSON" } },
  { oid: 4072, name: "jsonpath", as: text },
  { oid: 142, name: "xml", as: { value: "TextObject", type: "XML" } },
  { oid: 2950, name: "uuid", as: { value: "TextObject", type: "UUID" } },
  { oid: 1082, name: "date", as: { value: "DateTime", parts: "date" }, note: NO_DATE },
  { oid: 1083, name: "time", as: { value: "DateTime", parts: "time" }, note: "24:00:00 has hour 24" },
  {
    oid: 1266,
    name: "time with time zone",
    as: { value: "TimestampWithTimeZone", parts: "time" },
    note: "the offset as stored",
  },
  { oid: 1114, name: "timestamp", as: { value: "DateTime", parts: "both" }, note: NO_DATE },
  {
    oid: 1184,
    name: "timestamp with time zone",
    as: { value: "TimestampWithTimeZone", parts: "both" },
    note: `in UTC; ${NO_DATE}`,
  },
  { oid: 1186, name: "interval", as: text, note: "intervalstyle postgres" },
  { oid: 1560, name: "bit", as: text, note: "zeros and ones" },
  { oid: 1562, name: "bit varying", as: text, note: "zeros and ones" },
  { oid: 869, name: "inet", as: text },
  { oid: 650, name: "cidr", as: text },
  { oid: 829, name: "macaddr", as: text },
  { oid: 774, name: "macaddr8", as: text },
  { oid: 600, name: "point", as: { value: "TextGeometry", type: "point" }, note: "PostgreSQL's text" },
  { oid: 628, name: "line", as: { value: "TextGeometry", type: "line" }, note: "PostgreSQL's text" },
  { oid: 601, name: "lseg", as: { value: "TextGeometry", type: "lseg" }, note: "PostgreSQL's text" },
  { oid: 603, name: "box", as: { value: "TextGeometry", type: "box" }, note: "PostgreSQL's text" },
  { oid: 602, name: "path", as: { value: "TextGeometry", type: "path" }, note: "PostgreSQL's text" },
  { oid: 604, name: "polygon", as: { value: "TextGeometry", type: "polygon" }, note: "PostgreSQL's text" },
  { oid: 718, name: "circle", as: { value: "TextGeometry", type: "circle" }, note: "PostgreSQL's text" },
  { oid: 3614, name: "tsvector", as: text },
  { oid: 3615, name: "tsquery", as: text },
  { oid: 3904, name: "int4range", as: text },
  { oid: 3926, name: "int8range", as: text },
  { oid: 3906, name: "numrange", as: text },
  { oid: 3908, name: "tsrange", as: text },
  { oid: 3910, name: "tstzrange", as: text },
  { oid: 3912, name: "daterange", as: text },
  { oid: 4451, name: "int4multirange", as: text },
  { oid: 4536, name: "int8multirange", as: text },
  { oid: 4532, name: "nummultirange", as: text },
  { oid: 4533, name: "tsmultirange", as: text },
  { oid: 4534, name: "tstzmultirange", as: text },
  { oid: 4535, name: "datemultirange", as: text },
  { oid: 3220, name: "pg_lsn", as: text },
  { oid: 5069, name: "xid8", as: text },
  { oid: 28, name: "xid", as: text },
  { oid: 29, name: "cid", as: text },
  { oid: 27, name: "tid", as: text },
  { oid: 5038, name: "pg_snapshot", as: text },
  { oid: 2970, name: "txid_snapshot", as: text },
  { oid: 1790, name: "refcursor", as: text },
  { oid: 24, name: "regproc", as: text },
  { oid: 2202, name: "regprocedure", as: text },
  { oid: 2203, name: "regoper", as: text },
  { oid: 2204, name: "regoperator", as: text },
  { oid: 2205, name: "regclass", as: text },
  { oid: 2206, name: "regtype", as: text },
  { oid: 3734, name: "regconfig", as: text },
  { oid: 3769, name: "regdictionary", as: text },
  { oid: 4089, name: "regnamespace", as: text },
  { oid: 4096, name: "regrole", as: text },
  { oid: 4191, name: "regcollation", as: text },
  { oid: 1033, name: "aclitem", as: text },
  { oid: 22, name: "int2vector", as: text },
  { oid: 30, name: "oidvector", as: text },
];

/** Types that users and extensions make; `dataTypeNumber` is the type's own OID unless the note says otherwise. */
export const MADE_TYPES = {
  enum: { as: { value: "TextObject", type: "ENUM" }, note: "" },
  string: { as: { value: "Character" }, note: "types of the string category, such as citext" },
  domain: { as: undefined, note: "as its base type, with that type's number" },
  other: { as: text, note: "arrays, composite types, ranges and the rest: PostgreSQL's text" },
} as const satisfies Record<string, { as: Mapping | undefined; note: string }>;

const byOid = new Map(POSTGRES_TYPES.map((type) => [type.oid, type.as]));

/** Undefined for arrays and for types that are not built in. */
export function builtInMapping(oid: number): Mapping | undefined {
  return byOid.get(oid);
}
