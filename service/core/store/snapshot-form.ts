import type { Form } from "../http/json-stream.ts";

const plain: Form = { plain: true };
const texts: Form = { list: plain };
const cell: Form = { plain: true, map: plain };
const table: Form = { members: { columns: texts, rows: { list: { list: cell } } } };

/** The form of a snapshot's JSON, known while it arrives; what stands in it is judged when it is whole. */
export const snapshotForm: Form = {
  members: {
    format: plain,
    keyFingerprint: plain,
    rooms: { map: { members: { steps: texts, tables: { map: table } } } },
  },
};
