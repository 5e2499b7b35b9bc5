export {
  type ChangeRecord,
  type Column,
  decodeRecord,
  type Operation,
  type Row,
  type SourceType,
} from "./decode-record.ts";
export { RecordError } from "./record-error.ts";
export type { ColumnValue } from "./values.ts";
