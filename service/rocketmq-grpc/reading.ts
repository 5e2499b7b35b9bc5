import type { MessagingLimits } from "./limits.ts";

interface Turn {
  readonly host: string;
  readonly start: () => void;
}

/** Parts requests that come in among the clients: each takes memory until it is whole, and nobody takes it all. */
export class Reading {
  readonly #limits: Pick<MessagingLimits, "readingMax" | "readingPerHostMax">;
  readonly #perHost = new Map<string, number>();
  /** In the order in which they came. */
  readonly #turns: Turn[] = [];
  #all = 0;

  constructor(limits: Pick<MessagingLimits, "readingMax" | "readingPerHostMax">) {
    this.#limits = limits;
  }

  /** Resolves when a request of this host may come in, with what ends that. */
  enter(host: string): Promise<() => void> {
    return new Promise((resolve) => {
      const start = () => resolve(this.#begin(host));
      if (this.#isFree(host)) start();
      else this.#turns.push({ host, start });
    });
  }

  #isFree(host: string): boolean {
    return (
      this.#all < this.#limits.readingMax && (this.#perHost.get(host) ?? 0) < this.#limits.readingPerHostMax
    );
  }

  #begin(host: string): () => void {
    this.#count(host, 1);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#count(host, -1);
      const next = this.#turns.findIndex((turn) => this.#isFree(turn.host));
      if (next >= 0) this.#turns.splice(next, 1)[0]?.start();
    };
  }

  #count(host: string, more: number): void {
    this.#all += more;
    const own = (this.#perHost.get(host) ?? 0) + more;
    if (own > 0) this.#perHost.set(host, own);
    else this.#perHost.delete(host);
  }
}
