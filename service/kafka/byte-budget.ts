/** Bytes that are shared: whoever wants more than is left waits, in order. */
export class ByteBudget {
  readonly #bytesMax: number;
  #used = 0;
  readonly #waiting: { readonly bytes: number; readonly start: () => void }[] = [];

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** More than there are in all counts as all. */
  async take(bytes: number): Promise<Share> {
    const share = Math.min(bytes, this.#bytesMax);
    if (this.#waiting.length > 0 || this.#used + share > this.#bytesMax) {
      await new Promise<void>((start) => void this.#waiting.push({ bytes: share, start }));
    } else this.#used += share;
    return new Share(share, (given) => this.#giveBack(given));
  }

  #giveBack(bytes: number): void {
    this.#used -= bytes;
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      if (this.#used + next.bytes > this.#bytesMax) return;
      this.#used += next.bytes;
      this.#waiting.shift();
      next.start();
    }
  }
}

class Share {
  #bytes: number;
  readonly #giveBack: (bytes: number) => void;

  constructor(bytes: number, giveBack: (bytes: number) => void) {
    this.#bytes = bytes;
    this.#giveBack = giveBack;
  }

  /** Gives back what is above this; nothing with 0. */
  shrink(bytes: number): void {
    const surplus = this.#bytes - bytes;
    if (surplus <= 0) return;
    this.#bytes = bytes;
    this.#giveBack(surplus);
  }
}
