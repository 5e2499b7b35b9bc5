import { replayDdl } from "./oracle-ddl.ts";
import { type ReplayedRow, ReplayedTable } from "./oracle-table.ts";
import type { DecodedRecord, ImageValue } from "./record-schema.ts";

/** Replays records into tables, as a consumer would, and refuses what no consumer could apply. */
export class Replica {
  readonly tables = new Map<string, ReplayedTable>();
  readonly statements: string[] = [];
  readonly #textOf: (value: ImageValue) => string | null;
  #isOpen = false;
  #lastId = -1;
  #lastSeconds = 0;
  readonly #transactions = new Set<string>();
  #current = "";

  /** `textOf` gives a value as the source writes it; PostgreSQL's way without. */
  constructor(textOf: (value: ImageValue) => string | null = postgresText) {
    this.#textOf = textOf;
  }

  /** Whole transactions that were replayed. */
  get transactions(): number {
    return this.#transactions.size;
  }

  apply(records: readonly DecodedRecord[]): this {
    for (const record of records) this.#applyOne(record);
    return this;
  }

  rows(table: string): ReplayedRow[] {
    return this.tables.get(table)?.rows ?? [];
  }

  #applyOne(record: DecodedRecord): void {
    if (record.id !== this.#lastId + 1) throw new Error(`record ${record.id} follows ${this.#lastId}`);
    this.#lastId = record.id;
    if (record.sourceTimestamp < this.#lastSeconds) throw new Error(`time goes back at ${record.id}`);
    if (this.#isOpen && record.operation !== "COMMIT" && record.sourceTimestamp !== this.#lastSeconds)
      throw new Error(`two times in one transaction at ${record.id}`);
    this.#lastSeconds = record.sourceTimestamp;
    if (record.operation === "BEGIN") this.#begin(record);
    else if (record.operation === "COMMIT") this.#commit(record);
    else if (record.operation === "HEARTBEAT") {
      if (this.#isOpen) throw new Error("a heartbeat inside a transaction");
    } else if (!this.#isOpen || record.sourceTxid !== this.#current)
      throw new Error(`${record.operation} ${record.id} outside its transaction`);
    else this.#change(record);
  }

  #begin(record: DecodedRecord): void {
    if (this.#isOpen) throw new Error(`BEGIN ${record.id} inside a transaction`);
    if (this.#transactions.has(record.sourceTxid)) throw new Error(`${record.sourceTxid} came twice`);
    this.#transactions.add(record.sourceTxid);
    this.#current = record.sourceTxid;
    this.#isOpen = true;
  }

  #commit(record: DecodedRecord): void {
    if (!this.#isOpen) throw new Error(`COMMIT ${record.id} without BEGIN`);
    this.#isOpen = false;
  }

  #change(record: DecodedRecord): void {
    const name = record.objectName ?? "";
    if (record.operation === "DDL") {
      const statement = record.statement ?? "";
      this.statements.push(statement);
      replayDdl(this.tables, name, statement);
      return;
    }
    const known = this.tables.get(name) ?? new ReplayedTable();
    const table = known.keyedBy(JSON.parse(record.tags.pk_uk_info ?? "{}").PRIMARY);
    this.tables.set(name, table);
    const before = record.before && this.#imageOf(record, record.before);
    const after = record.after && this.#imageOf(record, record.after);
    if (record.operation === "INSERT") {
      if (before || !after) throw new Error(`INSERT ${record.id} has the wrong images`);
      table.insert(after);
      return;
    }
    if (!before) throw new Error(`${record.operation} ${record.id} has no image before`);
    const row = table.take(before);
    if (!row)
      throw new Error(`${record.operation} ${record.id}: no such row in ${name}: ${JSON.stringify(before)}`);
    if (record.operation === "UPDATE") table.insert({ ...row, ...after });
  }

  /** The columns that are in the image, by name. */
  #imageOf(record: DecodedRecord, image: readonly ImageValue[]): ReplayedRow {
    if (image.length !== record.fields.length) throw new Error(`an image of ${record.id} lacks columns`);
    const known = record.fields
      .map(({ name }, index): [string, ImageValue] => [name, image[index] ?? null])
      .filter(([, value]) => value?.EmptyObject !== "NONE");
    return Object.fromEntries(known.map(([name, value]) => [name, this.#textOf(value)]));
  }
}

interface DateParts {
  readonly [part: string]: number | { readonly int: number } | null;
}

/** As PostgreSQL writes the value. */
export function postgresText(value: ImageValue): string | null {
  if (value === null) return null;
  const [branch, inner] = Object.entries(value)[0] as [string, Record<string, never>];
  switch (branch) {
    case "Character":
      return Buffer.from(inner.value as unknown as Uint8Array).toString();
    case "BinaryObject":
      return `\\x${Buffer.from(inner.value as unknown as Uint8Array).toString("hex")}`;
    case "Float":
      return floatText(inner.value as unknown as number);
    case "DateTime":
      return dateText(inner as DateParts);
    case "TimestampWithTimeZone": {
      const zone = String(inner.timezone).replace("UTC", "+00").replace(/:00$/, "");
      const text = dateText(inner.value as unknown as DateParts);
      return text.endsWith(" BC") ? `${text.slice(0, -3)}${zone} BC` : `${text}${zone}`;
    }
    default:
      return String(inner.value);
  }
}

function floatText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

function dateText(parts: DateParts): string {
  const of = (name: string) => {
    const part = parts[name];
    return typeof part === "object" ? part?.int : part;
  };
  const two = (value: number | undefined) => String(value).padStart(2, "0");
  const [year, hour] = [of("year"), of("hour")];
  const micros = String(of("millis") ?? 0)
    .padStart(6, "0")
    .replace(/0+$/, "");
  const date =
    year === undefined
      ? ""
      : `${String(Math.abs(year)).padStart(4, "0")}-${two(of("month"))}-${two(of("day"))}`;
  const time =
    hour === undefined
      ? ""
      : `${two(hour)}:${two(of("minute"))}:${two(of("second"))}${micros && `.${micros}`}`;
  return `${[date, time].filter(Boolean).join(" ")}${year !== undefined && year < 0 ? " BC" : ""}`;
}
