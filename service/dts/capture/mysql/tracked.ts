import type { CaptureJob } from "../capture.ts";
import type { Definition } from "./statements.ts";

/** A statement that concerns several tables is tracked when one of them is. */
export function isTracked({ objects }: CaptureJob, { database, tables }: Definition): boolean {
  if (tables.length === 0) return objects.hasSchema(database, database);
  return tables.some((one) => objects.hasTable(one.database, one.database, one.table));
}
