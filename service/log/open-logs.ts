import { type Log, LogError } from "./log.ts";

interface OpenLog extends Log {
  /** Gives up what retention no longer keeps. */
  giveUpOld(): Promise<void>;
  /** Set from the call of `close` on; settles when it is closed. */
  readonly closing: Promise<void> | undefined;
}

/** The logs of a store that are open: each once, and one thing at a time with each. */
export class OpenLogs<One extends OpenLog> {
  readonly #make: (name: string, firstOffset: number) => Promise<One>;
  readonly #open = new Map<string, Promise<One>>();
  readonly #closing = new Map<string, Promise<void>>();
  readonly #timer: NodeJS.Timeout;
  #isClosed = false;

  constructor(make: (name: string, firstOffset: number) => Promise<One>, checkEveryMs: number) {
    this.#make = make;
    this.#timer = setInterval(() => this.#check(), checkEveryMs);
    this.#timer.unref();
  }

  /** Throws LogError CLOSED when the store is. */
  async open(name: string, firstOffset: number): Promise<Log> {
    for (;;) {
      while (this.#closing.has(name)) await this.#closing.get(name);
      this.#checkOpen();
      const opening = this.#open.get(name) ?? this.#begin(name, firstOffset);
      const log = await opening;
      if (!log.closing) return log;
      await log.closing;
      if (this.#open.get(name) === opening) this.#open.delete(name);
    }
  }

  /** Closes the log if it is open, then does this; whoever opens it meanwhile waits. */
  async closeOne(name: string, then: () => Promise<void>): Promise<void> {
    while (this.#closing.has(name)) await this.#closing.get(name);
    this.#checkOpen();
    const open = this.#open.get(name);
    const work = (async () => {
      await open?.then(
        (log) => log.close(),
        () => {},
      );
      this.#open.delete(name);
      await then();
    })();
    const settled = work.catch(() => {}).finally(() => this.#closing.delete(name));
    this.#closing.set(name, settled);
    await work;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await Promise.all(this.#closing.values());
    const logs = await Promise.allSettled(this.#open.values());
    this.#open.clear();
    for (const log of logs) if (log.status === "fulfilled") await log.value.close();
  }

  #begin(name: string, firstOffset: number): Promise<One> {
    const opening = this.#make(name, firstOffset);
    this.#open.set(name, opening);
    // One that could not be opened may be tried again.
    opening.catch(() => {
      if (this.#open.get(name) === opening) this.#open.delete(name);
    });
    return opening;
  }

  #check(): void {
    for (const opening of this.#open.values()) {
      // A failure shows when the log is used.
      opening.then((log) => log.giveUpOld()).catch(() => {});
    }
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new LogError("CLOSED", "the store of logs is closed; open it again");
  }
}
