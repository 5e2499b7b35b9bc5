const SECONDS = 60;

/** Counts, in all and within the last minute. */
export class Meter {
  readonly #counts = new Array<number>(SECONDS).fill(0);
  #second = 0;
  #total = 0;

  get total(): number {
    return this.#total;
  }

  add(count: number, nowMs: number): void {
    this.#moveTo(nowMs);
    this.#total += count;
    this.#counts[this.#second % SECONDS] = (this.#counts[this.#second % SECONDS] ?? 0) + count;
  }

  lastMinute(nowMs: number): number {
    this.#moveTo(nowMs);
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  #moveTo(nowMs: number): void {
    const second = Math.floor(nowMs / 1000);
    const passed = Math.min(SECONDS, second - this.#second);
    for (let at = 1; at <= passed; at += 1) this.#counts[(second - passed + at) % SECONDS] = 0;
    this.#second = Math.max(this.#second, second);
  }
}
