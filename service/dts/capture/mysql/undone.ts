/**
 * Stretches of the binary log whose rows were taken back further on: a stream cannot take back what it was given, so the log
 * is read again without them. They are few: only transactions over tables of several engines are logged so.
 */
export class Undone {
  readonly #stretches: { readonly file: string; readonly from: number; readonly to: number }[] = [];

  /** What begins at or behind `from` and before `to`. */
  add(file: string, from: number, to: number): void {
    this.#stretches.push({ file, from, to });
  }

  /** Whether an event that begins there was taken back. */
  has(file: string, position: number): boolean {
    return this.#stretches.some((one) => one.file === file && one.from <= position && position < one.to);
  }
}
