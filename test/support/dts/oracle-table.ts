export type ReplayedRow = Record<string, string | null>;

/** Rows of one table, found by their key where they have one, else by all they hold: several may be equal then. */
export class ReplayedTable {
  #columns: readonly string[] | undefined;
  #rows = new Map<string, ReplayedRow[]>();

  get rows(): ReplayedRow[] {
    return [...this.#rows.values()].flat();
  }

  /** By which columns rows are found from now on; undefined for all of them. */
  keyedBy(columns: readonly string[] | undefined): this {
    if (JSON.stringify(columns) === JSON.stringify(this.#columns)) return this;
    this.#columns = columns;
    this.#refill(this.rows);
    return this;
  }

  insert(row: ReplayedRow): void {
    const key = this.#keyOf(row);
    if (key === undefined) throw new Error(`no value for its key in ${JSON.stringify(row)}`);
    const found = this.#rows.get(key);
    if (found && this.#columns) throw new Error(`${key} is there already`);
    if (found) found.push(row);
    else this.#rows.set(key, [row]);
  }

  /** Takes out a row that has all that the image says; undefined when there is none. */
  take(image: ReplayedRow): ReplayedRow | undefined {
    const key = this.#keyOf(image);
    const candidates = (key === undefined ? undefined : this.#rows.get(key)) ?? this.rows;
    const row = candidates.find((one) => matches(one, image));
    const place = row && this.#keyOf(row);
    const found = place === undefined ? undefined : this.#rows.get(place);
    if (!row || place === undefined || !found) return undefined;
    found.splice(found.indexOf(row), 1);
    if (found.length === 0) this.#rows.delete(place);
    return row;
  }

  clear(): void {
    this.#rows.clear();
  }

  /** Changes every row, as a change of the table's definition does. */
  reshape(change: (row: ReplayedRow) => void): void {
    const { rows } = this;
    for (const row of rows) change(row);
    this.#refill(rows);
  }

  #refill(rows: readonly ReplayedRow[]): void {
    this.#rows = new Map();
    for (const row of rows) this.insert(row);
  }

  #keyOf(row: ReplayedRow): string | undefined {
    const columns = this.#columns ?? Object.keys(row).sort();
    if (columns.some((column) => !(column in row))) return undefined;
    return JSON.stringify(
      this.#columns ? columns.map((column) => row[column]) : columns.map((column) => [column, row[column]]),
    );
  }
}

function matches(row: ReplayedRow, image: ReplayedRow): boolean {
  return Object.entries(image).every(([name, value]) => (row[name] ?? null) === value);
}
