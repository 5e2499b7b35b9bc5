/** Moves the recorded offset: one question at a time, of those that wait only the last. */
export class Committer {
  readonly #commit: (offset: number, seconds: number) => Promise<void>;
  readonly #failed: (error: Error) => void;
  #next: { readonly offset: number; readonly seconds: number } | undefined;
  #asked: number;
  #work: Promise<void> | undefined;

  /** `failed` is called once at most: the claim has gone then, and with it all that could be committed. */
  constructor(
    from: number,
    commit: (offset: number, seconds: number) => Promise<void>,
    failed: (error: Error) => void,
  ) {
    this.#asked = from;
    this.#commit = commit;
    this.#failed = failed;
  }

  /** All before the offset has been dealt with; `seconds` is the time of the last record of it. */
  reached(offset: number, seconds: number): void {
    if (offset <= this.#asked) return;
    this.#asked = offset;
    this.#next = { offset, seconds };
    this.#work ??= this.#run();
  }

  /** Resolves when nothing is on its way any more. */
  async settled(): Promise<void> {
    await this.#work;
  }

  async #run(): Promise<void> {
    try {
      while (this.#next) {
        const { offset, seconds } = this.#next;
        this.#next = undefined;
        await this.#commit(offset, seconds);
      }
    } catch (error) {
      this.#next = undefined;
      this.#asked = Number.POSITIVE_INFINITY;
      this.#failed(error as Error);
    } finally {
      this.#work = undefined;
    }
  }
}
