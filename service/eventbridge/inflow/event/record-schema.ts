import type { Column, SourceType } from "../../../../records/index.ts";

/** What a schema is made of. */
interface TableDescription {
  readonly database?: string | undefined;
  readonly schema?: string | undefined;
  readonly table?: string | undefined;
  readonly columns: readonly Column[];
  readonly keys: Readonly<Record<string, readonly string[]>>;
  readonly source: { readonly type: SourceType; readonly version: string };
}

/** Definition of a table, with the keys of the documented record schema. */
export function recordSchema(table: TableDescription): object {
  const { database = null, schema = database, table: tableName = null, columns, keys, source } = table;
  const { PRIMARY: primary = [], ...uniqueKeys } = keys;
  const unique = new Set(Object.values(uniqueKeys).flat());
  const recordFields = columns.map(({ name, dataTypeNumber }, fieldPosition) => ({
    fieldName: name,
    rawDataTypeNum: dataTypeNumber,
    isPrimaryKey: primary.includes(name),
    isUniqueKey: unique.has(name),
    fieldPosition,
  }));
  const nameIndex = Object.fromEntries(recordFields.map((field) => [field.fieldName, field]));
  const index = (indexType: string, names: readonly string[]) => ({
    indexType,
    indexFields: names.map((name) => nameIndex[name] ?? { fieldName: name }),
    cardinality: 0,
    nullable: true,
    isFirstUniqueIndex: false,
  });
  return {
    recordFields,
    nameIndex,
    schemaId: `(${[database, schema, tableName].join(",")})`,
    databaseName: database,
    tableName,
    primaryIndexInfo: index("PrimaryKey", primary),
    uniqueIndexInfo: Object.values(uniqueKeys).map((names) => index("UniqueKey", names)),
    foreignIndexInfo: [],
    normalIndexInfo: [],
    databaseInfo: { databaseType: source.type, version: source.version },
    totalRows: 0,
  };
}
