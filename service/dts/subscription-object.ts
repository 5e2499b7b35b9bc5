import { z } from "zod";
import { objectName } from "../../contract/limits/source.ts";
import { jsonText } from "../../contract/params.ts";

/*
 * The older family writes objects as `[{"DBName":"shop","TableIncludes":[{"TableName":"orders"}]}]`, the newer
 * as `{"shop":{"name":"shop","all":false,"Table":{"orders":{"name":"orders","all":true}}}}`. Jobs keep the newer.
 */

interface DatabaseEntry {
  readonly all?: boolean;
  readonly Table?: Readonly<Record<string, unknown>>;
}

const tableSchema = z.object({ TableName: objectName });
const databaseSchema = z.object({
  DBName: objectName,
  TableIncludes: z.array(tableSchema).optional(),
  TableExcludes: z.undefined({ error: "is not served here; name the tables in TableIncludes" }).optional(),
});

/** Decodes the older form into the newer one's JSON text. */
export const subscriptionObject = jsonText(
  z
    .array(databaseSchema, { error: "must be the JSON text of a list" })
    .min(1, { error: "must name at least one database" }),
).transform((databases) => {
  const entries = databases.map(({ DBName: name, TableIncludes: tables }) => {
    if (!tables || tables.length === 0) return [name, { name, all: true }];
    const included = tables.map(({ TableName }) => [TableName, { name: TableName, all: true }]);
    return [name, { name, all: false, Table: Object.fromEntries(included) }];
  });
  return JSON.stringify(Object.fromEntries(entries));
});

/** The objects of a job as the older answers show them. */
export function synchronousObjects(objects: string | undefined) {
  const databases = JSON.parse(objects ?? "{}") as Record<string, DatabaseEntry | null>;
  return Object.entries(databases).map(([DatabaseName, entry]) => {
    const tables = Object.keys(entry?.Table ?? {});
    return {
      DatabaseName,
      TableList: { Table: tables },
      WholeDatabase: String(entry?.all ?? tables.length === 0),
    };
  });
}
