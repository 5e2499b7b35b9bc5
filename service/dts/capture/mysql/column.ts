import type { CatalogColumn } from "./catalog.ts";
import { BINARY, decodeText } from "./charsets.ts";
import { TYPE } from "./column-type.ts";
import { unreadable } from "./failure.ts";
import type { MappedColumn } from "./table-map.ts";
import type { MysqlTypeName } from "./types.ts";

/** A column with all that its values are read with. */
export interface Column {
  readonly name: string;
  readonly type: MysqlTypeName;
  /** As the binary log has it, of `TYPE`. */
  readonly stored: number;
  readonly meta: number;
  readonly isUnsigned: boolean;
  /** As the server names it; empty where neither the log nor the catalog tells. */
  readonly charset: string;
  readonly members: readonly string[];
}

/** Names of types that are stored as another one. */
const DISGUISED = new Set(["uuid", "inet4", "inet6"]);

const FIXED: Readonly<Record<number, MysqlTypeName>> = {
  [TYPE.tiny]: "tinyint",
  [TYPE.short]: "smallint",
  [TYPE.int24]: "mediumint",
  [TYPE.long]: "int",
  [TYPE.longLong]: "bigint",
  [TYPE.bit]: "bit",
  [TYPE.newDecimal]: "decimal",
  [TYPE.float]: "float",
  [TYPE.double]: "double",
  [TYPE.date]: "date",
  [TYPE.newDate]: "date",
  [TYPE.time]: "time",
  [TYPE.time2]: "time",
  [TYPE.dateTime]: "datetime",
  [TYPE.dateTime2]: "datetime",
  [TYPE.timestamp]: "timestamp",
  [TYPE.timestamp2]: "timestamp",
  [TYPE.year]: "year",
  [TYPE.enum]: "enum",
  [TYPE.set]: "set",
  [TYPE.json]: "json",
  [TYPE.geometry]: "geometry",
  [TYPE.vector]: "vector",
};

/** What a BLOB is by the bytes of its length. */
const BLOBS: readonly MysqlTypeName[] = ["blob", "tinyblob", "blob", "mediumblob", "longblob"];

/**
 * Joins what the table map says with what the catalog says now. The map is right about the rows behind it; the catalog
 * adds what the map lacks. `place` counts from 0.
 */
export function joinColumn(
  mapped: MappedColumn,
  catalog: CatalogColumn | undefined,
  charsetOf: (collation: number) => string | undefined,
  place: number,
): Column {
  const charset =
    (mapped.collation === undefined ? undefined : charsetOf(mapped.collation)) ?? catalog?.charset ?? "";
  return {
    // As the server's own tools write columns whose names they do not know.
    name: mapped.name ?? catalog?.name ?? `@${place + 1}`,
    type: typeOf(mapped, catalog, charset),
    stored: mapped.type,
    meta: mapped.meta,
    isUnsigned: mapped.isUnsigned ?? catalog?.isUnsigned ?? false,
    charset,
    members: mapped.members?.map((member) => decodeText(member, charset)) ?? catalog?.members ?? [],
  };
}

/** Whether rows of such a column can be read as the catalog describes it. */
export function fits(mapped: MappedColumn, catalog: CatalogColumn): boolean {
  const type = typeOf(mapped, catalog, catalog.charset);
  const { dataType } = catalog;
  if (DISGUISED.has(dataType)) return type === dataType;
  if (type === "text") return dataType.endsWith("text") || dataType === "json";
  if (type === "geometry") return dataType === type || !(dataType in WORDS);
  return (WORDS[dataType] ?? dataType) === type;
}

/** Names in the catalog that are not those of a type here. */
const WORDS: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...Object.values(FIXED), ...BLOBS].map((name) => [name, name])),
  char: "char",
  varchar: "varchar",
  binary: "binary",
  varbinary: "varbinary",
  tinytext: "text",
  mediumtext: "text",
  longtext: "text",
  text: "text",
};

function typeOf(
  { type, meta }: MappedColumn,
  catalog: CatalogColumn | undefined,
  charset: string,
): MysqlTypeName {
  const isBinary = charset === BINARY || (charset === "" && catalog !== undefined);
  switch (type) {
    case TYPE.varchar:
    case TYPE.varString:
    case TYPE.varcharCompressed:
      return isBinary ? "varbinary" : "varchar";
    case TYPE.string:
      if (catalog && DISGUISED.has(catalog.dataType)) return catalog.dataType as MysqlTypeName;
      return isBinary ? "binary" : "char";
    case TYPE.tinyBlob:
    case TYPE.mediumBlob:
    case TYPE.longBlob:
    case TYPE.blob:
    case TYPE.blobCompressed:
      return isBinary ? (BLOBS[meta] ?? "blob") : "text";
    default: {
      const name = FIXED[type];
      if (name === undefined) throw unreadable(`a column has the unknown type ${type}`);
      return name;
    }
  }
}
