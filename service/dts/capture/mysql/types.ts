import type { ObjectType } from "../../records/values.ts";

/** How the values of a type are written in a record. */
export type Mapping =
  | { readonly value: "Integer"; readonly precision: number }
  | { readonly value: "Decimal" }
  | { readonly value: "Float"; readonly precision: number }
  | { readonly value: "Character" }
  | { readonly value: "BinaryObject"; readonly type: ObjectType }
  | { readonly value: "TextObject"; readonly type: ObjectType }
  | { readonly value: "BinaryGeometry" }
  | { readonly value: "Timestamp" }
  | { readonly value: "DateTime"; readonly parts: "date" | "time" | "both" | "year" };

export interface MysqlType {
  readonly name: string;
  /** `dataTypeNumber` of its columns, a number of the published list that clients have a cast for. */
  readonly number: number;
  readonly as: Mapping;
  readonly note?: string;
}

const BLOB: Mapping = { value: "BinaryObject", type: "BLOB" };
const BINARY: Mapping = { value: "BinaryObject", type: "BINARY" };
const CHARACTER: Mapping = { value: "Character" };
const IN_CHARSET = "bytes in the column's character set, which is named with its Java name";
const UNSIGNED = "signed or unsigned as the column";
const ZERO = "zero dates and zero parts as they are";

/** Every type that a column can have. The docs, and the decoding, are made from this. */
export const MYSQL_TYPES = {
  tinyint: { name: "tinyint, boolean", number: 1, as: { value: "Integer", precision: 1 }, note: UNSIGNED },
  smallint: { name: "smallint", number: 2, as: { value: "Integer", precision: 2 }, note: UNSIGNED },
  mediumint: { name: "mediumint", number: 9, as: { value: "Integer", precision: 3 }, note: UNSIGNED },
  int: { name: "int", number: 3, as: { value: "Integer", precision: 4 }, note: UNSIGNED },
  bigint: { name: "bigint", number: 8, as: { value: "Integer", precision: 8 }, note: UNSIGNED },
  bit: {
    name: "bit",
    number: 16,
    as: { value: "Integer", precision: 8 },
    note: "the bits as an unsigned number",
  },
  decimal: { name: "decimal", number: 246, as: { value: "Decimal" } },
  float: {
    name: "float",
    number: 4,
    as: { value: "Float", precision: 24 },
    note: "the shortest decimal number that is this float",
  },
  double: { name: "double", number: 5, as: { value: "Float", precision: 53 } },
  date: { name: "date", number: 10, as: { value: "DateTime", parts: "date" }, note: ZERO },
  time: {
    name: "time",
    number: 11,
    as: { value: "DateTime", parts: "time" },
    note: "hours up to 838; of a negative time every part is negative",
  },
  datetime: { name: "datetime", number: 12, as: { value: "DateTime", parts: "both" }, note: ZERO },
  timestamp: {
    name: "timestamp",
    number: 7,
    as: { value: "Timestamp" },
    note: "0 seconds is 0000-00-00 00:00:00: no other value of the type is that",
  },
  year: { name: "year", number: 13, as: { value: "DateTime", parts: "year" } },
  char: {
    name: "char",
    number: 254,
    as: CHARACTER,
    note: `${IN_CHARSET}; without blanks at the end, as stored`,
  },
  varchar: { name: "varchar", number: 253, as: CHARACTER, note: IN_CHARSET },
  text: { name: "tinytext, text, mediumtext, longtext", number: 253, as: CHARACTER, note: IN_CHARSET },
  binary: { name: "binary", number: 252, as: BINARY, note: "filled up with zeros" },
  varbinary: { name: "varbinary", number: 252, as: BINARY },
  tinyblob: { name: "tinyblob", number: 249, as: BLOB },
  blob: { name: "blob", number: 252, as: BLOB },
  mediumblob: { name: "mediumblob", number: 250, as: BLOB },
  longblob: { name: "longblob", number: 251, as: BLOB },
  enum: {
    name: "enum",
    number: 247,
    as: { value: "TextObject", type: "ENUM" },
    note: "the label; empty for a value that was refused",
  },
  set: {
    name: "set",
    number: 248,
    as: { value: "TextObject", type: "SET" },
    note: "labels with commas between",
  },
  json: {
    name: "json (MySQL)",
    number: 245,
    as: { value: "TextObject", type: "JSON" },
    note: "MariaDB's json is longtext",
  },
  geometry: {
    name: "geometry, point, linestring, polygon and collections of them",
    number: 255,
    as: { value: "BinaryGeometry" },
    note: "well-known binary without the SRID",
  },
  uuid: { name: "uuid (MariaDB)", number: 254, as: CHARACTER, note: "its text" },
  inet6: { name: "inet6 (MariaDB)", number: 254, as: CHARACTER, note: "its text" },
  inet4: { name: "inet4 (MariaDB)", number: 254, as: CHARACTER, note: "its text" },
  vector: { name: "vector", number: 252, as: BLOB, note: "floats of 4 bytes, little-endian" },
} as const satisfies Record<string, MysqlType>;

export type MysqlTypeName = keyof typeof MYSQL_TYPES;
