import type { MessagePort } from "node:worker_threads";
import { type Line, LineError, openLine } from "../../core/threads/line.ts";

type Calls<C> = { readonly [K in keyof C]: (input: never) => unknown };

/** A line to the thread of another room that all tasks share: asked for when it is first needed, and again when it has closed. */
export class LineSource<C extends Calls<C>> {
  readonly #ask: () => Promise<void>;
  #line: Line<C> | undefined;
  #asking: Promise<Line<C>> | undefined;

  /** `ask` resolves when a line has been given. */
  constructor(ask: () => Promise<void>) {
    this.#ask = ask;
  }

  give(port: MessagePort): void {
    this.#line?.close("another line has taken over");
    const line = openLine<C, Record<never, never>>(port, {});
    this.#line = line;
    line.onClose(() => {
      if (this.#line === line) this.#line = undefined;
    });
  }

  /** Rejects while there is none. */
  async get(): Promise<Line<C>> {
    if (this.#line) return this.#line;
    this.#asking ??= this.#asked().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #asked(): Promise<Line<C>> {
    try {
      await this.#ask();
    } catch (error) {
      throw new LineError("CLOSED", (error as Error).message);
    }
    if (!this.#line) throw new LineError("CLOSED", "the other thread has just gone");
    return this.#line;
  }
}
