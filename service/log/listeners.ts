/** Whom to tell that more can be read. */
export class Listeners {
  readonly #all = new Set<() => void>();

  /** Each registration counts on its own, even of the same function. */
  add(listener: () => void): () => void {
    const one = () => listener();
    this.#all.add(one);
    return () => {
      this.#all.delete(one);
    };
  }

  tell(): void {
    for (const listener of [...this.#all]) {
      try {
        listener();
      } catch (error) {
        // What a reader gets wrong must neither stop the writer, with all other logs of the thread, nor go unseen.
        process.emitWarning(`a listener of a log: ${String(error)}`, {
          code: "LOG_LISTENER",
          detail: (error as Error | undefined)?.stack ?? "",
        });
      }
    }
  }

  clear(): void {
    this.#all.clear();
  }
}
