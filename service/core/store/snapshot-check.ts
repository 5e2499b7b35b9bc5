import { findMisshapen } from "../../../contract/limits/shape.ts";

/** Bytes and whole numbers beyond JSON's own range travel as small objects. */
export type Cell = string | number | null | { readonly bytes: string } | { readonly integer: string };

interface TableContent {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Column of the rooms' tables that holds JSON. */
const DOCUMENT_COLUMN = "document";
/** Members of such documents that the vault has sealed: `configuration.sealedPassword`. */
const SEALED_MEMBER = /^sealed[A-Z]/;
const DEPTH_MAX = 8;

/**
 * Throws an Error that names the first place where the table could not be read back, never what stands there.
 * `opens` says whether the vault can open a sealed value.
 */
export function checkTable(
  owner: string,
  table: string,
  { columns, rows }: TableContent,
  known: readonly string[],
  opens: (sealed: string) => boolean,
): void {
  const unknown = columns.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Error(`the snapshot's table ${table} has unknown columns ${unknown.join(", ")}`);
  }
  const document = columns.indexOf(DOCUMENT_COLUMN);
  for (const [position, row] of rows.entries()) {
    const problem = rowProblem(row, columns) ?? documentProblem(row[document], opens);
    if (problem !== undefined) throw new Error(`${placeOf(owner, table, position)} ${problem}`);
  }
}

/** `rooms.dts.tables.dts_jobs.rows[17]`: where an entry stands in the snapshot. */
export function placeOf(owner: string, table: string, position: number): string {
  return `rooms.${owner}.tables.${table}.rows[${position}]`;
}

function rowProblem(row: unknown, columns: readonly string[]): string | undefined {
  if (!Array.isArray(row)) return "must be a list of values";
  if (row.length !== columns.length) return `must have ${columns.length} values, got ${row.length}`;
  const wrong = row.findIndex((cell) => !isCell(cell));
  return wrong < 0 ? undefined : `(${columns[wrong]}) must be a string, a number, null, bytes or an integer`;
}

function documentProblem(cell: unknown, opens: (sealed: string) => boolean): string | undefined {
  if (cell === undefined) return undefined;
  const document = typeof cell === "string" ? parsed(cell) : undefined;
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    return `(${DOCUMENT_COLUMN}) must be the JSON text of an object`;
  }
  const misshapen = findMisshapen(document);
  // Where inside is not said: the names may be anything. Deeper than any room writes, it could not be read back.
  if (misshapen !== undefined) return `(${DOCUMENT_COLUMN}) holds a member that ${misshapen.text}`;
  const broken = brokenSeal(document, DOCUMENT_COLUMN, opens, 0);
  return broken === undefined ? undefined : `(${broken}) cannot be opened with the vault's key`;
}

/** The path of the first sealed member that the vault cannot open. */
function brokenSeal(
  value: object,
  path: string,
  opens: (sealed: string) => boolean,
  depth: number,
): string | undefined {
  for (const [name, member] of Object.entries(value)) {
    const at = `${path}.${name}`;
    if (typeof member === "string" && SEALED_MEMBER.test(name) && !opens(member)) return at;
    if (typeof member !== "object" || member === null || depth === DEPTH_MAX) continue;
    const inner = brokenSeal(member, at, opens, depth + 1);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isCell(value: unknown): boolean {
  if (value === null || typeof value === "string" || typeof value === "number") return true;
  if (typeof value !== "object" || Object.keys(value).length !== 1) return false;
  const { bytes, integer } = value as { readonly bytes?: unknown; readonly integer?: unknown };
  if (typeof bytes === "string") return /^[A-Za-z0-9+/]*={0,2}$/.test(bytes);
  return typeof integer === "string" && /^-?\d{1,19}$/.test(integer);
}
